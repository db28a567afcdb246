package pipeline

import (
	"context"
	"errors"
	"fmt"

	"doisoat/reconcile/postgres"
)

// Whoever works a job writes only while the job is still his. A process that
// was paused, or cut off from the database, may wake up long after another one
// has done its work, when the sheets say something else: what it then brings is
// late. Each transaction of a job therefore begins with the question whether
// the job is still in the same hands, and the answer cannot change before the
// transaction ends.

// claim is one attempt at one job.
type claim struct {
	job     int64
	attempt int
}

// errNotMine says that the job was given to another process.
var errNotMine = errors.New("the job was given to another process")

// withClaim makes each transaction that is begun with the context fail with
// errNotMine when the job is another's by then.
func withClaim(ctx context.Context, job *jobRow) context.Context {
	return postgres.WithGuard(ctx, claim{job: job.ID, attempt: job.Attempt}.hold)
}

// withoutClaim is for the little that has to be stored whosever the job is.
func withoutClaim(ctx context.Context) context.Context { return postgres.WithGuard(ctx, nil) }

// hold makes sure that the job is in these hands until the transaction ends.
func (c claim) hold(ctx context.Context, tx postgres.Tx) error {
	tag, err := tx.Exec(ctx, `SELECT FROM river_job WHERE id = $1 AND state = 'running' AND attempt = $2 FOR SHARE`, c.job, c.attempt)
	if err != nil {
		return fmt.Errorf("ask whose the job is: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return errNotMine
	}
	return nil
}

// stillMine asks at the last moment before something is done that no
// transaction can take back: a file replaced, a spreadsheet written.
func (p *Pipeline) stillMine(ctx context.Context) error {
	return p.cfg.Store.InTx(ctx, func(context.Context, postgres.Tx) error { return nil })
}
