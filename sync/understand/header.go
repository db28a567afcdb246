package understand

import (
	"regexp"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// tableKind is what the rows under a header are.
type tableKind uint8

const (
	noTable tableKind = iota
	roster            // people
	costs             // amounts of money
	matrix            // counts per agency or program
)

// header is the block of rows that names the columns of a table.
type header struct {
	kind        tableKind
	first, last int // indexes into view.rows, inclusive
	columns     []column
}

const (
	maxHeaderRows = 5
	// maxMeanings bounds how many different texts of a sheet are looked at as
	// possible headers: rows that show to be data are not, so that a list of any
	// length has far fewer.
	maxMeanings   = 100_000
	maxHeaderText = 160 // letters; survey forms ask long questions
)

// headerAt tells whether the i-th row is the row of a header that names the
// thing the table is about. It goes by the words alone.
func (s *sheetReader) headerAt(i int) (tableKind, bool) {
	row := &s.view.rows[i]
	if len(row.cells) < 2 {
		return noTable, false
	}
	fields := map[reconcile.Field]bool{}
	known, exact := 0, 0
	for j := range row.cells {
		c := &row.cells[j]
		m, ok := s.headerMeaning(c)
		if !ok {
			continue
		}
		known++
		if m.exact {
			exact++
		}
		fields[m.field] = true
	}
	if fields[reconcile.FieldFullName] {
		known += s.resultCells(row)
	}
	if len(fields) < 2 || exact == 0 && known < 4 {
		return noTable, false
	}
	kind := kindOf(fields)
	if kind == noTable && i+1 < len(s.view.rows) && s.isUnderGroups(header{first: i, last: i}, &s.view.rows[i+1]) {
		s.addFields(fields, &s.view.rows[i+1]) // its figures are named in the lower line
		kind = kindOf(fields)
	}
	if kind == roster && exact > 1 && fields[reconcile.FieldOrdinal] && s.namesUnder(i) {
		return kind, true // whatever else it lists: subjects, classes, days
	}
	if kind != roster && s.namesBelow(i, fields) {
		kind = roster
	}
	if worded := wordedCells(row); known < 4 && known*2 < worded && (kind != matrix || (known+s.namedCells(row))*2 < worded) {
		return noTable, false
	}
	return kind, kind != noTable
}

// addFields adds what the cells of a row mean.
func (s *sheetReader) addFields(fields map[reconcile.Field]bool, row *line) {
	for j := range row.cells {
		if m, ok := s.headerMeaning(&row.cells[j]); ok {
			fields[m.field] = true
		}
	}
}

// namesUnder tells whether names of people stand under the cell of the row that
// calls them so.
func (s *sheetReader) namesUnder(i int) bool {
	row := &s.view.rows[i]
	for j := range row.cells {
		c := &row.cells[j]
		if m, ok := s.headerMeaning(c); ok && m.exact && m.field == reconcile.FieldFullName {
			return s.holdsNames(c.Col, i+1)
		}
	}
	return false
}

// wordedCells counts the cells of a row that hold more than a number or a day
// of the week, as the days of a month do at the head of their columns.
func wordedCells(row *line) int {
	n := 0
	for j := range row.cells {
		if c := &row.cells[j]; c.Kind == sheet.Text && !dayOfMonth.MatchString(c.text) {
			n++
		}
	}
	return n
}

var dayOfMonth = regexp.MustCompile(`(?i)^(\d{1,2}|t[2-7]|cn)$`)

// namedCells counts the cells that name a program or a body: the columns of a
// table of counts are named after them.
func (s *sheetReader) namedCells(row *line) int {
	n := 0
	for j := range row.cells {
		c := &row.cells[j]
		if c.Kind != sheet.Text || len(c.text) > maxHeaderText {
			continue
		}
		if _, sure := s.reader.agencies.resolve(c.text, s.book.day); sure {
			n++
		} else if list := s.headed(c.text); len(list) == 1 && len(list[0].Codes) > 0 {
			n++
		}
	}
	return n
}

func kindOf(fields map[reconcile.Field]bool) tableKind {
	has := func(list ...reconcile.Field) bool {
		for _, f := range list {
			if fields[f] {
				return true
			}
		}
		return false
	}
	switch {
	case has(reconcile.FieldFullName), has(reconcile.FieldFamilyName) && has(reconcile.FieldGivenName):
		return roster
	case has(reconcile.FieldAmount, reconcile.FieldRate):
		if has(reconcile.FieldItem, reconcile.FieldQuantity, reconcile.FieldProgram, reconcile.FieldClasses, reconcile.FieldLearners, reconcile.FieldOrdinal, reconcile.FieldUnit) {
			return costs
		}
	case has(reconcile.FieldUnit, reconcile.FieldProgram, reconcile.FieldItem):
		if has(reconcile.FieldPlaces, reconcile.FieldQuantity, reconcile.FieldLearners, reconcile.FieldClasses, reconcile.FieldOrdinal) {
			return matrix
		}
	}
	return noTable
}

// headerMeaning is the general meaning of a cell that can be a header's.
func (s *sheetReader) headerMeaning(c *cell) (meaning, bool) {
	if c.Kind != sheet.Text || len(c.text) > 4*maxHeaderText || utf8.RuneCountInString(c.text) > maxHeaderText {
		return meaning{}, false
	}
	if known, ok := s.meanings[c.text]; ok {
		return known.meaning, known.ok
	}
	if len(s.meanings) == maxMeanings {
		return meaning{}, false
	}
	m, ok := s.reader.header(c.text)
	s.meanings[c.text] = known{m, ok}
	return m, ok
}

// generalMeaning is what a header says by itself: a known wording, else one put
// together of known words.
func generalMeaning(text string) (meaning, bool) {
	m, ok := headers.look(text)
	if ok && m.exact {
		return m, true
	}
	if put, composed := compose(words(withoutBrackets(text))); composed {
		return put, true
	}
	if put, composed := compose(headerShort.apply(words(withoutBrackets(text)))); composed && !ok {
		return put, true
	}
	return m, ok
}

// known remembers what was looked up once, since the words of a sheet repeat.
type known struct {
	meaning meaning
	ok      bool
}

// readHeader takes the whole block around the row that was found: the lines
// above and below that belong to it, by merged cells or by their words.
func (s *sheetReader) readHeader(i int, kind tableKind) header {
	h := header{kind: kind, first: i, last: i}
	bottom := s.view.rows[i].number
	for j := range s.view.rows[i].cells {
		c := &s.view.rows[i].cells[j]
		if r, _ := s.view.reach(s.view.rows[i].number, c.Col); r > bottom && r < s.view.rows[i].number+maxHeaderRows {
			bottom = r
		}
	}
	for h.last+1 < len(s.view.rows) && h.last-h.first+1 < maxHeaderRows {
		next := &s.view.rows[h.last+1]
		if next.number <= bottom || next.number == s.view.rows[h.last].number+1 && (s.isLowerLine(h, next) || s.isUnderGroups(h, next)) {
			h.last++
			continue
		}
		break
	}
	for h.first > 0 && h.last-h.first+1 < maxHeaderRows && s.isUpperLine(h, h.first-1) {
		h.first--
	}
	h.columns = s.readColumns(h)
	if kind == matrix && namesPeople(h.columns) {
		// The names stand in a lower line than the words that were found.
		kind, h.kind = roster, roster
		h.columns = s.readColumns(h)
	}
	if kind == roster {
		s.nameByValues(h)
	}
	return h
}

// namesPeople tells whether the columns hold names of people, whole or split.
func namesPeople(columns []column) bool {
	fields := map[reconcile.Field]bool{}
	for i := range columns {
		fields[columns[i].field] = true
	}
	return fields[reconcile.FieldFullName] || fields[reconcile.FieldFamilyName] && fields[reconcile.FieldGivenName]
}

// columnName is the letter under which people know the column.
func columnName(col int) string { return sheet.ColumnName(col) }
