package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/pull"
)

// TestOutageIsNotTriedTwiceOver: Google's client tries for minutes by itself;
// when it gives up while a report is written, the job leaves it to the next run.
func TestOutageIsNotTriedTwiceOver(t *testing.T) {
	t.Parallel()
	n := newNights(t, 1)
	n.server.Fail(googletest.Fault{Method: googletest.MethodGet, Skip: 1, Times: 100, Status: 503})
	if run := n.run(); run.Status != reconcile.RunPartial || !strings.Contains(run.Error, "sự cố") {
		t.Errorf("the run says %+v", run)
	}
	if got, most := n.server.Count(googletest.MethodGet), 1+google.DefaultRetry().Attempts; got != most {
		t.Errorf("%d reads, want %d", got, most)
	}
}

// TestUnsharedSpreadsheetKeepsItsName: Google no longer tells the title of a
// spreadsheet that is not shared any more; people do not know it by its id.
func TestUnsharedSpreadsheetKeepsItsName(t *testing.T) {
	t.Parallel()
	n := newNights(t, 1)
	source, err := pull.New(pull.Settings{Type: "google_sheet", ID: n.books[0], Agency: "S03"}, pull.Deps{Google: n.config.Google})
	if err != nil {
		t.Fatal(err)
	}
	n.config.Sources = []pull.Source{source}
	n.run()
	n.server.Share(n.books[0], false)
	n.run()
	if d := n.one(postgres.Filter{Rule: "NG02"}); d.Agency != "S03" || d.Status != reconcile.StatusOpen {
		t.Errorf("the agency is told %+v", d)
	}
	if _, err := os.Stat(filepath.Join(n.reports, "S03", "Danh sách đăng ký 000 - SAI LỆCH.xlsx")); err != nil {
		t.Errorf("the report does not go by the title: %v", err)
	}
}

// TestSpreadsheetThatCannotBeWritten: what Google does not let into the
// spreadsheet stands in a workbook among the reports, and nothing is asked for
// again and again in one night.
func TestSpreadsheetThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	locked := `{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Invalid requests[4].updateCells: You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit."}}`
	for name, tt := range map[string]struct {
		prepare func(n *nights)
		says    string // the run's error holds this; "" where it has none
		writes  int    // at most
	}{
		"no longer shared since it was listed": {
			prepare: func(n *nights) {
				n.server.Before(googletest.MethodGet, 1, func() { n.server.Share(n.books[0], false) })
			},
		},
		"somebody locked the tab": {
			prepare: func(n *nights) {
				n.server.Fail(googletest.Fault{Method: googletest.MethodUpdate, Times: 100, Status: 400, Body: locked})
			},
			says: "khóa", writes: 4,
		},
		"refused for a reason of Google's": {
			prepare: func(n *nights) {
				n.server.Fail(googletest.Fault{Method: googletest.MethodUpdate, Times: 100, Status: 400})
			},
			says: "từ chối", writes: 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNights(t, 1)
			tt.prepare(n)
			run := n.run()
			if run.Status == reconcile.RunFailed || (run.Error != "") != (tt.says != "") || !strings.Contains(run.Error, tt.says) {
				t.Errorf("the run says %+v, want %q", run, tt.says)
			}
			if got := n.server.Count(googletest.MethodUpdate); got > tt.writes {
				t.Errorf("%d writes, want at most %d", got, tt.writes)
			}
			if got := n.server.Count(googletest.MethodGet); got > 1+max(tt.writes, 1) {
				t.Errorf("%d reads", got)
			}
			copied := filepath.Join(n.reports, n.config.Register.Agencies[0].Code, "Danh sách đăng ký 000 - SAI LỆCH.xlsx")
			if _, err := os.Stat(copied); err != nil {
				t.Errorf("no workbook says what the tab would: %v", err)
			}
		})
	}
}
