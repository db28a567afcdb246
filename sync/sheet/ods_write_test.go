package sheet

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"
)

const odsNS = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"`

const odsMimetype = "application/vnd.oasis.opendocument.spreadsheet"

// odsContent is a content part with styles and sheets.
func odsContent(styles, tables string) filePart {
	return filePart{"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odsNS + `><office:automatic-styles>` + styles +
		`</office:automatic-styles><office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`}
}

// odsRows packs a workbook of one sheet.
func odsRows(t testing.TB, rows string) []byte {
	return zipped(t, filePart{"mimetype", odsMimetype}, odsContent("", `<table:table table:name="A">`+rows+`</table:table>`))
}

// writeODS writes a table as ODF 1.3 asks for.
func writeODS(t testing.TB, tab table) []byte {
	return zipped(t, filePart{"mimetype", odsMimetype}, odsContent("", odsTableOf(tab)))
}

func writeFlatODS(_ testing.TB, tab table) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><office:document ` + odsNS + ` office:mimetype="` + odsMimetype + `"><office:body><office:spreadsheet>` +
		odsTableOf(tab) + `</office:spreadsheet></office:body></office:document>`)
}

func odsTableOf(tab table) string {
	var b strings.Builder
	b.WriteString(`<table:table table:name="Sheet1">`)
	col := 0
	for _, hidden := range slices.Sorted(slices.Values(tab.hideCol)) {
		fmt.Fprintf(&b, `<table:table-column table:number-columns-repeated="%d"/><table:table-column table:visibility="collapse"/>`, hidden-col-1)
		col = hidden
	}
	at := placed(tab)
	row := 0
	for _, number := range slices.Sorted(maps.Keys(at)) {
		if gap := number - row - 1; gap > 0 {
			fmt.Fprintf(&b, `<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`, gap)
		}
		row = number
		visibility := ""
		if slices.Contains(tab.hidden, number) {
			visibility = ` table:visibility="filter"`
		}
		b.WriteString(`<table:table-row` + visibility + `>`)
		odsCellsOf(&b, tab, number, at[number])
		b.WriteString(`<table:table-cell table:number-columns-repeated="3"/></table:table-row>`)
	}
	b.WriteString(`<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`)
	return b.String()
}

// placed is the table's values by row and column.
func placed(tab table) map[int]map[int]any {
	at := make(map[int]map[int]any)
	for name, v := range tab.cells {
		col, row, _ := ParseCell(name)
		if at[row] == nil {
			at[row] = make(map[int]any)
		}
		at[row][col] = v
	}
	return at
}

func odsCellsOf(b *strings.Builder, tab table, number int, cells map[int]any) {
	last := 0
	for _, c := range slices.Sorted(maps.Keys(cells)) {
		if gap := c - last - 1; gap > 0 {
			fmt.Fprintf(b, `<table:table-cell table:number-columns-repeated="%d"/>`, gap)
		}
		last = c
		span := ""
		for _, m := range tab.merges {
			if m.FirstRow == number && m.FirstCol == c {
				span = fmt.Sprintf(` table:number-columns-spanned="%d" table:number-rows-spanned="%d"`, m.LastCol-m.FirstCol+1, m.LastRow-m.FirstRow+1)
			}
		}
		b.WriteString(`<table:table-cell` + span + odsValueOf(cells[c]) + `</table:table-cell>`)
	}
}

func odsValueOf(v any) string {
	switch v := v.(type) {
	case string:
		var paragraphs strings.Builder
		for _, line := range strings.Split(v, "\n") {
			line = html.EscapeString(line)
			line = strings.ReplaceAll(line, "\t", "<text:tab/>")
			line = strings.ReplaceAll(line, " ", "<text:s/>")
			paragraphs.WriteString("<text:p>" + line + "</text:p>")
		}
		return ` office:value-type="string">` + paragraphs.String()
	case bool:
		return fmt.Sprintf(` office:value-type="boolean" office:boolean-value="%v">`, v)
	case date:
		return ` office:value-type="date" office:date-value="` + v.time().Format("2006-01-02") + `">`
	}
	return fmt.Sprintf(` office:value-type="float" office:value="%v">`, v)
}
