package report_test

import (
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

func TestAnnexesGolden(t *testing.T) {
	w := report.Annexes(small())
	if len(w.Tabs) == 0 {
		t.Fatal("no annexes")
	}
	var b strings.Builder
	for i := range w.Tabs {
		b.WriteString(render(&w.Tabs[i]))
	}
	golden(t, "annexes", b.String())
}

// TestAnnexesHoldTheValid counts: every valid registration of a program with an
// annex stands in it once, an invalid one nowhere.
func TestAnnexesHoldTheValid(t *testing.T) {
	d := small()
	invalid := make(map[string]bool)
	for _, f := range d.Discrepancies {
		if f.Status == reconcile.StatusOpen && f.Severity == reconcile.SeverityError {
			for _, key := range f.Invalidates {
				invalid[key] = true
			}
		}
	}
	want := make(map[string]int)
	for _, r := range d.Registrations {
		if p := d.Plan.Program(r.Program); p != nil && !invalid[r.Key] {
			annex := p.Annex
			if s := d.Plan.Section(p.Section); annex == "" && s != nil {
				annex = s.Annex
			}
			want[annex]++
		}
	}
	delete(want, "")
	w := report.Annexes(d)
	for i := range w.Tabs {
		tab := &w.Tabs[i]
		rows := 0
		for _, row := range tab.Block(report.AnnexTable).Rows[1:] {
			if row[0].Style != report.Section {
				rows++
			}
		}
		if rows != want[tab.Name] {
			t.Errorf("%s lists %d people, want %d", tab.Name, rows, want[tab.Name])
		}
		delete(want, tab.Name)
	}
	for annex, n := range want {
		if n > 0 {
			t.Errorf("%s with %d people is missing", annex, n)
		}
	}
}
