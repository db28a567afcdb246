package pipeline_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// A list that was corrected and sent again under a numbered name counts once,
// until the office says that both files count.
func TestSentAgain(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky 20240315123.xlsx"), an, cuong)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky 20240315123 (1).xlsx"), an, binh, mended(cuong, "28/02/1980"))
	if run := b.run(); run.Counts.RowsRegistrations != 3 || run.Counts.Persons != 3 {
		t.Errorf("%d registrations of %d persons of a list sent twice, want 3 of 3", run.Counts.RowsRegistrations, run.Counts.Persons)
	}
	for _, rule := range []string{"TL01", "DL02"} {
		for _, d := range b.found(postgres.Filter{Rule: rule, Status: reconcile.StatusOpen}) {
			if !d.NotChecked {
				t.Errorf("a list that counts no more gives rise to %s: %s", rule, d.Message)
			}
		}
	}
	told := b.one(postgres.Filter{Rule: "NG06"})
	if told.Agency != "S03" || told.Severity != reconcile.SeverityInfo {
		t.Errorf("the replaced file is told as %+v", told.Finding)
	}

	b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, told.Code, reconcile.ColumnVerdict, string(reconcile.Refused))
	})
	if run := b.run(); run.Counts.RowsRegistrations != 5 {
		t.Errorf("%d registrations though the office lets both files count, want 5", run.Counts.RowsRegistrations)
	}
	if again := b.one(postgres.Filter{Rule: "NG06"}); again.Code != told.Code || again.Status != reconcile.StatusOpen {
		t.Errorf("after the decision the finding is %s, %s", again.Code, again.Status)
	}
}
