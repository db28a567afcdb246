package understand

import (
	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// Where a header was typed over two rows without merging them, its words are
// cut between the cells: "Họ và" over "tên", "Ngày" over "sinh".

// wrappedAt tells whether the i-th row and the one below it are such a header
// of people: every lower cell goes on with the one above it, and the two of the
// name are a known wording together.
func (s *sheetReader) wrappedAt(i int) bool {
	if i+1 >= len(s.view.rows) || s.view.rows[i+1].number != s.view.rows[i].number+1 {
		return false
	}
	upper, lower := &s.view.rows[i], &s.view.rows[i+1]
	if len(lower.cells) < 2 || len(upper.cells) < len(lower.cells) {
		return false
	}
	fields := map[reconcile.Field]bool{}
	named := false
	for j := range lower.cells {
		c := &lower.cells[j]
		above, ok := upper.at(c.Col)
		if !ok || c.Kind != sheet.Text || above.Kind != sheet.Text {
			return false
		}
		if m, ok := s.wholeOf(above.text, c.text); ok {
			fields[m.field] = true
			named = named || m.field == reconcile.FieldFullName
		}
	}
	return named && len(fields) >= 2
}

// wholeOf is the meaning of two cells that one wording was cut into.
func (s *sheetReader) wholeOf(upper, lower string) (meaning, bool) {
	if len(upper)+len(lower) > maxHeaderText {
		return meaning{}, false
	}
	return s.reader.wholeHeader(upper + " " + lower)
}

// unwrapped is the wording of a column whose header was cut over the cells of
// several rows, none of them merged.
func (s *sheetReader) unwrapped(h header, col int) (string, bool) {
	text, parts := "", 0
	var above, lowest string
	for i := h.first; i <= h.last; i++ {
		row := &s.view.rows[i]
		c, ok := row.at(col)
		if !ok {
			continue
		}
		if lastRow, lastCol := s.view.reach(row.number, col); lastRow > row.number || lastCol > col {
			return "", false
		}
		if parts > 0 {
			text += " "
		}
		text += c.text
		above, lowest = lowest, c.text
		parts++
	}
	if parts < 2 || len(text) > maxHeaderText {
		return "", false
	}
	if group, ok := s.reader.header(above); ok && under[group.field] != nil {
		if _, ok := under[group.field].lookWhole(lowest); ok {
			return "", false // "Sinh" over "Ngày" is a part of the date
		}
	}
	_, ok := s.reader.wholeHeader(text)
	return text, ok
}
