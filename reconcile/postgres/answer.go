package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

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
// the cells are empty: it withdraws an answer only when the same document gave
// it. A code without an entry is left as it is. What an answer to a finding
// about duplicates says of who is who (Response.StanceOf) is kept for Apart.
func (s *Store) SaveResponses(ctx context.Context, tx Tx, planID string, runID int64, responses []reconcile.Response, now time.Time) (AnswerChanges, error) {
	answers := make([]answer, len(responses))
	for i, r := range responses {
		answers[i] = answer{code: r.Code, word: r.Answer, text: r.Text, seen: r.Seen, origin: r.Origin, stance: r.StanceOf}
	}
	changes, err := saveAnswers(ctx, tx, "response", planID, runID, answers, now)
	return changes, wrap(fmt.Sprintf("ghi phản hồi của kế hoạch %s", planID), err)
}

// SaveDecisions keeps what the responsible body decided, by the same rules as
// SaveResponses. The next SaveFindings acts on the decisions that stand.
func (s *Store) SaveDecisions(ctx context.Context, tx Tx, planID string, runID int64, decisions []reconcile.Decision, now time.Time) (AnswerChanges, error) {
	answers := make([]answer, len(decisions))
	for i, d := range decisions {
		answers[i] = answer{
			code: d.Code, word: d.Verdict, text: d.Text, seen: d.Seen, origin: d.Origin,
			accepted: reconcile.Key(d.Verdict) == reconcile.Key(string(reconcile.Accepted)),
			stance:   d.StanceOf,
		}
	}
	changes, err := saveAnswers(ctx, tx, "decision", planID, runID, answers, now)
	return changes, wrap(fmt.Sprintf("ghi ý kiến của kế hoạch %s", planID), err)
}

// answer is a response or a decision.
type answer struct {
	code, word, text string
	seen             time.Time
	origin           reconcile.Origin
	accepted         bool
	// stance is what it says of whether the finding's pairs are one person.
	stance func(rule string) reconcile.Stance
}

func (a *answer) isEmpty() bool { return a.word == "" && a.text == "" }

// answerPlace is where answers have a life of their own: one document's word on one
// discrepancy. The tab's name is no part of it, since people rename tabs.
type answerPlace struct{ code, source string }

func saveAnswers(ctx context.Context, tx Tx, kind, planID string, runID int64, answers []answer, now time.Time) (AnswerChanges, error) {
	if len(answers) == 0 {
		return AnswerChanges{}, nil
	}
	if err := lock(ctx, tx, "answers", planID, kind); err != nil {
		return AnswerChanges{}, err
	}
	known, err := knownCodes(ctx, tx, planID, answers)
	if err != nil {
		return AnswerChanges{}, err
	}
	standing, err := standingAnswers(ctx, tx, kind, planID, answers)
	if err != nil {
		return AnswerChanges{}, err
	}
	before, err := standingBefore(ctx, tx, kind, planID, runID, answers)
	if err != nil {
		return AnswerChanges{}, err
	}
	var changes AnswerChanges
	var rows [][]any
	var said []statement
	for _, a := range onePerPlace(answers) {
		old, given := standing[answerPlace{a.code, a.origin.Source}]
		shown, stood := before[a.code]
		echo := stood && !a.isEmpty() && shown.origin.Source != a.origin.Source && shown.word == a.word && shown.text == a.text
		switch {
		case !known[a.code]:
			if !a.isEmpty() {
				changes.Unknown = append(changes.Unknown, a.code)
			}
			continue
		case a.isEmpty() && (!given || old.isEmpty()), given && old.word == a.word && old.text == a.text:
			continue
		case echo && !given:
			continue // nobody wrote it here
		case a.isEmpty():
			changes.Withdrawn++
		default:
			changes.Saved++
		}
		seen := a.seen
		if seen.IsZero() || a.isEmpty() {
			seen = now
		}
		if echo {
			seen = shown.seen // it is no newer than where it was written
		} else {
			said = append(said, statement{a.code, a.origin.Source, a.stance})
		}
		rows = append(rows, []any{
			planID, kind, a.code, a.origin.Source, a.word, a.text, a.origin.Sheet, a.origin.Row, a.origin.Cell,
			seen, runID, a.accepted, a.isEmpty(),
		})
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"answer"}, []string{
		"plan_id", "kind", "code", "source", "word", "text", "sheet", "row_no", "cell", "seen_at", "run_id", "accepted", "withdrawn",
	}, pgx.CopyFromRows(rows))
	if err != nil {
		return changes, err
	}
	return changes, saveStatements(ctx, tx, kind, planID, runID, said, now)
}

// onePerPlace keeps one answer per document and code, cleaned for storing:
// where a document has several tabs with the code, one that says something
// wins over an empty one, and the later tab over the earlier.
func onePerPlace(answers []answer) []answer {
	index := make(map[answerPlace]int, len(answers))
	var kept []answer
	for _, a := range answers {
		a.code, a.word, a.text = storable(a.code), storable(a.word), storable(a.text)
		a.origin.Source, a.origin.Sheet, a.origin.Cell = storable(a.origin.Source), storable(a.origin.Sheet), storable(a.origin.Cell)
		at := answerPlace{a.code, a.origin.Source}
		i, seen := index[at]
		switch {
		case !seen:
			index[at] = len(kept)
			kept = append(kept, a)
		case !a.isEmpty():
			kept[i] = a
		}
	}
	return kept
}

func knownCodes(ctx context.Context, tx Tx, planID string, answers []answer) (map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT code FROM discrepancy WHERE plan_id = $1 AND code = ANY($2)`, planID, codesOf(answers))
	if err != nil {
		return nil, err
	}
	codes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	known := make(map[string]bool, len(codes))
	for _, code := range codes {
		known[code] = true
	}
	return known, err
}

// standingBefore returns, by code, the answer that stood before the run: what
// the reports of the run before it put beside the finding, in every workbook
// that shows it. Read back from another workbook it is an echo and nobody's
// word; taken for one it could outlive or overrule what is said meanwhile.
func standingBefore(ctx context.Context, tx Tx, kind, planID string, runID int64, answers []answer) (map[string]answer, error) {
	rows, err := tx.Query(ctx, `
		SELECT DISTINCT ON (code) code, source, word, text, seen_at
		FROM (
			SELECT DISTINCT ON (code, source) *
			FROM answer WHERE plan_id = $1 AND kind = $2 AND code = ANY($3) AND run_id < $4
			ORDER BY code, source, answer_id DESC
		) latest
		WHERE NOT withdrawn
		ORDER BY code, seen_at DESC, answer_id DESC`, planID, kind, codesOf(answers), runID)
	if err != nil {
		return nil, err
	}
	before := make(map[string]answer)
	var a answer
	_, err = pgx.ForEachRow(rows, []any{&a.code, &a.origin.Source, &a.word, &a.text, &a.seen}, func() error {
		before[a.code] = a
		return nil
	})
	return before, err
}

// standingAnswers returns the last version of each document's word on each
// discrepancy.
func standingAnswers(ctx context.Context, tx Tx, kind, planID string, answers []answer) (map[answerPlace]answer, error) {
	rows, err := tx.Query(ctx, `
		SELECT DISTINCT ON (code, source) code, source, word, text
		FROM answer WHERE plan_id = $1 AND kind = $2 AND code = ANY($3)
		ORDER BY code, source, answer_id DESC`, planID, kind, codesOf(answers))
	if err != nil {
		return nil, err
	}
	standing := make(map[answerPlace]answer)
	var a answer
	_, err = pgx.ForEachRow(rows, []any{&a.code, &a.origin.Source, &a.word, &a.text}, func() error {
		standing[answerPlace{a.code, a.origin.Source}] = a
		return nil
	})
	return standing, err
}

func codesOf(answers []answer) []string {
	codes := make([]string, len(answers))
	for i := range answers {
		codes[i] = storable(answers[i].code)
	}
	return codes
}
