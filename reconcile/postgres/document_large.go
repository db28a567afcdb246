package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// NoteLarge keeps whether the spreadsheet is too large to be read at once.
func (s *Store) NoteLarge(ctx context.Context, tx Tx, planID, source string, large bool) error {
	sql := `DELETE FROM document_large WHERE plan_id = $1 AND source = $2`
	if large {
		sql = `INSERT INTO document_large (plan_id, source) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	}
	_, err := tx.Exec(ctx, sql, planID, storable(source))
	return wrap("ghi nhớ cỡ của bảng tính", err)
}

// LargeDocuments returns the plan's spreadsheets that are too large to be read
// at once, by source.
func (s *Store) LargeDocuments(ctx context.Context, planID string) (map[string]bool, error) {
	const doing = "đọc cỡ của các bảng tính"
	rows, err := s.pool.Query(ctx, `SELECT source FROM document_large WHERE plan_id = $1`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	large := make(map[string]bool)
	var source string
	_, err = pgx.ForEachRow(rows, []any{&source}, func() error { large[source] = true; return nil })
	return large, wrap(doing, err)
}
