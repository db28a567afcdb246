package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
)

// dateNumbers returns the runs of digits of a date, and for the name of a month
// a capital letter, see month. strange tells of letters that belong to no date;
// a time of day is left out. Letters among the digits of a number ("O5/08",
// "l5/08") leave no number to go by.
func dateNumbers(s string) (numbers []string, strange bool) {
	if strings.Contains(s, ":") {
		s = timeOfDay.ReplaceAllString(s, " ")
	}
	if isPlainDate(s) {
		return strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }), false
	}
	if mistyped(s) {
		return nil, true
	}
	for _, w := range words(s) {
		switch {
		case w[0] >= '0' && w[0] <= '9':
			numbers = append(numbers, w)
		case monthNames[w] != "":
			numbers = append(numbers, monthNames[w])
		case romanMonths[w] != "" && len(numbers) == 1:
			numbers = append(numbers, romanMonths[w])
		case !dateWords[w]:
			strange = true
		}
	}
	return numbers, strange
}

// timeOfDay is what systems write behind a date; the colon of "DB: 03/02/2005"
// is none.
var timeOfDay = regexp.MustCompile(`(?i)t?\b?\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(\s*([ap]m|sa|ch)\b)?\s*(z\b|(gmt|utc)?\s*[+-]\d{1,2}(:?\d{2})?\b)?`)

// isPlainDate tells whether a text is digits and separators alone, as nearly
// all dates are.
func isPlainDate(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '/' && c != '.' && c != '-' && c != ' ' {
			return false
		}
	}
	return s != ""
}

var glued = regexp.MustCompile(`([\p{L}\p{Mn}]+)\d|\d([\p{L}\p{Mn}]+)`)

// mistyped tells whether letters that are no words of a date touch its digits:
// an O or an l typed for a nought or a one.
func mistyped(s string) bool {
	for _, m := range glued.FindAllStringSubmatch(reconcile.Clean(s), -1) {
		for _, w := range words(m[1] + m[2]) {
			if !dateWords[w] && monthNames[w] == "" {
				return true
			}
		}
	}
	return false
}

// dateWords are the words that stand inside a date and mean nothing more.
var dateWords = wordSet("ngày tháng năm sinh ngay thang nam từ đến và dự bị chính thức kết nạp vào đảng công nhận " +
	"ng th thg n t s sn ns db ct kn nd rd st")

// monthNames and romanMonths give each month its letter: A is January.
var monthNames, romanMonths = func() (names, roman map[string]string) {
	names, roman = map[string]string{}, map[string]string{}
	for i, list := range strings.Split("jan january i|feb february ii|mar march iii|apr april iv|may may v|jun june vi|"+
		"jul july vii|aug august viii|sep september ix|oct october x|nov november xi|dec december xii", "|") {
		letter := string(rune('A' + i))
		w := words(list)
		names[w[0]], names[w[1]], roman[w[2]] = letter, letter, letter
	}
	names["sept"] = "I"
	return names, roman
}()

// isMonthName tells of one of the parts of a date whether it was a name.
func isMonthName(part string) bool { return len(part) == 1 && part[0] >= 'A' }

// month is the number of a month that was written as a number or by its name.
func month(part string) int {
	if isMonthName(part) {
		return int(part[0]-'A') + 1
	}
	return number(part)
}
