package postgres

import (
	"context"
	"fmt"
)

// ReportState returns, by path, the hash from which each report was last
// written, of all reports or of those at the given paths alone.
func (s *Store) ReportState(ctx context.Context, planID string, paths ...string) (map[string]string, error) {
	doing := fmt.Sprintf("đọc trạng thái báo cáo của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `
		SELECT path, hash FROM report_state
		WHERE plan_id = $1 AND ($2::text[] IS NULL OR path = ANY($2))`, planID, paths)
	if err != nil {
		return nil, wrap(doing, err)
	}
	defer rows.Close()
	state := make(map[string]string)
	for rows.Next() {
		var path, hash string
		if err := rows.Scan(&path, &hash); err != nil {
			return nil, wrap(doing, err)
		}
		state[path] = hash
	}
	return state, wrap(doing, rows.Err())
}

// SaveReportState notes the hash from which the report at path was written. An
// empty hash forgets the report.
func (s *Store) SaveReportState(ctx context.Context, tx Tx, planID, path, hash string) error {
	var err error
	if hash == "" {
		_, err = tx.Exec(ctx, `DELETE FROM report_state WHERE plan_id = $1 AND path = $2`, planID, path)
	} else {
		_, err = tx.Exec(ctx, `
			INSERT INTO report_state AS old (plan_id, path, hash) VALUES ($1, $2, $3)
			ON CONFLICT (plan_id, path) DO UPDATE SET hash = EXCLUDED.hash WHERE old.hash <> EXCLUDED.hash`, planID, path, hash)
	}
	return wrap(fmt.Sprintf("ghi trạng thái báo cáo %s", path), err)
}

// CheckReport forgets the report at path unless the other hash that was saved
// for it, at note, is the given one: somebody changed it since.
func (s *Store) CheckReport(ctx context.Context, tx Tx, planID, path, note, hash string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM report_state WHERE plan_id = $1 AND path = $2
		AND NOT EXISTS (SELECT FROM report_state noted WHERE noted.plan_id = $1 AND noted.path = $3 AND noted.hash = $4)`,
		planID, path, note, hash)
	return wrap(fmt.Sprintf("xem trạng thái báo cáo %s", path), err)
}
