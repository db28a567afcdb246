package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func textFunctions() []function {
	return []function{
		each("LEN", 1, 1, func(c *call) Value { return number(float64(length(c.text(0)))) }),
		each("LEFT", 1, 2, func(c *call) Value { return c.cut(0, c.integerOr(1, 1)) }),
		each("RIGHT", 1, 2, right),
		each("MID", 3, 3, func(c *call) Value { return c.cut(c.integer(1)-1, c.integer(2)) }),
		each("TRIM", 1, 1, func(c *call) Value { return text(trimmed(c.text(0))) }),
		each("CLEAN", 1, 1, func(c *call) Value { return text(strings.Map(printable, c.text(0))) }),
		each("UPPER", 1, 1, func(c *call) Value { return text(strings.ToUpper(c.text(0))) }),
		each("LOWER", 1, 1, func(c *call) Value { return text(strings.ToLower(c.text(0))) }),
		each("PROPER", 1, 1, func(c *call) Value { return text(proper(c.text(0))) }),
		each("REPT", 2, 2, repeated),
		each("CHAR", 1, 1, char),
		each("UNICHAR", 1, 1, uniChar),
		each("CODE", 1, 1, code),
		each("UNICODE", 1, 1, uniCode),
		each("VALUE", 1, 1, func(c *call) Value { return number(c.number(0)) }),
		each("NUMBERVALUE", 1, 1, func(c *call) Value { return number(c.number(0)) }),
		each("TEXT", 2, 2, func(c *call) Value { return c.e.formatted(c.value(0), c.text(1)) }),
		whole("CONCATENATE", 1, -1, func(c *call) Value { return concat(c, 0, "", false) }),
		whole("CONCAT", 1, -1, func(c *call) Value { return concat(c, 0, "", false) }),
		whole("TEXTJOIN", 3, -1, func(c *call) Value { return concat(c, 2, c.text(0), c.truthOr(1, true)) }),
		each("HYPERLINK", 1, 2, func(c *call) Value {
			if c.given(1) {
				return c.value(1)
			}
			return c.value(0)
		}),
	}
}

// length is that of a text in the units of Excel, UTF-16.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, units(r))
	}
	return n
}

func units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// cut is so many characters of the first argument.
func (c *call) cut(from, count int) Value {
	s := c.text(0)
	if from < 0 || count < 0 {
		return failure(errValue)
	}
	return text(substring(s, from, count))
}

func substring(s string, from, count int) string {
	start, end, at := len(s), len(s), 0
	for i, r := range s {
		if at >= from && start == len(s) {
			start = i
		}
		if at >= from+count {
			end = i
			break
		}
		at += units(r)
	}
	return s[min(start, end):end]
}

func right(c *call) Value {
	n := c.integerOr(1, 1)
	if n < 0 {
		return failure(errValue)
	}
	return c.cut(max(0, length(c.text(0))-n), n)
}

// trimmed has no blanks at its ends and single ones within. Only the blank
// itself is one, the no-break space is not.
func trimmed(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' })
	return strings.Join(parts, " ")
}

func printable(r rune) rune {
	if r < ' ' {
		return -1
	}
	return r
}

// proper begins each run of letters with a capital.
func proper(s string) string {
	after := false
	return strings.Map(func(r rune) rune {
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		switch {
		case letter && after:
			r = unicode.ToLower(r)
		case letter:
			r = unicode.ToUpper(r)
		}
		after = letter
		return r
	}, s)
}

func repeated(c *call) Value {
	s, n := c.text(0), c.integer(1)
	if n < 0 || len(s)*n > 4*maxText {
		return failure(errValue)
	}
	return text(strings.Repeat(s, n))
}

// char is a character of the computer's code page, of which every Vietnamese
// one has ASCII in common.
func char(c *call) Value {
	n := c.integer(0)
	switch {
	case n < 1 || n > 255:
		return failure(errValue)
	case n > 126:
		c.e.fail(ErrSettings)
	}
	return text(string(rune(n)))
}

func uniChar(c *call) Value {
	n := c.integer(0)
	if n < 1 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return failure(errValue)
	}
	return text(string(rune(n)))
}

func code(c *call) Value {
	r, _ := utf8.DecodeRuneInString(c.text(0))
	if r >= utf8.RuneSelf && c.text(0) != "" {
		c.e.fail(ErrSettings)
	}
	return uniCode(c)
}

func uniCode(c *call) Value {
	s := c.text(0)
	if s == "" {
		return failure(errValue)
	}
	r, _ := utf8.DecodeRuneInString(s)
	return number(float64(r))
}

// concat joins the values of all arguments from the first on.
func concat(c *call, first int, separator string, skipBlank bool) Value {
	var parts []string
	size := 0
	next := func(v Value) bool {
		if v.isError() {
			c.fail(v.Str)
			return false
		}
		s := v.string()
		if s == "" && skipBlank {
			return true
		}
		if len(parts) > 0 && separator != "" {
			parts = append(parts, separator)
		}
		parts = append(parts, s)
		size += len(s) + len(separator)
		return size <= 4*maxText
	}
	for i := first; i < len(c.args); i++ {
		o := c.operand(i)
		if o.area != nil && (skipBlank || separator == "") {
			c.e.each(*o.area, func(_, _ int, v Value) bool { return next(v) })
			continue
		}
		for _, v := range c.e.table(o).cells {
			if !next(v) {
				break
			}
		}
	}
	return c.e.joined(parts...)
}

func searchFunctions() []function {
	return []function{
		each("FIND", 2, 3, find),
		each("SEARCH", 2, 3, search),
		each("SUBSTITUTE", 3, 4, substitute),
		each("REPLACE", 4, 4, replace),
		each("EXACT", 2, 2, func(c *call) Value { return truth(c.text(0) == c.text(1)) }),
	}
}

// find is the place of a text within another, from 1.
func find(c *call) Value {
	what, in, from := c.text(0), c.text(1), c.integerOr(2, 1)
	if from < 1 || from > length(in)+1 || !c.e.step(len(in)/8) {
		return failure(errValue)
	}
	start := len(in) - len(substring(in, from-1, len(in)))
	i := strings.Index(in[start:], what)
	if i < 0 {
		return failure(errValue)
	}
	return number(float64(length(in[:start+i]) + 1))
}

// search is find without regard to case and with wildcards.
func search(c *call) Value {
	what, in, from := c.text(0), c.text(1), c.integerOr(2, 1)
	if from < 1 || from > length(in)+1 {
		return failure(errValue)
	}
	p := append(pattern(what), anyText)
	rest := substring(in, from-1, len(in))
	at := from
	for i, r := range rest {
		if !c.e.step(len(rest)/16 + 1) {
			break
		}
		if c.e.matches(p, rest[i:]) {
			return number(float64(at))
		}
		at += units(r)
	}
	if what == "" {
		return number(float64(from))
	}
	return failure(errValue)
}

func substitute(c *call) Value {
	s, old, with := c.text(0), c.text(1), c.text(2)
	if old == "" || !c.e.step(len(s)/8) {
		return text(s)
	}
	if len(c.args) < 4 {
		if n := strings.Count(s, old); len(s)+n*len(with) > 4*maxText {
			return failure(errValue)
		}
		return text(strings.ReplaceAll(s, old, with))
	}
	which := c.integer(3)
	if which < 1 {
		return failure(errValue)
	}
	at := 0
	for n := 1; ; n++ {
		i := strings.Index(s[at:], old)
		if i < 0 {
			return text(s)
		}
		if at += i; n == which {
			return c.e.joined(s[:at], with, s[at+len(old):])
		}
		at += len(old)
	}
}

func replace(c *call) Value {
	s, from, count, with := c.text(0), c.integer(1), c.integer(2), c.text(3)
	if from < 1 || count < 0 {
		return failure(errValue)
	}
	return c.e.joined(substring(s, 0, from-1), with, substring(s, from-1+count, len(s)))
}
