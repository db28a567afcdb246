package formula

func logicFunctions() []function {
	return []function{
		{name: "IF", least: 1, most: 3, each: true, run: ifElse},
		{name: "IFS", least: 2, most: -1, each: true, run: ifs},
		{name: "SWITCH", least: 3, most: -1, each: true, run: switchOn},
		{name: "CHOOSE", least: 2, most: -1, each: true, run: choose},
		{name: "IFERROR", least: 2, most: 2, each: true, run: func(c *call) operand {
			return c.instead(func(v Value) bool { return v.isError() })
		}},
		{name: "IFNA", least: 2, most: 2, each: true, run: func(c *call) operand {
			return c.instead(func(v Value) bool { return v.isError() && v.Str == errNA })
		}},
		whole("AND", 1, -1, func(c *call) Value { return c.allOf(func(t, n int) bool { return t == n }) }),
		whole("OR", 1, -1, func(c *call) Value { return c.allOf(func(t, _ int) bool { return t > 0 }) }),
		whole("XOR", 1, -1, func(c *call) Value { return c.allOf(func(t, _ int) bool { return t%2 == 1 }) }),
		each("NOT", 1, 1, func(c *call) Value { return truth(!c.truthOr(0, false)) }),
		each("TRUE", 0, 0, func(*call) Value { return truth(true) }),
		each("FALSE", 0, 0, func(*call) Value { return truth(false) }),
		each("NA", 0, 0, func(*call) Value { return failure(errNA) }),
	}
}

// ifElse calculates no more than the branch that counts.
func ifElse(c *call) operand {
	branch := 1
	if !c.truthOr(0, false) {
		branch = 2
	}
	switch {
	case c.bad != "":
		return operand{}
	case branch < len(c.args):
		return c.operand(branch)
	}
	return scalar(truth(branch == 1))
}

func ifs(c *call) operand {
	for i := 0; i+1 < len(c.args); i += 2 {
		if holds := c.truthOr(i, false); c.bad != "" {
			break
		} else if holds {
			return c.operand(i + 1)
		}
	}
	return scalar(failure(errNA))
}

func switchOn(c *call) operand {
	v := c.value(0)
	i := 1
	for ; i+1 < len(c.args) && c.bad == ""; i += 2 {
		if other := c.value(i); v.Kind == other.Kind && c.e.compare(v, other) == 0 {
			return c.operand(i + 1)
		}
	}
	if i < len(c.args) {
		return c.operand(i)
	}
	return scalar(failure(errNA))
}

func choose(c *call) operand {
	i := c.integer(0)
	if c.bad != "" || i < 1 || i >= len(c.args) {
		return scalar(failure(errValue))
	}
	return c.operand(i)
}

// instead gives the second argument where the first is such an error.
func (c *call) instead(is func(Value) bool) operand {
	if v := c.raw(0); !is(v) {
		return scalar(v)
	}
	return c.operand(1)
}

// allOf counts the truth values among the arguments; texts in cells do not
// count.
func (c *call) allOf(result func(trues, all int) bool) Value {
	trues, all := 0, 0
	for i := range c.args {
		o := c.operand(i)
		direct := o.area == nil && o.array == nil
		visit := func(v Value) {
			if v.Kind == Blank || v.Kind == Text && !direct {
				return
			}
			b, bad := c.e.truth(v)
			if bad != "" {
				c.fail(bad)
			}
			if all++; b {
				trues++
			}
		}
		switch {
		case direct && c.given(i):
			visit(o.v)
		case direct:
			visit(truth(false))
		case o.area != nil:
			c.e.each(*o.area, func(_, _ int, v Value) bool {
				visit(v)
				return true
			})
		default:
			for _, v := range o.array.cells {
				visit(v)
			}
		}
	}
	if all == 0 {
		return failure(errValue)
	}
	return truth(result(trues, all))
}

func kindFunctions() []function {
	is := func(name string, says func(Value) bool) function {
		return each(name, 1, 1, func(c *call) Value { return truth(says(c.raw(0))) })
	}
	return []function{
		is("ISBLANK", func(v Value) bool { return v.Kind == Blank }),
		is("ISNUMBER", func(v Value) bool { return v.Kind == Number }),
		is("ISTEXT", func(v Value) bool { return v.Kind == Text }),
		is("ISNONTEXT", func(v Value) bool { return v.Kind != Text }),
		is("ISLOGICAL", func(v Value) bool { return v.Kind == Bool }),
		is("ISERROR", func(v Value) bool { return v.isError() }),
		is("ISERR", func(v Value) bool { return v.isError() && v.Str != errNA }),
		is("ISNA", func(v Value) bool { return v.isError() && v.Str == errNA }),
		each("ISEVEN", 1, 1, func(c *call) Value { return truth(c.integer(0)%2 == 0) }),
		each("ISODD", 1, 1, func(c *call) Value { return truth(c.integer(0)%2 != 0) }),
		each("N", 1, 1, func(c *call) Value {
			if v := c.value(0); v.Kind == Number || v.Kind == Bool {
				return number(v.Num)
			}
			return number(0)
		}),
		each("T", 1, 1, func(c *call) Value {
			if v := c.value(0); v.Kind == Text {
				return v
			}
			return text("")
		}),
	}
}
