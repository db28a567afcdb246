package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile/postgres"
)

// A process that works jobs gives a sign of life every quarter of the silence
// after which the others take it for dead. Whoever lives then gives its jobs to
// all: a killed worker's jobs are picked up within one and a half silences,
// which is 18 seconds.
const defaultSilence = 12 * time.Second

func (p *Pipeline) beatEvery() time.Duration { return p.cfg.Silence / 4 }

// present gives the sign of life and looks for processes that give none, until
// the returned function is called.
func (p *Pipeline) present(ctx context.Context) (leave func(), err error) {
	// The first one comes before the first job: a running job of nobody is lost.
	if err := p.presence.Beat(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.beat(ctx)
	}()
	return func() {
		cancel()
		<-done
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveUpAfter)
		defer cancel()
		if err := p.presence.Leave(ctx); err != nil {
			p.cfg.Log.WarnContext(ctx, "leave", "error", err)
		}
	}, nil
}

// beat judges others only after a silence in which its own signs of life all
// arrived: when the database was away, everybody was silent.
func (p *Pipeline) beat(ctx context.Context) {
	tick := time.NewTicker(p.beatEvery())
	defer tick.Stop()
	since, last := time.Now(), time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		beatCtx, cancel := context.WithTimeout(ctx, p.beatEvery())
		err := p.presence.Beat(beatCtx)
		cancel()
		if now := time.Now(); err != nil || now.Sub(last) > p.cfg.Silence/2 {
			since, last = now, now
		} else {
			last = now
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			p.cfg.Log.WarnContext(ctx, "sign of life", "error", err)
			continue
		case time.Since(since) < p.cfg.Silence:
			continue
		}
		if err := p.takeOver(ctx); err != nil && ctx.Err() == nil {
			p.cfg.Log.WarnContext(ctx, "take over the jobs of lost processes", "error", err)
		}
		if err := p.takeStrays(ctx); err != nil && ctx.Err() == nil {
			p.cfg.Log.WarnContext(ctx, "take back jobs that nobody works", "error", err)
		}
	}
}

// takeOver makes the running jobs of processes that are lost available to all.
// Their connections are ended first, so that nothing which they had under way
// can still be stored, and no lock of theirs is in the way.
func (p *Pipeline) takeOver(ctx context.Context) error {
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		alive, busy, err := p.cfg.Store.LoseWorkers(ctx, tx, p.cfg.Plan.ID, p.cfg.Silence)
		if err != nil || busy {
			return err
		}
		lost, err := p.abandoned(ctx, tx, alive)
		if err != nil || len(lost) == 0 {
			return err
		}
		if err := p.cfg.Store.CutOff(ctx, tx, lost); err != nil {
			return err
		}
		jobs, err := p.jobsOf(ctx, tx, lost)
		if err != nil {
			return err
		}
		runs, taken, err := p.requeue(ctx, tx, jobs, 1)
		if err != nil {
			return err
		}
		p.cfg.Log.WarnContext(ctx, "took over the jobs of lost processes", "processes", lost, "jobs", taken, "runs", runs)
		return p.cfg.Store.AdoptRuns(ctx, tx, p.cfg.Plan.ID, runs, p.now())
	})
}

// abandoned names the processes that have running jobs and are not alive.
func (p *Pipeline) abandoned(ctx context.Context, tx postgres.Tx, alive []string) ([]string, error) {
	var lost []string
	err := tx.QueryRow(ctx, `
		SELECT coalesce(array_agg(DISTINCT attempted_by[cardinality(attempted_by)]), '{}') FROM river_job
		WHERE state = 'running' AND queue = $1 AND attempted_by[cardinality(attempted_by)] <> ALL($2)`,
		queueOf(p.cfg.Plan.ID), alive).Scan(&lost)
	if err != nil {
		return nil, fmt.Errorf("look for jobs of lost processes: %w", err)
	}
	return lost, nil
}

// jobsOf are the running jobs of these processes. Their lines are locked: none
// of them ends, or changes hands, before the transaction does.
func (p *Pipeline) jobsOf(ctx context.Context, tx postgres.Tx, processes []string) ([]int64, error) {
	var jobs []int64
	err := tx.QueryRow(ctx, `
		WITH held AS (
			SELECT id FROM river_job
			WHERE state = 'running' AND queue = $1 AND attempted_by[cardinality(attempted_by)] = ANY($2)
			ORDER BY id FOR UPDATE
		)
		SELECT coalesce(array_agg(id), '{}') FROM held`, queueOf(p.cfg.Plan.ID), processes).Scan(&jobs)
	if err != nil {
		return nil, fmt.Errorf("look for jobs of lost processes: %w", err)
	}
	return jobs, nil
}

// requeue replaces running jobs by copies; lost is how many processes
// were lost over each of them. The old line is closed, not given a second attempt: the queue lets whoever was working a
// job end its line, and the one that only seemed dead must not end a line which
// another is working on.
func (p *Pipeline) requeue(ctx context.Context, tx postgres.Tx, jobs []int64, lost int) (runs []int64, taken int, err error) {
	err = tx.QueryRow(ctx, `
		WITH closed AS (
			UPDATE river_job SET state = 'cancelled', finalized_at = clock_timestamp()
			WHERE id = ANY($1) AND state = 'running'
			RETURNING *
		), copied AS (
			INSERT INTO river_job (state, max_attempts, priority, args, kind, metadata, queue, tags, unique_key, unique_states)
			SELECT 'available', max_attempts, priority, args, kind,
				metadata || jsonb_build_object('`+lostMark+`', coalesce((metadata->>'`+lostMark+`')::int, 0) + $2::int),
				queue, tags, unique_key, unique_states
			FROM closed
		)
		SELECT coalesce(array_agg(DISTINCT (args->>'run')::bigint) FILTER (WHERE args ? 'run'), '{}'), count(*) FROM closed`,
		jobs, lost).Scan(&runs, &taken)
	if err != nil {
		return nil, 0, fmt.Errorf("queue jobs again: %w", err)
	}
	return runs, taken, nil
}

// lostMark counts in a job's metadata the processes that were lost over it.
const lostMark = "doisoat_lost"

// maxLost is how many processes may be lost over a job: a document that takes
// the process down, by its hunger for memory say, must not take all of them
// down for ever.
const maxLost = 3

// errLost is the fault of a job over which too many processes were lost.
var errLost = errors.New("the processes that worked the job died")
