package understand

import (
	"strings"

	"doisoat/reconcile"
)

// phone reads a Vietnamese telephone number: ten digits (mobile), eleven with
// a province's code (fixed line), with its leading zero. Of several numbers
// the first is kept.
func phone(c cell) (string, reconcile.Fault) {
	if isScientific(c) {
		return "", reconcile.Lossy
	}
	if saysNone(c.text) {
		return "", reconcile.NoFault
	}
	if isDigits(c.text) {
		if number, fault := onePhone(c.text); fault != reconcile.Malformed {
			return number, fault
		}
	}
	var found []string
	fault := reconcile.NoFault
	for part := range strings.FieldsFuncSeq(c.text, func(r rune) bool { return strings.ContainsRune(";,/\n|", r) }) {
		number, f := onePhone(part)
		if f == reconcile.Malformed {
			if several := phonesInRow(part); len(several) > 0 {
				found = append(found, several...)
				continue
			}
			fault = f
			continue
		}
		found = append(found, number)
		if fault == reconcile.NoFault {
			fault = f
		}
	}
	switch {
	case len(found) == 0:
		return "", reconcile.Malformed
	case len(found) > 1:
		return found[0], reconcile.Several
	}
	return found[0], fault
}

// phonesInRow cuts numbers that only spaces or dashes part: "0905123456 -
// 0914 567 890". Every piece must belong to one of them.
func phonesInRow(s string) []string {
	var found []string
	piece := ""
	for _, field := range strings.FieldsFunc(withoutWords(phoneNoise.Replace(s)), func(r rune) bool { return strings.ContainsRune(" -–—", r) }) {
		piece += field
		if number, fault := onePhone(piece); fault == reconcile.NoFault {
			found = append(found, number)
			piece = ""
		}
	}
	if piece != "" {
		return nil
	}
	return found
}

var phoneNoise = strings.NewReplacer("(", "", ")", "", ":", "")

// withoutWords drops the words around a number ("ĐT:", "Zalo", a name): it is
// the same number with them.
func withoutWords(s string) string {
	from := strings.IndexAny(s, "+0123456789")
	to := strings.LastIndexAny(s, "0123456789")
	if from < 0 || to < from {
		return s
	}
	return s[from : to+1]
}

func onePhone(s string) (string, reconcile.Fault) {
	if !isDigits(s) {
		s = withoutWords(phoneNoise.Replace(s))
	}
	international := strings.HasPrefix(s, "+84")
	digits, clean := onlyDigits(strings.TrimPrefix(s, "+"))
	if !clean {
		return "", reconcile.Malformed
	}
	if strings.HasPrefix(digits, "0084") {
		digits, international = digits[2:], true
	}
	fault := reconcile.NoFault
	switch {
	case international || len(digits) == 11 && strings.HasPrefix(digits, "84"):
		digits = "0" + strings.TrimPrefix(strings.TrimPrefix(digits, "84"), "0")
	case len(digits) == 9 && strings.ContainsRune("35789", rune(digits[0])),
		len(digits) == 10 && digits[0] == '2':
		digits = "0" + digits
		fault = reconcile.Repaired
	}
	mobile := len(digits) == 10 && digits[0] == '0' && strings.ContainsRune("35789", rune(digits[1]))
	fixed := len(digits) == 11 && strings.HasPrefix(digits, "02")
	if !mobile && !fixed {
		return "", reconcile.Malformed
	}
	return digits, fault
}
