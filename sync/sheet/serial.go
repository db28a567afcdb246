package sheet

import (
	"math"
	"strconv"
	"time"
)

const (
	// leapBug is 29 February 1900, which the 1900 date system counts though it
	// never was; serial numbers before it are one day off the calendar.
	leapBug = 60
	// offset1904 is the serial number of 1 January 1904, the zero of the 1904
	// system.
	offset1904 = 1462
	// endOfDates is 1 January 10000, beyond which a spreadsheet shows none.
	endOfDates = 2958466

	// unixSerial is the serial number of 1 January 1970.
	unixSerial = 25569

	secondsPerDay = 24 * 60 * 60
)

// appendTime appends a serial number of the 1900 system as its format shows
// it; false when it is no time (negative, or beyond the calendar).
func appendTime(dst []byte, serial float64, as timeFormat) ([]byte, bool) {
	if as == noTime || !(serial >= 0 && serial < endOfDates) {
		return dst, false
	}
	// To the second, so that 0.99999999 of a day is midnight.
	seconds := int64(math.Round(serial * secondsPerDay))
	days, rest := seconds/secondsPerDay, seconds%secondsPerDay
	switch {
	case as == elapsed:
		return appendClock(dst, seconds), true
	case as == clock && days == 0:
		return appendClock(dst, rest), true
	}
	dst = appendDate(dst, days)
	if rest == 0 {
		return dst, true
	}
	return appendClock(append(dst, ' '), rest), true
}

// appendDate appends a day as dd/mm/yyyy. The days that the calendar does not
// have look as in Excel: 00/01/1900 and 29/02/1900.
func appendDate(dst []byte, serial int64) []byte {
	switch {
	case serial == 0:
		return append(dst, "00/01/1900"...)
	case serial == leapBug:
		return append(dst, "29/02/1900"...)
	case serial < leapBug:
		serial++
	}
	year, month, day := time.Unix((serial-unixSerial)*secondsPerDay, 0).UTC().Date()
	return append(dst, digit(day/10), digit(day), '/', digit(int(month)/10), digit(int(month)), '/',
		digit(year/1000), digit(year/100), digit(year/10), digit(year))
}

// digit is the last digit of a number that is not negative.
func digit(n int) byte { return byte('0' + n%10) }

// appendClock appends hours and minutes as hh:mm.
func appendClock(dst []byte, seconds int64) []byte {
	hours, minutes := seconds/3600, seconds/60%60
	if hours < 10 {
		dst = append(dst, '0')
	}
	dst = strconv.AppendInt(dst, hours, 10)
	return append(dst, ':', byte('0'+minutes/10), byte('0'+minutes%10))
}

// serialOf is the serial number of a time of the calendar.
func serialOf(t time.Time) float64 {
	// Unix seconds, since a time.Duration ends after 292 years.
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix()
	days := (midnight - time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix()) / secondsPerDay
	if days <= leapBug {
		days--
	}
	return float64(days) + dayFraction(t)
}

// dayFraction is the time of day as the part of a day that has passed.
func dayFraction(t time.Time) float64 {
	seconds := float64(t.Hour()*3600+t.Minute()*60+t.Second()) + float64(t.Nanosecond())/1e9
	return seconds / secondsPerDay
}

// parseISO reads the value of a cell of type d (ISO 8601) into a serial number
// and the way to show it. A zone is left aside: the cell shows local time.
func parseISO(text string) (float64, timeFormat, bool) {
	for _, layout := range []string{
		"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			serial := serialOf(t)
			return serial, day, serial >= 0 && serial < endOfDates
		}
	}
	for _, layout := range []string{"15:04:05.999999999", "15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return dayFraction(t), clock, true
		}
	}
	return 0, noTime, false
}
