package pull

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleBook is a spreadsheet that the Sheets API answered, in one piece or in
// several.
type googleBook struct {
	grids  []*sheet.Grid
	cells  map[*sheet.Grid]int
	tabs   map[int64]*sheet.Grid // by Google's id
	limits sheet.Limits
	looks  sheet.Styles
	hash   hash.Hash
}

// newGoogleBook makes the book of the tabs that the answer names, still without
// cells.
func newGoogleBook(answer *sheets.Spreadsheet, limits sheet.Limits) (*googleBook, error) {
	b := &googleBook{limits: limits, tabs: make(map[int64]*sheet.Grid), cells: make(map[*sheet.Grid]int), hash: sha256.New()}
	answer.Sheets = slices.DeleteFunc(answer.Sheets, func(s *sheets.Sheet) bool { return s == nil || s.Properties == nil })
	own, office := google.MarkedTab(answer.Sheets, google.TabKey), google.MarkedTab(answer.Sheets, google.DecisionsKey)
	for _, s := range answer.Sheets {
		g := &sheet.Grid{HiddenCols: make(map[int]bool), Info: sheet.Info{
			Name:   s.Properties.Title,
			Index:  len(b.grids),
			Hidden: s.Properties.Hidden,
			ID:     strconv.FormatInt(s.Properties.SheetId, 10),
			Marked: s == own || s == office,
		}}
		for _, m := range s.Merges {
			g.Merges = append(g.Merges, sheet.Range{
				FirstRow: int(m.StartRowIndex) + 1, FirstCol: int(m.StartColumnIndex) + 1,
				LastRow: int(m.EndRowIndex), LastCol: int(m.EndColumnIndex),
			})
		}
		b.note(g.Info, g.Merges)
		b.grids = append(b.grids, g)
		b.tabs[s.Properties.SheetId] = g
	}
	switch {
	case len(b.grids) == 0:
		return nil, sheet.ErrEmpty
	case limits.Sheets > 0 && len(b.grids) > limits.Sheets:
		return nil, fmt.Errorf("%w: %d sheets", sheet.ErrTooLarge, len(b.grids))
	}
	return b, nil
}

func (b *googleBook) Format() string { return "google_sheet" }
func (b *googleBook) Close() error   { return nil }

func (b *googleBook) Sheets() []sheet.Info {
	infos := make([]sheet.Info, len(b.grids))
	for i, g := range b.grids {
		infos[i] = g.Info
	}
	return infos
}

// Read gives the same grid as the .xlsx of the table would. A tab that is a
// chart has no cells.
func (b *googleBook) Read(_ context.Context, i int) (*sheet.Grid, error) {
	if i < 0 || i >= len(b.grids) {
		return nil, fmt.Errorf("no sheet %d in a spreadsheet of %d", i, len(b.grids))
	}
	return b.grids[i], nil
}

// version is the hash of what was read, the same in how many pieces ever.
func (b *googleBook) version() string {
	return contentPrefix + hex.EncodeToString(b.hash.Sum(nil))
}

// note takes something into the hash.
func (b *googleBook) note(parts ...any) {
	for _, part := range parts {
		encoded, err := json.Marshal(part)
		if err != nil { // a number that JSON does not know
			encoded = fmt.Append(nil, part)
		}
		b.hash.Write(append(encoded, '\n'))
	}
}

// add takes over the cells of a tab, or of a piece of one; pieces come from the
// top down.
func (b *googleBook) add(ctx context.Context, s *sheets.Sheet) error {
	if s == nil || s.Properties == nil {
		return nil
	}
	g := b.tabs[s.Properties.SheetId]
	if g == nil {
		return nil // it was added a moment ago; the next run reads it
	}
	for _, data := range s.Data {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.addData(g, data); err != nil {
			return fmt.Errorf("trang %q: %w", g.Name, err)
		}
	}
	return nil
}

func (b *googleBook) addData(g *sheet.Grid, data *sheets.GridData) error {
	for i, m := range data.ColumnMetadata {
		if col := int(data.StartColumn) + i + 1; m != nil && (m.HiddenByUser || m.HiddenByFilter) && !g.HiddenCols[col] {
			g.HiddenCols[col] = true
			b.note(g.ID, "hidden column", col)
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
		if err := b.addRow(g, row, data.StartColumn, r.Values); err != nil {
			return err
		}
	}
	return nil
}

func (b *googleBook) addRow(g *sheet.Grid, row sheet.Row, startColumn int64, values []*sheets.CellData) error {
	for j, v := range values {
		cell, ok := googleCell(v, &b.looks)
		if !ok {
			continue
		}
		cell.Col = int(startColumn) + j + 1
		if err := b.checkCell(cell, row.Number); err != nil {
			return err
		}
		row.Cells = append(row.Cells, cell)
	}
	if len(row.Cells) == 0 {
		return nil
	}
	row.Cells = slices.Clip(row.Cells)
	g.Rows = append(g.Rows, row)
	b.cells[g] += len(row.Cells)
	switch {
	case b.limits.Rows > 0 && len(g.Rows) > b.limits.Rows:
		return fmt.Errorf("%w: more than %d rows", sheet.ErrTooLarge, b.limits.Rows)
	case b.limits.Cells > 0 && b.cells[g] > b.limits.Cells:
		return fmt.Errorf("%w: more than %d cells", sheet.ErrTooLarge, b.limits.Cells)
	}
	b.note(g.ID, row)
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
