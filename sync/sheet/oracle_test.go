package sheet

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
)

// Every readable workbook of testdata, cell by cell as excelize reads it.
func TestAgreesWithExcelize(t *testing.T) {
	names, err := filepath.Glob("testdata/samples/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("testdata/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for _, name := range append(names, more...) {
		b := readFile(t, name)
		if _, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), DefaultLimits()); err != nil {
			continue // TestRefused knows them
		}
		t.Run(filepath.Base(name), func(t *testing.T) { cells += compareWithExcelize(t, b) })
	}
	if cells < 3500 {
		t.Errorf("only %d cells have been compared", cells)
	}
}

// compareWithExcelize reads a workbook both ways and gives the number of cells.
func compareWithExcelize(t testing.TB, b []byte) int {
	t.Helper()
	oracle, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer oracle.Close()
	props, err := oracle.GetWorkbookProps()
	if err != nil {
		t.Fatal(err)
	}
	book := openBytes(t, b)
	var names []string
	cells := 0
	for i, info := range book.Sheets() {
		names = append(names, info.Name)
		grid := readSheet(t, book, i)
		if _, err := oracle.GetMergeCells(info.Name); err != nil { // a chart sheet
			if len(grid.Rows) > 0 {
				t.Errorf("sheet %s: excelize: %v", info.Name, err)
			}
			continue
		}
		rows, err := oracle.GetRows(info.Name)
		if err != nil {
			t.Fatal(err)
		}
		if visible, err := oracle.GetSheetVisible(info.Name); err != nil || visible == info.Hidden {
			t.Errorf("sheet %s: hidden %v, excelize %v, %v", info.Name, info.Hidden, !visible, err)
		}
		o := oracleSheet{t: t, file: oracle, name: info.Name, date1904: props.Date1904 != nil && *props.Date1904}
		o.compareRows(grid, rows)
		o.compareShape(grid)
		for _, r := range grid.Rows {
			cells += len(r.Cells)
		}
	}
	if diff := cmp.Diff(oracle.GetSheetList(), names); diff != "" {
		t.Errorf("sheets: %s", diff)
	}
	return cells
}

type oracleSheet struct {
	t        testing.TB
	file     *excelize.File
	name     string
	date1904 bool
}

// compareRows compares in both directions: what excelize has and we do not,
// and what we have and excelize sees otherwise.
func (o *oracleSheet) compareRows(grid *Grid, rows [][]string) {
	o.t.Helper()
	ours := make(map[string]bool)
	for _, r := range grid.Rows {
		visible, err := o.file.GetRowVisible(o.name, r.Number)
		if err != nil || visible == r.Hidden {
			o.t.Errorf("%s row %d: hidden %v, excelize visible %v, %v", o.name, r.Number, r.Hidden, visible, err)
		}
		for _, c := range r.Cells {
			at := CellName(c.Col, r.Number)
			ours[at] = true
			raw := ""
			if r.Number <= len(rows) && c.Col <= len(rows[r.Number-1]) {
				raw = rows[r.Number-1][c.Col-1]
			}
			// What was calculated here, excelize has no value of.
			if want := o.shown(c, raw); want != c.Text && (raw != "" || !c.Formula) {
				o.t.Errorf("%s!%s: %q, excelize %q (raw %q)", o.name, at, c.Text, want, raw)
			}
			formula, err := o.file.GetCellFormula(o.name, at)
			if err != nil || (formula != "") != c.Formula {
				o.t.Errorf("%s!%s: formula %v, excelize %q, %v", o.name, at, c.Formula, formula, err)
			}
		}
	}
	for i, row := range rows {
		for j, raw := range row {
			if at := CellName(j+1, i+1); raw != "" && !ours[at] {
				o.t.Errorf("%s!%s: nothing, excelize %q", o.name, at, raw)
			}
		}
	}
}

// shown is the text that a cell of that kind must have for excelize's raw value.
func (o *oracleSheet) shown(c Cell, raw string) string {
	switch c.Kind {
	case Number, Date:
		v, err := strconv.ParseFloat(raw, 64)
		if err != nil {
			return "no number: " + raw
		}
		if c.Kind == Number {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		when, err := excelize.ExcelDateToTime(v, o.date1904)
		switch {
		case err != nil:
			return err.Error()
		case v < 1 && !o.date1904 || strings.HasPrefix(c.Format(), "h") || strings.HasPrefix(c.Format(), "["):
			return c.Text // a time without a day: TestDateSystems
		}
		if when.Hour()+when.Minute() == 0 {
			return when.Format("02/01/2006")
		}
		return when.Format("02/01/2006 15:04")
	case Bool:
		if raw == "1" {
			return "TRUE"
		}
		if raw == "0" {
			return "FALSE"
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\r", "\n")
}

func (o *oracleSheet) compareShape(grid *Grid) {
	o.t.Helper()
	merged, err := o.file.GetMergeCells(o.name)
	if err != nil {
		o.t.Fatal(err)
	}
	var want []Range
	for _, m := range merged {
		firstCol, firstRow, _ := ParseCell(m.GetStartAxis())
		lastCol, lastRow, _ := ParseCell(m.GetEndAxis())
		want = append(want, Range{firstRow, firstCol, lastRow, lastCol})
	}
	byPlace := cmpopts.SortSlices(func(a, b Range) bool {
		return a.FirstRow < b.FirstRow || a.FirstRow == b.FirstRow && a.FirstCol < b.FirstCol
	})
	if diff := cmp.Diff(want, grid.Merges, byPlace, cmpopts.EquateEmpty()); diff != "" {
		o.t.Errorf("%s: merges: %s", o.name, diff)
	}
	for col := 1; col <= 30; col++ {
		visible, err := o.file.GetColVisible(o.name, ColumnName(col))
		if err != nil || visible == grid.HiddenCols[col] {
			o.t.Errorf("%s column %s: hidden %v, excelize visible %v, %v", o.name, ColumnName(col), grid.HiddenCols[col], visible, err)
		}
	}
}
