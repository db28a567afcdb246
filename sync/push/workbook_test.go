package push

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
)

func rendered(t *testing.T, w report.Workbook) []byte {
	t.Helper()
	xlsx, err := Workbook(w)
	if err != nil {
		t.Fatal(err)
	}
	return xlsx
}

func reopened(t *testing.T, xlsx []byte) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// tableOf is a workbook of one tab with a table of one column.
func tableOf(values ...any) report.Workbook {
	block := report.Block{Kind: report.Table, ID: "t", Columns: []report.Column{{Title: "Giá trị"}}, Rows: [][]report.Cell{{{Value: "Giá trị", Style: report.Header}}}}
	for _, v := range values {
		block.Rows = append(block.Rows, []report.Cell{{Value: v}})
	}
	return report.Workbook{Title: "Thử", Tabs: []report.Tab{{Name: "Thử", Blocks: []report.Block{block}}}}
}

func TestEqualReportsAreEqualBytes(t *testing.T) {
	render := func() []byte { return rendered(t, report.Consolidated(reporttest.Data(4, 300), "")) }
	if !bytes.Equal(render(), render()) {
		t.Error("two renderings of one report differ")
	}
}

func TestTextNeverBecomesAFormula(t *testing.T) {
	texts := []any{
		"=1+1", "+84905123456", "-5", "@SUM(A1)", "\t=1+1", "=cmd|'/c calc'!A0", `=HYPERLINK("http://x","y")`,
		"'=1", "0051079001234", "1E5", "TRUE", "30/02/1980", "_x0041_", " hai  dấu cách ", "dòng 1\ndòng 2", "Đỗ Thị Hồng Vy",
	}
	file := reopened(t, rendered(t, tableOf(texts...)))
	for i, want := range texts {
		cell := cellName(1, i+2)
		if formula, err := file.GetCellFormula("Thử", cell); err != nil || formula != "" {
			t.Errorf("%q became the formula %q (%v)", want, formula, err)
		}
		if kind, err := file.GetCellType("Thử", cell); err != nil || kind != excelize.CellTypeSharedString {
			t.Errorf("%q is a cell of type %v (%v)", want, kind, err)
		}
		if got, err := file.GetCellValue("Thử", cell); err != nil || got != want {
			t.Errorf("%q came back as %q (%v)", want, got, err)
		}
		// The mark that keeps it a text after somebody has edited the cell.
		id, err := file.GetCellStyle("Thử", cell)
		if err != nil {
			t.Fatal(err)
		}
		mark := file.Styles.CellXfs.Xf[id].QuotePrefix
		if marked := mark != nil && *mark; marked != formulaLike(want.(string)) {
			t.Errorf("%q is marked as a text: %t", want, marked)
		}
	}
}

func FuzzWorkbookKeepsText(f *testing.F) {
	for _, s := range []string{"=1", "\x00", "a\r\nb", "_x000D_", "\ufffe", strings.Repeat("ắ", 40000), "]]>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		xlsx, err := Workbook(tableOf(s))
		if err != nil {
			t.Fatal(err)
		}
		file := reopened(t, xlsx)
		got, err := file.GetCellValue("Thử", "A2")
		if err != nil {
			t.Fatal(err)
		}
		if want := plainText(strings.ToValidUTF8(s, "")); strings.ToValidUTF8(got, "") != want {
			t.Errorf("%q came back as %q, want %q", s, got, want)
		}
	})
}

func TestValuesAreReal(t *testing.T) {
	moment := time.Date(2024, 11, 21, 18, 5, 0, 0, time.UTC)
	tests := []struct {
		value       any
		raw, format string
	}{
		{8572, "8572", wholeFormat},
		{reconcile.VND(36_511_988_780), "36511988780", wholeFormat},
		{reconcile.VND(-1), "-1", wholeFormat},
		{report.Percent(0.9531), "0.9531", shareFormat},
		{reconcile.Date{Year: 2024, Month: 11, Day: 22}, "45618", dayFormat},
		{moment, "45618.04513888889", momentFormat},
		{reconcile.Date{Year: 1979}, "1979", ""},
		{nil, "", ""},
	}
	var values []any
	for _, tt := range tests {
		values = append(values, tt.value)
	}
	file := reopened(t, rendered(t, tableOf(values...)))
	for i, tt := range tests {
		cell := cellName(1, i+2)
		raw, err := file.GetCellValue("Thử", cell, excelize.Options{RawCellValue: true})
		if err != nil || raw != tt.raw {
			t.Errorf("%v is stored as %q (%v), want %q", tt.value, raw, err, tt.raw)
		}
		id, err := file.GetCellStyle("Thử", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := file.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if style.CustomNumFmt != nil {
			got = *style.CustomNumFmt
		}
		if got != tt.format {
			t.Errorf("%v has the format %q, want %q", tt.value, got, tt.format)
		}
	}
}

func TestConsolidatedWorkbookOpens(t *testing.T) {
	w := report.Consolidated(reporttest.Data(4, 600), "")
	file := reopened(t, rendered(t, w))
	var names []string
	for i := range w.Tabs {
		names = append(names, w.Tabs[i].Name)
	}
	if diff := cmp.Diff(names, file.GetSheetList()); diff != "" {
		t.Errorf("tabs (-want +got):\n%s", diff)
	}
	for i := range w.Tabs {
		tab := &w.Tabs[i]
		sameAsTable(t, file, tab)
		checkLinks(t, file, &w, tab)
		panes, err := file.GetPanes(tab.Name)
		if err != nil || panes.YSplit != tab.FreezeRow || panes.XSplit != tab.FreezeCol {
			t.Errorf("%s: panes %+v (%v), want %d, %d", tab.Name, panes, err, tab.FreezeRow, tab.FreezeCol)
		}
		layout, err := file.GetPageLayout(tab.Name)
		if err != nil || *layout.Size != 9 || *layout.Orientation == "landscape" != tab.Landscape {
			t.Errorf("%s: not A4 or turned wrongly (%v)", tab.Name, err)
		}
	}
}

// sameAsTable compares what the file shows with the table, cell by cell.
func sameAsTable(t *testing.T, file *excelize.File, tab *report.Tab) {
	t.Helper()
	row := 0
	for i := range tab.Blocks {
		for _, cells := range tab.Blocks[i].Rows {
			row++
			col := 1
			for j := range cells {
				want := valueOf(cells[j].Value, false)
				got, err := file.GetCellValue(tab.Name, cellName(col, row), excelize.Options{RawCellValue: true})
				if err != nil || !want.numeric && got != plainText(want.text) {
					t.Fatalf("%s!%s is %q (%v), want %q", tab.Name, cellName(col, row), got, err, want.text)
				}
				if want.numeric && (got == "" || formulaLike(got) && got[0] != '-') {
					t.Fatalf("%s!%s is %q, want the number %s", tab.Name, cellName(col, row), got, want.number)
				}
				col += max(1, cells[j].Span)
			}
		}
	}
}

func checkLinks(t *testing.T, file *excelize.File, w *report.Workbook, tab *report.Tab) {
	t.Helper()
	links, err := file.GetHyperLinkCells(tab.Name, "Location")
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range links {
		_, target, err := file.GetCellHyperLink(tab.Name, cell)
		if err != nil {
			t.Fatal(err)
		}
		sheet, area, ok := strings.Cut(target, "!")
		if !ok || w.Tab(strings.Trim(sheet, "'")) == nil || !isArea(area) {
			t.Errorf("%s!%s leads to %q, which is no place in the file", tab.Name, cell, target)
		}
	}
	if tab.Name == report.QuotasTab && len(links) == 0 {
		t.Error("the figures of Chỉ tiêu lead nowhere")
	}
}

func TestStaffColumnsHaveTheirLists(t *testing.T) {
	d := reporttest.Data(4, 600)
	doc := d.Documents[0]
	tab := report.DiscrepancySheet(d, doc.Agency, doc)
	file := reopened(t, rendered(t, report.Workbook{Title: "Sai lệch", Tabs: []report.Tab{tab}}))
	rules, err := file.GetDataValidations(tab.Name)
	if err != nil || len(rules) != 1 {
		t.Fatalf("%d lists (%v), want 1", len(rules), err)
	}
	if want := `"đã sửa,dữ liệu đúng,xin ý kiến,rút đăng ký"`; rules[0].Formula1 != want {
		t.Errorf("list %s, want %s", rules[0].Formula1, want)
	}
	header, _ := tab.RowOf(report.FindingsTable)
	rows := len(tab.Block(report.FindingsTable).Rows) - 1
	if want := fmt.Sprintf("M%d:M%d", header+1, header+rows); rules[0].Sqref != want {
		t.Errorf("the list covers %s, want %s", rules[0].Sqref, want)
	}
}

func TestPropertiesTellNothingOfTheMachine(t *testing.T) {
	w := report.Consolidated(reporttest.Data(4, 100), "")
	xlsx := rendered(t, w)
	props, err := reopened(t, xlsx).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	want := &excelize.DocProperties{
		Title: w.Title, Creator: "doisoat", LastModifiedBy: "doisoat", Language: "vi-VN",
		Created: epoch, Modified: epoch,
	}
	if diff := cmp.Diff(want, props); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
}

func partText(t *testing.T, xlsx []byte, name string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestChartsAreNativeAndPointAtTables(t *testing.T) {
	w := report.Consolidated(reporttest.Data(4, 100), "")
	xlsx := rendered(t, w)
	for i, chart := range w.Tab(report.OverviewTab).Charts {
		xml := partText(t, xlsx, fmt.Sprintf("xl/charts/chart%d.xml", i+1))
		if !strings.Contains(xml, "<c:barChart>") && !strings.Contains(xml, "<barChart>") {
			t.Errorf("chart %d is no bar chart", i+1)
		}
		source := w.Tab(chart.Tab)
		row, ok := source.RowOf(chart.Block)
		if !ok {
			t.Fatalf("chart %d draws no table", i+1)
		}
		first := fmt.Sprintf("$%s$%d:", columnName(chart.Values[0]+1), row+1)
		if !strings.Contains(xml, first) {
			t.Errorf("chart %d does not draw from %s", i+1, first)
		}
	}
}

func TestWorkbooksThatCannotBe(t *testing.T) {
	chart := tableOf("a")
	chart.Tabs[0].Charts = []report.Chart{{Tab: "không có", Block: "t"}}
	block := tableOf("a")
	block.Tabs[0].Charts = []report.Chart{{Block: "không có"}}
	named := func(name string) report.Workbook {
		w := tableOf("a")
		w.Tabs[0].Name = name
		return w
	}
	for name, w := range map[string]report.Workbook{
		"no tabs": {}, "a chart of no tab": chart, "a chart of no table": block, "a name too long": named(strings.Repeat("x", 32)),
		"a name with letters of paths": named("a/b"), "two tabs of one name": {Tabs: append(named("Thử").Tabs, named("THỬ").Tabs...)},
	} {
		if xlsx, err := Workbook(w); err == nil {
			t.Errorf("%s: %d bytes and no error", name, len(xlsx))
		}
	}
}
