package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// saysNone reports whether a text says that there is no such thing: an empty
// dash, "chưa", "không", "quần chúng". It is a statement and no fault.
func saysNone(s string) bool {
	if plainlySaysSome(s) {
		return false
	}
	list := words(s)
	if len(list) == 0 {
		return !strings.ContainsFunc(s, unicode.IsLetter) && strings.Trim(s, "-–—−.*/_ \t\n\u00a0") == ""
	}
	if len(list) > 5 || notNone.all(list) != nil {
		return false
	}
	_, none := noneWords.at(list, 0)
	return none
}

// plainlySaysSome tells by its first character that none of the words that
// deny begins the text.
func plainlySaysSome(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case 'c', 'C', 'k', 'K', 'q', 'Q':
		return false
	}
	return isLetter(r) || unicode.IsDigit(r)
}

// "Không tập trung" and "không chuyên trách" begin like a denial and are none.
var (
	noneWords = wordings("chưa", "không", "quần chúng", "chua", "khong", "quan chung")
	notNone   = wordings("không tập trung", "không tt", "không chuyên trách", "khong tap trung")
)
