package understand

import (
	"strings"

	"doisoat/reconcile"
)

// rosterReader reads the rows under the headers of one list of people. A list
// goes on over repeated headers, and ends where another head begins.
type rosterReader struct {
	sheet    *sheetReader
	top      top
	blocks   []*block
	sections sections
	tally    tally
	signing  bool       // the block of signatures has begun
	last     lastPerson // without a block when there is none
	said     said
	results  resultList // of a list of results
	unit     int64      // đồng that a number of the sheet stands for
	legend   legend     // of the codes in the column of classes
	current  draft      // see draft
	classes  []class    // see ownClasses
}

// lastPerson is where the person of the row above was read.
type lastPerson struct {
	index int
	block *block
}

// read reads the rows between the header and the index end. What the columns
// hold is learnt from the rows up to the index reach, once for a header and
// those that repeat it.
func (l *rosterReader) read(h header, end int, repeated bool, reach int) {
	if !repeated || l.blocks == nil {
		l.blocks = l.sheet.blocks(h, reach)
		l.impliedFamilies(h, reach)
		l.legend = l.sheet.learnLegend(h, l.blocks, reach)
		l.said = l.said[:0]
	}
	if l.sheet.out.Role == reconcile.RoleResult && !repeated {
		l.results, l.unit = l.resultList(h.first), l.sheet.moneyUnit(h)
	}
	l.signing = false
	l.tally.newPage()
	for i := h.last + 1; i < end; i++ {
		l.row(i)
	}
}

// finish settles what can only be told at the end of the list.
func (l *rosterReader) finish() { l.tally.settle(l.sheet) }

// row decides what a row is and reads it. People come first: a row with an
// ordinal, a name and something more is nothing else.
func (l *rosterReader) row(i int) {
	s := l.sheet
	row := &s.view.rows[i]
	if s.rows[i].kind != "" {
		return
	}
	best := l.evidence(row)
	if best.ordinal && best.others > 0 && !isExample(row, best.name) && l.namesPerson(row, best.name) {
		l.person(i, best)
		return
	}
	s.rows[i].kind = l.otherKind(i, best)
	switch s.rows[i].kind {
	case reconcile.RowSection:
		sec, _ := s.sectionOf(row)
		l.sections = l.sections.open(sec)
		s.nested(l.sections)
		l.signing = false
	case reconcile.RowTotal:
		if s.out.Role != reconcile.RoleOther {
			l.tally.total(i, row, l.classColumns(), len(l.blocks))
		}
	case reconcile.RowSignature:
		l.signing = true
	case reconcile.RowRegistration:
		l.person(i, best)
	}
}

// namesPerson tells whether a row's name is one, and the row says nothing else
// than that there is such a person. Where the row begins with a bare name,
// there is nothing to ask.
func (l *rosterReader) namesPerson(row *line, name string) bool {
	if name != "" && name == leadText(row) && l.sheet.bare.isBare(name) && !mayDeny(name) {
		return true
	}
	return holdsName(name) && !isTotal(row) && !isNilReturn(row)
}

// classColumns are the columns that stand for a class each.
func (l *rosterReader) classColumns() map[int]bool {
	cols := map[int]bool{}
	for _, b := range l.blocks {
		for k := range b.columns {
			if c := &b.columns[k]; c.holds == aMark || c.holds == aFamily {
				cols[c.col] = true
			}
		}
	}
	return cols
}

// evidence is how much of a person a row holds.
type evidence struct {
	ordinal bool
	name    string
	birth   bool
	others  int // filled columns of a person besides ordinal, name and note
}

func (l *rosterReader) evidence(row *line) evidence {
	var best evidence
	for _, b := range l.blocks {
		if e := b.evidence(row); e.weight() > best.weight() {
			best = e
		}
	}
	return best
}

func (e evidence) weight() int {
	w := e.others
	if e.name != "" {
		w += 2
	}
	if e.ordinal {
		w++
	}
	return w
}

// otherKind decides on the rows that are not plainly a person's.
func (l *rosterReader) otherKind(i int, e evidence) reconcile.RowKind {
	s := l.sheet
	row := &s.view.rows[i]
	switch {
	case isNumbering(row):
		return reconcile.RowNumbering
	case isExample(row, e.name):
		return reconcile.RowPlaceholder
	case (isTotal(row) || i > 0 && s.rows[i-1].kind == reconcile.RowTotal && isPartCount(row)) && !(e.ordinal && e.birth):
		return reconcile.RowTotal
	case l.signing && !e.ordinal && !isNote(row):
		return reconcile.RowSignature
	case isNilReturn(row) && !e.birth:
		return reconcile.RowNilReturn
	case isNote(row) && !e.ordinal && !s.isStarred(row):
		return reconcile.RowNote
	case l.isContinued(i, e):
		return reconcile.RowRegistration
	case !e.ordinal && e.others < 3 && isSignature(row):
		return reconcile.RowSignature
	case isEmptyForm(row, e):
		return reconcile.RowPlaceholder
	case l.tally.closed() && !e.ordinal && !e.birth && (strings.HasPrefix(row.cells[0].text, "- ") && !s.isStarred(row) || isSentence(row)):
		return reconcile.RowNote
	}
	if _, ok := s.sectionOf(row); ok && !e.birth {
		return reconcile.RowSection
	}
	switch {
	case holdsName(e.name) && (e.others >= 2 || e.birth || e.ordinal || looksLikeName(e.name)):
		return reconcile.RowRegistration
	case e.others >= 3 && (e.ordinal || e.birth), e.others >= 2 && e.ordinal, e.ordinal && e.birth:
		return reconcile.RowRegistration
	case l.tally.closed() && len(row.cells) <= 2 && !e.ordinal && !e.birth:
		return reconcile.RowNote // a remark under the total
	}
	return reconcile.RowNotUnderstood
}

// isEmptyForm tells whether a row waits to be filled in: its ordinal alone, dots
// where the values should stand, or formulas that found nothing.
func isEmptyForm(row *line, e evidence) bool {
	filled := 0
	for j := range row.cells {
		c := &row.cells[j]
		if dotted.MatchString(c.text) || c.text == notAvailable || ordinalOf(*c) > 0 && j == 0 {
			continue
		}
		filled++
	}
	return filled == 0
}

// holdsName tells whether a cell of names holds at least one.
func holdsName(text string) bool {
	if nameLike(text) {
		return true
	}
	for _, p := range people(text, dateReader{}) {
		if p.name != "" {
			return true
		}
	}
	return false
}

// person reads the registrations of a row of which that much is evident.
func (l *rosterReader) person(i int, best evidence) {
	s := l.sheet
	row := &s.view.rows[i]
	if s.out.Role == reconcile.RoleOther {
		s.rows[i].kind = reconcile.RowItem // the list registers nobody
		return
	}
	if s.out.Role == reconcile.RoleResult {
		l.result(i)
		return
	}
	s.rows[i].kind = reconcile.RowRegistration
	if l.isContinued(i, best) {
		l.addClasses(i)
		return
	}
	var all []*reconcile.Registration
	people := 0
	for _, b := range l.blocks {
		e := best
		if len(l.blocks) > 1 {
			e = b.evidence(row)
		}
		if e.name == "" && e.others < 2 {
			continue
		}
		whole := l.whole(i, b)
		each := b.oneEach(s, whole)
		for _, one := range each {
			all = l.draft(b, one, whole, len(each) > 1).registrations(all)
		}
		people += len(each)
		l.last = lastPerson{index: i, block: b}
	}
	if len(all) == 0 {
		s.rows[i].kind = reconcile.RowNotUnderstood
		return
	}
	s.rows[i].registrations = all
	l.said.remember(row, i)
	l.signing = false
	l.tally.people(row.number, people)
}
