package postgres_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestAddFindings: what comes to light late is one more finding of the run, and
// takes none of the others away.
func TestAddFindings(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	first, late := birthDate("Nguyễn Văn An"), birthDate("Trần Thị Bé")
	late.Rule, late.Subject = "NG07", "google_sheet:1A"
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		found, err := l.SaveFindings(ctx, tx, planID, l.run, []reconcile.Finding{first}, day(1))
		if err != nil {
			return err
		}
		return l.SaveRunCounts(ctx, tx, planID, l.run, reconcile.RunCounts{RowsRegistrations: 7, FindingsNew: found.New, FindingsOpen: found.Open})
	})
	for range 2 {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			return l.AddFindings(ctx, tx, planID, l.run, []reconcile.Finding{late}, day(1))
		})
		want := reconcile.RunCounts{RowsRegistrations: 7, FindingsNew: 2, FindingsOpen: 2}
		if got := l.current().Counts; got != want {
			t.Errorf("the run's figures are %+v, want %+v", got, want)
		}
		open, err := l.Discrepancies(t.Context(), planID, postgres.Filter{Status: reconcile.StatusOpen})
		if err != nil || len(open) != 2 {
			t.Errorf("open: %+v, %v", open, err)
		}
	}
}
