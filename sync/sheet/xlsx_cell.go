package sheet

import (
	"bytes"
	"fmt"
)

// cellTag is a c element as it stands in the file.
type cellTag struct {
	style    int
	kind     byte // first letters of the type t tell them apart; 0 for none
	formula  bool
	hasValue bool
	hasText  bool // an inline text
}

// The kinds of stored value (ECMA-376 part 1, 18.18.11).
const (
	storedNumber  byte = 0
	storedShared  byte = 's'
	storedText    byte = 't' // a formula's text, and whatever is not known
	storedInline  byte = 'i'
	storedBoolean byte = 'b'
	storedError   byte = 'e'
	storedDate    byte = 'd'
)

func storedKind(t []byte) byte {
	switch string(t) {
	case "n", "":
		return storedNumber
	case "s":
		return storedShared
	case "inlineStr":
		return storedInline
	case "b":
		return storedBoolean
	case "e":
		return storedError
	case "d":
		return storedDate
	}
	return storedText
}

// scanCell reads a c element and keeps it if it is not blank. The first cell
// of a row without a number may tell the row.
func (w *worksheet) scanCell(s *xmlScanner, rowUnknown bool) error {
	var tag cellTag
	col := 0
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch string(name) {
		case "r":
			var row int
			if col, row = parseReference(value); rowUnknown && row > w.row {
				w.row = row
			}
		case "s":
			if n, ok := parseDigits(value); ok {
				tag.style = int(min(n, maxStyles))
			}
		case "t":
			tag.kind = storedKind(value)
		}
	}
	if col == 0 {
		col = w.col + 1
	}
	w.col = col
	err := w.scanContent(s, &tag)
	if err == nil {
		err = w.keepCell(&tag, col)
	}
	if err != nil {
		return fmt.Errorf("cell %s: %w", CellName(col, w.row), err)
	}
	return nil
}

// quickCell keeps the cell that comes next if it is of the most frequent form.
func (w *worksheet) quickCell(s *xmlScanner) (bool, error) {
	tag, col, value, ok := s.quickCell(w.book.limits.CellBytes)
	if !ok {
		return false, nil
	}
	w.col = col
	w.value = append(w.value[:0], value...)
	if err := w.keepCell(&tag, col); err != nil {
		return false, fmt.Errorf("cell %s: %w", CellName(col, w.row), err)
	}
	return true, nil
}

func (w *worksheet) scanContent(s *xmlScanner, tag *cellTag) error {
	w.value = w.value[:0]
	if value, ok := s.plainValue(w.book.limits.CellBytes); ok {
		tag.hasValue = true
		w.value = append(w.value, value...)
		return nil
	}
	return s.children(func() (err error) {
		switch string(s.name) {
		case "v":
			tag.hasValue = true
			w.value, err = s.appendText(w.value[:0], w.book.limits.CellBytes)
			return err
		case "is":
			err = w.rich.scan(s)
			tag.hasText = w.rich.any
			return err
		case "f":
			tag.formula = true
			return w.formulas.scan(s, w.book.limits.CellBytes)
		}
		return s.skip()
	})
}

// keepCell adds the cell to the row unless it is blank: without a value and
// without a formula.
func (w *worksheet) keepCell(tag *cellTag, col int) error {
	cell := Cell{Col: col, Formula: tag.formula}
	style := w.style(tag.style)
	cell.Style = style.look
	filled, err := w.setValue(&cell, tag, style)
	if err != nil || !filled {
		return err
	}
	if tag.formula {
		w.formulas.take(w, &cell, tag)
	}
	if col > w.book.limits.Cols {
		return fmt.Errorf("%w: columns beyond %s", ErrTooLarge, ColumnName(w.book.limits.Cols))
	}
	w.cells = append(w.cells, cell)
	return nil
}

var noStyle cellStyle

// style is the style of that index; cells without one have the first.
func (w *worksheet) style(i int) *cellStyle {
	if i >= len(w.book.styles) {
		return &noStyle
	}
	return &w.book.styles[i]
}

// setValue fills in the cell's kind, text and number; false when it is blank.
func (w *worksheet) setValue(cell *Cell, tag *cellTag, style *cellStyle) (bool, error) {
	switch tag.kind {
	case storedInline:
		if tag.hasText {
			return true, w.setInline(cell)
		}
	case storedText:
		if tag.hasValue {
			return true, w.setText(cell, unescapeCell(w.value))
		}
	}
	if tag.hasText && !tag.hasValue {
		return true, w.setInline(cell) // the type is missing or another one
	}
	value := bytes.TrimSpace(w.value)
	if len(value) == 0 {
		return tag.formula, nil
	}
	switch tag.kind {
	case storedShared:
		return true, w.setShared(cell, value)
	case storedBoolean:
		return true, w.setBoolean(cell, value)
	case storedError:
		cell.Kind = Error
		return true, w.setText(cell, value)
	case storedDate:
		if serial, as, ok := parseISO(string(value)); ok {
			return true, w.setTime(cell, serial, as)
		}
	case storedNumber:
		if v, ok := parseNumber(value); ok {
			return true, w.setNumber(cell, v, style.time)
		}
	}
	return true, w.setText(cell, unescapeCell(w.value))
}

func (w *worksheet) setText(cell *Cell, text []byte) (err error) {
	cell.Text, err = w.arena.add(text)
	return err
}

func (w *worksheet) setInline(cell *Cell) error {
	if w.rich.hasFont {
		w.setFont(cell, w.rich.font)
	}
	return w.setText(cell, w.rich.text)
}

func (w *worksheet) setShared(cell *Cell, value []byte) error {
	table := w.book.strings
	i, ok := parseDigits(value)
	if !ok || i >= int64(len(table.texts)) {
		return fmt.Errorf("%w: it refers to a shared text that is missing", ErrDamaged)
	}
	cell.Text = table.texts[i]
	if font, own := table.fonts[int(i)]; own {
		w.setFont(cell, font)
	}
	return nil
}

// setFont gives the cell the font of its text, which counts before its own.
func (w *worksheet) setFont(cell *Cell, font string) {
	cell.Style = w.looks.Of(cell.Format(), font)
}

func (w *worksheet) setBoolean(cell *Cell, value []byte) error {
	cell.Kind, cell.Text = Bool, "FALSE"
	if isTrue(bytes.ToLower(value)) {
		cell.Text, cell.Number = "TRUE", 1
	}
	return nil
}

// setNumber sets a number, or the date as which its format shows it.
func (w *worksheet) setNumber(cell *Cell, v float64, as timeFormat) (err error) {
	serial := v
	if w.book.date1904 && v >= 0 && (as == day || as == clock && v >= 1) {
		serial += offset1904
	}
	if text, ok := appendTime(w.text[:0], serial, as); ok {
		w.text = text
		cell.Kind, cell.Number = Date, serial
		cell.Text, err = w.arena.addPlain(text)
		return err
	}
	w.text = appendNumber(w.text[:0], v)
	cell.Kind, cell.Number = Number, v
	cell.Text, err = w.arena.addPlain(w.text)
	return err
}

func (w *worksheet) setTime(cell *Cell, serial float64, as timeFormat) error {
	w.text, _ = appendTime(w.text[:0], serial, as)
	cell.Kind, cell.Number = Date, serial
	return w.setText(cell, w.text)
}
