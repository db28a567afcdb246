package postgres

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// SavePersons gives each person an ID that stays the same over runs and plans,
// and keeps whose registration is whose. A person gets the ID that most of its
// registrations had; when a person falls into two, the larger part keeps the
// ID; what never had one gets that of the person of another list whom introduce
// knows it for, else a new one. No ID is ever given to somebody else. Registrations that are gone are
// remembered, so that their person comes back under the same ID; and one whose
// name was mended, so that it has another key, is known again as the only one
// of its agency and program that is gone and had all other values. It is its own
// transactions, and repeated it gives the same.
func (s *Store) SavePersons(ctx context.Context, planID string, runID int64, persons []reconcile.Person, introduce reconcile.Introduce, now time.Time) error {
	err := s.savePersons(ctx, roll{planID, ofRegistrations}, runID, persons, introduce, now)
	return wrap(fmt.Sprintf("ghi danh sách người của kế hoạch %s", planID), err)
}

func personID(id int64) string { return "P" + strconv.FormatInt(id, 10) }

// claim is a person's wish for an ID, as strong as the number of its
// registrations that had it.
type claim struct {
	person int
	id     int64
	votes  int
	first  string // the smallest of those keys, to decide between equals
}

// keepIDs chooses a known ID for each of so many persons, 0 where it needs a new
// one. Strong claims come first; each ID goes to one person only.
func keepIDs(persons int, entries []entry, owners []int64) []int64 {
	var claims []claim
	votes := make(map[int64]claim)
	for i := range entries {
		if id := owners[i]; id != 0 {
			c, seen := votes[id]
			if !seen || entries[i].r.Key < c.first {
				c.first = entries[i].r.Key
			}
			votes[id] = claim{person: entries[i].person, id: id, votes: c.votes + 1, first: c.first}
		}
		if i+1 == len(entries) || entries[i+1].person != entries[i].person {
			for _, c := range votes {
				claims = append(claims, c)
			}
			clear(votes)
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.votes, a.votes), cmp.Compare(a.first, b.first), cmp.Compare(a.id, b.id))
	})
	ids := make([]int64, persons)
	taken := make(map[int64]bool)
	for _, c := range claims {
		if ids[c.person] == 0 && !taken[c.id] {
			ids[c.person] = c.id
			taken[c.id] = true
		}
	}
	return ids
}

// saveMembers writes whose registration is whose, and what the person is known
// by, where that is not known yet, and which registrations are gone.
func (e *enrolment) saveMembers(ctx context.Context, tx Tx, known members) error {
	here := make(members, len(e.entries))
	rows := make(map[string]traits)
	for i := range e.entries {
		one := &e.entries[i]
		id := e.ids[one.person]
		if m, twice := here[one.key]; twice && m.person <= id {
			continue
		}
		here[one.key] = member{person: id, digest: one.digest, traits: one.traits, active: true}
		if known[one.key] != here[one.key] {
			rows[one.key] = one.values
		}
	}
	var gone []string
	for key, m := range known {
		if m.active {
			if _, ok := here[key]; !ok {
				gone = append(gone, key)
			}
		}
	}
	if len(gone) > 0 {
		_, err := tx.Exec(ctx, `UPDATE person_registration SET active = false WHERE plan_id = $1 AND roll = $2 AND registration_key = ANY($3)`, e.plan, e.kind, gone)
		if err != nil {
			return err
		}
	}
	var fresh, old []string
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if _, stands := known[key]; stands {
			old = append(old, key)
		} else {
			fresh = append(fresh, key)
		}
	}
	if err := e.copyMembers(ctx, tx, here, rows, fresh); err != nil {
		return err
	}
	return e.upsertMembers(ctx, tx, here, rows, old)
}

// memberColumns are the columns of what is known of one registration's person,
// as memberTexts has them.
var memberColumns = append([]string{"registration_key", "digest", "traits"}, traitColumns...)

func memberTexts(key string, m member, values traits) []string {
	return append([]string{key, m.digest, m.traits}, values...)
}

// copyMembers writes those of whom nothing was known: of a new list, all. Nobody
// else can have written them meanwhile, since the roll is locked, and the server
// takes in the first while the last are still made.
func (e *enrolment) copyMembers(ctx context.Context, tx Tx, here members, rows map[string]traits, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	columns := append([]string{"plan_id", "roll", "from_run", "active", "person_id"}, memberColumns...)
	var row []any
	source := pgx.CopyFromSlice(len(keys), func(i int) ([]any, error) {
		m := here[keys[i]]
		row = append(row[:0], e.plan, e.kind, e.run, true, m.person)
		for _, text := range memberTexts(keys[i], m, rows[keys[i]]) {
			row = append(row, text)
		}
		return row, nil
	})
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"person_registration"}, columns, source)
	return err
}

// upsertMembers writes those of whom something was known already.
func (e *enrolment) upsertMembers(ctx context.Context, tx Tx, here members, rows map[string]traits, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	columns := make([][]string, len(memberColumns))
	owners := make([]int64, len(keys))
	for i, key := range keys {
		owners[i] = here[key].person
		for k, text := range memberTexts(key, here[key], rows[key]) {
			columns[k] = append(columns[k], text)
		}
	}
	args := []any{e.plan, e.kind, e.run, owners}
	arrays, updates := "$4::bigint[]", ""
	for i, name := range memberColumns {
		args = append(args, columns[i])
		arrays += fmt.Sprintf(", $%d::text[]", len(args))
		if i > 0 {
			updates += ", " + name + " = EXCLUDED." + name
		}
	}
	list := strings.Join(memberColumns, ", ")
	_, err := tx.Exec(ctx, fmt.Sprintf(`
		INSERT INTO person_registration (plan_id, roll, person_id, active, from_run, %[1]s)
		SELECT $1, $2, person_id, true, $3, %[1]s FROM unnest(%[2]s) AS m (person_id, %[1]s)
		ON CONFLICT (plan_id, roll, registration_key) DO UPDATE
		SET person_id = EXCLUDED.person_id, active = true, from_run = EXCLUDED.from_run%[3]s`, list, arrays, updates), args...)
	return err
}

// PersonIDs returns, by registration key, the ID of the person whose
// registration it is.
func (s *Store) PersonIDs(ctx context.Context, planID string) (map[string]string, error) {
	doing := fmt.Sprintf("đọc danh sách người của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT registration_key, person_id FROM person_registration WHERE plan_id = $1 AND roll = $2 AND active`, planID, ofRegistrations)
	if err != nil {
		return nil, wrap(doing, err)
	}
	ids := make(map[string]string)
	var key string
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&key, &id}, func() error {
		ids[key] = personID(id)
		return nil
	})
	return ids, wrap(doing, err)
}
