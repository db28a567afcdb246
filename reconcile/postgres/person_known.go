package postgres

import (
	"context"
	"strings"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// members are the registrations of a roll whose person is known, by key.
type members map[string]member

type member struct {
	person int64
	digest string
	traits string
	active bool
}

func knownMembers(ctx context.Context, tx Tx, of roll) (members, error) {
	rows, err := tx.Query(ctx, `SELECT registration_key, person_id, digest, traits, active FROM person_registration WHERE plan_id = $1 AND roll = $2`,
		of.plan, of.kind)
	if err != nil {
		return nil, err
	}
	known := make(members)
	var key string
	var m member
	_, err = pgx.ForEachRow(rows, []any{&key, &m.person, &m.digest, &m.traits, &m.active}, func() error { known[key] = m; return nil })
	return known, err
}

// renamed is what a registration whose name was mended keeps.
type renamed struct{ class, digest string }

// owners gives the known person of each registration by key: under its key, or,
// when nothing is known under it, that of the only registration which the last
// run still had, is gone now, and was of the same agency and program with the
// same values.
func (known members) owners(persons []reconcile.Person) map[string]int64 {
	owners := make(map[string]int64)
	unknown := make(map[renamed][]string)
	here := make(map[string]bool)
	for i := range persons {
		for _, r := range persons[i].Members {
			key := storable(r.Key)
			here[key] = true
			if m, ok := known[key]; ok {
				owners[key] = m.person
			} else if r.BirthDate.IsFull() || r.CitizenID != "" { // else the values are hardly anybody's
				at := renamed{classOf(key), reconcile.Digest(r)}
				unknown[at] = append(unknown[at], key)
			}
		}
	}
	if len(unknown) == 0 {
		return owners
	}
	gone := make(map[renamed][]int64)
	for key, m := range known {
		if m.active && !here[key] {
			at := renamed{classOf(key), m.digest}
			gone[at] = append(gone[at], m.person)
		}
	}
	for at, keys := range unknown {
		if len(keys) == 1 && len(gone[at]) == 1 {
			owners[keys[0]] = gone[at][0]
		}
	}
	return owners
}

// classOf is the agency and program of a key.
func classOf(key string) string {
	if i := strings.LastIndexByte(key, '|'); i >= 0 {
		return key[:i]
	}
	return key
}
