package push_test

import (
	"testing"
	"time"

	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
	"doisoat/sync/google/googletest"
)

// TestRealTabIsWrittenOnce brings the tab of package report itself into a
// spreadsheet: Google would accept it, and the next run finds nothing to do.
func TestRealTabIsWrittenOnce(t *testing.T) {
	data := reporttest.Data(1, 300)
	for _, doc := range data.Documents[:3] {
		f := newFixture(t)
		if r := f.write(report.DiscrepancySheet(data, doc.Agency, doc)); !r.Written {
			t.Errorf("%s: the tab was not made", doc.File)
		}
		data.Run.Started = data.Run.Started.Add(24 * time.Hour)
		f.server.ResetCounts()
		if r := f.write(report.DiscrepancySheet(data, doc.Agency, doc)); r.Written {
			t.Errorf("%s: the next run writes again", doc.File)
		}
		if got := f.server.Count(googletest.MethodUpdate); got != 0 {
			t.Errorf("%s: %d writes for nothing", doc.File, got)
		}
	}
}
