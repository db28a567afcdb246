package pipeline_test

import (
	"path/filepath"
	"slices"
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/google/googletest"
	"doisoat/sync/pull"
)

const officeBook = "1TongHop"

// officeOnGoogle gives the office a spreadsheet for its report, and an agency a
// list.
func (b *bench) officeOnGoogle() *googletest.Server {
	b.t.Helper()
	server := googletest.New()
	b.t.Cleanup(server.Close)
	b.connect(server)
	server.AddSpreadsheet(officeBook, "Tổng hợp đối soát", googletest.Tab{ID: 0, Title: "Trang tính1"})
	office, err := pull.New(pull.Settings{Type: "google_report", ID: officeBook}, pull.Deps{Google: b.config.Google, Now: b.now})
	if err != nil {
		b.t.Fatal(err)
	}
	b.config.Office, b.config.OfficeSheet = office, officeBook
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	return server
}

// TestOfficeReportOnGoogle: the office decides in its spreadsheet as it does in
// the workbook, and a quiet night asks Google for nothing but the version.
func TestOfficeReportOnGoogle(t *testing.T) {
	b := newBench(t)
	server := b.officeOnGoogle()
	b.run()
	code := b.one(postgres.Filter{Rule: "DL02"}).Code
	if len(server.Texts(officeBook, report.OverviewTab)) == 0 {
		t.Fatal("the report is not in the spreadsheet")
	}

	decide := func(header, text string) {
		t.Helper()
		for _, tab := range server.Spreadsheet(officeBook).Sheets {
			if tab.Properties.Title != reconcile.DecisionsTab {
				continue
			}
			row, col := cellIn(t, tab, code, header)
			if err := server.Type(officeBook, tab.Properties.SheetId, row, col, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	decide(reconcile.ColumnVerdict, string(reconcile.Accepted))
	decide(reconcile.ColumnDecisionText, "Đã xác minh hồ sơ")
	b.run()
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Status != reconcile.StatusWaived || d.Decision == nil || d.Decision.Text != "Đã xác minh hồ sơ" {
		t.Fatalf("an accepted finding is %s, decision %+v", d.Status, d.Decision)
	}
	opinion := read(t, filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"), reconcile.DiscrepancyTab, code, reconcile.ColumnOpinion)
	if opinion == "" {
		t.Error("the agency is not told of the decision")
	}
	if n := b.one(postgres.Filter{Rule: "DL02"}); n.Decision.Origin.Source != "google_report:"+officeBook {
		t.Errorf("the decision comes from %+v", n.Decision.Origin)
	}

	if d := b.one(postgres.Filter{Rule: "DL02"}).Decision; d.By != googletest.Editor || d.Edited.IsZero() {
		t.Errorf("the decision is by %q at %v", d.By, d.Edited)
	}

	b.run() // what the one before wrote is read once more
	b.run()
	server.ResetCounts()
	b.run()
	if reads, writes := server.Count(googletest.MethodGet), server.Count(googletest.MethodUpdate); reads != 0 || writes != 0 {
		t.Errorf("a quiet night: %d reads, %d writes", reads, writes)
	}

	// Taken back in the spreadsheet, it no longer stands.
	decide(reconcile.ColumnVerdict, "")
	decide(reconcile.ColumnDecisionText, "")
	b.run()
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Status != reconcile.StatusOpen {
		t.Errorf("after the decision was taken back the finding is %s, decision %+v", d.Status, d.Decision)
	}
}

// cellIn is where the row of a code crosses the column of a header, 0-based.
func cellIn(t *testing.T, tab *sheets.Sheet, code, header string) (row, col int64) {
	t.Helper()
	row, col = -1, -1
	for i, r := range tab.Data[0].RowData {
		shows := func(text string) int64 {
			return int64(slices.IndexFunc(r.Values, func(c *sheets.CellData) bool { return c.FormattedValue == text }))
		}
		if j := shows(header); j >= 0 {
			col = j
		}
		if shows(code) >= 0 {
			row = int64(i)
		}
	}
	if row < 0 || col < 0 {
		t.Fatalf("no cell of %s under %s", code, header)
	}
	return row, col
}
