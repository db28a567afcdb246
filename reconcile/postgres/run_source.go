package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// RecordSource notes what the run did with documents; recording one again
// replaces its note.
func (s *Store) RecordSource(ctx context.Context, tx Tx, planID string, lines ...reconcile.SourceRun) error {
	if len(lines) == 0 {
		return nil
	}
	var batch pgx.Batch
	for i := range lines {
		sr := &lines[i]
		batch.Queue(`
			INSERT INTO source_run AS old (plan_id, run_id, source, file, agency, status, version,
				rows, registrations, not_understood, started_at, finished_at, error)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
			ON CONFLICT (plan_id, run_id, source) DO UPDATE SET
				file = EXCLUDED.file, agency = EXCLUDED.agency, status = EXCLUDED.status, version = EXCLUDED.version,
				rows = EXCLUDED.rows, registrations = EXCLUDED.registrations, not_understood = EXCLUDED.not_understood,
				started_at = EXCLUDED.started_at, finished_at = EXCLUDED.finished_at, error = EXCLUDED.error
			WHERE old.* IS DISTINCT FROM EXCLUDED.*`,
			planID, sr.Run, storable(sr.Source), storable(sr.File), storable(sr.Agency), string(sr.Status), storable(sr.Version),
			sr.Rows, sr.Registrations, sr.NotUnderstood, instant(sr.Started), instant(sr.Finished), storable(sr.Error))
	}
	doing := fmt.Sprintf("ghi nhật ký của %d tài liệu", len(lines))
	if len(lines) == 1 {
		doing = fmt.Sprintf("ghi nhật ký của %s", lines[0].File)
	}
	return wrap(doing, tx.SendBatch(ctx, &batch).Close())
}

// sourceRunRow is a row of table source_run.
type sourceRunRow struct {
	RunID         int64      `db:"run_id"`
	Source        string     `db:"source"`
	File          string     `db:"file"`
	Agency        string     `db:"agency"`
	Status        string     `db:"status"`
	Version       string     `db:"version"`
	Rows          int        `db:"rows"`
	Registrations int        `db:"registrations"`
	NotUnderstood int        `db:"not_understood"`
	StartedAt     *time.Time `db:"started_at"`
	FinishedAt    *time.Time `db:"finished_at"`
	Error         string     `db:"error"`
}

func (r *sourceRunRow) sourceRun() reconcile.SourceRun {
	return reconcile.SourceRun{
		Run: r.RunID, Source: r.Source, File: r.File, Agency: r.Agency,
		Status: reconcile.SourceStatus(r.Status), Version: r.Version,
		Rows: r.Rows, Registrations: r.Registrations, NotUnderstood: r.NotUnderstood,
		Started: timeOf(r.StartedAt), Finished: timeOf(r.FinishedAt), Error: r.Error,
	}
}

const sourceRunColumns = `run_id, source, file, agency, status, version, rows, registrations, not_understood,
	started_at, finished_at, error`

// SourceRuns returns what the run did with each document, in the order of
// their sources.
func (s *Store) SourceRuns(ctx context.Context, planID string, runID int64) ([]reconcile.SourceRun, error) {
	return s.sourceRuns(ctx, fmt.Sprintf("đọc nhật ký nguồn của lần chạy %d", runID), `
		SELECT `+sourceRunColumns+`
		FROM source_run WHERE plan_id = $1 AND run_id = $2 ORDER BY source COLLATE "C"`, planID, runID)
}

// LastReadings returns, by source, the newest line of each document that was
// read: what is known of it while it does not change.
func (s *Store) LastReadings(ctx context.Context, planID string) (map[string]reconcile.SourceRun, error) {
	lines, err := s.sourceRuns(ctx, "đọc lần đọc cuối của các nguồn", `
		SELECT DISTINCT ON (source) `+sourceRunColumns+`
		FROM source_run WHERE plan_id = $1 AND status = 'read' ORDER BY source, run_id DESC`, planID)
	last := make(map[string]reconcile.SourceRun, len(lines))
	for _, line := range lines {
		last[line.Source] = line
	}
	return last, err
}

func (s *Store) sourceRuns(ctx context.Context, doing, query string, args ...any) ([]reconcile.SourceRun, error) {
	rows, err := s.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, wrap(doing, err)
	}
	runs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (reconcile.SourceRun, error) {
		r, err := pgx.RowToStructByName[sourceRunRow](row)
		return r.sourceRun(), err
	})
	return runs, wrap(doing, err)
}
