//go:build !race

// The runs of this file start no goroutine of their own, and are many: the
// detector, to which they would show nothing, would take minutes.

package pipeline

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// Whatever happens between runs, a plan that is reconciled only when something
// changed has the same discrepancies, events and figures as one that is
// reconciled anew each time.
func TestWhatIsNotReconciledAnewIsTheSame(t *testing.T) {
	t.Parallel()
	lazy, eager := newNation(t, 1, 160), newNation(t, 1, 160)
	steps := []struct {
		name   string
		days   int // that pass before the run
		change func(n *nation)
		repeat bool
	}{
		{name: "first"},
		{name: "nothing", days: 1, repeat: true},
		{name: "a list is mended", days: 1, change: func(n *nation) { n.save(n.provinces[0], 3, edit{every: 2, round: 1}) }},
		{name: "nothing again", days: 1, repeat: true},
		{name: "a copy in the reports folder changes", change: func(n *nation) { n.saveCopy() }, repeat: true},
		{name: "the office accepts a finding", change: func(n *nation) { n.accept() }},
		{name: "nothing after the decision", days: 1, repeat: true},
		{name: "a list is taken away", change: func(n *nation) { n.takeAway(5) }},
		{name: "a week passes", days: longest},
		{name: "the deadline comes near", days: 7},
		{name: "nothing near the deadline", days: 1, repeat: true},
		{name: "the list comes back", change: func(n *nation) { n.save(n.provinces[0], 5, edit{}) }},
		{name: "the clock goes back", days: -3},
		{name: "the limits of the plan change", change: func(n *nation) {
			n.pipelines[0].cfg.Allocations = n.pipelines[0].cfg.Allocations[1:]
			n.pipelines[0].settingsDigest = nil // as after a restart
		}},
		{name: "nothing in the end", repeat: true},
	}
	for _, step := range steps {
		for _, n := range []*nation{lazy, eager} {
			n.round += step.days
			if step.change != nil {
				step.change(n)
			}
		}
		eager.times.reset()
		eager.exec(`UPDATE reconciliation SET inputs = NULL`)
		lazy.times.reset()
		lazy.reconcile(0)
		eager.reconcile(0)
		if repeated := lazy.times.repeated == 1; repeated != step.repeat {
			t.Errorf("%s: repeated: %v, want %v", step.name, repeated, step.repeat)
		}
		if diff := cmp.Diff(eager.outcome(), lazy.outcome()); diff != "" {
			t.Fatalf("%s: reconciled anew and not: %s", step.name, diff)
		}
	}
}

// A job that is worked again after it was done leaves what it left before.
func TestReconcilingOneRunTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	// Half of the lists are mended between the runs; the others were, and come
	// back as they were first sent.
	n := newNation(t, 1, 80)
	half := func(odd int) {
		for document := range n.provinces[0].agencies() {
			n.save(n.provinces[0], document, edit{every: 1, round: (document + odd) % 2})
		}
	}
	half(0)
	n.times.reset()
	n.reconcile(0)
	n.round++
	half(1)
	ctx, p := context.Background(), n.pipelines[0]
	run, err := p.begin(ctx, "manual")
	if err != nil {
		t.Fatal(err)
	}
	var want outcome
	for again := range 2 {
		if err := p.reconcile(ctx, reconcileArgs{Plan: p.cfg.Plan.ID, Run: run}); err != nil {
			t.Fatal(err)
		}
		got := n.outcome()
		if got.Counts.FindingsNew == 0 || got.Counts.FindingsGone == 0 {
			t.Fatalf("a list that was mended changed nothing: %+v", got.Counts)
		}
		if diff := cmp.Diff(want, got); again == 1 && diff != "" {
			t.Fatalf("worked twice: %s", diff)
		}
		want = got
	}
}

// outcome is all that a run leaves behind.
type outcome struct {
	Found  []reconcile.Discrepancy
	Events map[string][]postgres.Event
	Counts reconcile.RunCounts
}

func (n *nation) outcome() outcome {
	n.b.Helper()
	ctx, plan := context.Background(), n.provinces[0].plan.ID
	found, err := n.store.Discrepancies(ctx, plan, postgres.Filter{})
	if err != nil {
		n.b.Fatal(err)
	}
	runs, err := n.store.Runs(ctx, plan, 1)
	if err != nil {
		n.b.Fatal(err)
	}
	o := outcome{Found: found, Events: make(map[string][]postgres.Event), Counts: runs[0].Counts}
	for i := range found {
		if o.Events[found[i].Code], err = n.store.Events(ctx, plan, found[i].Code); err != nil {
			n.b.Fatal(err)
		}
	}
	return o
}

func (n *nation) exec(sql string) {
	n.b.Helper()
	if _, err := n.store.Pool().Exec(context.Background(), sql); err != nil {
		n.b.Fatal(err)
	}
}

func (n *nation) inTx(do func(ctx context.Context, tx postgres.Tx) error) {
	n.b.Helper()
	if err := n.store.InTx(context.Background(), do); err != nil {
		n.b.Fatal(err)
	}
}

// saveCopy stores what was read in the reports folder.
func (n *nation) saveCopy() {
	d := n.provinces[0].document(3, edit{every: 1, round: 9})
	d.Source = n.pipelines[0].cfg.Answers.ID() + "/S03/dang ky 2024 - SAI LỆCH.xlsx"
	n.inTx(func(ctx context.Context, tx postgres.Tx) error {
		_, err := n.store.SaveDocument(ctx, tx, n.provinces[0].plan.ID, 1, answersOf(d), n.pipelines[0].now())
		return err
	})
}

// accept is the office's decision on the first open finding.
func (n *nation) accept() {
	found, err := n.store.Discrepancies(context.Background(), n.provinces[0].plan.ID, postgres.Filter{Status: reconcile.StatusOpen})
	if err != nil || len(found) == 0 {
		n.b.Fatalf("no open finding: %v", err)
	}
	n.inTx(func(ctx context.Context, tx postgres.Tx) error {
		_, err := n.store.SaveDecisions(ctx, tx, n.provinces[0].plan.ID, 1, []reconcile.Decision{{
			Code: found[0].Code, Verdict: string(reconcile.Accepted),
			Origin: reconcile.Origin{Source: "reports:bao-cao/Tổng hợp đối soát.xlsx", Sheet: reconcile.DecisionsTab, Row: 7},
		}}, n.pipelines[0].now())
		return err
	})
}

// takeAway says that the agency's list is no longer where it came from.
func (n *nation) takeAway(agency int) {
	n.inTx(func(ctx context.Context, tx postgres.Tx) error {
		source := n.provinces[0].document(agency, edit{}).Source
		_, err := n.store.MarkMissing(ctx, tx, n.provinces[0].plan.ID, 1, []string{source}, n.pipelines[0].now())
		return err
	})
}
