package pull

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleBook is a spreadsheet that the Sheets API answered.
type googleBook struct {
	sheets []*sheets.Sheet
	infos  []sheet.Info
	limits sheet.Limits
	looks  sheet.Styles
}

func newGoogleBook(answer *sheets.Spreadsheet, limits sheet.Limits) (*googleBook, error) {
	b := &googleBook{limits: limits}
	answer.Sheets = slices.DeleteFunc(answer.Sheets, func(s *sheets.Sheet) bool { return s == nil || s.Properties == nil })
	own := google.MarkedTab(answer.Sheets, google.TabKey)
	for _, s := range answer.Sheets {
		b.infos = append(b.infos, sheet.Info{
			Name:   s.Properties.Title,
			Index:  len(b.infos),
			Hidden: s.Properties.Hidden,
			ID:     strconv.FormatInt(s.Properties.SheetId, 10),
			Marked: s == own,
		})
		b.sheets = append(b.sheets, s)
	}
	switch {
	case len(b.infos) == 0:
		return nil, sheet.ErrEmpty
	case limits.Sheets > 0 && len(b.infos) > limits.Sheets:
		return nil, fmt.Errorf("%w: %d sheets", sheet.ErrTooLarge, len(b.infos))
	}
	return b, nil
}

func (b *googleBook) Format() string       { return "google_sheet" }
func (b *googleBook) Sheets() []sheet.Info { return b.infos }
func (b *googleBook) Close() error         { return nil }

// Read makes the same grid as the .xlsx of the table would give. A tab that is
// a chart has no cells.
func (b *googleBook) Read(ctx context.Context, i int) (*sheet.Grid, error) {
	if i < 0 || i >= len(b.sheets) {
		return nil, fmt.Errorf("no sheet %d in a spreadsheet of %d", i, len(b.sheets))
	}
	g := &sheet.Grid{Info: b.infos[i], HiddenCols: make(map[int]bool)}
	for _, m := range b.sheets[i].Merges {
		g.Merges = append(g.Merges, sheet.Range{
			FirstRow: int(m.StartRowIndex) + 1, FirstCol: int(m.StartColumnIndex) + 1,
			LastRow: int(m.EndRowIndex), LastCol: int(m.EndColumnIndex),
		})
	}
	for _, data := range b.sheets[i].Data {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.addData(g, data); err != nil {
			return nil, fmt.Errorf("trang %q: %w", g.Name, err)
		}
	}
	return g, nil
}

func (b *googleBook) addData(g *sheet.Grid, data *sheets.GridData) error {
	for i, m := range data.ColumnMetadata {
		if m != nil && (m.HiddenByUser || m.HiddenByFilter) {
			g.HiddenCols[int(data.StartColumn)+i+1] = true
		}
	}
	for i, r := range data.RowData {
		if r == nil {
			continue
		}
		row := sheet.Row{Number: int(data.StartRow) + i + 1}
		if i < len(data.RowMetadata) && data.RowMetadata[i] != nil {
			row.Hidden = data.RowMetadata[i].HiddenByUser || data.RowMetadata[i].HiddenByFilter
		}
		for j, v := range r.Values {
			cell, ok := googleCell(v, &b.looks)
			if !ok {
				continue
			}
			cell.Col = int(data.StartColumn) + j + 1
			if err := b.checkCell(cell, row.Number); err != nil {
				return err
			}
			row.Cells = append(row.Cells, cell)
		}
		if len(row.Cells) == 0 {
			continue
		}
		g.Rows = append(g.Rows, row)
		if b.limits.Rows > 0 && len(g.Rows) > b.limits.Rows {
			return fmt.Errorf("%w: more than %d rows", sheet.ErrTooLarge, b.limits.Rows)
		}
	}
	return nil
}

func (b *googleBook) checkCell(c sheet.Cell, row int) error {
	switch {
	case b.limits.Cols > 0 && c.Col > b.limits.Cols:
		return fmt.Errorf("%w: cell %s is beyond column %d", sheet.ErrTooLarge, sheet.CellName(c.Col, row), b.limits.Cols)
	case b.limits.CellBytes > 0 && len(c.Text) > b.limits.CellBytes:
		return fmt.Errorf("%w: text of cell %s", sheet.ErrTooLarge, sheet.CellName(c.Col, row))
	}
	return nil
}

// googleCell turns one cell's data into a cell; ok is false for a blank one.
func googleCell(v *sheets.CellData, looks *sheet.Styles) (cell sheet.Cell, ok bool) {
	if v == nil || v.EffectiveValue == nil {
		return sheet.Cell{}, false
	}
	format := cellFormat(v)
	cell.Formula = v.UserEnteredValue != nil && v.UserEnteredValue.FormulaValue != nil
	switch e := v.EffectiveValue; {
	case e.StringValue != nil:
		cell.Kind, cell.Text = sheet.Text, *e.StringValue
	case e.BoolValue != nil:
		cell.Kind, cell.Text = sheet.Bool, strings.ToUpper(strconv.FormatBool(*e.BoolValue))
		if *e.BoolValue {
			cell.Number = 1
		}
	case e.ErrorValue != nil:
		cell.Kind, cell.Text = sheet.Error, errorName(v)
	case e.NumberValue != nil:
		setNumber(&cell, *e.NumberValue, format)
	default:
		return sheet.Cell{}, false
	}
	cell.Style = looks.Of(format.code, legacyFont(v))
	return cell, true
}
