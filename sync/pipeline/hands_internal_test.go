package pipeline

import (
	"context"
	"testing"
	"time"

	"doisoat/reconcile/postgres"
)

// A job whose handing over was lost, because the server broke down before it
// could answer, is marked as this process's and worked by nobody. It is found
// and worked; the one that is really being worked is left alone.
func TestStrayJobIsWorked(t *testing.T) {
	t.Parallel()
	n := newNation(t, 1, 40)
	p := n.pipelines[0]
	n.times.reset()
	p.cfg.Reports = t.TempDir()
	p.cfg.Silence = 600 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Serve(ctx, Duties{Work: true}) }()

	var stray int64
	err := n.store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		result, err := p.client.InsertTx(ctx, tx, nightlyArgs{Plan: p.cfg.Plan.ID, Trigger: triggerManual}, p.insertOpts())
		if err != nil {
			return err
		}
		stray = result.Job.ID
		_, err = tx.Exec(ctx, `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = ARRAY[$2], attempted_at = now() WHERE id = $1`,
			stray, p.presence.Name())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		runs, err := n.store.Runs(t.Context(), p.cfg.Plan.ID, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(runs) == 1 && !runs[0].Finished.IsZero() {
			break
		}
		if len(runs) > 1 || time.Now().After(deadline) {
			t.Fatalf("the stray job made %d runs, want one that ends", len(runs))
		}
		time.Sleep(20 * time.Millisecond)
	}
	var state string
	if err := n.store.Pool().QueryRow(t.Context(), `SELECT state FROM river_job WHERE id = $1`, stray).Scan(&state); err != nil || state != "cancelled" {
		t.Errorf("the stray's own line is %s, %v, want cancelled", state, err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestHands(t *testing.T) {
	t.Parallel()
	h := newHands()
	work := h.middleware()
	err := work(t.Context(), &jobRow{ID: 7}, func(context.Context) error {
		if got := h.holds(time.Hour); len(got) != 1 || got[0] != 7 {
			t.Errorf("while it is worked, the hands hold %v", got)
		}
		return nil
	})
	if got := h.holds(time.Hour); err != nil || len(got) != 1 {
		t.Errorf("right after it ended, the hands hold %v, %v", got, err)
	}
	if got := h.holds(0); len(got) != 0 {
		t.Errorf("long after it ended, the hands hold %v", got)
	}
}
