package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Upload is a file that somebody sent through the page, or the draft of one:
// a file that was checked and may be sent.
type Upload struct {
	ID int64
	// Document is the first upload of the document that this is a version of,
	// 0 for a draft. Of a document's uploads the last one counts.
	Document int64
	Agency   string // code of the agency that it is sent for, "" when the sheets say it
	// Own: it is sent for the agency alone, so that decisions in it, and
	// answers to other agencies' findings, do not count.
	Own     bool
	Kind    string // what it is a list of; a corrected file has the same
	Name    string // as the sender's machine has it, fit to be shown
	Hash    []byte // SHA-256 of the content
	Size    int64  // in bytes
	Sender  string // login
	Checked json.RawMessage
	Created time.Time
	Sent    time.Time // zero for a draft
	Run     int64     // the first run that began after it was sent, 0 while there is none
}

type uploadRow struct {
	UploadID   int64           `db:"upload_id"`
	DocumentID *int64          `db:"document_id"`
	Agency     string          `db:"agency"`
	Own        bool            `db:"own"`
	Kind       string          `db:"kind"`
	Name       string          `db:"name"`
	Hash       []byte          `db:"hash"`
	Size       int64           `db:"size"`
	Sender     string          `db:"sender"`
	Checked    json.RawMessage `db:"checked"`
	CreatedAt  time.Time       `db:"created_at"`
	SentAt     *time.Time      `db:"sent_at"`
	RunID      *int64          `db:"run_id"`
}

const uploadColumns = `upload_id, document_id, agency, own, kind, name, hash, size, sender, checked, created_at, sent_at, run_id`

func (r *uploadRow) upload() Upload {
	u := Upload{
		ID: r.UploadID, Agency: r.Agency, Own: r.Own, Kind: r.Kind, Name: r.Name, Hash: r.Hash, Size: r.Size,
		Sender: r.Sender, Checked: r.Checked, Created: r.CreatedAt, Sent: timeOf(r.SentAt),
	}
	if r.DocumentID != nil {
		u.Document = *r.DocumentID
	}
	if r.RunID != nil {
		u.Run = *r.RunID
	}
	return u
}

// SaveDraft keeps a file that may be sent, and returns its number. Drafts of
// anybody that are older than the given time are removed.
func (s *Store) SaveDraft(ctx context.Context, planID string, u Upload, content []byte, since, now time.Time) (int64, error) {
	const doing = "giữ tạm tệp chờ gửi"
	sum := sha256.Sum256(content)
	var id int64
	err := s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := s.DropOldDrafts(ctx, tx, planID, since); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO file_content (plan_id, hash, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, planID, sum[:], s.seal.File(content))
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `
			INSERT INTO upload (plan_id, agency, own, kind, name, hash, size, sender, checked, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING upload_id`,
			planID, storable(u.Agency), u.Own, storable(u.Kind), storable(u.Name), sum[:], len(content), storable(u.Sender), s.seal.JSON(withoutNUL(u.Checked)), now).Scan(&id)
	})
	return id, wrap(doing, err)
}

// DropOldDrafts removes drafts from before the given time, with their content.
func (s *Store) DropOldDrafts(ctx context.Context, tx Tx, planID string, since time.Time) error {
	return s.dropDrafts(ctx, tx, planID, `created_at < $2`, since)
}

// DropDraft removes one draft of the sender; one that is not there is removed
// already.
func (s *Store) DropDraft(ctx context.Context, planID, sender string, id int64) error {
	return s.InTx(ctx, func(ctx context.Context, tx Tx) error {
		return s.dropDrafts(ctx, tx, planID, `sender = $2 AND upload_id = $3`, storable(sender), id)
	})
}

// dropDrafts removes drafts and the contents that only they had. The lock keeps
// a content from being removed while the same is saved once more.
func (s *Store) dropDrafts(ctx context.Context, tx Tx, planID, condition string, args ...any) error {
	const doing = "bỏ các tệp giữ tạm"
	if err := lock(ctx, tx, "file content", planID); err != nil {
		return wrap(doing, err)
	}
	rows, err := tx.Query(ctx, `DELETE FROM upload WHERE plan_id = $1 AND sent_at IS NULL AND `+condition+` RETURNING hash`, append([]any{planID}, args...)...)
	if err != nil {
		return wrap(doing, err)
	}
	hashes, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil || len(hashes) == 0 {
		return wrap(doing, err)
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM file_content f WHERE plan_id = $1 AND hash = ANY($2)
		AND NOT EXISTS (SELECT FROM upload u WHERE u.plan_id = f.plan_id AND u.hash = f.hash)`, planID, hashes)
	return wrap(doing, err)
}

// Drafts returns the sender's drafts since the given time, oldest first.
func (s *Store) Drafts(ctx context.Context, planID, sender string, since time.Time) ([]Upload, error) {
	return s.uploads(ctx, `plan_id = $1 AND sender = $2 AND sent_at IS NULL AND created_at >= $3 ORDER BY upload_id`, planID, storable(sender), since)
}

// SendDraft makes a draft of the sender a file that was sent: the next version
// of a document of the same agency, or, where replaces is 0, of a new one. It
// returns what was sent; ErrNotFound when there is no such draft or document.
func (s *Store) SendDraft(ctx context.Context, tx Tx, planID, sender string, id, replaces int64, since, now time.Time) (Upload, error) {
	const doing = "gửi tệp"
	rows, err := tx.Query(ctx, `
		UPDATE upload d SET sent_at = $6, checked = NULL, document_id = CASE WHEN $4::bigint = 0 THEN upload_id ELSE $4 END
		WHERE plan_id = $1 AND sender = $2 AND upload_id = $3 AND sent_at IS NULL AND created_at >= $5
		AND ($4::bigint = 0 OR EXISTS (SELECT FROM upload first WHERE first.plan_id = d.plan_id AND first.upload_id = $4 AND first.document_id = $4 AND first.agency = d.agency))
		RETURNING `+uploadColumns, planID, storable(sender), id, replaces, since, now)
	if err != nil {
		return Upload{}, wrap(doing, err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[uploadRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return Upload{}, &failure{doing: doing, kind: ErrNotFound}
	}
	return row.upload(), wrap(doing, err)
}

// SentUploads returns what was sent, oldest first; of the agencies unless they
// are nil.
func (s *Store) SentUploads(ctx context.Context, planID string, agencies []string) ([]Upload, error) {
	return s.uploads(ctx, `plan_id = $1 AND sent_at IS NOT NULL AND ($2::text[] IS NULL OR agency = ANY($2)) ORDER BY sent_at, upload_id`, planID, agencies)
}

func (s *Store) uploads(ctx context.Context, condition string, args ...any) ([]Upload, error) {
	const doing = "đọc các tệp đã gửi"
	rows, err := s.pool.Query(ctx, `SELECT `+uploadColumns+` FROM upload WHERE `+condition, args...)
	if err != nil {
		return nil, wrap(doing, err)
	}
	uploads, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Upload, error) {
		r, err := pgx.RowToStructByName[uploadRow](row)
		return r.upload(), err
	})
	return uploads, wrap(doing, err)
}

// Upload returns what was sent under the number, ErrNotFound when nothing was.
func (s *Store) Upload(ctx context.Context, planID string, id int64) (Upload, error) {
	found, err := s.uploads(ctx, `plan_id = $1 AND upload_id = $2 AND sent_at IS NOT NULL`, planID, id)
	if err == nil && len(found) == 0 {
		err = &failure{doing: fmt.Sprintf("đọc tệp đã gửi số %d", id), kind: ErrNotFound}
	}
	if err != nil {
		return Upload{}, err
	}
	return found[0], nil
}

// UploadContent returns the bytes of what was sent under the number.
func (s *Store) UploadContent(ctx context.Context, planID string, id int64) ([]byte, error) {
	doing := fmt.Sprintf("đọc nội dung tệp đã gửi số %d", id)
	var content []byte
	err := s.pool.QueryRow(ctx, `
		SELECT content FROM upload JOIN file_content USING (plan_id, hash)
		WHERE plan_id = $1 AND upload_id = $2 AND sent_at IS NOT NULL`, planID, id).Scan(&content)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, &failure{doing: doing, kind: ErrNotFound}
	}
	if err == nil {
		content, err = s.seal.OpenFile(content)
	}
	return content, wrap(doing, err)
}

// UploadsWait reports whether something was sent that no run has taken yet.
func (s *Store) UploadsWait(ctx context.Context, planID string) (bool, error) {
	var wait bool
	err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM upload WHERE plan_id = $1 AND sent_at IS NOT NULL AND run_id IS NULL)`, planID).Scan(&wait)
	return wait, wrap("tìm tệp chờ đối soát", err)
}

// TakeUploads notes that the run, which begins in this transaction, takes what
// was sent so far.
func (s *Store) TakeUploads(ctx context.Context, tx Tx, planID string, run int64) error {
	_, err := tx.Exec(ctx, `UPDATE upload SET run_id = $2 WHERE plan_id = $1 AND sent_at IS NOT NULL AND run_id IS NULL`, planID, run)
	return wrap("nhận các tệp đã gửi vào lần chạy", err)
}
