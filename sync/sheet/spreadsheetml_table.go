package sheet

import (
	"bytes"
	"fmt"

	"doisoat/sync/sheet/formula"
)

// spreadsheetmlTable reads one sheet into a grid.
type spreadsheetmlTable struct {
	*collector
	book *spreadsheetmlBook

	row, col int // the last ones taken
	lastCol  int // the last column element's
	rowStyle string
	data     spreadsheetmlData
	styles   []spreadsheetmlColumn
	formula  []byte // of the current cell
	formulas unsolved
}

type spreadsheetmlColumn struct {
	first, last int
	style       string
}

func (t *spreadsheetmlTable) scan(s *xmlScanner) error {
	t.data.most = t.limits.CellBytes
	return s.children(func() error {
		if string(s.name) != "Table" {
			return s.skip()
		}
		return s.children(func() error {
			switch string(s.name) {
			case "Column":
				return t.scanColumn(s)
			case "Row":
				return t.scanRow(s)
			}
			return s.skip()
		})
	})
}

func (t *spreadsheetmlTable) scanColumn(s *xmlScanner) error {
	first := t.lastCol + 1
	if index := number(s.attr("x:Index")); index > 0 {
		first = min(index, maxColumn)
	}
	// Span counts the columns after this one that look the same.
	count := min(1+max(0, number(s.attr("x:Span"))), maxColumn)
	t.lastCol = min(first+count-1, maxColumn)
	if isTrue(s.attr("x:Hidden")) || s.attr("x:Width") == "0" {
		t.hideCols(first, count)
	}
	if style := s.attr("x:StyleID"); style != "" && len(t.styles) < maxColumn {
		t.styles = append(t.styles, spreadsheetmlColumn{first, t.lastCol, style})
	}
	return s.skip()
}

func (t *spreadsheetmlTable) scanRow(s *xmlScanner) error {
	number, span, hidden := t.row+1, 0, false
	t.rowStyle = ""
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch string(localName(name)) {
		case "Index":
			index := repetitions(value, maxRowNumber)
			if index < number {
				return fmt.Errorf("%w: row %d comes after row %d", ErrDamaged, index, t.row)
			}
			number = index
		case "Span":
			span = repetitions(value, maxRowNumber)
		case "Hidden":
			hidden = hidden || isTrue(value)
		case "Height":
			hidden = hidden || string(value) == "0"
		case "StyleID":
			t.rowStyle = string(value)
		}
	}
	t.row, t.col = number, 0
	err := s.children(func() error {
		if string(s.name) != "Cell" {
			return s.skip()
		}
		return t.scanCell(s)
	})
	if err != nil {
		return err
	}
	t.row = min(number+span, maxRowNumber)
	return t.endRow(number, hidden)
}

// scanCell reads a cell. One that is merged takes the columns that it covers.
func (t *spreadsheetmlTable) scanCell(s *xmlScanner) error {
	cell := Cell{Col: t.col + 1}
	across, down := 0, 0
	style, array := "", false
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch n, digits := parseDigits(value); string(localName(name)) {
		case "Index":
			if digits && n > 0 {
				cell.Col = int(min(n, maxColumn+1))
			}
		case "MergeAcross":
			across = int(min(max(n, 0), maxColumn))
		case "MergeDown":
			down = int(min(max(n, 0), maxRowNumber))
		case "StyleID":
			style = string(value)
		case "Formula":
			cell.Formula = true
			t.formula = appendDecoded(t.formula[:0], value, false)
		case "ArrayRange":
			array = true
		}
	}
	t.col = min(cell.Col+across, maxColumn)
	if err := t.merge(t.row, cell.Col, down+1, across+1); err != nil {
		return err
	}
	if err := t.data.scan(s); err != nil {
		return fmt.Errorf("cell %s: %w", CellName(cell.Col, t.row), err)
	}
	if !t.data.any && !cell.Formula {
		return nil
	}
	if err := t.setValue(&cell, t.style(style, cell.Col)); err != nil {
		return fmt.Errorf("cell %s: %w", CellName(cell.Col, t.row), err)
	}
	if cell.Formula && t.data.kind != "String" && blank(t.data.text) {
		cell.Kind, cell.Uncalculated = Error, true
		t.openFormula(cell.Col, array)
	}
	return t.add(cell)
}

// openFormula notes the current cell's formula.
func (t *spreadsheetmlTable) openFormula(col int, array bool) {
	at := formula.Address{Sheet: t.grid.Index, Row: t.row, Col: col}
	own := t.formulas.keep(t.formula, formula.R1C1, at)
	if own != nil && array {
		own.AsArray()
	}
	t.formulas.note(at, own)
}

// style is a cell's own style, or that of its row, or that of its column.
func (t *spreadsheetmlTable) style(own string, col int) cellStyle {
	if own == "" {
		own = t.rowStyle
	}
	for i := 0; own == "" && i < len(t.styles); i++ {
		if t.styles[i].first <= col && col <= t.styles[i].last {
			own = t.styles[i].style
		}
	}
	if own == "" {
		own = spreadsheetmlDefault
	}
	return t.book.styles[own]
}

func (t *spreadsheetmlTable) setValue(cell *Cell, style cellStyle) error {
	d := &t.data
	font := style.font
	if d.hasFont {
		font = d.font
	}
	cell.Style = t.looks.Of(style.format, font)
	value := bytes.TrimSpace(d.text)
	switch d.kind {
	case "Number":
		if v, ok := parseNumber(value); ok {
			if t.book.date1904 && v >= 0 && style.time == day {
				v += offset1904
			}
			return t.setNumber(cell, v, style.time)
		}
	case "DateTime":
		if serial, as, ok := parseISO(string(value)); ok {
			if style.time != noTime {
				as = style.time
			}
			return t.setNumber(cell, serial, as)
		}
	case "Boolean":
		t.setBool(cell, isTrue(bytes.ToLower(value)))
		return nil
	case "Error":
		err := t.setText(cell, value)
		cell.Kind = Error
		return err
	}
	return t.setText(cell, d.text)
}

// spreadsheetmlData is the value of a cell, used again for each.
type spreadsheetmlData struct {
	most int // bytes

	any     bool // there is a value, though it may be empty
	kind    string
	text    []byte
	hasFont bool   // every part names a font, or one of them a legacy font
	font    string // the legacy font among them
}

// scan reads the content of the current cell: its value, but no comment.
func (d *spreadsheetmlData) scan(s *xmlScanner) error {
	*d = spreadsheetmlData{most: d.most, text: d.text[:0]}
	return s.children(func() error {
		if string(s.name) != "Data" {
			return s.skip()
		}
		d.any, d.kind = true, s.attr("x:Type")
		return d.parts(s)
	})
}

// parts reads a text with its parts, which are marked up as in HTML.
func (d *spreadsheetmlData) parts(s *xmlScanner) error {
	fontDepth := 0 // of the innermost element that names a font, 0 outside
	named, unnamed := false, false
	for outside := s.depth - 1; ; {
		token, err := s.next()
		if err != nil {
			return err
		}
		switch token {
		case xmlStart:
			if face := s.attr("x:Face"); face != "" {
				fontDepth = s.depth
				if legacy := legacyFont(face); legacy != "" {
					d.font = legacy
				}
			}
		case xmlText:
			before := len(d.text)
			d.text = appendDecoded(d.text, s.text, s.literal)
			if len(d.text) > d.most {
				return fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, d.most)
			}
			if !blank(d.text[before:]) {
				named = named || fontDepth > 0
				unnamed = unnamed || fontDepth == 0
			}
		case xmlEnd:
			if s.depth < fontDepth {
				fontDepth = 0
			}
			if s.depth == outside {
				d.text = lineFeeds(d.text)
				d.hasFont = d.font != "" || named && !unnamed
				return nil
			}
		}
	}
}
