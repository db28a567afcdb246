package pipeline

import (
	"context"
	"fmt"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/reconcile/rule"
)

// ledgerLines is how many runs the reports list.
const ledgerLines = 50

// snapshot is what the reports of one run are made from, loaded once per
// process and run.
type snapshot struct {
	run  int64
	data *report.Data
}

// reportData returns the data of the run's reports.
func (p *Pipeline) reportData(ctx context.Context, run int64) (*report.Data, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.snapshot != nil && p.snapshot.run == run {
		return p.snapshot.data, nil
	}
	data, err := p.loadReportData(ctx, run)
	if err != nil {
		return nil, err
	}
	p.snapshot = &snapshot{run: run, data: data}
	return data, nil
}

// forgetReportData drops what reports are made from: after answers came in that
// it lacks, or when they are all written.
func (p *Pipeline) forgetReportData() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.snapshot, p.reconciledIn = nil, nil
}

// keepInput keeps what a run was reconciled from for its reports, and drops
// what those of earlier runs were made from.
func (p *Pipeline) keepInput(run int64, in *rule.Input) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.snapshot, p.reconciled, p.reconciledIn = nil, run, in
}

// inputOf is what the run was reconciled from: kept once when this process did
// that, else loaded. The lock must be held.
func (p *Pipeline) inputOf(ctx context.Context, run int64) (*rule.Input, error) {
	in := p.reconciledIn
	p.reconciledIn = nil
	if in != nil && p.reconciled == run {
		return in, nil
	}
	return p.input(ctx, newStopwatch())
}

func (p *Pipeline) loadReportData(ctx context.Context, run int64) (*report.Data, error) {
	in, err := p.inputOf(ctx, run)
	if err != nil {
		return nil, err
	}
	discrepancies, err := p.cfg.Store.Discrepancies(ctx, p.cfg.Plan.ID, postgres.Filter{})
	if err != nil {
		return nil, fmt.Errorf("load the findings: %w", err)
	}
	runs, err := p.cfg.Store.Runs(ctx, p.cfg.Plan.ID, ledgerLines)
	if err != nil {
		return nil, fmt.Errorf("load the run ledger: %w", err)
	}
	sources, err := p.cfg.Store.SourceRuns(ctx, p.cfg.Plan.ID, run)
	if err != nil {
		return nil, fmt.Errorf("load the run's sources: %w", err)
	}
	data := &report.Data{
		Plan: p.cfg.Plan, Register: p.cfg.Register, Runs: runs, Sources: sources,
		Documents: in.Documents, Registrations: in.Registrations, Allocations: in.Allocations, Estimates: in.Estimates,
		Persons: in.Persons, Unsure: in.Unsure, Discrepancies: discrepancies, Rules: p.ruleTitles(), Grades: p.grades(),
		Zone: p.cfg.Location,
	}
	for i := range runs {
		switch {
		case runs[i].ID == run:
			data.Run = runs[i]
		case runs[i].ID < run && data.Previous == nil && !runs[i].Finished.IsZero() && runs[i].Status != reconcile.RunFailed && runs[i].Error == "":
			data.Previous = &runs[i]
		}
	}
	return data, nil
}

func (p *Pipeline) ruleTitles() map[string]string {
	titles := make(map[string]string, len(p.cfg.Rules))
	for _, r := range p.cfg.Rules {
		titles[r.ID] = r.Title
	}
	return titles
}

func (p *Pipeline) grades() []report.Grade {
	var all []report.Grade
	for id, grade := range p.cfg.Grades {
		g := report.Grade{Rule: id, Severity: reconcile.Severity(grade), Reason: p.cfg.GradeReasons[id]}
		if grade == "off" {
			g.Off, g.Severity = true, ""
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b report.Grade) int {
		if a.Rule < b.Rule {
			return -1
		}
		return 1
	})
	return all
}
