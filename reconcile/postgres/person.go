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

// roll is a list of keys whose persons are kept: the registrations of a plan, or
// the learners of its lists of results.
type roll struct{ plan, kind string }

const (
	ofRegistrations = "registration"
	ofResults       = "result"
)

// SavePersons gives each person an ID that stays the same over runs and plans,
// and keeps whose registration is whose. A person gets the ID that most of its
// registrations had; when a person falls into two, the larger part keeps the
// ID; what never had one gets that of the person of another list whom introduce
// knows it for, else a new one. No ID is ever given to somebody else. Registrations that are gone are
// remembered, so that their person comes back under the same ID; and one whose
// name was mended, so that it has another key, is known again as the only one
// of its agency and program that is gone and had all other values.
func (s *Store) SavePersons(ctx context.Context, tx Tx, planID string, runID int64, persons []reconcile.Person, introduce reconcile.Introduce, now time.Time) error {
	err := savePersons(ctx, tx, roll{planID, ofRegistrations}, runID, persons, introduce, now)
	return wrap(fmt.Sprintf("ghi danh sách người của kế hoạch %s", planID), err)
}

func savePersons(ctx context.Context, tx Tx, of roll, runID int64, persons []reconcile.Person, introduce reconcile.Introduce, now time.Time) error {
	// Of all plans: a person of one may become one with a person of another.
	if err := lock(ctx, tx, "persons"); err != nil {
		return err
	}
	known, err := knownMembers(ctx, tx, of)
	if err != nil {
		return err
	}
	ids := keepIDs(persons, known.owners(persons))
	if err := introduceFresh(ctx, tx, of, persons, ids, known, introduce); err != nil {
		return err
	}
	if err := newPersons(ctx, tx, ids, now); err != nil {
		return err
	}
	for i := range persons {
		persons[i].ID = personID(ids[i])
	}
	return setBased(ctx, tx, func() error { return saveMembers(ctx, tx, of, runID, persons, ids, known) })
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

// keepIDs chooses a known ID for each person, 0 where it needs a new one.
// Strong claims come first; each ID goes to one person only.
func keepIDs(persons []reconcile.Person, known map[string]int64) []int64 {
	var claims []claim
	for i := range persons {
		votes := make(map[int64]claim)
		for _, r := range persons[i].Members {
			id, ok := known[storable(r.Key)]
			if !ok {
				continue
			}
			c, seen := votes[id]
			if !seen || r.Key < c.first {
				c.first = r.Key
			}
			votes[id] = claim{person: i, id: id, votes: c.votes + 1, first: c.first}
		}
		for _, c := range votes {
			claims = append(claims, c)
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.votes, a.votes), cmp.Compare(a.first, b.first), cmp.Compare(a.id, b.id))
	})
	ids := make([]int64, len(persons))
	taken := make(map[int64]bool)
	for _, c := range claims {
		if ids[c.person] == 0 && !taken[c.id] {
			ids[c.person] = c.id
			taken[c.id] = true
		}
	}
	return ids
}

// newPersons fills in the IDs that are still 0.
func newPersons(ctx context.Context, tx Tx, ids []int64, now time.Time) error {
	missing := 0
	for _, id := range ids {
		if id == 0 {
			missing++
		}
	}
	if missing == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, `INSERT INTO person (first_seen) SELECT $2::timestamptz FROM generate_series(1, $1) RETURNING person_id`, missing, now)
	if err != nil {
		return err
	}
	created, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	slices.Sort(created)
	for i := range ids {
		if ids[i] == 0 {
			ids[i], created = created[0], created[1:]
		}
	}
	return nil
}

// saveMembers writes whose registration is whose, and what the person is known
// by, where that is not known yet, and which registrations are gone.
func saveMembers(ctx context.Context, tx Tx, of roll, runID int64, persons []reconcile.Person, ids []int64, known members) error {
	here := make(members, len(known))
	rows := make(map[string]*reconcile.Registration)
	for i := range persons {
		for _, r := range persons[i].Members {
			key := storable(r.Key)
			if m, twice := here[key]; twice && m.person <= ids[i] {
				continue
			}
			here[key] = member{person: ids[i], digest: reconcile.Digest(r), traits: traitsOf(r).hash(), active: true}
			if known[key] != here[key] {
				rows[key] = r
			}
		}
	}
	var gone []string
	for key, m := range known {
		if _, ok := here[key]; m.active && !ok {
			gone = append(gone, key)
		}
	}
	if len(gone) > 0 {
		_, err := tx.Exec(ctx, `UPDATE person_registration SET active = false WHERE plan_id = $1 AND roll = $2 AND registration_key = ANY($3)`, of.plan, of.kind, gone)
		if err != nil {
			return err
		}
	}
	return upsertMembers(ctx, tx, of, runID, here, rows)
}

func upsertMembers(ctx context.Context, tx Tx, of roll, runID int64, here members, rows map[string]*reconcile.Registration) error {
	if len(rows) == 0 {
		return nil
	}
	columns := make([][]string, 3+len(traitColumns)) // key, digest, hash, traits
	owners := make([]int64, 0, len(rows))
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		m := here[key]
		owners = append(owners, m.person)
		for i, value := range append([]string{key, m.digest, m.traits}, traitsOf(rows[key])...) {
			columns[i] = append(columns[i], value)
		}
	}
	args := []any{of.plan, of.kind, runID, owners}
	names := append([]string{"registration_key", "digest", "traits"}, traitColumns...)
	arrays, updates := "$4::bigint[]", ""
	for i, name := range names {
		args = append(args, columns[i])
		arrays += fmt.Sprintf(", $%d::text[]", len(args))
		if i > 0 {
			updates += ", " + name + " = EXCLUDED." + name
		}
	}
	list := strings.Join(names, ", ")
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
