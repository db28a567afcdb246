package sheet

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestODSCells(t *testing.T) {
	cell := func(attrs, inside string) string {
		return `<table:table-cell ` + attrs + `>` + inside + `</table:table-cell>`
	}
	row := func(cells string) string { return `<table:table-row>` + cells + `</table:table-row>` }
	text := `office:value-type="string"`
	tests := []struct{ name, rows, want string }{
		{"paragraphs are lines", row(cell(text, `<text:p>dòng một</text:p><text:p/><text:p>dòng ba</text:p>`)), "A1=\"dòng một\n\ndòng ba\""},
		{"white space counts once", row(cell(text, "<text:p>\n  Nguyễn\n  Văn <text:span>  An</text:span></text:p>")), `A1="Nguyễn Văn An"`},
		{"white space that is meant", row(cell(text, `<text:p><text:s text:c="2"/>a<text:s/><text:s/>b<text:tab/>c<text:line-break/>d </text:p>`)), "A1=\"  a  b\tc\nd \""},
		{"a comment is no text", row(cell(text, `<office:annotation><dc:creator>x</dc:creator><text:p>Xem lại</text:p></office:annotation><text:p>Kinh</text:p>`)), `A1="Kinh"`},
		{"a comment alone", row(cell(``, `<office:annotation><text:p>Xem lại</text:p></office:annotation>`)), ``},
		{"a footnote and a link", row(cell(text, `<text:p><text:a xlink:href="mailto:x">x@y.vn</text:a><text:note><text:p>1</text:p></text:note></text:p>`)), `A1="x@y.vn"`},
		{"a drawing is no text", row(cell(text, `<draw:frame><draw:text-box><text:p>Mẫu 01</text:p></draw:text-box></draw:frame><text:p>TT</text:p>`)), `A1="TT"`},
		{"a string value that is not shown", row(cell(text+` office:string-value="Ê &amp; đê"`, ``)), `A1="Ê & đê"`},
		{"an empty text", row(cell(text, `<text:p/>`)), `A1=""`},
		{"numbers", row(cell(`office:value-type="float" office:value="51079001234"`, `<text:p>5.1E+10</text:p>`) + cell(`office:value-type="percentage" office:value="0.85"`, `<text:p>85%</text:p>`) + cell(`office:value-type="currency" office:currency="VND" office:value="2500000"`, `<text:p>2.500.000 đ</text:p>`)), `A1=51079001234 B1=0.85 C1=2500000`},
		{"a number that is none", row(cell(`office:value-type="float" office:value="NaN"`, `<text:p>?</text:p>`)), `A1="?"`},
		{"dates", row(cell(`office:value-type="date" office:date-value="1979-08-15"`, `<text:p>08/15/79</text:p>`) + cell(`office:value-type="date" office:date-value="1985-02-28T07:30:00Z"`, ``)), `A1=d15/08/1979 B1=d28/02/1985 07:30`},
		{"a day before all dates", row(cell(`office:value-type="date" office:date-value="1895-08-15"`, `<text:p>15/08/1895</text:p>`)), `A1="15/08/1895"`},
		{"a day that never was", row(cell(`office:value-type="date" office:date-value="1979-02-30"`, `<text:p>30/02/1979</text:p>`)), `A1="30/02/1979"`},
		{"times", row(cell(`office:value-type="time" office:time-value="PT13H45M00S"`, ``) + cell(`office:value-type="time" office:time-value="P1DT1H"`, ``) + cell(`office:value-type="time" office:time-value="-PT1H"`, ``)), `A1=d13:45 B1=d01/01/1900 01:00 C1=-0.041666666666666664`},
		{"booleans", row(cell(`office:value-type="boolean" office:boolean-value="true"`, ``) + cell(`office:value-type="boolean" office:boolean-value="false"`, ``)), `A1=bTRUE B1=bFALSE`},
		{"errors", row(cell(`table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"`, `<text:p>#DIV/0!</text:p>`)), `A1==e#DIV/0!`},
		{"formulas", row(cell(`table:formula="of:=SUM([.A1])" office:value-type="float" office:value="2"`, ``) + cell(`table:formula="of:=A1"`, ``) + cell(`table:formula="of:=TRUE()" office:value-type="float" office:value="1"`, `<text:p>TRUE</text:p>`)), `A1==2 B1==? C1==bTRUE`},
		{"repeated cells", row(cell(`table:number-columns-repeated="2"`, ``)+cell(text+` table:number-columns-repeated="2"`, `<text:p>x</text:p>`)+cell(text, `<text:p>y</text:p>`)) + row(cell(``, ``)), `C1="x" D1="x" E1="y"`},
		{"repeated rows", `<table:table-row table:number-rows-repeated="3"/><table:table-row table:number-rows-repeated="2" table:visibility="collapse">` + cell(text, `<text:p>x</text:p>`) + `</table:table-row>` + row(cell(text, `<text:p>y</text:p>`)), `~A4="x" ~A5="x" A6="y"`},
		{"groups of rows", `<table:table-header-rows>` + row(cell(text, `<text:p>TT</text:p>`)) + `</table:table-header-rows><table:table-row-group><table:table-rows>` + row(cell(text, `<text:p>1</text:p>`)) + `</table:table-rows></table:table-row-group>`, `A1="TT" A2="1"`},
		{"a covered cell keeps its value", row(cell(text+` table:number-columns-spanned="2"`, `<text:p>x</text:p>`) + `<table:covered-table-cell ` + text + `><text:p>ẩn</text:p></table:covered-table-cell>`), `A1="x" B1="ẩn"`},
		{"what else a sheet has", `<office:forms/><table:shapes><draw:frame><text:p>x</text:p></draw:frame></table:shapes>` + row(cell(text, `<text:p>x</text:p>`)) + `<table:named-expressions/>`, `A1="x"`},
		{"another prefix", strings.ReplaceAll(row(cell(text, `<text:p>x</text:p>`)), "table:", "t:"), `A1="x"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := dump(readSheet(t, openBytes(t, odsRows(t, tt.rows)), 0)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestODSStyles(t *testing.T) {
	styles := `<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
		<number:time-style style:name="N2" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>
		<number:number-style style:name="N3P0"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/><number:text> đ</number:text></number:number-style>
		<number:number-style style:name="N3"><number:text>-</number:text><number:number number:decimal-places="2" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="N3P0"/></number:number-style>
		<number:number-style style:name="N4"><number:number number:min-integer-digits="1"/></number:number-style>
		<number:text-style style:name="N5"><number:text-content/></number:text-style>
		<style:style style:name="d" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N1"/>
		<style:style style:name="dd" style:family="table-cell" style:parent-style-name="d"/>
		<style:style style:name="h" style:family="table-cell" style:data-style-name="N2"/>
		<style:style style:name="m" style:family="table-cell" style:data-style-name="N3"/>
		<style:style style:name="g" style:family="table-cell" style:data-style-name="N4"/>
		<style:style style:name="t" style:family="table-cell" style:data-style-name="N5"/>
		<style:style style:name="old" style:family="table-cell" style:parent-style-name="old"><style:text-properties style:font-name="F1"/></style:style>
		<style:style style:name="T1" style:family="text"><style:text-properties fo:font-family="'VNI-Times'"/></style:style>
		<style:style style:name="T2" style:family="text"><style:text-properties style:font-name="Times New Roman"/></style:style>
		<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>`
	number := func(style string) string {
		return `<table:table-cell table:style-name="` + style + `" office:value-type="float" office:value="1.5"/>`
	}
	span := func(style, inside string) string {
		return `<table:table-cell table:style-name="` + style + `" office:value-type="string"><text:p>` + inside + `</text:p></table:table-cell>`
	}
	tables := `<table:table table:name="Một" table:style-name="ta1"><table:table-column table:number-columns-repeated="2"/>` +
		`<table:table-column-group><table:table-column table:number-columns-repeated="2" table:visibility="collapse" table:default-cell-style-name="old"/></table:table-column-group>` +
		`<table:table-row>` + number("dd") + number("m") + number("g") + number("t") + `<table:table-cell table:style-name="h" office:value-type="time" office:time-value="PT36H30M"/></table:table-row>` +
		`<table:table-row>` + span("old", "Céng") + span("old", `<text:span text:style-name="T1">Coäng</text:span> hoµ`) + span("old", `<text:span text:style-name="T2">Cộng <text:span>hòa</text:span></text:span>`) +
		`<table:table-cell office:value-type="string"><text:p>x· héi</text:p></table:table-cell></table:table-row>` +
		`<table:table-row table:default-cell-style-name="d">` + strings.Replace(number(""), ` table:style-name=""`, "", 1) + `</table:table-row>` +
		`</table:table><table:table table:name="Hai" table:style-name="ta2"/>`
	named := `<office:document-styles ` + odsNS + `><office:font-face-decls><style:font-face style:name="F1" svg:font-family="'.VnTime'"/></office:font-face-decls><office:styles/><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles></office:document-styles>`
	book := openBytes(t, zipped(t, filePart{"mimetype", odsMimetype}, odsContent(styles, tables), filePart{"styles.xml", named}))
	if diff := cmp.Diff([]Info{{Name: "Một"}, {Name: "Hai", Index: 1, Hidden: true}}, book.Sheets()); diff != "" {
		t.Error(diff)
	}
	grid := readSheet(t, book, 0)
	var got []string
	for _, r := range grid.Rows {
		for _, c := range r.Cells {
			got = append(got, CellName(c.Col, r.Number)+" "+c.Text+" "+c.Format()+" "+c.Font())
		}
	}
	want := []string{
		"A1 1.5 dd/mm/yyyy ", `B1 1.5 #,##0" đ";-0.00 `, "C1 1.5  ", "D1 1.5 @ ", "E1 36:30 [h]:mm ",
		"A2 Céng  .VnTime", "B2 Coäng hoµ  VNI-Times", "C2 Cộng hòa  ", "D2 x· héi  .VnTime",
		"A3 1.5 dd/mm/yyyy ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[int]bool{3: true, 4: true}, grid.HiddenCols); diff != "" {
		t.Error(diff)
	}
}

// A workbook saved by LibreOffice as .xlsx and as .ods is the same workbook.
func TestODSAgreesWithXLSX(t *testing.T) {
	compareBooks(t, "testdata/libreoffice.xlsx", "testdata/ods/libreoffice.ods", map[string]string{
		"Đăng ký!C4": "LibreOffice counts days before 1 March 1900 by the calendar, Excel does not",
		"Đăng ký!G5": "LibreOffice drops a carriage return",
	})
	// The others have empty shared texts, which LibreOffice does not keep.
	name := "DS trich ngang CCLLCT_Thanh uy QNg"
	compareBooks(t, "testdata/samples/"+name+".xlsx", "testdata/ods/"+name+".ods", nil)
}

// compareBooks compares two files sheet by sheet and cell by cell, but for
// number formats (each format has its own way to write them), empty texts, and
// the cells that are known to differ, with the reason.
func compareBooks(t *testing.T, wantFile, gotFile string, differ map[string]string) {
	t.Helper()
	want, got := openBytes(t, readFile(t, wantFile)), openBytes(t, readFile(t, gotFile))
	if diff := cmp.Diff(want.Sheets(), got.Sheets()); diff != "" {
		t.Errorf("%s: sheets: %s", gotFile, diff)
	}
	for i, info := range want.Sheets() {
		x, y := readSheet(t, want, i), readSheet(t, got, i)
		if diff := cmp.Diff(filled(x, differ), filled(y, differ), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s: sheet %s: %s", gotFile, info.Name, diff)
		}
		if diff := cmp.Diff(x.Merges, y.Merges); diff != "" {
			t.Errorf("%s: sheet %s: merges: %s", gotFile, info.Name, diff)
		}
		if diff := cmp.Diff(x.HiddenCols, y.HiddenCols); diff != "" {
			t.Errorf("%s: sheet %s: hidden columns: %s", gotFile, info.Name, diff)
		}
	}
}

type filledCell struct {
	Cell
	HiddenRow bool
}

// filled is the cells by name, without empty texts, number formats, and those
// that are known to differ.
func filled(g *Grid, without map[string]string) map[string]filledCell {
	cells := make(map[string]filledCell)
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			name := CellName(c.Col, r.Number)
			if _, skip := without[g.Name+"!"+name]; skip || c.Text == "" {
				continue
			}
			c.Style = fontsOnly.Of("", c.Font())
			cells[name] = filledCell{c, r.Hidden}
		}
	}
	return cells
}

// fontsOnly are the styles of cells of which the format is left out.
var fontsOnly Styles

// The sheets may be read in any order, and again.
func TestODSAnyOrder(t *testing.T) {
	book := openBytes(t, readFile(t, "testdata/ods/libreoffice.ods"))
	first := make([]string, len(book.Sheets()))
	for i := range first {
		first[i] = dump(readSheet(t, book, i))
	}
	for _, i := range []int{4, 0, 0, 2, 1, 3} {
		if got := dump(readSheet(t, book, i)); got != first[i] {
			t.Errorf("sheet %d: %s, before %s", i, got, first[i])
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := book.Read(ctx, 1); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := book.Read(context.Background(), 2); err != nil {
		t.Errorf("the context of an earlier sheet counts: %v", err)
	}
	if _, err := book.Read(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
	if _, err := book.Read(context.Background(), 9); err == nil {
		t.Error("a sheet that is not there")
	}
}

func TestODSRefused(t *testing.T) {
	mimetype := filePart{"mimetype", odsMimetype}
	text := `<table:table-cell office:value-type="string"%><text:p>x</text:p></table:table-cell>`
	rows := func(row, cell string) []byte {
		return odsRows(t, `<table:table-row`+row+`>`+strings.Replace(text, "%", cell, 1)+`</table:table-row>`)
	}
	whole := readFile(t, "testdata/ods/libreoffice.ods")
	tests := []struct {
		name    string
		content []byte
		reason  error
	}{
		{"a password", zipped(t, mimetype, filePart{"META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}, filePart{"content.xml", "\x93\x00"}), ErrEncrypted},
		{"no content", zipped(t, mimetype), ErrDamaged},
		{"content cut off", zipped(t, mimetype, filePart{"content.xml", `<office:document-content><office:body>`}), ErrDamaged},
		{"no sheets", zipped(t, mimetype, odsContent("", "")), ErrEmpty},
		{"half", whole[:len(whole)/2], ErrDamaged},
		{"entities", zipped(t, mimetype, filePart{"content.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>`}), ErrDamaged},
		{"a full row repeated a million times", rows(` table:number-rows-repeated="1048576"`, ""), ErrTooLarge},
		{"a full cell repeated in all columns", rows("", ` table:number-columns-repeated="16384"`), ErrTooLarge},
		{"a cell far to the right", odsRows(t, `<table:table-row><table:table-cell table:number-columns-repeated="16383"/>`+strings.Replace(text, "%", "", 1)+`</table:table-row>`), ErrTooLarge},
		{"a row beyond all sheets", odsRows(t, strings.Repeat(`<table:table-row table:number-rows-repeated="1073741824"/>`, 9)+`<table:table-row>`+strings.Replace(text, "%", "", 1)+`</table:table-row>`), ErrTooLarge},
		{"a long run of blanks", odsRows(t, `<table:table-row><table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell></table:table-row>`), ErrTooLarge},
		{"nested spans", odsRows(t, `<table:table-row><table:table-cell><text:p>`+strings.Repeat("<text:span>", 1000)+`x`+strings.Repeat("</text:span>", 1000)+`</text:p></table:table-cell></table:table-row>`), ErrTooLarge},
		{"more sheets than allowed", zipped(t, mimetype, odsContent("", strings.Repeat(`<table:table/>`, 257))), ErrTooLarge},
		{"nested rows and cells", odsRows(t, strings.Repeat(`<table:table-row-group>`, 100_000)), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := readAll(tt.content, DefaultLimits()); !errors.Is(err, tt.reason) {
				t.Errorf("got %v, want %v", err, tt.reason)
			}
		})
	}
}

// What is blank costs nothing, however often it is repeated.
func TestODSBlankTail(t *testing.T) {
	rows := `<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell table:style-name="ce1" table:number-columns-repeated="16383"/></table:table-row>` +
		`<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"><text:p> </text:p></table:table-cell></table:table-row>`
	before := allocated()
	if got := dump(readSheet(t, openBytes(t, odsRows(t, rows)), 0)); got != `A1="x"` {
		t.Error(got)
	}
	if used := allocated() - before; used > 2<<20 {
		t.Errorf("%d KB were allocated", used>>10)
	}
}

func FuzzODS(f *testing.F) {
	for _, seed := range []string{
		`<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="1"/></table:table-row>`,
		`<table:table-column table:visibility="collapse" table:default-cell-style-name="ce1"/><table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="date" office:date-value="2024-01-15"><text:p>a<text:s text:c="3"/><text:span text:style-name="T1">b</text:span></text:p></table:table-cell><table:covered-table-cell/></table:table-row>`,
		`<table:table-row><table:table-cell office:value-type="time" office:time-value="PT1H2M3.5S"/><table:table-cell table:formula="x" calcext:value-type="error"/></table:table-row></table:table><table:table>`,
	} {
		f.Add([]byte(odsContent(`<style:style style:name="T1" style:family="text"><style:text-properties fo:font-family=".VnTime"/></style:style><number:date-style style:name="N1"><number:day/><style:map style:apply-style-name="N1"/></number:date-style>`, `<table:table>`+seed+`</table:table>`).content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := fuzzLimits().orDefault()
		src := &source{r: bytes.NewReader(content), size: int64(len(content)), limits: limits}
		book, err := openFlatODS(context.Background(), src)
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
