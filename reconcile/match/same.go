package match

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// Same tells for each newcomer which known person it surely is, by index, or -1. A
// person stays who it was unless its full birth date or citizen ID contradicts
// the known one's by more than a typing error. Else it must be surely the same
// as Persons joins registrations, contradict nothing that is known of the
// other, and where two known people could be meant who are not one, be nearer
// to one of them by as much as makes a pair sure. No two newcomers are one known
// person. The register may be nil.
func Same(o reconcile.Newcomers, register *reconcile.Register) []int {
	found := make([]int, len(o.Persons))
	taken := make(map[int]bool)
	for i := range found {
		found[i] = -1
		if had := o.Had[i]; had >= 0 && !factsOf(&o.Persons[i]).contradict(factsOf(&o.Known[had]), true) {
			found[i] = had
			taken[had] = true
		}
	}
	apart := make(map[[2]int]bool, 2*len(o.Apart))
	for _, p := range o.Apart {
		apart[p], apart[[2]int{p[1], p[0]}] = true, true
	}
	two := func(k, m int) bool {
		return apart[[2]int{k, m}] || factsOf(&o.Known[k]).contradict(factsOf(&o.Known[m]), false)
	}
	ways := waysOf(&o, found, register)
	first := make(map[int]way)
	doubtful := make(map[int]bool)
	for _, w := range ways { // the surest of each person first
		best, seen := first[w.person]
		if !seen {
			first[w.person] = w
		} else if best.bits-w.bits < bits(sureAt, 1-sureAt) && two(best.known, w.known) {
			doubtful[w.person] = true
		}
	}
	for _, w := range ways {
		if found[w.person] < 0 && first[w.person] == w && !doubtful[w.person] && !taken[w.known] {
			found[w.person] = w.known
			taken[w.known] = true
		}
	}
	return found
}

// way is a person and a known one who are surely one.
type way struct {
	person, known int
	bits          float64
}

// waysOf finds them among the persons for whom nobody is found yet, the surest
// first.
func waysOf(o *reconcile.Newcomers, found []int, register *reconcile.Register) []way {
	d := newDictionary()
	persons := make(map[*reconcile.Registration]int)
	var all []*reconcile.Registration
	for i := range o.Persons {
		if found[i] < 0 {
			for _, r := range o.Persons[i].Members {
				persons[r] = i
				all = append(all, r)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	for k := range o.Known {
		for _, r := range o.Known[k].Members {
			persons[r] = -1 - k
			all = append(all, r)
		}
	}
	records := newRecords(all, d, register)
	l := &linker{records: records, classes: make([]class, len(records))}
	for i := range records {
		l.classes[i] = class{int32(i)}
	}
	l.model = model{names: names{d, newFrequencies(d, records, l.classes)}, prior: prior(o.Population)}
	surest := make(map[[2]int]float64)
	b := blocker{dictionary: d, records: records, classes: l.classes}
	b.pairs(func(i, j int32) {
		p, q := persons[records[i].r], persons[records[j].r]
		if p < 0 == (q < 0) {
			return
		}
		if v := l.judge(&records[i], &records[j]); v.sure() {
			two := [2]int{max(p, q), -1 - min(p, q)}
			if known, ok := surest[two]; !ok || v.bits > known {
				surest[two] = v.bits
			}
		}
	})
	var ways []way
	for two, bits := range surest {
		if !factsOf(&o.Persons[two[0]]).contradict(factsOf(&o.Known[two[1]]), false) {
			ways = append(ways, way{two[0], two[1], bits})
		}
	}
	slices.SortFunc(ways, func(a, b way) int {
		return cmp.Or(-cmp.Compare(a.bits, b.bits), cmp.Compare(a.person, b.person), cmp.Compare(a.known, b.known))
	})
	return ways
}

// factsOf are the dates and numbers of all of a person's registrations.
func factsOf(p *reconcile.Person) *facts {
	var f facts
	for _, r := range p.Members {
		if r.BirthDate.Year != 0 {
			f.dates = union(f.dates, []reconcile.Date{r.BirthDate})
		}
		if r.CitizenID != "" {
			f.ids = union(f.ids, []string{r.CitizenID})
		}
	}
	return &f
}

// contradict reports whether two people's birth dates differ by more than one
// typing error, or their citizen IDs do. Mended: of one known number the other
// may be what it was before a typing error was mended.
func (f *facts) contradict(other *facts, mended bool) bool {
	for _, a := range f.dates {
		for _, b := range other.dates {
			if compareDates(a, b) == otherDate {
				return true
			}
		}
	}
	for _, a := range f.ids {
		for _, b := range other.ids {
			if kind := compareIDs(a, b); kind != sameNumber && !(mended && kind == slipNumber) {
				return true
			}
		}
	}
	return false
}
