package pipeline_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// An agency is asked whether two rows are one person, says no in its sheet, and
// is never asked again; the office may still overrule it.
func TestNotOnePerson(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	quoc := []any{"Huỳnh Quốc Khuê", "1979", "Nam", "Trưởng phòng", "Phòng Nghiệp vụ 1", an[5]}
	b.roster(list, an, quoc, mended(quoc, "15/08/1979"))
	b.run()
	only := postgres.Filter{Rule: "TL05"}
	asked := b.one(only)
	if asked.Status != reconcile.StatusOpen || asked.Agency != "S03" {
		t.Fatalf("the question is %+v", asked)
	}
	b.edit(filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DiscrepancyTab, asked.Code, reconcile.ColumnAnswer, string(reconcile.AnswerCorrect))
	})
	b.run()
	if d := b.one(only); d.Code != asked.Code || d.Status != reconcile.StatusWaived {
		t.Errorf("an answered question is %s, %s", d.Code, d.Status)
	}

	// Now the rows are alike in all but a phone, and one more came: still two.
	b.roster(list, mended(quoc, "15/08/1979"), binh, mended(quoc, "15/08/1979"), an)
	run := b.run()
	if run.Counts.Persons != 4 {
		t.Errorf("%d persons, want the two who were told apart and two others", run.Counts.Persons)
	}

	b.edit(filepath.Join(b.reports, "Tổng hợp đối soát.xlsx"), func(f *excelize.File) {
		write(t, f, reconcile.DecisionsTab, asked.Code, reconcile.ColumnVerdict, string(reconcile.Refused))
	})
	if run := b.run(); run.Counts.Persons != 3 {
		t.Errorf("%d persons after the office overruled the answer, want 3", run.Counts.Persons)
	}
}
