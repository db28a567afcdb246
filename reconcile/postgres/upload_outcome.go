package postgres

import (
	"context"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// UploadOutcome is what the first run after the sending of a file made of the
// file's document.
type UploadOutcome struct {
	Run      reconcile.RunStatus
	RunError string
	Finished time.Time // zero while the run works
	// Status is "" when the run says nothing of the document.
	Status        reconcile.SourceStatus
	Rows          int
	Registrations int
	NotUnderstood int
	Error         string
}

// UploadOutcomes returns, by their numbers, what became of files that were
// sent; those that no run has taken are left out. Identity is what stands
// before a document's number in its source.
func (s *Store) UploadOutcomes(ctx context.Context, planID, identity string, ids []int64) (map[int64]UploadOutcome, error) {
	const doing = "đọc kết quả đối soát của các tệp đã gửi"
	rows, err := s.pool.Query(ctx, `
		SELECT u.upload_id, r.status AS run, r.error AS run_error, r.finished_at,
			coalesce(l.status, '') AS status, coalesce(l.rows, 0) AS rows, coalesce(l.registrations, 0) AS registrations,
			coalesce(l.not_understood, 0) AS not_understood, coalesce(l.error, '') AS error
		FROM upload u
		JOIN run r USING (plan_id, run_id)
		LEFT JOIN source_run l ON l.plan_id = u.plan_id AND l.run_id = u.run_id AND l.source = $2 || u.document_id
		WHERE u.plan_id = $1 AND u.upload_id = ANY($3)`, planID, identity, ids)
	if err != nil {
		return nil, wrap(doing, err)
	}
	type outcomeRow struct {
		UploadID      int64      `db:"upload_id"`
		Run           string     `db:"run"`
		RunError      string     `db:"run_error"`
		FinishedAt    *time.Time `db:"finished_at"`
		Status        string     `db:"status"`
		Rows          int        `db:"rows"`
		Registrations int        `db:"registrations"`
		NotUnderstood int        `db:"not_understood"`
		Error         string     `db:"error"`
	}
	stored, err := pgx.CollectRows(rows, pgx.RowToStructByName[outcomeRow])
	outcomes := make(map[int64]UploadOutcome, len(stored))
	for _, o := range stored {
		outcomes[o.UploadID] = UploadOutcome{
			Run: reconcile.RunStatus(o.Run), RunError: o.RunError, Finished: timeOf(o.FinishedAt),
			Status: reconcile.SourceStatus(o.Status), Rows: o.Rows, Registrations: o.Registrations, NotUnderstood: o.NotUnderstood, Error: o.Error,
		}
	}
	return outcomes, wrap(doing, err)
}
