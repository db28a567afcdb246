package postgres

import (
	"context"
	"errors"
	"slices"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
)

// roll is a list of keys whose persons are kept: the registrations of a plan, or
// the learners of its lists of results.
type roll struct{ plan, kind string }

const (
	ofRegistrations = "registration"
	ofResults       = "result"
)

// lock makes the transaction the only one that changes the roll. Whoever holds
// it waits for nothing else but, when it came from introducing, other rolls.
func (of roll) lock(ctx context.Context, tx Tx) error { return lock(ctx, tx, "roll", of.plan, of.kind) }

// enrolment is the saving of the persons of one roll.
type enrolment struct {
	roll
	run       int64
	now       time.Time
	persons   []reconcile.Person
	entries   []entry
	introduce reconcile.Introduce
	seal      *seal.Sealer

	ids []int64 // of the persons
	// created are those of ids that nobody ever had before.
	created map[int64]bool
	// newcomers are the keys of all registrations of persons of whom one is new,
	// was given to another person, or says something else than at the last run.
	newcomers map[string]bool
	// changes of the roll when ids were read.
	changes int64
}

// savePersons works in two steps, so that many plans can be reconciled at once.
// The first saves the roll by itself, which is by far the most work and
// concerns nobody else. The second compares those who came with the persons of
// the other rolls, and only one roll is at that at a time. It sees all that
// others have saved in their first steps: of two rolls that come at once, the
// one that comes second to the second step meets the other.
func (s *Store) savePersons(ctx context.Context, of roll, runID int64, persons []reconcile.Person, introduce reconcile.Introduce, now time.Time) error {
	e := &enrolment{
		roll: of, run: runID, now: now, persons: persons, entries: entriesOf(persons, s.seal), introduce: introduce, seal: s.seal,
		created: make(map[int64]bool), newcomers: make(map[string]bool),
	}
	for first, again := true, true; again; first = false {
		if err := s.InTx(ctx, func(ctx context.Context, tx Tx) error { return e.enrol(ctx, tx, first) }); err != nil {
			return err
		}
		if introduce == nil || len(e.newcomers) == 0 {
			break
		}
		err := s.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
			again, err = e.introduceNewcomers(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	for i := range persons {
		persons[i].ID = personID(e.ids[i])
	}
	return nil
}

// enrol is the first step.
func (e *enrolment) enrol(ctx context.Context, tx Tx, first bool) error {
	if err := e.lock(ctx, tx); err != nil {
		return err
	}
	pending, err := e.state(ctx, tx)
	if err != nil {
		return err
	}
	known, err := knownMembers(ctx, tx, e.roll)
	if err != nil {
		return err
	}
	e.ids = keepIDs(len(e.persons), e.entries, known.owners(e.entries))
	// A program that ended between the steps left it to this one.
	e.note(known.fresh(e.entries, e.ids), first && pending)
	if err := e.newPersons(ctx, tx); err != nil {
		return err
	}
	err = setBased(ctx, tx, func() error { return e.saveMembers(ctx, tx, known) })
	if err != nil || pending || e.introduce == nil || len(e.newcomers) == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO person_roll (plan_id, roll, changes, pending) VALUES ($1, $2, 0, true)
		ON CONFLICT (plan_id, roll) DO UPDATE SET pending = true`, e.plan, e.kind)
	return err
}

// state reads the roll's line.
func (e *enrolment) state(ctx context.Context, tx Tx) (pending bool, err error) {
	err = tx.QueryRow(ctx, `SELECT changes, pending FROM person_roll WHERE plan_id = $1 AND roll = $2`, e.plan, e.kind).Scan(&e.changes, &pending)
	if errors.Is(err, pgx.ErrNoRows) {
		e.changes, err = 0, nil
	}
	return pending, err
}

// note adds the newcomers: all registrations of the fresh persons, or of all.
func (e *enrolment) note(fresh map[int]bool, all bool) {
	for i := range e.entries {
		if all || fresh[e.entries[i].person] {
			e.newcomers[e.entries[i].key] = true
		}
	}
}

// fresh are the persons that newcomers are of, in their order.
func (e *enrolment) fresh() []int {
	var fresh []int
	for i := range e.entries {
		at := e.entries[i].person
		if e.newcomers[e.entries[i].key] && (len(fresh) == 0 || fresh[len(fresh)-1] != at) {
			fresh = append(fresh, at)
		}
	}
	return fresh
}

// introduceNewcomers is the second step. It reports whether the first has to be
// done again, since another roll changed this one in between.
func (e *enrolment) introduceNewcomers(ctx context.Context, tx Tx) (again bool, err error) {
	// Of all plans: a person of one may become one with a person of another.
	if err := lock(ctx, tx, "persons"); err != nil {
		return false, err
	}
	if err := e.lock(ctx, tx); err != nil {
		return false, err
	}
	before := e.changes
	if _, err := e.state(ctx, tx); err != nil || e.changes != before {
		return true, err
	}
	if err := e.introduceFresh(ctx, tx, e.fresh()); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, `UPDATE person_roll SET pending = false WHERE plan_id = $1 AND roll = $2`, e.plan, e.kind)
	return false, err
}

// newPersons fills in the IDs that are still 0.
func (e *enrolment) newPersons(ctx context.Context, tx Tx) error {
	missing := 0
	for _, id := range e.ids {
		if id == 0 {
			missing++
		}
	}
	if missing == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, `INSERT INTO person (first_seen) SELECT $2::timestamptz FROM generate_series(1, $1) RETURNING person_id`, missing, e.now)
	if err != nil {
		return err
	}
	created, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	slices.Sort(created)
	for i := range e.ids {
		if e.ids[i] == 0 {
			e.ids[i], created = created[0], created[1:]
			e.created[e.ids[i]] = true
		}
	}
	return nil
}
