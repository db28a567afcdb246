package postgres

import (
	"context"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// lookUpLimit bounds how many registrations of other lists one key brings
// together with one registration, so that the work stays linear whatever the
// data: a phone of an office, a birth date that a form fills in.
const lookUpLimit = 64

// introduceFresh finds out whom of other lists the fresh persons are, and puts
// the IDs right: of two IDs for one person the older stays, for all lists, and
// who turns out to be another person than the others of the ID gets a new one.
func (e *enrolment) introduceFresh(ctx context.Context, tx Tx, fresh []int) error {
	if alone, err := isAlone(ctx, tx, e.roll); err != nil || alone {
		return err
	}
	others, err := e.lookUp(ctx, tx, fresh)
	if err != nil || len(others.ids) == 0 {
		return err
	}
	n := reconcile.Newcomers{Known: others.persons, Had: make([]int, len(fresh)), Persons: make([]reconcile.Person, len(fresh))}
	if n.Apart, err = others.toldApart(ctx, tx); err != nil {
		return err
	}
	// The highest number is looked up, a count would walk through all of them.
	if err := tx.QueryRow(ctx, `SELECT coalesce(max(person_id), 0) FROM person`).Scan(&n.Population); err != nil {
		return err
	}
	for i, at := range fresh {
		n.Persons[i], n.Had[i] = e.persons[at], others.index(e.ids[at])
	}
	before := slices.Clone(e.ids)
	for i, known := range whoIsWho(n, e.introduce) {
		var same []int64
		for _, k := range known {
			same = append(same, others.ids[k])
		}
		if n.Had[i] < 0 { // nobody else has the ID
			same = append(same, e.ids[fresh[i]])
		} else if len(known) == 0 {
			same = []int64{0} // a new one
		}
		e.ids[fresh[i]] = slices.Min(same)
		for _, k := range known {
			if err := moveOthers(ctx, tx, e.roll, others.ids[k], slices.Min(same)); err != nil {
				return err
			}
		}
	}
	return e.moveMembers(ctx, tx, before)
}

// whoIsWho tells for each newcomer which known persons it is: several, where
// lists came at once and each met the newcomer's before it met the other.
func whoIsWho(n reconcile.Newcomers, introduce reconcile.Introduce) [][]int {
	found := make([][]int, len(n.Persons))
	apart := make(map[[2]int]bool)
	for _, p := range n.Apart {
		apart[p], apart[[2]int{p[1], p[0]}] = true, true
	}
	// Whom an answer names is asked about no more, and counts as the newcomer.
	asked, whom := n, make([]int, len(n.Persons))
	known := make([]int, len(n.Known))
	for i := range whom {
		whom[i] = i
	}
	for i := range known {
		known[i] = i
	}
	for len(asked.Persons) > 0 {
		named := make(map[int]bool)
		next := reconcile.Newcomers{Population: n.Population}
		var nextWhom []int
		for i, answer := range introduce(asked) {
			if answer < 0 {
				continue
			}
			k, of := known[answer], whom[i]
			named[k] = true
			if slices.ContainsFunc(found[of], func(m int) bool { return apart[[2]int{k, m}] }) {
				continue
			}
			found[of] = append(found[of], k)
			person := asked.Persons[i]
			person.Members = slices.Concat(person.Members, n.Known[k].Members)
			next.Persons, next.Had, nextWhom = append(next.Persons, person), append(next.Had, -1), append(nextWhom, of)
		}
		known = slices.DeleteFunc(known, func(k int) bool { return named[k] })
		if len(next.Persons) == 0 {
			break
		}
		left := make(map[int]int, len(known))
		for i, k := range known {
			next.Known, left[k] = append(next.Known, n.Known[k]), i
		}
		for _, p := range n.Apart {
			a, hasA := left[p[0]]
			b, hasB := left[p[1]]
			if hasA && hasB {
				next.Apart = append(next.Apart, [2]int{a, b})
			}
		}
		asked, whom = next, nextWhom
	}
	return found
}

// moveMembers gives the registrations of persons whose IDs became others these.
func (e *enrolment) moveMembers(ctx context.Context, tx Tx, before []int64) error {
	if slices.Equal(e.ids, before) {
		return nil
	}
	if err := e.newPersons(ctx, tx); err != nil {
		return err
	}
	var keys []string
	var ids, nobody []int64
	for i := range e.entries {
		if at := e.entries[i].person; e.ids[at] != before[at] {
			keys, ids = append(keys, e.entries[i].key), append(ids, e.ids[at])
			if e.created[before[at]] {
				nobody = append(nobody, before[at])
			}
		}
	}
	_, err := tx.Exec(ctx, `
		UPDATE person_registration r SET person_id = m.person_id
		FROM unnest($3::text[], $4::bigint[]) AS m (registration_key, person_id)
		WHERE r.plan_id = $1 AND r.roll = $2 AND r.registration_key = m.registration_key AND r.person_id <> m.person_id`, e.plan, e.kind, keys, ids)
	if err != nil || len(nobody) == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM person WHERE person_id = ANY($1)`, nobody)
	return err
}

// isAlone reports whether no other list has persons, as in the first year.
func isAlone(ctx context.Context, tx Tx, of roll) (alone bool, err error) {
	err = tx.QueryRow(ctx, `
		SELECT NOT EXISTS (
			SELECT FROM plan p CROSS JOIN (VALUES ($3), ($4)) AS kinds (roll)
			WHERE (p.plan_id, kinds.roll) <> ($1, $2)
			AND EXISTS (SELECT FROM person_registration r WHERE r.plan_id = p.plan_id AND r.roll = kinds.roll AND r.active))`,
		of.plan, of.kind, ofRegistrations, ofResults).Scan(&alone)
	return alone, err
}

// moveOthers gives the registrations of other lists under one ID another.
func moveOthers(ctx context.Context, tx Tx, of roll, from, to int64) error {
	if from == to {
		return nil
	}
	rows, err := tx.Query(ctx, `SELECT DISTINCT plan_id, roll FROM person_registration WHERE person_id = $3 AND (plan_id, roll) <> ($1, $2) ORDER BY 1, 2`, of.plan, of.kind, from)
	if err != nil {
		return err
	}
	theirs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r roll, err error) { return r, row.Scan(&r.plan, &r.kind) })
	if err != nil || len(theirs) == 0 {
		return err
	}
	for _, r := range theirs {
		if err := r.lock(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO person_roll AS known (plan_id, roll, changes, pending) VALUES ($1, $2, 1, false)
			ON CONFLICT (plan_id, roll) DO UPDATE SET changes = known.changes + 1`, r.plan, r.kind)
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE person_registration SET person_id = $3 WHERE person_id = $4 AND (plan_id, roll) <> ($1, $2)`, of.plan, of.kind, to, from)
	return err
}

// others are persons of other lists, in the order of their IDs.
type others struct {
	ids     []int64
	persons []reconcile.Person
}

func (o *others) index(id int64) int {
	if i, ok := slices.BinarySearch(o.ids, id); ok {
		return i
	}
	return -1
}

// lookUp finds the persons of other lists who share a citizen ID, a phone, or
// birth date and given name with one of the fresh persons, or its ID. Those
// whose ID another person of this list keeps are nobody else's.
func (e *enrolment) lookUp(ctx context.Context, tx Tx, fresh []int) (others, error) {
	isFresh := make(map[int]bool, len(fresh))
	for _, at := range fresh {
		isFresh[at] = true
	}
	kept := make(map[int64]bool, len(e.ids))
	for i, id := range e.ids {
		if !isFresh[i] {
			kept[id] = true
		}
	}
	met, err := e.meet(ctx, tx, fresh)
	if err != nil {
		return others{}, err
	}
	for _, at := range fresh {
		if id := e.ids[at]; !e.created[id] {
			met = append(met, id)
		}
	}
	met = slices.DeleteFunc(met, func(id int64) bool { return kept[id] })
	// Asked for by their numbers, they are looked up by them: of what else is
	// asked here the server cannot tell how few they are.
	rows, err := tx.Query(ctx, foreign+`
		WHERE r.person_id = ANY($3) AND r.active AND (r.plan_id, r.roll) <> ($1, $2)
		ORDER BY r.person_id, r.plan_id COLLATE "C", r.roll, r.registration_key COLLATE "C"`, e.plan, e.kind, met)
	if err != nil {
		return others{}, err
	}
	return collectOthers(rows, e.seal)
}

// meet finds the numbers of the persons who share a value with a fresh one.
func (e *enrolment) meet(ctx context.Context, tx Tx, fresh []int) ([]int64, error) {
	var citizens, phones, births, givens []string
	for i := range e.entries { // person by person, as fresh is
		at, t := e.entries[i].person, e.entries[i].values
		if len(fresh) > 0 && fresh[0] < at {
			fresh = fresh[1:]
		}
		if len(fresh) > 0 && fresh[0] == at {
			citizens, phones = append(citizens, t.citizen()), append(phones, t.phone())
			births, givens = append(births, t.born()), append(givens, t.given())
		}
	}
	rows, err := tx.Query(ctx, `
		WITH asked AS (SELECT DISTINCT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS a (citizen, phone, born, given))
		SELECT o.person_id FROM asked CROSS JOIN LATERAL (
			SELECT person_id FROM person_registration WHERE citizen_id = citizen AND citizen_id <> '' AND active
			AND (plan_id, roll) <> ($1, $2) ORDER BY person_id LIMIT $7) o
		UNION
		SELECT o.person_id FROM asked CROSS JOIN LATERAL (
			SELECT person_id FROM person_registration WHERE phone = asked.phone AND phone <> '' AND active
			AND (plan_id, roll) <> ($1, $2) ORDER BY person_id LIMIT $7) o
		UNION
		SELECT o.person_id FROM asked CROSS JOIN LATERAL (
			SELECT person_id FROM person_registration WHERE birth_date = born AND given_name = given AND length(birth_date) = 10 AND active
			AND (plan_id, roll) <> ($1, $2) ORDER BY person_id LIMIT $7) o`,
		e.plan, e.kind, citizens, phones, births, givens, lookUpLimit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

func collectOthers(rows pgx.Rows, sealer *seal.Sealer) (others, error) {
	var o others
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[foreignRow])
	if err != nil {
		return o, err
	}
	for i := range found {
		r, err := found[i].registration(sealer)
		if err != nil {
			return o, err
		}
		if n := len(o.ids); n == 0 || o.ids[n-1] != found[i].Person {
			o.ids = append(o.ids, found[i].Person)
			o.persons = append(o.persons, reconcile.Person{ID: personID(found[i].Person)})
		}
		last := &o.persons[len(o.persons)-1]
		last.Members = append(last.Members, r)
	}
	return o, nil
}

// toldApart are pairs of these persons that an answer, in whatever plan, says
// are two.
func (o *others) toldApart(ctx context.Context, tx Tx) ([][2]int, error) {
	rows, err := tx.Query(ctx, `
		SELECT DISTINCT a.person_id, b.person_id
		FROM person_apart_current said
		JOIN person_registration a ON a.plan_id = said.plan_id AND a.roll = 'registration'
			AND a.registration_key = regexp_replace(said.mark_a, '~[0-9a-f]{12}$', '')
		JOIN person_registration b ON b.plan_id = said.plan_id AND b.roll = 'registration'
			AND b.registration_key = regexp_replace(said.mark_b, '~[0-9a-f]{12}$', '')
		WHERE said.apart AND a.person_id = ANY($1) AND b.person_id = ANY($1) AND a.person_id <> b.person_id`, o.ids)
	if err != nil {
		return nil, err
	}
	var apart [][2]int
	var a, b int64
	_, err = pgx.ForEachRow(rows, []any{&a, &b}, func() error {
		apart = append(apart, [2]int{o.index(a), o.index(b)})
		return nil
	})
	return apart, err
}
