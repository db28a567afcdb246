package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/robfig/cron/v3"

	"doisoat/reconcile/postgres"
)

// Schedule is a cron schedule in a time zone.
type Schedule struct {
	cron cron.Schedule
	zone *time.Location
}

// ParseSchedule reads a standard cron expression of five fields.
func ParseSchedule(expression string, zone *time.Location) (Schedule, error) {
	parsed, err := cron.ParseStandard(expression)
	if err != nil {
		return Schedule{}, fmt.Errorf("schedule %q: %w", expression, err)
	}
	return Schedule{cron: parsed, zone: zone}, nil
}

// Next is the first moment after t at which a run is due.
func (s Schedule) Next(t time.Time) time.Time { return s.cron.Next(t.In(s.zone)) }

// missedWithin is how far back a missed run is looked for.
const missedWithin = 8 * 24 * time.Hour

// Last is the latest moment up to t at which a run was due, zero when there
// was none in the last eight days.
func (s Schedule) Last(t time.Time) time.Time {
	var last time.Time
	for due := s.Next(t.Add(-missedWithin)); !due.After(t) && !due.IsZero(); due = s.Next(due) {
		last = due
	}
	return last
}

// Duties are what a service does for the plan; any number of services share
// them, on any number of machines.
type Duties struct {
	// Schedule fires the nightly runs; nil leaves that to other services.
	Schedule *Schedule
	// Work works the jobs.
	Work bool
}

// Serve does its duties until ctx is cancelled; then it stops in two steps. A
// night that was missed while no process was up is caught up once.
func (p *Pipeline) Serve(ctx context.Context, duties Duties) error {
	if duties.Work {
		if err := p.onceReachable(ctx, p.startWorkers); err != nil {
			return ended(ctx, err)
		}
		defer p.stopWorkers()
	} else {
		p.working.Store(true)
		defer p.working.Store(false)
	}
	if duties.Schedule == nil {
		<-ctx.Done()
		return nil
	}
	return p.keepSchedule(ctx, *duties.Schedule)
}

func (p *Pipeline) keepSchedule(ctx context.Context, schedule Schedule) error {
	next := schedule.Next(p.now())
	err := p.onceReachable(ctx, func(ctx context.Context) error { return p.catchUp(ctx, schedule) })
	if err == nil {
		err = p.fire(ctx, schedule, next)
	}
	return ended(ctx, err)
}

// ended is the outcome of a service: to be told to stop is no failure, whatever
// step of the start it broke off.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// fire queues the runs that fall due from next on. Each scheduler of the plan
// does so, and the job is unique: the database elects, night by night, the one
// whose job it takes, and no night depends on a leader that may have died a
// moment before. The queue's own periodic jobs would not do: one process fires
// them for the whole database, and knows only its own plan's.
func (p *Pipeline) fire(ctx context.Context, schedule Schedule, next time.Time) error {
	for due := next; !due.IsZero(); due = schedule.Next(due) {
		if !p.waitUntil(ctx, due) {
			return nil
		}
		if err := p.onceReachable(ctx, func(ctx context.Context) error { return p.queueNightly(ctx, due) }); err != nil {
			return err
		}
	}
	<-ctx.Done() // a schedule that never comes due again
	return nil
}

// lookAgain is how often the clock is looked at while the next run is awaited:
// it may be put forward, and the machine may have slept.
const lookAgain = 30 * time.Second

// waitUntil reports whether the moment came before ctx was done.
func (p *Pipeline) waitUntil(ctx context.Context, due time.Time) bool {
	for {
		left := due.Sub(p.now())
		if left <= 0 {
			return ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(min(left, lookAgain)):
		}
	}
}

// onceReachable repeats a step of the start while the database is away: later,
// the service outlives a restart of the database as well. A step that was not
// done when ctx ended is an error.
func (p *Pipeline) onceReachable(ctx context.Context, step func(context.Context) error) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		err := step(ctx)
		if !errors.Is(err, postgres.ErrUnavailable) {
			return err
		}
		p.cfg.Log.WarnContext(ctx, "the database is away", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// nightly is the job of the run that was due at the given moment. Two
// processes, or the schedule and the catching-up, queue it only once.
func (p *Pipeline) nightly(due time.Time) (nightlyArgs, *river.InsertOpts) {
	opts := p.insertOpts()
	opts.UniqueOpts = river.UniqueOpts{ByArgs: true}
	return nightlyArgs{Plan: p.cfg.Plan.ID, Due: due.UTC()}, opts
}

// catchUp queues the last due run when no run has started since.
func (p *Pipeline) catchUp(ctx context.Context, schedule Schedule) error {
	due := schedule.Last(p.now())
	if due.IsZero() {
		return nil
	}
	runs, err := p.cfg.Store.Runs(ctx, p.cfg.Plan.ID, 1)
	if err != nil {
		return err
	}
	if len(runs) > 0 && !runs[0].Started.Before(due) {
		return nil
	}
	return p.queueNightly(ctx, due)
}

// queueNightly queues the run that was due at the moment, unless it was queued
// already.
func (p *Pipeline) queueNightly(ctx context.Context, due time.Time) error {
	args, opts := p.nightly(due)
	if _, err := p.client.Insert(ctx, args, opts); err != nil {
		return fmt.Errorf("queue the run due at %s: %w", due.Format(time.DateTime), errors.Join(p.Healthy(ctx), err))
	}
	return nil
}

// nightlyWorker starts the scheduled run. While another run of the plan is
// under way it waits: a run never overlaps with itself.
type nightlyWorker struct {
	river.WorkerDefaults[nightlyArgs]
	p *Pipeline
}

// Work is called by River.
func (w *nightlyWorker) Work(ctx context.Context, job *river.Job[nightlyArgs]) error {
	ctx = withClaim(ctx, job.JobRow)
	run, err := w.p.begin(ctx, cmp.Or(job.Args.Trigger, triggerSchedule), func(ctx context.Context, tx postgres.Tx, _ int64) error {
		// With the run itself: were the process to die in between, the job would
		// be worked again and start the night a second time.
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
	if _, running := errors.AsType[*postgres.RunningError](err); running {
		return river.JobSnooze(30 * time.Second)
	}
	if errors.Is(err, errNotMine) {
		return river.JobSnooze(time.Second)
	}
	if err != nil {
		return err
	}
	w.p.cfg.Log.InfoContext(ctx, "run started", "run", run)
	return nil
}
