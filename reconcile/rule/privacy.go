package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
)

// idDigits is the length from which digits are taken for a person's number:
// nine for the old identity card, twelve for the citizen ID, between them what
// a spreadsheet makes of the latter.
const idDigits = 9

// cellRunes is how much of a cell's text a finding shows.
const cellRunes = 160

// withoutIDs masks, whatever the rule wrote, every number that may be a
// person's: a finding never holds one in full. Amounts of money are written
// with dots between the thousands and stay as they are.
func withoutIDs(f *reconcile.Finding) {
	for _, text := range []*string{&f.Message, &f.Found, &f.Expected, &f.Remedy, &f.Person} {
		*text = mask(*text, false)
	}
	f.Subject = maskedSubject(f.Subject)
}

// maskedSubject is a subject as it is kept. It must go on telling two numbers
// apart, such as those of two files, so it gets a mark of what was masked.
func maskedSubject(subject string) string {
	masked := mask(subject, false)
	if masked == subject {
		return subject
	}
	sum := sha256.Sum256([]byte(subject))
	return masked + "~" + hex.EncodeToString(sum[:4])
}

// cellText is the text of a cell as a finding may show it to the cell's own
// agency: shortened, and long numbers masked also where they are typed in
// groups ("051 090 012 345").
func cellText(text string) string {
	text = mask(reconcile.Clean(text), true)
	if utf8.RuneCountInString(text) <= cellRunes {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:cellRunes])) + "…"
}

// mask replaces all but the last four digits of each run of at least nine. In
// a grouped run single spaces, dots and dashes may stand between digits.
func mask(text string, grouped bool) string {
	if !hasDigits(text, idDigits) {
		return text
	}
	runes := []rune(text)
	for i := 0; i < len(runes); {
		if !unicode.IsDigit(runes[i]) {
			i++
			continue
		}
		end, digits := digitRun(runes, i, grouped)
		if digits >= idDigits {
			for ; i < end && digits > 4; i++ {
				if unicode.IsDigit(runes[i]) {
					runes[i] = '•'
					digits--
				}
			}
		}
		i = end
	}
	return string(runes)
}

// digitRun returns where the run of digits that begins at start ends, and how
// many digits it has.
func digitRun(runes []rune, start int, grouped bool) (end, digits int) {
	end = start
	for i := start; i < len(runes); i++ {
		switch {
		case unicode.IsDigit(runes[i]):
			digits++
			end = i + 1
		case grouped && i == end && strings.ContainsRune(" .-'", runes[i]):
		default:
			return end, digits
		}
	}
	return end, digits
}

// hasDigits reports whether the text has as many digits, wherever they stand.
func hasDigits(text string, digits int) bool {
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= 0x80 && unicode.IsDigit(r) {
			if digits--; digits == 0 {
				return true
			}
		}
	}
	return false
}
