package formula

import (
	"math"
	"time"
)

const (
	secondsPerDay = 24 * 60 * 60
	// leapBug is 29 February 1900, which the 1900 date system counts though it
	// never was.
	leapBug = 60
	// endOfDates is 1 January 10000, beyond which a spreadsheet has none.
	endOfDates = 2958466
)

func epoch() time.Time { return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) }

// serialOf is the serial day of a date, whose month and day may lie beyond
// their ends: the 0th of March is the last of February.
func serialOf(y, m, d int) float64 {
	days := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() - epoch().Unix()
	serial := float64(days / secondsPerDay)
	if serial <= leapBug {
		serial--
	}
	return serial
}

// dateOf is the date of a serial day; false when it is beyond the calendar. The
// days that the calendar does not have are 0 January and 29 February 1900.
func dateOf(serial float64) (y, m, d int, ok bool) {
	serial = math.Floor(serial)
	switch {
	case !(serial >= 0 && serial < endOfDates):
		return 0, 0, 0, false
	case serial == 0:
		return 1900, 1, 0, true
	case serial == leapBug:
		return 1900, 2, 29, true
	case serial < leapBug:
		serial++
	}
	t := epoch().AddDate(0, 0, int(serial))
	return t.Year(), int(t.Month()), t.Day(), true
}

func daysOf(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

// monthsLater is the same day so many months later, or the last of that month.
func monthsLater(y, m, d, months int) float64 {
	first := time.Date(y, time.Month(m+months), 1, 0, 0, 0, 0, time.UTC)
	return serialOf(first.Year(), int(first.Month()), min(d, daysOf(first.Year(), int(first.Month()))))
}
