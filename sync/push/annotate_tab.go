package push

import (
	"fmt"
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

	rows        strings.Builder
	row         int // 1-based, of the row that is being written
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
	var b strings.Builder
	b.WriteString(xmlHeader + `<worksheet xmlns="` + mainNamespace + `">`)
	b.WriteString(`<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>`)
	fmt.Fprintf(&b, `<dimension ref="A1:%s"/>`, cellName(max(1, t.columns), max(1, t.row)))
	b.WriteString(t.views())
	b.WriteString(`<sheetFormatPr defaultRowHeight="15"/>`)
	b.WriteString(t.widths())
	b.WriteString("<sheetData>" + t.rows.String() + "</sheetData>")
	if t.tab.Filter && t.filter != "" {
		fmt.Fprintf(&b, `<autoFilter ref="%s"/>`, t.filter)
	}
	b.WriteString(wrapList("mergeCells", t.merges))
	b.WriteString(strings.Join(t.answers, ""))
	b.WriteString(wrapList("dataValidations", t.validations))
	if len(t.links) > 0 {
		b.WriteString("<hyperlinks>" + strings.Join(t.links, "") + "</hyperlinks>")
	}
	b.WriteString(t.page())
	// Codes and ID numbers are texts on purpose, and no reason for a warning.
	fmt.Fprintf(&b, `<ignoredErrors><ignoredError sqref="A1:%s" numberStoredAsText="1"/></ignoredErrors>`,
		cellName(max(1, t.columns), max(1, t.row)))
	b.WriteString("</worksheet>")
	return []byte(b.String())
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
	var xml strings.Builder
	height, fixed, col := 0.0, b.Kind != report.Table, 1
	for i := range cells {
		c := &cells[i]
		span := max(1, c.Span)
		l, v := t.cellLook(b, c, col, header)
		style := t.styles.xf(l)
		writeCell(&xml, cellName(col, t.row), style, v)
		for next := col + 1; next < col+span; next++ {
			writeCell(&xml, cellName(next, t.row), style, cellValue{})
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
	fmt.Fprintf(&t.rows, `<row r="%d"`, t.row)
	if height > 0 {
		fmt.Fprintf(&t.rows, ` ht="%.5g"`, min(height, highestRow))
		if fixed {
			t.rows.WriteString(` customHeight="1"`)
		}
	}
	t.rows.WriteString(">" + xml.String() + "</row>")
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

func writeCell(b *strings.Builder, name string, style int, v cellValue) {
	switch {
	case v.numeric:
		fmt.Fprintf(b, `<c r="%s" s="%d"><v>%s</v></c>`, name, style, v.number)
	case v.text == "":
		fmt.Fprintf(b, `<c r="%s" s="%d"/>`, name, style)
	default:
		fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, name, style, stringXML(v.text))
	}
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
