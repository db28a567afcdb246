package postgres

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// standings are the plan's discrepancies that are not gone, by code. Most runs
// find nearly all of them again as they are: what differs is found here, by
// their hashes, and only that is sent to the server.
type standings map[string]*knownFinding

type knownFinding struct {
	hash     []byte
	waived   bool
	accepted bool // by the office's decision that stands, so that it should be waived
	found    bool // in this run
}

func standing(ctx context.Context, tx Tx, planID string) (standings, error) {
	rows, err := tx.Query(ctx, `SELECT code, hash, status = 'waived' FROM discrepancy WHERE plan_id = $1 AND status <> 'gone'`, planID)
	if err != nil {
		return nil, err
	}
	known := make(standings)
	var code string
	var hash []byte
	var waived bool
	_, err = pgx.ForEachRow(rows, []any{&code, &hash, &waived}, func() error {
		known[code] = &knownFinding{hash: slices.Clone(hash), waived: waived}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if rows, err = tx.Query(ctx, `SELECT code FROM answer_current WHERE plan_id = $1 AND kind = 'decision' AND accepted`, planID); err != nil {
		return nil, err
	}
	_, err = pgx.ForEachRow(rows, []any{&code}, func() error {
		if f, ok := known[code]; ok {
			f.accepted = true
		}
		return nil
	})
	return known, err
}

// compare returns the findings that are not known as they are, and the codes
// that no finding has, in their order.
func (known standings) compare(findings []reconcile.Finding, codes []string, sealer *seal.Sealer) (differing []stagedFinding, gone []string, err error) {
	for i := range findings {
		values, err := findingValues(&findings[i], sealer)
		if err != nil {
			return nil, nil, err
		}
		hash, err := contentHash(hashed(&findings[i], values)...)
		if err != nil {
			return nil, nil, err
		}
		f, ok := known[codes[i]]
		if ok {
			f.found = true
			if bytes.Equal(f.hash, hash) && f.waived == (f.accepted || findings[i].Settled) {
				continue
			}
		}
		differing = append(differing, stagedFinding{codes[i], hash, findings[i].Settled, values})
	}
	for code, f := range known {
		if !f.found {
			gone = append(gone, code)
		}
	}
	slices.Sort(gone)
	return differing, gone, nil
}

// findingColumns are the columns of a discrepancy that come from its finding.
const findingColumns = `rule, severity, not_checked, subject, agency, program, person, source, sheet, row_no, cell,
	related, invalidates, message, found, expected, legal_basis, remedy, settled, same, hash`

// stagedFinding is a finding on its way into the table of discrepancies.
type stagedFinding struct {
	code    string
	hash    []byte
	settled bool
	values  []any // of the finding's own columns, but for the hash
}

func codesOfStaged(findings []stagedFinding) []string {
	codes := make([]string, len(findings))
	for i := range findings {
		codes[i] = findings[i].code
	}
	return codes
}

// apartFromNew tells those that the plan has, be they gone, from those that it
// never had.
func apartFromNew(ctx context.Context, tx Tx, planID string, findings []stagedFinding) (known, fresh []stagedFinding, err error) {
	if len(findings) == 0 {
		return nil, nil, nil
	}
	rows, err := tx.Query(ctx, `SELECT code FROM discrepancy WHERE plan_id = $1 AND code = ANY($2)`, planID, codesOfStaged(findings))
	if err != nil {
		return nil, nil, err
	}
	has := make(map[string]bool)
	var code string
	if _, err := pgx.ForEachRow(rows, []any{&code}, func() error { has[code] = true; return nil }); err != nil {
		return nil, nil, err
	}
	for _, f := range findings {
		if has[f.code] {
			known = append(known, f)
		} else {
			fresh = append(fresh, f)
		}
	}
	return known, fresh, nil
}

// findingNames are findingColumns one by one.
func findingNames() []string {
	names := strings.Split(findingColumns, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

// openFindings adds discrepancies that the plan never had.
func openFindings(ctx context.Context, tx Tx, planID string, runID int64, findings []stagedFinding, now time.Time) error {
	if len(findings) == 0 {
		return nil
	}
	slices.SortFunc(findings, func(a, b stagedFinding) int { return strings.Compare(a.code, b.code) })
	columns := append([]string{"plan_id", "code", "status", "first_seen", "first_run"}, findingNames()...)
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"discrepancy"}, columns, pgx.CopyFromSlice(len(findings), func(i int) ([]any, error) {
		f := &findings[i]
		status := reconcile.StatusOpen
		if f.settled {
			status = reconcile.StatusWaived
		}
		return slices.Concat([]any{planID, f.code, string(status), now, runID}, f.values, []any{f.hash}), nil
	}))
	if err != nil {
		return err
	}
	columns = []string{"plan_id", "code", "event", "run_id", "at"}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"discrepancy_event"}, columns, pgx.CopyFromSlice(len(findings), func(i int) ([]any, error) {
		return []any{planID, findings[i].code, "found", runID, now}, nil
	}))
	return err
}

func stageFindings(ctx context.Context, tx Tx, findings []stagedFinding) error {
	_, err := tx.Exec(ctx, `CREATE TEMPORARY TABLE IF NOT EXISTS staging_finding ON COMMIT DELETE ROWS AS
		SELECT code, `+findingColumns+` FROM discrepancy WITH NO DATA`)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM staging_finding`); err != nil {
		return err
	}
	columns := append([]string{"code"}, findingNames()...)
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"staging_finding"}, columns, pgx.CopyFromSlice(len(findings), func(i int) ([]any, error) {
		f := &findings[i]
		return append(append([]any{f.code}, f.values...), f.hash), nil
	}))
	return err
}

func findingValues(f *reconcile.Finding, sealer *seal.Sealer) ([]any, error) {
	related, same := json.RawMessage("[]"), json.RawMessage("[]")
	var err error
	if len(f.Related) > 0 {
		if related, err = encode(f.Related); err != nil {
			return nil, err
		}
	}
	if len(f.Same) > 0 {
		if same, err = encode(f.Same); err != nil {
			return nil, err
		}
	}
	return []any{
		f.Rule, string(f.Severity), f.NotChecked, storable(f.Subject), storable(f.Agency), storable(f.Program), storable(f.Person),
		storable(f.Place.Source), storable(f.Place.Sheet), f.Place.Row, storable(f.Place.Cell),
		related, storables(f.Invalidates), sealer.Text(storable(f.Message)), sealer.Text(storable(f.Found)), sealer.Text(storable(f.Expected)),
		storable(f.LegalBasis), sealer.Text(storable(f.Remedy)), f.Settled, same,
	}, nil
}

// hashed leaves out of the values what a finding without pairs does not have,
// so that discrepancies from before there were pairs keep their hashes.
func hashed(f *reconcile.Finding, values []any) []any {
	if len(f.Same) == 0 && !f.Settled {
		return values[:len(values)-2]
	}
	return values
}
