package sheet

import (
	"cmp"
	"math"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Each workbook of testdata/xls is read, cell by cell, as LibreOffice's
// conversion of it is, which stands beside it.
func TestXLSAgreesWithLibreOffice(t *testing.T) {
	names, err := filepath.Glob("testdata/xls/*.xls")
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			cells += compareConversion(t, openBytes(t, readFile(t, name+"x")), openBytes(t, readFile(t, name)))
		})
	}
	if cells < 2000 {
		t.Errorf("only %d cells have been compared", cells)
	}
}

// compareConversion compares all that a workbook and its conversion to xlsx
// must say in the same way, and gives the number of cells.
func compareConversion(t *testing.T, want, got Book) int {
	t.Helper()
	if diff := gocmp.Diff(want.Sheets(), got.Sheets()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	cells := 0
	for i, info := range got.Sheets() {
		wanted, read := readSheet(t, want, i), readSheet(t, got, i)
		cells += compareConvertedRows(t, info.Name, wanted.Rows, read.Rows)
		byPlace := func(a, b Range) int {
			return cmp.Or(cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.FirstCol, b.FirstCol))
		}
		slices.SortFunc(wanted.Merges, byPlace)
		slices.SortFunc(read.Merges, byPlace)
		wanted.Rows, read.Rows = nil, nil
		// A sheet of this format has 256 columns.
		beyond := cmpopts.IgnoreMapEntries(func(col int, _ bool) bool { return col > 256 })
		if diff := gocmp.Diff(wanted, read, beyond, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("sheet %s (-want +got):\n%s", info.Name, diff)
		}
	}
	return cells
}

func compareConvertedRows(t *testing.T, sheet string, want, got []Row) int {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("sheet %s: %d rows, want %d", sheet, len(got), len(want))
	}
	cells := 0
	for i, row := range got {
		if row.Number != want[i].Number || row.Hidden != want[i].Hidden || len(row.Cells) != len(want[i].Cells) {
			t.Fatalf("sheet %s (-want +got):\n%s", sheet, gocmp.Diff(want[i], row))
		}
		for j, c := range row.Cells {
			if !sameConverted(want[i].Cells[j], c) {
				t.Errorf("sheet %s, row %d: %+v, want %+v", sheet, row.Number, c, want[i].Cells[j])
			}
		}
		cells += len(row.Cells)
	}
	return cells
}

// sameConverted leaves out what a conversion changes: the code of the number
// format is rewritten, a boolean becomes the formula TRUE(), a number has 15
// digits, and what the file holds no value of is computed.
func sameConverted(want, got Cell) bool {
	if got.Formula && got.Kind == Text && got.Text == "" {
		return want.Formula && want.Col == got.Col
	}
	want.Style, got.Style = fontsOnly.Of("", want.Font()), fontsOnly.Of("", got.Font())
	if got.Kind == Bool {
		want.Formula, got.Formula = false, false
	}
	if math.Abs(want.Number-got.Number) <= 1e-14*math.Abs(want.Number) {
		want.Number = got.Number
		if got.Kind == Number {
			want.Text = got.Text
		}
	}
	return want == got
}
