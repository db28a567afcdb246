package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"doisoat/reconcile/postgres"
)

// hands knows which jobs this process is working. The queue gives a job to a
// process by marking it in the database and answering with it; when the answer
// is lost, because the server broke down in between, the job is marked as
// running and nobody works it. So it is when the mark that it ended is lost.
type hands struct {
	mu    sync.Mutex
	busy  map[int64]struct{}
	ended map[int64]time.Time
}

func newHands() *hands {
	return &hands{busy: make(map[int64]struct{}), ended: make(map[int64]time.Time)}
}

// middleware notes the begin and the end of each job's work.
func (h *hands) middleware() river.WorkerMiddlewareFunc {
	return func(ctx context.Context, job *jobRow, work func(context.Context) error) error {
		h.mu.Lock()
		h.busy[job.ID] = struct{}{}
		h.mu.Unlock()
		defer func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			delete(h.busy, job.ID)
			h.ended[job.ID] = time.Now()
		}()
		return work(ctx)
	}
}

// holds lists the jobs that are worked now, or whose end may not have been
// marked yet.
func (h *hands) holds(within time.Duration) []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.DeleteFunc(h.ended, func(_ int64, at time.Time) bool { return time.Since(at) > within })
	held := []int64{} // never nil: to the database that is unknown, not nothing
	held = slices.AppendSeq(held, maps.Keys(h.busy))
	return slices.AppendSeq(held, maps.Keys(h.ended))
}

// takeStrays makes the jobs available again that are this process's by their
// mark alone.
func (p *Pipeline) takeStrays(ctx context.Context) error {
	held := p.hands.holds(p.cfg.Silence)
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		var strays []int64
		err := tx.QueryRow(ctx, `
			SELECT coalesce(array_agg(id), '{}') FROM river_job
			WHERE state = 'running' AND queue = $1 AND attempted_by[cardinality(attempted_by)] = $2 AND id <> ALL($3)
				AND attempted_at < clock_timestamp() - make_interval(secs => $4)`,
			queueOf(p.cfg.Plan.ID), p.presence.Name(), held, p.cfg.Silence.Seconds()).Scan(&strays)
		if err != nil {
			return fmt.Errorf("look for jobs that nobody works: %w", err)
		}
		if len(strays) == 0 {
			return nil
		}
		if _, _, err := p.requeue(ctx, tx, strays, 0); err != nil {
			return err
		}
		p.cfg.Log.WarnContext(ctx, "queued jobs again that nobody worked", "jobs", len(strays))
		return nil
	})
}
