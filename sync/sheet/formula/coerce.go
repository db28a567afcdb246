package formula

import (
	"strconv"
	"strings"
)

// number is the number that a value stands for, as arithmetic takes it; an
// error's name where it is none.
func (e *Engine) number(v Value) (float64, string) {
	switch v.Kind {
	case Blank, Number, Bool:
		return v.Num, ""
	case Error:
		return 0, v.Str
	}
	f, ok := e.parse(v.Str)
	if !ok {
		return 0, errValue
	}
	return f, ""
}

// truth is the truth value that a value stands for.
func (e *Engine) truth(v Value) (bool, string) {
	switch v.Kind {
	case Error:
		return false, v.Str
	case Text:
		switch {
		case strings.EqualFold(v.Str, "TRUE"):
			return true, ""
		case strings.EqualFold(v.Str, "FALSE"):
			return false, ""
		}
		return false, errValue
	}
	return v.Num != 0, ""
}

// parse reads a number or a date that is written as a text. Where a point or a
// comma stands in a number, the settings of the computer say what it is, and
// nothing is calculated.
func (e *Engine) parse(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 64 {
		return 0, false
	}
	if f, ok := plainNumber(s); ok {
		return f, true
	}
	if f, ok := textDate(s); ok {
		return f, true
	}
	if strings.Trim(s, "+-0123456789.,eE%") == "" && strings.ContainsAny(s, "0123456789") {
		e.fail(ErrSettings)
	}
	return 0, false
}

// plainNumber reads a number that is the same in every language.
func plainNumber(s string) (float64, bool) {
	digits, percent := strings.CutSuffix(s, "%")
	for i, c := range []byte(digits) {
		switch {
		case '0' <= c && c <= '9':
		case (c == '+' || c == '-') && (i == 0 || digits[i-1]|0x20 == 'e'):
		case c|0x20 == 'e' && i > 0:
		default:
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(digits, 64)
	if percent {
		f /= 100
	}
	return f, err == nil
}

// textDate reads a date as a Vietnamese computer does, the day first, or as ISO
// 8601 has it, and a time of day.
func textDate(s string) (float64, bool) {
	day, clock, both := strings.Cut(s, " ")
	if !both && strings.Contains(s, ":") {
		return textClock(s)
	}
	serial, ok := textDay(day)
	if !ok || !both {
		return serial, ok
	}
	part, ok := textClock(strings.TrimSpace(clock))
	return serial + part, ok
}

func textDay(s string) (float64, bool) {
	separator := "/"
	if strings.Contains(s, "-") {
		separator = "-"
	}
	parts := strings.Split(s, separator)
	if len(parts) != 3 {
		return 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 || p[0] == '+' || p[0] == '-' {
			return 0, false
		}
		n[i] = v
	}
	d, m, y := n[0], n[1], n[2]
	if len(parts[0]) == 4 {
		d, y = y, d
	} else if len(parts[2]) == 2 {
		y = century(y)
	}
	if y < 1900 || y > 9999 || m < 1 || m > 12 || d < 1 || d > daysOf(y, m) {
		return 0, false
	}
	return serialOf(y, m, d), true
}

// century is the year that two digits stand for: 1930 to 2029, as Excel has it.
func century(y int) int {
	if y < 30 {
		return 2000 + y
	}
	return 1900 + y
}

func textClock(s string) (float64, bool) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	seconds := 0
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || len(p) > 4 || i > 0 && v > 59 {
			return 0, false
		}
		seconds = seconds*60 + v
	}
	if len(parts) == 2 {
		seconds *= 60
	}
	return float64(seconds) / secondsPerDay, true
}
