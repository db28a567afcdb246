package understand

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// maxAmount keeps sums of amounts inside int64; no budget comes near it.
const maxAmount = 1 << 53

var (
	grouped  = regexp.MustCompile(`^-?\d{1,3}([.,  ]\d{3})+$`)
	plain    = regexp.MustCompile(`^-?\d+$`)
	currency = regexp.MustCompile(`(?i)\s*(đồng|vnđ|vnd|đ|d)\.?\s*$`)
	decimals = regexp.MustCompile(`^-?\d+[.,]\d+$`)
)

// money reads an amount in đồng: a number, or a text with groups of three
// digits and the unit. unit is what one of the sheet's numbers stands for (1,
// 1,000 or 1,000,000 đồng). ok is false when the cell holds no amount.
func money(c cell, unit int64) (v reconcile.VND, ok bool) {
	if c.Kind == sheet.Number {
		amount := math.Round(c.Number * float64(unit))
		if math.IsNaN(amount) || math.Abs(amount) > maxAmount {
			return 0, false
		}
		return reconcile.VND(amount), true
	}
	if c.Kind != sheet.Text {
		return 0, false
	}
	s := c.text
	stripped := currency.ReplaceAllString(s, "")
	if stripped != s {
		unit = 1 // the cell itself names đồng
	}
	s = strings.TrimSpace(stripped)
	switch {
	case grouped.MatchString(s):
		s = strings.NewReplacer(".", "", ",", "", " ", "", " ", "").Replace(s)
	case decimals.MatchString(s) && unit > 1:
		f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil || math.Abs(f)*float64(unit) > maxAmount {
			return 0, false
		}
		return reconcile.VND(math.Round(f * float64(unit))), true
	case !plain.MatchString(s):
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > maxAmount/unit || n < -maxAmount/unit {
		return 0, false
	}
	return reconcile.VND(n * unit), true
}

// thousandths reads a quantity with at most three decimals.
func thousandths(c cell) (mil int64, ok bool) {
	f := c.Number
	if c.Kind == sheet.Text {
		s := c.text
		if grouped.MatchString(s) && !strings.ContainsAny(s, ",") {
			s = strings.ReplaceAll(s, ".", "")
		}
		parsed, err := strconv.ParseFloat(strings.Replace(strings.ReplaceAll(s, " ", ""), ",", ".", 1), 64)
		if err != nil {
			return 0, false
		}
		f = parsed
	} else if c.Kind != sheet.Number {
		return 0, false
	}
	mil64 := math.Round(f * 1000)
	if math.IsNaN(mil64) || math.Abs(mil64) > maxAmount {
		return 0, false
	}
	return int64(mil64), true
}

// count reads a whole number of people, classes or places; a dash is none.
func count(c cell) (n int, ok bool) {
	if c.Kind == sheet.Number {
		if c.Number != math.Trunc(c.Number) || math.Abs(c.Number) > math.MaxInt32 {
			return 0, false
		}
		return int(c.Number), true
	}
	if saysNone(c.text) {
		return 0, true
	}
	s := strings.TrimSpace(c.text)
	if grouped.MatchString(s) {
		s = strings.NewReplacer(".", "", ",", "", " ", "").Replace(s)
	}
	parsed, err := strconv.ParseInt(s, 10, 32)
	return int(parsed), err == nil
}
