package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// DocumentStates tells how often what each document of the plan says has
// changed: as long as all of them are the same, so are the documents. What is
// gone from its source keeps its line.
func (s *Store) DocumentStates(ctx context.Context, planID string) (map[string]int64, error) {
	doing := fmt.Sprintf("đọc trạng thái tài liệu của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT source, changes FROM document_state WHERE plan_id = $1`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	states := make(map[string]int64)
	var source string
	var changes int64
	_, err = pgx.ForEachRow(rows, []any{&source, &changes}, func() error { states[source] = changes; return nil })
	return states, wrap(doing, err)
}

// noteChangeSQL counts that what the documents ($2) say has changed.
const noteChangeSQL = `
	INSERT INTO document_state AS known (plan_id, source, changes)
	SELECT DISTINCT $1, source, 1 FROM unnest($2::text[]) AS u (source) ORDER BY source
	ON CONFLICT (plan_id, source) DO UPDATE SET changes = known.changes + 1`

// AnswerState changes whenever an answer, a decision or what these say of who
// is one person changes.
func (s *Store) AnswerState(ctx context.Context, planID string) (string, error) {
	var state string
	err := s.pool.QueryRow(ctx, `
		SELECT concat_ws('/',
			(SELECT max(answer_id) FROM answer WHERE plan_id = $1),
			(SELECT max(statement_id) FROM person_apart WHERE plan_id = $1))`, planID).Scan(&state)
	return state, wrap(fmt.Sprintf("đọc trạng thái phản hồi của kế hoạch %s", planID), err)
}

// ElsewhereState changes whenever something changes that other plans say to this
// one: who was told apart, and what earlier plans know of results.
func (s *Store) ElsewhereState(ctx context.Context, planID string) (string, error) {
	var state string
	err := s.pool.QueryRow(ctx, `
		SELECT concat_ws('/',
			(SELECT max(statement_id) FROM person_apart WHERE plan_id <> $1),
			(SELECT string_agg(p.plan_id || ':' || encode(r.inputs, 'hex'), ' ' ORDER BY p.plan_id COLLATE "C")
				FROM plan own JOIN plan p ON p.year < own.year JOIN reconciliation r ON r.plan_id = p.plan_id
				WHERE own.plan_id = $1))`, planID).Scan(&state)
	return state, wrap(fmt.Sprintf("đọc trạng thái các kế hoạch khác của kế hoạch %s", planID), err)
}

// Reconciliation is what the plan's findings were made from.
type Reconciliation struct {
	Run int64
	// Inputs is a digest of all that they depend on, the date apart; nil when
	// that is not known.
	Inputs []byte
	// Since and Until bound the days for which the same inputs give the same
	// findings, Until itself not among them.
	Since, Until reconcile.Date
	// Settled is a digest of the sources and reports that this run or a later
	// one left behind, with all reports as they should be; nil as long as there
	// was none.
	Settled []byte
}

// Reconciliation returns the last one of the plan, the zero value when there
// was none.
func (s *Store) Reconciliation(ctx context.Context, planID string) (Reconciliation, error) {
	doing := fmt.Sprintf("đọc lần đối soát cuối của kế hoạch %s", planID)
	var last Reconciliation
	var since, until string
	err := s.pool.QueryRow(ctx, `SELECT run_id, inputs, since, until, settled FROM reconciliation WHERE plan_id = $1`, planID).
		Scan(&last.Run, &last.Inputs, &since, &until, &last.Settled)
	if errors.Is(err, pgx.ErrNoRows) {
		return Reconciliation{}, nil
	}
	if err != nil {
		return Reconciliation{}, wrap(doing, err)
	}
	var faults [2]error
	last.Since, faults[0] = reconcile.ParseDate(since)
	last.Until, faults[1] = reconcile.ParseDate(until)
	return last, wrap(doing, errors.Join(faults[:]...))
}

// SaveInputs notes, in the transaction that saved the findings, what they were
// made from.
func (s *Store) SaveInputs(ctx context.Context, tx Tx, planID string, made Reconciliation) error {
	_, err := tx.Exec(ctx, `UPDATE reconciliation SET inputs = $3, since = $4, until = $5, settled = NULL WHERE plan_id = $1 AND run_id = $2`,
		planID, made.Run, made.Inputs, made.Since.String(), made.Until.String())
	return wrap(fmt.Sprintf("ghi đầu vào của lần đối soát %d", made.Run), err)
}

// SaveSettled notes what the run left behind, provided that no report failed, and
// that it wrote none or that all are untouched since. Where only a write can tell whether a spreadsheet may be
// written into by now, the next run has to try.
func (s *Store) SaveSettled(ctx context.Context, tx Tx, planID string, runID int64, digest []byte, untouched bool) error {
	_, err := tx.Exec(ctx, `
		UPDATE reconciliation r SET settled = $3 FROM run
		WHERE r.plan_id = $1 AND r.run_id = $2 AND run.plan_id = $1 AND run.run_id = $2
			AND ($4 OR coalesce((run.counts->>'ReportsWritten')::bigint, 0) = 0) AND coalesce(run.error, '') = ''
			AND NOT EXISTS (SELECT `+viewOnlySQL+` AND NOT v.listed)`,
		planID, runID, digest, untouched)
	return wrap(fmt.Sprintf("ghi trạng thái báo cáo của lần chạy %d", runID), err)
}

// RepeatFindings makes the findings of the last reconciliation those of this
// run, which would find the same, and returns the run's figures: the last
// one's, with nothing new and nothing gone unless that run wrote not all of its
// reports. A run that is repeated itself, since its program ended before it
// could say that it was done, keeps its figures.
func (s *Store) RepeatFindings(ctx context.Context, tx Tx, planID string, runID int64, now time.Time) (reconcile.RunCounts, error) {
	doing := fmt.Sprintf("ghi sai lệch của kế hoạch %s", planID)
	if err := lock(ctx, tx, "findings", planID); err != nil {
		return reconcile.RunCounts{}, wrap(doing, err)
	}
	var row runRow
	err := tx.QueryRow(ctx, `
		WITH last AS (
			SELECT run.run_id, run.status, run.error, run.counts FROM reconciliation r JOIN run ON run.plan_id = r.plan_id AND run.run_id = r.run_id
			WHERE r.plan_id = $1
		), repeated AS (
			UPDATE reconciliation SET run_id = $2, at = $3, shown_run = shown.run_id FROM (`+shownSQL+`) AS shown WHERE plan_id = $1
		)
		SELECT run_id, status, error, counts FROM last`, planID, runID, now).Scan(&row.RunID, &row.Status, &row.Error, &row.Counts)
	if err != nil {
		return reconcile.RunCounts{}, wrap(doing, err)
	}
	run, err := row.run()
	counts := run.Counts
	if row.RunID == runID {
		return counts, wrap(doing, err)
	}
	if row.Status != string(reconcile.RunFailed) && row.Error == "" { // its reports showed what was new
		counts.FindingsNew, counts.FindingsGone = 0, 0
	}
	counts.ReportsWritten, counts.SourcesRead, counts.SourcesUnchanged, counts.SourcesFailed, counts.SourcesViewOnly = 0, 0, 0, 0, 0
	return counts, wrap(doing, err)
}
