package formula

func placeFunctions() []function {
	return []function{
		{name: "ROW", most: 1, run: func(c *call) operand {
			return c.place(func(a Area) (int, int) { return a.FirstRow, a.rows() }, false)
		}},
		{name: "COLUMN", most: 1, run: func(c *call) operand {
			return c.place(func(a Area) (int, int) { return a.FirstCol, a.cols() }, true)
		}},
		whole("ROWS", 1, 1, func(c *call) Value {
			rows, _ := c.operand(0).size()
			return number(float64(rows))
		}),
		whole("COLUMNS", 1, 1, func(c *call) Value {
			_, cols := c.operand(0).size()
			return number(float64(cols))
		}),
		whole("ADDRESS", 2, 2, func(c *call) Value {
			row, col := c.integer(0), c.integer(1)
			if row < 1 || col < 1 || row > maxRow || col > maxCol {
				return failure(errValue)
			}
			return text("$" + letters(col) + "$" + general(float64(row)))
		}),
	}
}

// place numbers the rows or columns of an area, or tells that of the formula.
func (c *call) place(of func(Area) (first, count int), across bool) operand {
	if !c.given(0) {
		first, _ := of(Area{FirstRow: c.e.at.Row, FirstCol: c.e.at.Col, LastRow: c.e.at.Row, LastCol: c.e.at.Col})
		return scalar(number(float64(first)))
	}
	a, ok := c.area(0)
	if !ok {
		return operand{}
	}
	first, count := of(a)
	if !c.e.array || count == 1 {
		return scalar(number(float64(first)))
	}
	rows, cols := count, 1
	if across {
		rows, cols = 1, count
	}
	t := c.e.newArray(rows, cols)
	for i := range t.cells {
		t.cells[i] = number(float64(first + i))
	}
	return operand{array: t}
}

func letters(col int) string {
	s := ""
	for ; col > 0; col = (col - 1) / 26 {
		s = string(rune('A'+(col-1)%26)) + s
	}
	return s
}
