package pipeline_test

import (
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google/googletest"
)

// TestViewOnlySpreadsheet: a spreadsheet that may not be written into is a
// finding for its agency; all else goes on, and is as before once it may.
func TestViewOnlySpreadsheet(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		silent bool
		tries  int // writes that a quiet night attempts
	}{
		"the listing says so":       {},
		"only a refused write says": {silent: true, tries: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNights(t, 2)
			closed, open := n.books[0], n.books[1]
			if tt.silent {
				n.server.HideRights()
			}
			n.server.ViewOnly(closed, true)
			told := func() []reconcile.Discrepancy {
				return n.found(postgres.Filter{Rule: "NG07", Status: reconcile.StatusOpen})
			}
			run := n.run()
			if run.Status != reconcile.RunPartial || run.Error != "" || run.Counts.SourcesViewOnly != 1 || run.Counts.RowsRegistrations != 2 {
				t.Fatalf("run with a spreadsheet that may only be viewed: %+v", run)
			}
			if open := n.found(postgres.Filter{Status: reconcile.StatusOpen}); len(open) != run.Counts.FindingsOpen || len(open) != run.Counts.FindingsNew {
				t.Errorf("%d findings are open, the run says %+v", len(open), run.Counts)
			}
			findings := told()
			if len(findings) != 1 || filepath.Base(findings[0].Place.Source) != closed || findings[0].Agency == "" ||
				!strings.Contains(findings[0].Remedy, googletest.Account) {
				t.Fatalf("the agency is told %+v", findings)
			}
			if n.server.Texts(open, reconcile.DiscrepancyTab) == nil {
				t.Error("the other spreadsheet has no tab")
			}
			copied := filepath.Join(n.reports, findings[0].Agency, "Danh sách đăng ký 000 - SAI LỆCH.xlsx")
			if said := read(t, copied, reconcile.DiscrepancyTab, findings[0].Code, reconcile.ColumnCode); said == "" {
				t.Error("no workbook says what the tab would")
			}

			n.run()
			n.server.ResetCounts()
			if quiet := n.run(); quiet.Status != reconcile.RunPartial || quiet.Counts.ReportsWritten != 0 {
				t.Errorf("a quiet night: %+v", quiet)
			}
			if tries := n.server.Count(googletest.MethodUpdate); tries != tt.tries {
				t.Errorf("a quiet night tries %d writes, want %d", tries, tt.tries)
			}

			n.server.ViewOnly(closed, false)
			n.run()
			if run := n.run(); run.Status != reconcile.RunDone || run.Counts.SourcesViewOnly != 0 || len(told()) != 0 {
				t.Errorf("after the right was given: %+v, told %+v", run, told())
			}
			if n.server.Texts(closed, reconcile.DiscrepancyTab) == nil {
				t.Error("there is no tab after the right was given")
			}
		})
	}
}

// TestViewOnlyOfficeReport: so it is with the office's own spreadsheet.
func TestViewOnlyOfficeReport(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	server := b.officeOnGoogle()
	server.ViewOnly(officeBook, true)
	if run := b.run(); run.Status != reconcile.RunPartial || run.Error != "" {
		t.Errorf("run with a report that may only be viewed: %+v", run)
	}
	if f := b.one(postgres.Filter{Rule: "NG07"}); f.Agency != "" || !strings.Contains(f.Remedy, googletest.Account) {
		t.Errorf("the office is told %+v", f)
	}
	server.ViewOnly(officeBook, false)
	b.run()
	if run := b.run(); run.Status != reconcile.RunDone || len(server.Spreadsheet(officeBook).Sheets) < 2 {
		t.Errorf("after the right was given: %+v, tabs %v", run, titles(server.Spreadsheet(officeBook)))
	}
}

func titles(s *sheets.Spreadsheet) (all []string) {
	for _, tab := range s.Sheets {
		all = append(all, tab.Properties.Title)
	}
	return all
}
