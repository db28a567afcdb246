package understand

import (
	"slices"

	"doisoat/reconcile"
)

// sheetKind is something that a sheet can be for.
type sheetKind struct {
	role reconcile.Role
	is   func(*sheetReader, *clues) bool
}

// sheetKinds are what a sheet can be for, the first that applies decides. A
// sheet of discrepancies that comes back is none of them: it is known by its
// form before any table is looked for. The order has its reasons:
//
//   - People make a sheet one of people, whatever else stands on it: titles
//     speak of money and places also over lists of names.
//   - A list of results is told before one that registers nobody, since it too
//     names no class that anybody asks for, and its purpose is of use.
//   - A list is taken to register unless something says otherwise: one that is
//     lost is worse than one that has to be set aside.
//   - A timetable or an inventory can have amounts like an estimate, so that
//     its title goes before the header.
//   - Tables of counts are told by the nearest name: the title, the tab, at last
//     the file, which can hold several. Headers come after all names, since
//     summaries of needs have columns of places too.
var sheetKinds = slices.Concat(
	[]sheetKind{
		{reconcile.RoleResult, listed((*sheetReader).isResultList)},
		{reconcile.RoleOther, listed((*sheetReader).isLeftover)},
		{reconcile.RoleRegistration, listed(whatever)},
		{reconcile.RoleOther, func(_ *sheetReader, c *clues) bool { return isOtherTable(c.title) }},
		{reconcile.RoleCostEstimate, func(_ *sheetReader, c *clues) bool { return c.kinds[costs] }},
	},
	countsNamed(func(c *clues) []string { return c.title }),
	countsNamed(func(c *clues) []string { return c.tab }),
	countsNamed(func(c *clues) []string { return c.file }),
	[]sheetKind{
		{reconcile.RoleAllocation, (*sheetReader).headsQuota},
		{reconcile.RoleSummary, whatever},
	},
)

// countsNamed are the tables of counts by one of their names. "Phân bổ" also
// shares out what is asked for, and needs go with the places that they are
// asked from ("Tổng hợp nhu cầu so với chỉ tiêu").
func countsNamed(name func(*clues) []string) []sheetKind {
	says := func(p *phrases[bool]) func(*sheetReader, *clues) bool {
		return func(_ *sheetReader, c *clues) bool { return contains(name(c), p) }
	}
	return []sheetKind{
		{reconcile.RoleAllocation, says(shareWords)},
		{reconcile.RoleSummary, says(needWords)},
		{reconcile.RoleAllocation, says(quotaWords)},
	}
}

// clues are what tells the kind of a sheet.
type clues struct {
	heads            []header
	kinds            map[tableKind]bool // of the heads
	title, tab, file []string           // as words
}

// listed applies to sheets with a list of people.
func listed(is func(*sheetReader, *clues) bool) func(*sheetReader, *clues) bool {
	return func(s *sheetReader, c *clues) bool { return c.kinds[roster] && is(s, c) }
}

func whatever(*sheetReader, *clues) bool { return true }

// role is what the sheet is for.
func (s *sheetReader) role(heads []header) reconcile.Role {
	c := &clues{
		heads: heads, kinds: map[tableKind]bool{},
		title: words(s.out.Title), tab: words(s.out.Name), file: words(s.book.file),
	}
	for _, h := range heads {
		c.kinds[h.kind] = true
	}
	i := slices.IndexFunc(sheetKinds, func(k sheetKind) bool { return k.is(s, c) })
	return sheetKinds[i].role
}

// isResultList tells a list of a class, or of its results, from one that
// registers: by the title, else by what only such lists have beside the names.
// Whoever asks for a class settles it, since those lists also say what people
// have completed; results are spoken of by no other list; of having been sent
// also those speak that want another class.
func (s *sheetReader) isResultList(c *clues) bool {
	switch title := c.title; {
	case contains(title, asking):
		return false
	case contains(title, resultWords):
		return true
	case contains(title, sentWords) && !contains(title, wanting):
		return true
	case contains(title, registerWords):
		return false
	case contains(title, enrolWords), contains(title, learnerWords) && len(outcomes.all(title)) > 0:
		return true
	}
	return s.enoughResultSigns(c)
}

// isOtherwise tells whether a title is that of a list that registers nobody.
func (s *sheetReader) isOtherwise(title string) bool {
	list := words(title)
	if contains(list, terms) {
		list = without(list, termWords) // "KHÓA XXI, NHIỆM KỲ 2020 - 2025" is no class
	}
	switch {
	case contains(list, cueToLearn):
		return false
	case starts(without(list, listNoise), ofTheClass):
		return true // of the class named, but not of those who ask for it
	case contains(list, contests) && !contains(list, lessonWords):
		return true
	case contains(list, classWords):
		return false
	case !contains(list, otherPurpose) && (!contains(list, standing) || contains(list, registerWords)):
		return false
	}
	named := s.mentions(title)
	return len(named) == 0 || len(named[0].Codes) == 0
}

// isOtherTable tells whether a table without people is neither a summary nor an
// estimate: a timetable, an inventory.
func isOtherTable(title []string) bool {
	return starts(without(title, listNoise), timetables) || contains(title, goods) && !contains(title, spending)
}

// headsQuota tells whether a header calls its figures places that are given
// out, where neither title nor name says what the table is for.
func (s *sheetReader) headsQuota(c *clues) bool {
	for _, h := range c.heads {
		for i := range h.columns {
			if col := &h.columns[i]; col.field == reconcile.FieldPlaces && givesOut(col) {
				return true
			}
		}
	}
	return false
}
