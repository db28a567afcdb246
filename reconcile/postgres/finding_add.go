package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"
)

// AddFindings adds to what the run found, after SaveFindings, what only came to
// light later, and brings the run's figures up to date; all others stay as they
// are. Adding the same again changes nothing.
func (s *Store) AddFindings(ctx context.Context, tx Tx, planID string, runID int64, findings []reconcile.Finding, now time.Time) error {
	doing := fmt.Sprintf("ghi thêm sai lệch của kế hoạch %s", planID)
	if err := lock(ctx, tx, "findings", planID); err != nil {
		return wrap(doing, err)
	}
	codes, _ := assignCodes(planID, findings)
	known, err := standing(ctx, tx, planID)
	if err != nil {
		return wrap(doing, err)
	}
	differing, _, err := known.compare(findings, codes, s.seal)
	if err != nil {
		return wrap(doing, err)
	}
	if err := saveDifference(ctx, tx, planID, runID, differing, nil, now); err != nil {
		return wrap(doing, err)
	}
	var c FindingCounts
	if err := tx.QueryRow(ctx, countSQL, planID, runID, now).Scan(&c.New, &c.Open, &c.Waived, &c.Gone, &c.Reopened); err != nil {
		return wrap(doing, err)
	}
	_, err = tx.Exec(ctx, `
		UPDATE run SET counts = counts || jsonb_build_object('FindingsNew', $3::int, 'FindingsOpen', $4::int, 'FindingsWaived', $5::int)
		WHERE plan_id = $1 AND run_id = $2`, planID, runID, c.New, c.Open, c.Waived)
	return wrap(doing, err)
}
