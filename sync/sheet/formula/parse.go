package formula

import (
	"fmt"
	"strconv"
	"strings"
)

// Syntax is how a formula is written.
type Syntax uint8

// The ways in which files write formulas.
const (
	A1          Syntax = iota // SUM(A1:B2,'Trang 2'!C3), of xlsx (ECMA-376 part 1, 18.17)
	R1C1                      // SUM(R1C1:R[-1]C), of XML spreadsheets
	OpenFormula               // SUM([.A1:.B2];[$'Trang 2'.C3]), of OpenDocument (ODF 1.3 part 4)
)

const (
	// maxLength bounds a formula: Excel takes 8,192 characters.
	maxLength = 32 << 10
	// maxNesting bounds how deep its parts stand within one another: Excel
	// takes 64 functions, and brackets between them.
	maxNesting = 200
)

// parser reads a formula by recursive descent. The first fault stops it.
type parser struct {
	syntax Syntax
	base   Address
	known  functions
	s      string
	i      int
	depth  int
	err    error
}

func parse(s string, syntax Syntax, base Address, known functions) (expr, error) {
	if len(s) > maxLength {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrSyntax, maxLength)
	}
	s = strings.TrimSpace(s)
	if syntax == OpenFormula {
		prefix, rest, ok := strings.Cut(s, ":=")
		switch {
		case ok && (prefix == "of" || prefix == "oooc"):
			s = rest
		case ok && prefix == "msoxl":
			s, syntax = rest, A1
		}
	}
	p := &parser{syntax: syntax, base: base, known: known, s: strings.TrimPrefix(s, "=")}
	x := p.expression(0)
	if p.err == nil && p.i < len(p.s) {
		p.fault("something follows")
	}
	return x, p.err
}

func (p *parser) fault(what string) expr {
	if p.err == nil {
		p.err = fmt.Errorf("%w at %d: %s", ErrSyntax, p.i, what)
	}
	p.i = len(p.s)
	return missing{}
}

// space passes over white space.
func (p *parser) space() {
	for p.i < len(p.s) && strings.IndexByte(" \t\r\n", p.s[p.i]) >= 0 {
		p.i++
	}
}

// peek is the next byte that is not white space, 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.i == len(p.s) {
		return 0
	}
	return p.s[p.i]
}

func (p *parser) accept(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.i++
	return true
}

// deeper counts the nesting; the function that it gives ends it.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxNesting {
		p.fault("nested too deeply")
	}
	return func() { p.depth-- }
}

// operators lists the marks of the operators, longer ones first.
var operators = []struct {
	mark string
	op   op
}{
	{"<=", opLE},
	{">=", opGE},
	{"<>", opNE},
	{"=", opEQ},
	{"<", opLT},
	{">", opGT},
	{"&", opConcat},
	{"+", opAdd},
	{"-", opSub},
	{"*", opMul},
	{"/", opDiv},
	{"^", opPow},
}

// expression reads operations that bind at least so tightly.
func (p *parser) expression(precedence int) expr {
	defer p.deeper()()
	left := p.prefixed()
	for p.err == nil {
		p.space()
		found := -1
		for i, o := range operators {
			if strings.HasPrefix(p.s[p.i:], o.mark) {
				found = i
				break
			}
		}
		if found < 0 || operators[found].op.precedence() < precedence {
			break
		}
		o := operators[found]
		p.i += len(o.mark)
		left = combine(o.op, left, p.expression(o.op.precedence()+1))
	}
	return left
}

// prefixed reads a value with its signs, which bind more tightly than any
// operator: -2^2 is 4.
func (p *parser) prefixed() expr {
	switch c := p.peek(); c {
	case '-', '+', '@':
		p.i++
		defer p.deeper()()
		return &sign{op: c, of: p.prefixed()}
	}
	x := p.primary()
	for p.err == nil {
		switch {
		case p.accept('%'):
			x = &sign{op: '%', of: x}
			defer p.deeper()()
		case p.peek() == ':':
			p.i++
			defer p.deeper()()
			x = &rangeExpr{x, p.primary()}
		default:
			return x
		}
	}
	return x
}

func (p *parser) primary() expr {
	switch c := p.peek(); {
	case c == 0:
		return p.fault("it ends")
	case c == '(':
		p.i++
		x := p.expression(0)
		if !p.accept(')') {
			return p.fault("no closing bracket")
		}
		return x
	case c == '"':
		return p.quoted()
	case c == '{':
		return p.constant()
	case c == '#':
		return p.failure()
	case c == '[' && p.syntax == OpenFormula:
		return p.bracketed()
	case c == '\'' && p.syntax != OpenFormula:
		return p.onSheet()
	}
	return p.word()
}

// quoted reads a text; a quotation mark in it is doubled.
func (p *parser) quoted() expr {
	s, ok := p.upTo('"')
	if !ok {
		return p.fault("no closing quotation mark")
	}
	return &literal{text(s)}
}

// upTo reads what stands between two marks, the second of which is doubled
// where it stands for itself.
func (p *parser) upTo(mark byte) (string, bool) {
	var b strings.Builder
	for p.i++; p.i < len(p.s); p.i++ {
		if p.s[p.i] == mark {
			if p.i+1 == len(p.s) || p.s[p.i+1] != mark {
				p.i++
				return b.String(), true
			}
			p.i++
		}
		b.WriteByte(p.s[p.i])
	}
	return "", false
}

func (p *parser) failure() expr {
	for _, name := range errorNames {
		if len(p.s)-p.i >= len(name) && strings.EqualFold(p.s[p.i:p.i+len(name)], name) {
			p.i += len(name)
			return &literal{failure(name)}
		}
	}
	return p.fault("an unknown error")
}

// constant reads an array: columns by commas and rows by semicolons, in an
// OpenFormula by semicolons and bars.
func (p *parser) constant() expr {
	colMark, rowMark := byte(','), byte(';')
	if p.syntax == OpenFormula {
		colMark, rowMark = ';', '|'
	}
	p.i++
	a := &array{rows: 1}
	width := 0
	for {
		v, ok := p.element()
		if !ok {
			return p.fault("no constant")
		}
		a.cells = append(a.cells, v)
		width++
		if p.accept(colMark) {
			continue
		}
		if a.cols == 0 {
			a.cols = width
		}
		if width != a.cols {
			return p.fault("rows of an array that differ in length")
		}
		width = 0
		switch {
		case p.accept(rowMark):
			a.rows++
		case p.accept('}'):
			return &constant{a}
		default:
			return p.fault("no end of the array")
		}
	}
}

func (p *parser) element() (Value, bool) {
	negative := p.accept('-')
	p.space()
	x := p.primary()
	l, ok := x.(*literal)
	if !ok || p.err != nil {
		return Value{}, false
	}
	if negative {
		l.v.Num = -l.v.Num
	}
	return l.v, true
}

// numeral reads a number; the caller has seen that one begins here.
func (p *parser) numeral() expr {
	start := p.i
	digits := func() {
		for p.i < len(p.s) && isDigit(p.s[p.i]) {
			p.i++
		}
	}
	digits()
	if p.i < len(p.s) && p.s[p.i] == '.' {
		p.i++
		digits()
	}
	if mark := p.i; p.i < len(p.s) && p.s[p.i]|0x20 == 'e' {
		p.i++
		if p.i < len(p.s) && (p.s[p.i] == '+' || p.s[p.i] == '-') {
			p.i++
		}
		if p.i == len(p.s) || !isDigit(p.s[p.i]) {
			p.i = mark
		}
		digits()
	}
	f, err := strconv.ParseFloat(p.s[start:p.i], 64)
	if err != nil {
		return p.fault("no number")
	}
	return &literal{number(f)}
}
