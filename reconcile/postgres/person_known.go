package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/seal"

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

// entry is a registration of a person, with what is compared of it.
type entry struct {
	person         int // its place in the list of persons
	key            string
	r              *reconcile.Registration
	digest, traits string
	values         traits // of which traits is the hash; what is sealed in them costs too much to make again
}

// entriesOf are the registrations of all persons, person by person.
func entriesOf(persons []reconcile.Person, sealer *seal.Sealer) []entry {
	n := 0
	for i := range persons {
		n += len(persons[i].Members)
	}
	entries := make([]entry, 0, n)
	for i := range persons {
		for _, r := range persons[i].Members {
			values := traitsOf(r, sealer)
			entries = append(entries, entry{i, storable(r.Key), r, identityOf(r, values.citizen()), values.hash(), values})
		}
	}
	return entries
}

// identityOf is the digest that knows a registration again whose name was
// mended: of its mark, and of the citizen ID as it is stored.
func identityOf(r *reconcile.Registration, citizen string) string {
	digest := reconcile.Digest(r)
	if citizen == "" {
		return digest
	}
	sum := sha256.Sum256([]byte(digest + "\x00" + citizen))
	return hex.EncodeToString(sum[:6])
}

// owners gives the known person of each registration, 0 for none: the one under
// its key, or, when nothing is known under it, that of the only registration
// which the last run still had, is gone now, and was of the same agency and
// program with the same values.
func (known members) owners(entries []entry) []int64 {
	owners := make([]int64, len(entries))
	unknown := make(map[renamed][]int)
	for i := range entries {
		e := &entries[i]
		if m, ok := known[e.key]; ok {
			owners[i] = m.person
		} else if e.r.BirthDate.IsFull() || e.r.CitizenID != "" { // else the values are hardly anybody's
			at := renamed{classOf(e.key), e.digest}
			unknown[at] = append(unknown[at], i)
		}
	}
	if len(unknown) == 0 {
		return owners
	}
	here := make(map[string]bool, len(entries))
	for i := range entries {
		here[entries[i].key] = true
	}
	gone := make(map[renamed][]int64)
	for key, m := range known {
		if m.active && !here[key] {
			at := renamed{classOf(key), m.digest}
			gone[at] = append(gone[at], m.person)
		}
	}
	for at, several := range unknown {
		if len(several) == 1 && len(gone[at]) == 1 {
			owners[several[0]] = gone[at][0]
		}
	}
	return owners
}

// fresh are the persons of whom a registration is new, was given to another
// person, or says something else than at the last run.
func (known members) fresh(entries []entry, ids []int64) map[int]bool {
	fresh := make(map[int]bool)
	for i := range entries {
		e := &entries[i]
		if m, ok := known[e.key]; !ok || !m.active || m.person != ids[e.person] || m.traits != e.traits {
			fresh[e.person] = true
		}
	}
	return fresh
}

// classOf is the agency and program of a key.
func classOf(key string) string {
	if i := strings.LastIndexByte(key, '|'); i >= 0 {
		return key[:i]
	}
	return key
}
