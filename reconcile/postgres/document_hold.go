package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"doisoat/reconcile"
)

// HeldDocument is a document that goes on counting as it was, since many of its lines
// vanished and nobody has confirmed it yet.
type HeldDocument struct {
	Source string `db:"source"`
	File   string `db:"file"`
	Agency string `db:"agency"`
	Gone   bool   `db:"gone"` // the document is no longer where it came from
	// Place is the configured source, and Item how that opens the document anew.
	Place  string          `db:"place"`
	Item   json.RawMessage `db:"item"`
	Before int             `db:"lines_before"`
	After  int             `db:"lines_after"`
	// Keys of the lines that vanished, and what people call them.
	Keys  []string  `db:"keys"`
	Names []string  `db:"names"`
	Since time.Time `db:"held_since"`
	// ReaderVersion is the reader that found them gone; holding sets it.
	ReaderVersion string `db:"reader_version"`
}

// HoldDocument notes that the document is held; what it says now is not saved.
// Holding it again replaces the note and keeps since when.
func (s *Store) HoldDocument(ctx context.Context, tx Tx, planID string, runID int64, h HeldDocument, now time.Time) error {
	if h.Item == nil {
		h.Item = json.RawMessage("null")
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO document_hold AS old (plan_id, source, file, agency, gone, place, item, lines_before, lines_after, keys, names, run_id, held_since, reader_version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (plan_id, source) DO UPDATE SET
			file = EXCLUDED.file, agency = EXCLUDED.agency, gone = EXCLUDED.gone, place = EXCLUDED.place, item = EXCLUDED.item,
			lines_before = EXCLUDED.lines_before, lines_after = EXCLUDED.lines_after, keys = EXCLUDED.keys, names = EXCLUDED.names,
			reader_version = EXCLUDED.reader_version`,
		planID, storable(h.Source), storable(h.File), storable(h.Agency), h.Gone, storable(h.Place), withoutNUL(h.Item),
		h.Before, h.After, storables(h.Keys), storables(h.Names), runID, now, s.readerVersion)
	return wrap(fmt.Sprintf("giữ lại bản trước của tài liệu %s", h.File), err)
}

// ReleaseDocuments forgets that the documents are held.
func (s *Store) ReleaseDocuments(ctx context.Context, tx Tx, planID string, sources []string) error {
	_, err := tx.Exec(ctx, `DELETE FROM document_hold WHERE plan_id = $1 AND source = ANY($2)`, planID, storables(sources))
	return wrap("thôi giữ bản trước của tài liệu", err)
}

// HeldDocuments returns the plan's held documents by source.
func (s *Store) HeldDocuments(ctx context.Context, planID string) ([]HeldDocument, error) {
	doing := fmt.Sprintf("đọc các tài liệu đang giữ bản trước của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `
		SELECT source, file, agency, gone, place, item, lines_before, lines_after, keys, names, held_since, reader_version
		FROM document_hold WHERE plan_id = $1 ORDER BY source COLLATE "C"`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	holds, err := pgx.CollectRows(rows, pgx.RowToStructByName[HeldDocument])
	return holds, wrap(doing, err)
}

// CurrentDocuments returns what the documents of these sources say now, by
// source; one that is not there is left out.
func (s *Store) CurrentDocuments(ctx context.Context, planID string, sources []string) ([]*reconcile.Document, error) {
	documents, err := s.load(ctx, snapshot{
		condition: `plan_id = $1 AND source = ANY($2) AND valid_to IS NULL`, args: []any{planID, storables(sources)},
	})
	return documents, wrap("đọc tài liệu đang có hiệu lực", err)
}
