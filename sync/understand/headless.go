package understand

import (
	"regexp"

	"doisoat/reconcile"
)

// readHeadless reads a sheet without any header: a list that goes on from the
// sheet before, a return that says there is nobody, a lookup list or leftovers.
func (s *sheetReader) readHeadless() {
	if len(s.view.rows) == 0 || s.continueList() {
		return
	}
	for i := range s.view.rows {
		if isNilReturn(&s.view.rows[i]) {
			t := s.readTop(0, len(s.view.rows))
			s.head, s.out.Title = t.agency, t.title
			s.out.Role = reconcile.RoleRegistration
			for j := i + 1; j < len(s.view.rows); j++ {
				if s.rows[j].kind == reconcile.RowTitle {
					s.rows[j].kind = reconcile.RowSignature
				}
			}
			return
		}
	}
	if s.isLookup() || s.opensOtherwise(&s.view.rows[0]) {
		s.mark(0, len(s.rows), reconcile.RowNote)
	}
}

// continueList reads the rows with the columns of the sheet before, when they
// fit: most rows have an ordinal, a name and more where these stand there.
func (s *sheetReader) continueList() bool {
	before := s.book.lastRoster
	if before == nil {
		return false
	}
	list := &rosterReader{sheet: s, top: before.top, sections: before.sections}
	h := header{kind: roster, first: -1, last: -1, columns: before.columns}
	list.blocks = s.blocks(h, len(s.view.rows))
	people := 0
	for i := range s.view.rows {
		if people == 0 && s.opensOtherwise(&s.view.rows[i]) {
			return false
		}
		if e := list.evidence(&s.view.rows[i]); e.ordinal && looksLikeName(e.name) && e.others >= 2 {
			people++
		}
	}
	if people == 0 || people*2 < len(s.view.rows) {
		return false
	}
	s.out.Role = reconcile.RoleRegistration
	s.addColumns(h)
	s.head = before.agency
	for i := range s.view.rows {
		list.row(i)
	}
	list.finish()
	return true
}

// opensOtherwise tells whether a row is the title of a list that registers
// nobody.
func (s *sheetReader) opensOtherwise(row *line) bool {
	return (opensTitle(row) || len(row.cells) <= 2) && s.isOtherwise(row.text())
}

// continued is what a sheet without a header takes over from the one before.
type continued struct {
	columns  []column
	top      top
	sections sections
	agency   string
}

// holdsTable tells whether the sheet has a table, known or not, or what stands
// for one. A letter typed into cells, or a cover, has none.
func (s *sheetReader) holdsTable() bool {
	if s.out.Role != reconcile.RoleOther {
		return true
	}
	run := 0
	for i := range s.view.rows {
		row := &s.view.rows[i]
		if s.rows[i].kind == reconcile.RowHeader {
			return true
		}
		if len(row.cells) < 2 || opensTitle(row) || isSignature(row) {
			run = 0
			continue
		}
		if run++; run >= tableRows {
			return true
		}
	}
	return false
}

// tableRows is how many rows of several cells one below the other make a table.
const tableRows = 2

var (
	lookupName = regexp.MustCompile(`(?i)danh\s*m[uụ]c|^dm|lookup|list|tra cứu|hướng dẫn|huong dan|data validation`)
	codeLike   = regexp.MustCompile(`^[A-ZĐ]{1,6}[-_.]?\d{1,4}$`)
)

// lookupSample is how many rows of a sheet tell whether it is a lookup. Lists
// to choose from are short; of a long sheet of whatever else, every n-th row
// tells as much as all of them.
const lookupSample = 500

// isLookup tells whether the sheet only holds lists to choose from: bodies,
// classes, codes, headers, numbers. A hidden sheet without a header is one.
func (s *sheetReader) isLookup() bool {
	if s.out.Hidden || lookupName.MatchString(s.out.Name) {
		return true
	}
	cells, known := 0, 0
	for i := 0; i < len(s.view.rows); i += 1 + len(s.view.rows)/lookupSample {
		for j := range s.view.rows[i].cells {
			cells++
			if s.isListed(&s.view.rows[i].cells[j]) {
				known++
			}
		}
	}
	return known*10 >= cells*7
}

func (s *sheetReader) isListed(c *cell) bool {
	if len(c.text) > maxHeaderText {
		return false
	}
	if codeLike.MatchString(c.text) || ordinalOnly.MatchString(c.text) {
		return true
	}
	if _, ok := sexOf(c.text); ok {
		return true
	}
	if m, ok := s.headerMeaning(c); ok && m.exact {
		return true
	}
	if _, sure := s.reader.agencies.resolve(c.text, s.book.day); sure || startsUnit(c.text) {
		return true
	}
	list := s.mentions(c.text)
	return len(list) > 0 && len(list[0].Codes) > 0
}
