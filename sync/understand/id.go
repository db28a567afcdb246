package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// scientific is a number that a spreadsheet has shortened: its last digits are
// lost for good.
var scientific = regexp.MustCompile(`(?i)\d[.,]?\d*\s*e\s*\+?\s*\d+`)

// twelveDigits is a personal number among other text.
var twelveDigits = regexp.MustCompile(`\b0[0-9]{11}\b`)

func isScientific(c cell) bool {
	return c.Kind == sheet.Text && strings.ContainsAny(c.text, "eE") && scientific.MatchString(c.text)
}

// citizenID reads a personal number of 12 digits. Numbers of 10 and 11 digits
// have lost leading zeros (all 63 province codes begin with one) and get them
// back; an old ID card's 9 digits are no personal number.
func citizenID(c cell) (string, reconcile.Fault) {
	if isScientific(c) {
		return "", reconcile.Lossy
	}
	if saysNone(c.text) {
		return "", reconcile.NoFault
	}
	digits, clean := onlyDigits(c.text)
	if !clean {
		// The date or place of issue, or a word, shares the cell.
		if found := twelveDigits.FindAllString(c.text, -1); len(found) == 1 {
			return found[0], reconcile.NoFault
		}
	}
	switch {
	case !clean || digits == "":
		return "", reconcile.Malformed
	case len(digits) == 12 && digits[0] == '0':
		return digits, reconcile.NoFault
	case (len(digits) == 10 || len(digits) == 11) && digits[0] != '0':
		return "000000000000"[:12-len(digits)] + digits, reconcile.Repaired
	}
	return "", reconcile.Malformed
}

// isDigits tells whether a text is digits and nothing else; that of no
// character is.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// onlyDigits returns the digits of a number that people group with spaces,
// dots and dashes; clean is false when anything else stands among them.
func onlyDigits(s string) (digits string, clean bool) {
	if isDigits(s) {
		return s, true
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case !strings.ContainsRune(" .-'’`,", r):
			return "", false
		}
	}
	return b.String(), true
}
