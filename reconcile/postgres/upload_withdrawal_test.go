package postgres_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// TestUploadsAreWithdrawn: from the last one backwards, once, and each waits for
// the next run.
func TestUploadsAreWithdrawn(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	first := l.draft(an, "a.xlsx", "một", day(2))
	if _, err := l.send(an, first, 0, day(2)); err != nil {
		t.Fatal(err)
	}
	second := l.draft(an, "a.xlsx", "hai", day(2))
	if _, err := l.send(an, second, first, day(2)); err != nil {
		t.Fatal(err)
	}
	kept := l.draft(an, "b.xlsx", "ba", day(2))
	for _, step := range []struct {
		id   int64
		done bool
	}{{first, false}, {kept, false}, {second, true}, {second, false}, {first, true}} {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			done, err := l.WithdrawUpload(ctx, tx, planID, step.id, an, day(3))
			if done != step.done {
				t.Errorf("withdrawing %d: %v", step.id, done)
			}
			return err
		})
	}
	wait := func() bool {
		t.Helper()
		wait, err := l.WithdrawalsWait(t.Context(), planID)
		if err != nil {
			t.Fatal(err)
		}
		return wait
	}
	if !wait() {
		t.Error("no run is to leave them out")
	}
	l.in(func(ctx context.Context, tx postgres.Tx) error { return l.TakeWithdrawals(ctx, tx, planID, l.run) })
	withdrawn, err := l.UploadWithdrawals(t.Context(), planID)
	if err != nil || wait() || len(withdrawn) != 2 {
		t.Fatalf("withdrawn: %+v, %v", withdrawn, err)
	}
	if w := withdrawn[second]; w.By != an || !w.At.Equal(day(3)) || w.Run != reconcile.RunRunning {
		t.Errorf("withdrawn: %+v", w)
	}
}
