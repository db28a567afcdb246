package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
)

// The findings of a plan are a function of what its documents say, of answers,
// of what other years know, of the configuration, of the program and of the date. Where none of these
// has changed they are not made again: a quiet night costs a plan a few
// look-ups, however many registrations it has.
//
// Where one has changed, all of the plan is looked at again, and only what
// differs is written: findings, persons, reports. That is a choice. What a row
// is found to have depends on more than the row: its key is numbered among the
// likes of it in all documents, the name of its sheet among all sheets, how sure
// a match is depends on how common the name is among everybody, and a place in
// a class on who else is valid. Findings kept from run to run for the documents
// that did not change would have to be kept by all of that; reading them back
// takes as long as making them, since rules look at some hundred thousand rows a
// second; and they would save less than a third of what a plan that is touched
// costs, the rest being loading, matching and the rules about groups. That a run
// after any changes says what one from scratch would is then true by itself,
// and edits_test.go holds it. So the unit of what a change costs is the plan:
// BenchmarkReconcile says how much, in its parts.

// longest is for how many days at most the same inputs count as the same, so
// that a change that this file overlooks is not overlooked for ever.
const longest = 7

// inputs is the digest of all that input reads and rules look at, the date
// apart. It is taken before anything is loaded: what changes in between is
// found changed by the next run.
func (p *Pipeline) inputs(ctx context.Context) ([]byte, error) {
	documents, err := p.cfg.Store.DocumentStates(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(documents, func(source string, _ int64) bool { return p.isCopy(source) })
	answers, err := p.cfg.Store.AnswerState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	elsewhere, err := p.cfg.Store.ElsewhereState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	held, err := p.heldState(ctx)
	if err != nil {
		return nil, err
	}
	viewOnly, err := p.viewOnly(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := p.settings()
	if err != nil {
		return nil, err
	}
	return digest(documents, answers, elsewhere, held, viewOnly, settings)
}

// heldState is what is held, and what of it vanished.
func (p *Pipeline) heldState(ctx context.Context) ([]postgres.HeldDocument, error) {
	held, err := p.cfg.Store.HeldDocuments(ctx, p.cfg.Plan.ID)
	for i := range held {
		held[i].Since, held[i].Item = time.Time{}, nil // how it is read says nothing
	}
	return held, err
}

// settings is the digest of what does not change while the process lives.
func (p *Pipeline) settings() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.settingsDigest != nil {
		return p.settingsDigest, nil
	}
	code, err := program()
	if err != nil {
		return nil, err
	}
	rules := make([]string, len(p.cfg.Rules))
	for i, r := range p.cfg.Rules {
		rules[i] = r.ID
	}
	c := &p.cfg
	p.settingsDigest, err = digest(code, c.Plan, c.Register, rules, c.Grades, c.Deadline, c.Allocations, c.Estimates, c.Norms, c.Guard)
	return p.settingsDigest, err
}

func digest(parts ...any) ([]byte, error) {
	encoded, err := json.Marshal(parts) // maps in the order of their keys
	if err != nil {
		return nil, fmt.Errorf("digest of the inputs: %w", err)
	}
	sum := sha256.Sum256(encoded)
	return sum[:], nil
}

// program is the digest of the running program's own file: the rules are a
// part of it, so that another release looks at everything anew without anybody
// having to think of it.
var program = sync.OnceValues(func() ([]byte, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the program's own file: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the program's own file: %w", err)
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return nil, fmt.Errorf("read the program's own file: %w", err)
	}
	return hash.Sum(nil), nil
})

// made says what the findings of the run were made from.
func (p *Pipeline) made(run int64, inputs []byte, in *rule.Input) postgres.Reconciliation {
	until := in.Today.AddDays(longest)
	if next := in.Until(); !next.IsZero() && next.Compare(until) < 0 {
		until = next
	}
	return postgres.Reconciliation{Run: run, Inputs: inputs, Since: in.Today, Until: until}
}

// repeat ends the reconciliation of a plan in which nothing has changed since
// the last one. It reports whether that was so.
func (p *Pipeline) repeat(ctx context.Context, args reconcileArgs, inputs []byte) (bool, error) {
	last, err := p.cfg.Store.Reconciliation(ctx, args.Plan)
	if err != nil || !bytes.Equal(last.Inputs, inputs) || !covers(last, p.today()) {
		return false, err
	}
	settled, err := p.settled(ctx, args.Run, last)
	if err != nil {
		return false, err
	}
	var targets []string
	if !settled {
		if targets, err = p.knownTargets(ctx); err != nil {
			return false, err
		}
	}
	var counts reconcile.RunCounts
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) (err error) {
		if counts, err = p.cfg.Store.RepeatFindings(ctx, tx, args.Plan, args.Run, p.now()); err != nil {
			return err
		}
		if err := p.cfg.Store.SaveRunCounts(ctx, tx, args.Plan, args.Run, counts); err != nil {
			return err
		}
		if settled {
			return p.cfg.Store.CloseRun(ctx, tx, args.Plan, args.Run, p.now())
		}
		return p.queuePublish(ctx, tx, args.Run, targets)
	})
	if err != nil {
		return false, err
	}
	p.cfg.Log.DebugContext(ctx, sameAsBefore, slog.String("plan", args.Plan), slog.Int64("run", args.Run))
	p.cfg.Progress(Event{Run: args.Run, Stage: "reconcile", Total: counts.FindingsOpen + counts.FindingsWaived})
	return true, nil
}

const sameAsBefore = "nothing to reconcile anew"

func covers(last postgres.Reconciliation, day reconcile.Date) bool {
	return day.Compare(last.Since) >= 0 && day.Compare(last.Until) < 0
}

// knownTargets are the targets of a run that loads no documents.
func (p *Pipeline) knownTargets(ctx context.Context) ([]string, error) {
	documents, err := p.cfg.Store.Versions(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	agencies := make([]string, 0, len(documents)+1)
	for source, d := range documents {
		if !p.isCopy(source) {
			agencies = append(agencies, d.Agency)
		}
	}
	slices.Sort(agencies)
	return append(slices.Compact(agencies), consolidated), nil
}
