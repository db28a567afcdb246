package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/riverqueue/river"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
)

// reconcile joins persons, applies the rules, stores the findings and queues
// the publication for everyone who has a report. Many plans may be at it at once:
// they wait for each other only while newcomers are compared with the persons
// of other plans.
func (p *Pipeline) reconcile(ctx context.Context, args reconcileArgs) error {
	watch := newStopwatch()
	if err := p.settleHolds(ctx, args.Run); err != nil {
		return err
	}
	inputs, err := p.inputs(ctx)
	if err != nil {
		return err
	}
	if repeated, err := p.repeat(ctx, args, inputs); err != nil || repeated {
		return err
	}
	watch.lap("look")
	in, err := p.input(ctx, watch)
	if err != nil {
		return err
	}
	if err := p.identify(ctx, args, in); err != nil {
		return err
	}
	watch.lap("identify")
	findings := rule.Run(p.cfg.Rules, in, rule.Options{Grades: p.cfg.Grades})
	watch.lap("rules")
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		found, err := p.cfg.Store.SaveFindings(ctx, tx, args.Plan, args.Run, findings, p.now())
		if err != nil {
			return err
		}
		if err := p.cfg.Store.SaveInputs(ctx, tx, args.Plan, p.made(args.Run, inputs, in)); err != nil {
			return err
		}
		if len(found.Clashes) > 0 {
			p.cfg.Log.ErrorContext(ctx, "findings that share a code: a rule is at fault", "codes", found.Clashes)
		}
		if err := p.cfg.Store.SaveRunCounts(ctx, tx, args.Plan, args.Run, counts(in, found)); err != nil {
			return err
		}
		if err := p.queuePublish(ctx, tx, args.Run, targets(in)); err != nil {
			return err
		}
		p.keepInput(args.Run, in) // they begin the moment that this is kept
		return nil
	})
	if err != nil {
		p.forgetReportData()
	} else {
		watch.lap("save")
		watch.log(ctx, p.cfg.Log, "reconciled", slog.String("plan", args.Plan), slog.Int64("run", args.Run),
			slog.Int("registrations", len(in.Registrations)), slog.Int("findings", len(findings)))
		p.cfg.Progress(Event{Run: args.Run, Stage: "reconcile", Total: len(findings)})
	}
	return err
}

// input loads what the rules may look at. Whatever it reads has to be in the
// digest that inputs makes.
func (p *Pipeline) input(ctx context.Context, watch *stopwatch) (*rule.Input, error) {
	documents, err := p.cfg.Store.LoadDocuments(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, fmt.Errorf("load what the sheets say: %w", err)
	}
	watch.lap("load")
	in := &rule.Input{
		Plan: p.cfg.Plan, Register: p.cfg.Register, Today: p.today(), Deadline: p.cfg.Deadline,
		Allocations: slices.Clone(p.cfg.Allocations), Estimates: slices.Clone(p.cfg.Estimates),
		Norms: p.cfg.Norms, Guard: p.guard(),
	}
	if in.Decided, err = p.decided(ctx, "NG06"); err != nil {
		return nil, err
	}
	holds, err := p.cfg.Store.HeldDocuments(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	in.Withdrawals = p.withdrawals(holds, documents)
	if in.ViewOnly, err = p.viewOnly(ctx); err != nil {
		return nil, err
	}
	in.AddDocuments(slices.DeleteFunc(documents, p.holdsOnlyAnswers))
	apart, err := p.cfg.Store.Apart(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, fmt.Errorf("load who was told apart: %w", err)
	}
	elsewhere, err := p.cfg.Store.ApartElsewhere(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, fmt.Errorf("load who was told apart in other plans: %w", err)
	}
	in.Persons, in.Unsure = match.Persons(in.Registrations, match.Options{Register: in.Register, Apart: apart, Elsewhere: elsewhere})
	watch.lap("match")
	return in, nil
}

// decided gives the office's decisions on what a rule found, by subject: those
// by which the input itself goes.
func (p *Pipeline) decided(ctx context.Context, rule string) (map[string]reconcile.Verdict, error) {
	found, err := p.cfg.Store.Discrepancies(ctx, p.cfg.Plan.ID, postgres.Filter{Rule: rule})
	if err != nil {
		return nil, fmt.Errorf("load the decisions on %s: %w", rule, err)
	}
	verdicts := make(map[string]reconcile.Verdict)
	for i := range found {
		if d := found[i].Decision; d != nil {
			verdicts[found[i].Subject] = reconcile.Verdict(d.Verdict)
		}
	}
	return verdicts, nil
}

// counts are the run's figures: what the sheets hold, what was found in them,
// and the money.
func counts(in *rule.Input, found postgres.FindingCounts) reconcile.RunCounts {
	budget := rule.BudgetOf(in)
	c := reconcile.RunCounts{
		RowsRegistrations: len(in.Registrations), Persons: len(in.Persons),
		FindingsNew: found.New, FindingsOpen: found.Open, FindingsGone: found.Gone, FindingsWaived: found.Waived,
		BudgetApproved: in.Plan.Approved, BudgetEstimated: budget.Estimated, BudgetProjected: budget.Projected,
	}
	for _, d := range in.Documents {
		for i := range d.Sheets {
			c.RowsNonEmpty += d.Sheets[i].NonEmptyRows
			c.RowsNotUnderstood += d.Sheets[i].NotUnderstood()
		}
	}
	return c
}

// targets are the agencies that have a document or must act, then the office.
func targets(in *rule.Input) []string {
	var all []string
	for _, d := range in.Documents {
		all = append(all, d.Agency)
	}
	slices.Sort(all)
	return append(slices.Compact(all), consolidated)
}

func (p *Pipeline) queuePublish(ctx context.Context, tx postgres.Tx, run int64, targets []string) error {
	jobs := make([]river.InsertManyParams, len(targets))
	for i, target := range targets {
		jobs[i] = river.InsertManyParams{
			Args: publishArgs{Plan: p.cfg.Plan.ID, Run: run, Target: target}, InsertOpts: p.insertOpts(),
		}
	}
	return p.queueStage(ctx, tx, run, stagePublish, targets, jobs)
}

// reconcileLost ends the run: without findings there is nothing to publish.
func (p *Pipeline) reconcileLost(ctx context.Context, args reconcileArgs, cause error) error {
	return p.fail(ctx, args.Run, reasonOf(cause))
}
