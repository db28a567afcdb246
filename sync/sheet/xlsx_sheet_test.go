package sheet

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCells(t *testing.T) {
	texts := stringsPart(`<si><t>Nguyễn Văn A</t></si><si><t/></si><si><r><t>Trưởng</t></r><r><rPr><b/></rPr><t xml:space="preserve"> phòng</t></r><rPh sb="0" eb="1"><t>ほう</t></rPh><phoneticPr fontId="1"/></si>`)
	tests := []struct{ name, rows, want string }{
		{"shared texts", `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v> 2 </v></c></row>`, `A1="Nguyễn Văn A" B1="Trưởng phòng"`},
		{"an empty shared text is kept", `<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, `A1=""`},
		{"inline text in runs", `<row r="1"><c r="A1" t="inlineStr"><is><r><t>Sở </t></r><r><t>Nội vụ</t></r></is></c></row>`, `A1="Sở Nội vụ"`},
		{"inline text without its type", `<row r="1"><c r="A1"><is><t>x</t></is></c></row>`, `A1="x"`},
		{"empty inline text", `<row r="1"><c r="A1" t="inlineStr"><is><t></t></is></c><c r="B1" t="inlineStr"><is/></c><c r="C1" t="inlineStr"/></row>`, `A1=""`},
		{"blank cells are left out", `<row r="1"><c r="A1" s="1"/><c r="B1"><v/></c><c r="C1" t="n"><v> </v></c><c r="D1" t="s"/></row><row r="2"/>`, ``},
		{
			"numbers in full", `<row r="1"><c r="A1"><v>51073009638</v></c><c r="B1"><v>5.1073009638E+10</v></c><c r="C1"><v>0.10000000000000001</v></c><c r="D1" t="n"><v>1E+20</v></c><c r="E1"><v>-0</v></c><c r="F1"><v>-12.50</v></c><c r="G1"><v>007</v></c><c r="H1"><v>0.30000000000000004</v></c></row>`,
			`A1=51073009638 B1=51073009638 C1=0.1 D1=100000000000000000000 E1=0 F1=-12.5 G1=7 H1=0.30000000000000004`,
		},
		{
			"what is no number stays text", `<row r="1"><c r="A1"><v>Infinity</v></c><c r="B1"><v>0x10</v></c><c r="C1"><v>1E+999</v></c><c r="D1"><v>1.2.3</v></c></row>`,
			`A1="Infinity" B1="0x10" C1="1E+999" D1="1.2.3"`,
		},
		{"booleans and errors", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1" t="b"><v>true</v></c></row>`, `A1=bTRUE B1=bFALSE C1=e#DIV/0! D1=bTRUE`},
		{
			"ISO dates", `<row r="1"><c r="A1" t="d"><v>2024-01-15</v></c><c r="B1" t="d"><v>1979-08-15T13:45:00Z</v></c><c r="C1" t="d"><v>07:30:00</v></c><c r="D1" t="d"><v>ngày 5</v></c></row>`,
			`A1=d15/01/2024 B1=d15/08/1979 13:45 C1=d07:30 D1="ngày 5"`,
		},
		{
			"formulas by their cached value", `<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>42</v></c><c r="B1" t="str"><f>B2&amp;""</f><v>Kinh</v></c><c r="C1" t="str"><f t="shared" si="0"/><v></v></c><c r="D1"><f>X</f></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
			`A1==42 B1=="Kinh" C1=="" D1==? E1==e#DIV/0!`,
		},
		{"a text in place of a number", `<row r="1"><c r="A1" t="str"><v>12</v></c></row>`, `A1="12"`},
		{"an unknown type is text", `<row r="1"><c r="A1" t="zz"><v>12</v></c></row>`, `A1="12"`},
		{"references, CDATA and comments", `<row r="1"><c r="A1" t="str"><v>a&amp;b&lt;&#7910;&#x1EE6;<!-- <v> --><![CDATA[<c> & ]]>&nbsp;</v></c></row>`, `A1="a&b<ỦỦ<c> & &nbsp;"`},
		{"escapes", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_&#10;b_x005F_x000A_c_xD83D__xDE00__x12_</t></is></c></row>`, "A1=\"a\nb_x000A_c😀_x12_\""},
		{"line ends", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\r\nb\rc&#13;d&#13;&#10;e</v></c></row>", "A1=\"a\nb\nc\nd\ne\""},
		{"positions are implied", `<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`, `A1=1 B1=2 C5=3 D5=4 A6=5`},
		{"the row is told by its cells", `<row><c r="B4"><v>1</v></c></row><row><c r="A5"><v>2</v></c></row>`, `B4=1 A5=2`},
		{"a broken reference is none", `<row r="0"><c r="??"><v>1</v></c></row><row r="99999999999"><c r="1"><v>2</v></c></row>`, `A1=1 A2=2`},
		{"rows out of order and repeated", `<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="B2"><v>1</v></c></row><row r="9" hidden="1"><c r="B9"><v>7</v></c><c r="A9"><v>8</v></c></row>`, `B2=1 ~A9=8 B9=7`},
		{"cells out of order and repeated", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="C1"><v>4</v></c></row>`, `A1=1 C1=4`},
		{
			"hidden rows count", `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="true"><c r="A2"><v>2</v></c></row><row r="3" ht="0" customHeight="1"><c r="A3"><v>3</v></c></row><row r="4" hidden="0"><c r="A4"><v>4</v></c></row>`,
			`~A1=1 ~A2=2 ~A3=3 A4=4`,
		},
		{"beyond Z", `<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>`, `ALL1048576=1`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := dump(readParts(t, rowsPart(tt.rows), texts)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestDimensionIsNotTrusted(t *testing.T) {
	g := readParts(t, worksheetPart(`<dimension ref="A1"/><sheetData><row r="3"><c r="C3"><v>1</v></c></row></sheetData>`))
	if got := dump(g); got != "C3=1" {
		t.Error(got)
	}
}

func TestMergesAndHiddenColumns(t *testing.T) {
	g := readParts(t, worksheetPart(`<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/><col min="1000" max="16384" hidden="true"/><col min="7" max="8" width="9"/></cols>`+
		`<sheetData/><mergeCells count="9"><mergeCell ref="A7:D7"/><mergeCell ref="$C$2:$B$1"/><mergeCell ref="rác"/><mergeCell ref="A1"/></mergeCells>`))
	want := []Range{{7, 1, 7, 4}, {1, 2, 2, 3}}
	if diff := cmp.Diff(want, g.Merges); diff != "" {
		t.Error(diff)
	}
	for col, hidden := range map[int]bool{1: false, 2: true, 3: true, 4: false, 5: true, 7: false, 999: false, 1000: true, 1024: true} {
		if g.HiddenCols[col] != hidden {
			t.Errorf("column %s: hidden %v, want %v", ColumnName(col), g.HiddenCols[col], hidden)
		}
	}
	if n := len(g.HiddenCols); n != 3+25 {
		t.Errorf("%d hidden columns are noted", n)
	}
}

// Other programs put prefixes, strict namespaces, UTF-16 and backslashes where
// Excel has none of them.
func TestOtherWriters(t *testing.T) {
	prefixed := `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	links := strings.ReplaceAll(bookLinks, "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")
	tests := []struct {
		name  string
		parts []filePart
	}{
		{"strict, prefixed", bookParts(
			filePart{"_rels/.rels", strings.ReplaceAll(rootLinks, "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")},
			filePart{"xl/_rels/workbook.xml.rels", links},
			filePart{"xl/worksheets/sheet1.xml", prefixed},
			filePart{"xl/sharedStrings.xml", `<x:sst xmlns:x="u"><x:si><x:t>Đinh Văn Đức</x:t></x:si></x:sst>`},
		)},
		{"UTF-16", bookParts(
			filePart{"xl/worksheets/sheet1.xml", utf16XML(prefixed, true)},
			filePart{"xl/sharedStrings.xml", utf16XML(`<sst><si><t>Đinh Văn Đức</t></si></sst>`, false)},
		)},
		{"UTF-8 mark, absolute targets, other names", []filePart{
			{"[Content_Types].xml", strings.ReplaceAll(bookTypes, "/xl/workbook.xml", "/so lieu/so.xml")},
			{"_rels/.rels", strings.ReplaceAll(rootLinks, "xl/workbook.xml", "/so%20lieu/so.xml")},
			{"so lieu/_rels/so.xml.rels", strings.ReplaceAll(strings.ReplaceAll(bookLinks, "worksheets/sheet1.xml", "/a.xml"), "sharedStrings.xml", "../B.XML")},
			{"so lieu/so.xml", utf8BOM + oneSheet},
			{`a.xml`, utf8BOM + prefixed},
			{"b.xml", `<sst><si><t>Đinh Văn Đức</t></si></sst>`},
		}},
		{"backslashes", []filePart{
			{"[Content_Types].xml", bookTypes},
			{`_rels\.rels`, rootLinks},
			{`xl\_rels\workbook.xml.rels`, bookLinks},
			{`xl\workbook.xml`, oneSheet},
			{`xl\worksheets\sheet1.xml`, prefixed},
			{`xl\sharedStrings.xml`, `<sst><si><t>Đinh Văn Đức</t></si></sst>`},
		}},
		{"no root links, type by extension", []filePart{
			{"[Content_Types].xml", bookTypes},
			{"xl/_rels/workbook.xml.rels", bookLinks},
			{"xl/workbook.xml", oneSheet},
			{"xl/worksheets/sheet1.xml", prefixed},
			{"xl/sharedStrings.xml", `<sst><si><t>Đinh Văn Đức</t></si></sst>`},
		}},
		{"default content type", bookParts(
			filePart{"[Content_Types].xml", `<Types><Default Extension="xml" ContentType="` + sheetType + `sheet.main+xml"/></Types>`},
			filePart{"xl/worksheets/sheet1.xml", prefixed},
			filePart{"xl/sharedStrings.xml", `<sst><si><t>Đinh Văn Đức</t></si></sst>`},
		)},
		{"macros", bookParts(
			filePart{"[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`},
			filePart{"xl/worksheets/sheet1.xml", prefixed},
			filePart{"xl/sharedStrings.xml", `<sst><si><t>Đinh Văn Đức</t></si></sst>`},
		)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book := openBytes(t, zipped(t, tt.parts...))
			if got := dump(readSheet(t, book, 0)); got != `A2="Đinh Văn Đức"` || book.Format() != "xlsx" {
				t.Errorf("%s: %s", book.Format(), got)
			}
		})
	}
}

func TestFonts(t *testing.T) {
	g := readParts(t,
		stylesPart(`<fonts><font><name val="Calibri"/></font><font><name val=".VnTime"/></font><font><sz val="9"/><name val="VNI-Times"/></font></fonts>`+
			`<cellStyleXfs><xf fontId="2"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="77"/></cellXfs><dxfs><dxf><font><name val=".VnArial"/></font></dxf></dxfs>`),
		stringsPart(`<si><r><rPr><rFont val=".VnTimeH"/></rPr><t>C</t></r></si><si><r><rPr><rFont val="Arial"/></rPr><t>C</t></r></si><si><r><t>C</t></r><r><rPr><rFont val="Arial"/></rPr><t>C</t></r></si>`),
		rowsPart(`<row r="1"><c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c><c s="3"><v>1</v></c><c s="99"><v>1</v></c>`+
			`<c t="s"><v>0</v></c><c s="1" t="s"><v>1</v></c><c s="1" t="s"><v>2</v></c></row>`))
	var got []string
	for _, c := range g.Rows[0].Cells {
		got = append(got, c.Font())
	}
	want := []string{"", ".VnTime", "VNI-Times", "", "", ".VnTimeH", "", ".VnTime"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDateSystems(t *testing.T) {
	styles := stylesPart(`<numFmts><numFmt numFmtId="164" formatCode="[$-vi-VN]dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="0 &quot;người&quot;"/></numFmts>` +
		`<cellXfs><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="165"/></cellXfs>`)
	rows := rowsPart(`<row r="1"><c s="0"><v>0</v></c><c s="1"><v>28541.5</v></c><c s="2"><v>0.25</v></c><c s="3"><v>1.5</v></c><c s="4"><v>5</v></c><c s="0"><v>-1</v></c></row>`)
	for _, tt := range []struct{ name, pr, want string }{
		{"1900", ``, "A1=d00/01/1900 B1=d20/02/1978 12:00 C1=d06:00 D1=d36:00 E1=5 F1=-1"},
		{"1904", `<workbookPr date1904="1"/>`, "A1=d01/01/1904 B1=d21/02/1982 12:00 C1=d06:00 D1=d36:00 E1=5 F1=-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book := filePart{"xl/workbook.xml", strings.Replace(oneSheet, "<sheets>", tt.pr+"<sheets>", 1)}
			g := readParts(t, book, styles, rows)
			if got := dump(g); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if format := g.Rows[0].Cells[0].Format(); format != "[$-vi-VN]dd/mm/yyyy;@" {
				t.Errorf("format %q", format)
			}
		})
	}
}

func TestSheetList(t *testing.T) {
	book := openBytes(t, zipped(t, bookParts(
		filePart{"xl/workbook.xml", `<workbook ` + mainNS + `><sheets><sheet name="CC &amp; TC" r:id="rId1"/><sheet name="Ẩn" state="hidden" r:id="rId8"/><sheet name="Rất ẩn" state="veryHidden" r:id="rId9"/><sheet name="Mất" r:id="rId7"/></sheets></workbook>`},
		filePart{"xl/_rels/workbook.xml.rels", strings.Replace(bookLinks, "</Relationships>", `<Relationship Id="rId8" Type="`+relType+`chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="rId9" Type="`+relType+`worksheet" Target="worksheets/sheet9.xml"/></Relationships>`, 1)},
		rowsPart(`<row><c><v>1</v></c></row>`),
	)...))
	want := []Info{{Name: "CC & TC", Index: 0}, {Name: "Ẩn", Index: 1, Hidden: true}, {Name: "Rất ẩn", Index: 2, Hidden: true}, {Name: "Mất", Index: 3}}
	if diff := cmp.Diff(want, book.Sheets()); diff != "" {
		t.Error(diff)
	}
	if g := readSheet(t, book, 1); len(g.Rows) != 0 || g.Name != "Ẩn" || !g.Hidden {
		t.Errorf("a chart sheet gives %+v", g)
	}
	for _, i := range []int{2, 3} {
		if _, err := book.Read(context.Background(), i); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), want[i].Name) {
			t.Errorf("sheet %d: %v", i, err)
		}
	}
	if got := dump(readSheet(t, book, 0)); got != "A1=1" {
		t.Errorf("the others can still be read: %s", got)
	}
	for _, i := range []int{-1, 4} {
		if _, err := book.Read(context.Background(), i); err == nil {
			t.Errorf("sheet %d is read", i)
		}
	}
}

// What a sheet says wrongly must not become a wrong cell.
func TestDamagedSheets(t *testing.T) {
	tests := []struct{ name, sheet, where string }{
		{"a shared text that is missing", `<worksheet><sheetData><row r="4"><c r="D4" t="s"><v>7</v></c></row></sheetData></worksheet>`, "D4"},
		{"a shared text without a number", `<worksheet><sheetData><row r="4"><c r="D4" t="s"><v>x</v></c></row></sheetData></worksheet>`, "D4"},
		{"the sheet ends early", `<worksheet><sheetData><row r="4"><c r="D4"><v>1`, "sheet1.xml"},
		{"nothing", ``, "sheet1.xml"},
		{"an end too many", `<worksheet></worksheet></worksheet>`, "sheet1.xml"},
		{"two roots", `<worksheet/><worksheet/>`, "sheet1.xml"},
		{"a document type", `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`, "sheet1.xml"},
		{"a tag that never ends", `<worksheet><sheetData><row r="1`, "sheet1.xml"},
		{"a comment that never ends", `<worksheet><!-- `, "sheet1.xml"},
		{"a section that never ends", `<worksheet><sheetData><row><c><v><![CDATA[1`, "sheet1.xml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book := openBytes(t, zipped(t, bookParts(filePart{"xl/worksheets/sheet1.xml", tt.sheet})...))
			_, err := book.Read(context.Background(), 0)
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), tt.where) {
				t.Errorf("got %v", err)
			}
		})
	}
}
