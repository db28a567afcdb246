package push

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// tabWriter renders one tab.
type tabWriter struct {
	*bookWriter
	tab     *report.Tab
	columns int // the widest row's
	// soft are the rows that programs shall fit again when people write in them.
	soft map[int]bool
	raw  *bytes.Buffer // see rawRow
}

func (t *tabWriter) write() error {
	row := 1
	for i := range t.tab.Blocks {
		block := &t.tab.Blocks[i]
		long := i == len(t.tab.Blocks)-1 && t.isLong(block)
		for j := range block.Rows {
			write := t.row
			if long && j > 0 {
				write = t.rawRow
			}
			if err := write(block, j, row); err != nil {
				return err
			}
			row++
		}
		if block.Kind == report.Table {
			if err := t.choices(block, row-len(block.Rows), row-1); err != nil {
				return err
			}
		}
	}
	for _, finish := range []func() error{t.widths, t.panes, t.filter, t.charts, t.page} {
		if err := finish(); err != nil {
			return err
		}
	}
	return nil
}

// row writes the j-th row of the block to that row of the sheet.
func (t *tabWriter) row(block *report.Block, j, row int) error {
	col := 1
	height := 0.0
	for i := range block.Rows[j] {
		c := &block.Rows[j][i]
		last := col + max(1, c.Span) - 1
		need, err := t.cell(block, c, j == 0, col, last, row)
		if err != nil {
			return fmt.Errorf("cell %s: %w", cellName(col, row), err)
		}
		height = max(height, need)
		col = last + 1
	}
	t.columns = max(t.columns, col-1)
	t.soft[row] = block.Kind == report.Table && !t.tab.OnePage
	return t.file.SetRowHeight(t.tab.Name, row, min(max(height, rowHeight), maxRowHeight))
}

// cell writes one cell and returns the height that its row must have.
func (t *tabWriter) cell(block *report.Block, c *report.Cell, first bool, col, last, row int) (float64, error) {
	name, sheet := cellName(col, row), t.tab.Name
	l, value := bookCell(block, c, first, col)
	location, hasLink := t.location(c.Link)
	if hasLink && c.Style != report.Key {
		l.colour = linkBlue
		l.underline = !value.numeric
	}
	id, err := t.style(l)
	if err != nil {
		return 0, err
	}
	if last > col {
		if err := t.file.MergeCell(sheet, name, cellName(last, row)); err != nil {
			return 0, err
		}
	}
	if err := t.file.SetCellStyle(sheet, name, cellName(last, row), id); err != nil {
		return 0, err
	}
	if err := t.value(name, value); err != nil {
		return 0, err
	}
	if hasLink {
		if err := t.file.SetCellHyperLink(sheet, name, location, "Location"); err != nil {
			return 0, err
		}
	}
	room := 0.0
	for i := col; i <= last; i++ {
		room += t.width(i)
	}
	return cellHeight(l, value, room), nil
}

// bookCell is how a cell of a report of its own looks, and what it holds; first
// tells the row of a table's header.
func bookCell(block *report.Block, c *report.Cell, first bool, col int) (look, cellValue) {
	inTable := block.Kind == report.Table
	style := c.Style
	if inTable && !first && style == report.Plain && col <= len(block.Columns) && block.Columns[col-1].Style != report.Vertical {
		style = block.Columns[col-1].Style
	}
	l := bookLook(style, inTable)
	value := valueOf(c.Value, false)
	if c.Band && l.fill == "" {
		l.fill = pale
	}
	l.format = value.format
	if _, ok := c.Value.(report.Percent); ok {
		l.format = shareFormat
	}
	if c.Span > 1 {
		l.wrap = true
	}
	if value.numeric {
		l.wrap = false
	}
	if c.Style == report.Key {
		if _, ok := c.Value.(reconcile.VND); ok {
			l.format = billionsFormat
		}
	}
	switch {
	case l.horizontal != "":
	case inTable && col <= len(block.Columns) && block.Columns[col-1].Style == report.Vertical:
		l.horizontal = "center" // below a turned header
	default:
		l.horizontal = side(value, style, inTable)
	}
	return l, value
}

// side is where a value stands in its cell: numbers of a table to the right,
// also those that are written as text.
func side(v cellValue, style report.Style, inTable bool) string {
	if inTable && (v.numeric || style == report.Figure || style == report.Money) {
		return "right"
	}
	return "left"
}

// billionsFormat shows money in thousand millions: 36,51 tỷ.
const billionsFormat = `[$-42A]#,##0.00,,," tỷ"`

// shareFormat shows one decimal: a budget's share of 99,6 % is not 100 %.
const shareFormat = `[$-42A]0.0%`

// value writes text as text, whatever it begins with, and numbers as numbers.
func (t *tabWriter) value(cell string, v cellValue) error {
	switch {
	case v.numeric:
		number, err := strconv.ParseFloat(v.number, 64)
		if err != nil {
			return err
		}
		if whole, err := strconv.ParseInt(v.number, 10, 64); err == nil {
			return t.file.SetCellInt(t.tab.Name, cell, whole)
		}
		return t.file.SetCellFloat(t.tab.Name, cell, number, -1, 64)
	case v.text == "":
		return nil
	}
	return t.file.SetCellStr(t.tab.Name, cell, literal(plainText(v.text)))
}

// literal keeps a text that looks like one of the format's escapes ("_x0041_"
// means A) what it is; the writing library does not.
func literal(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '_' && isEscape(s[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// location is where a link leads inside this file; ok is false when it leads to
// a sheet that the file does not have.
func (t *tabWriter) location(link *report.Link) (string, bool) {
	if link == nil || link.Origin != nil || t.report.Tab(link.Sheet) == nil || !isArea(link.Cell) {
		return "", false
	}
	return quoteSheet(link.Sheet) + "!" + link.Cell, true
}

func (t *tabWriter) width(col int) float64 {
	if col <= len(t.tab.Widths) && t.tab.Widths[col-1] > 0 {
		return t.tab.Widths[col-1]
	}
	return defaultWidth
}

func (t *tabWriter) widths() error {
	for col := 1; col <= t.columns; col++ {
		name := columnName(col)
		if err := t.file.SetColWidth(t.tab.Name, name, name, t.width(col)+0.71); err != nil {
			return err
		}
	}
	return nil
}

// choices adds the drop-downs of a table whose header is on the row `header`.
func (t *tabWriter) choices(block *report.Block, header, last int) error {
	if last == header {
		return nil
	}
	for i, column := range block.Columns {
		if len(column.Choices) == 0 {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(cellName(i+1, header+1) + ":" + cellName(i+1, last))
		if err := rule.SetDropList(column.Choices); err != nil {
			return fmt.Errorf("choices of column %q: %w", column.Title, err)
		}
		rule.SetError(excelize.DataValidationErrorStyleWarning, clip(column.Title, 32), "Nên chọn một mục trong danh sách.")
		rule.SetInput(clip(column.Title, 32), "Chọn một mục trong danh sách.")
		if err := t.file.AddDataValidation(t.tab.Name, rule); err != nil {
			return err
		}
	}
	return nil
}
