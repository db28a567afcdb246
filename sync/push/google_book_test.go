package push_test

import (
	"slices"
	"testing"
	"time"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
	"doisoat/sync/google/googletest"
	"doisoat/sync/push"
)

// bookFixture is the office's spreadsheet with the reports of a plan.
type bookFixture struct {
	*fixture
	data  *report.Data
	known map[string]string
}

func newBookFixture(t *testing.T, registrations int) *bookFixture {
	t.Helper()
	f := newFixture(t)
	f.server.AddSpreadsheet(bookID, "Tổng hợp đối soát", googletest.Tab{ID: listID, Title: "Trang tính1", Rows: [][]any{{"ghi chú của phòng"}}})
	return &bookFixture{fixture: f, data: reporttest.Data(1, registrations)}
}

func (f *bookFixture) report() push.BookResult {
	f.Helper()
	r, err := push.WriteBook(f.Context(), f.client, bookID, report.Consolidated(f.data, ""), f.known)
	if err != nil {
		f.Fatal(err)
	}
	if bad := f.server.Refused(); len(bad) > 0 && !f.refusals {
		f.Fatalf("requests that Google would refuse: %q", bad)
	}
	f.known = r.Digests
	return r
}

func (f *bookFixture) sheet(title string) *sheets.Sheet {
	f.Helper()
	for _, s := range f.server.Spreadsheet(bookID).Sheets {
		if s.Properties.Title == title {
			return s
		}
	}
	f.Fatalf("no tab %q", title)
	return nil
}

// place finds the row of a code in the tab of findings, and the column of a
// header.
func (f *bookFixture) place(tab *sheets.Sheet, code, header string) (row, col int64) {
	f.Helper()
	row, col = -1, -1
	for i, r := range tab.Data[0].RowData {
		for j, c := range r.Values {
			switch text(c) {
			case header:
				col = int64(j)
			case code:
				row = int64(i)
			}
		}
	}
	if row < 0 || col < 0 {
		f.Fatalf("no cell of %s under %s", code, header)
	}
	return row, col
}

func TestBookIsWrittenOnceAndDecidedIn(t *testing.T) {
	f := newBookFixture(t, 60)
	for i, text := range []string{`=IMPORTXML("http://x","//a")`, "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\n=1+1"} {
		f.data.Discrepancies[i].Found, f.data.Registrations[i].FullName = text, text
	}
	f.refusals = true // the first read asks for tabs that are not there
	if r := f.report(); !r.Written {
		t.Fatal("not written")
	}
	w := report.Consolidated(f.data, "")
	for _, tab := range w.Tabs {
		f.sheet(tab.Name)
	}
	if got := len(f.sheet(report.OverviewTab).Charts); got != len(w.Tab(report.OverviewTab).Charts) || got == 0 {
		t.Errorf("%d charts", got)
	}
	own := f.sheet(report.RosterTab)
	if own.BasicFilter == nil || own.Properties.GridProperties.FrozenRowCount == 0 {
		t.Errorf("filter %+v of %+v", own.BasicFilter, own.Properties.GridProperties)
	}

	f.server.ResetCounts()
	f.data.Run.Started = f.data.Run.Started.Add(24 * time.Hour)
	if r := f.report(); r.Written || f.server.Count(googletest.MethodGet) != 1 || f.server.Count(googletest.MethodUpdate) != 0 {
		t.Errorf("a quiet night: written %v, %d reads, %d writes", r.Written, f.server.Count(googletest.MethodGet), f.server.Count(googletest.MethodUpdate))
	}

	// The office decides, and renames the tab; a finding is mended.
	findings := f.sheet(reconcile.DecisionsTab)
	d := f.data.Discrepancies
	open := slices.IndexFunc(d, func(d reconcile.Discrepancy) bool { return d.Status == reconcile.StatusOpen && d.Decision == nil })
	code := d[open].Code
	row, col := f.place(findings, code, reconcile.ColumnVerdict)
	if err := f.server.Type(bookID, findings.Properties.SheetId, row, col, string(reconcile.Accepted)); err != nil {
		t.Fatal(err)
	}
	gone := slices.IndexFunc(d, func(d reconcile.Discrepancy) bool { return d.Status == reconcile.StatusOpen && d.Code != code })
	d[gone].Status = reconcile.StatusGone
	f.server.ResetCounts()
	r := f.report()
	if !r.Written || f.server.Count(googletest.MethodGet) != 1 || f.server.Count(googletest.MethodUpdate) != 1 {
		t.Errorf("a changed report: written %v, %d reads, %d writes", r.Written, f.server.Count(googletest.MethodGet), f.server.Count(googletest.MethodUpdate))
	}
	if !slices.ContainsFunc(r.Decisions, func(d reconcile.Decision) bool { return d.Code == code && d.Verdict == string(reconcile.Accepted) }) {
		t.Errorf("decisions %+v", r.Decisions)
	}
	findings = f.sheet(reconcile.DecisionsTab)
	if row, col := f.place(findings, code, reconcile.ColumnVerdict); text(findings.Data[0].RowData[row].Values[col]) != string(reconcile.Accepted) {
		t.Error("the decision is gone")
	}
	if got := len(f.sheet(report.OverviewTab).Charts); got != len(w.Tab(report.OverviewTab).Charts) {
		t.Errorf("%d charts after the second writing", got)
	}
	if got := text(f.sheet("Trang tính1").Data[0].RowData[0].Values[0]); got != "ghi chú của phòng" {
		t.Errorf("a tab that is not the report's holds %q", got)
	}
	for _, tab := range f.server.Spreadsheet(bookID).Sheets {
		for i, r := range tab.Data[0].RowData {
			for j, c := range r.Values {
				if c.UserEnteredValue != nil && c.UserEnteredValue.FormulaValue != nil {
					t.Errorf("%s: row %d, column %d holds a formula", tab.Properties.Title, i, j)
				}
			}
		}
	}
	if refused := f.server.Refused(); len(refused) != 1 {
		t.Errorf("requests that Google would refuse: %q", refused)
	}
}

// TestBookSurvivesEdits: whatever people do to the tabs, the next run finds them
// again, makes those that were deleted and keeps decisions typed at the moment
// of the write.
func TestBookSurvivesEdits(t *testing.T) {
	f := newBookFixture(t, 30)
	f.refusals = true
	f.report()
	findings := f.sheet(reconcile.DecisionsTab)
	d := f.data.Discrepancies
	open := slices.IndexFunc(d, func(d reconcile.Discrepancy) bool { return d.Status == reconcile.StatusOpen && d.Decision == nil })
	code := d[open].Code
	f.edit(
		&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{SheetId: findings.Properties.SheetId, Title: "Quyết định", Index: 0}, Fields: "title,index",
		}},
		&sheets.Request{DeleteSheet: &sheets.DeleteSheetRequest{SheetId: f.sheet(report.OverviewTab).Properties.SheetId}},
	)
	other := slices.IndexFunc(d, func(d reconcile.Discrepancy) bool { return d.Status == reconcile.StatusOpen && d.Code != code })
	d[other].Expected += " (đã bổ sung)"
	f.server.Before(googletest.MethodUpdate, 0, func() {
		row, col := f.place(f.sheet("Quyết định"), code, reconcile.ColumnDecisionText)
		if err := f.server.Type(bookID, findings.Properties.SheetId, row, col, "chờ hồ sơ"); err != nil {
			t.Error(err)
		}
	})
	f.report()
	f.sheet(report.OverviewTab)
	r := f.report()
	if r.Written {
		t.Error("the next run writes again")
	}
	if !slices.ContainsFunc(r.Decisions, func(d reconcile.Decision) bool { return d.Code == code && d.Text == "chờ hồ sơ" }) {
		t.Errorf("decisions %+v", r.Decisions)
	}
}
