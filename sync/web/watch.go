package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"doisoat/sync/pipeline"
)

// Watch counts what this very process does: the jobs that it works and the
// requests that it sends to Google. It is safe for concurrent use.
type Watch struct {
	jobs     *prometheus.HistogramVec
	requests *prometheus.CounterVec
	retries  prometheus.Counter
	waits    *prometheus.CounterVec
}

// NewWatch returns a watch that has seen nothing.
func NewWatch() *Watch {
	w := &Watch{
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "doisoat_stage_duration_seconds", Help: "How long the jobs of each stage took in this process.",
			Buckets: []float64{.01, .03, .1, .3, 1, 3, 10, 30, 100, 300},
		}, []string{"stage", "outcome"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "doisoat_google_requests_total", Help: "Requests that this process sent to Google.",
		}, []string{"kind", "outcome"}),
		retries: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "doisoat_google_retries_total", Help: "Requests to Google that repeated one that had failed.",
		}),
		waits: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "doisoat_google_wait_seconds_total", Help: "How long requests to Google waited: for their turn in the quota, or after a failure.",
		}, []string{"reason"}),
	}
	// Series that are there from the start, so that the first event is a rise.
	for _, kind := range []string{"read", "write"} {
		for _, outcome := range []string{"ok", "error"} {
			w.requests.WithLabelValues(kind, outcome)
		}
	}
	for _, reason := range []string{"quota", "retry"} {
		w.waits.WithLabelValues(reason)
	}
	return w
}

func (w *Watch) collectors() []prometheus.Collector {
	return []prometheus.Collector{w.jobs, w.requests, w.retries, w.waits}
}

// Job notes a job that ended.
func (w *Watch) Job(j pipeline.Job) {
	w.jobs.WithLabelValues(j.Kind, outcome(j.Err != nil)).Observe(j.Took.Seconds())
}

// Google notes a request to Google: whether it writes, repeats one that failed,
// failed itself, and how long it waited for its turn and after a failure.
func (w *Watch) Google(write, again, failed bool, queued, paused time.Duration) {
	kind := "read"
	if write {
		kind = "write"
	}
	w.requests.WithLabelValues(kind, outcome(failed)).Inc()
	if again {
		w.retries.Inc()
	}
	w.waits.WithLabelValues("quota").Add(queued.Seconds())
	w.waits.WithLabelValues("retry").Add(paused.Seconds())
}

func outcome(failed bool) string {
	if failed {
		return "error"
	}
	return "ok"
}
