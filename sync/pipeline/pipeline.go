package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
	"doisoat/sync/google"
	"doisoat/sync/pull"
	"doisoat/sync/understand"
)

// Config is everything that a pipeline needs; all of it is handed in.
type Config struct {
	Store    *postgres.Store
	Plan     *reconcile.Plan
	Register *reconcile.Register
	Reader   *understand.Reader
	Rules    []rule.Rule
	Grades   map[string]string // rule ID → off, error, warning, info
	// GradeReasons are the office's reasons for them, as reports quote them.
	GradeReasons map[string]string
	Deadline     reconcile.Date // zero when there is none

	// Sources hold registrations; Inputs hold allocations, estimates and
	// results. Both are read the same way. Answers is the reports folder,
	// where staff may have written into their copies.
	Sources []pull.Source
	Inputs  []pull.Source
	Answers pull.Source
	// Allocations and Estimates are given in YAML, besides those in sheets.
	Allocations []reconcile.Allocation
	Estimates   []reconcile.EstimateLine
	// Guard bounds what may vanish from a source unasked; zero is
	// rule.DefaultGuard's.
	Guard rule.Guard
	// Norms are the province's, given in YAML, and the central ones.
	Norms []reconcile.Norm

	Reports string // the reports folder
	// Office is the office's spreadsheet of reports on Google as a source of
	// decisions, and OfficeSheet its id; nil and "" where there is none.
	Office      pull.Source
	OfficeSheet string
	// CellNotes: cells of agencies' Google spreadsheets get notes.
	CellNotes bool
	// Google gives the client of the Google sources; it may be nil when there
	// are none.
	Google func(context.Context) (*google.Client, error)

	Location *time.Location
	Now      func() time.Time
	Log      *slog.Logger
	Workers  int // jobs worked at once; 0 means 4
	// Silence is after how long without a sign of life a process that works
	// jobs counts as dead; 0 means 12 seconds.
	Silence time.Duration
	// Progress is told of each document and stage as it ends; it may be nil
	// and must not block.
	Progress func(Event)
	// Observe is told of each job as it ends, for measuring; it may be nil and
	// must not block.
	Observe func(Job)
}

// Job is one piece of work that ended.
type Job struct {
	Kind string // list, pull, reconcile, publish
	Took time.Duration
	Err  error // nil when it succeeded; it may be tried again
}

// Event is one step of a run, for progress on a screen.
type Event struct {
	Run     int64
	Stage   string // list, pull, reconcile, publish
	Subject string // the file, agency or source
	Status  reconcile.SourceStatus
	Total   int // documents that the stage will have, 0 when not yet known
	Detail  string
}

// Pipeline works the jobs of one plan.
type Pipeline struct {
	cfg    Config
	client *river.Client[postgres.Tx]
	// working: the workers are up, or this process is to work no jobs.
	working atomic.Bool
	// presence tells other processes that this one works jobs; leave ends it.
	presence *postgres.Presence
	hands    *hands
	// ended wakes the run that is waited for.
	ended chan struct{}
	leave func()

	mu       sync.Mutex
	snapshot *snapshot // of the last reconciled run, shared by its publish jobs
	// reconciledIn is what the run reconciled was made from, until its reports
	// take it over.
	reconciled   int64
	reconciledIn *rule.Input
	// settingsDigest is of the configuration and the program, made once.
	settingsDigest []byte
	touched        touched
}

// New brings the job tables up to date and returns a pipeline that works
// nothing yet. It fails with a *postgres.FolderError when the reports folder is
// another plan's.
func New(ctx context.Context, cfg Config) (*Pipeline, error) {
	if cfg.Workers == 0 {
		cfg.Workers = 4
	}
	if cfg.Silence == 0 {
		cfg.Silence = defaultSilence
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Event) {}
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Job) {}
	}
	cfg.Log = slog.New(jobLog{cfg.Log.Handler()})
	p := &Pipeline{cfg: cfg, presence: cfg.Store.NewPresence(cfg.Plan.ID), hands: newHands(), ended: make(chan struct{}, 1), leave: func() {}}
	if err := Migrate(ctx, cfg.Store, cfg.Log); err != nil {
		return nil, err
	}
	if err := p.claimReports(ctx); err != nil {
		return nil, err
	}
	queue, err := p.riverConfig(ctx)
	if err != nil {
		return nil, err
	}
	client, err := river.NewClient(riverpgxv5.New(cfg.Store.Pool()), queue)
	if err != nil {
		return nil, fmt.Errorf("set up the job queue: %w", err)
	}
	p.client = client
	return p, nil
}

// claimReports keeps two plans from writing into one folder.
func (p *Pipeline) claimReports(ctx context.Context) error {
	if p.cfg.Reports == "" {
		return nil
	}
	folder, err := filepath.Abs(p.cfg.Reports)
	if err != nil {
		return fmt.Errorf("reports folder %s: %w", p.cfg.Reports, err)
	}
	host, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("name of this machine: %w", err)
	}
	return p.cfg.Store.ClaimReports(ctx, p.cfg.Plan.ID, host, filepath.Clean(folder))
}

// Migrate brings the job queue's own tables up to date, under a lock that keeps
// two processes that start at once from doing it together.
func Migrate(ctx context.Context, store *postgres.Store, log *slog.Logger) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(store.Pool()), &rivermigrate.Config{Logger: log})
	if err != nil {
		return fmt.Errorf("set up the job queue's tables: %w", err)
	}
	return store.WithLock(ctx, "river-migrate", func(ctx context.Context) error {
		if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
			return fmt.Errorf("create the job queue's tables: %w", err)
		}
		return nil
	})
}

func (p *Pipeline) riverConfig(ctx context.Context) (*river.Config, error) {
	indexes, err := p.rebuilt(ctx)
	if err != nil {
		return nil, err
	}
	return &river.Config{
		ReindexerIndexNames:  indexes,
		ID:                   p.presence.Name(),
		Middleware:           []rivertype.Middleware{p.hands.middleware()},
		Logger:               slog.New(newCalmLog(p.cfg.Log.Handler())),
		Workers:              p.workers(),
		Queues:               map[string]river.QueueConfig{queueOf(p.cfg.Plan.ID): {MaxWorkers: p.cfg.Workers}},
		FetchCooldown:        5 * time.Millisecond, // a small document takes little longer
		FetchPollInterval:    500 * time.Millisecond,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: jobTimeout + time.Minute,
		MaxAttempts:          attempts,
		RetryPolicy:          retryPolicy{},
	}, nil
}

// rebuilt are the indexes that the queue rebuilds each night. Only the tables'
// owner can; under the service's own account each would be a nightly error, and
// the server's own housekeeping has to do.
func (p *Pipeline) rebuilt(ctx context.Context) ([]string, error) {
	owner, err := p.cfg.Store.Owns(ctx, "river_job")
	if err != nil || owner {
		return river.ReindexerIndexNamesDefault(), err
	}
	return []string{}, nil // none; nil would be all
}

// jobTimeout bounds one job; the largest document that the limits allow takes
// a small part of it.
const jobTimeout = 10 * time.Minute

// retryPolicy tries again soon: a run is waiting, and what fails three times
// is recorded and left to the next run.
type retryPolicy struct{}

func (retryPolicy) NextRetry(job *jobRow) time.Time {
	return time.Now().Add(time.Duration(1<<job.Attempt) * time.Second)
}

func (p *Pipeline) now() time.Time { return p.cfg.Now().In(p.cfg.Location) }

func (p *Pipeline) today() reconcile.Date { return reconcile.DateOf(p.now()) }

// sources are all configured sources, the answers last.
func (p *Pipeline) sources() []pull.Source {
	all := append(append([]pull.Source{}, p.cfg.Sources...), p.cfg.Inputs...)
	for _, answers := range []pull.Source{p.cfg.Answers, p.cfg.Office} {
		if answers != nil {
			all = append(all, answers)
		}
	}
	return all
}

func (p *Pipeline) source(id string) (pull.Source, bool) {
	for _, s := range p.sources() {
		if s.ID() == id {
			return s, true
		}
	}
	return nil, false
}
