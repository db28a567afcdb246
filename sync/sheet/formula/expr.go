package formula

// expr is a part of a formula.
type expr interface{}

type (
	// literal is a value that is written in the formula.
	literal struct{ v Value }
	// missing is an argument that was left out between two separators.
	missing struct{}
	// constant is an array that is written in the formula.
	constant struct{ array *array }
	// refExpr is a reference to cells.
	refExpr struct{ ref *reference }
	// nameExpr is a name that the workbook defines.
	nameExpr struct{ name string }
	// rangeExpr spans two references that are calculated: A1:INDEX(…).
	rangeExpr struct{ from, to expr }
	// sign is a sign before, or a percent mark behind.
	sign struct {
		op byte // - + % @
		of expr
	}
	// chain is a row of operations of one precedence, done from left to right.
	// It is kept flat, so that a long sum is no deep tree.
	chain struct {
		first expr
		rest  []link
	}
	link struct {
		op op
		of expr
	}
	// callExpr is a function with its arguments.
	callExpr struct {
		fn   *function
		args []expr
	}
)

// op is an operator between two values.
type op uint8

const (
	opAdd op = iota
	opSub
	opMul
	opDiv
	opPow
	opConcat
	opEQ
	opNE
	opLT
	opLE
	opGT
	opGE
)

// precedence is how tightly an operator binds.
func (o op) precedence() int {
	switch o {
	case opPow:
		return 4
	case opMul, opDiv:
		return 3
	case opAdd, opSub:
		return 2
	case opConcat:
		return 1
	}
	return 0
}

// combine joins two parts by an operator.
func combine(o op, l, r expr) expr {
	if c, ok := l.(*chain); ok && c.rest[0].op.precedence() == o.precedence() {
		c.rest = append(c.rest, link{o, r})
		return c
	}
	return &chain{first: l, rest: []link{{o, r}}}
}
