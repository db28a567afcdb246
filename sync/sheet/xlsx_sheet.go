package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

const (
	// maxRowNumber bounds row numbers: more than Excel's 1,048,576 and the 16
	// million of LibreOffice, small enough for any int.
	maxRowNumber = 1 << 30
	// maxMerges bounds the merged ranges of a sheet.
	maxMerges = 1 << 20
	// cellSlab is how many cells share one allocation.
	cellSlab = 4096
)

// worksheet scans one sheet (ECMA-376 part 1, 18.3) into a grid.
type worksheet struct {
	book  *xlsxBook
	grid  *Grid
	arena arena
	looks Styles // of texts with fonts of their own
	rich  richText

	cells    []Cell // of the current row
	slab     []Cell
	total    int  // cells so far
	row, col int  // the last ones seen, from which a missing reference counts on
	sorted   bool // rows so far are in ascending order

	value    []byte // of the current cell, raw
	formulas xlsxFormulas
	text     []byte // of the current cell, as it is shown
}

func newWorksheet(b *xlsxBook, grid *Grid) *worksheet {
	return &worksheet{
		book:   b,
		grid:   grid,
		arena:  arena{left: b.limits.TextBytes},
		rich:   richText{most: b.limits.CellBytes},
		sorted: true,
	}
}

func (w *worksheet) scan(s *xmlScanner) error {
	return s.children(func() error {
		switch string(s.name) {
		case "cols":
			return s.children(func() error { return w.scanCol(s) })
		case "sheetData":
			return s.children(func() error {
				if string(s.name) != "row" {
					return s.skip()
				}
				return w.scanRow(s)
			})
		case "mergeCells":
			return s.children(func() error { return w.scanMerge(s) })
		}
		// The dimension is among what is passed over: it often is wrong.
		return s.skip()
	})
}

// scanCol notes hidden columns, as far as a column may hold cells.
func (w *worksheet) scanCol(s *xmlScanner) error {
	if string(s.name) == "col" && (isTrue(s.attr("hidden")) || s.attr("width") == "0") {
		first, last := number(s.attr("min")), number(s.attr("max"))
		for col := max(first, 1); col <= min(last, w.book.limits.Cols); col++ {
			w.grid.HiddenCols[col] = true
		}
	}
	return s.skip()
}

func (w *worksheet) scanMerge(s *xmlScanner) error {
	from, to, _ := bytes.Cut([]byte(s.attr("ref")), []byte(":"))
	firstCol, firstRow := parseReference(from)
	lastCol, lastRow := parseReference(to)
	if firstCol > 0 && firstRow > 0 && lastCol > 0 && lastRow > 0 {
		if len(w.grid.Merges) == maxMerges {
			return fmt.Errorf("%w: more than %d merged ranges", ErrTooLarge, maxMerges)
		}
		w.grid.Merges = append(w.grid.Merges, Range{
			FirstRow: min(firstRow, lastRow), FirstCol: min(firstCol, lastCol),
			LastRow: max(firstRow, lastRow), LastCol: max(firstCol, lastCol),
		})
	}
	return s.skip()
}

func (w *worksheet) scanRow(s *xmlScanner) error {
	number, hidden := 0, false
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			break
		}
		rest = more
		switch string(name) {
		case "r":
			if n, ok := parseDigits(value); ok && n <= maxRowNumber {
				number = int(n)
			}
		case "hidden":
			hidden = hidden || isTrue(value)
		case "ht":
			hidden = hidden || string(value) == "0"
		}
	}
	implied := number == 0
	if implied {
		number = w.row + 1
	}
	w.row, w.col = number, 0
	w.cells = w.cells[:0]
	visit := func() error {
		if string(s.name) != "c" {
			return s.skip()
		}
		err := w.scanCell(s, implied)
		implied = false
		return err
	}
	quick := func() (bool, error) { return w.quickCell(s) }
	if implied {
		quick = func() (bool, error) { return false, nil } // a cell may tell the row
	}
	err := s.quickly(quick, visit)
	if err != nil || len(w.cells) == 0 {
		return err
	}
	return w.keepRow(hidden)
}

// keepRow adds the row whose cells have been collected to the grid.
func (w *worksheet) keepRow(hidden bool) error {
	rows := w.grid.Rows
	if len(rows) == w.book.limits.Rows {
		return fmt.Errorf("%w: more than %d rows", ErrTooLarge, w.book.limits.Rows)
	}
	w.cells = inOrder(w.cells)
	if w.total += len(w.cells); w.total > w.book.limits.Cells {
		return fmt.Errorf("%w: more than %d cells", ErrTooLarge, w.book.limits.Cells)
	}
	if n := len(rows); n > 0 && rows[n-1].Number >= w.row {
		w.sorted = false
	}
	n := len(w.cells)
	if cap(w.slab)-len(w.slab) < n {
		w.slab = make([]Cell, 0, max(n, cellSlab))
	}
	start := len(w.slab)
	w.slab = append(w.slab, w.cells...)
	w.grid.Rows = append(rows, Row{Number: w.row, Hidden: hidden, Cells: w.slab[start : start+n : start+n]})
	return nil
}

// inOrder sorts the cells by column; of several in one column the last counts.
func inOrder(cells []Cell) []Cell {
	ordered := true
	for i := 1; i < len(cells); i++ {
		ordered = ordered && cells[i-1].Col < cells[i].Col
	}
	if ordered {
		return cells
	}
	slices.SortStableFunc(cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
	out := cells[:0]
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].Col == c.Col {
			out[n-1] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// finish brings rows that came out of order into it, and makes one of several
// with the same number.
func (w *worksheet) finish() {
	if w.sorted {
		return
	}
	rows := w.grid.Rows
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Number, b.Number) })
	out := rows[:0]
	for len(rows) > 0 {
		row, same := rows[0], 1
		for same < len(rows) && rows[same].Number == row.Number {
			row.Hidden = row.Hidden || rows[same].Hidden
			row.Cells = append(row.Cells, rows[same].Cells...)
			same++
		}
		if same > 1 {
			row.Cells = inOrder(row.Cells)
		}
		out = append(out, row)
		rows = rows[same:]
	}
	w.grid.Rows = out
}

// parseReference reads "D12" or "$D$12"; each part is 0 when it is missing or
// no reference.
func parseReference(b []byte) (col, row int) {
	i := 0
	if i < len(b) && b[i] == '$' {
		i++
	}
	for ; i < len(b) && col <= 1<<20; i++ {
		c := b[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	if i < len(b) && b[i] == '$' {
		i++
	}
	if n, ok := parseDigits(b[i:]); ok && n <= maxRowNumber {
		row = int(n)
	}
	return col, row
}
