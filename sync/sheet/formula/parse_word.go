package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word reads what begins with a letter or a digit: a number, a reference, a
// function, a truth value, a name.
func (p *parser) word() expr {
	c := p.s[p.i]
	w := p.scan()
	switch {
	case p.next('!') && w != "":
		p.i++
		return p.afterSheet(w)
	case (isDigit(c) || c == '.') && !p.isRows(w):
		p.i -= len(w)
		return p.numeral()
	case w == "":
		return p.fault("an unknown mark")
	case p.next('('):
		return p.call(w)
	}
	if x := p.reference("", w); x != nil {
		return x
	}
	switch {
	case strings.EqualFold(w, "TRUE"), strings.EqualFold(w, "FALSE"):
		return &literal{truth(strings.EqualFold(w, "TRUE"))}
	case p.next('['): // a column of a table
		return p.fault("a reference to a table")
	}
	return &nameExpr{w}
}

func (p *parser) next(c byte) bool { return p.i < len(p.s) && p.s[p.i] == c }

// isRows tells "5:7" from a number.
func (p *parser) isRows(w string) bool {
	_, ok := partA1(w, p.base)
	return ok && p.syntax == A1 && p.next(':')
}

// scan takes the letters, digits and marks that make up a word. The brackets
// of R[-1]C[2] belong to it.
func (p *parser) scan() string {
	start := p.i
	for p.i < len(p.s) {
		c := p.s[p.i]
		switch {
		case isLetter(c), isDigit(c), c == '_', c == '.', c == '$', c == '\\', c == '?':
			p.i++
			continue
		case c == '[' && p.syntax == R1C1 && p.i > start && strings.IndexByte("rRcC", p.s[p.i-1]) >= 0:
			if end := strings.IndexByte(p.s[p.i:], ']'); end > 0 {
				p.i += end + 1
				continue
			}
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(p.s[p.i:])
			if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
				p.i += n
				continue
			}
		}
		break
	}
	return p.s[start:p.i]
}

// onSheet reads a reference whose sheet stands between apostrophes.
func (p *parser) onSheet() expr {
	name, ok := p.upTo('\'')
	if !ok || !p.next('!') {
		return p.fault("no reference to a sheet")
	}
	p.i++
	return p.afterSheet(name)
}

// afterSheet reads the cells of a reference to another sheet.
func (p *parser) afterSheet(sheet string) expr {
	if strings.ContainsAny(sheet, "[]:") { // of another workbook, or of several sheets
		return p.fault("a reference to another workbook or several sheets")
	}
	if p.next('#') {
		return p.failure()
	}
	if x := p.reference(sheet, p.scan()); x != nil {
		return x
	}
	return p.fault("no reference behind a sheet's name")
}

// reference makes a reference of the word and of what follows it; nil where the
// word is none.
func (p *parser) reference(sheet, w string) expr {
	from, ok := p.part(w)
	if !ok {
		return nil
	}
	to, mark := from, p.i
	if p.next(':') {
		p.i++
		to, ok = p.part(p.scan())
		switch {
		case p.next('!'):
			return p.fault("a reference to several sheets")
		case !ok || p.next('('):
			p.i, to = mark, from // A1:INDEX(…)
		}
	}
	if p.i == mark && !(from.hasRow && from.hasCol) && p.syntax == A1 {
		return nil // a single letter or number is no column or row
	}
	r, ok := join(sheet, from, to)
	if !ok {
		return nil
	}
	return &refExpr{r}
}

func (p *parser) part(w string) (part, bool) {
	switch p.syntax {
	case R1C1:
		return partR1C1(w)
	case A1:
		return partA1(w, p.base)
	}
	return part{}, false
}

// bracketed reads a reference of an OpenFormula: [.A1], [.A1:.B2],
// [$'Trang 2'.A1:.B2].
func (p *parser) bracketed() expr {
	p.i++
	sheet, from, ok := p.dotted()
	to := from
	if ok && p.accept(':') {
		var other string
		other, to, ok = p.dotted()
		ok = ok && (other == "" || strings.EqualFold(other, sheet))
	}
	if !ok || !p.accept(']') {
		end := strings.IndexByte(p.s[p.i:], ']')
		if end >= 0 && strings.Contains(p.s[p.i:p.i+end], errRef) {
			p.i += end + 1
			return &literal{failure(errRef)}
		}
		return p.fault("no reference in brackets")
	}
	r, ok := join(sheet, from, to)
	if !ok {
		return p.fault("no reference in brackets")
	}
	return &refExpr{r}
}

// dotted reads the sheet, if any, and the place behind its dot.
func (p *parser) dotted() (sheet string, at part, ok bool) {
	start := p.i
	if p.next('$') {
		p.i++
	}
	if p.next('\'') {
		if sheet, ok = p.upTo('\''); !ok {
			return "", part{}, false
		}
	} else {
		for p.i < len(p.s) && strings.IndexByte(".:]", p.s[p.i]) < 0 {
			p.i++
		}
		sheet = strings.TrimPrefix(p.s[start:p.i], "$")
	}
	if !p.next('.') || strings.Contains(sheet, "#") {
		p.i = start
		return "", part{}, false
	}
	p.i++
	start = p.i
	for p.i < len(p.s) && (p.s[p.i] == '$' || isLetter(p.s[p.i]) || isDigit(p.s[p.i])) {
		p.i++
	}
	at, ok = partA1(p.s[start:p.i], p.base)
	return sheet, at, ok
}

// call reads a function and its arguments.
func (p *parser) call(name string) expr {
	p.i++ // the bracket
	defer p.deeper()()
	fn := p.known.find(name)
	if fn == nil {
		p.fault("unknown function")
		p.err = unknownFunction(name)
		return missing{}
	}
	separator := byte(',')
	if p.syntax == OpenFormula {
		separator = ';'
	}
	var args []expr
	for !p.accept(')') {
		if len(args) > 0 && !p.accept(separator) {
			return p.fault("no end of the arguments")
		}
		if c := p.peek(); c == separator || c == ')' {
			args = append(args, missing{})
			if c == separator {
				continue
			}
			p.i++
			break
		}
		args = append(args, p.expression(0))
		if p.err != nil {
			return missing{}
		}
	}
	return p.checked(fn, args)
}

func (p *parser) checked(fn *function, args []expr) expr {
	if len(args) < fn.least || fn.most >= 0 && len(args) > fn.most {
		return p.fault(fn.name + ": a wrong number of arguments")
	}
	return &callExpr{fn, args}
}
