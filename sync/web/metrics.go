package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// ledger reads the figures of the newest finished run at each scrape, so that
// they are right whichever process worked the run.
type ledger struct {
	service *pipeline.Pipeline
	log     *slog.Logger

	lastRun, duration, up   *prometheus.Desc
	findings, rows, sources *prometheus.Desc
}

func metrics(service *pipeline.Pipeline, log *slog.Logger) http.Handler {
	describe := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("doisoat_"+name, help, labels, nil)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), &ledger{
		service: service, log: log,
		up:       describe("ledger_up", "1 while the run ledger can be read."),
		lastRun:  describe("last_run_timestamp_seconds", "When the newest finished run ended.", "status"),
		duration: describe("last_run_duration_seconds", "How long the newest finished run took."),
		findings: describe("findings", "Findings after the newest finished run.", "state"),
		rows:     describe("rows", "Rows of all sheets after the newest finished run.", "kind"),
		sources:  describe("sources", "Documents of the newest finished run.", "state"),
	})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// Describe is part of prometheus.Collector.
func (l *ledger) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{l.up, l.lastRun, l.duration, l.findings, l.rows, l.sources} {
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
	status, err := l.service.Status(ctx)
	if err != nil {
		l.log.Warn("metrics", "error", err)
		gauge(l.up, 0)
		return
	}
	gauge(l.up, 1)
	run, ok := lastFinished(status.Runs)
	if !ok {
		return
	}
	gauge(l.lastRun, float64(run.Finished.Unix()), string(run.Status))
	gauge(l.duration, run.Finished.Sub(run.Started).Seconds())
	c := run.Counts
	for state, n := range map[string]int{"open": c.FindingsOpen, "new": c.FindingsNew, "gone": c.FindingsGone, "waived": c.FindingsWaived} {
		gauge(l.findings, float64(n), state)
	}
	for kind, n := range map[string]int{"nonempty": c.RowsNonEmpty, "registrations": c.RowsRegistrations, "not_understood": c.RowsNotUnderstood} {
		gauge(l.rows, float64(n), kind)
	}
	for state, n := range map[string]int{"read": c.SourcesRead, "unchanged": c.SourcesUnchanged, "failed": c.SourcesFailed} {
		gauge(l.sources, float64(n), state)
	}
}

func lastFinished(runs []reconcile.Run) (reconcile.Run, bool) {
	for _, run := range runs {
		if !run.Finished.IsZero() {
			return run, true
		}
	}
	return reconcile.Run{}, false
}
