package push

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// FuzzAnnotateParts puts any bytes into the parts that are read: the copy is
// refused, or a copy of it is the same again.
func FuzzAnnotateParts(f *testing.F) {
	base, _ := parts(f, plainBook(f))
	comments := `<comments xmlns="` + mainNamespace + `"><authors><author>An</author></authors><commentList><comment ref="B2" authorId="0"><text><t>a</t></text></comment></commentList></comments>`
	f.Add(base["xl/workbook.xml"], base["xl/worksheets/sheet1.xml"], `<styleSheet xmlns="`+mainNamespace+`"><fonts count="1"><font/></fonts></styleSheet>`, comments, `<xml><v:shape id="_x0000_s1"></v:shape></xml>`)
	f.Add(`<workbook/>`, `<worksheet><row r="1" ht="1e9"/>`, `<a><b>`, `<comments/>`, `</`)
	f.Fuzz(func(t *testing.T, book, sheet, styles, comments, drawing string) {
		rels := `<Relationships xmlns="` + partRelations + `">`
		original := plainBook(t,
			part{"xl/workbook.xml", book}, part{"xl/worksheets/sheet1.xml", sheet}, part{"xl/styles.xml", styles},
			part{"xl/_rels/workbook.xml.rels", base["xl/_rels/workbook.xml.rels"][:len(base["xl/_rels/workbook.xml.rels"])-len("</Relationships>")] +
				`<Relationship Id="rId3" Type="` + relStyles + `" Target="styles.xml"/></Relationships>`},
			part{"xl/worksheets/_rels/sheet1.xml.rels", rels + `<Relationship Id="c" Type="` + relComments + `" Target="c.xml"/><Relationship Id="d" Type="` + relDrawing + `" Target="d.vml"/></Relationships>`},
			part{"xl/worksheets/c.xml", comments}, part{"xl/worksheets/d.vml", drawing})
		tryAnnotate(t, original)
	})
}

// FuzzAnnotate takes any bytes for a package.
func FuzzAnnotate(f *testing.F) {
	f.Add(plainBook(f))
	f.Add(readFixture(f, "thads.xlsx"))
	f.Add([]byte(oleMagic))
	f.Fuzz(func(t *testing.T, data []byte) { tryAnnotate(t, data) })
}

// TestDamagedBytes: whatever bytes of a package are damaged, it is refused or
// annotated.
func TestDamagedBytes(t *testing.T) {
	whole := readFixture(t, "thads.xlsx")
	rapid.Check(t, func(r *rapid.T) {
		data := bytes.Clone(whole)
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, len(data)-1), 1, 6).Draw(r, "places") {
			data[at] = rapid.Byte().Draw(r, "byte")
		}
		tryAnnotate(t, data[:rapid.IntRange(len(data)*3/4, len(data)).Draw(r, "length")])
	})
}

func tryAnnotate(t *testing.T, data []byte) {
	t.Helper()
	tab, comments := sampleTab("Danh sách"), sampleComments("Danh sách")
	once, err := Annotate(bytes.NewReader(data), int64(len(data)), tab, comments)
	if err != nil {
		if !errors.Is(err, ErrNotAnnotatable) {
			t.Fatalf("an error of no kind: %v", err)
		}
		return
	}
	if _, err := Annotate(bytes.NewReader(once), int64(len(once)), tab, comments); err != nil {
		t.Fatalf("a copy of the copy is refused: %v", err)
	}
}

// largeBook has so many rows of 15 cells.
func largeBook(b *testing.B, rows int) []byte {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := 1; i <= rows; i++ {
		row := make([]any, 15)
		for j := range row {
			row[j] = "Nguyễn Văn " + cellName(j+1, i)
		}
		if err := w.SetRow(cellName(1, i), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkAnnotate(b *testing.B) {
	data := largeBook(b, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		annotate(b, data, sampleTab("Sheet1"), sampleComments("Sheet1"))
	}
}

// BenchmarkSaveAgain is what the annotation would cost through a library.
func BenchmarkSaveAgain(b *testing.B) {
	data := largeBook(b, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.NewSheet("SAI LỆCH"); err != nil {
			b.Fatal(err)
		}
		if err := f.AddComment("Sheet1", excelize.Comment{Cell: "C9", Author: author, Text: "Sai"}); err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
