package sheet

import (
	"math"
	"strconv"
)

// parseNumber reads a number as spreadsheets store it (xsd:double without its
// special values). strconv.ParseFloat alone takes too much: "Inf", "0x1p-2".
func parseNumber(b []byte) (float64, bool) {
	if n, ok := parseDigits(b); ok {
		return float64(n), true
	}
	if len(b) == 0 || len(b) > 400 {
		return 0, false
	}
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9', c == '+', c == '-', c == '.', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// parseDigits reads a whole number that a float holds exactly, as most are.
func parseDigits(b []byte) (int64, bool) {
	if len(b) == 0 || len(b) > 15 {
		return 0, false
	}
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// appendNumber appends a number in full precision and without exponent.
func appendNumber(dst []byte, v float64) []byte {
	if v == 0 {
		return append(dst, '0') // also for -0
	}
	if math.Abs(v) < 1e15 && v == math.Trunc(v) {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}
