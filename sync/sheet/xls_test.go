package sheet

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// styled are the globals that the cells of tests use: style 0 is General, 1 a
// date, 2 in .VnTime; font 5 is VNI-Times.
func styled(biff8 bool) []byte {
	format := record(recFormat, 164, byte(10), "dd/mm/yyyy")
	if biff8 {
		format = record(recFormat, 164, wide("dd/mm/yyyy"))
	}
	fonts := slices.Concat(fontRecord("Arial", 0, biff8), fontRecord("Arial", 163, biff8), fontRecord(".VnTime", 0, biff8),
		fontRecord("Arial", 222, biff8), fontRecord("VNI-Times", 0, biff8))
	xf := slices.Concat(record(recXF, 0, 0, 0), record(recXF, 0, 164, 0), record(recXF, 2, 0, 0), record(recXF, 1, 0, 0))
	return slices.Concat(fonts, format, xf)
}

func readXLS(t testing.TB, stream []byte) *Grid {
	t.Helper()
	return readSheet(t, openBytes(t, oleOf(false, filePart{workbookStream, string(stream)})), 0)
}

func TestXLSCells(t *testing.T) {
	text := record(recFormula, 0, 0, 0, 0, 0, 0, 0xFFFF, 0)
	value := func(kind, v byte) []byte {
		return record(recFormula, 0, 0, 0, []byte{kind, 0, v, 0, 0, 0, 0xFF, 0xFF}, 0)
	}
	tests := []struct {
		name  string
		cells []byte
		want  string
	}{
		{
			"numbers", slices.Concat(
				record(recRK, 0, 0, 0, uint32(42<<2|2)), record(recRK, 0, 1, 0, uint32(0xFFFFFFFC|2)), record(recRK, 0, 2, 0, uint32(12345<<2|3)),
				record(recRK, 0, 3, 0, uint32(0x3FF80000)), record(recRK, 0, 4, 0, uint32(0x3FF80001)), record(recNumber, 0, 5, 0, 51079001234.0)),
			"A1=42 B1=-1 C1=123.45 D1=1.5 E1=0.015 F1=51079001234",
		},
		{"numbers side by side", record(recMulRK, 3, 1, 0, uint32(1<<2|2), 1, uint32(2<<2|2), 0, uint32(3<<2|2), 3), "B4=1 C4=d02/01/1900 D4=3"},
		{"no numbers", slices.Concat(record(recNumber, 0, 0, 0, []byte{0, 0, 0, 0, 0, 0, 0xF8, 0x7F})), "A1=e#NUM!"},
		{"booleans and errors", slices.Concat(
			record(recBoolErr, 0, 0, 0, byte(1), byte(0)), record(recBoolErr, 0, 1, 0, byte(0), byte(0)), record(recBoolErr, 0, 2, 0, byte(0x2A), byte(1)),
			record(recBoolErr, 0, 3, 0, byte(7), byte(1))), "A1=bTRUE B1=bFALSE C1=e#N/A D1=e#DIV/0!"},
		{"blanks", slices.Concat(record(0x0201, 0, 0, 1), record(0x00BE, 0, 1, 0, 0, 2), record(recLabel, 1, 0, 0, wide(""))), `A2=""`},
		{"computed values", slices.Concat(
			record(recFormula, 0, 0, 0, 12.5, 0), value(1, 1), value(2, 0x0F), value(3, 0)), `A1==""`},
		{"a computed number", record(recFormula, 0, 1, 1, 45366.0, 0), "B1==d15/03/2024"},
		{"a computed boolean", value(1, 1), "A1==bTRUE"},
		{"a computed error", value(2, 0x17), "A1==e#REF!"},
		{"a computed text", slices.Concat(text, record(0x04BC, 0, 0, 0), record(recString, wide("Bình Sơn")), record(recNumber, 0, 1, 0, 1.0)), `A1=="Bình Sơn" B1=1`},
		{"a computed text in two records", slices.Concat(text,
			record(recString, 7, byte(0), "Ba "), record(recContinue, byte(1), unitBytes([]uint16{'T', 0x00F4, ' ', 0x1EC7}))), `A1=="Ba Tô ệ"`},
		{"a computed text that is missing", slices.Concat(text, record(recNumber, 0, 1, 0, 1.0), record(recString, wide("x"))), `A1=="" B1=1`},
		{"not computed yet", slices.Concat(record(recFormula, 0, 0, 0, 0.0, 3), record(recFormula, 0, 1, 0, 0.0, 0)), `A1==? B1==0`},
		{"texts with runs", slices.Concat(
			record(recRString, 0, 0, 0, wide("Ba Tơ"), 1, 2, 5), record(recLabel, 0, 1, 0, 2, byte(textRuns), 1, "ab", 0, 5)), `A1="Ba Tơ" B1="ab"`},
		{
			"halves of characters", slices.Concat(
				record(recLabel, 0, 0, 0, 2, byte(1), 0xD83D, 0xDE00), record(recLabel, 0, 1, 0, 2, byte(1), 0xD83D, 0x78), record(recLabel, 0, 2, 0, 1, byte(1), 0xDE00),
				record(recLabel, 0, 3, 0, 2, byte(1), 0xD83D), record(recContinue, byte(1), 0xDE00), record(recLabel, 0, 4, 0, 2, byte(1), 0xD83D), record(recContinue, byte(0), "y")),
			`A1="😀" B1="` + "\uFFFDx" + `" C1="` + "\uFFFD" + `" D1="😀" E1="` + "\uFFFDy" + `"`,
		},
		{"line ends", record(recLabel, 0, 0, 0, wide("a\r\nb\rc\nd")), "A1=\"a\nb\nc\nd\""},
		{"a chart within", slices.Concat(
			record(recNumber, 0, 0, 0, 1.0), record(recBOF, versionBIFF8, partChart, 0, 0), record(recNumber, 0, 0, 0, 9.0), record(recEOF), record(recNumber, 0, 1, 0, 2.0)), "A1=1 B1=2"},
		{"rows out of order", slices.Concat(
			record(recNumber, 4, 1, 0, 1.0), record(recNumber, 0, 0, 0, 2.0), record(recNumber, 4, 0, 0, 3.0), record(recNumber, 4, 1, 0, 4.0),
			record(recRow, 4, 0, 0, 300, 0, 0, 0x20, 0)), "A1=2 ~A5=3 B5=4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := dump(readXLS(t, biff8Stream(styled(true), tt.cells))); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A part's font counts before the cell's.
func TestXLSFonts(t *testing.T) {
	texts := record(recSST, uint32(3), uint32(3),
		5, byte(textRuns), 2, "a\xB7b\xB7c", 1, 2, 2, 0, // the middle in .VnTime
		2, byte(textRuns), 1, "ab", 0, 0, // all in Arial
		1, byte(textRuns), 1, "x", 1, 5) // after the end in VNI-Times
	cells := slices.Concat(
		record(recLabelSST, 0, 0, 0, uint32(0)), record(recLabelSST, 0, 1, 2, uint32(1)), record(recLabelSST, 0, 2, 0, uint32(2)),
		record(recLabel, 0, 3, 2, wide("Céng hoµ\u00ad")), record(recRString, 0, 4, 0, wide("Coäng"), 1, 0, 5), record(recRString, 0, 5, 2, wide("ab"), 1, 1, 0))
	var got []string
	for _, c := range readXLS(t, biff8Stream(append(styled(true), texts...), cells)).Rows[0].Cells {
		got = append(got, c.Font()+":"+c.Text)
	}
	want := []string{".VnTime:a·b·c", ":ab", ":x", ".VnTime:Céng hoµ\u00ad", "VNI-Times:Coäng", ".VnTime:ab"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestXLS1904(t *testing.T) {
	cells := slices.Concat(record(recNumber, 0, 0, 1, 43904.5), record(recNumber, 0, 1, 0, 43904.0), record(recNumber, 0, 2, 1, -1.0))
	grid := readXLS(t, biff8Stream(append(record(recDate1904, 1), styled(true)...), cells))
	if got, want := dump(grid), "A1=d15/03/2024 12:00 B1=43904 C1=-1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := grid.Rows[0].Cells[0]; got.Number != 45366.5 || got.Format() != "dd/mm/yyyy" {
		t.Errorf("%+v", got)
	}
}

// Texts of Excel 5 and 95 have the code page of their font, else that of the
// workbook; legacy fonts stay as they are stored.
func TestBIFF5(t *testing.T) {
	const vietnamese = "\xD0inh Vi\xEA\xF2t" // in code page 1258
	text := record(recFormula, 0, 7, 0, 0, 0, 0, 0xFFFF, 0)
	tests := []struct {
		name     string
		codePage int
		cells    []byte
		want     string
	}{
		{"Western", 1252, record(recLabel, 0, 0, 0, 4, "Caf\xE9"), `A1="Café"`},
		{"Vietnamese", 1258, record(recLabel, 0, 0, 0, len(vietnamese), vietnamese), "A1=\"Đinh Vi\u00ea\u0323t\""},
		{"Vietnamese by its font", 1252, record(recLabel, 0, 0, 3, len(vietnamese), vietnamese), "A1=\"Đinh Vi\u00ea\u0323t\""},
		{"TCVN3 under a Vietnamese page", 1258, record(recLabel, 0, 0, 2, 8, "C\xE9ng\xD2\xB5 \xAD"), "A1=\"CéngÒµ \u00ad\""},
		{"parts of several fonts", 1252, record(recRString, 0, 0, 0, 3, "\xE9\xF2\xA1", byte(2), byte(1), byte(1), byte(2), byte(3)), "A1=\"é\u0323ก\""},
		{"Japanese", 932, record(recLabel, 0, 0, 0, 4, "\x93\xFA\x96\x7B"), `A1="日本"`},
		{"UTF-16", codePageUTF16, record(recLabel, 0, 0, 0, 4, unitBytes([]uint16{0x1EC7, 'x'})), `A1="ệx"`},
		{"computed", 1258, slices.Concat(text, record(recString, 2, "\xD0\r")), "H1==\"Đ\n\""},
		{"a page that is not known does no harm to plain text", 1361, record(recLabel, 0, 0, 0, 2, "ab"), `A1="ab"`},
		{"a script's version", 1252, slices.Concat(record(recNumber, 0, 0, 0, 1.0), record(recLabel, 0, 1, 0, 2, "ab")), `A1=1 B1="ab"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			version := versionBIFF5
			if tt.name == "a script's version" {
				version = 0
			}
			stream := biffStream(version, []byte("\x04DS A"), append(record(recCodePage, tt.codePage), styled(false)...), tt.cells)
			book := openBytes(t, oleOf(false, filePart{bookStream, string(stream)}))
			if name := book.Sheets()[0].Name; name != "DS A" && tt.codePage != codePageUTF16 {
				t.Errorf("sheet %q", name)
			}
			if got := dump(readSheet(t, book, 0)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestXLSSheets(t *testing.T) {
	chart := slices.Concat(record(recBOF, versionBIFF8, partChart, 0, 0), record(recNumber, 0, 0, 0, 1.0), record(recEOF))
	head := record(recBOF, versionBIFF8, partGlobals, 0, 0)
	names := []struct {
		state, kind byte
		name        string
	}{{0, 0, "Đăng ký"}, {1, 0, "ẩn"}, {2, 2, "Biểu đồ"}, {0, 6, "Module1"}}
	at := len(head) + len(record(recEOF))
	for _, n := range names {
		at += len(record(recBoundSheet, uint32(0), n.state, n.kind, shortWide(n.name)))
	}
	for _, n := range names {
		head = append(head, record(recBoundSheet, uint32(at), n.state, n.kind, shortWide(n.name))...)
	}
	book := openBytes(t, oleOf(false, filePart{bookStream, "an older copy"}, filePart{"WORKBOOK", string(slices.Concat(head, record(recEOF), chart))}))
	want := []Info{{Name: "Đăng ký"}, {Name: "ẩn", Index: 1, Hidden: true}, {Name: "Biểu đồ", Index: 2, Hidden: true}}
	if diff := cmp.Diff(want, book.Sheets()); diff != "" {
		t.Error(diff)
	}
	if grid := readSheet(t, book, 2); len(grid.Rows) > 0 {
		t.Errorf("a chart has cells: %s", dump(grid))
	}
}

func TestXLSRefused(t *testing.T) {
	one := record(recNumber, 0, 0, 0, 1.0)
	stream := func(globals, cells []byte) []byte {
		return oleOf(false, filePart{workbookStream, string(biff8Stream(globals, cells))})
	}
	cut := biff8Stream(nil, one)
	tests := []struct {
		name    string
		content []byte
		reason  error
	}{
		{"a password, RC4", stream(record(recFilePass, 1, 1, 1), one), ErrEncrypted},
		{"a password, XOR", oleOf(false, filePart{bookStream, string(biffStream(versionBIFF5, []byte("\x01A"), record(recFilePass, 0x1234, 0x5678), one))}), ErrEncrypted},
		{"Excel 4 in a compound file", oleOf(false, filePart{bookStream, string(record(0x0409, 0, 0x10, 0))}), ErrUnsupported},
		{"the version of Excel 4", oleOf(false, filePart{bookStream, string(record(recBOF, 0x0400, 5, 0))}), ErrUnsupported},
		{"a workspace", oleOf(false, filePart{workbookStream, string(record(recBOF, versionBIFF8, 0x0100, 0))}), ErrUnsupported},
		{"a cell of Excel 2", stream(nil, record(0x0004, 0, 0, "abc\x01x")), ErrUnsupported},
		{"no records", oleOf(false, filePart{workbookStream, "no workbook"}), ErrDamaged},
		{"an empty stream", oleOf(false, filePart{workbookStream, ""}), ErrDamaged},
		{"no sheets", oleOf(false, filePart{workbookStream, string(slices.Concat(record(recBOF, versionBIFF8, partGlobals), record(recEOF)))}), ErrEmpty},
		{"no end", oleOf(false, filePart{workbookStream, string(cut[:len(cut)-4])}), ErrDamaged},
		{"an end within a record", oleOf(false, filePart{workbookStream, string(cut[:len(cut)-6])}), ErrDamaged},
		{"a short cell", stream(nil, record(recNumber, 0, 0, 0, uint32(1))), ErrDamaged},
		{"uneven numbers", stream(nil, record(recMulRK, 0, 0, 0, uint32(1), 0, 0)), ErrDamaged},
		{"fewer merges than counted", stream(nil, record(recMergedCells, 2, 0, 1, 0, 1)), ErrDamaged},
		{"a shared text that is missing", stream(sharedTexts([]string{"x"}, 60), record(recLabelSST, 0, 0, 0, uint32(1))), ErrDamaged},
		{"shared texts cut off", stream(record(recSST, uint32(2), uint32(2), 1, byte(0), "a", 9, byte(0), "b"), one), ErrDamaged},
		{"a character in two records", stream(slices.Concat(record(recSST, uint32(1), uint32(1), 1, byte(1), byte('a')), record(recContinue, byte(1), byte(0))), one), ErrDamaged},
		{"a text that ends too early", stream(nil, record(recLabel, 0, 0, 0, 9, byte(0), "abc")), ErrDamaged},
		{"a negative length", stream(nil, record(recLabel, 0, 0, 0, 1, byte(textSpoken), uint32(0xFFFFFFFF), "a")), ErrDamaged},
		{"a page that is not known", oleOf(false, filePart{bookStream, string(biffStream(versionBIFF5, []byte("\x01A"), record(recCodePage, 1361), record(recLabel, 0, 0, 0, 1, "\xA4")))}), ErrUnsupported},
		{"a sheet beyond the end", oleOf(false, filePart{workbookStream, string(slices.Concat(record(recBOF, versionBIFF8, partGlobals), record(recBoundSheet, uint32(1<<20), 0, shortWide("A")), record(recEOF)))}), ErrDamaged},
		{"a sheet where none is", oleOf(false, filePart{workbookStream, string(slices.Concat(record(recBOF, versionBIFF8, partGlobals), record(recBoundSheet, uint32(8), 0, shortWide("A")), record(recEOF)))}), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := readAll(tt.content, DefaultLimits()); !errors.Is(err, tt.reason) {
				t.Errorf("got %v, want %v", err, tt.reason)
			}
		})
	}
}

// Texts that the table does not count are read all the same.
func TestXLSMiscounted(t *testing.T) {
	texts := slices.Concat(record(recSST, uint32(0), uint32(0), 1, byte(0), "a"), record(recContinue, 1, byte(0), "b", 7, byte(0), "cut"))
	grid := readXLS(t, biff8Stream(texts, record(recLabelSST, 0, 0, 0, uint32(1))))
	if got := dump(grid); got != `A1="b"` {
		t.Error(got)
	}
}

func TestXLSLimits(t *testing.T) {
	row := func(n int) []byte {
		var cells []byte
		for i := range n {
			cells = append(cells, record(recLabel, i, 0, 0, 1, byte(0), "x")...)
		}
		return cells
	}
	long := func(n int) []byte { return record(recLabel, 0, 0, 0, n, byte(0), strings.Repeat("x", n)) }
	shared := func(n int) []byte { return sharedTexts(slices.Repeat([]string{"ab"}, n), 60) }
	tests := []struct {
		name    string
		limits  Limits
		in, out []byte // streams
	}{
		{"rows", Limits{Rows: 3}, biff8Stream(nil, row(3)), biff8Stream(nil, row(4))},
		{"cells", Limits{Cells: 3}, biff8Stream(nil, row(3)), biff8Stream(nil, row(4))},
		{"columns", Limits{Cols: 3}, biff8Stream(nil, record(recNumber, 0, 2, 0, 1.0)), biff8Stream(nil, record(recNumber, 0, 3, 0, 1.0))},
		{"a cell's text", Limits{CellBytes: 300}, biff8Stream(nil, long(300)), biff8Stream(nil, long(301))},
		{"text of a sheet", Limits{TextBytes: 4}, biff8Stream(nil, row(4)), biff8Stream(nil, row(5))},
		{"shared texts", Limits{Cells: 2}, biff8Stream(shared(2), nil), biff8Stream(shared(3), nil)},
		{"shared text", Limits{TextBytes: 4}, biff8Stream(shared(2), nil), biff8Stream(shared(3), nil)},
		{"sheets", Limits{Sheets: 2}, biff8Stream(record(recBoundSheet, uint32(0), 0x600, shortWide("M")), nil), biff8Stream(slices.Repeat(record(recBoundSheet, uint32(0), 0, shortWide("A")), 2), nil)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := readAll(oleOf(false, filePart{workbookStream, string(tt.in)}), tt.limits); err != nil {
				t.Errorf("within the limit: %v", err)
			}
			if err := readAll(oleOf(false, filePart{workbookStream, string(tt.out)}), tt.limits); !errors.Is(err, ErrTooLarge) {
				t.Errorf("beyond the limit: %v", err)
			}
		})
	}
}

// A cut, anywhere, of a real workbook is refused, or takes nothing away.
func TestXLSTruncatedEverywhere(t *testing.T) {
	for _, name := range []string{"testdata/xls/libreoffice.xls", "testdata/xls/xlwt.xls"} {
		whole := readFile(t, name)
		want := dump(readSheet(t, openBytes(t, whole), 0))
		for n := 8; n < len(whole); n += 61 {
			book, err := Open(context.Background(), bytes.NewReader(whole[:n]), int64(n), DefaultLimits())
			if err == nil {
				if got := dump(readSheet(t, book, 0)); got != want {
					t.Fatalf("%s: %d of %d bytes are read as less", name, n, len(whole))
				}
				continue
			}
			if _, ok := errors.AsType[*RefusedError](err); !ok || !errors.Is(err, ErrDamaged) {
				t.Fatalf("%s: %d bytes: %v", name, n, err)
			}
		}
	}
}

func TestXLSCancelled(t *testing.T) {
	content := readFile(t, "testdata/xls/xlwt.xls")
	ctx, cancel := context.WithCancel(context.Background())
	book, err := Open(ctx, bytes.NewReader(content), int64(len(content)), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := book.Read(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
