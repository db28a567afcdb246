package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// AddItems puts pieces of work into a stage of the run and returns how many of
// the stage are unfinished now. Adding a piece again changes nothing.
func (s *Store) AddItems(ctx context.Context, tx Tx, planID string, runID int64, stage string, items []string) (int, error) {
	var remaining int
	err := tx.QueryRow(ctx, `
		WITH added AS (
			INSERT INTO run_item (plan_id, run_id, stage, item)
			SELECT DISTINCT $1::text, $2::bigint, $3::text, item FROM unnest($4::text[]) AS item
			ON CONFLICT DO NOTHING
			RETURNING item
		)
		INSERT INTO run_stage AS stage (plan_id, run_id, stage, total, remaining)
		SELECT $1, $2, $3, count(*), count(*) FROM added
		ON CONFLICT (plan_id, run_id, stage) DO UPDATE
		SET total = stage.total + EXCLUDED.total, remaining = stage.remaining + EXCLUDED.remaining
		RETURNING remaining`, planID, runID, stage, storables(items)).Scan(&remaining)
	return remaining, wrap(fmt.Sprintf("thêm việc cho bước %s của lần chạy %d", stage, runID), err)
}

// DoneItem marks a piece of the stage as finished and returns how many are
// left. Last is true for exactly one call in the stage's life (as long as no
// piece is added later): the one whose transaction finished the last piece.
// What follows the stage is to be queued in that transaction. A piece that was
// finished before changes nothing, and its Last is false.
func (s *Store) DoneItem(ctx context.Context, tx Tx, planID string, runID int64, stage, item string) (remaining int, last bool, err error) {
	doing := fmt.Sprintf("ghi xong một việc của bước %s, lần chạy %d", stage, runID)
	tag, err := tx.Exec(ctx, `
		UPDATE run_item SET done = true
		WHERE plan_id = $1 AND run_id = $2 AND stage = $3 AND item = $4 AND NOT done`, planID, runID, stage, storable(item))
	if err != nil {
		return 0, false, wrap(doing, err)
	}
	// The row lock of the stage makes finishers come one after the other: each
	// sees the number that the one before committed.
	finished := tag.RowsAffected()
	err = tx.QueryRow(ctx, `
		UPDATE run_stage SET remaining = remaining - $4
		WHERE plan_id = $1 AND run_id = $2 AND stage = $3
		RETURNING remaining`, planID, runID, stage, finished).Scan(&remaining)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, &failure{doing: doing, kind: ErrNotFound}
	}
	return remaining, finished > 0 && remaining == 0, wrap(doing, err)
}

// ItemDone reports whether the piece of the stage was finished.
func (s *Store) ItemDone(ctx context.Context, planID string, runID int64, stage, item string) (bool, error) {
	var done bool
	err := s.pool.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM run_item WHERE plan_id = $1 AND run_id = $2 AND stage = $3 AND item = $4 AND done)`,
		planID, runID, stage, storable(item)).Scan(&done)
	return done, wrap(fmt.Sprintf("xem việc của bước %s, lần chạy %d", stage, runID), err)
}

// StageBegun reports whether the run has come to the stage.
func (s *Store) StageBegun(ctx context.Context, planID string, runID int64, stage string) (bool, error) {
	var begun bool
	err := s.pool.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM run_stage WHERE plan_id = $1 AND run_id = $2 AND stage = $3)`, planID, runID, stage).Scan(&begun)
	return begun, wrap(fmt.Sprintf("xem bước %s của lần chạy %d", stage, runID), err)
}
