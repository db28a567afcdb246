package formula

import (
	"math"
	"strings"
)

// function is one that formulas may call.
type function struct {
	name        string
	least, most int // arguments; most is -1 where there is no end
	// each: in a formula of arrays it is done for each element on its own.
	each bool
	// arrays: its arguments are calculated as in a formula of arrays.
	arrays bool
	run    func(*call) operand
}

// functions are all of them by name.
type functions map[string]*function

// find finds a function by its name in a file, where newer ones have a prefix.
func (f functions) find(name string) *function {
	name = strings.ToUpper(name)
	for _, prefix := range []string{"_XLFN.", "_XLWS.", "COM.MICROSOFT."} {
		name = strings.TrimPrefix(name, prefix)
	}
	return f[name]
}

// allFunctions lists what can be calculated. Functions of the clock (TODAY,
// NOW), of chance and of other places (INDIRECT, WEBSERVICE) are left out on
// purpose: what they give is in no file.
func allFunctions() functions {
	known := make(functions)
	for _, list := range [][]function{
		mathFunctions(), statFunctions(), conditionalFunctions(), logicFunctions(), kindFunctions(),
		textFunctions(), searchFunctions(), dateFunctions(), lookupFunctions(), placeFunctions(),
	} {
		for _, f := range list {
			known[f.name] = &f
		}
	}
	return known
}

// each is a function of single values.
func each(name string, least, most int, run func(*call) Value) function {
	return function{name: name, least: least, most: most, each: true, run: one(run)}
}

// whole is a function that takes areas as a whole.
func whole(name string, least, most int, run func(*call) Value) function {
	return function{name: name, least: least, most: most, run: one(run)}
}

func one(run func(*call) Value) func(*call) operand {
	return func(c *call) operand { return scalar(run(c)) }
}

// call is a function while it is calculated. The first argument that is an
// error becomes the result.
type call struct {
	e    *Engine
	args []expr
	bad  string
}

func (e *Engine) call(x *callExpr) operand {
	outer := e.frame
	e.frame.array = e.frame.array || x.fn.arrays
	defer func() { e.frame = outer }()
	if x.fn.each && e.array && len(x.args) > 0 {
		if o, ok := e.callEach(x); ok {
			return o
		}
	}
	return e.callOnce(x.fn, x.args)
}

func (e *Engine) callOnce(fn *function, args []expr) operand {
	c := &call{e: e, args: args}
	o := fn.run(c)
	if o.v.Kind == Text {
		e.step(textCost * len(o.v.Str))
	}
	if c.bad != "" {
		return scalar(failure(c.bad))
	}
	return o
}

// callEach calls the function for each element of its arguments; false where
// none has more than one.
func (e *Engine) callEach(x *callExpr) (operand, bool) {
	list, many := make([]operand, len(x.args)), false
	for i, a := range x.args {
		list[i] = e.eval(a)
		many = many || list[i].many()
	}
	if !many || e.stop != nil {
		return operand{}, false
	}
	args, values := make([]expr, len(list)), make([]literal, len(list))
	return e.spread(list, func(v []Value) Value {
		for i := range v {
			values[i].v, args[i] = v[i], &values[i]
			if _, left := x.args[i].(missing); left {
				args[i] = missing{}
			}
		}
		return e.single(e.callOnce(x.fn, args))
	}), true
}

func (c *call) fail(name string) {
	if c.bad == "" {
		c.bad = name
	}
}

// given says whether there is an argument at that place.
func (c *call) given(i int) bool {
	if i >= len(c.args) {
		return false
	}
	_, left := c.args[i].(missing)
	return !left
}

// raw is an argument's value, errors included.
func (c *call) raw(i int) Value {
	if i >= len(c.args) {
		return Value{}
	}
	return c.e.value(c.args[i])
}

// value is an argument's value.
func (c *call) value(i int) Value {
	v := c.raw(i)
	if v.isError() {
		c.fail(v.Str)
	}
	return v
}

func (c *call) number(i int) float64 {
	f, bad := c.e.number(c.raw(i))
	if bad != "" {
		c.fail(bad)
	}
	return f
}

// numberOr is a number that may be left out.
func (c *call) numberOr(i int, otherwise float64) float64 {
	if i >= len(c.args) {
		return otherwise
	}
	return c.number(i)
}

// integer is a number without its fraction, within bounds that no sheet has.
func (c *call) integer(i int) int {
	return int(math.Max(-1e9, math.Min(1e9, math.Trunc(c.number(i)))))
}

func (c *call) integerOr(i, otherwise int) int {
	if i >= len(c.args) {
		return otherwise
	}
	return c.integer(i)
}

func (c *call) text(i int) string {
	s := c.value(i).string()
	c.e.step(len(s) / 8)
	return s
}

func (c *call) truthOr(i int, otherwise bool) bool {
	if i >= len(c.args) {
		return otherwise
	}
	b, bad := c.e.truth(c.raw(i))
	if bad != "" {
		c.fail(bad)
	}
	return b
}

func (c *call) operand(i int) operand { return c.e.eval(c.args[i]) }

// area is an argument that must be a reference.
func (c *call) area(i int) (Area, bool) {
	o := c.operand(i)
	if o.area == nil {
		if o.v.isError() {
			c.fail(o.v.Str)
		} else {
			c.fail(errValue)
		}
		return Area{}, false
	}
	return *o.area, true
}
