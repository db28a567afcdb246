package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"doisoat/reconcile"
)

// FindingCounts is what SaveFindings made of a run's findings.
type FindingCounts struct {
	// New: found for the first time since the last run whose reports were
	// written.
	// Gone: no longer found since then. Reopened: found again after it was gone.
	New, Gone, Reopened int
	// Open and Waived are all that stand now.
	Open, Waived int
	// Clashes are the codes that several findings of the run had: a mistake in
	// a rule. None is lost: the second gets -2 behind its code, and so on.
	Clashes []string
}

// SaveFindings brings the plan's discrepancies to what this run found: new
// ones are opened, those no longer found are gone, those found again are
// reopened. A discrepancy stays waived while the office's decision "chấp nhận"
// stands, or while the finding says that it is settled. It writes only what differs; saving the same again gives the same
// counts.
func (s *Store) SaveFindings(ctx context.Context, tx Tx, planID string, runID int64, findings []reconcile.Finding, now time.Time) (FindingCounts, error) {
	doing := fmt.Sprintf("ghi sai lệch của kế hoạch %s", planID)
	if err := lock(ctx, tx, "findings", planID); err != nil {
		return FindingCounts{}, wrap(doing, err)
	}
	codes, clashes := assignCodes(planID, findings)
	known, err := standing(ctx, tx, planID)
	if err != nil {
		return FindingCounts{}, wrap(doing, err)
	}
	differing, gone, err := known.compare(findings, codes, s.seal)
	if err != nil {
		return FindingCounts{}, wrap(doing, err)
	}
	if err := saveDifference(ctx, tx, planID, runID, differing, gone, now); err != nil {
		return FindingCounts{}, wrap(doing, err)
	}
	counts := FindingCounts{Clashes: clashes}
	err = tx.QueryRow(ctx, countSQL, planID, runID, now).Scan(&counts.New, &counts.Open, &counts.Waived, &counts.Gone, &counts.Reopened)
	return counts, wrap(doing, err)
}

// assignCodes gives each finding its code, in the order of findings. Findings
// with one code are numbered in an order that depends on their content only.
func assignCodes(planID string, findings []reconcile.Finding) (codes, clashes []string) {
	first := make(map[string]int, len(findings))
	several := make(map[string][]int)
	codes = make([]string, len(findings))
	for i := range findings {
		code := findings[i].Code(planID)
		codes[i] = code
		if before, ok := first[code]; !ok {
			first[code] = i
		} else if several[code] = append(several[code], i); len(several[code]) == 1 {
			several[code] = []int{before, i}
		}
	}
	for code, same := range several {
		clashes = append(clashes, code)
		slices.SortStableFunc(same, func(a, b int) int { return compareFindings(&findings[a], &findings[b]) })
		for n, i := range same[1:] {
			codes[i] = code + "-" + strconv.Itoa(n+2)
		}
	}
	slices.Sort(clashes)
	return codes, clashes
}

func compareFindings(a, b *reconcile.Finding) int {
	return cmp.Or(
		cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Program, b.Program), cmp.Compare(a.Person, b.Person),
		cmp.Compare(a.Place.Source, b.Place.Source), cmp.Compare(a.Place.Sheet, b.Place.Sheet),
		cmp.Compare(a.Place.Row, b.Place.Row), cmp.Compare(a.Place.Cell, b.Place.Cell),
		cmp.Compare(a.Message, b.Message), cmp.Compare(a.Found, b.Found), cmp.Compare(a.Expected, b.Expected),
	)
}

// saveDifference writes what is gone, what was changed or came back, and what
// is new.
func saveDifference(ctx context.Context, tx Tx, planID string, runID int64, differing []stagedFinding, gone []string, now time.Time) error {
	return setBased(ctx, tx, func() error {
		// The order matters: what is gone was last seen in the run before this one.
		if len(gone) > 0 {
			if _, err := tx.Exec(ctx, closeGoneSQL, planID, runID, now, gone); err != nil {
				return err
			}
		}
		known, fresh, err := apartFromNew(ctx, tx, planID, differing)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			if err := stageFindings(ctx, tx, known); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, updateSeenSQL, planID, runID, now, codesOfStaged(known)); err != nil {
				return err
			}
		}
		return openFindings(ctx, tx, planID, runID, fresh, now)
	})
}

// The statements take plan, run and time as $1, $2, $3, and as $4 the codes
// that they are about: with these the server looks up rows by their key and
// never walks through those of other plans.
const (
	// A discrepancy that the run did not find is gone. It was last seen in the
	// reconciliation before; within one run, when that is repeated, just now.
	closeGoneSQL = `
		WITH gone AS (
			UPDATE discrepancy AS d
			SET status = 'gone', gone_run = $2, last_seen = greatest(d.first_seen, coalesce(
				(SELECT at FROM reconciliation WHERE plan_id = $1), $3))
			WHERE plan_id = $1 AND code = ANY($4) AND status <> 'gone'
			RETURNING code
		)
		INSERT INTO discrepancy_event (plan_id, code, event, run_id, at)
		SELECT $1, code, 'gone', $2, $3 FROM gone ORDER BY code COLLATE "C"`

	// A known one that was found takes the finding's content, and its status
	// from the decision that stands.
	updateSeenSQL = `
		WITH seen AS (
			SELECT d.code, d.status AS old_status, d.hash AS old_hash,
				jsonb_build_object('severity', d.severity, 'message', d.message, 'found', d.found, 'expected', d.expected) AS before,
				CASE WHEN a.accepted OR f.settled THEN 'waived' ELSE 'open' END AS new_status
			FROM discrepancy d
			JOIN staging_finding f ON f.code = d.code
			LEFT JOIN answer_current a ON a.plan_id = d.plan_id AND a.kind = 'decision' AND a.code = d.code
			WHERE d.plan_id = $1 AND d.code = ANY($4)
		), changed AS (
			UPDATE discrepancy AS d
			SET (` + findingColumns + `) = (f.rule, f.severity, f.not_checked, f.subject, f.agency, f.program, f.person,
					f.source, f.sheet, f.row_no, f.cell, f.related, f.invalidates, f.message, f.found, f.expected,
					f.legal_basis, f.remedy, f.settled, f.same, f.hash),
				status = seen.new_status, last_seen = NULL, gone_run = NULL,
				reopened = d.reopened + CASE WHEN seen.old_status = 'gone' THEN 1 ELSE 0 END
			FROM seen JOIN staging_finding f ON f.code = seen.code
			WHERE d.plan_id = $1 AND d.code = ANY($4) AND d.code = seen.code AND (f.hash <> seen.old_hash OR seen.new_status <> seen.old_status)
			RETURNING d.code, d.hash, d.status
		)
		INSERT INTO discrepancy_event (plan_id, code, event, run_id, at, before)
		SELECT $1, code, event, $2, $3, CASE WHEN event = 'changed' THEN before END
		FROM seen JOIN changed USING (code) CROSS JOIN LATERAL (VALUES
			(1, 'reopened', old_status = 'gone'),
			(2, 'changed', hash <> old_hash),
			(3, 'waived', status = 'waived' AND old_status <> 'waived'),
			(4, 'unwaived', status = 'open' AND old_status = 'waived')
		) AS e (step, event, happened)
		WHERE happened ORDER BY code COLLATE "C", step`

	// The reconciliation's one row is the last_seen of all that is not gone.
	countSQL = `
		WITH shown AS (` + shownSQL + `), seen AS (
			INSERT INTO reconciliation (plan_id, run_id, at, shown_run) SELECT $1, $2, $3, shown.run_id FROM shown
			ON CONFLICT (plan_id) DO UPDATE SET run_id = EXCLUDED.run_id, at = EXCLUDED.at, shown_run = EXCLUDED.shown_run
		)
		SELECT count(*) FILTER (WHERE first_run > shown.run_id AND status <> 'gone'),
			count(*) FILTER (WHERE status = 'open'),
			count(*) FILTER (WHERE status = 'waived'),
			count(*) FILTER (WHERE status = 'gone' AND gone_run > shown.run_id),
			count(*) FILTER (WHERE status <> 'gone' AND reopened > 0 AND EXISTS (
				SELECT FROM discrepancy_event e
				WHERE e.plan_id = $1 AND e.code = d.code AND e.event = 'reopened' AND e.run_id > shown.run_id))
		FROM shown LEFT JOIN discrepancy d ON d.plan_id = $1`

	// The last run before this one whose reports were all written: they showed
	// what stood then. One that failed, or notes an error of its own, may have
	// shown nothing.
	shownSQL = `
		SELECT coalesce(max(run_id), 0) AS run_id FROM run
		WHERE plan_id = $1 AND run_id < $2 AND status IN ('done', 'partial') AND error = ''`
)
