package postgres

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// answerPlace is where answers have a life of their own: the word of one tab of
// one document on one discrepancy. The tab's name is no part of it, since
// people rename tabs.
type answerPlace struct{ code, source, tab string }

// tabPlace is a tab in which answers are looked for.
type tabPlace struct{ source, tab string }

// clean makes the answers storable.
func clean(answers []answer) []answer {
	kept := slices.Clone(answers)
	for i := range kept {
		a := &kept[i]
		a.code, a.word, a.text, a.tab = storable(a.code), storable(a.word), storable(a.text), storable(a.tab)
		a.origin.Source, a.origin.Sheet, a.origin.Cell = storable(a.origin.Source), storable(a.origin.Sheet), storable(a.origin.Cell)
	}
	return kept
}

// placed gives each answer a place of its own. Where a tab has several rows of
// a code, since people copy rows, those that say something else have each its
// place, so that none is lost; what stood already keeps the place it had, in
// whatever order the rows are by now.
func (s *saving) placed(answers []answer) []answer {
	var order []answerPlace
	groups := make(map[answerPlace][]answer)
	for _, a := range clean(answers) {
		at := a.place()
		group, seen := groups[at]
		if !seen {
			order = append(order, at)
		}
		switch {
		case slices.ContainsFunc(group, func(b answer) bool { return b.says(&a) }):
			continue
		case len(group) == 1 && group[0].isEmpty():
			group = nil // a row that says something wins over an empty one
		case len(group) > 0 && a.isEmpty():
			continue
		}
		groups[at] = append(group, a)
	}
	rows := s.rowPlaces()
	var all []answer
	for _, at := range order {
		all = append(all, s.assign(at, groups[at], rows[at])...)
	}
	return all
}

// assign spreads the answers of one code in one tab over its places.
func (s *saving) assign(at answerPlace, group []answer, rows []answerPlace) []answer {
	places := append([]answerPlace{at}, rows...)
	if len(group) == 1 && len(rows) == 0 {
		return group
	}
	taken := make(map[answerPlace]bool)
	var rest, all []answer
	for _, a := range group {
		i := slices.IndexFunc(places, func(p answerPlace) bool {
			old, ok := s.standing[p]
			return ok && !taken[p] && old.says(&a)
		})
		if i < 0 {
			rest = append(rest, a)
			continue
		}
		taken[places[i]] = true
		a.tab = places[i].tab
		all = append(all, a)
	}
	for n := 2; len(rest) > 0; n++ {
		if i := slices.IndexFunc(places, func(p answerPlace) bool { return !taken[p] }); i >= 0 {
			taken[places[i]] = true
			rest[0].tab = places[i].tab
			all, rest = append(all, rest[0]), rest[1:]
			continue
		}
		if next := (answerPlace{at.code, at.source, rowTab(at.tab, n)}); !slices.Contains(places, next) {
			places = append(places, next)
		}
	}
	// A place whose row is gone, though its code still stands there, says
	// nothing any more.
	for _, p := range places {
		if !taken[p] {
			all = append(all, answer{code: p.code, tab: p.tab, origin: group[0].origin, stance: group[0].stance})
		}
	}
	return all
}

// rowMark stands between a tab and the number of a further row of one code.
const rowMark = "#row"

func rowTab(tab string, n int) string { return tab + rowMark + strconv.Itoa(n) }

// rowPlaces are the places of further rows, by the tab that they are in.
func (s *saving) rowPlaces() map[answerPlace][]answerPlace {
	all := make(map[answerPlace][]answerPlace)
	ordered := slices.SortedFunc(maps.Keys(s.standing), func(a, b answerPlace) int { return cmp.Compare(a.tab, b.tab) })
	for _, p := range ordered {
		if tab, _, ok := strings.Cut(p.tab, rowMark); ok {
			at := answerPlace{p.code, p.source, tab}
			all[at] = append(all[at], p)
		}
	}
	return all
}

func codesOf(answers []answer) []string {
	codes := make([]string, len(answers))
	for i := range answers {
		codes[i] = storable(answers[i].code)
	}
	return codes
}
