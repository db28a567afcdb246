package pipeline

import (
	"context"
	"fmt"
	"slices"

	"doisoat/reconcile/postgres"
)

// A file that was sent by mistake is taken back: it stays in the history, and
// the source of uploads no longer has it. What it replaced counts again; when
// there was nothing, the document is gone, as a file that was removed from a
// folder is, and NG05 asks before many lines go with it.

// Withdraw takes back a file that was sent, in the name of the login, and queues
// a reconciliation. It reports false when a later file stands in its place, or
// when it was taken back before.
func (p *Pipeline) Withdraw(ctx context.Context, login string, id int64) (done bool, err error) {
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		done, err = p.cfg.Store.WithdrawUpload(ctx, tx, p.cfg.Plan.ID, id, login, p.now())
		if err != nil || !done {
			return err
		}
		if _, err := p.client.InsertTx(ctx, tx, sentArgs{Plan: p.cfg.Plan.ID}, p.insertOpts()); err != nil {
			return fmt.Errorf("queue the reconciliation without what was taken back: %w", err)
		}
		return nil
	})
	return done, err
}

func (p *Pipeline) uploadsWait(ctx context.Context) (bool, error) {
	waiting, err := p.cfg.Store.UploadsWait(ctx, p.cfg.Plan.ID)
	if err != nil || waiting {
		return waiting, err
	}
	return p.cfg.Store.WithdrawalsWait(ctx, p.cfg.Plan.ID)
}

// Standing leaves of what was sent the files that were not taken back.
func Standing(sent []postgres.Upload, withdrawn map[int64]postgres.UploadWithdrawal) []postgres.Upload {
	return slices.DeleteFunc(slices.Clone(sent), func(u postgres.Upload) bool {
		_, gone := withdrawn[u.ID]
		return gone
	})
}

// UploadHeld reports whether lines of the document, which was sent through the
// page, go on counting until the office confirms that they are gone.
func (p *Pipeline) UploadHeld(ctx context.Context, document int64) (bool, error) {
	holds, err := p.cfg.Store.HeldDocuments(ctx, p.cfg.Plan.ID)
	return slices.ContainsFunc(holds, func(h postgres.HeldDocument) bool { return h.Source == UploadSource(document) }), err
}
