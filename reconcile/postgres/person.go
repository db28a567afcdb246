package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// SavePersons gives each person an ID that stays the same over runs, and keeps
// whose registration is whose. A person gets the ID that most of its
// registrations had; when a person falls into two, the larger part keeps the
// ID; what never had one gets a new one. Registrations that are gone are
// remembered, so that their person comes back under the same ID; and one whose
// name was mended, so that it has another key, is known again as the only one
// of its agency and program that is gone and had all other values.
func (s *Store) SavePersons(ctx context.Context, tx Tx, planID string, runID int64, persons []reconcile.Person, now time.Time) error {
	doing := fmt.Sprintf("ghi danh sách người của kế hoạch %s", planID)
	if err := lock(ctx, tx, "persons", planID); err != nil {
		return wrap(doing, err)
	}
	known, err := knownMembers(ctx, tx, planID)
	if err != nil {
		return wrap(doing, err)
	}
	ids := keepIDs(persons, known.owners(persons))
	if err := newPersons(ctx, tx, ids, now); err != nil {
		return wrap(doing, err)
	}
	for i := range persons {
		persons[i].ID = "P" + strconv.FormatInt(ids[i], 10)
	}
	return wrap(doing, setBased(ctx, tx, func() error { return saveMembers(ctx, tx, planID, runID, persons, ids, known) }))
}

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

// saveMembers writes whose registration is whose where that is not known yet,
// and which registrations are gone.
func saveMembers(ctx context.Context, tx Tx, planID string, runID int64, persons []reconcile.Person, ids []int64, known members) error {
	here := make(members, len(known))
	for i := range persons {
		for _, r := range persons[i].Members {
			key := storable(r.Key)
			if m, twice := here[key]; !twice || ids[i] < m.person {
				here[key] = member{person: ids[i], digest: reconcile.Digest(r), active: true}
			}
		}
	}
	var keys, digests, gone []string
	var owners []int64
	for key, m := range here {
		if known[key] != m {
			keys, owners, digests = append(keys, key), append(owners, m.person), append(digests, m.digest)
		}
	}
	for key, m := range known {
		if _, ok := here[key]; m.active && !ok {
			gone = append(gone, key)
		}
	}
	if len(gone) > 0 {
		_, err := tx.Exec(ctx, `UPDATE person_registration SET active = false WHERE plan_id = $1 AND registration_key = ANY($2)`, planID, gone)
		if err != nil {
			return err
		}
	}
	if len(keys) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO person_registration (plan_id, registration_key, person_id, active, from_run, digest)
		SELECT $1, registration_key, person_id, true, $4, digest
		FROM unnest($2::text[], $3::bigint[], $5::text[]) AS m (registration_key, person_id, digest)
		ORDER BY registration_key
		ON CONFLICT (plan_id, registration_key) DO UPDATE
		SET person_id = EXCLUDED.person_id, active = true, from_run = EXCLUDED.from_run, digest = EXCLUDED.digest`,
		planID, keys, owners, runID, digests)
	return err
}

// PersonIDs returns, by registration key, the ID of the person whose
// registration it is.
func (s *Store) PersonIDs(ctx context.Context, planID string) (map[string]string, error) {
	doing := fmt.Sprintf("đọc danh sách người của kế hoạch %s", planID)
	rows, err := s.pool.Query(ctx, `SELECT registration_key, person_id FROM person_registration WHERE plan_id = $1 AND active`, planID)
	if err != nil {
		return nil, wrap(doing, err)
	}
	ids := make(map[string]string)
	var key string
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&key, &id}, func() error {
		ids[key] = "P" + strconv.FormatInt(id, 10)
		return nil
	})
	return ids, wrap(doing, err)
}
