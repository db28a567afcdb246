package postgres

import (
	"context"
	"fmt"
	"strconv"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// ApartElsewhere returns the pairs of registrations of other plans that people
// said are of two persons, with as much as the persons are known by. Also of
// registrations that are gone: what was said is kept for ever.
func (s *Store) ApartElsewhere(ctx context.Context, planID string) ([][2]*reconcile.Registration, error) {
	doing := fmt.Sprintf("đọc các trả lời không phải một người của những kế hoạch khác %s", planID)
	var pairs [][2]*reconcile.Registration
	err := s.readOnly(ctx, func(tx Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT plan_id, mark_a, mark_b FROM person_apart_current WHERE apart AND plan_id <> $1
			ORDER BY plan_id COLLATE "C", mark_a COLLATE "C", mark_b COLLATE "C"`, planID)
		if err != nil {
			return err
		}
		said, err := pgx.CollectRows(rows, pgx.RowToStructByPos[saidElsewhere])
		if err != nil || len(said) == 0 {
			return err
		}
		known, err := s.markedElsewhere(ctx, tx, planID, said)
		if err != nil {
			return err
		}
		for _, p := range said {
			a, b := known.find(p.Plan, p.A), known.find(p.Plan, p.B)
			if a != nil && b != nil && a != b {
				pairs = append(pairs, [2]*reconcile.Registration{a, b})
			}
		}
		return nil
	})
	return pairs, wrap(doing, err)
}

// saidElsewhere is a pair of marks and the plan they are of.
type saidElsewhere struct{ Plan, A, B string }

// alikeLimit is how many registrations of one agency, program and name a mark is
// looked for in.
const alikeLimit = 9

// marked are registrations of other plans by plan and key.
type marked map[[2]string]markedRow

type markedRow struct {
	registration *reconcile.Registration
	digest       string
}

func (s *Store) markedElsewhere(ctx context.Context, tx Tx, planID string, said []saidElsewhere) (marked, error) {
	var plans, keys []string
	for _, p := range said {
		for _, mark := range []string{p.A, p.B} {
			for _, key := range alikeKeys(mark) {
				plans, keys = append(plans, p.Plan), append(keys, key)
			}
		}
	}
	rows, err := tx.Query(ctx, foreign+`
		WHERE r.roll = 'registration' AND (r.plan_id, r.registration_key) IN (SELECT * FROM unnest($2::text[], $3::text[]))`, planID, plans, keys)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[foreignRow])
	if err != nil {
		return nil, err
	}
	all := make(marked)
	for i := range found {
		r, err := found[i].registration(s.seal)
		if err != nil {
			return nil, err
		}
		all[[2]string{found[i].Plan, found[i].Key}] = markedRow{r, reconcile.Digest(r)}
	}
	return all, nil
}

// alikeKeys are the keys under which the registration of the mark may stand:
// the numbers in keys move when others of the name come or go.
func alikeKeys(mark string) []string {
	key, _ := reconcile.SplitMark(mark)
	keys := []string{key}
	name := reconcile.Unnumbered(key)
	for n := 1; n <= alikeLimit; n++ {
		numbered := name
		if n > 1 {
			numbered += "#" + strconv.Itoa(n)
		}
		if numbered != key {
			keys = append(keys, numbered)
		}
	}
	return keys
}

// find returns the registration of the mark: the one with its values, else the
// one with its key; nil when there is none.
func (m marked) find(plan, mark string) *reconcile.Registration {
	_, digest := reconcile.SplitMark(mark)
	keys := alikeKeys(mark)
	for _, key := range keys {
		if row, ok := m[[2]string{plan, key}]; ok && row.digest == digest {
			return row.registration
		}
	}
	return m[[2]string{plan, keys[0]}].registration
}
