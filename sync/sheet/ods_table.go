package sheet

import (
	"bytes"
	"cmp"
	"fmt"

	"doisoat/sync/sheet/formula"
)

// odsTable reads one sheet (table:table, ODF 1.3 part 3, 9.1) into a grid.
type odsTable struct {
	*collector
	styles *odsStyles
	text   odsText

	columns  []odsColumn // in their order
	row, col int         // the last ones taken
	rowStyle []byte      // the default of the row's cells
	cell     odsCell     // the current one
	formulas unsolved
}

// odsColumn is a run of columns whose cells have the same default style.
type odsColumn struct {
	last  int
	style string
}

func (t *odsTable) scan(s *xmlScanner) error {
	t.text.most = t.limits.CellBytes
	for outside := s.depth - 1; ; {
		token, err := s.next()
		if err != nil {
			return err
		}
		if token == xmlEnd && s.depth == outside {
			return nil
		}
		if token != xmlStart {
			continue
		}
		switch string(s.name) {
		case "table-row-group", "table-rows", "table-header-rows",
			"table-column-group", "table-columns", "table-header-columns":
			// What they hold counts as if they were not there.
		case "table-column":
			err = t.scanColumn(s)
		case "table-row":
			err = t.scanRow(s)
		default: // forms, drawings, names
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (t *odsTable) scanColumn(s *xmlScanner) error {
	count := repetitions(s.attr("x:number-columns-repeated"), maxRowNumber)
	first := 1
	if n := len(t.columns); n > 0 {
		first = t.columns[n-1].last + 1
	}
	if !shown([]byte(s.attr("x:visibility"))) {
		t.hideCols(first, count)
	}
	// Columns beyond the limit can hold no cell.
	if first <= t.limits.Cols {
		t.columns = append(t.columns, odsColumn{last: first + count - 1, style: s.attr("x:default-cell-style-name")})
	}
	return s.skip()
}

// shown reads a table:visibility: visible, collapse or filter.
func shown(visibility []byte) bool {
	return string(visibility) != "collapse" && string(visibility) != "filter"
}

func (t *odsTable) scanRow(s *xmlScanner) error {
	count, hidden := 1, false
	t.rowStyle = t.rowStyle[:0]
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch string(localName(name)) {
		case "number-rows-repeated":
			count = repetitions(value, maxRowNumber)
		case "visibility":
			hidden = !shown(value)
		case "default-cell-style-name":
			t.rowStyle = append(t.rowStyle[:0], value...)
		}
	}
	first := t.row + 1
	t.row, t.col = min(t.row+count, maxRowNumber+1), 0
	err := s.children(func() error {
		switch string(s.name) {
		case "table-cell", "covered-table-cell":
			if err := t.scanCell(s, first); err != nil {
				return fmt.Errorf("cell %s: %w", CellName(t.col+1, first), err)
			}
			t.col = min(t.col+t.cell.repeat, maxRowNumber)
			return nil
		}
		return s.skip()
	})
	if err != nil || len(t.cells) == 0 {
		return err
	}
	if err := t.endRow(first, hidden); err != nil {
		return err
	}
	return t.repeatRow(first+1, t.row)
}

// scanCell reads a cell with its repetitions. A covered cell may hold a value
// too, which the range that it is merged into hides.
func (t *odsTable) scanCell(s *xmlScanner, row int) error {
	c := &t.cell
	c.scan(s)
	if err := t.text.scan(s, t.styles); err != nil {
		return err
	}
	if c.rows > 1 || c.cols > 1 {
		if err := t.merge(row, t.col+1, c.rows, c.cols); err != nil {
			return err
		}
	}
	if c.kind == odsBlank && !c.formula && blank(t.text.text) {
		return nil
	}
	style := t.style()
	if t.text.hasFont {
		style.font = t.text.font
	}
	cell := Cell{Formula: c.formula, Style: t.looks.Of(style.format, style.font)}
	if c.open(t.text.text) {
		cell.Kind, cell.Uncalculated = Error, true
		t.openFormula(row)
	} else if err := t.setValue(&cell, style); err != nil {
		return err
	}
	for i := range c.repeat {
		cell.Col = t.col + 1 + i
		if err := t.add(cell); err != nil {
			return err
		}
	}
	return nil
}

// openFormula notes the current cell's formula, of repeated cells that of the
// first alone: no program that is known repeats cells with formulas.
func (t *odsTable) openFormula(row int) {
	at := formula.Address{Sheet: t.grid.Index, Row: row, Col: t.col + 1}
	own := t.formulas.keep(t.cell.source, formula.OpenFormula, at)
	if own != nil && t.cell.array {
		own.AsArray()
	}
	t.formulas.note(at, own)
}

// style is the style of the current cell: its own, or that of its row, or that
// of its column.
func (t *odsTable) style() cellStyle {
	if len(t.cell.style) > 0 {
		return t.styles.cell(t.cell.style)
	}
	if len(t.rowStyle) > 0 {
		return t.styles.cell(t.rowStyle)
	}
	for _, c := range t.columns {
		if t.col < c.last {
			return t.styles.cell([]byte(c.style))
		}
	}
	return t.styles.cell(nil)
}

// setValue makes the current cell's value.
func (t *odsTable) setValue(cell *Cell, style cellStyle) error {
	c := &t.cell
	switch c.kind {
	case odsNumber:
		// The file itself tells numbers from dates and times.
		if v, ok := parseNumber(c.value); ok {
			if shown := string(t.text.text); c.formula && (v == 1 && shown == "TRUE" || v == 0 && shown == "FALSE") {
				t.setBool(cell, v == 1) // so LibreOffice writes =TRUE()
				return nil
			}
			return t.setNumber(cell, v, noTime)
		}
	case odsDate:
		if serial, as, ok := parseODSDate(c.value); ok {
			return t.setNumber(cell, serial, as)
		}
	case odsTime:
		if days, ok := parseDuration(c.value); ok {
			return t.setNumber(cell, days, cmp.Or(style.time, clock))
		}
	case odsBoolean:
		t.setBool(cell, isTrue(c.value))
		return nil
	}
	text := t.text.text
	if len(text) == 0 {
		text = c.text
	}
	err := t.setText(cell, text)
	if c.isError {
		cell.Kind = Error
	}
	return err
}

// parseODSDate reads an office:date-value. Days before 1900 have no serial
// number that other spreadsheets share; they stay text.
func parseODSDate(value []byte) (float64, timeFormat, bool) {
	value = bytes.TrimSuffix(value, []byte("Z"))
	if bytes.Compare(value, []byte("1900")) < 0 {
		return 0, noTime, false
	}
	return parseISO(string(value))
}
