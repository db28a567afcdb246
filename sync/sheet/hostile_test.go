package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// hostile is a file as an attacker, a broken program or an accident makes it.
type hostile struct {
	name    string
	ext     string
	content func(t testing.TB) []byte
	reason  error  // why it is refused; nil when it is read
	want    string // of the first sheet, as dump shows it, when it is read
}

// oneCell is what most of the odd packages hold.
const oneCell = `<row r="1"><c r="A1"><v>1</v></c></row>`

// hostilePackages are odd and broken Office packages.
func hostilePackages() []hostile {
	pack := func(replace ...filePart) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return zipped(t, bookParts(replace...)...) }
	}
	entities := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	list := []hostile{
		{name: "a billion laughs", content: pack(filePart{"xl/worksheets/sheet1.xml", entities + `<worksheet><sheetData><row><c t="str"><v>&c;</v></c></row></sheetData></worksheet>`}), reason: ErrDamaged},
		{name: "an external entity", content: pack(filePart{"xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>`}), reason: ErrDamaged},
		{name: "the last cell of all", content: pack(rowsPart(oneCell + `<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>`)), reason: ErrTooLarge},
		{name: "the last row of all", content: pack(rowsPart(oneCell + `<row r="1048576"><c r="B1048576"><v>2</v></c></row>`)), want: `A1=1 B1048576=2`},
		{name: "the last cell of all is formatted", content: pack(rowsPart(oneCell + `<row r="1048576"><c r="XFD1048576" s="1"/></row>`)), want: `A1=1`},
		{name: "a shared text beyond the table", content: pack(rowsPart(`<row><c t="s"><v>7</v></c></row>`), stringsPart(`<si><t>x</t></si>`)), reason: ErrDamaged},
		{name: "a shared text of a negative number", content: pack(rowsPart(`<row><c t="s"><v>-1</v></c></row>`), stringsPart(`<si><t>x</t></si>`)), reason: ErrDamaged},
		{name: "a style beyond the table", content: pack(rowsPart(`<row><c s="999999999"><v>1</v></c><c s="-3"><v>2</v></c></row>`)), want: `A1=1 B1=2`},
		{name: "rows of impossible numbers", content: pack(rowsPart(`<row r="-5"><c><v>1</v></c></row><row r="99999999999999999999"><c><v>2</v></c></row><row r="0"><c><v>3</v></c></row>`)), want: `A1=1 A2=2 A3=3`},
		{name: "rows in any order", content: pack(rowsPart(`<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>`)), want: `A1=1 B1=2 A3=3`},
		{name: "a cell twice", content: pack(rowsPart(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c><c r="B1"><v>4</v></c></row>`)), want: `A1=3 B1=4`},
		{name: "the tables of texts and styles are missing", content: pack(rowsPart(oneCell)), want: `A1=1`},
		{name: "names with path parts and control signs", content: pack(rowsPart(oneCell), filePart{"../../../etc/cron.d/x", "x"}, filePart{"/abs\x00\x07\r\n", "x"}, filePart{`C:\Windows\x`, "x"}), want: `A1=1`},
		{name: "backslashes in the names", content: func(t testing.TB) []byte {
			parts := bookParts(rowsPart(oneCell))
			for i := range parts {
				parts[i].name = strings.ReplaceAll(parts[i].name, "/", `\`)
			}
			return zipped(t, parts...)
		}, want: `A1=1`},
		{name: "absolute targets with backslashes", content: pack(rowsPart(oneCell), filePart{"xl/_rels/workbook.xml.rels", strings.ReplaceAll(bookLinks, `"worksheets/sheet1.xml"`, `"\xl\worksheets\sheet1.xml"`)}), want: `A1=1`},
		{name: "targets that climb", content: pack(rowsPart(oneCell), filePart{"xl/_rels/workbook.xml.rels", strings.ReplaceAll(bookLinks, `"worksheets/sheet1.xml"`, `"../../../xl/./worksheets/sheet1.xml"`)}), want: `A1=1`},
		{name: "a sheet that is the workbook itself", content: pack(filePart{"xl/_rels/workbook.xml.rels", strings.ReplaceAll(bookLinks, `"worksheets/sheet1.xml"`, `"workbook.xml"`)}), want: ``},
		{name: "an entry twice", content: pack(rowsPart(oneCell), filePart{"XL/worksheets/SHEET1.xml", "<worksheet/>"}), want: `A1=1`},
		{name: "prefixed names", content: pack(
			filePart{"xl/workbook.xml", `<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets><x:sheet name="Sheet1" sheetId="1" q:id="rId1"/></x:sheets></x:workbook>`},
			filePart{"xl/worksheets/sheet1.xml", `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>Đức Phổ</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`}), want: `A1=1 B1="Đức Phổ"`},
		{name: "strict", content: func(t testing.TB) []byte {
			parts := bookParts(rowsPart(`<row r="1"><c r="A1" t="d"><v>1979-08-15</v></c></row>`))
			strict := strings.NewReplacer("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
				"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
			for i := range parts {
				parts[i].content = strict.Replace(parts[i].content)
			}
			return zipped(t, parts...)
		}, want: `A1=d15/08/1979`},
		{name: "parts in UTF-16", content: pack(filePart{"xl/worksheets/sheet1.xml", utf16XML(`<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row><c t="str"><v>Đức Phổ</v></c></row></sheetData></worksheet>`, true)}), want: `A1="Đức Phổ"`},
		{name: "parts after a byte order mark", content: pack(filePart{"xl/worksheets/sheet1.xml", utf8BOM + `<?xml version="1.0"?><worksheet><sheetData>` + oneCell + `</sheetData></worksheet>`}), want: `A1=1`},
		{name: "64-bit sizes", content: func(t testing.TB) []byte { return zip64(t, bookParts(rowsPart(oneCell))...) }, want: `A1=1`},
		{name: "junk before the package", content: func(t testing.TB) []byte {
			return append([]byte("PK\x03\x04 not this one \x00\x00"), zipped(t, bookParts(rowsPart(oneCell))...)...)
		}, want: `A1=1`},
		{name: "junk after the package", content: func(t testing.TB) []byte {
			return append(zipped(t, bookParts(rowsPart(oneCell))...), "\r\n-- hết --\r\n"...)
		}, want: `A1=1`},
		{name: "a checksum that is wrong", content: func(t testing.TB) []byte {
			b := zipped(t, bookParts(rowsPart(oneCell))...)
			sum := crc32.ChecksumIEEE([]byte(rowsPart(oneCell).content))
			i := bytes.LastIndex(b, []byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)})
			b[i] ^= 1
			return b
		}, reason: ErrDamaged},
		{name: "XML that is cut off", content: pack(filePart{"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c><v>1`}), reason: ErrDamaged},
	}
	for i := range list {
		list[i].ext = ".xlsx"
	}
	return list
}

// hostileSizes are files whose size is the attack, n times as large as they
// must at least be to be worth a look.
func hostileSizes(n int) []hostile {
	sheet := func(inside repeat) func(testing.TB) []byte {
		return func(t testing.TB) []byte {
			return bomb(t, map[string]repeat{"xl/worksheets/sheet1.xml": inside}, bookParts(stylesPart(`<cellXfs><xf/><xf/></cellXfs>`))...)
		}
	}
	text := func(before, unit, after string, times int) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte(before + strings.Repeat(unit, times) + after) }
	}
	return []hostile{
		{name: "formatted rows without values", ext: ".xlsx", content: sheet(repeat{`<worksheet><sheetData>` + oneCell, `<row s="1" customFormat="1" ht="15"><c s="1"/><c s="1"/></row>`, `</sheetData></worksheet>`, 10_000 * n}), want: `A1=1`},
		{name: "merged ranges one upon the other", ext: ".xlsx", content: sheet(repeat{`<worksheet><sheetData>` + oneCell + `</sheetData><mergeCells>`, `<mergeCell ref="A1:XFD1048576"/>`, `</mergeCells></worksheet>`, 1_000 * n}), want: `A1=1`},
		{name: "styles", ext: ".xlsx", content: func(t testing.TB) []byte {
			return bomb(t, map[string]repeat{"xl/styles.xml": {`<styleSheet><cellXfs>`, `<xf numFmtId="14" fontId="0"/>`, `</cellXfs></styleSheet>`, min(65_536, 656*n)}}, bookParts(rowsPart(`<row><c s="5"><v>29082</v></c></row>`))...)
		}, want: `A1=d15/08/1979`},
		{name: "nested elements", ext: ".htm", content: text(`<table><tr><td>a`, `<div><b>`, `</table>`, 1_000*n), want: `A1="a"`},
		{name: "nested tables", ext: ".htm", content: text(``, `<table><tr><td>`, ``, 1_000*n), reason: ErrTooLarge},
		{name: "rows of a page without values", ext: ".htm", content: text(`<table><tr><td>a</td></tr>`, "<tr><td>&nbsp;</td></tr>\n", `</table>`, 10_000*n), want: `A1="a"`},
		{name: "cells that span everything", ext: ".htm", content: text(`<table><tr><td>a</td></tr>`, `<tr><td rowspan=1000000 colspan=1000>&nbsp;</td></tr>`, `</table>`, 1_000*n), want: `A1="a"`},
		{name: "an endless quoted field", ext: ".csv", content: text("TT;Họ và tên;Lớp\n1;\"", "Nguyễn Văn Đức ", ``, 10_000*n), reason: ErrTooLarge},
		{name: "lines without values", ext: ".csv", content: text("TT;Họ và tên;Lớp\n1;An;A\n2;Ba;B\n", ";;\n", ``, 10_000*n), want: `A1="TT" B1="Họ và tên" C1="Lớp" A2="1" B2="An" C2="A" A3="2" B3="Ba" C3="B"`},
		{name: "laughs", ext: ".xml", content: text(`<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "`, `x`, `"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="x"><Table><Row><Cell><Data Type="String">&b;</Data></Cell></Row></Table></Worksheet></Workbook>`, 10*n), reason: ErrDamaged},
		{name: "repeated rows without values", ext: ".fods", content: text(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="x"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`, `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`, `</table:table></office:spreadsheet></office:body></office:document>`, 10*n), want: `A1=1`},
		{name: "repeated rows with values", ext: ".fods", content: text(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="x">`, `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>`, `</table:table></office:spreadsheet></office:body></office:document>`, 1), reason: ErrTooLarge},
	}
}

func TestHostile(t *testing.T) {
	// The attacks by size are as large as the limits of the suite of bombs.
	for _, h := range append(hostilePackages(), hostileSizes(10)...) {
		t.Run(h.name+h.ext, func(t *testing.T) {
			content := h.content(t)
			before := allocated()
			err := readAll(content, DefaultLimits())
			if used := allocated() - before; used > 128<<20 {
				t.Errorf("%d MB were allocated", used>>20)
			}
			if !errors.Is(err, h.reason) {
				t.Fatalf("got %v, want %v", err, h.reason)
			}
			if h.reason != nil {
				return
			}
			if got := dump(readSheet(t, openBytes(t, content), 0)); got != h.want {
				t.Errorf("got  %s\nwant %s", got, h.want)
			}
		})
	}
}

// zip64 packs the parts with sizes of 64 bits, as programs do that write to a
// pipe.
func zip64(t testing.TB, parts ...filePart) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.content)), CompressedSize64: uint64(len(p.content)), UncompressedSize64: uint64(len(p.content))}
		h.Extra = []byte{1, 0, 16, 0}
		for range 2 {
			h.Extra = le.AppendUint64(h.Extra, uint64(len(p.content)))
		}
		w, err := z.CreateRaw(h)
		must(t, err)
		_, err = io.WriteString(w, p.content)
		must(t, err)
	}
	must(t, z.Close())
	content := b.Bytes()
	for at := 0; ; { // the list of entries leaves the sizes to the extra field
		i := bytes.Index(content[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return content
		}
		at += i + 4
		le.PutUint32(content[at+16:], 0xFFFFFFFF)
		le.PutUint32(content[at+20:], 0xFFFFFFFF)
	}
}
