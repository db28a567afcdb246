package understand

import (
	"doisoat/reconcile"
)

// matrixReader reads counts of places by agency and program: a summary of what
// is registered, or an allocation, whose figures are kept.
type matrixReader struct {
	sheet  *sheetReader
	header header
	// title is what the title, or the section that is being read, says of all
	// lines below it.
	title  Mention
	agency string
	places *column // of a list of shares, nil when its columns are named otherwise
	last   share   // of the line above, which reaches down over empty cells
}

// share says whose places a line counts, and of which programs.
type share struct {
	agency   string
	programs []string
	text     string // what the line calls the agency
}

func (s *sheetReader) readMatrix(h header, end int, t top) {
	r := &matrixReader{sheet: s, header: h, title: t.program, places: placesColumn(h)}
	_, figures := figureColumns(h)
	signing := false
	for i := h.last + 1; i < end; i++ {
		row := &s.view.rows[i]
		kind := s.lineKind(row, r.label(row), figures, signing)
		if kind == reconcile.RowItem && isGroup(row) && r.ofNobody(row) {
			kind = reconcile.RowTotal // a bloc with the sum of its bodies
		}
		s.rows[i].kind = kind
		switch kind {
		case reconcile.RowSignature:
			signing = true
		case reconcile.RowSection:
			r.section(row)
		case reconcile.RowItem, reconcile.RowTotal:
			if s.out.Role == reconcile.RoleAllocation {
				r.allocate(row, kind == reconcile.RowTotal)
			}
		}
	}
}

// names tells whether a column names what a line is about.
func names(c *column) bool {
	switch c.field {
	case reconcile.FieldItem, reconcile.FieldUnit, reconcile.FieldAgency:
		return true
	case reconcile.FieldProgram:
		return c.holds == aValue
	}
	return false
}

// label is the first column that names the line, 0 when none is filled: in a
// long list the agency stands only before its first program.
func (r *matrixReader) label(row *line) int {
	first := 0
	for k := range r.header.columns {
		c := &r.header.columns[k]
		if !names(c) {
			continue
		}
		if first == 0 {
			first = c.col
		}
		if _, ok := row.at(c.col); ok {
			return c.col
		}
	}
	return first
}

// ofNobody tells whether a line names neither a body nor a program.
func (r *matrixReader) ofNobody(row *line) bool {
	own := r.own(row)
	return own.agency == "" && len(own.programs) == 0
}

// own is what the line's own cells say.
func (r *matrixReader) own(row *line) share {
	var own share
	for k := range r.header.columns {
		c := &r.header.columns[k]
		if !names(c) {
			continue
		}
		found, ok := r.sheet.view.merged(row.number, c.col)
		if !ok {
			continue
		}
		if own.text == "" {
			own.text = found.text
		}
		if c.field != reconcile.FieldProgram && own.agency == "" {
			if own.agency = r.sheet.lineAgency(found.text); own.agency != "" {
				own.text = found.text
				continue
			}
		}
		if list := r.sheet.mentions(found.Text); len(own.programs) == 0 && len(list) == 1 {
			own.programs = r.codes(list[0])
		}
	}
	if own.text == "" {
		own.text = leadText(row)
	}
	return own
}

func (r *matrixReader) codes(m Mention) []string {
	list, _ := r.sheet.reader.programs.settle(m.Codes, m.Form)
	return list
}

// section takes the body or the program that heads the lines below.
func (r *matrixReader) section(row *line) {
	sec, ok := r.sheet.sectionOf(row)
	if !ok {
		return
	}
	r.last = share{}
	if len(sec.program.Codes) > 0 {
		r.title, r.agency = sec.program, ""
		return
	}
	r.agency = r.sheet.lineAgency(sec.text)
}

// share completes what the line says by what stands above it.
func (r *matrixReader) share(row *line) share {
	own := r.own(row)
	if own.agency == "" {
		switch {
		case r.last.agency != "" && len(own.programs) > 0 && r.has(reconcile.FieldUnit):
			own.agency, own.text = r.last.agency, r.last.text
		case r.agency != "":
			own.agency = r.agency
		case len(own.programs) > 0:
			own.agency = r.sheet.head
		}
	}
	if len(own.programs) == 0 {
		own.programs = r.codes(r.title)
		if len(own.programs) == 0 && r.has(reconcile.FieldProgram) {
			own.programs = r.last.programs
		}
	}
	r.last = own
	return own
}

// has tells whether a column of that field names the lines.
func (r *matrixReader) has(f reconcile.Field) bool {
	for k := range r.header.columns {
		if c := &r.header.columns[k]; c.field == f && names(c) {
			return true
		}
	}
	return false
}

// allocate keeps the places that a line gives an agency, one entry for each
// column of a program. A line of a program gives its column of places.
func (r *matrixReader) allocate(row *line, total bool) {
	s := r.sheet
	of := share{programs: r.codes(r.title), text: leadText(row)}
	if !total {
		of = r.share(row)
	}
	for k := range r.header.columns {
		c := &r.header.columns[k]
		found, ok := row.at(c.col)
		if !ok {
			continue
		}
		to, programs := of.agency, of.programs
		switch {
		case c.agency != "":
			// A total here adds up different programs and is nobody's share.
			if to = c.agency; total || len(programs) == 0 {
				continue
			}
		case c.field == reconcile.FieldProgram && c.holds == aMark:
			programs = c.program.Codes
		case c == r.places && len(programs) > 0:
		default:
			continue
		}
		if places, ok := count(found); ok {
			s.out.Allocations = append(s.out.Allocations, reconcile.Allocation{
				Agency: to, Programs: programs, Places: places, Subtotal: total, Text: of.text,
				Origin: reconcile.Origin{
					Source: s.book.options.Source, Sheet: s.out.Name, Row: row.number, Cell: cellName(c.col, row.number),
				},
			})
		}
	}
}

// placesColumn is the column that counts the places of a list of shares: the
// one that speaks of shares, where another counts who has asked. Beside columns
// of programs or bodies, such a column is their sum.
func placesColumn(h header) *column {
	var places, quantity *column
	for k := range h.columns {
		c := &h.columns[k]
		switch {
		case c.field == reconcile.FieldProgram && c.holds == aMark || c.agency != "":
			return nil
		case c.field == reconcile.FieldPlaces && (places == nil || givesOut(c) && !givesOut(places)):
			places = c
		case (c.field == reconcile.FieldQuantity || c.field == reconcile.FieldLearners) && quantity == nil:
			quantity = c
		}
	}
	if places == nil {
		places = quantity
	}
	return wholeOfParts(h, places)
}

// wholeOfParts is the column that sums the parts of a group, for a column that
// is one of them ("Đợt 1", "Nam"); nil where the group has no sum.
func wholeOfParts(h header, part *column) *column {
	if part == nil || len(part.levels) < 2 {
		return part
	}
	parts := 0
	for k := range h.columns {
		c := &h.columns[k]
		if len(c.levels) < 2 || c.levels[0] != part.levels[0] {
			continue
		}
		if starts(words(c.levels[len(c.levels)-1]), sumHeads) {
			return c
		}
		parts++
	}
	if parts > 1 {
		return nil
	}
	return part
}

var sumHeads = wordings("tổng", "cộng", "tổng số", "tổng cộng", "tong", "cong")

func givesOut(c *column) bool {
	list := words(splitCamel(c.header))
	return contains(list, shareWords) || contains(list, quotaWords)
}

// lineAgency is the agency that a line of a table is named after.
func (s *sheetReader) lineAgency(text string) string {
	if code, sure := s.reader.agencies.resolve(text, s.book.day); sure {
		return code
	}
	return s.unitAgency(text)
}
