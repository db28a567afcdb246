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

// runRow is a row of table run.
type runRow struct {
	PlanID     string          `db:"plan_id"`
	RunID      int64           `db:"run_id"`
	Trigger    string          `db:"trigger"`
	Status     string          `db:"status"`
	StartedAt  time.Time       `db:"started_at"`
	Heartbeat  time.Time       `db:"heartbeat_at"`
	FinishedAt *time.Time      `db:"finished_at"`
	Held       bool            `db:"held"`
	Error      string          `db:"error"`
	Counts     json.RawMessage `db:"counts"`
}

const runColumns = `plan_id, run_id, trigger, status, started_at, heartbeat_at, finished_at, held, error, counts`

func (r *runRow) run() (reconcile.Run, error) {
	run := reconcile.Run{
		ID: r.RunID, Plan: r.PlanID, Started: r.StartedAt, Finished: timeOf(r.FinishedAt),
		Status: reconcile.RunStatus(r.Status), Trigger: r.Trigger, Error: r.Error,
	}
	return run, decodeStrict(r.Counts, &run.Counts)
}

// StartRun opens a line of the run ledger; runs are numbered within their plan. When a run of the plan is
// unfinished and alive, the error is a *RunningError; a dead one is first
// closed as failed, with the reason.
func (s *Store) StartRun(ctx context.Context, tx Tx, planID, trigger string, now time.Time) (int64, error) {
	doing := fmt.Sprintf("mở lần chạy của kế hoạch %s", planID)
	if err := lock(ctx, tx, "start run", planID); err != nil {
		return 0, wrap(doing, err)
	}
	if err := s.closeDeadRun(ctx, tx, planID, now); err != nil {
		return 0, wrap(doing, err)
	}
	var id int64
	err := tx.QueryRow(ctx, `
		INSERT INTO run (plan_id, run_id, trigger, status, started_at, heartbeat_at)
		SELECT plan_id, (SELECT coalesce(max(run_id), 0) + 1 FROM run WHERE plan_id = $1), $2, 'running', $3, $3
		FROM plan WHERE plan_id = $1
		RETURNING run_id`, planID, trigger, now).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, &failure{doing: doing, kind: ErrNotFound}
	}
	return id, wrap(doing, err)
}

func (s *Store) closeDeadRun(ctx context.Context, tx Tx, planID string, now time.Time) error {
	rows, err := tx.Query(ctx, `SELECT `+runColumns+` FROM run WHERE plan_id = $1 AND status = 'running' FOR UPDATE`, planID)
	if err != nil {
		return err
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[runRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	alive, err := s.isAlive(ctx, tx, &row, now)
	if err != nil {
		return err
	}
	if alive {
		run, err := row.run()
		if err != nil {
			return err
		}
		return &RunningError{Run: run}
	}
	reason := fmt.Sprintf("chương trình dừng đột ngột khi đang chạy; dấu hiệu hoạt động cuối cùng lúc %s",
		row.Heartbeat.Format("15:04:05 02/01/2006"))
	_, err = tx.Exec(ctx, `UPDATE run SET status = 'failed', error = $3, finished_at = $4 WHERE plan_id = $1 AND run_id = $2`,
		planID, row.RunID, reason, now)
	return err
}

// isAlive asks the run's lock when its program held one: the server frees it
// the moment that the program is gone. Otherwise the heartbeat has to tell.
func (s *Store) isAlive(ctx context.Context, tx Tx, row *runRow, now time.Time) (bool, error) {
	if !row.Held {
		return now.Sub(row.Heartbeat) < s.runSilence, nil
	}
	var free bool
	err := tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))`, runLock(row.PlanID, row.RunID)).Scan(&free)
	return !free, err
}

func runLock(planID string, runID int64) string { return fmt.Sprintf("run %q %d", planID, runID) }

// TouchRun is the run's sign of life.
func (s *Store) TouchRun(ctx context.Context, planID string, runID int64, now time.Time) error {
	_, err := s.pool.Exec(ctx, `
		UPDATE run SET heartbeat_at = greatest(heartbeat_at, $3)
		WHERE plan_id = $1 AND run_id = $2 AND status = 'running'`, planID, runID, now)
	return wrap(fmt.Sprintf("ghi dấu hiệu hoạt động của lần chạy %d", runID), err)
}

// FinishRun closes the run's line with its outcome. Finishing it again
// replaces the outcome.
func (s *Store) FinishRun(ctx context.Context, planID string, runID int64, status reconcile.RunStatus, problem string,
	counts reconcile.RunCounts, now time.Time,
) error {
	doing := fmt.Sprintf("ghi kết quả lần chạy %d", runID)
	body, err := encode(counts)
	if err != nil {
		return wrap(doing, err)
	}
	tag, err := s.pool.Exec(ctx, `
		UPDATE run SET status = $3, error = $4, counts = $5, finished_at = $6
		WHERE plan_id = $1 AND run_id = $2`,
		planID, runID, string(status), storable(problem), body, now)
	if err == nil && tag.RowsAffected() == 0 {
		return &failure{doing: doing, kind: ErrNotFound}
	}
	return wrap(doing, err)
}

// Runs returns the newest runs of the plan, newest first; limit 0 is all.
func (s *Store) Runs(ctx context.Context, planID string, limit int) ([]reconcile.Run, error) {
	doing := fmt.Sprintf("đọc nhật ký chạy của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT `+runColumns+` FROM run WHERE plan_id = $1 ORDER BY run_id DESC LIMIT nullif($2, 0)`, planID, limit)
	if err != nil {
		return nil, wrap(doing, err)
	}
	stored, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[runRow])
	if err != nil {
		return nil, wrap(doing, err)
	}
	runs := make([]reconcile.Run, len(stored))
	for i, row := range stored {
		if runs[i], err = row.run(); err != nil {
			return nil, wrap(doing, err)
		}
	}
	return runs, nil
}
