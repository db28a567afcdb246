package match

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// Persons joins the registrations that surely belong to one human being and
// lists the pairs that need a human eye, the best one of each two persons.
// Every registration is a member of exactly one person. No person has two
// citizen IDs, or two birth dates that are more than one typing error apart, or
// two registrations that opts tells apart. The order of the input changes
// nothing, and the work is linear in its size.
//
// A pair that opts tells apart is among the unsure ones with Pair.Apart set,
// when it would be likely otherwise.
func Persons(registrations []*reconcile.Registration, opts Options) (persons []reconcile.Person, unsure []reconcile.Pair) {
	d := newDictionary()
	records, elsewhere := newRecordsWith(registrations, opts.Elsewhere, d, opts.Register)
	apart := tellApart(records, opts.Apart)
	classes := newClasses(records)
	l := &linker{
		model:   model{names: names{d, newFrequencies(d, records, classes)}, prior: prior(len(records))},
		records: records,
	}
	if told := l.toldElsewhere(elsewhere); len(told) > 0 {
		apart = append(apart, told...)
		classes = newClasses(records)
	}
	l.classes = l.surely(classes)
	return l.persons(apart)
}

// tellApart finds the records that people told apart.
func tellApart(records []record, pairs []reconcile.Couple) [][2]int32 {
	known := newMarks(records, pairs)
	var apart [][2]int32
	for _, p := range pairs {
		a, b := known.find(p.A), known.find(p.B)
		if a >= 0 && b >= 0 && a != b {
			apart = append(apart, [2]int32{int32(a), int32(b)})
			records[a].apart, records[b].apart = true, true
		}
	}
	return apart
}

// linker finds and joins what is linked.
type linker struct {
	model
	records []record
	classes []class
}

// surely takes classes apart whose values, alike as they are, do not make sure
// that it is one person: a name that thousands have.
func (l *linker) surely(classes []class) []class {
	var sure []class
	for _, c := range classes {
		if len(c) > 1 {
			v := l.judge(&l.records[c[0]], &l.records[c[1]])
			if !v.sure() {
				for i := range c {
					sure = append(sure, c[i:i+1:i+1])
				}
				continue
			}
		}
		sure = append(sure, c)
	}
	// Taken apart, they stand among the others in the order of the records.
	slices.SortStableFunc(sure, func(a, b class) int { return cmp.Compare(a.first(), b.first()) })
	return sure
}

// link is a pair of classes, a before b, that is worth keeping.
type link struct {
	a, b        int32
	probability float64
	sure        bool
}

// links judges all pairs that share a block and keeps the likely ones, each
// once: the surest first, so that where two would contradict each other the
// surer one stands.
func (l *linker) links() []link {
	var links []link
	b := blocker{dictionary: l.dictionary, records: l.records, classes: l.classes}
	b.pairs(func(i, j int32) {
		v := l.judge(l.first(i), l.first(j))
		if v.related() {
			links = append(links, link{i, j, v.probability, v.sure()})
		}
	})
	slices.SortFunc(links, func(x, y link) int {
		return cmp.Or(-cmp.Compare(x.probability, y.probability), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return slices.Compact(links)
}

func (l *linker) first(class int32) *record { return &l.records[l.classes[class].first()] }

func (l *linker) pair(i, j int32) reconcile.Pair {
	a, b := l.first(i), l.first(j)
	v := l.judge(a, b)
	return reconcile.Pair{A: a.r, B: b.r, Probability: v.probability, Sure: v.sure(), Why: v.why()}
}

func (l *linker) persons(apart [][2]int32) ([]reconcile.Person, []reconcile.Pair) {
	others := l.othersOf(apart)
	c := newClusters(len(l.classes), func(class int32) facts {
		rec := l.first(class)
		f := facts{apart: others[class]}
		if rec.born.Year != 0 {
			f.dates = []reconcile.Date{rec.born}
		}
		if rec.id != "" {
			f.ids = []string{rec.id}
		}
		return f
	})
	kept := make(map[int32][]reconcile.Pair) // by the lower class
	var doubts []link
	tornBy := make(map[link]bool)
	for _, link := range l.links() {
		if !link.sure {
			doubts = append(doubts, link)
			continue
		}
		switch c.join(link.a, link.b) {
		case joined:
			kept[link.a] = append(kept[link.a], l.pair(link.a, link.b))
		case torn:
			tornBy[link] = true
			doubts = append(doubts, link)
		case toldApart:
			doubts = append(doubts, link)
		case already:
		}
	}
	return l.people(c, kept), l.doubts(c, doubts, tornBy)
}

// othersOf gives for each class those that people told from it. Records that
// are told apart have classes of their own.
func (l *linker) othersOf(apart [][2]int32) map[int32][]int32 {
	if len(apart) == 0 {
		return nil
	}
	at := make(map[int32]int32)
	for i, c := range l.classes {
		if l.records[c.first()].apart {
			at[c.first()] = int32(i)
		}
	}
	others := make(map[int32][]int32)
	for _, p := range apart {
		a, b := at[p[0]], at[p[1]]
		others[a], others[b] = append(others[a], b), append(others[b], a)
	}
	return others
}

// people turns the clusters into persons, in the order of their first members.
func (l *linker) people(c *clusters, kept map[int32][]reconcile.Pair) []reconcile.Person {
	at := make([]int32, len(l.classes)) // 1-based, by root
	sizes := make([]int32, len(l.classes))
	for i, class := range l.classes {
		sizes[c.find(int32(i))] += int32(len(class))
	}
	var all []reconcile.Person
	for i, class := range l.classes {
		root := c.find(int32(i))
		if at[root] == 0 {
			all = append(all, reconcile.Person{Members: make([]*reconcile.Registration, 0, sizes[root])})
			at[root] = int32(len(all))
		}
		p := &all[at[root]-1]
		for k, rec := range class {
			p.Members = append(p.Members, l.records[rec].r)
			if k > 0 {
				p.Pairs = append(p.Pairs, l.alike(class[k-1], rec))
			}
		}
		p.Pairs = append(p.Pairs, kept[int32(i)]...)
	}
	return all
}

// alike is a pair inside a class.
func (l *linker) alike(i, j int32) reconcile.Pair {
	v := l.judge(&l.records[i], &l.records[j])
	return reconcile.Pair{A: l.records[i].r, B: l.records[j].r, Probability: v.probability, Sure: true, Why: v.why()}
}

// doubts keeps the first, that is the likeliest, link of each two clusters that
// stayed two.
func (l *linker) doubts(c *clusters, links []link, tornBy map[link]bool) []reconcile.Pair {
	seen := make(map[[2]int32]bool, len(links))
	var pairs []reconcile.Pair
	for _, link := range links {
		i, j := c.find(link.a), c.find(link.b)
		two := [2]int32{min(i, j), max(i, j)}
		if i == j || seen[two] {
			continue
		}
		seen[two] = true
		p := l.pair(link.a, link.b)
		p.Sure = false
		switch {
		case c.apart(i, j):
			p.Apart = true
			p.Why += whyApart
		case tornBy[link]:
			p.Why += whyTorn
		}
		pairs = append(pairs, p)
	}
	return pairs
}
