package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// Schedule tells when runs fall due.
type Schedule interface {
	Next(after time.Time) time.Time
	Last(upTo time.Time) time.Time
}

// ledger reads the figures of the newest finished run at each scrape, so that
// they are right whichever process worked the run.
type ledger struct {
	service  *pipeline.Pipeline
	store    *postgres.Store
	plan     string
	schedule Schedule
	now      func() time.Time
	since    time.Time // from when on this process was there
	log      *slog.Logger

	mu sync.Mutex
	// counted is the run whose findings are in byRule: they are counted once a
	// run, for there may be millions.
	counted int64
	byRule  map[ruleCount]int
}

type ruleCount struct{ rule, severity, state string }

// What is read at a scrape.
var (
	ledgerUp     = describe("ledger_up", "1 while the run ledger can be read.")
	lastRun      = describe("last_run_timestamp_seconds", "When the newest finished run ended.", "status")
	lastDuration = describe("last_run_duration_seconds", "How long the newest finished run took.")
	lastSuccess  = describe("last_success_timestamp_seconds", "When the newest run that reached its end did so, sources that could not be read or not.")
	nextRun      = describe("next_run_timestamp_seconds", "When the next run falls due.")
	runOverdue   = describe("run_overdue", "1 when a run that fell due two hours ago or earlier has not reached its end.")
	runsTotal    = describe("runs_total", "Runs that have ended, since the plan's first one.", "outcome")
	findings     = describe("findings", "Findings after the newest finished run.", "state")
	byRule       = describe("rule_findings", "Findings that stand after the newest finished run, by rule.", "rule", "severity", "state")
	rows         = describe("rows", "Rows of all sheets after the newest finished run.", "kind")
	sources      = describe("sources", "Documents of the newest finished run.", "state")
	queued       = describe("jobs", "Jobs that are not done.", "kind", "state")
	oldest       = describe("oldest_job_age_seconds", "How long the job that has waited longest could have been worked.", "kind", "state")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("doisoat_"+name, help, labels, nil)
}

func metrics(o Options) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(o.Watch.collectors()...)
	registry.MustRegister(&ledger{
		service: o.Service, store: o.Store, plan: o.Plan.ID, schedule: o.Schedule, now: o.Now, since: o.Now(), log: o.Log,
	})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// Describe is part of prometheus.Collector.
func (l *ledger) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		ledgerUp, lastRun, lastDuration, lastSuccess, nextRun, runOverdue, runsTotal, findings, byRule, rows, sources, queued, oldest,
	} {
		ch <- d
	}
}

// Collect is part of prometheus.Collector.
func (l *ledger) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if next := l.schedule.Next(l.now()); !next.IsZero() {
		gauge(nextRun, float64(next.Unix()))
	}
	status, err := l.service.Status(ctx)
	if err == nil {
		err = l.collectRuns(ctx, ch, gauge)
	}
	if err == nil {
		err = l.collectQueue(ctx, gauge)
	}
	run, finished := lastFinished(status.Runs)
	if err == nil && finished {
		err = l.collectRules(ctx, run.ID, gauge)
	}
	if err != nil {
		l.log.Warn("metrics", "error", err)
		gauge(ledgerUp, 0)
		return
	}
	gauge(ledgerUp, 1)
	if finished {
		collectRun(run, gauge)
	}
}

type gauges func(d *prometheus.Desc, value float64, labels ...string)

// collectRun is how the newest finished run went.
func collectRun(run reconcile.Run, gauge gauges) {
	gauge(lastRun, float64(run.Finished.Unix()), string(run.Status))
	gauge(lastDuration, run.Finished.Sub(run.Started).Seconds())
	c := run.Counts
	for state, n := range map[string]int{"open": c.FindingsOpen, "new": c.FindingsNew, "gone": c.FindingsGone, "waived": c.FindingsWaived} {
		gauge(findings, float64(n), state)
	}
	for kind, n := range map[string]int{"nonempty": c.RowsNonEmpty, "registrations": c.RowsRegistrations, "not_understood": c.RowsNotUnderstood} {
		gauge(rows, float64(n), kind)
	}
	for state, n := range map[string]int{"read": c.SourcesRead, "unchanged": c.SourcesUnchanged, "failed": c.SourcesFailed} {
		gauge(sources, float64(n), state)
	}
}

// collectRuns is how all runs went, and whether one is missing.
func (l *ledger) collectRuns(ctx context.Context, ch chan<- prometheus.Metric, gauge gauges) error {
	tally, err := l.service.Tally(ctx)
	if err != nil {
		return err
	}
	for _, outcome := range []reconcile.RunStatus{reconcile.RunDone, reconcile.RunPartial, reconcile.RunFailed} {
		ch <- prometheus.MustNewConstMetric(runsTotal, prometheus.CounterValue, float64(tally.Ended[outcome]), string(outcome))
	}
	if !tally.Good.IsZero() {
		gauge(lastSuccess, float64(tally.Good.Unix()))
	}
	late := 0.0
	if !pipeline.Overdue(tally, l.schedule.Last, l.since, l.now()).IsZero() {
		late = 1
	}
	gauge(runOverdue, late)
	return nil
}

func (l *ledger) collectQueue(ctx context.Context, gauge gauges) error {
	queue, err := l.service.Queue(ctx)
	for _, q := range queue {
		gauge(queued, float64(q.Count), q.Kind, q.State)
		gauge(oldest, q.Oldest.Seconds(), q.Kind, q.State)
	}
	return err
}

// collectRules counts the findings of the run, unless it has done so before.
func (l *ledger) collectRules(ctx context.Context, run int64, gauge gauges) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counted != run {
		counts, err := l.store.TallyFindings(ctx, l.plan)
		if err != nil {
			return err
		}
		l.byRule, l.counted = make(map[ruleCount]int), run
		for _, c := range counts {
			l.byRule[ruleCount{c.Rule, string(c.Severity), string(c.Status)}] += c.N
		}
	}
	for c, n := range l.byRule {
		gauge(byRule, float64(n), c.rule, c.severity, c.state)
	}
	return nil
}

func lastFinished(runs []reconcile.Run) (reconcile.Run, bool) {
	for _, run := range runs {
		if !run.Finished.IsZero() {
			return run, true
		}
	}
	return reconcile.Run{}, false
}
