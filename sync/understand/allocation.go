package understand

import (
	"doisoat/reconcile"
)

// readMatrix reads counts of places by agency and program: a summary of what
// is registered, or an allocation, whose figures are kept.
func (s *sheetReader) readMatrix(h header, end int, t top) {
	label, figures := figureColumns(h)
	signing := false
	for i := h.last + 1; i < end; i++ {
		row := &s.view.rows[i]
		kind := s.lineKind(row, label, figures, signing)
		s.rows[i].kind = kind
		switch kind {
		case reconcile.RowSignature:
			signing = true
		case reconcile.RowItem, reconcile.RowTotal:
			if s.out.Role == reconcile.RoleAllocation {
				s.allocate(h, row, label, kind == reconcile.RowTotal, t)
			}
		}
	}
}

// allocate keeps the places that a line gives an agency, one entry for each
// column of a program. A line of a program gives its column of places.
func (s *sheetReader) allocate(h header, row *line, label int, total bool, t top) {
	name, _ := row.at(label)
	if name.text == "" {
		name.text = leadText(row)
	}
	agency, programs := "", t.program.Codes
	if !total {
		agency = s.lineAgency(name.text)
		if agency == "" {
			if list := s.mentions(name.Text); len(list) == 1 && len(list[0].Codes) > 0 {
				programs, _ = s.reader.programs.settle(list[0].Codes, list[0].Form)
				agency = s.head
			}
		}
	}
	for k := range h.columns {
		c := &h.columns[k]
		found, ok := row.at(c.col)
		if !ok {
			continue
		}
		of, to := programs, agency
		switch {
		case c.agency != "":
			// A total here adds up different programs and is nobody's share.
			if to = c.agency; total || len(of) == 0 {
				continue
			}
		case c.field == reconcile.FieldProgram && c.holds == aMark:
			of = c.program.Codes
		case c.field == reconcile.FieldPlaces && len(programs) > 0 && !sumsOthers(h, c):
		default:
			continue
		}
		if places, ok := count(found); ok {
			s.out.Allocations = append(s.out.Allocations, reconcile.Allocation{
				Agency: to, Programs: of, Places: places, Subtotal: total, Text: name.text,
				Origin: reconcile.Origin{
					Source: s.book.options.Source, Sheet: s.out.Name, Row: row.number, Cell: cellName(c.col, row.number),
				},
			})
		}
	}
}

// sumsOthers: beside columns of programs or bodies, a column of places is their
// sum.
func sumsOthers(h header, _ *column) bool {
	for k := range h.columns {
		if h.columns[k].field == reconcile.FieldProgram && h.columns[k].holds == aMark || h.columns[k].agency != "" {
			return true
		}
	}
	return false
}

// lineAgency is the agency that a line of a table is named after.
func (s *sheetReader) lineAgency(text string) string {
	if code, sure := s.reader.agencies.resolve(text, s.book.day); sure {
		return code
	}
	return s.unitAgency(text)
}
