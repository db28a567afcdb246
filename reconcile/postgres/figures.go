package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// SaveFigures keeps the numbers that the run's reports show, of all agencies
// or of a bloc's; what they look like is the reports' matter.
func (s *Store) SaveFigures(ctx context.Context, planID string, bloc reconcile.Bloc, runID int64, body json.RawMessage) error {
	_, err := s.pool.Exec(ctx, `
		INSERT INTO figures AS old (plan_id, bloc, run_id, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (plan_id, bloc) DO UPDATE SET run_id = EXCLUDED.run_id, body = EXCLUDED.body
		WHERE old.body <> EXCLUDED.body AND old.run_id <= EXCLUDED.run_id`, planID, string(bloc), runID, withoutNUL(body))
	return wrap(fmt.Sprintf("ghi số liệu của lần chạy %d", runID), err)
}

// Figures returns what SaveFigures kept last, ErrNotFound before the first run.
func (s *Store) Figures(ctx context.Context, planID string, bloc reconcile.Bloc) (json.RawMessage, error) {
	const doing = "đọc số liệu"
	var body json.RawMessage
	err := s.pool.QueryRow(ctx, `SELECT body FROM figures WHERE plan_id = $1 AND bloc = $2`, planID, string(bloc)).Scan(&body)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, &failure{doing: doing, kind: ErrNotFound}
	}
	return body, wrap(doing, err)
}
