package formula

import "strings"

// criterion is what COUNTIF and its kin ask of a cell.
type criterion struct {
	e    *Engine
	op   op
	v    Value
	like []rune // a pattern with wildcards
}

// criterion reads ">=5", "<>x", "Nguyễn*", or a value that the cell must equal.
func (e *Engine) criterion(v Value) *criterion {
	c := &criterion{e: e, op: opEQ, v: v}
	if v.Kind == Blank {
		c.v = number(0)
	}
	if v.Kind != Text {
		return c
	}
	s, marked := v.Str, false
	for _, o := range operators[:6] { // the comparisons
		if strings.HasPrefix(s, o.mark) {
			c.op, s, marked = o.op, s[len(o.mark):], true
			break
		}
	}
	c.v = textValue(e, s)
	if marked && s == "" {
		c.v = Value{} // = or <> alone ask for cells without content
	}
	if c.v.Kind == Text && (c.op == opEQ || c.op == opNE) && strings.ContainsAny(s, "*?~") {
		c.like = pattern(s)
	}
	return c
}

// textValue is the value that a text stands for when it is typed into a cell.
func textValue(e *Engine, s string) Value {
	if f, ok := e.parse(s); ok {
		return number(f)
	}
	for _, name := range errorNames {
		if strings.EqualFold(s, name) {
			return failure(name)
		}
	}
	if strings.EqualFold(s, "TRUE") || strings.EqualFold(s, "FALSE") {
		return truth(strings.EqualFold(s, "TRUE"))
	}
	return text(s)
}

// takes says whether a cell is what is asked for.
func (c *criterion) takes(v Value) bool {
	if c.op == opEQ || c.op == opNE {
		return c.equals(v) == (c.op == opEQ)
	}
	if v.Kind != c.v.Kind { // order is asked for among values of one kind
		return false
	}
	return holds(c.op, c.e.compare(v, c.v))
}

func (c *criterion) equals(v Value) bool {
	switch {
	case c.v.Kind == Blank:
		return v.Kind == Blank
	case c.like != nil:
		return v.Kind == Text && c.e.matches(c.like, v.Str)
	case c.v.Kind == Text && c.v.Str == "":
		return v.Kind == Blank || v.Kind == Text && v.Str == ""
	case c.v.Kind == Number && v.Kind == Text:
		f, ok := plainNumber(strings.TrimSpace(v.Str)) // 012 as a text is the number 12
		return ok && near(f, c.v.Num)
	case v.Kind == Error && c.v.Kind == Error:
		return v.Str == c.v.Str
	}
	return v.Kind == c.v.Kind && c.e.compare(v, c.v) == 0
}

// The wildcards of a pattern, as no text holds them.
const (
	anyText rune = -1 // *
	anyRune rune = -2 // ?
)

// pattern reads a text with wildcards; ~ takes the next mark as it is.
func pattern(s string) []rune {
	var p []rune
	literal := false
	for _, r := range strings.ToLower(s) {
		switch {
		case literal:
			literal = false
		case r == '~':
			literal = true
			continue
		case r == '*':
			r = anyText
		case r == '?':
			r = anyRune
		}
		p = append(p, r)
	}
	return p
}

// matches says whether all of the text fits the pattern.
func (e *Engine) matches(p []rune, s string) bool {
	e.step(len(s) / 2)
	t := []rune(strings.ToLower(s))
	star, mark := -1, 0 // where to go on when what follows does not fit
	i, j := 0, 0
	for i < len(t) {
		if !e.step(1) {
			return false
		}
		switch {
		case j < len(p) && p[j] == anyText:
			star, mark = j, i
			j++
		case j < len(p) && (p[j] == anyRune || p[j] == t[i]):
			i++
			j++
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == anyText {
		j++
	}
	return j == len(p)
}

func conditionalFunctions() []function {
	return []function{
		whole("COUNTIF", 2, 2, func(c *call) Value { return c.conditional(0, nil, aggCountA) }),
		whole("COUNTIFS", 2, -1, func(c *call) Value { return c.conditional(0, nil, aggCountA) }),
		whole("SUMIF", 2, 3, func(c *call) Value { return c.conditionalOne(aggSum) }),
		whole("SUMIFS", 3, -1, func(c *call) Value { return c.conditional(1, c.args[0], aggSum) }),
		whole("AVERAGEIF", 2, 3, func(c *call) Value { return c.conditionalOne(aggAverage) }),
		whole("AVERAGEIFS", 3, -1, func(c *call) Value { return c.conditional(1, c.args[0], aggAverage) }),
		whole("MAXIFS", 3, -1, func(c *call) Value { return c.conditional(1, c.args[0], aggMax) }),
		whole("MINIFS", 3, -1, func(c *call) Value { return c.conditional(1, c.args[0], aggMin) }),
	}
}

// conditionalOne is SUMIF(area, criterion, [values]).
func (c *call) conditionalOne(result func(*aggregator) Value) Value {
	values := c.args[0]
	if c.given(2) {
		values = c.args[2]
	}
	c.args = c.args[:2]
	return c.conditional(0, values, result)
}

// conditional applies a function to the values at the places where all pairs of
// area and criterion from that argument on agree; without values they are
// counted.
func (c *call) conditional(first int, values expr, result func(*aggregator) Value) Value {
	if (len(c.args)-first)%2 != 0 {
		c.e.fail(ErrSyntax)
		return Value{}
	}
	var areas []Area
	var asked []*criterion
	for i := first; i < len(c.args); i += 2 {
		area, ok := c.area(i)
		if !ok {
			return Value{}
		}
		areas = append(areas, c.e.used(area))
		asked = append(asked, c.e.criterion(c.raw(i+1)))
		if areas[0].rows() != areas[len(areas)-1].rows() || areas[0].cols() != areas[len(areas)-1].cols() {
			return failure(errValue)
		}
	}
	a := newAggregator()
	take := func(int, int) { a.filled++ }
	if values != nil {
		o := c.e.eval(values)
		if o.area == nil {
			return failure(errValue)
		}
		from := o.area.first()
		take = func(row, col int) { a.add(c.e.cell(Address{from.Sheet, from.Row + row, from.Col + col})) }
	}
	c.agreeing(areas, asked, take)
	v := result(a)
	if a.bad != "" {
		return failure(a.bad)
	}
	return v
}

// agreeing visits the places, counted from the areas' first cells, at which all
// criteria are met. Where none of the criteria takes a blank, only the cells
// with content need be asked.
func (c *call) agreeing(areas []Area, asked []*criterion, visit func(row, col int)) {
	rest := func(row, col, from int) bool {
		for i := from; i < len(areas); i++ {
			a := areas[i].first()
			if !asked[i].takes(c.e.cell(Address{a.Sheet, a.Row + row, a.Col + col})) {
				return false
			}
		}
		return true
	}
	a := areas[0]
	if !asked[0].takes(Value{}) {
		c.e.each(a, func(row, col int, v Value) bool {
			if row, col = row-a.FirstRow, col-a.FirstCol; asked[0].takes(v) && rest(row, col, 1) {
				visit(row, col)
			}
			return true
		})
		return
	}
	for row := range a.rows() {
		for col := range a.cols() {
			if !c.e.step(1) {
				return
			}
			if rest(row, col, 0) {
				visit(row, col)
			}
		}
	}
}
