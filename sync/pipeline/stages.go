package pipeline

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"doisoat/reconcile/postgres"
)

// begin opens a run in the ledger and queues the listing of every source, in
// one transaction, with whatever else has to happen with it, or not at all. It
// fails with a *postgres.RunningError while another run of the plan is alive.
func (p *Pipeline) begin(ctx context.Context, trigger string, with ...func(ctx context.Context, tx postgres.Tx, run int64) error) (int64, error) {
	var run int64
	err := p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		var err error
		run, err = p.cfg.Store.StartRun(ctx, tx, p.cfg.Plan.ID, trigger, p.now())
		if err != nil {
			return err
		}
		for _, do := range with {
			if err := do(ctx, tx, run); err != nil {
				return err
			}
		}
		if err := p.takeUploads(ctx, tx, run); err != nil {
			return err
		}
		sources := p.sources()
		if len(sources) == 0 {
			return p.queueReconcile(ctx, tx, run)
		}
		keys := make([]string, len(sources))
		jobs := make([]river.InsertManyParams, len(sources))
		for i, s := range sources {
			keys[i] = listKey(s.ID())
			jobs[i] = river.InsertManyParams{
				Args: listArgs{Plan: p.cfg.Plan.ID, Run: run, Source: s.ID()}, InsertOpts: p.insertOpts(),
			}
		}
		return p.queueStage(ctx, tx, run, stagePull, keys, jobs)
	})
	return run, err
}

// listKey is the ledger's name for the listing of a source; a document's own
// ID is the name for its pull.
func listKey(source string) string { return "list " + source }

// queueStage notes what the stage has to wait for and queues its jobs.
func (p *Pipeline) queueStage(ctx context.Context, tx postgres.Tx, run int64, stage string, keys []string, jobs []river.InsertManyParams) error {
	if _, err := p.cfg.Store.AddItems(ctx, tx, p.cfg.Plan.ID, run, stage, keys); err != nil {
		return fmt.Errorf("note what the stage %s waits for: %w", stage, err)
	}
	if len(jobs) == 0 {
		return nil
	}
	if _, err := p.client.InsertManyTx(ctx, tx, jobs); err != nil {
		return fmt.Errorf("queue the jobs of the stage %s: %w", stage, err)
	}
	return nil
}

// pullDone ticks off one item of the pull stage; the last one queues the
// reconciliation.
func (p *Pipeline) pullDone(ctx context.Context, tx postgres.Tx, run int64, key string) error {
	_, last, err := p.cfg.Store.DoneItem(ctx, tx, p.cfg.Plan.ID, run, stagePull, key)
	if err != nil || !last {
		return err
	}
	return p.queueReconcile(ctx, tx, run)
}

func (p *Pipeline) queueReconcile(ctx context.Context, tx postgres.Tx, run int64) error {
	if _, err := p.client.InsertTx(ctx, tx, reconcileArgs{Plan: p.cfg.Plan.ID, Run: run}, p.insertOpts()); err != nil {
		return fmt.Errorf("queue the reconciliation: %w", err)
	}
	return nil
}

// publishDone ticks off one target; the last one ends the run.
func (p *Pipeline) publishDone(ctx context.Context, tx postgres.Tx, run int64, target string, written int) error {
	if err := p.cfg.Store.AddReports(ctx, tx, p.cfg.Plan.ID, run, written); err != nil {
		return err
	}
	_, last, err := p.cfg.Store.DoneItem(ctx, tx, p.cfg.Plan.ID, run, stagePublish, target)
	if err != nil || !last {
		return err
	}
	return p.settle(ctx, tx, run)
}

// fail ends the run as failed, with the reason for people.
func (p *Pipeline) fail(ctx context.Context, run int64, reason string) error {
	return p.cfg.Store.FailRun(ctx, p.cfg.Plan.ID, run, reason, p.now())
}
