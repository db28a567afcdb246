package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// pollEvery is how often a waiting run looks into the ledger for what other
// processes have done.
const pollEvery = 100 * time.Millisecond

// outage is how long a waiting run bears a database that does not answer.
const outage = 15 * time.Second

// Run starts a run, works its jobs in this process and waits for its end. A
// cancelled context lets the jobs that are under way finish and ends the run
// as stopped; what they stored stays.
func (p *Pipeline) Run(ctx context.Context, trigger string) (reconcile.Run, error) {
	refusals := p.cfg.Store.Refusals()
	var hold *postgres.Hold
	defer func() { hold.Release(ctx) }()
	id, err := p.begin(ctx, trigger, func(ctx context.Context, tx postgres.Tx, run int64) (err error) {
		hold, err = p.cfg.Store.HoldRun(ctx, tx, p.cfg.Plan.ID, run)
		return err
	})
	if err != nil {
		return reconcile.Run{}, err
	}
	if err := p.startWorkers(ctx); err != nil {
		return p.interrupted(ctx, id, err)
	}
	run, err := p.wait(ctx, id, refusals)
	if errors.Is(err, postgres.ErrUnavailable) || p.cfg.Store.Refusals() > refusals {
		p.cancelWorkers(giveUpAfter) // they have borne the outage as long as we have
	} else {
		p.stopWorkers()
	}
	if err != nil {
		return p.interrupted(ctx, id, err)
	}
	return run, nil
}

// wait returns the run's line of the ledger once it has ended. A run whose
// database has no room left would not end: even what became of its jobs cannot
// be stored; refusals is how often it had said so before.
func (p *Pipeline) wait(ctx context.Context, id, refusals int64) (reconcile.Run, error) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	answered := p.cfg.Now()
	for {
		run, err := p.cfg.Store.Run(ctx, p.cfg.Plan.ID, id)
		switch {
		case err == nil && !run.Finished.IsZero():
			return run, nil
		case p.cfg.Store.Refusals() > refusals:
			return reconcile.Run{}, fmt.Errorf("lần chạy %d: %w", id, postgres.ErrFull)
		case err == nil:
			answered = p.cfg.Now()
		case ctx.Err() != nil:
			return reconcile.Run{}, ctx.Err()
		case !errors.Is(err, postgres.ErrUnavailable) || p.cfg.Now().Sub(answered) > outage:
			return reconcile.Run{}, err
		}
		select {
		case <-ctx.Done():
			return reconcile.Run{}, ctx.Err()
		case <-p.ended:
		case <-tick.C:
		}
	}
}

// nudge lets a run that is waited for look whether it is over: a job of this
// process has ended, and any may be the last.
func (p *Pipeline) nudge() {
	select {
	case p.ended <- struct{}{}:
	default: // it will look, or nobody waits
	}
}

// interrupted ends the run in the ledger, as far as the database can be
// reached, and returns the cause.
func (p *Pipeline) interrupted(ctx context.Context, id int64, cause error) (reconcile.Run, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopAfter)
	defer cancel()
	if err := p.fail(ctx, id, reasonOf(cause)); err != nil {
		return reconcile.Run{}, errors.Join(cause, err)
	}
	run, err := p.cfg.Store.Run(ctx, p.cfg.Plan.ID, id)
	return run, errors.Join(cause, err)
}

// startWorkers starts to work jobs. They do not inherit ctx's cancellation:
// they are stopped softly. The queue's own error does not tell a database that
// is away from other faults.
func (p *Pipeline) startWorkers(ctx context.Context) error {
	if err := p.CheckShared(ctx); err != nil {
		return err
	}
	leave, err := p.present(ctx)
	if err != nil {
		return fmt.Errorf("start the workers: %w", err)
	}
	if err := p.client.Start(context.WithoutCancel(ctx)); err != nil {
		leave()
		return fmt.Errorf("start the workers: %w", errors.Join(p.Healthy(ctx), err))
	}
	p.working.Store(true)
	p.leave = leave
	return nil
}

// stopAfter is how long jobs under way may take to finish when the process is
// told to stop; then they are cancelled.
const stopAfter = 20 * time.Second

// stopWorkers stops in two steps: first no new jobs, then, when those under
// way take too long, cancellation.
func (p *Pipeline) stopWorkers() {
	p.working.Store(false)
	soft, cancel := context.WithTimeout(context.Background(), stopAfter)
	defer cancel()
	if err := p.client.Stop(soft); err == nil {
		p.leave()
		return
	}
	p.cancelWorkers(stopAfter)
}

// giveUpAfter is how long jobs may take to end once their database is gone.
const giveUpAfter = 3 * time.Second

// cancelWorkers cancels the jobs under way and waits for their end. Those that
// do not end are for other processes to take over.
func (p *Pipeline) cancelWorkers(patience time.Duration) {
	p.working.Store(false)
	defer func() { p.leave() }()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := p.client.StopAndCancel(ctx); err != nil {
		p.cfg.Log.Error("the workers did not stop in time", "error", err)
	}
}
