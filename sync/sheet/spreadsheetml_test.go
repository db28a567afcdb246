package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const smlStart = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ` +
	`xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">` +
	`<Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="Times New Roman"/></Style>` +
	`<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="dd" ss:Parent="d"/><Style ss:ID="h"><NumberFormat ss:Format="[h]:mm"/></Style>` +
	`<Style ss:ID="t"><NumberFormat ss:Format="@"/></Style><Style ss:ID="n"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="old"><Font ss:FontName=".VnTime"/></Style>` +
	`<Style ss:ID="loop" ss:Parent="loop2"/><Style ss:ID="loop2" ss:Parent="loop"/></Styles>`

// smlTable is a workbook of one sheet.
func smlTable(inside string) []byte {
	return []byte(smlStart + `<Worksheet ss:Name="Sheet1"><Table>` + inside + `</Table></Worksheet></Workbook>`)
}

// writeSpreadsheetML writes a table as Excel 2003 does.
func writeSpreadsheetML(_ testing.TB, tab table) []byte {
	var b strings.Builder
	for _, col := range slices.Sorted(slices.Values(tab.hideCol)) {
		fmt.Fprintf(&b, `<Column ss:Index="%d" ss:Hidden="1" ss:AutoFitWidth="0"/>`, col)
	}
	at := placed(tab)
	for _, row := range slices.Sorted(maps.Keys(at)) {
		hidden := ""
		if slices.Contains(tab.hidden, row) {
			hidden = ` ss:Hidden="1"`
		}
		fmt.Fprintf(&b, `<Row ss:Index="%d"%s>`, row, hidden)
		for _, col := range slices.Sorted(maps.Keys(at[row])) {
			fmt.Fprintf(&b, `<Cell ss:Index="%d"`, col)
			for _, m := range tab.merges {
				if m.FirstRow == row && m.FirstCol == col {
					fmt.Fprintf(&b, ` ss:MergeAcross="%d" ss:MergeDown="%d"`, m.LastCol-m.FirstCol, m.LastRow-m.FirstRow)
				}
			}
			b.WriteString(smlValueOf(at[row][col]) + `</Cell>`)
		}
		b.WriteString(`</Row>`)
	}
	return smlTable(b.String())
}

func smlValueOf(v any) string {
	data := func(kind, value string) string { return `><Data ss:Type="` + kind + `">` + value + `</Data>` }
	switch v := v.(type) {
	case string:
		return data("String", strings.ReplaceAll(html.EscapeString(v), "\n", "&#10;"))
	case bool:
		if v {
			return data("Boolean", "1")
		}
		return data("Boolean", "0")
	case date:
		return ` ss:StyleID="d"` + data("DateTime", v.time().Format("2006-01-02T15:04:05.000"))
	}
	return data("Number", fmt.Sprint(v))
}

func TestSpreadsheetMLCells(t *testing.T) {
	text := func(s string) string { return `<Cell><Data ss:Type="String">` + s + `</Data></Cell>` }
	typed := func(style, kind, v string) string {
		return `<Cell ss:StyleID="` + style + `"><Data ss:Type="` + kind + `">` + v + `</Data></Cell>`
	}
	tests := []struct{ name, rows, want string }{
		{"index of rows and cells", `<Row>` + text("a") + `</Row><Row ss:Index="4"/><Row><Cell ss:Index="3"><Data ss:Type="String">b</Data></Cell>` + text("c") + `</Row>`, `A1="a" C5="b" D5="c"`},
		{"merged cells take their columns", `<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">a</Data></Cell>` + text("b") + `</Row>`, `A1="a" D1="b"`},
		{
			"types", `<Row>` + typed("Default", "Number", "51079001234") + typed("Default", "Boolean", "1") + typed("Default", "Error", "#N/A") + typed("d", "Number", "29082") + typed("dd", "DateTime", "1979-08-15T00:00:00.000") + `</Row>`,
			`A1=51079001234 B1=bTRUE C1=e#N/A D1=d15/08/1979 E1=d15/08/1979`,
		},
		{"a date without a format", `<Row>` + typed("", "DateTime", "1985-02-28T07:30:00.000") + `</Row>`, `A1=d28/02/1985 07:30`},
		{"durations and days that never were", `<Row>` + typed("h", "DateTime", "1900-01-01T12:30:00.000") + typed("d", "DateTime", "1979-02-30T00:00:00.000") + `</Row>`, `A1=d36:30 B1="1979-02-30T00:00:00.000"`},
		{"numbers in exponents", `<Row>` + typed("n", "Number", "5.1079E+10") + typed("n", "Number", "x") + `</Row>`, `A1=51079000000 B1="x"`},
		{"a text of digits", `<Row>` + typed("t", "String", "051079001234") + `</Row>`, `A1="051079001234"`},
		{"rich text", `<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Họ </B><Font html:Color="#FF0000">và tên</Font>&#10;(khai sinh)</ss:Data><Comment ss:Author="x"><ss:Data>Ghi chú</ss:Data></Comment></Cell></Row>`, "A1=\"Họ và tên\n(khai sinh)\""},
		{"formulas", `<Row><Cell ss:Formula="=R1C1"><Data ss:Type="Number">2</Data></Cell><Cell ss:Formula="=1"/></Row>`, `A1==2 B1==1`},
		{"hidden rows", `<Row ss:Hidden="1">` + text("a") + `</Row><Row ss:Height="0">` + text("b") + `</Row><Row ss:Height="15">` + text("c") + `</Row>`, `~A1="a" ~A2="b" A3="c"`},
		{"a span of blank rows", `<Row ss:Height="15" ss:Span="2"/><Row>` + text("a") + `</Row>`, `A4="a"`},
		{"blank cells and empty texts", `<Row><Cell ss:StyleID="d"/><Cell><Data ss:Type="String"></Data></Cell></Row>`, `B1=""`},
		{"line ends", "<Row>" + text("a\r\nb&#13;&#10;c") + "</Row>", "A1=\"a\nb\nc\""},
		{"types that are missing", `<Row><Cell><Data>a</Data></Cell></Row>`, `A1="a"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := dump(readSheet(t, openBytes(t, smlTable(tt.rows)), 0)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSpreadsheetMLShape(t *testing.T) {
	content := smlStart + `<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>` +
		`<Worksheet ss:Name="Danh mục"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>` +
		`<Worksheet ss:Name="Đăng ký &amp; nhu cầu"><Names/><Table ss:ExpandedColumnCount="9"><Column/><Column ss:Hidden="1" ss:Span="1" ss:StyleID="old"/><Column ss:Index="7" ss:StyleID="d"/>` +
		`<Row><Cell ss:MergeAcross="1" ss:MergeDown="2"><Data ss:Type="String">x</Data></Cell><Cell><ss:Data ss:Type="String">Céng</ss:Data></Cell><Cell ss:Index="7"><Data ss:Type="Number">27620</Data></Cell></Row>` +
		`<Row ss:StyleID="n"><Cell ss:Index="3"><ss:Data ss:Type="String"><Font html:Face="Arial">Cộng</Font></ss:Data></Cell><Cell ss:StyleID="old"><ss:Data ss:Type="String"><Font html:Face="VNI-Times">Coäng</Font> hoµ</ss:Data></Cell><Cell ss:StyleID="loop"><Data ss:Type="Number">1</Data></Cell></Row>` +
		`</Table></Worksheet></Workbook>`
	book := openBytes(t, []byte(content))
	if diff := cmp.Diff([]Info{{Name: "Danh mục", Hidden: true}, {Name: "Đăng ký & nhu cầu", Index: 1}}, book.Sheets()); diff != "" {
		t.Error(diff)
	}
	grid := readSheet(t, book, 1)
	var got []string
	for _, r := range grid.Rows {
		for _, c := range r.Cells {
			got = append(got, CellName(c.Col, r.Number)+" "+c.Text+" "+c.Format()+" "+c.Font())
		}
	}
	want := []string{"A1 x  ", "C1 Céng  .VnTime", "G1 15/08/1979 dd/mm/yyyy ", "C2 Cộng #,##0.00 ", "D2 Coäng hoµ  VNI-Times", "E2 1  "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Range{{1, 1, 3, 2}}, grid.Merges); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[int]bool{2: true, 3: true}, grid.HiddenCols); diff != "" {
		t.Error(diff)
	}
}

// The same workbook in the encodings that its declaration may name.
func TestSpreadsheetMLEncodings(t *testing.T) {
	const name = "Nguyễn Thị Ánh Tuyết, Đà Nẵng ư ơ ă"
	whole := string(smlTable(`<Row><Cell><Data ss:Type="String">` + name + `</Data></Cell></Row>`))
	declared := func(encoding string) string {
		return strings.Replace(whole, `<?xml version="1.0"?>`, `<?xml version="1.0" encoding="`+encoding+`"?>`, 1)
	}
	windows, err := charmap.Windows1258.NewEncoder().String(apart(declared("windows-1258")))
	must(t, err)
	for encoding, content := range map[string]string{
		"nothing declared":                   whole,
		"UTF-8":                              declared("utf-8"),
		"UTF-8 with a mark":                  utf8BOM + declared("UTF-8"),
		"UTF-16":                             utf16XML(declared("UTF-16"), false),
		"UTF-16 big endian":                  utf16XML(declared("UTF-16"), true),
		"windows-1258":                       windows,
		"UTF-8 that says to be UTF-16":       declared("utf-16"),
		"UTF-8 in an encoding nobody knows":  declared("x-none"),
		"a mark against another declaration": utf8BOM + declared("windows-1258"),
	} {
		if got := dump(readSheet(t, openBytes(t, []byte(content)), 0)); got != `A1="`+name+`"` {
			t.Errorf("%s: %s", encoding, got)
		}
	}
}

// apart takes the tone marks off their vowels, as Windows-1258 wants them, and
// leaves the letters ă â ê ô ơ ư đ whole.
func apart(s string) string {
	s = norm.NFD.String(s)
	for from, to := range map[string]string{
		"a\u0306": "ă", "A\u0306": "Ă", "a\u0302": "â", "A\u0302": "Â", "e\u0302": "ê", "E\u0302": "Ê", "o\u0302": "ô", "O\u0302": "Ô",
		"o\u031b": "ơ", "O\u031b": "Ơ", "u\u031b": "ư", "U\u031b": "Ư",
		"a\u0323\u0302": "â\u0323", "A\u0323\u0302": "Â\u0323", "e\u0323\u0302": "ê\u0323", "E\u0323\u0302": "Ê\u0323", "o\u0323\u0302": "ô\u0323", "O\u0323\u0302": "Ô\u0323",
		"a\u0323\u0306": "ă\u0323", "A\u0323\u0306": "Ă\u0323",
	} {
		s = strings.ReplaceAll(s, from, to)
	}
	return s
}

func TestSpreadsheetMLRefused(t *testing.T) {
	cell := `<Cell><Data ss:Type="String">x</Data></Cell>`
	whole := smlTable(`<Row>` + cell + `</Row>`)
	tests := []struct {
		name    string
		content []byte
		reason  error
	}{
		{"half", whole[:len(whole)-20], ErrDamaged},
		{"no sheets", []byte(smlStart + `</Workbook>`), ErrEmpty},
		{"rows out of order", smlTable(`<Row ss:Index="3">` + cell + `</Row><Row ss:Index="2">` + cell + `</Row>`), ErrDamaged},
		{"a cell at XFD", smlTable(`<Row><Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell></Row>`), ErrTooLarge},
		{"entities", bytes.Replace(whole, []byte(`<Workbook`), []byte(`<!DOCTYPE x [<!ENTITY a "aaaa">]><Workbook`), 1), ErrDamaged},
		{"a long text", smlTable(`<Row><Cell><Data ss:Type="String">` + strings.Repeat("ệ", 40_000) + `</Data></Cell></Row>`), ErrTooLarge},
		{"many sheets", []byte(smlStart + strings.Repeat(`<Worksheet ss:Name="x"/>`, 257) + `</Workbook>`), ErrTooLarge},
		{"many rows", smlTable(strings.Repeat(`<Row>`+cell+`</Row>`, 200_001)), ErrTooLarge},
		{"many merges", smlTable(`<Row>` + strings.Repeat(`<Cell ss:MergeDown="9"/>`, maxMerges+1) + `</Row>`), ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := readAll(tt.content, DefaultLimits()); !errors.Is(err, tt.reason) {
				t.Errorf("got %v, want %v", err, tt.reason)
			}
		})
	}
}

func FuzzSpreadsheetML(f *testing.F) {
	for _, seed := range []string{
		`<Column ss:Index="2" ss:Span="3" ss:Hidden="1"/><Row ss:Index="3" ss:Span="2"><Cell ss:MergeAcross="2" ss:MergeDown="1" ss:StyleID="d"><Data ss:Type="Number">45366.5</Data></Cell></Row>`,
		`<Row><Cell ss:Index="4"><ss:Data ss:Type="String"><Font html:Face=".VnTime">a&#10;b</Font></ss:Data></Cell><Cell ss:Formula="=1"><Data ss:Type="DateTime">2024-01-15T00:00:00.000</Data></Cell></Row>`,
		`</Table></Worksheet><Worksheet ss:Name="B"><Table><Row><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>`,
	} {
		f.Add(smlTable(seed))
	}
	f.Add([]byte(utf16XML(string(smlTable(`<Row/>`)), false)))
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := fuzzLimits().orDefault()
		book, err := openSpreadsheetML(context.Background(), &source{r: bytes.NewReader(content), size: int64(len(content)), limits: limits})
		if err != nil {
			return
		}
		for i := range book.Sheets() {
			if grid, err := book.Read(context.Background(), i); err == nil {
				checkGrid(t, grid, limits)
			}
		}
	})
}
