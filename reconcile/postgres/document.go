package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// documents is the table of documents; its rows have no key but the source.
func documents() versioned {
	return versioned{
		table:  "document",
		values: []string{"file", "format", "version", "reader_version", "agency", "received", "status", "failure"},
	}
}

// contents are the tables that hold what is in a document.
func contents() []versioned {
	return []versioned{sheets(), registrations(), allocations(), estimateLines(), results()}
}

// DocumentStatus is how the last reading of a document went.
type DocumentStatus string

// A failed document keeps the content of its last good reading.
const (
	DocumentRead   DocumentStatus = "read"
	DocumentFailed DocumentStatus = "failed"
)

// DocumentVersion is what is known of a document without loading it.
type DocumentVersion struct {
	Version       string         `db:"version"`
	ReaderVersion string         `db:"reader_version"`
	Agency        string         `db:"agency"`
	File          string         `db:"file"`
	Status        DocumentStatus `db:"status"`
	// Failure is why the last reading failed, nil when it did not.
	Failure *reconcile.Failure `db:"failure"`
}

// Versions returns the plan's documents by source, or those of the given sources
// alone, without those that are gone from their source.
func (s *Store) Versions(ctx context.Context, planID string, sources ...string) (map[string]DocumentVersion, error) {
	doing := fmt.Sprintf("đọc danh sách tài liệu của kế hoạch %s", planID)
	type row struct {
		Source string `db:"source"`
		DocumentVersion
	}
	rows, err := s.pool.Query(ctx, `
		SELECT source, version, reader_version, agency, file, status, failure
		FROM document WHERE plan_id = $1 AND valid_to IS NULL AND ($2::text[] IS NULL OR source = ANY($2))`, planID, sources)
	if err != nil {
		return nil, wrap(doing, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
	if err != nil {
		return nil, wrap(doing, err)
	}
	versions := make(map[string]DocumentVersion, len(list))
	for _, r := range list {
		versions[r.Source] = r.DocumentVersion
	}
	return versions, nil
}

// SaveDocument makes d what its source says from now on and counts the
// registrations that this changed. What it said before stays as history. A
// document with a Failure is marked as failed and keeps the content of its
// last good reading. Saving the same document again writes nothing.
func (s *Store) SaveDocument(ctx context.Context, tx Tx, planID string, runID int64, d *reconcile.Document, now time.Time) (Changes, error) {
	doing := fmt.Sprintf("ghi tài liệu %s", d.File)
	at := stamp{plan: planID, source: storable(d.Source), run: runID, now: now}
	parts, err := s.partsOf(d)
	if err != nil {
		return Changes{}, wrap(doing, err)
	}
	turns, err := replace(ctx, tx, at, parts)
	if err != nil {
		return Changes{}, wrap(doing, err)
	}
	total := changesOf(turns)
	if d.Failure != nil {
		if total.Unchanged, err = countRegistrations(ctx, tx, at); err != nil {
			return Changes{}, wrap(doing, err)
		}
	}
	return total, nil
}

// SaveWritten says that the service itself has just made the document what it
// is now. It knows what stands there, so that nobody need read it before
// somebody else changes it; what was read in it earlier stays.
func (s *Store) SaveWritten(ctx context.Context, tx Tx, planID string, runID int64, d *reconcile.Document, now time.Time) error {
	doing := fmt.Sprintf("ghi tài liệu %s", d.File)
	at := stamp{plan: planID, source: storable(d.Source), run: runID, now: now}
	row, err := s.documentRow(d)
	if err != nil {
		return wrap(doing, err)
	}
	_, err = replace(ctx, tx, at, []part{{documents(), [][]any{row}}})
	return wrap(doing, err)
}

// RenameDocument says that a document has another name, or version, and the
// content that it had. One that is not known stays so.
func (s *Store) RenameDocument(ctx context.Context, tx Tx, planID string, runID int64, source, file, version string, now time.Time) error {
	doing := fmt.Sprintf("đổi tên tài liệu %s", file)
	at := stamp{plan: planID, source: storable(source), run: runID, now: now}
	if err := lock(ctx, tx, "document", planID, at.source); err != nil {
		return wrap(doing, err)
	}
	var format, reader, agency, status string
	var received *time.Time
	var failure json.RawMessage
	err := tx.QueryRow(ctx, `
		SELECT format, reader_version, agency, received, status, failure
		FROM document WHERE plan_id = $1 AND source = $2 AND valid_to IS NULL`, planID, at.source).
		Scan(&format, &reader, &agency, &received, &status, &failure)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return wrap(doing, err)
	}
	row := []any{storable(file), format, storable(version), reader, agency, received, status, failure}
	_, err = replace(ctx, tx, at, []part{{documents(), [][]any{row}}})
	return wrap(doing, err)
}

// partsOf is the document taken apart into what each table is to hold of it. One
// that could not be read is only noted as such.
func (s *Store) partsOf(d *reconcile.Document) ([]part, error) {
	row, err := s.documentRow(d)
	if err != nil {
		return nil, err
	}
	parts := []part{{documents(), [][]any{row}}}
	if d.Failure != nil {
		return parts, nil
	}
	rows := contentRows{source: d.Source, seal: s.seal}
	for i := range d.Sheets {
		if err := rows.add(i, &d.Sheets[i]); err != nil {
			return nil, fmt.Errorf("trang tính %q: %w", d.Sheets[i].Name, err)
		}
	}
	return append(parts,
		part{sheets(), rows.sheets}, part{registrations(), rows.registrations}, part{allocations(), rows.allocations},
		part{estimateLines(), rows.estimates}, part{results(), rows.results}), nil
}

// changesOf counts what became of the registrations, and of all else.
func changesOf(turns []turn) Changes {
	var total Changes
	for i := range turns {
		c := &turns[i].changes
		if turns[i].table.table == registrations().table {
			total.Added, total.Changed, total.Removed, total.Unchanged = c.Added, c.Changed, c.Removed, c.Unchanged
		} else {
			total.Other += c.Added + c.Changed + c.Removed
		}
	}
	return total
}

func (s *Store) documentRow(d *reconcile.Document) ([]any, error) {
	status, failure := DocumentRead, json.RawMessage(nil)
	if d.Failure != nil {
		status = DocumentFailed
		var err error
		if failure, err = encode(d.Failure); err != nil {
			return nil, err
		}
	}
	return []any{
		storable(d.File), string(d.Format), storable(d.Version), s.readerVersion, storable(d.Agency),
		instant(d.Received), string(status), failure,
	}, nil
}

func countRegistrations(ctx context.Context, tx Tx, at stamp) (int, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM registration WHERE plan_id = $1 AND source = $2 AND valid_to IS NULL`,
		at.plan, at.source).Scan(&n)
	return n, err
}

// MarkMissing says that the documents are no longer where they came from: they
// and their registrations count no more, yet stay as history. It returns how
// many registrations this closed. A document that comes back is saved again.
func (s *Store) MarkMissing(ctx context.Context, tx Tx, planID string, runID int64, sources []string, now time.Time) (int, error) {
	const doing = "đánh dấu tài liệu không còn ở nguồn"
	closed := 0
	for _, table := range append(contents(), documents()) {
		n, err := table.closeAll(ctx, tx, planID, storables(sources), runID, now)
		if err != nil {
			return 0, wrap(doing, err)
		}
		if table.table == registrations().table {
			closed = n
		}
	}
	_, err := tx.Exec(ctx, noteChangeSQL, planID, storables(sources))
	return closed, wrap(doing, err)
}

// DocumentNames returns what people call the documents of these sources; one
// that is not there is left out.
func (s *Store) DocumentNames(ctx context.Context, planID string, sources []string) (map[string]string, error) {
	const doing = "đọc tên tài liệu"
	rows, err := s.pool.Query(ctx, `SELECT source, file FROM document WHERE plan_id = $1 AND source = ANY($2) AND valid_to IS NULL`,
		planID, storables(sources))
	if err != nil {
		return nil, wrap(doing, err)
	}
	names := make(map[string]string)
	var source, file string
	_, err = pgx.ForEachRow(rows, []any{&source, &file}, func() error { names[source] = file; return nil })
	return names, wrap(doing, err)
}
