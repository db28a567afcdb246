package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// part of a package that a test writes by hand.
type filePart struct{ name, content string }

// zipped packs the parts in their order.
func zipped(t testing.TB, parts ...filePart) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = io.WriteString(w, p.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	mainNS    = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relNS     = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relType   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	sheetType = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
	rootLinks = `<Relationships ` + relNS + `><Relationship Id="rId1" Type="` + relType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/></Types>`
	bookLinks = `<Relationships ` + relNS + `><Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relType + `sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="rId3" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`
	oneSheet = `<workbook ` + mainNS + `><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// bookParts are the parts of a workbook of one sheet, in which a test replaces
// or adds what it is about.
func bookParts(replace ...filePart) []filePart {
	parts := []filePart{
		{"[Content_Types].xml", bookTypes},
		{"_rels/.rels", rootLinks},
		{"xl/_rels/workbook.xml.rels", bookLinks},
		{"xl/workbook.xml", oneSheet},
	}
	for _, p := range replace {
		found := false
		for i := range parts {
			if parts[i].name == p.name {
				parts[i], found = p, true
			}
		}
		if !found {
			parts = append(parts, p)
		}
	}
	return parts
}

func worksheetPart(inside string) filePart {
	return filePart{"xl/worksheets/sheet1.xml", `<worksheet ` + mainNS + `>` + inside + `</worksheet>`}
}

func rowsPart(rows string) filePart { return worksheetPart(`<sheetData>` + rows + `</sheetData>`) }

func stringsPart(items string) filePart {
	return filePart{"xl/sharedStrings.xml", `<sst ` + mainNS + `>` + items + `</sst>`}
}

func stylesPart(inside string) filePart {
	return filePart{"xl/styles.xml", `<styleSheet ` + mainNS + `>` + inside + `</styleSheet>`}
}

func openBytes(t testing.TB, b []byte) Book {
	t.Helper()
	book, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), DefaultLimits())
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func readSheet(t testing.TB, book Book, i int) *Grid {
	t.Helper()
	grid, err := book.Read(context.Background(), i)
	if err != nil {
		t.Fatalf("Read(%d): %v", i, err)
	}
	return grid
}

// readParts reads the first sheet of a workbook made of the parts.
func readParts(t testing.TB, replace ...filePart) *Grid {
	t.Helper()
	return readSheet(t, openBytes(t, zipped(t, bookParts(replace...)...)), 0)
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// dump writes a grid as a person would note it down: A1="text" B1=12, with a
// letter for what is not a text or number (d date, b boolean, e error), = for
// a formula, ? for one without a result, and ~ before hidden rows.
func dump(g *Grid) string {
	var b strings.Builder
	for _, r := range g.Rows {
		if b.Len() > 0 {
			b.WriteString(" ")
		}
		if r.Hidden {
			b.WriteString("~")
		}
		for i, c := range r.Cells {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString(CellName(c.Col, r.Number) + "=")
			if c.Formula {
				b.WriteString("=")
			}
			switch {
			case c.Uncalculated:
				b.WriteString("?" + c.Text)
			case c.Kind == Text:
				b.WriteString(`"` + c.Text + `"`)
			case c.Kind == Number:
				b.WriteString(c.Text)
			default:
				b.WriteString(map[Kind]string{Date: "d", Bool: "b", Error: "e"}[c.Kind] + c.Text)
			}
		}
	}
	return b.String()
}
