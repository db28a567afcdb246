package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// NextRun is the number of the run that what is said on the page counts for:
// the one after the newest, since a run under way may have looked already.
func (s *Store) NextRun(ctx context.Context, tx Tx, planID string) (int64, error) {
	var next int64
	err := tx.QueryRow(ctx, `SELECT coalesce(max(run_id), 0) + 1 FROM run WHERE plan_id = $1`, planID).Scan(&next)
	return next, wrap("đọc số của lần chạy kế tiếp", err)
}

// AnswerChanges is what SaveResponses or SaveDecisions did.
type AnswerChanges struct {
	Saved     int // new or changed answers
	Withdrawn int // answers that the document which gave them has empty now
	// Unknown are the codes that name no discrepancy of the plan, in the order
	// given. Their answers are not stored: somebody has to look.
	Unknown []string
}

// SaveResponses keeps what staff answered. Every version is kept with its time
// and place, and the latest wins. An entry without answer and text says that
// the cells are empty: it withdraws an answer only when the same tab of the same
// document gave it. A code without an entry is left as it is. What an answer to
// a finding about duplicates says of who is who (Response.StanceOf) is kept for
// Apart.
func (s *Store) SaveResponses(ctx context.Context, tx Tx, planID string, runID int64, responses []reconcile.Response, now time.Time) (AnswerChanges, error) {
	answers := make([]answer, len(responses))
	for i, r := range responses {
		answers[i] = answer{code: r.Code, word: r.Answer, text: r.Text, tab: r.Tab, by: r.By, edited: r.Edited, seen: r.Seen, origin: r.Origin, stance: r.StanceOf}
	}
	changes, err := s.saveAnswers(ctx, tx, "response", planID, runID, answers, now)
	return changes, wrap(fmt.Sprintf("ghi phản hồi của kế hoạch %s", planID), err)
}

// SaveDecisions keeps what the responsible body decided, by the same rules as
// SaveResponses. The next SaveFindings acts on the decisions that stand.
func (s *Store) SaveDecisions(ctx context.Context, tx Tx, planID string, runID int64, decisions []reconcile.Decision, now time.Time) (AnswerChanges, error) {
	answers := make([]answer, len(decisions))
	for i, d := range decisions {
		answers[i] = answer{
			code: d.Code, word: d.Verdict, text: d.Text, tab: d.Tab, by: d.By, edited: d.Edited, seen: d.Seen, origin: d.Origin,
			accepted: reconcile.Key(d.Verdict) == reconcile.Key(string(reconcile.Accepted)),
			stance:   d.StanceOf,
		}
	}
	changes, err := s.saveAnswers(ctx, tx, "decision", planID, runID, answers, now)
	return changes, wrap(fmt.Sprintf("ghi ý kiến của kế hoạch %s", planID), err)
}

// answer is a response or a decision.
type answer struct {
	code, word, text string
	tab, by          string
	seen, edited     time.Time
	origin           reconcile.Origin
	accepted         bool
	echo             bool
	// stance is what it says of whether the finding's pairs are one person.
	stance func(rule string) reconcile.Stance
}

func (a *answer) isEmpty() bool { return a.word == "" && a.text == "" }

func (a *answer) place() answerPlace { return answerPlace{a.code, a.origin.Source, a.tab} }

// onPage reports whether it was said on the page, where whoever says something
// means it, whatever stands already.
func (a *answer) onPage() bool { return reconcile.SaidOnPage(a.origin.Source) != "" }

// says reports whether both hold the same words.
func (a *answer) says(other *answer) bool { return a.word == other.word && a.text == other.text }

// saving is one call of SaveResponses or SaveDecisions.
type saving struct {
	kind, planID string
	runID        int64
	now          time.Time
	seal         *seal.Sealer
	known        map[string]bool
	standing     map[answerPlace]answer
	// before is, by code, what workbooks may show beside the finding.
	before map[string][]answer
	// fresh are the tabs that are seen for the first time, and earlier is all
	// that was ever said elsewhere of the codes in them.
	fresh   map[tabPlace]bool
	earlier map[string][]answer

	changes AnswerChanges
	rows    [][]any
	said    []statement
}

func (s *Store) saveAnswers(ctx context.Context, tx Tx, kind, planID string, runID int64, answers []answer, now time.Time) (AnswerChanges, error) {
	if len(answers) == 0 {
		return AnswerChanges{}, nil
	}
	if err := lock(ctx, tx, "answers", planID, kind); err != nil {
		return AnswerChanges{}, err
	}
	all := &saving{kind: kind, planID: planID, runID: runID, now: now, seal: s.seal}
	if err := all.look(ctx, tx, answers); err != nil {
		return AnswerChanges{}, err
	}
	for _, a := range all.placed(answers) {
		all.take(a)
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"answer"}, []string{
		"plan_id", "kind", "code", "source", "tab", "word", "text", "sheet", "row_no", "cell", "seen_at", "run_id", "accepted", "withdrawn", "echo", "author", "edited_at",
	}, pgx.CopyFromRows(all.rows))
	if err != nil {
		return all.changes, err
	}
	return all.changes, saveStatements(ctx, tx, kind, planID, runID, all.said, now)
}

// take keeps one answer if it says anything new of its place.
func (s *saving) take(a answer) {
	old, given := s.standing[a.place()]
	switch {
	case !s.known[a.code]:
		if !a.isEmpty() {
			s.changes.Unknown = append(s.changes.Unknown, a.code)
		}
		return
	case a.isEmpty() && (!given || old.isEmpty()), given && old.says(&a) && !a.onPage():
		return
	}
	seen := a.seen
	if seen.IsZero() || a.isEmpty() {
		seen = s.now
	}
	source, isEcho := s.echoOf(&a)
	switch {
	case isEcho:
		seen = source.seen // it is no newer than where it was written
	case a.isEmpty() && old.echo: // what was only copied there is cleared
	case a.isEmpty():
		s.changes.Withdrawn++
	default:
		s.changes.Saved++
	}
	if !isEcho {
		s.said = append(s.said, statement{a.code, a.origin.Source, a.stance})
	}
	s.rows = append(s.rows, []any{
		s.planID, s.kind, a.code, a.origin.Source, a.tab, s.seal.Text(a.word), s.seal.Text(a.text), a.origin.Sheet, a.origin.Row, a.origin.Cell,
		seen, s.runID, a.accepted, a.isEmpty(), isEcho,
		storable(a.by), moment(a.edited),
	})
}

// echoOf finds what the answer repeats without anybody having typed it there.
//
// Every workbook that shows a finding shows the answer that stood before the
// run; read back from another it is an echo. Taken for a word it could outlive
// or overrule what is said meanwhile. A tab that is seen for the first time may
// be a copy of an older one (of last week's file, of the tab beside it): of
// what it holds, only that is a word which was never said before.
func (s *saving) echoOf(a *answer) (answer, bool) {
	if a.isEmpty() || a.onPage() {
		return answer{}, false
	}
	for _, b := range s.before[a.code] {
		if b.place() != a.place() && b.says(a) {
			return b, true
		}
	}
	if !s.fresh[tabPlace{a.origin.Source, a.tab}] {
		return answer{}, false
	}
	for _, e := range s.earlier[a.code] {
		if e.place() != a.place() && e.says(a) {
			return e, true
		}
	}
	return answer{}, false
}
