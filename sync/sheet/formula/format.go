package formula

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// formatted is TEXT: a value in the look of a number format. What the language
// of the computer decides (names of months, other marks than the point and the
// comma of the file format) is not calculated.
func (e *Engine) formatted(v Value, format string) Value {
	if v.Kind == Text {
		f, ok := e.parse(v.Str)
		if !ok || format == "@" {
			return v
		}
		v = number(f)
	}
	if v.Kind == Bool || v.isError() {
		return v
	}
	if format == "" {
		return text("")
	}
	if format == "@" || strings.EqualFold(format, "General") {
		return text(general(v.Num))
	}
	if strings.ContainsAny(strings.ToLower(unquoted(format)), "dmyhs") {
		return e.formattedDate(v.Num, format)
	}
	return e.formattedNumber(v.Num, format)
}

// unquoted is the format without what it shows as it is.
func unquoted(format string) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		switch c := format[i]; c {
		case '"':
			end := strings.IndexByte(format[i+1:], '"')
			if end < 0 {
				return b.String()
			}
			i += end + 1
		case '\\':
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (e *Engine) formattedDate(f float64, format string) Value {
	y, m, d, ok := dateOf(f)
	if !ok {
		return failure(errValue)
	}
	seconds := int(math.Round((f - math.Floor(f)) * secondsPerDay))
	var b strings.Builder
	hours := false // an m that follows is a minute
	for i := 0; i < len(format); {
		c := format[i] | 0x20
		n := 1
		for i+n < len(format) && format[i+n]|0x20 == c {
			n++
		}
		minutes := hours || strings.HasPrefix(strings.ToLower(strings.TrimLeft(format[min(i+n, len(format)):], ":")), "s")
		switch {
		case c == 'y' && n <= 2:
			fmt.Fprintf(&b, "%02d", y%100)
		case c == 'y' && n <= 4:
			fmt.Fprintf(&b, "%04d", y)
		case c == 'd' && n <= 2:
			fmt.Fprintf(&b, "%0*d", n, d)
		case c == 'm' && n <= 2 && minutes:
			fmt.Fprintf(&b, "%0*d", n, seconds/60%60)
		case c == 'm' && n <= 2:
			fmt.Fprintf(&b, "%0*d", n, m)
		case c == 'h' && n <= 2:
			fmt.Fprintf(&b, "%0*d", n, seconds/3600)
		case c == 's' && n <= 2:
			fmt.Fprintf(&b, "%0*d", n, seconds%60)
		default:
			shown, size := plain(format[i:])
			if size == 0 {
				e.fail(ErrSettings)
				return Value{}
			}
			b.WriteString(shown)
			i += size
			continue
		}
		hours = c == 'h'
		i += n
	}
	return text(b.String())
}

// plain is what a number format shows as it is at its start, and how much of
// the format that takes; 0 where it begins otherwise.
func plain(format string) (string, int) {
	switch c := format[0]; {
	case c == '"':
		end := strings.IndexByte(format[1:], '"')
		if end < 0 {
			return "", 0
		}
		return format[1 : 1+end], end + 2
	case c == '\\' && len(format) > 1:
		n := 1
		for n < len(format)-1 && format[n+1]&0xC0 == 0x80 {
			n++
		}
		return format[1 : n+1], n + 1
	case strings.IndexByte(" -/:()$+", c) >= 0:
		return format[:1], 1
	case c >= 0x80:
		n := 1
		for n < len(format) && format[n] >= 0x80 {
			n++
		}
		return format[:n], n
	}
	return "", 0
}

// formattedNumber shows a number by a format of one section: digits, groups of
// three, decimals, a percent mark, and texts around them.
func (e *Engine) formattedNumber(f float64, format string) Value {
	before, digits, after, ok := numberFormat(format)
	if !ok {
		e.fail(ErrSettings)
		return Value{}
	}
	if strings.HasPrefix(after, "%") {
		f *= 100
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	grouped := strings.Contains(whole, ",")
	least := strings.Count(whole, "0")
	s := strconv.FormatFloat(math.Abs(rounded(f, len(fraction), math.Round)), 'f', len(fraction), 64)
	integer, decimals, _ := strings.Cut(s, ".")
	if least == 0 && integer == "0" {
		integer = ""
	}
	if n := least - len(integer); n > 0 {
		integer = strings.Repeat("0", n) + integer
	}
	if grouped {
		for i := len(integer) - 3; i > 0; i -= 3 {
			integer = integer[:i] + "," + integer[i:]
		}
	}
	for strings.HasSuffix(decimals, "0") && strings.HasSuffix(fraction, "#") {
		decimals, fraction = decimals[:len(decimals)-1], fraction[:len(fraction)-1]
	}
	sign := ""
	if f < 0 && strings.ContainsAny(integer+decimals, "123456789") {
		sign = "-"
	}
	if strings.Contains(digits, ".") {
		integer += "."
	}
	return text(before + sign + integer + decimals + after)
}

// numberFormat takes a number format apart; false where it is of another kind.
func numberFormat(format string) (before, digits, after string, ok bool) {
	for i := 0; i < len(format); {
		switch c := format[i]; {
		case c == '0' || c == '#' || (c == ',' || c == '.') && digits != "":
			if after != "" {
				return "", "", "", false
			}
			digits += string(c)
			i++
			continue
		case c == '%' && digits != "":
			after += "%"
			i++
			continue
		}
		shown, size := plain(format[i:])
		if size == 0 {
			return "", "", "", false
		}
		if i += size; digits == "" {
			before += shown
		} else {
			after += shown
		}
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	groups := strings.Contains(whole, ",")
	ok = digits != "" && len(digits) < 40 && !strings.ContainsAny(fraction, ",.") &&
		!strings.HasSuffix(whole, ",") && (!groups || strings.Count(whole, ",") == 1 && len(whole)-strings.IndexByte(whole, ',') == 4) &&
		strings.LastIndexByte(whole, '#') < len(whole)-strings.Count(whole, "0") && !strings.Contains(fraction, "#0")
	return before, digits, after, ok
}
