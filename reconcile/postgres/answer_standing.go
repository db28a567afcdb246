package postgres

import (
	"context"
	"fmt"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// look reads what the store knows of the answers' codes and tabs.
func (s *saving) look(ctx context.Context, tx Tx, answers []answer) (err error) {
	codes := codesOf(answers)
	if s.known, err = knownCodes(ctx, tx, s.planID, codes); err != nil {
		return err
	}
	if s.standing, err = s.standingAnswers(ctx, tx, codes); err != nil {
		return err
	}
	if s.before, err = s.standingBefore(ctx, tx, codes); err != nil {
		return err
	}
	if s.fresh, err = s.freshTabs(ctx, tx, answers); err != nil || len(s.fresh) == 0 {
		return err
	}
	s.earlier, err = s.saidEarlier(ctx, tx, codes)
	return err
}

func knownCodes(ctx context.Context, tx Tx, planID string, codes []string) (map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT code FROM discrepancy WHERE plan_id = $1 AND code = ANY($2)`, planID, codes)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	known := make(map[string]bool, len(found))
	for _, code := range found {
		known[code] = true
	}
	return known, err
}

// standingBefore returns, by code, the answer that stood before the run: what
// the reports of the run before it put beside the finding, in every workbook
// that shows it. What was said on the page since that run began counts for this
// one (see NextRun): some of those reports show it already, and others do not.
func (s *saving) standingBefore(ctx context.Context, tx Tx, codes []string) (map[string][]answer, error) {
	before := make(map[string][]answer)
	err := s.answers(ctx, tx, func(a answer) { before[a.code] = append(before[a.code], a) }, `
		(
			SELECT DISTINCT ON (code) code, source, tab, word, text, echo, seen_at
			FROM (
				SELECT DISTINCT ON (code, source, tab) *
				FROM answer WHERE plan_id = $1 AND kind = $2 AND code = ANY($3) AND run_id < $4
				ORDER BY code, source, tab, answer_id DESC
			) latest
			WHERE NOT withdrawn AND NOT echo
			ORDER BY code, seen_at DESC, answer_id DESC
		) UNION ALL
		SELECT code, source, tab, word, text, echo, seen_at
		FROM answer
		WHERE plan_id = $1 AND kind = $2 AND code = ANY($3) AND run_id = $4 AND starts_with(source, $5) AND NOT withdrawn`,
		s.planID, s.kind, codes, s.runID, reconcile.User{}.Source())
	return before, err
}

// standingAnswers returns the last version of each tab's word on each
// discrepancy.
func (s *saving) standingAnswers(ctx context.Context, tx Tx, codes []string) (map[answerPlace]answer, error) {
	standing := make(map[answerPlace]answer)
	err := s.answers(ctx, tx, func(a answer) { standing[a.place()] = a }, `
		SELECT DISTINCT ON (code, source, tab) code, source, tab, word, text, echo, seen_at
		FROM answer WHERE plan_id = $1 AND kind = $2 AND code = ANY($3)
		ORDER BY code, source, tab, answer_id DESC`, s.planID, s.kind, codes)
	return standing, err
}

// saidEarlier returns all that people ever said of the codes, the latest first.
func (s *saving) saidEarlier(ctx context.Context, tx Tx, codes []string) (map[string][]answer, error) {
	earlier := make(map[string][]answer)
	err := s.answers(ctx, tx, func(a answer) { earlier[a.code] = append(earlier[a.code], a) }, `
		SELECT code, source, tab, word, text, echo, seen_at
		FROM answer WHERE plan_id = $1 AND kind = $2 AND code = ANY($3) AND NOT withdrawn AND NOT echo
		ORDER BY answer_id DESC`, s.planID, s.kind, codes)
	return earlier, err
}

// answers hands over what a query of the seven columns finds.
func (s *saving) answers(ctx context.Context, tx Tx, take func(answer), query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	var a answer
	_, err = pgx.ForEachRow(rows, []any{&a.code, &a.origin.Source, &a.tab, &a.word, &a.text, &a.echo, &a.seen}, func() error {
		a.word, a.text = s.seal.Open(a.word), s.seal.Open(a.text)
		take(a)
		return nil
	})
	return err
}

// freshTabs notes the tabs that the answers stand in, and returns those that
// were not known.
func (s *saving) freshTabs(ctx context.Context, tx Tx, answers []answer) (map[tabPlace]bool, error) {
	var sources, tabs []string
	seen := make(map[tabPlace]bool)
	for _, a := range clean(answers) {
		at := tabPlace{a.origin.Source, a.tab}
		if !seen[at] {
			seen[at] = true
			sources, tabs = append(sources, at.source), append(tabs, at.tab)
		}
	}
	rows, err := tx.Query(ctx, notePlaces+" RETURNING source, tab", s.planID, []string{s.kind}, sources, tabs, s.runID)
	if err != nil {
		return nil, err
	}
	fresh := make(map[tabPlace]bool)
	var at tabPlace
	_, err = pgx.ForEachRow(rows, []any{&at.source, &at.tab}, func() error {
		fresh[at] = true
		return nil
	})
	return fresh, err
}

const notePlaces = `
	INSERT INTO answer_place (plan_id, kind, source, tab, first_run)
	SELECT $1, kind, source, tab, $5 FROM unnest($2::text[]) AS kinds (kind), unnest($3::text[], $4::text[]) AS places (source, tab)
	ORDER BY kind, source, tab
	ON CONFLICT DO NOTHING`

// NoteTabs notes that tabs of a document were looked at for answers, or made by
// the service itself, so that what people write there from now on is their own
// word also where it repeats one that was said before.
func (s *Store) NoteTabs(ctx context.Context, tx Tx, planID string, runID int64, source string, tabs ...string) error {
	sources := make([]string, len(tabs))
	stored := make([]string, len(tabs))
	for i := range tabs {
		sources[i], stored[i] = storable(source), storable(tabs[i])
	}
	_, err := tx.Exec(ctx, notePlaces, planID, []string{"response", "decision"}, sources, stored, runID)
	return wrap(fmt.Sprintf("ghi nơi trả lời của kế hoạch %s", planID), err)
}
