package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// Filter chooses discrepancies; an empty field does not restrict.
type Filter struct {
	Agency string
	Rule   string
	Status reconcile.Status
	Source string
}

// discrepancyColumns are those of a discrepancyRow, of the finding d, the last
// reconciliation and the answers that stand.
const discrepancyColumns = `
		d.code, d.rule, d.severity, d.not_checked, d.subject, d.agency, d.program, d.person,
		d.source, d.sheet, d.row_no, d.cell, d.related, d.invalidates, d.message, d.found, d.expected,
		d.legal_basis, d.remedy, d.status, d.first_seen, coalesce(d.last_seen, last.at) AS last_seen, d.reopened,
		d.status <> 'gone' AND d.first_run > last.shown_run AS new,
		d.status = 'gone' AND d.gone_run > last.shown_run AS solved,
		to_jsonb(response) AS response, response.seen_at AS response_seen,
		to_jsonb(decision) AS decision, decision.seen_at AS decision_seen`

// Discrepancies returns the plan's discrepancies with the answer and the
// decision that stand, by agency, severity (errors first), rule, place, code.
func (s *Store) Discrepancies(ctx context.Context, planID string, filter Filter) ([]reconcile.Discrepancy, error) {
	doing := fmt.Sprintf("đọc sai lệch của kế hoạch %s", planID)
	found, err := s.findings(ctx, `
		SELECT `+discrepancyColumns+`
		FROM discrepancy d
		JOIN reconciliation last ON last.plan_id = d.plan_id
		LEFT JOIN answer_current response
			ON response.plan_id = d.plan_id AND response.kind = 'response' AND response.code = d.code
		LEFT JOIN answer_current decision
			ON decision.plan_id = d.plan_id AND decision.kind = 'decision' AND decision.code = d.code
		WHERE d.plan_id = $1 AND ($2 = '' OR d.agency = $2) AND ($3 = '' OR d.rule = $3)
			AND ($4 = '' OR d.status = $4) AND ($5 = '' OR d.source = $5)
		ORDER BY d.agency COLLATE "C", array_position(ARRAY['error', 'warning', 'info'], d.severity), d.rule COLLATE "C",
			d.source COLLATE "C", d.sheet COLLATE "C", d.row_no, length(d.cell), d.cell COLLATE "C", d.code COLLATE "C"`,
		planID, filter.Agency, filter.Rule, string(filter.Status), filter.Source)
	return found, wrap(doing, err)
}

// discrepancyRow is one row of the query of Discrepancies.
type discrepancyRow struct {
	Code        string             `db:"code"`
	Rule        string             `db:"rule"`
	Severity    string             `db:"severity"`
	NotChecked  bool               `db:"not_checked"`
	Subject     string             `db:"subject"`
	Agency      string             `db:"agency"`
	Program     string             `db:"program"`
	Person      string             `db:"person"`
	Source      string             `db:"source"`
	Sheet       string             `db:"sheet"`
	RowNo       int                `db:"row_no"`
	Cell        string             `db:"cell"`
	Related     []reconcile.Origin `db:"related"`
	Invalidates []string           `db:"invalidates"`
	Message     string             `db:"message"`
	Found       string             `db:"found"`
	Expected    string             `db:"expected"`
	LegalBasis  string             `db:"legal_basis"`
	Remedy      string             `db:"remedy"`
	Status      string             `db:"status"`
	FirstSeen   time.Time          `db:"first_seen"`
	LastSeen    time.Time          `db:"last_seen"`
	Reopened    int                `db:"reopened"`
	New         bool               `db:"new"`
	Solved      bool               `db:"solved"`

	Response     *answerJSON `db:"response"`
	ResponseSeen *time.Time  `db:"response_seen"`
	Decision     *answerJSON `db:"decision"`
	DecisionSeen *time.Time  `db:"decision_seen"`
}

// answerJSON is a row of answer_current as the query above hands it over.
type answerJSON struct {
	Source string          `json:"source"`
	Sheet  string          `json:"sheet"`
	RowNo  int             `json:"row_no"`
	Cell   string          `json:"cell"`
	Word   string          `json:"word"`
	Text   string          `json:"text"`
	Author string          `json:"author"`
	Edited *time.Time      `json:"edited_at"`
	SeenAt json.RawMessage `json:"seen_at"` // comes as a column of its own, in the store's time zone
}

func (a *answerJSON) origin() reconcile.Origin {
	return reconcile.Origin{Source: a.Source, Sheet: a.Sheet, Row: a.RowNo, Cell: a.Cell}
}

// open opens the texts that are sealed; JSON is open already.
func (row *discrepancyRow) open(sealer *seal.Sealer) {
	for _, text := range []*string{&row.Message, &row.Found, &row.Expected, &row.Remedy} {
		*text = sealer.Open(*text)
	}
}

func (row *discrepancyRow) discrepancy() reconcile.Discrepancy {
	d := reconcile.Discrepancy{
		Code: row.Code,
		Finding: reconcile.Finding{
			Rule: row.Rule, Severity: reconcile.Severity(row.Severity), NotChecked: row.NotChecked, Subject: row.Subject,
			Agency: row.Agency, Program: row.Program, Person: row.Person,
			Place:   reconcile.Origin{Source: row.Source, Sheet: row.Sheet, Row: row.RowNo, Cell: row.Cell},
			Related: row.Related, Invalidates: row.Invalidates,
			Message: row.Message, Found: row.Found, Expected: row.Expected, LegalBasis: row.LegalBasis, Remedy: row.Remedy,
		},
		Status: reconcile.Status(row.Status), FirstSeen: row.FirstSeen, LastSeen: row.LastSeen,
		Reopened: row.Reopened, New: row.New, Solved: row.Solved,
	}
	if a := row.Response; a != nil {
		d.Response = &reconcile.Response{Code: row.Code, Answer: a.Word, Text: a.Text, Seen: timeOf(row.ResponseSeen), Origin: a.origin(), By: a.Author, Edited: timeOf(a.Edited)}
	}
	if a := row.Decision; a != nil {
		d.Decision = &reconcile.Decision{Code: row.Code, Verdict: a.Word, Text: a.Text, Seen: timeOf(row.DecisionSeen), Origin: a.origin(), By: a.Author, Edited: timeOf(a.Edited)}
	}
	return d
}

// Event is something that happened to a discrepancy.
type Event struct {
	Code  string    `db:"code"`
	Event string    `db:"event"` // found, changed, gone, reopened, waived, unwaived
	Run   int64     `db:"run_id"`
	At    time.Time `db:"at"`
}

// Events returns the life of one discrepancy, oldest first.
func (s *Store) Events(ctx context.Context, planID, code string) ([]Event, error) {
	doing := fmt.Sprintf("đọc lịch sử sai lệch %s", code)
	rows, err := s.pool.Query(ctx, `
		SELECT code, event, run_id, at FROM discrepancy_event
		WHERE plan_id = $1 AND code = $2 ORDER BY event_id`, planID, code)
	if err != nil {
		return nil, wrap(doing, err)
	}
	events, err := pgx.CollectRows(rows, pgx.RowToStructByName[Event])
	return events, wrap(doing, err)
}
