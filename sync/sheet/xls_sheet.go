package sheet

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// xlsSheet scans the records of one sheet into a grid.
type xlsSheet struct {
	book *xlsBook
	r    *biffRecords
	out  *collector

	row      int // of the cells that are being collected, 1-based
	sorted   bool
	hidden   map[int]bool // rows
	formula  *Cell        // whose text comes in a record of its own
	style    int          // of that formula
	formulas unsolved
	doubtful unsolved // those whose result is an empty text
	results  int      // of other formulas
}

func newXLSSheet(b *xlsBook, r *biffRecords, info Info) *xlsSheet {
	return &xlsSheet{book: b, r: r, out: newCollector(info, b.limits), sorted: true, hidden: make(map[int]bool)}
}

func (s *xlsSheet) scan() (*Grid, error) {
	if err := s.r.each(s.record); err != nil {
		return nil, err
	}
	if err := s.endRow(); err != nil {
		return nil, err
	}
	rows := s.out.grid.Rows
	if !s.sorted {
		rows = joinRows(rows)
	}
	for i := range rows {
		rows[i].Hidden = s.hidden[rows[i].Number]
	}
	s.out.grid.Rows = rows
	s.doubt()
	return s.out.grid, nil
}

// record reads a record of the sheet. Those that say nothing about cells are
// passed over, and so is the one of the dimensions, which often is wrong.
func (s *xlsSheet) record() error {
	switch s.r.id {
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula, recMulRK:
		return s.cellRecord()
	case recString:
		if s.formula == nil {
			return nil
		}
		return s.formulaText()
	case recRow:
		return s.rowRecord()
	case recColInfo:
		return s.columns()
	case recMergedCells:
		return s.merges()
	case recFilePass:
		return ErrEncrypted
	}
	if isOldCell(s.r.id) {
		return fmt.Errorf("%w: a cell of Excel 4 or older", ErrUnsupported)
	}
	return nil
}

// rowRecord notes a hidden row ([MS-XLS] 2.4.221).
func (s *xlsSheet) rowRecord() error {
	const zeroHeight = 0x20
	if err := s.r.atLeast(14); err != nil {
		return err
	}
	if s.r.data[12]&zeroHeight != 0 {
		s.hidden[int(s.r.u16(0))+1] = true
	}
	return nil
}

// columns notes hidden columns ([MS-XLS] 2.4.53).
func (s *xlsSheet) columns() error {
	const hidden = 1
	if err := s.r.atLeast(10); err != nil {
		return err
	}
	first, last := int(s.r.u16(0)), int(s.r.u16(2))
	if s.r.data[8]&hidden != 0 || s.r.u16(4) == 0 {
		// The last column may be given as the one after it.
		s.out.hideCols(first+1, min(last, 255)-first+1)
	}
	return nil
}

// merges notes merged ranges ([MS-XLS] 2.4.168).
func (s *xlsSheet) merges() error {
	if err := s.r.atLeast(2); err != nil {
		return err
	}
	n := int(s.r.u16(0))
	if err := s.r.atLeast(2 + 8*n); err != nil {
		return err
	}
	for i := range n {
		at := 2 + 8*i
		row, lastRow := int(s.r.u16(at)), int(s.r.u16(at+2))
		col, lastCol := int(s.r.u16(at+4)), int(s.r.u16(at+6))
		if row > lastRow {
			row, lastRow = lastRow, row
		}
		if col > lastCol {
			col, lastCol = lastCol, col
		}
		if err := s.out.merge(row+1, col+1, lastRow-row+1, lastCol-col+1); err != nil {
			return err
		}
	}
	return nil
}

// cellRecord reads a record of one cell or several.
func (s *xlsSheet) cellRecord() error {
	if err := s.r.atLeast(6); err != nil {
		return err
	}
	row, col := int(s.r.u16(0))+1, int(s.r.u16(2))+1
	if err := s.moveTo(row); err != nil {
		return err
	}
	err := s.cell(col)
	if err != nil {
		return fmt.Errorf("cell %s: %w", CellName(col, row), err)
	}
	return nil
}

// moveTo ends the row before when the cell that comes is in another one.
func (s *xlsSheet) moveTo(row int) error {
	if err := s.settle(); err != nil {
		return err
	}
	if row == s.row {
		return nil
	}
	if err := s.endRow(); err != nil {
		return err
	}
	s.sorted = s.sorted && row > s.row
	s.row = row
	return nil
}

func (s *xlsSheet) endRow() error {
	if err := s.settle(); err != nil {
		return err
	}
	return s.out.endRow(s.row, false) // which rows are hidden is known at the end
}

// settle keeps a formula whose text has not come.
func (s *xlsSheet) settle() error {
	if s.formula == nil {
		return nil
	}
	cell := *s.formula
	s.formula = nil
	return s.out.add(cell)
}

// blankCell is a cell in that column and of that style.
func (s *xlsSheet) blankCell(col, style int) Cell {
	c := Cell{Col: col}
	if style < len(s.book.styles) {
		c.Style = s.out.looks.Of(s.book.styles[style].format, s.book.styles[style].font)
	}
	return c
}

func (s *xlsSheet) cell(col int) (err error) {
	r := s.r
	style := int(r.u16(4))
	cell := s.blankCell(col, style)
	switch r.id {
	case recMulRK:
		return s.numbers(col)
	case recFormula:
		return s.formulaCell(cell, style)
	case recLabelSST:
		err = s.sharedText(&cell)
	case recLabel:
		err = s.ownText(&cell, style, 6, 0)
	case recRString:
		listBytes := 1
		if s.book.biff8 {
			listBytes = 2
		}
		err = s.ownText(&cell, style, 6, listBytes)
	case recNumber:
		if err = r.atLeast(14); err == nil {
			err = s.number(&cell, style, math.Float64frombits(binary.LittleEndian.Uint64(r.data[6:])))
		}
	case recRK:
		if err = r.atLeast(10); err == nil {
			err = s.number(&cell, style, rkNumber(binary.LittleEndian.Uint32(r.data[6:])))
		}
	case recBoolErr:
		if err = r.atLeast(8); err == nil {
			s.boolOrError(&cell, r.data[7] != 0, r.data[6])
		}
	}
	if err != nil {
		return err
	}
	return s.out.add(cell)
}

// numbers reads a record of numbers side by side ([MS-XLS] 2.4.175).
func (s *xlsSheet) numbers(col int) error {
	const head, each, tail = 4, 6, 2
	body := len(s.r.data) - head - tail
	if body < 0 || body%each != 0 {
		return fmt.Errorf("%w: record %#x of %d bytes", ErrDamaged, s.r.id, len(s.r.data))
	}
	for i := range body / each {
		at := head + each*i
		style := int(s.r.u16(at))
		cell := s.blankCell(col+i, style)
		err := s.number(&cell, style, rkNumber(binary.LittleEndian.Uint32(s.r.data[at+2:])))
		if err == nil {
			err = s.out.add(cell)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// number sets a number, or the date as which its format shows it, counted from
// 1900 in any case.
func (s *xlsSheet) number(cell *Cell, style int, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		cell.Kind, cell.Text = Error, "#NUM!"
		return nil
	}
	as := noTime
	if style < len(s.book.styles) {
		as = s.book.styles[style].time
	}
	if s.book.date1904 && v >= 0 && v+offset1904 < endOfDates && (as == day || as == clock && v >= 1) {
		v += offset1904
	}
	return s.out.setNumber(cell, v, as)
}

func (s *xlsSheet) boolOrError(cell *Cell, isError bool, value byte) {
	if isError {
		cell.Kind, cell.Text = Error, errorName(value)
		return
	}
	s.out.setBool(cell, value != 0)
}

func (s *xlsSheet) sharedText(cell *Cell) error {
	if err := s.r.atLeast(10); err != nil {
		return err
	}
	table := s.book.strings
	i := binary.LittleEndian.Uint32(s.r.data[6:])
	if int64(i) >= int64(len(table.texts)) {
		return fmt.Errorf("%w: it refers to a shared text that is missing", ErrDamaged)
	}
	cell.Text = table.texts[i]
	if font, own := table.fonts[int(i)]; own {
		cell.Style = s.out.looks.Of(cell.Format(), font)
	}
	return nil
}

// ownText sets a text that stands at a place of the record, followed by a list
// of fonts whose number has so many bytes.
func (s *xlsSheet) ownText(cell *Cell, style, at, listBytes int) error {
	s.r.rest = s.r.data[at:]
	page := s.book.codePage
	if style < len(s.book.table.xfs) {
		page = s.book.pageOf(s.book.table.xfs[style].font)
	}
	if err := s.book.readText(s.r, 2, listBytes, page); err != nil {
		return err
	}
	if font, own := s.book.ownFont(s.r); own {
		cell.Style = s.out.looks.Of(cell.Format(), font)
	}
	return s.out.setText(cell, s.r.text)
}

// formulaCell reads a formula's cached value ([MS-XLS] 2.5.133): a number, or
// with ones at its end something else, of which a text comes in a record of
// its own.
func (s *xlsSheet) formulaCell(cell Cell, style int) error {
	const (
		valueText, valueBool, valueError, valueEmpty = 0, 1, 2, 3

		computeOnLoad = 2
	)
	if err := s.r.atLeast(16); err != nil {
		return err
	}
	cell.Formula = true
	value := s.r.data[6:14]
	left := s.r.u16(14)&computeOnLoad != 0
	if value[6] != 0xFF || value[7] != 0xFF {
		v := math.Float64frombits(binary.LittleEndian.Uint64(value))
		if v == 0 && left {
			s.openFormula(&cell, &s.formulas)
			return s.out.add(cell)
		}
		s.results++
		if err := s.number(&cell, style, v); err != nil {
			return err
		}
		return s.out.add(cell)
	}
	switch value[0] {
	case valueText:
		s.results++
		s.formula, s.style = &cell, style
		return nil
	case valueBool, valueError:
		s.results++
		s.boolOrError(&cell, value[0] == valueError, value[2])
	case valueEmpty:
		if left {
			s.openFormula(&cell, &s.formulas)
		} else {
			doubted := cell
			s.openFormula(&doubted, &s.doubtful)
		}
	default:
		return fmt.Errorf("%w: a formula's value of kind %d", ErrDamaged, value[0])
	}
	return s.out.add(cell)
}

// formulaText reads the text of the formula before ([MS-XLS] 2.4.268).
func (s *xlsSheet) formulaText() error {
	if err := s.ownText(s.formula, s.style, 0, 0); err != nil {
		return fmt.Errorf("cell %s: %w", CellName(s.formula.Col, s.row), err)
	}
	return s.settle()
}

// joinRows brings rows into order, and makes one of several with the same
// number.
func joinRows(rows []Row) []Row {
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Number, b.Number) })
	joined := rows[:0]
	for _, row := range rows {
		if n := len(joined); n > 0 && joined[n-1].Number == row.Number {
			joined[n-1].Cells = append(joined[n-1].Cells, row.Cells...)
			continue
		}
		joined = append(joined, row)
	}
	for i := range joined {
		joined[i].Cells = inOrder(joined[i].Cells)
	}
	return joined
}
