package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile/postgres"
)

// What somebody who watches the service from outside asks.

// ErrNoWorkers says that this process works no jobs: it has not begun yet, or
// is about to stop.
var ErrNoWorkers = errors.New("the workers of this process are not up")

// Ready reports whether this process can do its work: the database is there,
// with the tables of this program, and the workers are up.
func (p *Pipeline) Ready(ctx context.Context) error {
	if err := p.cfg.Store.Current(ctx); err != nil {
		return err
	}
	if !p.working.Load() {
		return ErrNoWorkers
	}
	return nil
}

// Tally is how the plan's runs went since the beginning.
func (p *Pipeline) Tally(ctx context.Context) (postgres.RunTally, error) {
	return p.cfg.Store.TallyRuns(ctx, p.cfg.Plan.ID)
}

// QueuedJobs are the jobs of one kind and state that are not done.
type QueuedJobs struct {
	Kind  string // list, pull, reconcile, publish, nightly
	State string // as the queue names it: available, running, retryable, scheduled
	Count int
	// Oldest is how long the one that has waited longest could have been
	// worked, 0 for jobs whose time has not come.
	Oldest time.Duration
}

// Queue tells what is left to do for the plan, whoever does it.
func (p *Pipeline) Queue(ctx context.Context) ([]QueuedJobs, error) {
	rows, err := p.cfg.Store.Pool().Query(ctx, `
		SELECT kind, state::text, count(*)::int, greatest(0, extract(epoch FROM now() - min(scheduled_at)))::float8
		FROM river_job
		WHERE queue = $1 AND state IN ('available', 'pending', 'retryable', 'running', 'scheduled')
		GROUP BY kind, state ORDER BY kind, state`, queueOf(p.cfg.Plan.ID))
	if err != nil {
		return nil, fmt.Errorf("look into the job queue: %w", err)
	}
	defer rows.Close()
	var all []QueuedJobs
	for rows.Next() {
		var j QueuedJobs
		var seconds float64
		if err := rows.Scan(&j.Kind, &j.State, &j.Count, &seconds); err != nil {
			return nil, fmt.Errorf("look into the job queue: %w", err)
		}
		j.Oldest = time.Duration(seconds * float64(time.Second))
		all = append(all, j)
	}
	return all, rows.Err()
}

// Patience is how long after it fell due a run may take to reach its end before
// it counts as overdue.
const Patience = 2 * time.Hour

// Overdue is the moment at which a run fell due that has not been worked to its
// end although there was time, zero when there is none. Last tells the latest
// moment up to another at which one was due; since is from when on there was
// somebody to work it.
func Overdue(tally postgres.RunTally, last func(time.Time) time.Time, since, now time.Time) time.Time {
	due := last(now.Add(-Patience))
	if due.IsZero() || !tally.GoodBegan.Before(due) || now.Sub(since) < Patience {
		return time.Time{}
	}
	return due
}
