package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// FindingQuery chooses findings for a list; an empty field does not restrict.
type FindingQuery struct {
	// Scope are the agencies whose findings may be seen at all; nil is no limit,
	// and an empty one sees nothing.
	Scope []string
	// Status is always one: the list's order is that of an index.
	Status   reconcile.Status
	Agency   string
	Office   bool // those that belong to no agency
	Rule     string
	Severity reconcile.Severity
	Program  string
	Person   string // the full name, as the finding has it
	Codes    []string
	// From and Until bound when the finding was first seen; Until is excluded.
	From, Until time.Time
	// Answered and Decided: nil is either.
	Answered, Decided *bool
	// After is the last finding of the page before; its zero value is the start.
	After FindingKey
	Limit int // 0 is no limit
}

// FindingKey is a finding's place in a list.
type FindingKey struct {
	Severity  reconcile.Severity
	FirstSeen time.Time
	Code      string
}

// KeyOf is the place of the finding.
func KeyOf(d *reconcile.Discrepancy) FindingKey {
	return FindingKey{d.Severity, d.FirstSeen, d.Code}
}

// severityOrder is the expression that the indexes of the lists have.
const severityOrder = `(CASE d.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END)`

func severityRank(s reconcile.Severity) int {
	switch s {
	case reconcile.SeverityError:
		return 1
	case reconcile.SeverityWarning:
		return 2
	}
	return 3
}

// condition is the query as SQL about discrepancy d, with its arguments: only
// what restricts is in it, so that the server sees which index serves.
func (q *FindingQuery) condition(planID string) (sql string, args []any) {
	var parts []string
	add := func(part string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			part = strings.Replace(part, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		parts = append(parts, part)
	}
	add(`d.plan_id = ?`, planID)
	add(`d.status = ?`, string(q.Status))
	if q.Scope != nil {
		add(`d.agency = ANY(?)`, storables(q.Scope))
	}
	for _, equal := range []struct{ column, value string }{
		{"agency", q.Agency}, {"rule", q.Rule}, {"severity", string(q.Severity)}, {"program", q.Program}, {"person", q.Person},
	} {
		if equal.value != "" {
			add(`d.`+equal.column+` = ?`, storable(equal.value))
		}
	}
	if q.Office {
		add(`d.agency = ''`)
	}
	if q.Codes != nil {
		add(`d.code = ANY(?)`, storables(q.Codes))
	}
	if !q.From.IsZero() {
		add(`d.first_seen >= ?`, q.From)
	}
	if !q.Until.IsZero() {
		add(`d.first_seen < ?`, q.Until)
	}
	for _, said := range []struct {
		kind string
		want *bool
	}{{"response", q.Answered}, {"decision", q.Decided}} {
		if said.want != nil {
			// Asked in this way the server looks each finding up while it walks
			// along the list, and does not join and sort all of them first.
			is := "FALSE"
			if *said.want {
				is = "TRUE"
			}
			add(`(d.code IN (`+answeredSQL+`)) IS `+is, planID, said.kind)
		}
	}
	if q.After != (FindingKey{}) {
		add(`(`+severityOrder+`, d.first_seen, d.code) > (?::int, ?::timestamptz, ?)`, severityRank(q.After.Severity), q.After.FirstSeen, storable(q.After.Code))
	}
	return strings.Join(parts, " AND "), args
}

// answeredSQL selects the codes that answer_current has, without sorting out
// which answer it is that stands.
const answeredSQL = `
	SELECT code FROM (
		SELECT DISTINCT ON (code, source, tab) code, withdrawn, echo FROM answer
		WHERE plan_id = ? AND kind = ? ORDER BY code, source, tab, answer_id DESC
	) latest WHERE NOT withdrawn AND NOT echo`

// FindingList returns the findings that the query chooses, errors first, then
// the oldest, with the answer and the decision that stand.
func (s *Store) FindingList(ctx context.Context, planID string, q FindingQuery) ([]reconcile.Discrepancy, error) {
	condition, args := q.condition(planID)
	limit := ""
	if q.Limit > 0 {
		args = append(args, q.Limit)
		limit = fmt.Sprintf(" LIMIT $%d", len(args))
	}
	found, err := s.findings(ctx, `
		WITH d AS MATERIALIZED (
			SELECT d.* FROM discrepancy d WHERE `+condition+`
			ORDER BY `+severityOrder+`, d.first_seen, d.code`+limit+`
		)`+listedSQL+` ORDER BY `+severityOrder+`, d.first_seen, d.code`, args...)
	return found, wrap("đọc danh sách sai lệch", err)
}

// Finding returns one finding of the plan, ErrNotFound when there is none of
// that code.
func (s *Store) Finding(ctx context.Context, planID, code string) (reconcile.Discrepancy, error) {
	doing := "đọc sai lệch"
	found, err := s.findings(ctx, `
		WITH d AS MATERIALIZED (SELECT * FROM discrepancy WHERE plan_id = $1 AND code = $2)`+listedSQL, planID, storable(code))
	if err == nil && len(found) == 0 {
		return reconcile.Discrepancy{}, &failure{doing: doing, kind: ErrNotFound}
	}
	if err != nil {
		return reconcile.Discrepancy{}, wrap(doing, err)
	}
	return found[0], nil
}

// listedSQL gives the findings of d the columns of a discrepancyRow. Answers
// are looked up for each of them: there are few on a page, and many in all. The
// limits keep the server from making a join over all answers of it.
const listedSQL = `
	SELECT ` + discrepancyColumns + `
	FROM d
	JOIN reconciliation last ON last.plan_id = d.plan_id
	LEFT JOIN LATERAL (SELECT * FROM answer_current a WHERE a.plan_id = d.plan_id AND a.kind = 'response' AND a.code = d.code LIMIT 1) response ON true
	LEFT JOIN LATERAL (SELECT * FROM answer_current a WHERE a.plan_id = d.plan_id AND a.kind = 'decision' AND a.code = d.code LIMIT 1) decision ON true`

func (s *Store) findings(ctx context.Context, sql string, args ...any) ([]reconcile.Discrepancy, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	stored, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByName[discrepancyRow])
	if err != nil {
		return nil, err
	}
	found := make([]reconcile.Discrepancy, len(stored))
	for i, row := range stored {
		row.open(s.seal)
		found[i] = row.discrepancy()
	}
	return found, nil
}

// FindingCodes returns the codes that the query chooses, in the list's order.
func (s *Store) FindingCodes(ctx context.Context, planID string, q FindingQuery) ([]string, error) {
	const doing = "đọc mã sai lệch"
	condition, args := q.condition(planID)
	args = append(args, q.Limit)
	rows, err := s.pool.Query(ctx, `SELECT d.code FROM discrepancy d WHERE `+condition+
		` ORDER BY `+severityOrder+fmt.Sprintf(`, d.first_seen, d.code LIMIT nullif($%d, 0)`, len(args)), args...)
	if err != nil {
		return nil, wrap(doing, err)
	}
	codes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return codes, wrap(doing, err)
}

// FindingCount is how many findings agree in all of this.
type FindingCount struct {
	Agency    string             `db:"agency"`
	Rule      string             `db:"rule"`
	Program   string             `db:"program"`
	Severity  reconcile.Severity `db:"severity"`
	Status    reconcile.Status   `db:"status"`
	FirstSeen time.Time          `db:"first_seen"` // the moment of a run
	N         int                `db:"n"`
}

// Tallied tells which run's findings the tally is of; what it counts changes
// with no other.
type Tallied struct {
	Run int64     `db:"run_id"`
	At  time.Time `db:"at"`
}

// LastTallied is the run whose findings are stored, zero before the first.
func (s *Store) LastTallied(ctx context.Context, planID string) (Tallied, error) {
	const doing = "đọc lần đối soát cuối"
	rows, err := s.pool.Query(ctx, `SELECT run_id, at FROM reconciliation WHERE plan_id = $1`, planID)
	if err != nil {
		return Tallied{}, wrap(doing, err)
	}
	last, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Tallied])
	if errors.Is(err, pgx.ErrNoRows) {
		return Tallied{}, nil
	}
	return last, wrap(doing, err)
}

// TallyFindings counts the findings that are not gone. It looks at all of
// them: see LastTallied for when that is needed.
func (s *Store) TallyFindings(ctx context.Context, planID string) ([]FindingCount, error) {
	const doing = "đếm sai lệch"
	rows, err := s.pool.Query(ctx, `
		SELECT agency, rule, program, severity, status, first_seen, count(*)::int AS n
		FROM discrepancy WHERE plan_id = $1 AND status <> 'gone'
		GROUP BY agency, rule, program, severity, status, first_seen`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	counts, err := pgx.CollectRows(rows, pgx.RowToStructByName[FindingCount])
	return counts, wrap(doing, err)
}

// Said is one version of what somebody answered or decided on a finding.
type Said struct {
	Kind      string    `db:"kind"` // response, decision
	Source    string    `db:"source"`
	Word      string    `db:"word"`
	Text      string    `db:"text"`
	Seen      time.Time `db:"seen_at"`
	Withdrawn bool      `db:"withdrawn"`
}

// SaidOn returns all that was ever answered and decided on the finding, oldest
// first.
func (s *Store) SaidOn(ctx context.Context, planID, code string) ([]Said, error) {
	const doing = "đọc lịch sử trả lời"
	rows, err := s.pool.Query(ctx, `
		SELECT kind, source, word, text, seen_at, withdrawn FROM answer
		WHERE plan_id = $1 AND kind IN ('response', 'decision') AND code = $2 AND NOT echo ORDER BY answer_id`, planID, storable(code))
	if err != nil {
		return nil, wrap(doing, err)
	}
	said, err := pgx.CollectRows(rows, pgx.RowToStructByName[Said])
	for i := range said {
		said[i].Word, said[i].Text = s.seal.Open(said[i].Word), s.seal.Open(said[i].Text)
	}
	return said, wrap(doing, err)
}
