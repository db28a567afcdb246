package understand

import (
	"slices"

	"doisoat/reconcile"
)

// Offices leave other lists of their people in the workbook, or send them by
// mistake: telephone numbers, salaries, who was at a meeting, last year's list
// in a hidden sheet. They have names, dates and positions like a roster, and
// register nobody.

// isLeftover tells whether the lists of the sheet are for something else, by
// the title. A list that names classes anywhere is a roster all the same.
func (s *sheetReader) isLeftover(c *clues) bool {
	if s.out.Hidden && s.isOutdated() {
		return true
	}
	title := s.out.Title
	if title == "" {
		title = s.out.Name
	}
	if !s.isOtherwise(title) && !hasDays(c.heads) {
		return false
	}
	for _, h := range c.heads {
		for i := range h.columns {
			if h.columns[i].field == reconcile.FieldProgram {
				return false
			}
		}
	}
	// The name of a file with several sheets is that of another one.
	return len(s.tabProgram().Codes) == 0 && (s.book.sheets > 1 || len(s.fileProgram().Codes) == 0)
}

// daysInRow is how many columns numbered one after the other are the days of a
// month: more than a table numbers its classes.
const daysInRow = 20

// hasDays tells whether a header has the days of a month, as sheets of
// attendance do.
func hasDays(heads []header) bool {
	for _, h := range heads {
		day := 0
		for i := range h.columns {
			if leaf := h.columns[i].levels[len(h.columns[i].levels)-1]; number(leaf) == day+1 && plainNumber.MatchString(leaf) {
				day++
			}
		}
		if day >= daysInRow {
			return true
		}
	}
	return false
}

// isOutdated tells whether the title and the tab speak of earlier years than
// the plan's alone. A tab that only calls itself old may well be the one that
// was filled in.
func (s *sheetReader) isOutdated() bool {
	years := slices.DeleteFunc(slices.Concat(words(s.out.Title), words(s.out.Name)), func(w string) bool { return !isYear(w) })
	return len(years) > 0 && !slices.ContainsFunc(years, func(w string) bool { return number(w) >= s.reader.plan.Year })
}
