package pipeline

import (
	"context"
	"fmt"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
	"doisoat/reconcile/rule"
)

// identify gives the persons of the plan's registrations and results the IDs
// that they have over runs and years, and adds to the input what the plans of
// earlier years know of them. It may be repeated: a run that fails after it has
// only said who is who.
func (p *Pipeline) identify(ctx context.Context, args reconcileArgs, in *rule.Input) error {
	introduce := func(n reconcile.Newcomers) []int { return match.Same(n, in.Register) }
	learners, _ := match.Persons(reconcile.Learners(in.Results), match.Options{Register: in.Register})
	completed := make(map[string]reconcile.CompletedProgram)
	for _, r := range in.Results {
		if c, ok := reconcile.CompletedOf(in.Plan, r); ok {
			completed[r.Learner.Key] = c
		}
	}
	err := p.cfg.Store.SavePersons(ctx, args.Plan, args.Run, in.Persons, introduce, p.now())
	if err == nil {
		err = p.cfg.Store.SaveLearners(ctx, args.Plan, args.Run, learners, completed, introduce, p.now())
	}
	if err != nil {
		return fmt.Errorf("say who is who: %w", err)
	}
	if in.Earlier, err = p.cfg.Store.Earlier(ctx, args.Plan); err != nil {
		return fmt.Errorf("load what earlier years know: %w", err)
	}
	return nil
}
