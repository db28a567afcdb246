package formula

import (
	"math"
	"strconv"
	"strings"
)

// Kind is the type of a value.
type Kind uint8

// The kinds of value. Blank is a cell without content; Waiting is no value but
// a cell with a formula that has not been calculated.
const (
	Blank Kind = iota
	Number
	Text
	Bool
	Error
	Waiting
)

// Value is what a cell or a part of a formula holds: a number (dates are serial
// days of the 1900 system), a text, a truth value (Num 1 or 0), or an error
// with its name ("#N/A") as Str.
type Value struct {
	Kind Kind
	Num  float64
	Str  string
}

// The errors that formulas give.
const (
	errNull  = "#NULL!"
	errDiv   = "#DIV/0!"
	errValue = "#VALUE!"
	errRef   = "#REF!"
	errName  = "#NAME?"
	errNum   = "#NUM!"
	errNA    = "#N/A"
)

// errorNames lists them in the order of their numbers (ERROR.TYPE).
var errorNames = []string{errNull, errDiv, errValue, errRef, errName, errNum, errNA}

// maxText is the longest text that a cell holds, in characters.
const maxText = 32767

func number(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return failure(errNum)
	}
	return Value{Kind: Number, Num: f + 0} // -0 is 0
}

func text(s string) Value {
	if len(s) > maxText && len([]rune(s)) > maxText {
		return failure(errValue)
	}
	return Value{Kind: Text, Str: s}
}

func truth(b bool) Value {
	if b {
		return Value{Kind: Bool, Num: 1}
	}
	return Value{Kind: Bool}
}

func failure(name string) Value { return Value{Kind: Error, Str: name} }

func (v Value) isError() bool { return v.Kind == Error }

// string is the value as a text, for & and for functions of text.
func (v Value) string() string {
	switch v.Kind {
	case Number:
		return general(v.Num)
	case Bool:
		if v.Num != 0 {
			return "TRUE"
		}
		return "FALSE"
	}
	return v.Str
}

// general shows a number in the 15 digits that Excel works with, without an
// exponent as far as Excel goes without one.
func general(f float64) string {
	if f == 0 {
		return "0"
	}
	f = digits15(f)
	if a := math.Abs(f); a >= 1e21 || a < 1e-9 {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
		return mantissa + "E" + exponent
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// digits15 is the number in the 15 digits that Excel keeps.
func digits15(f float64) float64 {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return f
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		return f
	}
	return short
}

// near says whether two numbers are the same in 15 digits.
func near(a, b float64) bool {
	return a == b || math.Abs(a-b) < 1e-14*math.Abs(a) && digits15(a) == digits15(b)
}

// sum adds; what is left of two numbers that cancel out in all digits that
// count is nothing.
func sum(a, b float64) float64 {
	s := a + b
	if s != 0 && math.Abs(s) < math.Abs(a)*0x1p-48 {
		return 0
	}
	return s
}

// compare orders two values as Excel does: numbers before texts before truth
// values, texts without regard to case. A blank is what the other one makes it.
func compare(a, b Value) int {
	a, b = likeOther(a, b), likeOther(b, a)
	if a.Kind != b.Kind {
		return int(a.Kind) - int(b.Kind)
	}
	switch a.Kind {
	case Text:
		return compareText(a.Str, b.Str)
	case Blank:
		return 0
	}
	switch {
	case near(a.Num, b.Num):
		return 0
	case a.Num < b.Num:
		return -1
	}
	return 1
}

func compareText(a, b string) int {
	if strings.EqualFold(a, b) {
		return 0
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

func likeOther(v, other Value) Value {
	if v.Kind == Blank {
		return Value{Kind: other.Kind}
	}
	return v
}
