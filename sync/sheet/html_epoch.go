package sheet

import "regexp"

// shownDay finds the year of a day as a page shows it.
var shownDay = regexp.MustCompile(`\b\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})\b`)

// from1904 says whether a day must be counted from 1904: a page keeps the number
// of the day, but not the system of its workbook. What is shown tells: it has
// the year that the number means in one of the systems, and not the other.
func from1904(serial float64, shown []byte) bool {
	year := shownDay.FindSubmatch(shown)
	if year == nil || serial < 0 || serial+offset1904 >= endOfDates {
		return false
	}
	return string(year[1]) == yearOf(serial+offset1904, len(year[1])) && string(year[1]) != yearOf(serial, len(year[1]))
}

// yearOf is the year of a day in so many digits.
func yearOf(serial float64, digits int) string {
	date := appendDate(nil, int64(serial))
	return string(date[len(date)-digits:])
}
