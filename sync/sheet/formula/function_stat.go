package formula

import (
	"math"
	"slices"
)

func statFunctions() []function {
	return []function{
		whole("SUM", 1, -1, func(c *call) Value { return c.aggregate(aggSum) }),
		whole("AVERAGE", 1, -1, func(c *call) Value { return c.aggregate(aggAverage) }),
		whole("MIN", 1, -1, func(c *call) Value { return c.aggregate(aggMin) }),
		whole("MAX", 1, -1, func(c *call) Value { return c.aggregate(aggMax) }),
		whole("PRODUCT", 1, -1, func(c *call) Value { return c.aggregate(aggProduct) }),
		whole("COUNT", 1, -1, func(c *call) Value { return c.aggregate(aggCount) }),
		whole("COUNTA", 1, -1, func(c *call) Value { return c.aggregate(aggCountA) }),
		whole("COUNTBLANK", 1, 1, countBlank),
		whole("SUBTOTAL", 2, -1, subtotal),
		{name: "SUMPRODUCT", least: 1, most: -1, arrays: true, run: one(sumProduct)},
		whole("LARGE", 2, 2, func(c *call) Value { return ranked(c, true) }),
		whole("SMALL", 2, 2, func(c *call) Value { return ranked(c, false) }),
		whole("RANK", 2, 3, rank),
	}
}

// aggregator gathers what a function of many values needs of them.
type aggregator struct {
	numbers, filled int
	sum, product    float64
	least, most     float64
	bad             string // the first error
}

func newAggregator() *aggregator {
	return &aggregator{product: 1, least: math.Inf(1), most: math.Inf(-1)}
}

func (a *aggregator) add(v Value) {
	switch v.Kind {
	case Blank:
		return
	case Error:
		if a.bad == "" {
			a.bad = v.Str
		}
	case Number:
		a.numbers++
		a.sum = sum(a.sum, v.Num)
		a.product *= v.Num
		a.least, a.most = min(a.least, v.Num), max(a.most, v.Num)
	}
	a.filled++
}

// The functions of many values; counting takes errors as they are.
func aggSum(a *aggregator) Value { return number(a.sum) }

func aggCount(a *aggregator) Value {
	a.bad = ""
	return number(float64(a.numbers))
}

func aggCountA(a *aggregator) Value {
	a.bad = ""
	return number(float64(a.filled))
}

func aggAverage(a *aggregator) Value {
	if a.numbers == 0 {
		return failure(errDiv)
	}
	return number(a.sum / float64(a.numbers))
}

func aggMin(a *aggregator) Value {
	if a.numbers == 0 {
		return number(0)
	}
	return number(a.least)
}

func aggMax(a *aggregator) Value {
	if a.numbers == 0 {
		return number(0)
	}
	return number(a.most)
}

func aggProduct(a *aggregator) Value {
	if a.numbers == 0 {
		return number(0)
	}
	return number(a.product)
}

// aggregate applies a function of many values to all arguments.
func (c *call) aggregate(result func(*aggregator) Value) Value {
	a := newAggregator()
	for i := range c.args {
		c.gather(i, a.add)
	}
	v := result(a)
	if a.bad != "" {
		return failure(a.bad)
	}
	return v
}

// gather visits the values of an argument. In cells and arrays only numbers
// count as such; a value that is written in the formula is made one.
func (c *call) gather(i int, visit func(Value)) {
	o := c.operand(i)
	switch {
	case o.area != nil:
		c.e.each(*o.area, func(_, _ int, v Value) bool {
			visit(v)
			return true
		})
	case o.array != nil:
		for _, v := range o.array.cells {
			visit(v)
		}
	case !c.given(i):
		visit(number(0))
	case o.v.Kind == Bool || o.v.Kind == Text:
		f, bad := c.e.number(o.v)
		if bad != "" {
			visit(failure(bad))
			return
		}
		visit(number(f))
	default:
		visit(o.v)
	}
}

func countBlank(c *call) Value {
	a, ok := c.area(0)
	if !ok {
		return Value{}
	}
	filled := 0
	c.e.each(a, func(_, _ int, v Value) bool {
		if v.Kind != Blank && (v.Kind != Text || v.Str != "") {
			filled++
		}
		return true
	})
	return number(float64(a.rows()*a.cols() - filled))
}

// subtotal leaves out the cells that are subtotals themselves, and with
// functions from 101 on those of hidden rows. The others leave out the rows that
// a filter hides, which no file tells from those that a person has hidden.
func subtotal(c *call) Value {
	results := []func(*aggregator) Value{aggAverage, aggCount, aggCountA, aggMax, aggMin, aggProduct, nil, nil, aggSum}
	kind := c.integer(0)
	visibleOnly := kind > 100
	if visibleOnly {
		kind -= 100
	}
	if kind < 1 || kind > len(results) || results[kind-1] == nil {
		c.e.fail(ErrFunction)
		return Value{}
	}
	a := newAggregator()
	for i := 1; i < len(c.args); i++ {
		area, ok := c.area(i)
		if !ok {
			return Value{}
		}
		c.e.visible(area, func(row, col int, hidden bool, v Value) bool {
			other := c.e.find(Address{area.Sheet, row, col})
			switch {
			case other != nil && other.subtotal, hidden && visibleOnly:
			case hidden:
				c.e.fail(ErrHidden)
			default:
				a.add(v)
			}
			return true
		})
	}
	v := results[kind-1](a)
	if a.bad != "" {
		return failure(a.bad)
	}
	return v
}

func sumProduct(c *call) Value {
	list := make([]*array, len(c.args))
	for i := range c.args {
		list[i] = c.e.table(c.operand(i))
		if list[i].rows != list[0].rows || list[i].cols != list[0].cols {
			return failure(errValue)
		}
	}
	total := 0.0
	for i := range list[0].cells {
		product := 1.0
		for _, a := range list {
			switch v := a.cells[i]; v.Kind {
			case Error:
				return v
			case Number:
				product *= v.Num
			default: // texts and truth values count as nothing here
				product = 0
			}
		}
		total = sum(total, product)
	}
	return number(total)
}

// ranked is the k-th largest or smallest number.
func ranked(c *call, largest bool) Value {
	var all []float64
	c.gather(0, func(v Value) {
		switch v.Kind {
		case Error:
			c.fail(v.Str)
		case Number:
			all = append(all, v.Num)
		}
	})
	k := c.integer(1)
	if k < 1 || k > len(all) || !c.e.step(8*len(all)) {
		return failure(errNum)
	}
	slices.Sort(all)
	if largest {
		k = len(all) + 1 - k
	}
	return number(all[k-1])
}

// rank is the place of a number among others, the largest first unless the
// third argument says otherwise.
func rank(c *call) Value {
	f := c.number(0)
	ascending := c.numberOr(2, 0) != 0
	before, found := 0, false
	c.gather(1, func(v Value) {
		if v.Kind != Number {
			return
		}
		found = found || near(v.Num, f)
		if !near(v.Num, f) && (v.Num < f) == ascending {
			before++
		}
	})
	if !found {
		return failure(errNA)
	}
	return number(float64(before + 1))
}
