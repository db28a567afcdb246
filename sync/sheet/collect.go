package sheet

import (
	"fmt"
	"unicode/utf8"
)

// collector gathers the cells of a sheet that come row by row in ascending
// order, and holds them to the limits.
type collector struct {
	grid   *Grid
	limits Limits
	arena  arena
	looks  Styles
	cells  []Cell // of the current row
	slab   []Cell
	total  int // cells so far
	buf    []byte
}

func newCollector(info Info, limits Limits) *collector {
	return &collector{
		grid:   &Grid{Info: info, HiddenCols: make(map[int]bool)},
		limits: limits,
		arena:  arena{left: limits.TextBytes},
	}
}

// add takes a cell of the current row. Of several in one column the last
// counts.
func (c *collector) add(cell Cell) error {
	if cell.Col > c.limits.Cols {
		return fmt.Errorf("%w: columns beyond %s", ErrTooLarge, ColumnName(c.limits.Cols))
	}
	if c.total+len(c.cells) >= c.limits.Cells {
		return c.tooManyCells()
	}
	c.cells = append(c.cells, cell)
	return nil
}

func (c *collector) tooManyCells() error {
	return fmt.Errorf("%w: more than %d cells", ErrTooLarge, c.limits.Cells)
}

// endRow adds the row that the cells since the last one make up; a row without
// cells is blank and left out. The number must be above that of the last row.
func (c *collector) endRow(number int, hidden bool) error {
	if len(c.cells) == 0 {
		return nil
	}
	if len(c.grid.Rows) == c.limits.Rows {
		return fmt.Errorf("%w: more than %d rows", ErrTooLarge, c.limits.Rows)
	}
	if number > maxRowNumber {
		return fmt.Errorf("%w: row %d", ErrTooLarge, number)
	}
	c.cells = inOrder(c.cells)
	n := len(c.cells)
	if c.total += n; c.total > c.limits.Cells {
		return c.tooManyCells()
	}
	if cap(c.slab)-len(c.slab) < n {
		// Small sheets, of which there may be many, get by with less.
		c.slab = make([]Cell, 0, max(n, min(cellSlab, 2*cap(c.slab)+64)))
	}
	start := len(c.slab)
	c.slab = append(c.slab, c.cells...)
	c.grid.Rows = append(c.grid.Rows, Row{Number: number, Hidden: hidden, Cells: c.slab[start : start+n : start+n]})
	c.cells = c.cells[:0]
	return nil
}

// repeatRow adds the row that has just been added again, in the rows from
// first to last.
func (c *collector) repeatRow(first, last int) error {
	row := c.grid.Rows[len(c.grid.Rows)-1]
	for number := first; number <= last; number++ {
		c.cells = append(c.cells, row.Cells...)
		if err := c.endRow(number, row.Hidden); err != nil {
			return err
		}
	}
	return nil
}

// merge notes a merged range that is given by its first cell and its size; one
// of a single cell is none. A size that no sheet has is cut to what one has.
func (c *collector) merge(row, col, rows, cols int) error {
	if rows <= 1 && cols <= 1 {
		return nil
	}
	if len(c.grid.Merges) == maxMerges {
		return fmt.Errorf("%w: more than %d merged ranges", ErrTooLarge, maxMerges)
	}
	c.grid.Merges = append(c.grid.Merges, Range{
		FirstRow: row, FirstCol: col,
		LastRow: min(row+max(rows, 1)-1, maxRowNumber),
		LastCol: min(col+max(cols, 1)-1, max(col, maxColumn)),
	})
	return nil
}

// hideCols notes hidden columns, as far as a column may hold cells.
func (c *collector) hideCols(first, count int) {
	for col := first; col < first+count && col <= c.limits.Cols; col++ {
		c.grid.HiddenCols[col] = true
	}
}

// text keeps a text for a cell.
func (c *collector) text(b []byte) (string, error) {
	if len(b) > c.limits.CellBytes {
		return "", fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, c.limits.CellBytes)
	}
	return c.arena.add(b)
}

func (c *collector) setText(cell *Cell, b []byte) (err error) {
	cell.Kind = Text
	cell.Text, err = c.text(b)
	return err
}

// setNumber sets a number, or the date as which its format shows it.
func (c *collector) setNumber(cell *Cell, v float64, as timeFormat) (err error) {
	v += 0 // -0 is 0
	shown, ok := appendTime(c.buf[:0], v, as)
	cell.Kind, cell.Number = Date, v
	if !ok {
		shown = appendNumber(c.buf[:0], v)
		cell.Kind = Number
	}
	c.buf = shown
	cell.Text, err = c.arena.addPlain(shown)
	return err
}

func (c *collector) setBool(cell *Cell, v bool) {
	cell.Kind, cell.Text, cell.Number = Bool, "FALSE", 0
	if v {
		cell.Text, cell.Number = "TRUE", 1
	}
}

// maxColumn is the last column of any spreadsheet program: XFD.
const maxColumn = 16384

// repetitions reads a count of rows or columns: 1 where it is missing or none, and
// no more than a sheet has.
func repetitions[T string | []byte](v T, most int) int {
	n, ok := parseDigits([]byte(v))
	if !ok {
		return 1
	}
	return int(min(max(n, 1), int64(most)))
}

// blank says whether a text consists of white space, no-break spaces included.
func blank(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r != ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\u00a0' && r != '\u200b' && r != '\ufeff' {
			return false
		}
		b = b[n:]
	}
	return true
}
