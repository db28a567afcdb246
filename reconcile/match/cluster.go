package match

import (
	"slices"

	"doisoat/reconcile"
)

// clusters is a union of classes that refuses what cannot be one person: two
// citizen IDs, birth dates more than a typing error apart, two registrations
// that people told apart. So no chain of sure pairs joins what no pair may.
type clusters struct {
	parent []int32
	facts  map[int32]*facts // by root; those of a class alone are made on demand
	of     func(class int32) facts
}

// facts are what all members of a cluster must agree on.
type facts struct {
	dates []reconcile.Date // each once; nearly always one
	ids   []string
	apart []int32 // classes that are other people
}

func newClusters(n int, of func(class int32) facts) *clusters {
	c := &clusters{parent: make([]int32, n), facts: make(map[int32]*facts), of: of}
	for i := range c.parent {
		c.parent[i] = int32(i)
	}
	return c
}

func (c *clusters) find(i int32) int32 {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *clusters) at(root int32) *facts {
	f, ok := c.facts[root]
	if !ok {
		own := c.of(root)
		f = &own
		c.facts[root] = f
	}
	return f
}

// refusal says why two clusters cannot be one.
type refusal uint8

const (
	joined refusal = iota
	already
	torn      // their dates or IDs contradict each other
	toldApart // people said so
)

// join makes one cluster of two. The lower class is the root, so that the
// result has one shape.
func (c *clusters) join(i, j int32) refusal {
	i, j = c.find(i), c.find(j)
	if i == j {
		return already
	}
	i, j = min(i, j), max(i, j)
	if c.apart(i, j) {
		return toldApart
	}
	a, b := c.at(i), c.at(j)
	if !a.fits(b) {
		return torn
	}
	a.dates, a.ids = union(a.dates, b.dates), union(a.ids, b.ids)
	a.apart = append(a.apart, b.apart...)
	c.parent[j] = i
	delete(c.facts, j)
	return joined
}

// apart reports whether people told a member of one root's cluster from a
// member of the other's.
func (c *clusters) apart(i, j int32) bool {
	return slices.ContainsFunc(c.at(i).apart, func(class int32) bool { return c.find(class) == j })
}

func (f *facts) fits(other *facts) bool {
	for _, a := range f.dates {
		for _, b := range other.dates {
			if compareDates(a, b) == otherDate {
				return false
			}
		}
	}
	return len(f.ids) == 0 || len(other.ids) == 0 || slices.Equal(f.ids, other.ids)
}

func union[T comparable](a, b []T) []T {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(slices.Clip(a), x)
		}
	}
	return a
}
