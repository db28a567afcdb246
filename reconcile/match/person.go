package match

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// Persons joins the registrations that surely belong to one human being and
// lists the pairs that need a human eye. Every registration is a member of
// exactly one person. No person has two full birth dates or two citizen IDs.
// The order of the input changes nothing, and the work is linear in its size.
func Persons(registrations []*reconcile.Registration) (persons []reconcile.Person, unsure []reconcile.Pair) {
	records := make([]*record, len(registrations))
	for i, r := range registrations {
		records[i] = newRecord(r)
	}
	slices.SortStableFunc(records, (*record).compare)
	all := classes(records)

	var links []link
	for _, pair := range candidates(all) {
		if v := judge(all[pair[0]].first(), all[pair[1]].first()); v.related {
			links = append(links, link{pair[0], pair[1], v})
		}
	}
	// The surest links join first, so that where two would contradict each
	// other the surer one stands.
	slices.SortStableFunc(links, func(a, b link) int {
		return cmp.Or(-cmp.Compare(a.probability, b.probability), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	joined := newGroups(all)
	kept := make(map[int][]reconcile.Pair) // by class of its first member
	for _, l := range links {
		pair := l.pair(all)
		switch {
		case !l.sure:
			unsure = append(unsure, pair)
		case joined.join(l.a, l.b):
			kept[l.a] = append(kept[l.a], pair)
		default:
			pair.Sure = false
			pair.Why += whyTorn
			unsure = append(unsure, pair)
		}
	}
	return joined.persons(kept), withoutJoined(unsure, all, joined)
}

// link is a verdict about two classes.
type link struct {
	a, b int
	verdict
}

func (l link) pair(all []class) reconcile.Pair {
	return reconcile.Pair{
		A: all[l.a].first().r, B: all[l.b].first().r,
		Probability: l.probability, Sure: l.sure, Why: l.why,
	}
}

// withoutJoined drops doubts about pairs that surer links joined after all.
func withoutJoined(unsure []reconcile.Pair, all []class, g *groups) []reconcile.Pair {
	at := make(map[*reconcile.Registration]int)
	for i, c := range all {
		at[c.first().r] = i
	}
	return slices.DeleteFunc(unsure, func(p reconcile.Pair) bool { return g.find(at[p.A]) == g.find(at[p.B]) })
}

// groups is a union of classes that refuses what cannot be one person.
type groups struct {
	all    []class
	parent []int
	born   []reconcile.Date // of the group, at its root: as precise as any member's
	id     []string
}

func newGroups(all []class) *groups {
	g := &groups{all: all, parent: make([]int, len(all)), born: make([]reconcile.Date, len(all)), id: make([]string, len(all))}
	for i, c := range all {
		g.parent[i] = i
		g.id[i], g.born[i] = c.first().id, c.first().born
	}
	return g
}

func (g *groups) find(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// join makes one group of two and reports whether that is possible. The lower
// class is the root, so that the result has one shape.
func (g *groups) join(i, j int) bool {
	i, j = g.find(i), g.find(j)
	if i == j {
		return true
	}
	i, j = min(i, j), max(i, j)
	a, b := g.born[i], g.born[j]
	id := cmp.Or(g.id[i], g.id[j])
	if a.SurelyBefore(b) || b.SurelyBefore(a) || g.id[j] != "" && g.id[j] != id {
		return false
	}
	if precision(b) > precision(a) {
		a = b
	}
	g.parent[j], g.born[i], g.id[i] = i, a, id
	return true
}

func precision(d reconcile.Date) int {
	switch {
	case d.IsFull():
		return 3
	case d.Month != 0:
		return 2
	}
	return min(d.Year, 1)
}

// persons turns the groups into persons, in the order of their first members.
func (g *groups) persons(kept map[int][]reconcile.Pair) []reconcile.Person {
	at := make(map[int]int, len(g.all))
	var all []reconcile.Person
	for i, c := range g.all {
		root := g.find(i)
		n, ok := at[root]
		if !ok {
			n = len(all)
			at[root] = n
			all = append(all, reconcile.Person{})
		}
		p := &all[n]
		for k, rec := range c {
			p.Members = append(p.Members, rec.r)
			if k > 0 {
				p.Pairs = append(p.Pairs, reconcile.Pair{A: c[k-1].r, B: rec.r, Probability: 0.999, Sure: true, Why: same(rec)})
			}
		}
		p.Pairs = append(p.Pairs, kept[i]...)
	}
	return all
}

// same explains a class of equal records.
func same(rec *record) string {
	switch {
	case !rec.born.IsFull():
		return whyNameAndID
	case rec.id != "":
		return whyAll
	}
	return whyNameAndDate
}
