package match

import (
	"flag"
	"fmt"
	"testing"

	"doisoat/reconcile"
)

var plantedRows = flag.Int("planted", 0, "registrations in the planted provinces, instead of a year's and of three years'")

// plantedSizes are the sizes of the provinces that are tried. Chance meetings of
// namesakes grow with the square of the size, so that more rows are harder.
func plantedSizes() []int {
	if *plantedRows > 0 {
		return []int{*plantedRows}
	}
	return []int{9000, 30_000}
}

// figures of one planted province.
type figures struct {
	joined, wrong  int         // pairs of rows in one person; of them, of two people
	planted, found map[int]int // by plant: pairs, and those joined
	looked         map[int]int // by plant: pairs that somebody is asked about
	doubts         int
	wrongPairs     []string
}

func measure(g *provinceMaker) figures {
	persons, unsure := Persons(g.rows, Options{})
	f := figures{planted: make(map[int]int), found: make(map[int]int), looked: make(map[int]int), doubts: len(unsure)}
	at := make(map[*reconcile.Registration]int, len(g.rows))
	for i, r := range g.rows {
		at[r] = i
	}
	person := make([]int, len(g.rows))
	for p := range persons {
		for i, a := range persons[p].Members {
			person[at[a]] = p
			for _, b := range persons[p].Members[:i] {
				f.joined++
				if g.human[at[a]] != g.human[at[b]] {
					f.wrong++
					f.wrongPairs = append(f.wrongPairs, fmt.Sprintf("%s %v | %s %v: %s", a.Key, a.BirthDate, b.Key, b.BirthDate, persons[p].Pairs[0].Why))
				}
			}
		}
	}
	asked := make(map[[2]int]bool)
	for _, pair := range unsure {
		a, b := person[at[pair.A]], person[at[pair.B]]
		asked[[2]int{min(a, b), max(a, b)}] = true
	}
	first := make(map[int]int)
	for i := range g.rows {
		if g.kind[i] < 0 {
			first[g.human[i]] = i
		}
	}
	for i, kind := range g.kind {
		if kind < 0 {
			continue
		}
		f.planted[kind]++
		j, ok := first[g.human[i]]
		if !ok { // another human being
			continue
		}
		a, b := person[i], person[j]
		if a == b {
			f.found[kind]++
		} else if asked[[2]int{min(a, b), max(a, b)}] {
			f.looked[kind]++
		}
	}
	return f
}

// What is sure is right, what can be found is found, and no namesakes are made
// one. Run with -v for the figures per plant.
func TestPlanted(t *testing.T) {
	for _, size := range plantedSizes() {
		for seed := range uint64(4) {
			t.Run(fmt.Sprintf("%d rows, seed %d", size, seed+1), func(t *testing.T) {
				t.Parallel()
				g := newProvince(seed+1, size)
				f := measure(g)
				precision, recall := f.report(t)
				if precision < 0.995 || recall < 0.98 {
					t.Errorf("precision %.4f, recall %.4f; want at least 0.995 and 0.98", precision, recall)
				}
			})
		}
	}
}

// report logs the figures per plant and returns those of all sure ones.
func (f *figures) report(t *testing.T) (precision, recall float64) {
	planted, found := 0, 0
	for kind, p := range plants() {
		if p.sure {
			planted += f.planted[kind]
			found += f.found[kind]
		}
		if !p.two {
			t.Logf("%-50s sure %-5v planted %4d joined %4d to look at %4d", p.name, p.sure, f.planted[kind], f.found[kind], f.looked[kind])
		}
	}
	for _, wrong := range f.wrongPairs {
		t.Log("wrong: ", wrong)
	}
	precision, recall = 1-float64(f.wrong)/float64(f.joined), float64(found)/float64(planted)
	t.Logf("precision %.4f (%d of %d joined pairs wrong), recall %.4f (%d of %d), %d doubts",
		precision, f.wrong, f.joined, recall, found, planted, f.doubts)
	return precision, recall
}

// No planted namesake, twin or bearer of another ID is in one person with the
// one whose like it was made.
func TestNamesakesStayApart(t *testing.T) {
	for _, size := range plantedSizes() {
		t.Run(fmt.Sprint(size, " rows"), func(t *testing.T) { namesakesStayApart(t, newProvince(9, size)) })
	}
}

func namesakesStayApart(t *testing.T, g *provinceMaker) {
	persons, _ := Persons(g.rows, Options{})
	human := make(map[*reconcile.Registration]int)
	kinds := make(map[*reconcile.Registration]int)
	for i, r := range g.rows {
		human[r], kinds[r] = g.human[i], g.kind[i]
	}
	all := plants()
	for _, p := range persons {
		for i, a := range p.Members {
			for _, b := range p.Members[:i] {
				namesakes := kinds[a] >= 0 && all[kinds[a]].two || kinds[b] >= 0 && all[kinds[b]].two
				if namesakes && human[a] != human[b] {
					t.Errorf("%s and %s were joined: %s", a.Key, b.Key, p.Pairs[0].Why)
				}
			}
		}
	}
}
