package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// fuzzLimits keep a round short.
func fuzzLimits() Limits {
	return Limits{FileBytes: 1 << 20, InflatedBytes: 4 << 20, Rows: 1000, Cols: 100, Cells: 5000, CellBytes: 4096, TextBytes: 1 << 20, Sheets: 8}
}

// checkGrid holds a grid to what every reader must keep.
func checkGrid(t *testing.T, g *Grid, limits Limits) {
	t.Helper()
	if len(g.Rows) > limits.Rows {
		t.Fatalf("%d rows", len(g.Rows))
	}
	last, cells := 0, 0
	for _, r := range g.Rows {
		if r.Number <= last || len(r.Cells) == 0 {
			t.Fatalf("row %d with %d cells after row %d", r.Number, len(r.Cells), last)
		}
		last = r.Number
		col := 0
		for _, c := range r.Cells {
			if c.Col <= col || c.Col > limits.Cols {
				t.Fatalf("column %d after %d", c.Col, col)
			}
			if !utf8.ValidString(c.Text) || strings.ContainsAny(c.Text, "\x00\r") && c.Kind != Error {
				t.Fatalf("text %q", c.Text)
			}
			if c.Kind == Number && c.Text != string(appendNumber(nil, c.Number)) {
				t.Fatalf("number %v is %q", c.Number, c.Text)
			}
			col = c.Col
		}
		cells += len(r.Cells)
	}
	if cells > limits.Cells {
		t.Fatalf("%d cells", cells)
	}
}

// fuzzBook is a workbook in memory that has shared texts and styles.
func fuzzBook() *xlsxBook {
	limits := fuzzLimits().orDefault()
	return &xlsxBook{
		limits:  limits,
		strings: &sharedStrings{limits: limits, texts: []string{"Họ và tên", ""}},
		styles:  []cellStyle{{}, {format: "dd/mm/yyyy", time: day}, {time: clock}, {time: elapsed}},
	}
}

func FuzzWorksheet(f *testing.F) {
	for _, seed := range []string{
		`<worksheet><dimension ref="A1"/><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="B2" s="1" t="s"><v>0</v></c><c r="A2" s="1"><f>B1</f><v>45366.5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
		`<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:rPr><x:rFont val=".VnTime"/></x:rPr><x:t>a_x000D_&amp;&#7910;</x:t></x:r></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
		`<worksheet><sheetData><row r="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-01-15</v></c><c t="str"><v><![CDATA[x]]></v></c></row><row r="1"/><!-- --></sheetData></worksheet>`,
		utf16XML(`<worksheet><sheetData/></worksheet>`, false),
	} {
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, content []byte, date1904 bool) {
		book := fuzzBook()
		book.date1904 = date1904
		grid, err := scanWorksheet(t, book, bytes.NewReader(content))
		slow, slowErr := scanWorksheet(t, book, iotest.OneByteReader(bytes.NewReader(content)))
		if (err == nil) != (slowErr == nil) || !reflect.DeepEqual(grid, slow) {
			t.Fatalf("at once: %v, %v\nbyte by byte: %v, %v", grid, err, slow, slowErr)
		}
		if err == nil {
			checkGrid(t, grid, book.limits)
		}
	})
}

// scanWorksheet reads a worksheet; what it holds when there is an error depends
// on how the bytes come in, and is left out.
func scanWorksheet(t testing.TB, book *xlsxBook, content io.Reader) (*Grid, error) {
	t.Helper()
	r, err := utf8Reader(content)
	if err != nil {
		t.Fatal(err)
	}
	s := newXMLScanner(r)
	if token, err := s.next(); err != nil || token != xmlStart {
		return nil, errXML("no element")
	}
	grid := &Grid{HiddenCols: make(map[int]bool)}
	w := newWorksheet(book, grid)
	if err := w.scan(s); err != nil {
		return nil, err
	}
	w.finish()
	return grid, nil
}

func FuzzSharedStrings(f *testing.F) {
	for _, seed := range []string{
		`<sst><si><t>Họ và tên</t></si><si><r><rPr><rFont val="VNI-Times"/></rPr><t xml:space="preserve"> a </t></r><rPh><t>x</t></rPh></si><si/></sst>`,
		`<x:sst><x:si><x:t>_x000D__xD83D__xDE00__x005F_&lt;` + "\r\n" + `</x:t></x:si></x:sst>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		table, err := scanTexts(bytes.NewReader(content))
		slow, slowErr := scanTexts(iotest.OneByteReader(bytes.NewReader(content)))
		if (err == nil) != (slowErr == nil) || err == nil && !slices.Equal(table.texts, slow.texts) {
			t.Fatalf("at once: %q, %v\nbyte by byte: %q, %v", table.texts, err, slow.texts, slowErr)
		}
		for _, text := range table.texts {
			if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r") || len(text) > 3*table.limits.CellBytes {
				t.Fatalf("text %q", text)
			}
		}
	})
}

// The scanner must tell the same whatever pieces the bytes come in.
func scanTexts(r io.Reader) (*sharedStrings, error) {
	table := newSharedStrings(fuzzLimits().orDefault())
	s := newXMLScanner(r)
	if token, err := s.next(); err != nil || token != xmlStart {
		return table, err
	}
	return table, table.scan(s)
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><a x="1"><!-- c --><b/>t&amp;u<![CDATA[<x>]]></a>`), 3)
	f.Fuzz(func(t *testing.T, content []byte, size int) {
		whole, errWhole := retell(newXMLScanner(bytes.NewReader(content)))
		pieces, errPieces := retell(newXMLScanner(&piecewise{content, max(1, size%64)}))
		if whole != pieces || (errWhole == nil) != (errPieces == nil) {
			t.Fatalf("%q (%v) and %q (%v)", whole, errWhole, pieces, errPieces)
		}
	})
}

type piecewise struct {
	rest []byte
	size int
}

func (p *piecewise) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.rest[:min(p.size, len(p.rest))])
	p.rest = p.rest[n:]
	return n, nil
}

func FuzzClassifyFormat(f *testing.F) {
	for _, seed := range []string{`[$-vi-VN]dd/mm/yyyy;@`, `0 "người"`, `#,##0\ "đ"`, `[h]:mm:ss.0`, "General", `_-* #,##0_-`, `"`, `\`, `[`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		got := classifyFormat(code)
		if quoted := classifyFormat(`"` + strings.ReplaceAll(code, `"`, "") + `"`); quoted != noTime {
			t.Errorf("%q in quotes is a time", code)
		}
		if upper := classifyFormat(strings.ToUpper(code)); got != upper && utf8.ValidString(code) && isASCII(code) {
			t.Errorf("%q: %d, in capitals %d", code, got, upper)
		}
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func FuzzOpen(f *testing.F) {
	f.Add(zipped(f, bookParts(rowsPart(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), stringsPart(`<si><t>x</t></si>`), stylesPart(`<cellXfs><xf numFmtId="14"/></cellXfs>`))...))
	f.Add(encrypted(f)[:4096])
	for _, name := range []string{"Sở Ngoại vụ.xlsx", "LM HTX.xlsx", "CĐ Việt Hàn.csv"} {
		f.Add(readFile(f, filepath.Join("testdata", "samples", name)))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := fuzzLimits()
		book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), limits)
		if err != nil {
			if _, ok := errors.AsType[*RefusedError](err); !ok {
				t.Fatalf("not a verdict on the file: %v", err)
			}
			return
		}
		for i := range book.Sheets() {
			if grid, err := book.Read(context.Background(), i); err == nil {
				checkGrid(t, grid, limits)
			}
		}
	})
}

func FuzzOLE(f *testing.F) {
	f.Add(encrypted(f)[:4096])
	f.Add(readFile(f, filepath.Join("testdata", "samples", "Du toan cac lop TCT.xls")))
	f.Fuzz(func(t *testing.T, content []byte) {
		names, err := oleDirectory(bytes.NewReader(content), int64(len(content)))
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
			t.Fatal(err)
		}
		if len(names) > oleDirectoryBytes/oleEntryBytes {
			t.Fatalf("%d names", len(names))
		}
	})
}
