package formula

import "strings"

func lookupFunctions() []function {
	return []function{
		{name: "VLOOKUP", least: 3, most: 4, run: func(c *call) operand { return c.lookupTable(false) }},
		{name: "HLOOKUP", least: 3, most: 4, run: func(c *call) operand { return c.lookupTable(true) }},
		{name: "XLOOKUP", least: 3, most: 6, run: xLookup},
		{name: "LOOKUP", least: 2, most: 3, arrays: true, run: lookup},
		whole("MATCH", 2, 3, match),
		{name: "INDEX", least: 2, most: 4, arrays: true, run: index},
		{name: "OFFSET", least: 3, most: 5, run: offset},
	}
}

// vector is the row or column in which something is looked up.
type vector struct {
	e      *Engine
	o      operand
	across bool
	n      int
}

func (e *Engine) vector(o operand, across bool) vector {
	if o.area != nil {
		a := e.used(*o.area)
		o.area = &a
	}
	rows, cols := o.size()
	n := rows
	if across {
		n = cols
	}
	return vector{e, o, across, n}
}

// line is the vector that an operand of one row or column is; false for others.
func (e *Engine) line(o operand) (vector, bool) {
	rows, cols := o.size()
	return e.vector(o, rows == 1 && cols > 1), rows == 1 || cols == 1
}

func (v vector) at(i int) Value {
	row, col := i, 0
	if v.across {
		row, col = 0, i
	}
	return v.e.element(v.o, row, col)
}

// element is the value at a place of an operand, counted from 0.
func (e *Engine) element(o operand, row, col int) Value {
	switch {
	case o.area != nil:
		return e.cell(Address{o.area.Sheet, o.area.FirstRow + row, o.area.FirstCol + col})
	case o.array != nil:
		e.step(1)
		return o.array.at(row, col)
	}
	return o.v
}

// scan visits the values of the vector in their order; of an area, those that
// are not blank, which nothing looks for.
func (v vector) scan(visit func(i int, found Value) bool) {
	if v.o.area == nil {
		for i := 0; i < v.n && v.e.stop == nil; i++ {
			if !visit(i, v.at(i)) {
				return
			}
		}
		return
	}
	a := *v.o.area
	if v.across {
		a.LastRow = a.FirstRow
	} else {
		a.LastCol = a.FirstCol
	}
	v.e.each(a, func(row, col int, found Value) bool {
		return visit(row-a.FirstRow+col-a.FirstCol, found) // one of them is 0
	})
}

// exact is the first place, or the last one, that equals the value; -1 when
// there is none.
func (v vector) exact(what Value, wildcards, last bool) int {
	var like []rune
	if wildcards && what.Kind == Text && strings.ContainsAny(what.Str, "*?~") {
		like = pattern(what.Str)
	}
	if what.Kind == Blank {
		what = number(0)
	}
	place := -1
	v.scan(func(i int, found Value) bool {
		switch {
		case found.Kind != what.Kind || found.isError():
			return true
		case like != nil && !v.e.matches(like, found.Str), like == nil && v.e.compare(found, what) != 0:
			return true
		}
		place = i
		return last
	})
	return place
}

// nearest is the last place of an ascending vector that is not above the value,
// or of a descending one not below; -1 when there is none. Places of other
// kinds are passed over.
func (v vector) nearest(what Value, descending bool) int {
	if what.Kind == Blank {
		what = number(0)
	}
	place := -1
	v.scan(func(i int, found Value) bool {
		if found.Kind != what.Kind {
			return true
		}
		order := v.e.compare(found, what)
		if descending {
			order = -order
		}
		if order > 0 {
			return false
		}
		place = i
		return true
	})
	return place
}

// lookupTable is VLOOKUP, or with across HLOOKUP.
func (c *call) lookupTable(across bool) operand {
	what, o := c.value(0), c.operand(1)
	if o.area == nil && o.array == nil {
		return scalar(failure(errNA))
	}
	place := c.integer(2)
	about := c.truthOr(3, true)
	rows, cols := o.size()
	if across {
		rows, cols = cols, rows
	}
	switch {
	case c.bad != "":
		return operand{}
	case place < 1:
		return scalar(failure(errValue))
	case place > cols:
		return scalar(failure(errRef))
	}
	v := c.e.vector(o, across)
	at := -1
	if about {
		at = v.nearest(what, false)
	} else {
		at = v.exact(what, true, false)
	}
	if at < 0 || at >= rows {
		return scalar(failure(errNA))
	}
	if across {
		return scalar(c.e.element(o, place-1, at))
	}
	return scalar(c.e.element(o, at, place-1))
}

func match(c *call) Value {
	what := c.value(0)
	v, ok := c.e.line(c.operand(1))
	kind := c.numberOr(2, 1)
	if !ok || c.bad != "" {
		return failure(errNA)
	}
	at := -1
	if kind == 0 {
		at = v.exact(what, true, false)
	} else {
		at = v.nearest(what, kind < 0)
	}
	if at < 0 {
		return failure(errNA)
	}
	return number(float64(at + 1))
}

// lookup takes the value beside the nearest one, or without a third argument
// that of the last row or column.
func lookup(c *call) operand {
	what, o := c.value(0), c.operand(1)
	rows, cols := o.size()
	v := c.e.vector(o, cols > rows)
	at := v.nearest(what, false)
	if at < 0 || c.bad != "" {
		return scalar(failure(errNA))
	}
	if len(c.args) == 3 {
		result, ok := c.e.line(c.operand(2))
		if !ok || at >= result.n {
			return scalar(failure(errNA))
		}
		return scalar(result.at(at))
	}
	if v.across {
		return scalar(c.e.element(o, rows-1, at))
	}
	return scalar(c.e.element(o, at, cols-1))
}

func xLookup(c *call) operand {
	what := c.value(0)
	v, ok := c.e.line(c.operand(1))
	from := c.operand(2)
	mode, order := c.integerOr(4, 0), c.integerOr(5, 1)
	if c.bad != "" {
		return operand{}
	}
	if rows, cols := from.size(); !ok || v.across && cols < v.n || !v.across && rows < v.n {
		return scalar(failure(errValue))
	}
	if mode != 0 && mode != 2 || order != 1 && order != -1 {
		c.e.fail(ErrFunction) // the next larger or smaller, and binary searches
		return operand{}
	}
	at := v.exact(what, mode == 2, order < 0)
	switch {
	case at < 0 && c.given(3):
		return c.operand(3)
	case at < 0:
		return scalar(failure(errNA))
	case v.across:
		return scalar(c.e.element(from, 0, at))
	}
	return scalar(c.e.element(from, at, 0))
}

// index gives a cell of an area as a reference, and a whole row or column where
// the other number is 0.
func index(c *call) operand {
	o := c.operand(0)
	rows, cols := o.size()
	row, col := c.integer(1), c.integerOr(2, 0)
	if len(c.args) == 2 && rows == 1 && cols > 1 {
		row, col = 1, row
	} else if len(c.args) == 2 && cols == 1 {
		col = 1
	}
	if c.bad != "" || row < 0 || col < 0 || c.integerOr(3, 1) != 1 {
		return scalar(failure(errValue))
	}
	if row > rows || col > cols {
		return scalar(failure(errRef))
	}
	if o.area != nil {
		a := *o.area
		if row > 0 {
			a.FirstRow, a.LastRow = a.FirstRow+row-1, a.FirstRow+row-1
		}
		if col > 0 {
			a.FirstCol, a.LastCol = a.FirstCol+col-1, a.FirstCol+col-1
		}
		return operand{area: &a}
	}
	if row == 0 && col == 0 {
		return o
	}
	if row > 0 && col > 0 {
		return scalar(c.e.element(o, row-1, col-1))
	}
	return c.slice(o, row, col)
}

// slice is a row or a column of an array.
func (c *call) slice(o operand, row, col int) operand {
	rows, cols := o.size()
	if row > 0 {
		rows = 1
	} else {
		cols = 1
	}
	t := c.e.newArray(rows, cols)
	for i := range t.cells {
		r, k := i/t.cols, i%t.cols
		t.cells[i] = c.e.element(o, max(r, row-1), max(k, col-1))
	}
	return operand{array: t}
}

func offset(c *call) operand {
	a, ok := c.area(0)
	if !ok {
		return operand{}
	}
	rows, cols := a.rows(), a.cols()
	if c.given(3) {
		rows = c.integer(3)
	}
	if c.given(4) {
		cols = c.integer(4)
	}
	a.FirstRow += c.integer(1)
	a.FirstCol += c.integer(2)
	a.LastRow, a.LastCol = a.FirstRow+rows-1, a.FirstCol+cols-1
	if rows < 1 || cols < 1 || a.FirstRow < 1 || a.FirstCol < 1 || a.LastRow > maxRow || a.LastCol > maxCol {
		return scalar(failure(errRef))
	}
	return operand{area: &a}
}
