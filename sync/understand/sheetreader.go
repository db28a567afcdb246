package understand

import (
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// sheetReader understands one sheet.
type sheetReader struct {
	reader *Reader
	book   *workbook
	view   *view
	dates  dateReader
	memos
	rows      []understood // one for each of view.rows
	head      string       // agency that the head of the sheet names
	contested bool         // the head names a body that took over from several
	titles    []string
	names     cellNames
	out       reconcile.Sheet

	slab     []reconcile.Registration // see newRegistration
	slabbed  int
	readings reconcile.ReadingsMaker
	bare     bareName
}

// understood is what became of a row.
type understood struct {
	kind          reconcile.RowKind
	registrations []*reconcile.Registration
	stated        *reconcile.StatedTotal
}

func (s *sheetReader) read() {
	s.rows = make([]understood, len(s.view.rows))
	if !s.readAnswers() {
		s.readTables()
	}
	s.nilByCount()
	s.finish()
}

// nilByCount takes "Danh sách này có: 0 đồng chí" under no people for what it
// says: there is nobody to register.
func (s *sheetReader) nilByCount() {
	if s.out.Role != reconcile.RoleRegistration {
		return
	}
	zero := -1
	for i := range s.rows {
		u := &s.rows[i]
		if u.kind == reconcile.RowRegistration || u.kind == reconcile.RowNilReturn {
			return
		}
		if zero < 0 && u.kind == reconcile.RowTotal && u.stated != nil && u.stated.Count == 0 {
			zero = i
		}
	}
	if zero >= 0 {
		s.rows[zero] = understood{kind: reconcile.RowNilReturn}
	}
}

// readTables finds the headers from the top, and reads the rows under each as
// what its header says they are.
func (s *sheetReader) readTables() {
	heads := s.findHeaders()
	if len(heads) == 0 {
		s.readHeadless()
		return
	}
	top := s.readTop(0, heads[0].first)
	s.head, s.out.Title = top.agency, top.title
	s.out.Role = s.role(heads)
	s.resultColumns(heads)
	for _, h := range heads {
		s.mark(h.first, h.last+1, reconcile.RowHeader)
	}
	list := &rosterReader{sheet: s, top: top}
	for i, h := range heads {
		end := len(s.view.rows)
		if i+1 < len(heads) {
			end = heads[i+1].first
		}
		repeated := i > 0 && sameColumns(h, heads[i-1])
		next := s.nextTop(h.last+1, end)
		switch h.kind {
		case roster:
			list.read(h, next, repeated, s.reachOf(heads, i))
		case costs:
			s.readCosts(h, next, top)
		case matrix:
			s.readMatrix(h, next, top)
		}
		if !repeated {
			s.addColumns(h)
		}
		if next < end {
			list.finish()
			top = s.readTop(next, end)
			if s.head == "" {
				s.head = top.agency
			}
			list = &rosterReader{sheet: s, top: top}
		}
	}
	list.finish()
	if h := heads[len(heads)-1]; h.kind == roster && s.out.Role != reconcile.RoleOther {
		s.book.lastRoster = &continued{columns: h.columns, top: top, sections: list.sections, agency: s.head}
	}
}

// reachOf is the end of the rows that stand under the i-th header or under one
// that repeats it.
func (s *sheetReader) reachOf(heads []header, i int) int {
	for i+1 < len(heads) && sameColumns(heads[i], heads[i+1]) {
		i++
	}
	if i+1 < len(heads) {
		return heads[i+1].first
	}
	return len(s.view.rows)
}

func (s *sheetReader) mark(from, to int, kind reconcile.RowKind) {
	for i := from; i < to; i++ {
		s.rows[i].kind = kind
	}
}

// findHeaders returns the blocks of rows that are headers, from the top.
func (s *sheetReader) findHeaders() []header {
	var heads []header
	for i := 0; i < len(s.view.rows); i++ {
		if plainlyData(&s.view.rows[i]) {
			continue
		}
		kind, ok := s.headerAt(i)
		wrapped := !ok && s.wrappedAt(i)
		if !ok && !wrapped {
			continue
		}
		if wrapped {
			kind = roster
		}
		h := s.readHeader(i, kind)
		if len(heads) > 0 && h.first <= heads[len(heads)-1].last {
			h.first = heads[len(heads)-1].last + 1
		}
		if !s.bears(h) {
			continue
		}
		heads = append(heads, h)
		i = h.last
	}
	return heads
}

// plainlyData spares the rows of a long list the search for header words.
func plainlyData(row *line) bool {
	if len(row.cells) == 0 {
		return true
	}
	for j := range row.cells {
		c := &row.cells[j]
		if c.Kind == sheet.Date || c.Kind == sheet.Number && j == 0 {
			return true
		}
	}
	first := row.cells[0].text
	return first[0] >= '0' && first[0] <= '9'
}

// bears tells whether the columns can carry what the header promises: counts
// need a column of counts.
func (s *sheetReader) bears(h header) bool {
	if h.kind != matrix {
		return true
	}
	for i := range h.columns {
		c := &h.columns[i]
		counts := c.field == reconcile.FieldUnclear && len(c.levels) > 1 || i > 0 && contains(words(c.header), countHeads) || c.field == reconcile.FieldProgram && c.holds == aMark || c.field == reconcile.FieldPlaces ||
			c.field == reconcile.FieldQuantity || c.field == reconcile.FieldLearners || c.field == reconcile.FieldClasses
		if !counts {
			continue
		}
		for j := h.last + 1; j < len(s.view.rows) && j < h.last+sampleRows; j++ {
			if cell, ok := s.view.rows[j].at(c.col); ok && isCount(cell) {
				return true
			}
		}
	}
	return false
}

// isCount tells whether a cell holds a number of people or places; files
// without types hold it as a text. A dash alone would prove nothing.
func isCount(c cell) bool {
	_, ok := count(c)
	return ok && !saysNone(c.text)
}

func sameColumns(a, b header) bool {
	if a.kind != b.kind || len(a.columns) != len(b.columns) {
		return false
	}
	for i := range a.columns {
		if a.columns[i].col != b.columns[i].col || a.columns[i].header != b.columns[i].header {
			return false
		}
	}
	return true
}

func (s *sheetReader) addColumns(h header) {
	for i := range h.columns {
		c := &h.columns[i]
		known := reconcile.Column{
			Letter: sheet.ColumnName(c.col), Header: c.header, Field: c.field,
			Program: c.program.sure(), Form: cmpForm(c.form, c.program.Form), Sex: c.sex, Hidden: c.hidden,
		}
		if c.field == reconcile.FieldUnclear {
			known.Examples = s.examples(h, c)
		}
		s.out.Columns = append(s.out.Columns, known)
	}
}

func cmpForm(a, b reconcile.Form) reconcile.Form {
	if a != "" {
		return a
	}
	return b
}

// finish writes down every row, what is not decided as not understood.
func (s *sheetReader) finish() {
	s.out.NonEmptyRows = len(s.view.rows)
	s.out.Rows = make([]reconcile.Row, len(s.view.rows))
	for i := range s.view.rows {
		l, u := &s.view.rows[i], &s.rows[i]
		row := &s.out.Rows[i]
		row.Number, row.Hidden, row.Kind = l.number, l.hidden, u.kind
		row.Registrations, row.Stated = u.registrations, u.stated
		if row.Kind == "" {
			row.Kind = reconcile.RowNotUnderstood
		}
		if len(row.Registrations) == 0 {
			row.Text = l.text()
		}
	}
}

// countHeads are words of headers under which numbers count people or places.
var countHeads = wordings("kết quả", "nhu cầu", "số người", "thực hiện", "đăng ký", "đề nghị", "số lượng", "chỉ tiêu", "kế hoạch")

func contains(list []string, p *phrases[bool]) bool { return len(p.all(list)) > 0 }

// joined is the text of a title of several lines.
func joined(lines []string) string { return strings.Join(lines, " ") }
