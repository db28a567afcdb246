package formula

import (
	"math"
	"strings"
)

// value is the one value of a part of a formula.
func (e *Engine) value(x expr) Value { return e.single(e.eval(x)) }

// eval calculates a part of a formula. Once the calculation has been stopped,
// what it gives means nothing.
func (e *Engine) eval(x expr) operand {
	if !e.step(1) {
		return operand{}
	}
	switch x := x.(type) {
	case *literal:
		return scalar(x.v)
	case *constant:
		return operand{array: x.array}
	case *refExpr:
		return e.reference(x.ref)
	case *nameExpr:
		return e.name(x.name)
	case *rangeExpr:
		return e.span(e.eval(x.from), e.eval(x.to))
	case *sign:
		return e.sign(x)
	case *chain:
		left := e.eval(x.first)
		for i := range x.rest {
			left = e.operate(x.rest[i].op, left, e.eval(x.rest[i].of))
		}
		return left
	case *callExpr:
		return e.call(x)
	}
	return operand{} // a missing argument
}

func (e *Engine) reference(r *reference) operand {
	sheet := e.at.Sheet
	if r.sheet != "" {
		index, ok := e.book.SheetIndex(r.sheet)
		if !ok {
			return scalar(failure(errRef))
		}
		sheet = index
	}
	a, ok := r.resolve(e.at, sheet)
	if !ok {
		return scalar(failure(errRef))
	}
	return operand{area: &a}
}

// name calculates what a name of the workbook stands for.
func (e *Engine) name(name string) operand {
	s, syntax, ok := e.book.Name(e.at.Sheet, name)
	if !ok {
		e.fail(ErrName)
		return operand{}
	}
	f := e.names[s]
	if f == nil {
		f = New(s, syntax, Address{Row: 1, Col: 1})
		e.names[s] = f
	}
	x, err := f.read(e.known)
	if err != nil || e.within == maxNames {
		e.fail(ErrName)
		return operand{}
	}
	e.within++
	defer func() { e.within-- }()
	return e.eval(x)
}

// span is the area from one reference to another.
func (e *Engine) span(from, to operand) operand {
	if from.area == nil || to.area == nil || from.area.Sheet != to.area.Sheet {
		return scalar(failure(errRef))
	}
	a, b := from.area, to.area
	return operand{area: &Area{
		Sheet: a.Sheet, FirstRow: min(a.FirstRow, b.FirstRow), FirstCol: min(a.FirstCol, b.FirstCol),
		LastRow: max(a.LastRow, b.LastRow), LastCol: max(a.LastCol, b.LastCol),
	}}
}

func (e *Engine) sign(x *sign) operand {
	of := e.eval(x.of)
	if x.op == '+' {
		return of
	}
	if x.op == '@' {
		return scalar(e.single(of))
	}
	apply := func(v []Value) Value {
		f, bad := e.number(v[0])
		switch {
		case bad != "":
			return failure(bad)
		case x.op == '%':
			return number(f / 100)
		}
		return number(-f)
	}
	if e.array && of.many() {
		return e.spread([]operand{of}, apply)
	}
	return scalar(apply([]Value{e.single(of)}))
}

func (e *Engine) operate(o op, l, r operand) operand {
	if e.array && (l.many() || r.many()) {
		return e.spread([]operand{l, r}, func(v []Value) Value { return e.binary(o, v[0], v[1]) })
	}
	return scalar(e.binary(o, e.single(l), e.single(r)))
}

func (e *Engine) binary(o op, a, b Value) Value {
	switch {
	case a.isError():
		return a
	case b.isError():
		return b
	case o == opConcat:
		return e.joined(a.string(), b.string())
	case o >= opEQ:
		return truth(holds(o, e.compare(a, b)))
	}
	x, bad := e.number(a)
	if bad != "" {
		return failure(bad)
	}
	y, bad := e.number(b)
	if bad != "" {
		return failure(bad)
	}
	switch o {
	case opAdd:
		return number(sum(x, y))
	case opSub:
		return number(sum(x, -y))
	case opMul:
		return number(x * y)
	case opDiv:
		if y == 0 {
			return failure(errDiv)
		}
		return number(x / y)
	}
	return power(x, y)
}

// compare is compare at the cost of its work.
func (e *Engine) compare(a, b Value) int {
	if a.Kind == Text && b.Kind == Text {
		e.step(min(len(a.Str), len(b.Str)) / 8)
	}
	return compare(a, b)
}

func power(x, y float64) Value {
	if x == 0 && y == 0 {
		return failure(errNum)
	}
	if x == 0 && y < 0 {
		return failure(errDiv)
	}
	return number(math.Pow(x, y))
}

// holds says whether a comparison is true of two values in that order.
func holds(o op, order int) bool {
	switch o {
	case opEQ:
		return order == 0
	case opNE:
		return order != 0
	case opLT:
		return order < 0
	case opLE:
		return order <= 0
	case opGT:
		return order > 0
	}
	return order >= 0
}

// joined is a text made of several, which costs work by its length.
func (e *Engine) joined(parts ...string) Value {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	if n > 4*maxText || !e.step(textCost*n) {
		return failure(errValue)
	}
	return text(strings.Join(parts, ""))
}
