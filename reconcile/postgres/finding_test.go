package postgres_test

import (
	"context"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// birthDate is a finding about one person's birth date.
func birthDate(name string) reconcile.Finding {
	return reconcile.Finding{
		Rule: "DL02", Severity: reconcile.SeverityWarning, Subject: "S03|CCLLCT-TT|" + reconcile.Key(name), Agency: "S03",
		Program: "CCLLCT-TT", Person: name, Place: reconcile.Origin{Source: "folder:inbox/S03/a.xlsx", Sheet: "CCLLCT", Row: 12, Cell: "D12"},
		Related: []reconcile.Origin{{Source: "folder:inbox/S03/a.xlsx", Sheet: "CCLLCT", Row: 13}}, Invalidates: []string{"k"},
		Message: "Ngày sinh chỉ có năm", Found: "1979", Expected: "ngày, tháng, năm", LegalBasis: "Hướng dẫn 26-HD/BTCTW", Remedy: "Bổ sung ngày sinh.",
	}
}

func (l *ledger) find(now time.Time, findings ...reconcile.Finding) postgres.FindingCounts {
	l.t.Helper()
	var counts postgres.FindingCounts
	l.in(func(ctx context.Context, tx postgres.Tx) (err error) {
		counts, err = l.SaveFindings(ctx, tx, planID, l.run, findings, now)
		return err
	})
	return counts
}

func (l *ledger) decide(now time.Time, code, verdict string) postgres.AnswerChanges {
	l.t.Helper()
	var changes postgres.AnswerChanges
	l.in(func(ctx context.Context, tx postgres.Tx) (err error) {
		changes, err = l.SaveDecisions(ctx, tx, planID, l.run, []reconcile.Decision{{
			Code: code, Verdict: verdict,
			Origin: reconcile.Origin{Source: "reports/Tổng hợp đối soát.xlsx", Sheet: "Sai lệch", Row: 7},
		}}, now)
		return err
	})
	return changes
}

func (l *ledger) discrepancies(filter postgres.Filter) []reconcile.Discrepancy {
	l.t.Helper()
	found, err := l.Discrepancies(context.Background(), planID, filter)
	if err != nil {
		l.t.Fatal(err)
	}
	return found
}

func (l *ledger) events(code string) []string {
	l.t.Helper()
	events, err := l.Events(context.Background(), planID, code)
	if err != nil {
		l.t.Fatal(err)
	}
	var words []string
	for _, e := range events {
		words = append(words, e.Event)
	}
	return words
}

// One discrepancy through its whole life, one run a day.
func TestLifeOfADiscrepancy(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	finding := birthDate("Nguyễn Văn An")
	worse := finding
	worse.Severity, worse.Found = reconcile.SeverityError, "30/02/1979"
	code := finding.Code(planID)
	// life is what a day's run leaves of the discrepancy.
	type life struct {
		Status      reconcile.Status
		Reopened    int
		New, Solved bool
		LastSeen    int // day
	}
	for _, step := range []struct {
		day     int
		name    string
		verdict string // the office's decision before the run, "" for none
		found   []reconcile.Finding
		counts  postgres.FindingCounts
		want    life
		events  []string // of this day
	}{
		{
			2, "found", "",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{New: 1, Open: 1},
			life{reconcile.StatusOpen, 0, true, false, 2},
			[]string{"found"},
		},
		{
			3, "still there", "",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Open: 1},
			life{reconcile.StatusOpen, 0, false, false, 3},
			nil,
		},
		{
			4, "worse", "",
			[]reconcile.Finding{worse},
			postgres.FindingCounts{Open: 1},
			life{reconcile.StatusOpen, 0, false, false, 4},
			[]string{"changed"},
		},
		{
			5, "mended", "", nil,
			postgres.FindingCounts{Gone: 1},
			life{reconcile.StatusGone, 0, false, true, 4},
			[]string{"gone"},
		},
		{
			6, "still mended", "", nil,
			postgres.FindingCounts{},
			life{reconcile.StatusGone, 0, false, false, 4},
			nil,
		},
		{
			7, "back", "",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Open: 1, Reopened: 1},
			life{reconcile.StatusOpen, 1, false, false, 7},
			[]string{"reopened", "changed"},
		},
		{
			8, "an opinion is no acceptance", "ý kiến",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Open: 1},
			life{reconcile.StatusOpen, 1, false, false, 8},
			nil,
		},
		{
			9, "accepted, typed carelessly", "  CHẤP  NHẬN",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Waived: 1},
			life{reconcile.StatusWaived, 1, false, false, 9},
			[]string{"waived"},
		},
		{
			10, "the decision stands", "",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Waived: 1},
			life{reconcile.StatusWaived, 1, false, false, 10},
			nil,
		},
		{
			11, "mended while waived", "", nil,
			postgres.FindingCounts{Gone: 1},
			life{reconcile.StatusGone, 1, false, true, 10},
			[]string{"gone"},
		},
		{
			12, "back, and the decision still stands", "",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Waived: 1, Reopened: 1},
			life{reconcile.StatusWaived, 2, false, false, 12},
			[]string{"reopened", "waived"},
		},
		{
			13, "refused after all", "không chấp nhận",
			[]reconcile.Finding{finding},
			postgres.FindingCounts{Open: 1},
			life{reconcile.StatusOpen, 2, false, false, 13},
			[]string{"unwaived"},
		},
	} {
		l.next(day(step.day))
		if step.verdict != "" {
			l.decide(day(step.day), code, step.verdict)
		}
		before := l.events(code)
		for range 2 { // a job that is repeated tells and writes the same
			if diff := cmp.Diff(step.counts, l.find(day(step.day), step.found...)); diff != "" {
				t.Errorf("day %d, %s: counts (-want +got):\n%s", step.day, step.name, diff)
			}
		}
		d := l.discrepancies(postgres.Filter{})[0]
		got := life{d.Status, d.Reopened, d.New, d.Solved, d.LastSeen.Day()}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("day %d, %s (-want +got):\n%s", step.day, step.name, diff)
		}
		if diff := cmp.Diff(step.events, l.events(code)[len(before):], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("day %d, %s: events (-want +got):\n%s", step.day, step.name, diff)
		}
		if d.FirstSeen.Day() != 2 || d.Code != code {
			t.Errorf("day %d, %s: first seen %s as %s", step.day, step.name, d.FirstSeen, d.Code)
		}
		if len(step.found) > 0 {
			if diff := cmp.Diff(step.found[0], d.Finding); diff != "" {
				t.Errorf("day %d, %s: content (-want +got):\n%s", step.day, step.name, diff)
			}
		}
	}
}

func TestQuietRunWritesOneRow(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	findings := []reconcile.Finding{birthDate("Nguyễn Văn An"), birthDate("Trần Thị Bé"), birthDate("Lê Hòa")}
	l.find(day(2), findings...)
	l.next(day(3))
	n := l.written(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveFindings(ctx, tx, planID, l.run, findings, day(3))
		return err
	})
	if n != 1 {
		t.Errorf("a quiet run wrote %d rows, want 1: when everything was last seen", n)
	}
}

// Two findings of one code are a mistake in a rule; none may be lost, and which
// gets which code must not depend on their order.
func TestFindingsWithOneCode(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	a, b := birthDate("Nguyễn Văn An"), birthDate("Nguyễn Văn An")
	b.Place.Row = 40
	code := a.Code(planID)
	for i, findings := range [][]reconcile.Finding{{a, b}, {b, a}} {
		l.next(day(2 + i))
		counts := l.find(day(2+i), findings...)
		if diff := cmp.Diff([]string{code}, counts.Clashes); diff != "" {
			t.Errorf("clashes (-want +got):\n%s", diff)
		}
		rows := make(map[string]int)
		for _, d := range l.discrepancies(postgres.Filter{Status: reconcile.StatusOpen}) {
			rows[d.Code] = d.Place.Row
		}
		if diff := cmp.Diff(map[string]int{code: 12, code + "-2": 40}, rows); diff != "" {
			t.Errorf("rows by code (-want +got):\n%s", diff)
		}
	}
	if events := l.events(code + "-2"); len(events) != 1 {
		t.Errorf("events %v, want only its finding", events)
	}
}

func TestDiscrepanciesFilterAndOrder(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	finding := func(agency, rule string, severity reconcile.Severity, cell string, row int) reconcile.Finding {
		return reconcile.Finding{
			Agency: agency, Rule: rule, Severity: severity, Subject: agency + rule + cell, Message: agency + " " + rule + " " + cell,
			Place: reconcile.Origin{Source: "folder:" + agency, Sheet: "S", Row: row, Cell: cell},
		}
	}
	l.find(day(2),
		finding("S03", "DL02", reconcile.SeverityWarning, "B2", 2), finding("S03", "CT03", reconcile.SeverityError, "A9", 9),
		finding("S03", "DL02", reconcile.SeverityWarning, "AA1", 1), finding("S03", "DL02", reconcile.SeverityWarning, "B1", 1),
		finding("H01", "DL02", reconcile.SeverityInfo, "A1", 1), finding("H01", "TL01", reconcile.SeverityError, "A1", 1))
	for _, c := range []struct {
		name   string
		filter postgres.Filter
		want   []string
	}{
		{"all", postgres.Filter{}, []string{"H01 TL01 A1", "H01 DL02 A1", "S03 CT03 A9", "S03 DL02 B1", "S03 DL02 AA1", "S03 DL02 B2"}},
		{"agency", postgres.Filter{Agency: "H01"}, []string{"H01 TL01 A1", "H01 DL02 A1"}},
		{"rule", postgres.Filter{Rule: "CT03"}, []string{"S03 CT03 A9"}},
		{"source and rule", postgres.Filter{Source: "folder:H01", Rule: "DL02"}, []string{"H01 DL02 A1"}},
		{"status", postgres.Filter{Status: reconcile.StatusGone}, nil},
	} {
		var got []string
		for _, d := range l.discrepancies(c.filter) {
			got = append(got, d.Message)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
