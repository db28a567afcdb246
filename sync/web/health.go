package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// askWithin is how long the database may take to answer whoever asks after the
// service's health.
const askWithin = 3 * time.Second

// healthz answers 200 while the process does its work: starting it anew would
// mend nothing. A run that failed or is overdue is told in a line of its own
// after the word degraded, and with ?strict=1 by the status 503 as well. Nothing
// in the answer is about a person or names a file: anybody may ask.
func (v *visit) healthz() error {
	ctx, cancel := context.WithTimeout(v.r.Context(), askWithin)
	defer cancel()
	state, err := v.troubles(ctx)
	if err != nil {
		v.Log.WarnContext(ctx, "not healthy", "error", err)
		http.Error(v.w, "database unavailable", http.StatusServiceUnavailable)
		return nil
	}
	if len(state) == 0 {
		fmt.Fprintln(v.w, "ok")
		return nil
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if v.r.URL.Query().Get("strict") != "" {
		v.w.WriteHeader(http.StatusServiceUnavailable)
	}
	for _, line := range state {
		fmt.Fprintln(v.w, "degraded:", line)
	}
	return nil
}

// troubles are what is wrong with the plan's runs.
func (s *Server) troubles(ctx context.Context) ([]string, error) {
	tally, err := s.Service.Tally(ctx)
	if err != nil {
		return nil, err
	}
	status, err := s.Service.Status(ctx)
	if err != nil {
		return nil, err
	}
	var lines []string
	if run, ok := lastFinished(status.Runs); ok && run.Status == reconcile.RunFailed {
		lines = append(lines, fmt.Sprintf("run %d failed at %s, see the run ledger", run.ID, run.Finished.In(s.Zone).Format(time.RFC3339)))
	}
	if due := pipeline.Overdue(tally, s.Schedule.Last, s.since, s.Now()); !due.IsZero() {
		lines = append(lines, fmt.Sprintf("the run due at %s has not reached its end", due.In(s.Zone).Format(time.RFC3339)))
	}
	return lines, nil
}

// readyz answers 200 once this process can take work: the database is there
// with the tables of this program, and the workers are up.
func (v *visit) readyz() error {
	ctx, cancel := context.WithTimeout(v.r.Context(), askWithin)
	defer cancel()
	if err := v.Service.Ready(ctx); err != nil {
		v.Log.InfoContext(ctx, "not ready", "error", err)
		http.Error(v.w, "not ready", http.StatusServiceUnavailable)
		return nil
	}
	fmt.Fprintln(v.w, "ready")
	return nil
}
