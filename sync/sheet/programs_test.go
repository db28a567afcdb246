package sheet

import (
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// truth is a sheet of testdata/programs/truth.json, which was written down
// beside the programs that made the files, not read from any of them.
type truth struct {
	Name   string
	Hidden bool
	Cells  map[string]string // as dump shows them
	Merges []string
	Rows   []int // hidden
	Cols   []int // hidden
}

// loss is what a program, or a format, does not write of a table.
type loss uint8

const (
	losesTypes  loss = 1 << iota // all values are texts, as they are shown
	losesHidden                  // hidden rows and columns
	losesRows                    // hidden rows alone
	losesMerges
	losesSheets // all but the first sheet, and the name of that
	losesState  // that a sheet is hidden
	losesDates  // the formats of dates
	losesErrors // error values
)

// The same tables, as each program writes them in each format, are the same
// grids.
func TestPrograms(t *testing.T) {
	for name, loses := range map[string]loss{
		"roster.libreoffice.xlsx":       0,
		"roster.libreoffice.xls":        0,
		"roster.libreoffice.ods":        0,
		"roster.libreoffice.fods":       0,
		"roster.libreoffice.csv":        losesTypes | losesHidden | losesMerges | losesSheets,
		"roster.libreoffice.utf16.csv":  losesTypes | losesHidden | losesMerges | losesSheets,
		"roster.openpyxl.xlsx":          0,
		"roster.xlsxwriter.xlsx":        0,
		"roster.xlsxwriter-inline.xlsx": losesRows | losesMerges,
		"roster.xlwt.xls":               0,
		"roster.sheetjs.xlsx":           0,
		"roster.sheetjs.sst.xlsx":       0,
		"roster.sheetjs.xls":            losesRows,
		"roster.sheetjs.xml.xls":        0,
		"roster.sheetjs.ods":            losesHidden | losesState | losesDates | losesErrors,
		"roster.sheetjs.htm":            losesHidden | losesSheets,
		"roster.sheetjs.csv":            losesTypes | losesHidden | losesMerges | losesSheets,
		"roster.sheetjs.txt":            losesTypes | losesHidden | losesMerges | losesSheets,
		"latin.sheetjs.biff5.xls":       losesHidden | losesMerges,
	} {
		t.Run(name, func(t *testing.T) {
			book := openBytes(t, readFile(t, filepath.Join("testdata", "programs", name)))
			want := truths(t)[strings.SplitN(name, ".", 2)[0]]
			if loses&losesSheets != 0 {
				want = want[:1]
			}
			if len(book.Sheets()) != len(want) {
				t.Fatalf("%d sheets", len(book.Sheets()))
			}
			for i, sheet := range want {
				got := truthOf(readSheet(t, book, i))
				lose(&sheet, &got, loses)
				if diff := cmp.Diff(sheet, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("sheet %d (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// What those programs write in formats that are not read is refused as such,
// never read as something else.
func TestProgramsUnsupported(t *testing.T) {
	for name, format := range map[string]string{
		"roster.sheetjs.xlsb":     "xlsb",
		"roster.sheetjs.slk":      "slk",
		"roster.sheetjs.dif":      "dif",
		"roster.sheetjs.dbf":      "dbf",
		"latin.sheetjs.biff2.xls": "xls",
	} {
		err := readAll(readFile(t, filepath.Join("testdata", "programs", name)), DefaultLimits())
		if !errors.Is(err, ErrUnsupported) || FormatOf(err) != format {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func truths(t testing.TB) map[string][]truth {
	t.Helper()
	var books map[string][]truth
	must(t, json.Unmarshal(readFile(t, "testdata/programs/truth.json"), &books))
	return books
}

// truthOf writes a grid down in the way of the file of truths.
func truthOf(g *Grid) truth {
	is := truth{Name: g.Name, Hidden: g.Hidden, Cells: make(map[string]string), Cols: slices.Sorted(maps.Keys(g.HiddenCols))}
	for _, r := range g.Rows {
		if r.Hidden {
			is.Rows = append(is.Rows, r.Number)
		}
		for _, c := range r.Cells {
			c.Formula = false // some write errors and booleans as formulas
			shown := dump(&Grid{Rows: []Row{{Number: r.Number, Cells: []Cell{c}}}})
			name, value, _ := strings.Cut(shown, "=")
			is.Cells[name] = value
		}
	}
	for _, m := range g.Merges {
		is.Merges = append(is.Merges, CellName(m.FirstCol, m.FirstRow)+":"+CellName(m.LastCol, m.LastRow))
	}
	slices.Sort(is.Merges)
	return is
}

// lose takes from both what the file cannot say.
func lose(want, got *truth, loses loss) {
	if loses&losesTypes != 0 {
		for name, v := range want.Cells {
			// How a number or a date is shown is the writer's choice.
			if v[0] != '"' {
				delete(want.Cells, name)
				delete(got.Cells, name)
			}
		}
	}
	if loses&losesErrors != 0 {
		maps.DeleteFunc(want.Cells, func(_, v string) bool { return v[0] == 'e' })
	}
	if loses&losesDates != 0 {
		for name, v := range want.Cells {
			if v[0] == 'd' {
				delete(want.Cells, name)
				delete(got.Cells, name)
			}
		}
	}
	if loses&(losesHidden|losesRows) != 0 {
		want.Rows, got.Rows = nil, nil
	}
	if loses&losesHidden != 0 {
		want.Cols, got.Cols = nil, nil
	}
	if loses&losesMerges != 0 {
		want.Merges, got.Merges = nil, nil
	}
	if loses&losesState != 0 {
		want.Hidden, got.Hidden = false, false
	}
	if loses&losesSheets != 0 {
		want.Name, got.Name = "", ""
	}
}
