package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"doisoat/reconcile/postgres"
)

type jobRow = rivertype.JobRow

// runArgs are the arguments of a job that belongs to a run.
type runArgs interface {
	river.JobArgs
	runID() int64
	about() slog.Attr
	// done reports whether the ledger has the job's work already. The process
	// that did it may have died before the queue knew.
	done(context.Context, *Pipeline) (bool, error)
}

func (a listArgs) runID() int64      { return a.Run }
func (a pullArgs) runID() int64      { return a.Run }
func (a reconcileArgs) runID() int64 { return a.Run }
func (a publishArgs) runID() int64   { return a.Run }

// What the jobs are about, as the log names it.
func (a listArgs) about() slog.Attr      { return slog.String("source", a.Source) }
func (a pullArgs) about() slog.Attr      { return slog.String("source", a.Item.Source) }
func (a reconcileArgs) about() slog.Attr { return slog.String("plan", a.Plan) }
func (a publishArgs) about() slog.Attr   { return slog.String("target", a.Target) }

func (a listArgs) done(ctx context.Context, p *Pipeline) (bool, error) {
	return p.cfg.Store.ItemDone(ctx, a.Plan, a.Run, stagePull, listKey(a.Source))
}

func (a pullArgs) done(ctx context.Context, p *Pipeline) (bool, error) {
	return p.cfg.Store.ItemDone(ctx, a.Plan, a.Run, stagePull, a.Item.Source)
}

func (a reconcileArgs) done(ctx context.Context, p *Pipeline) (bool, error) {
	return p.cfg.Store.StageBegun(ctx, a.Plan, a.Run, stagePublish)
}

func (a publishArgs) done(ctx context.Context, p *Pipeline) (bool, error) {
	return p.cfg.Store.ItemDone(ctx, a.Plan, a.Run, stagePublish, a.Target)
}

// worker works one kind of job. It keeps the run's heartbeat going, drops jobs
// of a run that is over, and makes sure that a job which fails for good still
// ends its stage, so that no run hangs.
type worker[T runArgs] struct {
	river.WorkerDefaults[T]
	p    *Pipeline
	work func(context.Context, T) error
	// lost records that the job failed for good and ends its stage.
	lost func(context.Context, T, error) error
}

// errRunOver cancels jobs that a killed or stopped run left behind.
var errRunOver = errors.New("the run that queued the job is over")

// Work is called by River.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	running, err := w.p.cfg.Store.RunActive(ctx, w.p.cfg.Plan.ID, job.Args.runID())
	if err != nil {
		return fmt.Errorf("look up the run: %w", err)
	}
	if !running {
		return river.JobCancel(errRunOver)
	}
	if done, err := job.Args.done(ctx, w.p); err != nil || done {
		return err
	}
	ctx = withClaim(ctx, job.JobRow)
	ctx = aboutJob(ctx, slog.String("kind", job.Kind), slog.Int64("run", job.Args.runID()), job.Args.about())
	if lostOver(job.JobRow) >= maxLost {
		err = errLost
	} else {
		err = w.attempt(ctx, job)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNotMine): // snoozing changes nothing of a job that is closed
		w.p.cfg.Log.WarnContext(ctx, "late: the job was given to another process")
		return river.JobSnooze(time.Second)
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return river.JobSnooze(0) // stopped from outside: no attempt is lost
	case errors.Is(err, postgres.ErrFull):
		return w.noRoom(ctx, job.Args, err)
	case job.Attempt < job.MaxAttempts && !errors.Is(err, errLost) && !googleGaveUp(err):
		w.p.cfg.Log.InfoContext(ctx, "job failed, to be tried again", "error", err)
		return err
	}
	if mine := w.p.stillMine(ctx); mine != nil {
		return mine
	}
	w.p.cfg.Log.ErrorContext(ctx, "job failed for good", "error", err)
	return w.lost(ctx, job.Args, err)
}

// noRoom ends the run: the database has no room, which is nobody's document's
// fault. When not even that can be stored, the job is tried again.
func (w *worker[T]) noRoom(ctx context.Context, args T, cause error) error {
	if mine := w.p.stillMine(ctx); mine != nil {
		return mine
	}
	w.p.cfg.Log.ErrorContext(ctx, "the database has no room left", "error", cause)
	return w.p.fail(ctx, args.runID(), reasonOf(cause))
}

// attempt works the job once, under the run's heartbeat.
func (w *worker[T]) attempt(ctx context.Context, job *river.Job[T]) error {
	stop := w.p.heartbeat(ctx, job.Args.runID())
	defer stop()
	began := time.Now()
	err := w.guarded(ctx, job.Args)
	w.p.nudge()
	w.p.cfg.Observe(Job{Kind: job.Kind, Took: time.Since(began), Err: err})
	return err
}

// lostOver is how many processes were lost over the job.
func lostOver(job *jobRow) int {
	var metadata struct {
		Lost int `json:"doisoat_lost"` // lostMark
	}
	if err := json.Unmarshal(job.Metadata, &metadata); err != nil {
		return 0 // none of ours
	}
	return metadata.Lost
}

// guarded turns a panic into an error that names the job, so that one bad
// document cannot take the process down.
func (w *worker[T]) guarded(ctx context.Context, args T) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %w: %v\n%s", args.Kind(), errPanic, r, debug.Stack())
		}
	}()
	return w.work(ctx, args)
}

var errPanic = errors.New("a fault in the program")

// heartbeatEvery is well below the time after which the store takes a run
// without a heartbeat for dead.
const heartbeatEvery = 10 * time.Second

// heartbeat marks the run as alive until the returned function is called. Most
// jobs are over sooner than another sign of life is due.
func (p *Pipeline) heartbeat(ctx context.Context, run int64) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(heartbeatEvery)
		defer tick.Stop()
		for {
			p.touch(ctx, run)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return func() { cancel(); <-done }
}

// touched is the last sign of life that this process gave of a run.
type touched struct {
	mu  sync.Mutex
	run int64
	at  time.Time
}

func (t *touched) lately(run int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.run == run && time.Since(t.at) < heartbeatEvery/2
}

func (t *touched) note(run int64, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.run, t.at = run, at
}

// touch gives the run's sign of life, unless this process has just done so: jobs
// that each gave their own would wait for each other, all of them for one row.
func (p *Pipeline) touch(ctx context.Context, run int64) {
	if p.touched.lately(run) {
		return
	}
	began := time.Now()
	err := p.cfg.Store.TouchRun(ctx, p.cfg.Plan.ID, run, p.now())
	switch {
	case err == nil:
		p.touched.note(run, began)
	case ctx.Err() == nil:
		p.cfg.Log.WarnContext(ctx, "heartbeat", "run", run, "error", err)
	}
}

// workers registers every kind of job.
func (p *Pipeline) workers() *river.Workers {
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker[listArgs]{p: p, work: p.list, lost: p.listLost})
	river.AddWorker(workers, &worker[pullArgs]{p: p, work: p.pull, lost: p.pullLost})
	river.AddWorker(workers, &worker[reconcileArgs]{p: p, work: p.reconcile, lost: p.reconcileLost})
	river.AddWorker(workers, &worker[publishArgs]{p: p, work: p.publish, lost: p.publishLost})
	river.AddWorker(workers, &nightlyWorker{p: p})
	river.AddWorker(workers, &sentWorker{p: p})
	return workers
}
