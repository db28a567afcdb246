package pipeline

import (
	"context"

	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// Uploads gives the upload source the files that the store keeps of a plan.
type Uploads struct {
	// Store is asked for when something is read: it is there before a run, not
	// before the sources are.
	Store func() *postgres.Store
	Plan  string
}

// Sent lists what was sent and not taken back, in the order in which it was.
func (u Uploads) Sent(ctx context.Context) ([]pull.SentFile, error) {
	sent, err := u.Store().SentUploads(ctx, u.Plan, nil)
	if err != nil {
		return nil, err
	}
	withdrawn, err := u.Store().UploadWithdrawals(ctx, u.Plan)
	if err != nil {
		return nil, err
	}
	sent = Standing(sent, withdrawn)
	files := make([]pull.SentFile, len(sent))
	for i, f := range sent {
		files[i] = pull.SentFile{ID: f.ID, Document: f.Document, Agency: f.Agency, Own: f.Own, Name: f.Name, Hash: f.Hash, Sent: f.Sent}
	}
	return files, nil
}

// Content returns the bytes of one file.
func (u Uploads) Content(ctx context.Context, id int64) ([]byte, error) {
	return u.Store().UploadContent(ctx, u.Plan, id)
}

// UploadSource is the identity of a document that is sent through the page.
func UploadSource(document int64) string { return pull.UploadIdentity(document) }

// UploadOutcomes returns, by their numbers, what became of files that were
// sent; those that no run has taken are left out.
func (p *Pipeline) UploadOutcomes(ctx context.Context, ids ...int64) (map[int64]postgres.UploadOutcome, error) {
	return p.cfg.Store.UploadOutcomes(ctx, p.cfg.Plan.ID, pull.UploadPrefix, ids)
}
