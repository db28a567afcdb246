package understand

import (
	"slices"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// A person can stand in several rows of the sheet: the name's cell is merged
// downwards, or a title, a unit or a class goes on in the next row.

// isContinued tells whether a row belongs to the person of the row above.
func (l *rosterReader) isContinued(i int, e evidence) bool {
	return l.last.block != nil && l.continues(l.last.index, l.last.block, i, e)
}

// continues tells whether the i-th row belongs to the person of the row at the
// index first: the name's cell reaches down to it, or it adds nothing but
// another class or the rest of a text.
func (l *rosterReader) continues(first int, b *block, i int, e evidence) bool {
	if e.ordinal {
		return false
	}
	s := l.sheet
	row := &s.view.rows[i]
	if col := b.name; col != nil {
		if lastRow, _ := s.view.reach(s.view.rows[first].number, col.col); lastRow >= row.number {
			return true
		}
	}
	if e.name != "" || i == 0 || s.view.rows[i-1].number+1 != row.number || i-1 != first && s.rows[i-1].kind != reconcile.RowRegistration {
		return false
	}
	return l.addsClass(b, row) || goesOn(b, row) && !s.spansName(b, row)
}

// spansName tells whether a cell of the row is merged over the column of the
// names: such a row heads the people below it, it does not go on with one.
func (s *sheetReader) spansName(b *block, row *line) bool {
	name := b.name
	if name == nil {
		return false
	}
	for j := range row.cells {
		if _, last := s.view.reach(row.number, row.cells[j].Col); row.cells[j].Col < name.col && last >= name.col {
			return true
		}
	}
	return false
}

// addsClass tells whether a row holds nothing but a class.
func (l *rosterReader) addsClass(b *block, row *line) bool {
	col := b.program
	if col == nil || len(row.cells) != 1 {
		return false
	}
	c, ok := row.at(col.col)
	if !ok {
		return false
	}
	list := l.sheet.reader.programs.mentions(c.Text, false)
	return len(list) > 0 && len(list[0].Codes) > 0
}

// goesOn tells whether a row holds nothing but the rest of texts that were too
// long for the row above.
func goesOn(b *block, row *line) bool {
	if isSignature(row) || isNote(row) || isTotal(row) || isNilReturn(row) {
		return false
	}
	for j := range row.cells {
		c := &row.cells[j]
		f := b.fieldAt(c.Col)
		if c.Kind != sheet.Text || dotted.MatchString(c.text) || f != reconcile.FieldPosition && f != reconcile.FieldUnit {
			return false
		}
	}
	return true
}

func (b *block) fieldAt(col int) reconcile.Field {
	for k := range b.columns {
		if b.columns[k].col == col {
			return b.columns[k].field
		}
	}
	return ""
}

// whole is the row of a person with what stands in the further rows of theirs.
// Classes are left out: each is a registration of its own.
func (l *rosterReader) whole(i int, b *block) *line {
	s := l.sheet
	row := &s.view.rows[i]
	if len(l.blocks) > 1 {
		return row
	}
	var joined *line
	for k := i + 1; k < len(s.view.rows); k++ {
		next := &s.view.rows[k]
		if s.rows[k].kind != "" || k > i+1 && joined == nil || b.isNumbered(next) || !l.continues(i, b, k, b.evidence(next)) {
			break
		}
		if joined == nil {
			copied := *row
			copied.cells = slices.Clone(row.cells)
			joined = &copied
		}
		for j := range next.cells {
			joined.take(next.cells[j], b)
		}
	}
	if joined == nil {
		return row
	}
	return joined
}

// take adds a cell of a further row: what the first row lacks, the second of
// two dates of a Party member, the rest of a text.
func (l *line) take(c cell, b *block) {
	f := b.fieldAt(c.Col)
	switch f {
	case "", reconcile.FieldProgram, reconcile.FieldOrdinal, reconcile.FieldFullName, reconcile.FieldIgnored, reconcile.FieldUnclear:
		return
	}
	at, found := slices.BinarySearchFunc(l.cells, c.Col, func(c cell, col int) int { return c.Col - col })
	if !found {
		l.cells = slices.Insert(l.cells, at, c)
		return
	}
	sep := "\n"
	switch {
	case f == reconcile.FieldPartyDate && b.official == nil:
	case f == reconcile.FieldPosition && startsPosition(c.text):
		sep = ", "
	case f == reconcile.FieldPosition, f == reconcile.FieldUnit:
	default:
		return
	}
	if l.cells[at].text != c.text {
		l.cells[at].setText(l.cells[at].Text + sep + c.Text)
	}
}

// addClasses adds to the person above the classes that a further row of theirs
// names.
func (l *rosterReader) addClasses(i int) {
	s := l.sheet
	d := l.draft(l.last.block, &s.view.rows[i], nil, false)
	first := &s.rows[l.last.index]
	if len(first.registrations) == 0 {
		return
	}
	known := map[string]bool{}
	for _, r := range first.registrations {
		known[r.Program+"|"+r.ProgramText] = true
	}
	base := first.registrations[0]
	for _, c := range d.ownClasses() {
		r := *base
		r.Readings = base.Readings.Clone()
		r.Program, r.ProgramText, r.Form = "", "", ""
		r.Readings.Delete(reconcile.FieldForm)
		c.write(&r, d)
		if key := r.Program + "|" + r.ProgramText; !known[key] {
			known[key] = true
			first.registrations = append(first.registrations, &r)
		}
	}
}
