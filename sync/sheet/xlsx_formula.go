package sheet

import (
	"bytes"

	"doisoat/sync/sheet/formula"
)

// xlsxFormulas reads the formulas of a sheet (ECMA-376 part 1, 18.3.1.40), of
// which it keeps those that the file has no result of.
type xlsxFormulas struct {
	unsolved
	shared map[string]*formula.Formula // by the number that cells know them by

	// Of the current cell:
	text   []byte
	kind   string // normal, shared, array, dataTable
	number string // of a shared one
}

// scan reads the current f element.
func (f *xlsxFormulas) scan(s *xmlScanner, most int) (err error) {
	f.kind, f.number = "", ""
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch string(name) {
		case "t":
			f.kind = string(value)
		case "si":
			f.number = string(value)
		}
	}
	f.text, err = s.appendText(f.text[:0], most)
	return err
}

// take decides whether the cell has been calculated, and notes its formula if
// it has not.
//
// A formula without a value has not: openpyxl writes it so, and programs that
// calculate write a value, if need be an empty text. XlsxWriter and PhpSpreadsheet
// write 0 for every formula and set fullCalcOnLoad, which has whoever opens the
// workbook calculate it anew (18.2.2); an empty text is what they can be told to
// write instead. Excel clears that flag when it saves what it has calculated,
// so that under the flag a 0 or an empty text says nothing, and calculating it
// shows no more than what Excel would show too. Any other value is kept, for a
// program that writes one has calculated it.
func (f *xlsxFormulas) take(w *worksheet, cell *Cell, tag *cellTag) {
	at := formula.Address{Sheet: w.grid.Index, Row: w.row, Col: cell.Col}
	own := f.formula(at)
	value := bytes.TrimSpace(w.value)
	switch {
	case len(value) == 0 && (tag.kind != storedText || !tag.hasValue):
	case w.book.recalculates && (len(value) == 0 || string(value) == "0" && tag.kind != storedError):
	default:
		return
	}
	*cell = Cell{Col: cell.Col, Kind: Error, Formula: true, Uncalculated: true, Style: cell.Style}
	if own == nil && f.kind != "dataTable" && len(f.text) > 0 {
		own = f.keep(f.text, formula.A1, at)
	}
	if own != nil && f.kind == "array" {
		own.AsArray()
	}
	f.note(at, own)
}

// formula is the current cell's formula where it is shared: the first of the
// cells has its text, the others have no more than its number.
func (f *xlsxFormulas) formula(at formula.Address) *formula.Formula {
	if f.kind != "shared" {
		return nil
	}
	if known := f.shared[f.number]; known != nil || len(f.text) == 0 {
		return known
	}
	own := f.keep(f.text, formula.A1, at)
	if own == nil {
		return nil
	}
	if f.shared == nil {
		f.shared = make(map[string]*formula.Formula)
	}
	f.shared[f.number] = own.Share()
	return own
}
