package reconcile

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar date that is only as precise as its source: a year, a
// year and month, or a full date. The zero value means "no date".
type Date struct {
	Year  int
	Month int // 0 when only the year is known
	Day   int // 0 when only the month is known
}

// NewDate checks the parts and returns the date. Month and day may be 0 when
// they are unknown; a day without a month, or a date that no calendar has
// (30 February), is an error.
func NewDate(year, month, day int) (Date, error) {
	d := Date{Year: year, Month: month, Day: day}
	switch {
	case year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31:
		return Date{}, fmt.Errorf("no such date: %d-%d-%d", year, month, day)
	case month == 0 && day != 0:
		return Date{}, fmt.Errorf("a day without a month: %d-%d-%d", year, month, day)
	case day > 28: // which every month has
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if t.Day() != day {
			return Date{}, fmt.Errorf("no such date: %d-%d-%d", year, month, day)
		}
	}
	return d, nil
}

// ParseDate reads the form that String writes: YYYY-MM-DD, YYYY-MM or YYYY.
// The empty string is the zero date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var parts [3]int
	i := 0
	for field := range strings.SplitSeq(s, "-") {
		n, err := strconv.Atoi(field)
		if err != nil || n < 1 || i == len(parts) {
			return Date{}, fmt.Errorf("date %q is not YYYY-MM-DD", s)
		}
		parts[i] = n
		i++
	}
	return NewDate(parts[0], parts[1], parts[2])
}

// DateOf is the calendar date of t in t's own time zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: int(month), Day: day}
}

// IsZero reports whether there is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// IsFull reports whether year, month and day are known.
func (d Date) IsFull() bool { return d.Day != 0 }

// String writes the date as precisely as it is known: YYYY-MM-DD, YYYY-MM,
// YYYY, or "" for the zero date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	b := appendPadded(make([]byte, 0, len("2024-11-22")), d.Year, 1000)
	if d.Month != 0 {
		b = appendPadded(append(b, '-'), d.Month, 10)
		if d.Day != 0 {
			b = appendPadded(append(b, '-'), d.Day, 10)
		}
	}
	return string(b)
}

// appendPadded writes a number with zeros before it, up to as many digits as
// least has.
func appendPadded(b []byte, n, least int) []byte {
	for ; n >= 0 && n < least && least > 1; least /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Vietnamese writes the date as people in Vietnam do: 22/11/2024, 11/2024, 2024.
func (d Date) Vietnamese() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%02d/%04d", d.Month, d.Year)
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

// Compare orders dates by year, month and day; an unknown part sorts first.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// SurelyBefore reports whether d is before other whatever the unknown parts
// of either are. It is false when one of them is zero.
func (d Date) SurelyBefore(other Date) bool {
	if d.IsZero() || other.IsZero() {
		return false
	}
	if d.Year != other.Year {
		return d.Year < other.Year
	}
	if d.Month == 0 || other.Month == 0 {
		return false
	}
	if d.Month != other.Month {
		return d.Month < other.Month
	}
	return d.Day != 0 && other.Day != 0 && d.Day < other.Day
}

// AddYears moves the date by whole years, 29 February becoming 1 March where
// there is none.
func (d Date) AddYears(n int) Date {
	if !d.IsFull() {
		if d.IsZero() {
			return d
		}
		d.Year += n
		return d
	}
	return DateOf(time.Date(d.Year+n, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC))
}

// MarshalText and UnmarshalText use the form of String, so that JSON, YAML and
// the database all hold the same text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of String.
func (d *Date) UnmarshalText(b []byte) error {
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// DayBefore is the day before a full date; a date that is not full stays as
// it is.
func (d Date) DayBefore() Date {
	return d.AddDays(-1)
}

// AddMonths moves a full date by whole months, days beyond the end of a month
// going over into the next; a date that is not full moves by its years alone.
func (d Date) AddMonths(n int) Date {
	if !d.IsFull() {
		return d.AddYears(n / 12)
	}
	return DateOf(time.Date(d.Year, time.Month(d.Month+n), d.Day, 0, 0, 0, 0, time.UTC))
}

// AddDays moves a full date by days; a date that is not full stays as it is.
func (d Date) AddDays(n int) Date {
	if !d.IsFull() {
		return d
	}
	return DateOf(time.Date(d.Year, time.Month(d.Month), d.Day+n, 0, 0, 0, 0, time.UTC))
}
