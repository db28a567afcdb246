package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// table is a sheet as a test states it: what each format that can say so must
// give back as the same grid.
type table struct {
	name    string
	cells   map[string]any // by name: string, float64, int, bool, or date
	merges  []Range
	hidden  []int // rows
	hideCol []int
}

// date is a day as people write it, dd/mm/yyyy.
type date string

// conformance lists every format that can be read, with a way to write a table
// in it. A format that has no reader has no line.
func conformance() []conformant {
	return []conformant{
		{format: "xlsx", write: writeXLSX},
		{format: "xlsx", how: "inline texts", write: writeInlineXLSX},
		{format: "xls", write: writeXLS},
		{format: "xls", how: "texts in cells", write: writeLabelXLS},
		{format: "ods", write: writeODS},
		{format: "ods", how: "flat", write: writeFlatODS},
		{format: "spreadsheetml", write: writeSpreadsheetML},
		{format: "csv", write: writeCSV, reduce: asText},
		{format: "html", write: writeHTML, reduce: asHTML, refusesBlank: true},
	}
}

type conformant struct {
	format, how string
	write       func(testing.TB, table) []byte
	reduce      func(table) table // to what the format can say; nil for all of it
	// refusesBlank: a file of this format without any value is no workbook.
	refusesBlank bool
}

func (c conformant) expected(tab table) table {
	if c.reduce == nil {
		return tab
	}
	return c.reduce(tab)
}

func tables() []table {
	return []table{
		{name: "a roster", cells: map[string]any{
			"A1": "DANH SÁCH ĐĂNG KÝ ĐÀO TẠO, BỒI DƯỠNG NĂM 2024",
			"A3": "TT", "B3": "Họ và tên", "C3": "Ngày sinh", "D3": "Số CCCD", "E3": "Điểm", "F3": "Đảng viên",
			"A4": 1, "B4": "Nguyễn Thị Ánh Tuyết", "C4": date("15/08/1979"), "D4": 51079001234, "E4": 8.75, "F4": true,
			"A5": 2, "B5": "ĐINH VĂN ĐỨC", "C5": date("28/02/1985"), "D5": "051085000077", "E5": 0.1, "F5": false,
			"B7": "Danh sách này có 02 đồng chí",
		}, merges: []Range{{1, 1, 1, 6}, {7, 2, 7, 4}}, hidden: []int{5}, hideCol: []int{4}},
		{name: "texts that are easily spoilt", cells: map[string]any{
			"A1": "  hai  khoảng trắng ", "A2": "dòng một\ndòng hai", "A3": "<b>&amp; \"nháy\" 'đơn'</b>",
			"A4": "Hòa", "A5": "Hoà", "A6": "Nguye\u0302\u0303n", "A7": "thẻ\u00a0cứng", "A8": "=1+1", "A9": "0905123456",
			"A11": "😀", "A12": "1.234.567", "A13": "#N/A",
		}},
		{name: "numbers that are easily spoilt", cells: map[string]any{
			"A1": 0, "A2": -1, "A3": 1e15, "A4": 123456789012345e3, "A5": 0.3, "A6": 1e-7, "A7": 1e20, "A8": 5919204780, "A9": 3.14159265358979,
		}},
		{name: "far apart", cells: map[string]any{"C100": "giữa", "AAA5": "phải", "A5000": "dưới"}},
		{name: "nothing", cells: map[string]any{}},
	}
}

func TestConformance(t *testing.T) {
	for _, format := range conformance() {
		for _, tab := range tables() {
			t.Run(format.format+" "+format.how+"/"+tab.name, func(t *testing.T) {
				if format.refusesBlank && len(tab.cells) == 0 {
					if err := readAll(format.write(t, tab), DefaultLimits()); !errors.Is(err, ErrEmpty) {
						t.Errorf("a blank file: %v", err)
					}
					return
				}
				book := openBytes(t, format.write(t, tab))
				if book.Format() != format.format {
					t.Errorf("format %q", book.Format())
				}
				compareTable(t, format.expected(tab), readSheet(t, book, 0))
			})
		}
	}
}

// Any table comes back as it was written.
func TestAnyTable(t *testing.T) {
	for _, format := range conformance() {
		t.Run(format.format+" "+format.how, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				tab := table{cells: rapid.MapOfN(cellNames(), cellValues(), 0, 40).Draw(r, "cells")}
				if format.refusesBlank && len(format.expected(tab).cells) == 0 {
					return
				}
				compareTable(r, format.expected(tab), readSheet(t, openBytes(t, format.write(t, tab)), 0))
			})
		})
	}
}

func cellNames() *rapid.Generator[string] {
	return rapid.Custom(func(r *rapid.T) string {
		return CellName(rapid.IntRange(1, 60).Draw(r, "col"), rapid.IntRange(1, 90).Draw(r, "row"))
	})
}

func cellValues() *rapid.Generator[any] {
	days := rapid.Map(rapid.IntRange(61, endOfDates-1), func(n int) any { return date(appendDate(nil, int64(n))) })
	texts := rapid.StringOfN(rapid.OneOf(
		rapid.RuneFrom([]rune("aăâbcdđeêghiklmnoôơpqrstuưvxyẤỄỘựỹ 0123456789.,/-x<>&\"'\n\t")),
		rapid.RuneFrom(nil, vietnamese),
	), 1, 60, -1)
	return rapid.OneOf(
		rapid.Map(texts, func(s string) any { return s }),
		rapid.Map(rapid.Float64(), func(f float64) any { return digits15(f) }),
		rapid.Map(rapid.Int64Range(-1<<49, 1<<49), func(n int64) any { return float64(n) }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		days,
	)
}

// digits15 is the number in the precision that spreadsheets write.
func digits15(f float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		return f
	}
	return short
}

func compareTable(t rapid.TB, tab table, got *Grid) {
	t.Helper()
	want := gridOf(tab)
	// How a date is formatted is the format's own affair.
	sameFont := cmp.Comparer(func(a, b *Style) bool { return (&Cell{Style: a}).Font() == (&Cell{Style: b}).Font() })
	opts := []cmp.Option{sameFont, cmpopts.IgnoreFields(Grid{}, "Info"), cmpopts.EquateEmpty()}
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("grid (-want +got):\n%s", diff)
	}
}

// gridOf is the grid that a table must be read as.
func gridOf(tab table) *Grid {
	rows := make(map[int]*Row)
	var numbers []int
	for name, v := range tab.cells {
		col, row, _ := ParseCell(name)
		if rows[row] == nil {
			rows[row] = &Row{Number: row, Hidden: slices.Contains(tab.hidden, row)}
			numbers = append(numbers, row)
		}
		rows[row].Cells = append(rows[row].Cells, cellOf(col, v))
	}
	slices.Sort(numbers)
	grid := &Grid{Merges: tab.merges, HiddenCols: make(map[int]bool)}
	for _, n := range numbers {
		slices.SortFunc(rows[n].Cells, func(a, b Cell) int { return a.Col - b.Col })
		grid.Rows = append(grid.Rows, *rows[n])
	}
	for _, col := range tab.hideCol {
		grid.HiddenCols[col] = true
	}
	return grid
}

func cellOf(col int, v any) Cell {
	switch v := v.(type) {
	case string:
		return Cell{Col: col, Text: v}
	case bool:
		if v {
			return Cell{Col: col, Kind: Bool, Text: "TRUE", Number: 1}
		}
		return Cell{Col: col, Kind: Bool, Text: "FALSE"}
	case date:
		return Cell{Col: col, Kind: Date, Text: string(v), Number: serialOf(v.time())}
	case int:
		return Cell{Col: col, Kind: Number, Text: string(appendNumber(nil, float64(v))), Number: float64(v)}
	}
	f := v.(float64) + 0 // -0 is 0 in every format
	return Cell{Col: col, Kind: Number, Text: string(appendNumber(nil, f)), Number: f}
}

func (d date) time() time.Time {
	when, err := time.Parse("02/01/2006", string(d))
	if err != nil {
		panic(err)
	}
	return when
}

// writeXLSX writes a table with excelize.
func writeXLSX(t testing.TB, tab table) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const name = "Sheet1"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: new("dd/mm/yyyy")})
	must(t, err)
	for at, v := range tab.cells {
		switch v := v.(type) {
		case date:
			must(t, f.SetCellFloat(name, at, serialOf(v.time()), -1, 64))
			must(t, f.SetCellStyle(name, at, at, style))
		case float64:
			must(t, f.SetCellFloat(name, at, v, -1, 64))
		default:
			must(t, f.SetCellValue(name, at, v))
		}
	}
	for _, m := range tab.merges {
		must(t, f.MergeCell(name, CellName(m.FirstCol, m.FirstRow), CellName(m.LastCol, m.LastRow)))
	}
	for _, row := range tab.hidden {
		must(t, f.SetRowVisible(name, row, false))
	}
	for _, col := range tab.hideCol {
		must(t, f.SetColVisible(name, ColumnName(col), false))
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
