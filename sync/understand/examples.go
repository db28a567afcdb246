package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"doisoat/reconcile"
)

const (
	firstValues  = 3  // of an unknown column
	longestValue = 40 // letters of each
)

// examples are the first different values of a column that was not understood,
// so that a person can tell what it holds. Whatever may be a date, a number of
// an identity card or a telephone shows no digit.
func (s *sheetReader) examples(h header, c *column) []string {
	var list []string
	for i := h.last + 1; i < len(s.view.rows) && len(list) < firstValues; i++ {
		if kind := s.rows[i].kind; kind != reconcile.RowRegistration && kind != reconcile.RowItem {
			continue
		}
		found, ok := s.view.rows[i].at(c.col)
		if !ok {
			continue
		}
		if v := masked(found.text); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// dateLike is two numbers that a date's separator joins.
var dateLike = regexp.MustCompile(`\d\s*[/.-]\s*\d`)

// tellingDigits is how many digits may tell a year, a date or a number.
const tellingDigits = 4

func masked(text string) string {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits >= tellingDigits || dateLike.MatchString(text) {
		text = strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '•'
			}
			return r
		}, text)
	}
	if runes := []rune(text); len(runes) > longestValue {
		text = strings.TrimSpace(string(runes[:longestValue])) + "…"
	}
	return text
}
