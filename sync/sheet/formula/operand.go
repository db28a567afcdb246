package formula

// operand is what a part of a formula gives: a value, the cells of an area, or
// an array.
type operand struct {
	v     Value
	area  *Area
	array *array
}

// array is a table of values, row by row.
type array struct {
	rows, cols int
	cells      []Value
}

func (a *array) at(row, col int) Value { return a.cells[row*a.cols+col] }

func scalar(v Value) operand { return operand{v: v} }

// many says whether the operand is more than one value.
func (o operand) many() bool {
	return o.area != nil && !o.area.single() || o.array != nil && len(o.array.cells) > 1
}

// size is the number of rows and columns.
func (o operand) size() (rows, cols int) {
	switch {
	case o.area != nil:
		return o.area.rows(), o.area.cols()
	case o.array != nil:
		return o.array.rows, o.array.cols
	}
	return 1, 1
}

// single is the one value of an operand. An area counts with the cell that
// stands in the formula's own row or column.
func (e *Engine) single(o operand) Value {
	switch {
	case o.array != nil:
		return o.array.cells[0]
	case o.area == nil:
		return o.v
	}
	a, at := *o.area, o.area.first()
	switch own := e.at; {
	case a.single() || e.frame.array:
	case a.cols() == 1 && a.FirstRow <= own.Row && own.Row <= a.LastRow:
		at.Row = own.Row
	case a.rows() == 1 && a.FirstCol <= own.Col && own.Col <= a.LastCol:
		at.Col = own.Col
	default:
		return failure(errValue)
	}
	return e.cell(at)
}

// used cuts an area that reaches to the end of its sheet to what any sheet at
// hand holds, so that whole columns stay of the same length.
func (e *Engine) used(a Area) Area {
	row, col := e.book.Extent(a.Sheet)
	if a.LastRow == maxRow {
		a.LastRow = max(a.FirstRow, row)
	}
	if a.LastCol == maxCol {
		a.LastCol = max(a.FirstCol, col)
	}
	return a
}

// table is the operand as an array.
func (e *Engine) table(o operand) *array {
	switch {
	case o.array != nil:
		return o.array
	case o.area == nil:
		return &array{rows: 1, cols: 1, cells: []Value{o.v}}
	}
	a := e.used(*o.area)
	t := e.newArray(a.rows(), a.cols())
	if t.rows != a.rows() || t.cols != a.cols() {
		return t
	}
	e.each(a, func(row, col int, v Value) bool {
		t.cells[(row-a.FirstRow)*t.cols+col-a.FirstCol] = v
		return true
	})
	return t
}

// newArray makes an array of blanks; beyond the budget it has one element, and
// the calculation ends.
func (e *Engine) newArray(rows, cols int) *array {
	if rows > maxArray || cols > maxArray || rows*cols > maxArray {
		e.fail(ErrBudget)
	}
	if !e.step(4*min(rows, maxArray)*min(cols, maxArray)) || rows < 1 || cols < 1 {
		return &array{rows: 1, cols: 1, cells: []Value{failure(errValue)}}
	}
	return &array{rows: rows, cols: cols, cells: make([]Value, rows*cols)}
}

// each visits the cells of an area that are not blank.
func (e *Engine) each(a Area, visit func(row, col int, v Value) bool) {
	e.visible(a, func(row, col int, _ bool, v Value) bool { return visit(row, col, v) })
}

func (e *Engine) visible(a Area, visit func(row, col int, hidden bool, v Value) bool) {
	if !e.step(1) || !e.atHand(a.Sheet) {
		return
	}
	e.book.Cells(a, func(row, col int, hidden bool, v Value) bool {
		if !e.step(1) {
			return false
		}
		v = e.waited(Address{a.Sheet, row, col}, v)
		return e.stop == nil && visit(row, col, hidden, v) && e.stop == nil
	})
}

// spread applies f to the elements of operands of which at least one is an
// array; a single value, row or column counts for all.
func (e *Engine) spread(list []operand, f func(values []Value) Value) operand {
	tables := make([]*array, len(list))
	rows, cols := 1, 1
	for i, o := range list {
		tables[i] = e.table(o)
		rows, cols = max(rows, tables[i].rows), max(cols, tables[i].cols)
	}
	out := e.newArray(rows, cols)
	values := make([]Value, len(list))
	for i := 0; i < len(out.cells) && e.stop == nil; i++ {
		row, col := i/out.cols, i%out.cols
		fits := true
		for j, t := range tables {
			r, c := row, col
			if t.rows == 1 {
				r = 0
			}
			if t.cols == 1 {
				c = 0
			}
			if r >= t.rows || c >= t.cols {
				fits = false
				break
			}
			values[j] = t.at(r, c)
		}
		out.cells[i] = failure(errNA)
		if fits {
			out.cells[i] = f(values)
		}
	}
	return operand{array: out}
}
