package pipeline

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"
)

// Status is what the page shows: how the plan stands, without any person.
type Status struct {
	Plan     *reconcile.Plan
	Register *reconcile.Register
	// Runs are the newest runs, newest first.
	Runs []reconcile.Run
	// Sources tells what the newest run that has ended did with each document.
	Sources []reconcile.SourceRun
	// Next is when the schedule starts the next run, zero without a schedule.
	Next time.Time
	Now  time.Time
}

// statusLines is how many runs the page lists.
const statusLines = 20

// Status reads the state of the plan for the page.
func (p *Pipeline) Status(ctx context.Context) (Status, error) {
	runs, err := p.cfg.Store.Runs(ctx, p.cfg.Plan.ID, statusLines)
	if err != nil {
		return Status{}, fmt.Errorf("read the run ledger: %w", err)
	}
	s := Status{Plan: p.cfg.Plan, Register: p.cfg.Register, Runs: runs, Now: p.now()}
	for _, run := range runs {
		if run.Finished.IsZero() {
			continue
		}
		s.Sources, err = p.cfg.Store.SourceRuns(ctx, p.cfg.Plan.ID, run.ID)
		if err != nil {
			return Status{}, fmt.Errorf("read the sources of run %d: %w", run.ID, err)
		}
		break
	}
	return s, nil
}

// Healthy reports whether the database answers.
func (p *Pipeline) Healthy(ctx context.Context) error { return p.cfg.Store.Ping(ctx) }
