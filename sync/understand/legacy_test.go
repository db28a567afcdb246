package understand

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/sheet"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// typed is a cell with its font.
type typed struct{ font, text string }

// legacyGrid is a sheet of the rows, cells from column A on.
func legacyGrid(rows ...[]typed) *sheet.Grid {
	g := &sheet.Grid{Info: sheet.Info{Name: "Sheet1"}}
	for i, cells := range rows {
		row := sheet.Row{Number: i + 1}
		for j, c := range cells {
			if c.text != "" {
				row.Cells = append(row.Cells, sheet.Cell{Col: j + 1, Text: c.text, Style: &sheet.Style{Font: c.font}})
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func textsOf(g *sheet.Grid) (all []string) {
	for i := range g.Rows {
		for j := range g.Rows[i].Cells {
			all = append(all, g.Rows[i].Cells[j].Text)
		}
	}
	return all
}

func TestFontsTellTheEncoding(t *testing.T) {
	for _, c := range []struct{ font, stored, want string }{
		{".VnTime", "Tr\u00ad\u00eang ChÝnh trÞ tØnh", "Trường Chính trị tỉnh"},
		{".VnTime", "Tó", "Tú"}, // by itself a word in Unicode, too
		{".VnTimeH", "huyÖn ñy mé ®øc", "HUYỆN ỦY MỘ ĐỨC"},
		{".VnTimeH", "t/m ban th\u00adêng vô", "T/M BAN THƯỜNG VỤ"},
		{".VnTimeH", "ban", "BAN"},
		{".VnTimeH", "Lª Thñy", "LÊ THỦY"},
		{".VnTimeH", "so.noivu@quangngai.gov.vn", "so.noivu@quangngai.gov.vn"},
		{".VnTime", "NGUYÔN V¡N AN", "NGUYỄN VĂN AN"},
		{".VnTime", "ThS. Y Brªu (Krông N«)", "ThS. Y Brêu (Krụng Nô)"},
		{".VnTime", "26/12/1992 – “CV”", "26/12/1992 – “CV”"},
		{".VnTime", "§/c Bïi Nhi", "Đ/c Bùi Nhi"},
		{".VnTime", "Nguyễn Văn Tú", "Nguyễn Văn Tú"}, // typed in Unicode all the same
		{".VnTime", "Đà Nẵng", "Đà Nẵng"},
		{".VnTime", "Hoá", "Hoá"},
		{"VNI-Times", "Nguyeãn Thò AÙnh", "Nguyễn Thị Ánh"},
		{"VNI-Times", "ÑAÛNG UÛY KHOÁI CÔ QUAN", "ĐẢNG ỦY KHỐI CƠ QUAN"},
		{"VNI-Times", "Aùnh, Yù, Vuõ Thuyø", "Ánh, Ý, Vũ Thuỳ"},
		{"VNI-Times", "Hoà", "Hồ"},
		{"VNI-Times", "Lyù Sôn, Ñöùc Phoå", "Lý Sơn, Đức Phổ"},
		{"VNI-Times", "Nguyễn Thị Ánh", "Nguyễn Thị Ánh"},
		{"VNI-Times", "QPAN ÑT3", "QPAN ĐT3"},
	} {
		got := textsOf(modernize(legacyGrid([]typed{{c.font, c.stored}})).grid)[0]
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.font, c.stored, got, c.want)
		}
	}
}

// A text in a legacy font that is a word in both encodings follows its column.
func TestFontLeftBehind(t *testing.T) {
	const font = ".VnTime"
	g := legacyGrid([]typed{{font, "Nguyễn Văn An"}}, []typed{{font, "Vò"}}, []typed{{font, "Trần Thị Bé"}})
	if got := textsOf(modernize(g).grid)[1]; got != "Vò" {
		t.Errorf("%q: the column was typed in Unicode", got)
	}
	g = legacyGrid([]typed{{font, "NguyÔn V¨n An"}}, []typed{{font, "Vò"}}, []typed{{font, "TrÇn ThÞ BÐ"}})
	if got := textsOf(modernize(g).grid)[1]; got != "Vũ" {
		t.Errorf("%q, want Vũ", got)
	}
}

func TestLettersTellTheEncoding(t *testing.T) {
	plain := func(texts ...string) (rows [][]typed) {
		for _, text := range texts {
			var row []typed
			for cell := range strings.SplitSeq(text, "|") {
				row = append(row, typed{text: strings.TrimSpace(cell)})
			}
			rows = append(rows, row)
		}
		return rows
	}
	for name, c := range map[string]struct{ stored, want []string }{
		"TCVN3": {
			[]string{"TT | Hä vµ tªn | N÷", "1 | NguyÔn ThÞ Tó | x", "2 | Vò Lý | 5 m²", "3 | L\u00adu Hoa | §/c"},
			[]string{"TT | Họ và tên | Nữ", "1 | Nguyễn Thị Tú | x", "2 | Vũ Lý | 5 m²", "3 | Lưu Hoa | Đ/c"},
		},
		"VNI": {
			[]string{"TT | Hoï vaø teân | Nöõ", "1 | Nguyeãn Thò Tuù | x", "2 | Vuõ Hoà | 5 m²", "3 | Löu Hoa | Ñ/c"},
			[]string{"TT | Họ và tên | Nữ", "1 | Nguyễn Thị Tú | x", "2 | Vũ Hồ | 5 m²", "3 | Lưu Hoa | Đ/c"},
		},
		"rows of three encodings": {
			[]string{
				"Nguyễn Văn Tú | Hoà, Lê, Tó", "NguyÔn V¨n Tó | Vò", "Nguyeãn Vaên Tuù | Hoà", "Trần Tố | Vò", "Lý Thị Thuỷ | Hoá",
				"Lª ThÞ BÐ | Bé phËn tæng hîp", "Leâ Thò Beù | Boä phaän toång hôïp",
			},
			[]string{
				"Nguyễn Văn Tú | Hoà, Lê, Tó", "Nguyễn Văn Tú | Vũ", "Nguyễn Văn Tú | Hồ", "Trần Tố | Vò", "Lý Thị Thuỷ | Hoá",
				"Lê Thị Bé | Bộ phận tổng hợp", "Lê Thị Bé | Bộ phận tổng hợp",
			},
		},
		"one column pasted from elsewhere": {
			[]string{"Nguyễn Văn Tú | Phßng T\u00ad ph¸p", "Lê Tô | V¨n phßng", "Trần Mỹ | Tæ", "Hồ Thị Sáu | Phßng Y tÕ"},
			[]string{"Nguyễn Văn Tú | Phòng Tư pháp", "Lê Tô | Văn phòng", "Trần Mỹ | Tổ", "Hồ Thị Sáu | Phòng Y tế"},
		},
		"read as Windows-1258": {
			[]string{"Hä vµ tªn", "NguyÔn Thu Liªn", "Tr\u00ad¬ng Th\u0303 Quư", "Lư TÊn H\u0300", "Lư"},
			[]string{"Họ và tên", "Nguyễn Thu Liên", "Trương Thị Quý", "Lý Tấn Hè", "Lý"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := textsOf(modernize(legacyGrid(plain(c.stored...)...)).grid)
			if diff := cmp.Diff(textsOf(legacyGrid(plain(c.want...)...)), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Nothing of this is in a legacy encoding.
func TestModernTextIsLeftAlone(t *testing.T) {
	texts := []string{
		"Lê Thị Tú", "Hoà", "Tô Hà, Võ Thế Ô", "Ñ", "José Muñoz", "Müller, Björn và Zoë", "Bö", "L’Île d’Yeu", "España", "garçon",
		"a.b+c@quangngai.gov.vn", "§ 3, khoản 2", "2 × 3 = 6", "4×6m", "Microsoft® Office ©2024", "½ ngày; 1¾", "«Nước»", "«An»", "«Tô»", "· Tổ",
		"Ø 10; 5µm", "£5, ¥100", "¿Qué?", "30°C ± 2", "Krông Nô, Đắk Lắk, Hrê, Brâu", "A·B", "Ðinh Văn Ðức", "THCS, TƯ, QĐ, LĐTBXH",
		"Số 12/BC-UBND ¶", "café, à la carte, naïve, façade", "Übermut", "HÀ NỘI", "Hoá – Lý", "cô, bò, tê, ù, ý", "x", "ª", "º", "¬", "\u00ad", "co\u00adoperate",
		"http://vi.wikipedia.org/wiki/Tiếng_Việt", "Nguyễn Văn Hùng", "Đo", "đá", norm.NFD.String("Nguyễn Thị Thuý Ngà"),
		"Nguyê\u0303n Thi\u0323 Thuy\u0301", // Windows-1258
	}
	var column [][]typed
	for _, text := range texts {
		column = append(column, []typed{{text: text}})
		alone := legacyGrid([]typed{{text: text}})
		if done := modernize(alone); done.grid != alone {
			t.Errorf("alone: %q became %q", text, textsOf(done.grid)[0])
		}
		beside := legacyGrid([]typed{{text: "Nguyễn Văn An"}, {text: text}}, []typed{{text: "Trần Thị Bé"}})
		if done := modernize(beside); done.grid != beside {
			t.Errorf("beside Unicode: %q", textsOf(done.grid))
		}
	}
	g := legacyGrid(column...)
	if done := modernize(g); done.grid != g {
		t.Errorf("in one column: %s", cmp.Diff(texts, textsOf(done.grid)))
	}
}

// sampleGrids are the sheets of the samples that are in Unicode.
func sampleGrids(t testing.TB) map[string]grids {
	t.Helper()
	files, err := filepath.Glob("testdata/samples/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	books := map[string]grids{}
	for _, file := range files {
		if strings.Contains(file, "Mo Duc") {
			continue
		}
		book := openBook(t, file)
		for i := range book.Sheets() {
			g, err := book.Read(context.Background(), i)
			if err != nil {
				t.Fatal(err)
			}
			books[filepath.Base(file)] = append(books[filepath.Base(file)], g)
		}
	}
	return books
}

func TestSamplesInUnicodeAreLeftAlone(t *testing.T) {
	cells := 0
	for file, book := range sampleGrids(t) {
		for _, g := range book {
			cells += len(textsOf(g))
			p := newPoll(g)
			if done := modernize(g); done.grid != g {
				t.Errorf("%s!%s was changed", file, g.Name)
			}
			// Cell by cell, as if something had drawn attention to the sheet.
			for i := range g.Rows {
				for k := range g.Rows[i].Cells {
					if got, _ := p.decide(g.Rows[i].Number, &g.Rows[i].Cells[k]); got != g.Rows[i].Cells[k].Text {
						t.Errorf("%s!%s row %d: %q became %q", file, g.Name, g.Rows[i].Number, g.Rows[i].Cells[k].Text, got)
					}
				}
			}
		}
	}
	t.Logf("%d cells", cells)
}

// recoded is the sheet as an office with old fonts would have saved it, the
// fonts lost.
func recoded(g *sheet.Grid, encode func(string) string) *sheet.Grid {
	old := *g
	old.Rows = slices.Clone(g.Rows)
	for i := range old.Rows {
		old.Rows[i].Cells = slices.Clone(g.Rows[i].Cells)
		for k := range old.Rows[i].Cells {
			if c := &old.Rows[i].Cells[k]; c.Kind == sheet.Text {
				c.Text = encode(c.Text)
			}
		}
	}
	return &old
}

// The samples, saved in old fonts that were lost, come back cell by cell.
func TestSamplesSurviveLostFonts(t *testing.T) {
	for _, e := range []struct {
		name   string
		encode func(string) string
	}{{"TCVN3", encodeTCVN3}, {"VNI", encodeVNI}} {
		cells, marked, wrong := 0, 0, 0
		for file, book := range sampleGrids(t) {
			for _, g := range book {
				old := recoded(g, e.encode)
				want, stored, got := textsOf(g), textsOf(old), textsOf(modernize(old).grid)
				for i := range want {
					cells++
					if stored[i] != want[i] {
						marked++
					}
					if !strings.EqualFold(norm.NFC.String(want[i]), got[i]) {
						wrong++
						t.Errorf("%s %s!%s: %q, want %q", e.name, file, g.Name, got[i], want[i])
					}
				}
			}
		}
		t.Logf("%s: %d cells, %d of them encoded, %d wrong", e.name, cells, marked, wrong)
	}
}

// The sample in TCVN3 reads the same with its fonts lost, in all that matters.
func TestSampleWithoutItsFonts(t *testing.T) {
	const file = "testdata/samples/DS_Mo Duc_2024.xlsx"
	r := newReader(t)
	want := readFile(t, r, file, Options{})
	g, err := openBook(t, file).Read(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range g.Rows {
		for k := range g.Rows[i].Cells {
			g.Rows[i].Cells[k].Style = &sheet.Style{Format: g.Rows[i].Cells[k].Format()}
		}
	}
	got, err := r.Document(context.Background(), grids{g}, Options{
		File: want.File, Source: want.Source, Today: reconcile.Date{Year: 2024, Month: 3, Day: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	sameLetters := cmp.Options{
		cmp.Comparer(strings.EqualFold), // capitals came from the font
		cmp.Transformer("readings", func(r reconcile.Readings) map[reconcile.Field]reconcile.Reading { return maps.Collect(r.All()) }),
	}
	if diff := cmp.Diff(want.Registrations(), got.Registrations(), sameLetters); diff != "" || len(want.Registrations()) != 50 {
		t.Errorf("%d registrations (-fonts +lost):\n%s", len(want.Registrations()), diff)
	}
	for _, c := range []struct {
		name      string
		document  *reconcile.Document
		byLetters bool
	}{{"fonts", want, false}, {"lost", got, true}} {
		names := slices.IndexFunc(c.document.Sheets[0].Converted, func(x reconcile.Conversion) bool { return x.Column == "B" })
		if names < 0 {
			t.Fatalf("%s: %+v", c.name, c.document.Sheets[0].Converted)
		}
		x := c.document.Sheets[0].Converted[names]
		wantExamples := []reconcile.ConvertedName{{Stored: "§ç Quèc Minh", Read: "Đỗ Quốc Minh"}, {Stored: "Hoµng Ngäc Nh©n", Read: "Hoàng Ngọc Nhân"}}
		if diff := cmp.Diff(wantExamples, x.Examples); diff != "" || x.Encoding != reconcile.TCVN3 || (x.ByLetters == x.Cells) != c.byLetters || x.Cells < 50 {
			t.Errorf("%s: %+v %s", c.name, x, diff)
		}
	}
}

// Numbers beside a name keep it from being an example.
func TestExamplesAreNamesAlone(t *testing.T) {
	g := legacyGrid(
		[]typed{{text: "TT"}, {text: "Hä vµ tªn"}, {text: "Líp ®¨ng ký"}},
		[]typed{{text: "1"}, {text: "NguyÔn V¨n Tó (1980)"}, {text: "QPAN §T3"}},
		[]typed{{text: "2"}, {text: "Lª ThÞ H\u00ad¬ng"}, {text: "QPAN §T3"}},
	)
	d, err := newReader(t).Document(context.Background(), grids{g}, Options{File: "f.csv", Source: "s"})
	if err != nil {
		t.Fatal(err)
	}
	want := []reconcile.Conversion{
		{Encoding: reconcile.TCVN3, Column: "B", Cells: 3, ByLetters: 3, Examples: []reconcile.ConvertedName{{Stored: "Lª ThÞ H\u00ad¬ng", Read: "Lê Thị Hương"}}},
		{Encoding: reconcile.TCVN3, Column: "C", Cells: 3, ByLetters: 3},
	}
	if diff := cmp.Diff(want, d.Sheets[0].Converted); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := len(d.Registrations()); n != 2 {
		t.Errorf("%d registrations, want 2", n)
	}
}

// sampleWords are all words of the samples beyond ASCII.
func sampleWords(t testing.TB) []string {
	var words []string
	for _, book := range sampleGrids(t) {
		for _, g := range book {
			for _, text := range textsOf(g) {
				for _, word := range strings.Fields(text) {
					if !isASCII([]rune(word)) {
						words = append(words, norm.NFC.String(word))
					}
				}
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Any sheet of Vietnamese words in Unicode, composed or not, is left alone.
func TestUnicodeIsNeverTouched(t *testing.T) {
	words := sampleWords(t)
	t.Logf("%d words", len(words))
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom([]func(string) string{norm.NFC.String, norm.NFD.String}).Draw(t, "form")
		var rows [][]typed
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			var row []typed
			for range rapid.IntRange(1, 3).Draw(t, "cells") {
				texts := rapid.SliceOfN(rapid.SampledFrom(append(words, "·", "§", "©", "×", "–", "ABC", "1980")), 1, 4).Draw(t, "words")
				row = append(row, typed{text: form(strings.Join(texts, " "))})
			}
			rows = append(rows, row)
		}
		g := legacyGrid(rows...)
		if done := modernize(g); done.grid != g {
			t.Fatalf("%s", cmp.Diff(textsOf(g), textsOf(done.grid)))
		}
		p := newPoll(g) // as if a sign had drawn attention to the sheet
		for i := range g.Rows {
			for k := range g.Rows[i].Cells {
				if got, _ := p.decide(g.Rows[i].Number, &g.Rows[i].Cells[k]); got != g.Rows[i].Cells[k].Text {
					t.Fatalf("%q became %q", g.Rows[i].Cells[k].Text, got)
				}
			}
		}
	})
}

// FuzzModernize: no text of any font panics, is lost or loses its ASCII; with
// no font, Unicode stays as it is.
func FuzzModernize(f *testing.F) {
	for _, s := range append([]string{"NguyÔn V¨n Tó", "Nguyeãn Vaên Tuù", "Hoà", "L\u00adu", "§", "AÙ", "th\u0303", "Bö\nBö"}, seeds...) {
		f.Add(s, ".VnTimeH")
		f.Add(s, "VNI-Times")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, font string) {
		var rows [][]typed
		for line := range strings.SplitSeq(text, "\n") {
			rows = append(rows, []typed{{font, line}, {"", line}})
		}
		g := legacyGrid(rows...)
		before := fmt.Sprint(g.Rows)
		done := modernize(g)
		if fmt.Sprint(g.Rows) != before {
			t.Fatal("the grid itself was changed")
		}
		if a, b := len(textsOf(g)), len(textsOf(done.grid)); a != b {
			t.Fatalf("%d cells became %d", a, b)
		}
		for i := range done.grid.Rows {
			for k, c := range done.grid.Rows[i].Cells {
				was := g.Rows[i].Cells[k].Text
				if c.Text != was && c.Font() == "" && isASCII([]rune(was)) {
					t.Fatalf("%q became %q", was, c.Text)
				}
				if c.Text == "" {
					t.Fatalf("%q became nothing", was)
				}
				again := modernize(legacyGrid([]typed{{text: c.Text}}))
				if c.Text != was && isModernText(c.Text) && textsOf(again.grid)[0] != c.Text {
					t.Fatalf("%q became %q, and that %q", was, c.Text, textsOf(again.grid)[0])
				}
			}
		}
		done.report(nil)
	})
}
