package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// bomb packs parts that are written by repeating a piece of text, so that a
// test needs no memory for what they unpack to.
func bomb(t testing.TB, repeated map[string]repeat, parts ...filePart) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	for _, p := range parts {
		w, err := z.Create(p.name)
		must(t, err)
		_, err = io.WriteString(w, p.content)
		must(t, err)
	}
	for name, r := range repeated {
		w, err := z.Create(name)
		must(t, err)
		piece := strings.Repeat(r.piece, 1024)
		_, err = io.WriteString(w, r.before)
		must(t, err)
		for range r.times / 1024 {
			_, err = io.WriteString(w, piece)
			must(t, err)
		}
		_, err = io.WriteString(w, r.after)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

type repeat struct {
	before, piece, after string
	times                int
}

func sheetOf(piece string, times int) map[string]repeat {
	return map[string]repeat{"xl/worksheets/sheet1.xml": {`<worksheet><sheetData>`, piece, `</sheetData></worksheet>`, times}}
}

// Each limit refuses what is beyond it, and takes what is just within.
func TestLimits(t *testing.T) {
	row := func(n int) filePart { return rowsPart(strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, n)) }
	long := func(n int) string { return strings.Repeat("ệ", n/3) }
	tests := []struct {
		name    string
		limits  Limits
		in, out filePart
	}{
		{"rows", Limits{Rows: 3}, row(3), row(4)},
		{"blank rows are free", Limits{Rows: 1}, rowsPart(`<row/><row><c s="1"/></row><row><c><v>1</v></c></row><row/>`), row(2)},
		{"cells", Limits{Cells: 3}, row(3), row(4)},
		{"columns", Limits{Cols: 3}, rowsPart(`<row><c r="C1"><v>1</v></c><c r="XFD1" s="4"/></row>`), rowsPart(`<row><c r="D1"><v>1</v></c></row>`)},
		{"a cell's value", Limits{CellBytes: 300}, rowsPart(`<row><c t="str"><v>` + long(300) + `</v></c></row>`), rowsPart(`<row><c t="str"><v>` + long(303) + `</v></c></row>`)},
		{"an inline text", Limits{CellBytes: 300}, rowsPart(`<row><c t="inlineStr"><is><r><t>` + long(150) + `</t></r><r><t>` + long(150) + `</t></r></is></c></row>`), rowsPart(`<row><c t="inlineStr"><is><r><t>` + long(150) + `</t></r><r><t>` + long(153) + `</t></r></is></c></row>`)},
		{"a shared text", Limits{CellBytes: 300}, stringsPart(`<si><t>` + long(300) + `</t></si>`), stringsPart(`<si><t>` + long(303) + `</t></si>`)},
		{"shared texts", Limits{Cells: 2}, stringsPart(`<si/><si/>`), stringsPart(`<si/><si/><si/>`)},
		{"text of a sheet", Limits{TextBytes: 4}, row(4), row(5)},
		{"shared text", Limits{TextBytes: 4}, stringsPart(`<si><t>abcd</t></si>`), stringsPart(`<si><t>abcde</t></si>`)},
		{"a part", Limits{PartBytes: 2000}, row(1), row(200)},
		{"unpacked bytes", Limits{InflatedBytes: 4000}, row(1), row(200)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := readWith(t, tt.limits, tt.in); err != nil {
				t.Errorf("within the limit: %v", err)
			}
			if err := readWith(t, tt.limits, tt.out); !errors.Is(err, ErrTooLarge) {
				t.Errorf("beyond the limit: %v", err)
			}
		})
	}
}

// readWith reads a workbook with the part, twice, since reading again must not
// cost what reading did.
func readWith(t *testing.T, limits Limits, p filePart) error {
	t.Helper()
	parts := bookParts(rowsPart(""), p)
	b := zipped(t, parts...)
	book, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), limits)
	if err != nil {
		return err
	}
	for range 2 {
		if _, err = book.Read(context.Background(), 0); err != nil {
			return err
		}
	}
	return nil
}

func TestFileAndSheetLimits(t *testing.T) {
	b := zipped(t, bookParts(filePart{"xl/workbook.xml", strings.Replace(oneSheet, `<sheet `, `<sheet name="A" r:id="rId1"/><sheet `, 1)}, rowsPart(""))...)
	for _, tt := range []struct {
		name   string
		limits Limits
		want   error
	}{
		{"sheets", Limits{Sheets: 1}, ErrTooLarge},
		{"sheets within", Limits{Sheets: 2}, nil},
		{"file", Limits{FileBytes: int64(len(b)) - 1}, ErrTooLarge},
		{"file within", Limits{FileBytes: int64(len(b))}, nil},
	} {
		if _, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), tt.limits); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// Bombs are refused, and cost little memory before.
func TestBombs(t *testing.T) {
	// Lower than usual for a quick test; the blanks are to meet the ratio alone.
	limits := Limits{InflatedBytes: 4 << 20, Cells: 1 << 16}
	var many []filePart
	for i := range zipEntries {
		many = append(many, filePart{fmt.Sprint(i), ""})
	}
	var directory []filePart
	for i := range 30 {
		directory = append(directory, filePart{fmt.Sprint(i) + strings.Repeat("x", 60_000), ""})
	}
	for range 2 {
		directory = append(directory, directory...)
	}
	tests := []struct {
		name    string
		content []byte
	}{
		{"many entries", zipped(t, bookParts(many...)...)},
		{"a long list of entries", bomb(t, nil, append(directory, bookParts()...)...)},
		{"blanks", bomb(t, sheetOf(strings.Repeat(" ", 1000), 18_432), bookParts()...)},
		{"one long text", bomb(t, sheetOf(`<row><c t="str"><v>`+strings.Repeat("x", 1000), 1024), bookParts()...)},
		{"empty rows", bomb(t, sheetOf(`<row></row>`, 500_000), bookParts()...)},
		{"many small cells", bomb(t, sheetOf(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 2048), bookParts()...)},
		{"shared texts", bomb(t, map[string]repeat{"xl/sharedStrings.xml": {`<sst>`, `<si/>`, `</sst>`, 100_000}}, bookParts(rowsPart(""))...)},
		{"deep nesting", bomb(t, sheetOf(`<a>`, 2_000_000), bookParts()...)},
		{"sheets", bomb(t, map[string]repeat{"xl/workbook.xml": {`<workbook><sheets>`, `<sheet name="x"/>`, `</sheets></workbook>`, 10_240}}, bookParts(rowsPart(""))[:3]...)},
		{"relationships", bomb(t, map[string]repeat{"xl/_rels/workbook.xml.rels": {`<Relationships>`, `<Relationship Id="x"/>`, `</Relationships>`, 250_000}}, bookParts(rowsPart(""))[:2]...)},
		{"styles", bomb(t, map[string]repeat{"xl/styles.xml": {`<styleSheet><cellXfs>`, `<xf/>`, `</cellXfs></styleSheet>`, 1_000_000}}, bookParts(rowsPart(""))...)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := limits
			if tt.name == "blanks" {
				limits = DefaultLimits()
			}
			before := allocated()
			err := readAll(tt.content, limits)
			if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrDamaged) {
				t.Errorf("got %v", err)
			}
			if used := allocated() - before; used > 150<<20 {
				t.Errorf("%d MB were allocated", used>>20)
			}
		})
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// readAll opens a file and reads all of its sheets.
func readAll(content []byte, limits Limits) error {
	book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		return err
	}
	for i := range book.Sheets() {
		if _, err := book.Read(context.Background(), i); err != nil {
			return err
		}
	}
	return book.Close()
}
