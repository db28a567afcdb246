package pipeline

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
)

// What is said on the page goes into the same store, by the same rules, as what
// is read from a workbook, and the next run acts on it; see
// postgres.Store.NextRun for why it is the next one.

// Answer keeps what the user says on a finding as its agency.
func (p *Pipeline) Answer(ctx context.Context, user reconcile.User, code string, answer reconcile.Answer, text string) error {
	return p.say(ctx, func(ctx context.Context, tx postgres.Tx, run int64) (postgres.AnswerChanges, error) {
		r := reconcile.Response{Code: code, Answer: string(answer), Text: reconcile.CleanLines(text), Origin: reconcile.Origin{Source: user.Source()}}
		return p.cfg.Store.SaveResponses(ctx, tx, p.cfg.Plan.ID, run, []reconcile.Response{r}, p.now())
	})
}

// Decide keeps the user's decision on all of the findings, or on none.
func (p *Pipeline) Decide(ctx context.Context, user reconcile.User, codes []string, verdict reconcile.Verdict, text string) error {
	return p.say(ctx, func(ctx context.Context, tx postgres.Tx, run int64) (postgres.AnswerChanges, error) {
		decisions := make([]reconcile.Decision, len(codes))
		for i, code := range codes {
			decisions[i] = reconcile.Decision{Code: code, Verdict: string(verdict), Text: reconcile.CleanLines(text), Origin: reconcile.Origin{Source: user.Source()}}
		}
		return p.cfg.Store.SaveDecisions(ctx, tx, p.cfg.Plan.ID, run, decisions, p.now())
	})
}

func (p *Pipeline) say(ctx context.Context, save func(ctx context.Context, tx postgres.Tx, run int64) (postgres.AnswerChanges, error)) error {
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		run, err := p.cfg.Store.NextRun(ctx, tx, p.cfg.Plan.ID)
		if err != nil {
			return err
		}
		changes, err := save(ctx, tx, run)
		if err == nil && len(changes.Unknown) > 0 {
			err = fmt.Errorf("%w: %q", postgres.ErrNotFound, changes.Unknown)
		}
		return err
	})
}

// RunNow queues a run as the schedule does. While a run is under way it waits;
// asked for again before it has begun, it is still one. It reports whether
// there was none waiting.
func (p *Pipeline) RunNow(ctx context.Context) (bool, error) {
	opts := p.insertOpts()
	opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}}
	result, err := p.client.Insert(ctx, nightlyArgs{Plan: p.cfg.Plan.ID, Trigger: triggerManual}, opts)
	if err != nil {
		return false, fmt.Errorf("queue a run: %w", err)
	}
	return !result.UniqueSkippedAsDuplicate, nil
}

// saveFigures keeps the numbers of the run's reports for the page.
func (p *Pipeline) saveFigures(ctx context.Context, run int64, bloc reconcile.Bloc, summary *report.Summary) error {
	body, err := json.Marshal(summary)
	if err != nil {
		return fmt.Errorf("figures of the run: %w", err)
	}
	return p.cfg.Store.SaveFigures(ctx, p.cfg.Plan.ID, bloc, run, body)
}

// Figures returns the numbers of the newest reports, of a bloc or of all;
// postgres.ErrNotFound before the first run.
func (p *Pipeline) Figures(ctx context.Context, bloc reconcile.Bloc) (*report.Summary, error) {
	body, err := p.cfg.Store.Figures(ctx, p.cfg.Plan.ID, bloc)
	if err != nil {
		return nil, err
	}
	var summary report.Summary
	if err := json.Unmarshal(body, &summary); err != nil {
		return nil, fmt.Errorf("read the figures: %w", err)
	}
	return &summary, nil
}

// RuleTitles names the rules in words, by ID.
func (p *Pipeline) RuleTitles() map[string]string { return p.ruleTitles() }

// Meaning says what answers and decisions mean on findings of the rule.
func (p *Pipeline) Meaning(id string) reconcile.Meaning {
	for i := range p.cfg.Rules {
		if p.cfg.Rules[i].ID == id {
			return p.cfg.Rules[i].Meaning
		}
	}
	return reconcile.Meaning{}
}

// BlocWorkbooks are the names in the reports folder of the workbooks for the
// office ("") and for each bloc.
func BlocWorkbooks() map[reconcile.Bloc]string {
	names := make(map[reconcile.Bloc]string)
	for _, w := range officeWorkbooks() {
		names[w.bloc] = w.name + ".xlsx"
	}
	return names
}
