package push

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"doisoat/reconcile/report"
)

// tabPart writes a tab of a report as a worksheet part that needs nothing but
// the styles: its texts stand in the cells, its links lead inside the file.
type tabPart struct {
	tab    *report.Tab
	name   string // of the sheet, as the workbook lists it
	book   *book
	styles *styles
	// kept reports whether links may lead to the sheet of that name.
	kept func(sheet string) (string, bool)

	rows        []byte
	cells       []byte // of the row that is being written
	row         int    // 1-based, of the row that is being written
	columns     int
	merges      []string
	links       []string
	validations []string
	answers     []string // conditional formats
	filter      string   // range of the last table
	header      int      // row of the last table's header
}

// write makes the part.
func (t *tabPart) write() []byte {
	for i := range t.tab.Blocks {
		t.block(&t.tab.Blocks[i])
	}
	last := cellName(max(1, t.columns), max(1, t.row))
	parts := [][]byte{
		[]byte(xmlHeader + `<worksheet xmlns="` + mainNamespace + `">` +
			`<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:` + last + `"/>` +
			t.views() + `<sheetFormatPr defaultRowHeight="15"/>` + t.widths() + "<sheetData>"),
		t.rows,
		[]byte("</sheetData>"),
	}
	add := func(xml string) { parts = append(parts, []byte(xml)) }
	if t.tab.Filter && t.filter != "" {
		add(`<autoFilter ref="` + t.filter + `"/>`)
	}
	add(wrapList("mergeCells", t.merges))
	add(strings.Join(t.answers, ""))
	add(wrapList("dataValidations", t.validations))
	if len(t.links) > 0 {
		add("<hyperlinks>" + strings.Join(t.links, "") + "</hyperlinks>")
	}
	add(t.page())
	// Codes and ID numbers are texts on purpose, and no reason for a warning.
	add(`<ignoredErrors><ignoredError sqref="A1:` + last + `" numberStoredAsText="1"/></ignoredErrors></worksheet>`)
	return bytes.Join(parts, nil)
}

func wrapList(name string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	return fmt.Sprintf(`<%[1]s count="%[2]d">%[3]s</%[1]s>`, name, len(items), strings.Join(items, ""))
}

// block writes the rows of a block and notes what its table needs.
func (t *tabPart) block(b *report.Block) {
	first := t.row + 1
	for i, cells := range b.Rows {
		t.row++
		t.line(b, cells, i == 0)
	}
	if b.Kind != report.Table || len(b.Rows) == 0 {
		return
	}
	columns := max(1, len(b.Columns))
	t.header = first
	t.filter = "A" + fmt.Sprint(first) + ":" + cellName(columns, t.row)
	if t.row == first {
		return
	}
	t.choices(b, first+1)
}

// line writes one row. Its height is fixed only where no program could fit it:
// a row of a table grows when staff write more into it.
func (t *tabPart) line(b *report.Block, cells []report.Cell, header bool) {
	t.cells = t.cells[:0]
	height, fixed, col := 0.0, b.Kind != report.Table, 1
	for i := range cells {
		c := &cells[i]
		span := max(1, c.Span)
		l, v := t.cellLook(b, c, col, header)
		style := t.styles.xf(l)
		t.cells = appendValue(t.cells, col, t.row, style, v)
		for next := col + 1; next < col+span; next++ {
			t.cells = appendValue(t.cells, next, t.row, style, cellValue{})
		}
		if span > 1 {
			t.merges = append(t.merges, fmt.Sprintf(`<mergeCell ref="%s:%s"/>`, cellName(col, t.row), cellName(col+span-1, t.row)))
		}
		room := 0.0
		for next := col; next < col+span; next++ {
			room += t.width(next)
		}
		height = max(height, textHeight(l, v.text, room))
		col += span
	}
	t.columns = max(t.columns, col-1)
	if header && b.Kind == report.Table {
		height = max(height, headerHeight)
	}
	t.rows = append(strconv.AppendInt(append(t.rows, `<row r="`...), int64(t.row), 10), '"')
	if height > 0 {
		t.rows = fmt.Appendf(t.rows, ` ht="%.5g"`, min(height, highestRow))
		if fixed {
			t.rows = append(t.rows, ` customHeight="1"`...)
		}
	}
	t.rows = append(append(append(t.rows, '>'), t.cells...), "</row>"...)
}

// Heights of rows in points.
const (
	headerHeight = 33
	highestRow   = 409
)

// cellLook is the look and value of a cell, with its link noted.
func (t *tabPart) cellLook(b *report.Block, c *report.Cell, col int, header bool) (look, cellValue) {
	inTable := b.Kind == report.Table
	style := c.Style
	if inTable && style == report.Plain && !header && col <= len(b.Columns) {
		style = b.Columns[col-1].Style
	}
	l := lookOf(style, inTable)
	v := valueOf(c.Value, t.book.date1904)
	l.format = v.format
	if c.Span > 1 {
		l.wrap = true
	}
	if v.numeric && l.horizontal == "" && !inTable {
		l.horizontal = "left"
	}
	l.quote = !v.numeric && formulaLike(v.text)
	if location, ok := t.location(c.Link); ok {
		l.underline, l.colour = true, linkBlue
		t.links = append(t.links, fmt.Sprintf(`<hyperlink ref="%s" location="%s" tooltip="Bấm để đến ô này"/>`,
			cellName(col, t.row), escapeXML(location)))
	}
	return l, v
}

// appendValue appends the cell: text as text, whatever it begins with, and
// numbers as numbers.
func appendValue(b []byte, col, row, style int, v cellValue) []byte {
	b = appendCell(append(b, `<c r="`...), col, row)
	b = strconv.AppendInt(append(b, `" s="`...), int64(style), 10)
	switch {
	case v.numeric:
		return append(append(append(b, `"><v>`...), v.number...), `</v></c>`...)
	case v.text == "":
		return append(b, `"/>`...)
	}
	b = append(b, `" t="inlineStr"><is><t xml:space="preserve">`...)
	return append(append(b, stringXML(v.text)...), `</t></is></c>`...)
}

// choices adds the drop-downs of a table and colours rows that are answered.
func (t *tabPart) choices(b *report.Block, first int) {
	for i, c := range b.Columns {
		xml, ok := dropDown(c, cellName(i+1, first)+":"+cellName(i+1, t.row))
		if !ok {
			continue
		}
		t.validations = append(t.validations, xml)
		if c.Staff {
			t.answers = append(t.answers, t.answered(b, first, i+1))
		}
	}
}

// dropDown offers the column's choices in the area. A list of words is written
// as one text of limited length in which a comma separates; other lists are
// left to the reader's good sense.
func dropDown(c report.Column, area string) (xml string, ok bool) {
	list := strings.Join(c.Choices, ",")
	if len(c.Choices) == 0 || len([]rune(list)) > 255 || strings.ContainsAny(list, `"`) ||
		strings.Count(list, ",") != len(c.Choices)-1 {
		return "", false
	}
	const prompt = "Chọn một mục trong danh sách."
	title := escapeXML(clip(c.Title, 32))
	return fmt.Sprintf(`<dataValidation type="list" errorStyle="warning" allowBlank="1" `+
		`showInputMessage="1" showErrorMessage="1" errorTitle="%s" error="%s" promptTitle="%s" prompt="%s" sqref="%s">`+
		`<formula1>"%s"</formula1></dataValidation>`,
		title, "Nên chọn một mục trong danh sách.", title, prompt, area, escapeXML(list)), true
}

// answered colours the staff's cells of rows in which the column is filled in.
func (t *tabPart) answered(b *report.Block, first, col int) string {
	var areas []string
	for i, c := range b.Columns {
		if c.Staff {
			areas = append(areas, fmt.Sprintf("%s:%s", cellName(i+1, first), cellName(i+1, t.row)))
		}
	}
	format := t.styles.index("dxfs", answered)
	return fmt.Sprintf(`<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d">`+
		`<formula>LEN(TRIM($%s%d))&gt;0</formula></cfRule></conditionalFormatting>`,
		strings.Join(areas, " "), format, len(t.answers)+1, columnName(col), first)
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
