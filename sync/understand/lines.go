package understand

import (
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// lineKind decides on a row of a table without people. label is the column in
// which its lines are named; figures are the columns that hold its numbers.
func (s *sheetReader) lineKind(row *line, label int, figures []int, signing bool) reconcile.RowKind {
	filled := 0
	for _, col := range figures {
		if c, ok := row.at(col); ok && isFigure(c) {
			filled++
		}
	}
	switch {
	case isNumbering(row):
		return reconcile.RowNumbering
	case isTotal(row):
		return reconcile.RowTotal
	case isNote(row):
		return reconcile.RowNote
	case filled == 0 && (signing || isSignature(row)):
		return reconcile.RowSignature
	case isNilReturn(row) && filled == 0:
		return reconcile.RowNilReturn
	}
	_, named := row.at(label)
	switch {
	case named && filled > 0:
		return reconcile.RowItem
	case isEmptyForm(row, evidence{}):
		return reconcile.RowPlaceholder
	case named || len(row.cells) <= 2 && s.isHeading(row):
		return reconcile.RowSection
	}
	return reconcile.RowNotUnderstood
}

// isFigure tells whether a cell holds a figure: a number, a dash, or a number
// with its unit ("5.000.000 đồng"), but no sentence that has a number in it.
func isFigure(c cell) bool {
	if c.Kind == sheet.Number || saysNone(c.text) {
		return true
	}
	return strings.ContainsAny(c.text, "0123456789") && !placeDate.MatchString(c.text) && len(strings.Fields(c.text)) <= maxFigureWords
}

// maxFigureWords: "4.500.000 đồng/người/ngày", "02 lớp x 60 người".
const maxFigureWords = 6

// isHeading tells whether a row without figures heads the lines below it.
func (s *sheetReader) isHeading(row *line) bool {
	if _, ok := s.headsClass(row); ok {
		return true
	}
	first := row.cells[0].text
	if _, ok := markerOf(first); ok {
		return true
	}
	return sectionMark.MatchString(first) || isUpper(first) || startsUnit(first)
}

// isGroup tells whether a line that has a figure heads a group: it is numbered
// with a letter or a Roman numeral while the lines are numbered 1, 2, 3.
func isGroup(row *line) bool {
	marker, ok := markerOf(row.cells[0].text)
	return ok && (marker == byRoman || marker == byLetter && strings.ToUpper(row.cells[0].text) == row.cells[0].text)
}

// figureColumns are the columns that hold numbers, and the one that names the
// lines: the item, the program or the unit.
func figureColumns(h header) (label int, figures []int) {
	for i := range h.columns {
		c := &h.columns[i]
		switch c.field {
		case reconcile.FieldItem, reconcile.FieldUnit, reconcile.FieldAgency:
			if label == 0 {
				label = c.col
			}
		case reconcile.FieldProgram:
			if c.holds == aMark {
				figures = append(figures, c.col)
			} else if label == 0 {
				label = c.col
			}
		case reconcile.FieldPlaces, reconcile.FieldQuantity, reconcile.FieldRate, reconcile.FieldAmount, reconcile.FieldClasses,
			reconcile.FieldLearners, reconcile.FieldSpent, reconcile.FieldUnclear:
			figures = append(figures, c.col)
		}
	}
	if label == 0 && len(figures) > 1 && h.columns[len(h.columns)-1].col != figures[0] {
		// Lines whose names have an unknown heading ("Tên thiết bị") stand first.
		for i := range h.columns {
			if c := &h.columns[i]; c.col == figures[0] && c.field == reconcile.FieldUnclear {
				return c.col, figures[1:]
			}
		}
	}
	return label, figures
}
