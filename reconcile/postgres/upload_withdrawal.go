package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"doisoat/reconcile"
)

// UploadWithdrawal says that a file that was sent was taken back.
type UploadWithdrawal struct {
	Upload int64     `db:"upload_id"`
	By     string    `db:"by"` // login
	At     time.Time `db:"withdrawn_at"`
	// Run is how the first run went that began after it, "" while there is none.
	Run reconcile.RunStatus `db:"run"`
}

// WithdrawUpload takes back the file with the number, if it is the last of its
// document that was not taken back; those before it say nothing any more. It
// reports whether it did.
func (s *Store) WithdrawUpload(ctx context.Context, tx Tx, planID string, id int64, by string, now time.Time) (bool, error) {
	const doing = "rút tệp đã gửi"
	if err := lock(ctx, tx, "withdraw upload", planID); err != nil {
		return false, wrap(doing, err)
	}
	tag, err := tx.Exec(ctx, `
		INSERT INTO upload_withdrawal (plan_id, upload_id, by, withdrawn_at)
		SELECT plan_id, upload_id, $3, $4 FROM upload u
		WHERE plan_id = $1 AND upload_id = $2 AND sent_at IS NOT NULL AND NOT EXISTS (
			SELECT FROM upload later
			WHERE later.plan_id = u.plan_id AND later.document_id = u.document_id AND (later.sent_at, later.upload_id) > (u.sent_at, u.upload_id)
			AND NOT EXISTS (SELECT FROM upload_withdrawal w WHERE w.plan_id = later.plan_id AND w.upload_id = later.upload_id))
		ON CONFLICT DO NOTHING`, planID, id, storable(by), now)
	return tag.RowsAffected() > 0, wrap(doing, err)
}

// UploadWithdrawals returns, by their numbers, the files of the plan that were
// taken back.
func (s *Store) UploadWithdrawals(ctx context.Context, planID string) (map[int64]UploadWithdrawal, error) {
	const doing = "đọc các tệp đã rút"
	rows, err := s.pool.Query(ctx, `
		SELECT w.upload_id, w.by, w.withdrawn_at, coalesce(r.status, '') AS run
		FROM upload_withdrawal w LEFT JOIN run r USING (plan_id, run_id) WHERE w.plan_id = $1`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[UploadWithdrawal])
	withdrawn := make(map[int64]UploadWithdrawal, len(all))
	for _, w := range all {
		withdrawn[w.Upload] = w
	}
	return withdrawn, wrap(doing, err)
}

// WithdrawalsWait reports whether a file was taken back since the last run
// began.
func (s *Store) WithdrawalsWait(ctx context.Context, planID string) (bool, error) {
	var wait bool
	err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM upload_withdrawal WHERE plan_id = $1 AND run_id IS NULL)`, planID).Scan(&wait)
	return wait, wrap("tìm tệp đã rút chờ đối soát", err)
}

// TakeWithdrawals notes that the run, which begins in this transaction, leaves
// out what was taken back so far.
func (s *Store) TakeWithdrawals(ctx context.Context, tx Tx, planID string, run int64) error {
	_, err := tx.Exec(ctx, `UPDATE upload_withdrawal SET run_id = $2 WHERE plan_id = $1 AND run_id IS NULL`, planID, run)
	return wrap("bỏ các tệp đã rút khỏi lần chạy", err)
}
