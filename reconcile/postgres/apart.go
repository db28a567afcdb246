package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// Apart returns the pairs of registrations, by their marks, that people said
// are of two persons. The office's word goes before an agency's, and what was
// taken back no longer counts; nothing else ends it. Where a registration is
// gone that it was said of, it holds for the others that its person had.
func (s *Store) Apart(ctx context.Context, planID string) ([]reconcile.Couple, error) {
	doing := fmt.Sprintf("đọc các trả lời không phải một người của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `
		WITH said AS (
			SELECT mark_a, mark_b, regexp_replace(mark_a, '~[0-9a-f]{12}$', '') AS key_a, regexp_replace(mark_b, '~[0-9a-f]{12}$', '') AS key_b
			FROM person_apart_current WHERE plan_id = $1 AND apart
		)
		SELECT DISTINCT coalesce(other_a.registration_key, said.mark_a) COLLATE "C" AS a, coalesce(other_b.registration_key, said.mark_b) COLLATE "C" AS b
		FROM said
		LEFT JOIN person_registration gone_a ON gone_a.plan_id = $1 AND gone_a.roll = 'registration' AND gone_a.registration_key = said.key_a AND NOT gone_a.active
		LEFT JOIN person_registration other_a ON other_a.plan_id = $1 AND other_a.roll = 'registration' AND other_a.person_id = gone_a.person_id AND other_a.active
		LEFT JOIN person_registration gone_b ON gone_b.plan_id = $1 AND gone_b.roll = 'registration' AND gone_b.registration_key = said.key_b AND NOT gone_b.active
		LEFT JOIN person_registration other_b ON other_b.plan_id = $1 AND other_b.roll = 'registration' AND other_b.person_id = gone_b.person_id AND other_b.active
		WHERE other_a.person_id IS NULL OR other_b.person_id IS NULL OR other_a.person_id <> other_b.person_id
		ORDER BY a, b`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	pairs, err := pgx.CollectRows(rows, pgx.RowToStructByPos[reconcile.Couple])
	return pairs, wrap(doing, err)
}

// statement is what one answer says of the pairs of its finding.
type statement struct {
	code, source string
	stance       func(rule string) reconcile.Stance
}

// saveStatements keeps what the new or changed answers say of who is who. It is
// kept with the pairs that the finding named when it was answered, since the
// finding changes, or goes, as soon as they are apart.
func saveStatements(ctx context.Context, tx Tx, kind, planID string, runID int64, said []statement, now time.Time) error {
	if len(said) == 0 {
		return nil
	}
	codes := make([]string, len(said))
	for i := range said {
		codes[i] = said[i].code
	}
	found, err := couplesOf(ctx, tx, planID, codes)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, st := range said {
		f, ok := found[st.code]
		if !ok {
			continue
		}
		pairs, apart := f.same, (*bool)(nil)
		switch st.stance(f.rule) {
		case reconcile.ToldApart:
			apart = new(true)
		case reconcile.ToldOne:
			apart = new(false)
			standing, err := standingApart(ctx, tx, planID, st.code, f.same)
			if err != nil {
				return err
			}
			pairs = append(pairs, standing...)
		default:
			// An answer that says nothing now takes back what it said before.
			if pairs, err = saidBefore(ctx, tx, planID, kind, st); err != nil {
				return err
			}
		}
		for _, p := range pairs {
			rows = append(rows, []any{planID, min(p.A, p.B), max(p.A, p.B), kind, st.code, st.source, apart, runID, now})
		}
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"person_apart"},
		[]string{"plan_id", "mark_a", "mark_b", "kind", "code", "source", "apart", "run_id", "said_at"}, pgx.CopyFromRows(rows))
	return err
}

// coupled is a discrepancy that names pairs.
type coupled struct {
	rule string
	same []reconcile.Couple
}

func couplesOf(ctx context.Context, tx Tx, planID string, codes []string) (map[string]coupled, error) {
	rows, err := tx.Query(ctx, `SELECT code, rule, same FROM discrepancy WHERE plan_id = $1 AND code = ANY($2) AND same <> '[]'`, planID, codes)
	if err != nil {
		return nil, err
	}
	found := make(map[string]coupled)
	var code, rule string
	var same []reconcile.Couple
	_, err = pgx.ForEachRow(rows, []any{&code, &rule, &same}, func() error {
		found[code] = coupled{rule, same}
		same = nil
		return nil
	})
	return found, err
}

// standingApart are the pairs told apart that "one after all" is about besides
// the finding's own: those of earlier answers to it, and those of the same two
// registrations as they were before their values were mended.
func standingApart(ctx context.Context, tx Tx, planID, code string, same []reconcile.Couple) ([]reconcile.Couple, error) {
	rows, err := tx.Query(ctx, `SELECT mark_a, mark_b, code FROM person_apart_current WHERE plan_id = $1 AND apart`, planID)
	if err != nil {
		return nil, err
	}
	of := func(c reconcile.Couple) reconcile.Couple {
		a, _ := reconcile.SplitMark(c.A)
		b, _ := reconcile.SplitMark(c.B)
		return reconcile.Couple{A: min(a, b), B: max(a, b)}
	}
	meant, listed := make(map[reconcile.Couple]bool), make(map[reconcile.Couple]bool)
	for _, c := range same {
		meant[of(c)], listed[reconcile.Couple{A: min(c.A, c.B), B: max(c.A, c.B)}] = true, true
	}
	var standing []reconcile.Couple
	var c reconcile.Couple
	var saidOn string
	_, err = pgx.ForEachRow(rows, []any{&c.A, &c.B, &saidOn}, func() error {
		if !listed[c] && (saidOn == code || meant[of(c)]) {
			standing = append(standing, c)
		}
		return nil
	})
	return standing, err
}

func saidBefore(ctx context.Context, tx Tx, planID, kind string, st statement) ([]reconcile.Couple, error) {
	rows, err := tx.Query(ctx, `
		SELECT mark_a, mark_b FROM (
			SELECT DISTINCT ON (mark_a, mark_b) mark_a, mark_b, apart FROM person_apart
			WHERE plan_id = $1 AND kind = $2 AND code = $3 AND source = $4
			ORDER BY mark_a, mark_b, statement_id DESC
		) latest WHERE apart IS NOT NULL`, planID, kind, st.code, st.source)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[reconcile.Couple])
}
