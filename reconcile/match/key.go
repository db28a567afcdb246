package match

import (
	"cmp"
	"strings"

	"doisoat/reconcile"
)

// record is a registration with what its comparison needs, reckoned once.
type record struct {
	r     *reconcile.Registration
	key   string   // reconcile.Key of the name
	words []string // of key
	ascii []string // the same words without any marks
	born  reconcile.Date
	id    string
}

func newRecord(r *reconcile.Registration) *record {
	return &record{
		r:     r,
		key:   strings.Join(strings.Fields(reconcile.Key(r.FullName)), " "),
		words: strings.Fields(reconcile.Key(r.FullName)),
		ascii: strings.Fields(reconcile.ASCII(r.FullName)),
		born:  r.BirthDate,
		id:    r.CitizenID,
	}
}

// compare orders records by what they are, never by how they came: their key
// in the plan, then name, values and place.
func (a *record) compare(b *record) int {
	return cmp.Or(
		cmp.Compare(a.r.Key, b.r.Key),
		cmp.Compare(a.key, b.key),
		a.born.Compare(b.born),
		cmp.Compare(a.id, b.id),
		cmp.Compare(a.r.Origin.Source, b.r.Origin.Source),
		cmp.Compare(a.r.Origin.Sheet, b.r.Origin.Sheet),
		cmp.Compare(a.r.Origin.Row, b.r.Origin.Row),
		cmp.Compare(a.r.Program, b.r.Program),
		cmp.Compare(a.r.Agency, b.r.Agency),
	)
}

// identity is what makes two records the same beyond any comparing.
type identity struct {
	key  string
	born reconcile.Date
	id   string
}

func (a *record) identity() identity { return identity{a.key, a.born, a.id} }
