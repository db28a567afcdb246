package understand

import (
	"strings"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// Which rows above and below belong to the row of a header that was found.

// isLowerLine tells whether a row continues the header downwards without a
// merged cell saying so: texts only, nothing under the ordinal and the name,
// and at least one word that only stands under a group ("Nam", "Dự bị").
func (s *sheetReader) isLowerLine(h header, row *line) bool {
	if len(row.cells) == 1 && row.cells[0].Col <= s.view.rows[h.last].cells[0].Col {
		return false // it heads the first lines of the table
	}
	leaves := 0
	for j := range row.cells {
		c := &row.cells[j]
		if c.Kind != sheet.Text || isMark(c.text) || utf8.RuneCountInString(c.text) > maxHeaderText || strings.ContainsAny(firstRune(c.text), "0123456789(") {
			return false
		}
		if upper, ok := s.view.rows[h.last].at(c.Col); ok {
			if _, whole := s.wholeOf(upper.text, c.text); whole {
				leaves++
				continue
			}
		}
		above, ok := s.aboveIn(h, c.Col)
		if !ok {
			return false
		}
		switch above.field {
		case reconcile.FieldOrdinal:
			return false
		case reconcile.FieldFullName:
			if _, ok := under[above.field].look(c.text); !ok {
				return false
			}
		}
		if table := under[above.field]; table != nil {
			if _, ok := table.lookWhole(c.text); ok {
				leaves++
				continue
			}
		}
		if m, ok := s.reader.wholeHeader(c.text); ok && m.field != reconcile.FieldOrdinal {
			leaves++
		} else if list := s.reader.programs.mentions(c.text, true); len(list) == 1 && len(list[0].Codes) > 0 {
			leaves++
		}
	}
	return leaves > 0 && leaves*2 >= len(row.cells)
}

// isUnderGroups tells whether a row holds the parts of groups and nothing else:
// each of its cells stands under a cell that is merged over several columns, or
// has empty ones to its right. What the parts are called does not matter, so
// that "Dưới 35" and "2022" under their groups continue the header as well.
func (s *sheetReader) isUnderGroups(h header, row *line) bool {
	parts := map[int]int{} // by the column of the group
	texts := 0
	for j := range row.cells {
		c := &row.cells[j]
		if isMark(c.text) || c.Kind == sheet.Date || utf8.RuneCountInString(c.text) > maxHeaderText {
			return false
		}
		group, merged := s.groupOver(&s.view.rows[h.last], c.Col)
		if group == nil {
			if m, ok := s.headerMeaning(c); ok && m.exact && c.Col > s.lastColumn(&s.view.rows[h.last]) {
				texts++
				continue // "Tổng" beside the last group
			}
			return false
		}
		if m, ok := s.headerMeaning(group); ok && m.field == reconcile.FieldFullName {
			return false // names can stand in two columns without a line of their own
		}
		if parts[group.Col]++; merged {
			parts[group.Col]++
		}
		if c.Kind == sheet.Text {
			texts++
		}
	}
	for _, n := range parts {
		if n < 2 {
			return false
		}
	}
	return len(row.cells) >= 2 && (texts > 0 || allYears(row))
}

// lastColumn is the last one that the cells of a row reach over.
func (s *sheetReader) lastColumn(row *line) int {
	_, last := s.view.reach(row.number, row.cells[len(row.cells)-1].Col)
	return last
}

// groupOver is the cell of a header's line that stands over a column and others
// beside it, nil when the column has that line to itself. merged tells whether
// the sheet says so; else the columns to its right are just empty.
func (s *sheetReader) groupOver(upper *line, col int) (group *cell, merged bool) {
	for j := range upper.cells {
		c := &upper.cells[j]
		lastRow, lastCol := s.view.reach(upper.number, c.Col)
		end := lastCol
		if lastCol == c.Col && lastRow == upper.number && j+1 < len(upper.cells) {
			end = upper.cells[j+1].Col - 1
		}
		if c.Col <= col && col <= end && end > c.Col && lastRow == upper.number {
			return c, lastCol > c.Col
		}
	}
	return nil, false
}

func allYears(row *line) bool {
	for j := range row.cells {
		if !isYear(row.cells[j].text) {
			return false
		}
	}
	return true
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// aboveIn is the meaning of the header cell that stands over a column: the
// lowest in the column, or the nearest to the left in the same line.
func (s *sheetReader) aboveIn(h header, col int) (meaning, bool) {
	for i := h.last; i >= h.first; i-- {
		row := &s.view.rows[i]
		for back := col; back > 0 && back > col-16; back-- {
			if c, ok := s.view.merged(row.number, back); ok {
				m, _ := s.headerMeaning(&c)
				return m, true
			}
		}
	}
	return meaning{}, false
}

// isUpperLine tells whether the row above the header names groups of its
// columns: every cell a known wording of a group, over columns of the header,
// or one that reaches down into it; and no title, which stands alone over the first column.
func (s *sheetReader) isUpperLine(h header, i int) bool {
	row := &s.view.rows[i]
	below := &s.view.rows[h.first]
	if row.number+1 != below.number || len(row.cells) == 0 || len(row.cells) == 1 && row.cells[0].Col <= below.cells[0].Col {
		return false
	}
	groups := 0
	for j := range row.cells {
		c := &row.cells[j]
		m, ok := s.headerMeaning(c)
		if lastRow, _ := s.view.reach(row.number, c.Col); ok && m.exact && lastRow >= below.number {
			return true // the ordinal beside groups that have no wording
		}
		if !ok || !m.exact || m.field == reconcile.FieldFullName && h.kind == roster {
			return false
		}
		groups++
	}
	return groups > 0
}
