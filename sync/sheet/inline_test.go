package sheet

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// vietnamese are the letters and marks of which Vietnamese text consists, in
// any normal form, and some that come in by accident.
var vietnamese = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x20, Hi: 0x7E, Stride: 1},
	{Lo: 0xA0, Hi: 0x1B0, Stride: 1},
	{Lo: 0x300, Hi: 0x323, Stride: 1},
	{Lo: 0x1EA0, Hi: 0x1EF9, Stride: 1},
	{Lo: 0x2010, Hi: 0x2027, Stride: 1},
}, R32: []unicode.Range32{{Lo: 0x1F600, Hi: 0x1F60F, Stride: 1}}}

// writeInlineXLSX writes a table as programs do that stream: texts in the
// cells, the rows in the order of the table.
func writeInlineXLSX(t testing.TB, tab table) []byte {
	t.Helper()
	var b strings.Builder
	if len(tab.hideCol) > 0 {
		b.WriteString("<cols>")
		for _, col := range tab.hideCol {
			fmt.Fprintf(&b, `<col min="%d" max="%d" hidden="1"/>`, col, col)
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	for _, row := range gridOf(tab).Rows {
		fmt.Fprintf(&b, `<row r="%d" hidden="%t">`, row.Number, row.Hidden)
		for _, c := range row.Cells {
			b.WriteString(inlineCell(c, row.Number))
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	if len(tab.merges) > 0 {
		b.WriteString("<mergeCells>")
		for _, m := range tab.merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s:%s"/>`, CellName(m.FirstCol, m.FirstRow), CellName(m.LastCol, m.LastRow))
		}
		b.WriteString("</mergeCells>")
	}
	return zipped(t, bookParts(worksheetPart(b.String()), stylesPart(`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`))...)
}

func inlineCell(c Cell, row int) string {
	name := CellName(c.Col, row)
	switch c.Kind {
	case Date:
		return fmt.Sprintf(`<c r="%s" s="1"><v>%v</v></c>`, name, c.Number)
	case Number:
		return fmt.Sprintf(`<c r="%s"><v>%v</v></c>`, name, c.Number)
	case Bool:
		return fmt.Sprintf(`<c r="%s" t="b"><v>%v</v></c>`, name, c.Number)
	}
	var text strings.Builder
	_ = xml.EscapeText(&text, []byte(strings.ReplaceAll(c.Text, "_x", "_x005F_x")))
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, name, text.String())
}
