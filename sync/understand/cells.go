package understand

import (
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// view is a grid made ready to be understood: clean texts, merged cells known.
type view struct {
	above      []string // lines above the table that are no rows of it
	hiddenCols map[int]bool
	rows       []line
	// over tells of each cell inside a merged range, except its first, which
	// range covers it.
	over map[cellAt]sheet.Range
	// wide tells of the first cell of a merged range how far it reaches.
	wide map[cellAt]sheet.Range
}

func cellName(col, row int) string { return sheet.CellName(col, row) }

// cellNames writes names of cells into few allocations: nearly every cell of a
// list is named as the place of a reading.
type cellNames struct {
	chunk   strings.Builder
	columns []string // their letters, by column
	row     int      // whose number is at hand
	number  []byte
}

// The first chunk is for a short list, the others are for longer ones.
const smallNames, manyNames = 1 << 9, 1 << 14

func (n *cellNames) of(col, row int) string {
	if row != n.row {
		n.row, n.number = row, strconv.AppendInt(n.number[:0], int64(row), 10)
	}
	letters := n.letters(col)
	if n.chunk.Cap()-n.chunk.Len() < len(letters)+len(n.number) {
		size := smallNames
		if n.chunk.Cap() > 0 {
			size = manyNames
		}
		n.chunk = strings.Builder{} // the names so far keep the old chunk
		n.chunk.Grow(size)
	}
	start := n.chunk.Len()
	n.chunk.WriteString(letters)
	n.chunk.Write(n.number)
	return n.chunk.String()[start:]
}

func (n *cellNames) letters(col int) string {
	for len(n.columns) <= col {
		n.columns = append(n.columns, sheet.ColumnName(len(n.columns)))
	}
	return n.columns[col]
}

type cellAt struct{ row, col int }

// line is one row of the view. Cells whose text is empty are left out, and rows
// that have no others.
type line struct {
	number int
	hidden bool
	cells  []cell
}

// cell is a cell with its text as it should be stored. What it embeds is the
// grid's own cell: whoever changes it gives the cell another, see setText.
type cell struct {
	*sheet.Cell        // never nil
	text        string // reconcile.Clean of the cell's text
}

// noCell is what stands where no cell is.
var noCell = cell{Cell: &sheet.Cell{}}

// maxMerged bounds the merged cells that are spread out one by one; ranges
// beyond it (a whole column merged by mistake) keep only their first cell.
const maxMerged = 4096

func newView(g *sheet.Grid) *view {
	v := &view{above: g.Above, hiddenCols: g.HiddenCols, over: map[cellAt]sheet.Range{}, wide: map[cellAt]sheet.Range{}}
	v.rows = make([]line, 0, len(g.Rows))
	n := 0
	for i := range g.Rows {
		n += len(g.Rows[i].Cells)
	}
	cells := make([]cell, 0, n) // of all lines
	for i := range g.Rows {
		r := &g.Rows[i]
		start, known := len(cells), false
		for k := range r.Cells {
			c := cell{&r.Cells[k], r.Cells[k].Text}
			if c.Kind == sheet.Text || c.Kind == sheet.Error { // all others are written by the reader
				c.text = reconcile.Clean(c.Text)
			}
			if c.Uncalculated {
				c.text = neverCalculated
			}
			if c.text == "" {
				continue
			}
			known = known || !c.Uncalculated
			if bare, ok := exported(c.text); ok && c.Kind == sheet.Text {
				c.setText(bare)
			}
			cells = append(cells, c)
		}
		if !known { // formulas that were filled down beyond the list
			cells = cells[:start]
		}
		if end := len(cells); end > start {
			v.rows = append(v.rows, line{number: r.Number, hidden: r.Hidden, cells: cells[start:end:end]})
		}
	}
	spread := 0
	for _, m := range g.Merges {
		v.wide[cellAt{m.FirstRow, m.FirstCol}] = m
		area := (m.LastRow - m.FirstRow + 1) * (m.LastCol - m.FirstCol + 1)
		if area <= 0 || spread+area > maxMerged*16 || area > maxMerged {
			continue
		}
		spread += area
		for r := m.FirstRow; r <= m.LastRow; r++ {
			for c := m.FirstCol; c <= m.LastCol; c++ {
				if r != m.FirstRow || c != m.FirstCol {
					v.over[cellAt{r, c}] = m
				}
			}
		}
	}
	return v
}

// exported is what a program has written with more than it means: a whole number
// as a fraction ("51079001234.0", "1979.0"), a text with the apostrophe by which
// spreadsheets keep it one ("'0905123456").
func exported(text string) (string, bool) {
	if bare, ok := strings.CutSuffix(text, ".0"); ok && bare != "" && isDigits(bare) {
		return bare, true
	}
	if bare, ok := strings.CutPrefix(text, "'"); ok && bare != "" && !strings.Contains(bare, "'") {
		return bare, true
	}
	return text, false
}

// reach is the last row and column of the cell, itself when it is not merged.
func (v *view) reach(row, col int) (lastRow, lastCol int) {
	if m, ok := v.wide[cellAt{row, col}]; ok {
		return m.LastRow, m.LastCol
	}
	return row, col
}

// find returns the index of the row with that number, or of the first after it.
func (v *view) find(number int) (int, bool) {
	return slices.BinarySearchFunc(v.rows, number, func(l line, n int) int { return l.number - n })
}

// at returns the line's cell in that column.
func (l *line) at(col int) (cell, bool) {
	for i := range l.cells {
		if l.cells[i].Col == col {
			return l.cells[i], true
		}
		if l.cells[i].Col > col {
			break
		}
	}
	return noCell, false
}

// text joins the line's cells, as a row that is no registration is kept.
func (l *line) text() string {
	parts := make([]string, len(l.cells))
	for i := range l.cells {
		parts[i] = l.cells[i].text
	}
	return strings.Join(parts, " | ")
}

// merged returns the cell that stands for the place: its own, or the first
// cell of the merged range that covers it.
func (v *view) merged(row, col int) (cell, bool) {
	if m, ok := v.over[cellAt{row, col}]; ok {
		row, col = m.FirstRow, m.FirstCol
	}
	i, ok := v.find(row)
	if !ok {
		return noCell, false
	}
	return v.rows[i].at(col)
}
