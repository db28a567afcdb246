package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"doisoat/reconcile"
)

// The methods of this file keep a run's line while several jobs, perhaps of
// several programs, work on it: each adds its part in its own transaction.

// Run returns one line of the run ledger.
func (s *Store) Run(ctx context.Context, planID string, runID int64) (reconcile.Run, error) {
	doing := fmt.Sprintf("đọc lần chạy %d", runID)
	rows, err := s.pool.Query(ctx, `SELECT `+runColumns+` FROM run WHERE plan_id = $1 AND run_id = $2`, planID, runID)
	if err != nil {
		return reconcile.Run{}, wrap(doing, err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[runRow])
	if errors.Is(err, pgx.ErrNoRows) {
		return reconcile.Run{}, &failure{doing: doing, kind: ErrNotFound}
	}
	if err != nil {
		return reconcile.Run{}, wrap(doing, err)
	}
	run, err := row.run()
	return run, wrap(doing, err)
}

// RunActive reports whether the run is still open, so that its jobs make sense.
func (s *Store) RunActive(ctx context.Context, planID string, runID int64) (bool, error) {
	run, err := s.Run(ctx, planID, runID)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return run.Status == reconcile.RunRunning, err
}

// SaveRunCounts sets the figures that the reconciliation found. The sources'
// are counted by CloseRun, the reports' by AddReports.
func (s *Store) SaveRunCounts(ctx context.Context, tx Tx, planID string, runID int64, counts reconcile.RunCounts) error {
	doing := fmt.Sprintf("ghi số liệu lần chạy %d", runID)
	body, err := encode(counts)
	if err != nil {
		return wrap(doing, err)
	}
	_, err = tx.Exec(ctx, `UPDATE run SET counts = $3 WHERE plan_id = $1 AND run_id = $2`, planID, runID, body)
	return wrap(doing, err)
}

// AddReports adds to the number of reports that the run has written.
func (s *Store) AddReports(ctx context.Context, tx Tx, planID string, runID int64, written int) error {
	if written == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		UPDATE run SET counts = jsonb_set(counts, '{ReportsWritten}',
			to_jsonb(coalesce((counts->>'ReportsWritten')::bigint, 0) + $3))
		WHERE plan_id = $1 AND run_id = $2`, planID, runID, int64(written))
	return wrap(fmt.Sprintf("ghi số báo cáo của lần chạy %d", runID), err)
}

// NoteRunError adds a line to what went wrong in a run that goes on.
func (s *Store) NoteRunError(ctx context.Context, tx Tx, planID string, runID int64, problem string) error {
	_, err := tx.Exec(ctx, `
		UPDATE run SET error = concat_ws(E'\n', nullif(error, ''), $3::text)
		WHERE plan_id = $1 AND run_id = $2`, planID, runID, storable(problem))
	return wrap(fmt.Sprintf("ghi lỗi của lần chạy %d", runID), err)
}

// CloseRun ends a run whose stages are all done: its sources are counted from
// the ledger, and the status says whether some of them, or some report,
// failed, or could not be written into. A run that is over already stays as it is.
func (s *Store) CloseRun(ctx context.Context, tx Tx, planID string, runID int64, now time.Time) error {
	_, err := tx.Exec(ctx, `
		WITH sources AS (
			SELECT count(*) FILTER (WHERE status = 'read')      AS read,
			       count(*) FILTER (WHERE status = 'unchanged') AS unchanged,
			       count(*) FILTER (WHERE status = 'failed')    AS failed
			FROM source_run WHERE plan_id = $1 AND run_id = $2
		), closed AS (
			SELECT count(*) AS view_only `+viewOnlySQL+`
		)
		UPDATE run SET
			status = CASE WHEN sources.failed > 0 OR closed.view_only > 0 OR run.error <> '' THEN 'partial' ELSE 'done' END,
			finished_at = $3,
			counts = counts || jsonb_build_object(
				'SourcesRead', sources.read, 'SourcesUnchanged', sources.unchanged, 'SourcesFailed', sources.failed,
				'SourcesViewOnly', closed.view_only)
		FROM sources, closed
		WHERE plan_id = $1 AND run_id = $2 AND status = 'running'`, planID, runID, now)
	return wrap(fmt.Sprintf("đóng lần chạy %d", runID), err)
}

// FailRun ends a run that cannot go on, with the reason for people; what it
// has counted so far stays. A run that is over already stays as it is.
func (s *Store) FailRun(ctx context.Context, planID string, runID int64, reason string, now time.Time) error {
	_, err := s.pool.Exec(ctx, `
		UPDATE run SET status = 'failed', error = concat_ws(E'\n', nullif(error, ''), $3::text), finished_at = $4
		WHERE plan_id = $1 AND run_id = $2 AND status = 'running'`, planID, runID, storable(reason), now)
	return wrap(fmt.Sprintf("đóng lần chạy %d", runID), err)
}
