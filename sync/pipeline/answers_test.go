package pipeline_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google/googletest"
)

// cellOf finds the cell of the tab that stands in the row of a code and the
// column of a header.
func cellOf(t *testing.T, f *excelize.File, tab, code, header string) string {
	t.Helper()
	rows, err := f.GetRows(tab)
	if err != nil {
		t.Fatal(err)
	}
	column := -1
	for r, row := range rows {
		if i := slices.Index(row, header); i >= 0 && slices.Contains(row, reconcile.ColumnCode) {
			column = i
		}
		if column >= 0 && slices.Contains(row, code) {
			name, err := excelize.CoordinatesToCellName(column+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			return name
		}
	}
	t.Fatalf("no cell for %s under %s in %s", code, header, tab)
	return ""
}

func write(t *testing.T, f *excelize.File, tab, code, header, text string) {
	t.Helper()
	if err := f.SetCellStr(tab, cellOf(t, f, tab, code, header), text); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path, tab, code, header string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := f.GetCellValue(tab, cellOf(t, f, tab, code, header))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestAnswerKeepsItsLines: what people wrote in several lines is kept and shown
// so, by whichever way it is read.
func TestAnswerKeepsItsLines(t *testing.T) {
	t.Parallel()
	n := newNights(t, 1)
	n.change(1, 0)
	n.run()
	said := "1. Theo giấy khai sinh gốc;\n2. xin giữ nguyên."
	tab := n.server.Texts(n.books[0], reconcile.DiscrepancyTab)
	header := slices.IndexFunc(tab, func(row []string) bool { return slices.Contains(row, reconcile.ColumnText) })
	column := slices.Index(tab[header], reconcile.ColumnText)
	code := tab[header+1][slices.Index(tab[header], reconcile.ColumnCode)]
	// Typed right before the tab is written, it is read by the writer.
	n.change(1, 1)
	n.server.Before(googletest.MethodGet, 1, func() {
		if err := n.server.TypeInto(n.books[0], reconcile.DiscrepancyTab, header+1, column, "  "+said+"\n"); err != nil {
			t.Error(err)
		}
	})
	for _, when := range []string{"by the writer", "by the reader"} {
		n.run()
		kept := ""
		for _, d := range n.found(postgres.Filter{}) {
			if d.Code == code && d.Response != nil {
				kept = d.Response.Text
			}
		}
		if kept != said {
			t.Errorf("read %s it is kept as %q, want %q", when, kept, said)
		}
	}
}

func TestAnswersStay(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	b.run()
	code := b.one(postgres.Filter{Rule: "DL02"}).Code
	report := filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx")
	b.edit(report, func(f *excelize.File) {
		write(t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
		write(t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnText, "Theo giấy khai sinh gốc")
	})
	b.run()
	d := b.one(postgres.Filter{Rule: "DL02"})
	if d.Response == nil || d.Response.Answer != string(reconcile.AnswerCorrect) || d.Response.Text != "Theo giấy khai sinh gốc" {
		t.Fatalf("the answer came back as %+v", d.Response)
	}
	// Another person in the list: the report is made anew around the answer.
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, binh, mended(binh, "31/04/1980"), cuong)
	b.run()
	if got := read(t, report, reconcile.DiscrepancyTab, code, reconcile.ColumnText); got != "Theo giấy khai sinh gốc" {
		t.Errorf("after a new report the answer stands as %q", got)
	}
}

func TestAnswersInASentBackCopy(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, an, cuong)
	b.run()
	code := b.one(postgres.Filter{Rule: "DL02"}).Code
	// Staff answer in the copy, mend nothing, and send the copy back.
	copied := filepath.Join(b.inbox, "S03", "dang ky - SAI LỆCH.xlsx")
	f, err := excelize.OpenFile(filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnAnswer, string(reconcile.AnswerAdvice))
	if err := f.SaveAs(copied); err != nil {
		t.Fatal(err)
	}
	run := b.run()
	if run.Counts.RowsRegistrations != 2 {
		t.Errorf("a copy that was sent back doubles the list: %d registrations", run.Counts.RowsRegistrations)
	}
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Code != code || d.Response == nil || d.Response.Answer != string(reconcile.AnswerAdvice) {
		t.Errorf("the answer in the copy came back as %+v", d.Response)
	}
}

func TestDecisionWaives(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	b.run()
	code := b.one(postgres.Filter{Rule: "DL02"}).Code
	b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, code, reconcile.ColumnVerdict, string(reconcile.Accepted))
		write(t, f, reconcile.DecisionsTab, code, reconcile.ColumnDecisionText, "Đã xác minh hồ sơ")
	})
	b.run()
	d := b.one(postgres.Filter{Rule: "DL02"})
	if d.Status != reconcile.StatusWaived || d.Decision == nil || d.Decision.Text != "Đã xác minh hồ sơ" {
		t.Fatalf("an accepted finding is %s, decision %+v", d.Status, d.Decision)
	}
	opinion := read(t, filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"), reconcile.DiscrepancyTab, code, reconcile.ColumnOpinion)
	if opinion == "" {
		t.Error("the agency is not told of the decision")
	}
}
