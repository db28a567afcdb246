package understand

import (
	"math"
	"strconv"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// The years that a plain number in a column of dates can mean, and the serial
// day numbers (1900 system) that can be somebody's date: 1927 to 2064.
const (
	firstYear, lastYear     = 1900, 2100
	firstSerial, lastSerial = 10_000, 60_000
)

// dates is what a cell of dates says: usually one date, two where joining the
// Party and becoming a full member share a cell.
type dates struct {
	list [2]reconcile.Date // the first n of them
	n    int
	// fault says why there is no date, or Ambiguous why there is only a year.
	fault reconcile.Fault
}

func (d dates) first() reconcile.Date {
	return d.list[0]
}

// all are the dates in their order.
func (d *dates) all() []reconcile.Date { return d.list[:d.n] }

func oneDate(d reconcile.Date) dates { return dates{list: [2]reconcile.Date{d}, n: 1} }

// dateReader reads dates. Two digits of a year are taken for the latest such
// year that is not after its pivot.
type dateReader struct {
	pivot int
	order dateOrder // of day and month in text dates
	// swapped: a program has taken the days of the date cells for months.
	swapped bool
	// shortYears: two digits alone are a year.
	shortYears bool
}

// cell reads a cell of any type.
func (r dateReader) cell(c cell) dates {
	switch c.Kind {
	case sheet.Date:
		read := dateCell(c)
		if d := read.first(); r.swapped && d.IsFull() && d.Day != d.Month {
			return yearOf(d)
		}
		return read
	case sheet.Number:
		return r.number(c)
	case sheet.Error:
		return dates{fault: reconcile.Unrecognised}
	}
	return r.text(c.Text)
}

// dateCell is a cell with a date format: as precise as the format shows it.
func dateCell(c cell) dates {
	d, ok := fromSerial(c.Number)
	if !ok {
		return dates{fault: reconcile.Impossible}
	}
	// Nearly every format shows the day, which is asked for first.
	if format := c.Format(); !strings.ContainsAny(format, "dD") && strings.ContainsAny(format, "yY") {
		d.Day = 0
		if !strings.ContainsAny(format, "mM") {
			d.Month = 0
		}
	}
	return oneDate(d)
}

// fromSerial is the date of a serial day number of the 1900 system.
func fromSerial(serial float64) (reconcile.Date, bool) {
	if !(serial >= 1 && serial < 2_958_466) { // 1 January 1900 to 31 December 9999
		return reconcile.Date{}, false
	}
	days := int(math.Floor(serial))
	if days > 60 {
		days-- // the system counts a 29 February 1900 that never was
	}
	return reconcile.DateOf(time.Unix(int64(days)*secondsPerDay-secondsBefore1900, 0).UTC()), true
}

// secondsBefore1900 lie between the zero of serial numbers, 31 December 1899,
// and that of Unix time.
const (
	secondsPerDay     = 24 * 60 * 60
	secondsBefore1900 = 25_568 * secondsPerDay
)

// number is a plain number in a column of dates: a year, a serial day number,
// a date typed without separators, or month.year.
func (r dateReader) number(c cell) dates {
	n := c.Number
	if n == math.Trunc(n) {
		switch {
		case n >= firstYear && n <= lastYear:
			return oneDate(reconcile.Date{Year: int(n)})
		case n >= firstSerial && n <= lastSerial:
			if d, ok := fromSerial(n); ok {
				return oneDate(d)
			}
		case n >= 1_000_000 && n < 100_000_000:
			return r.text(strconv.Itoa(int(n) + 100_000_000)[1:])
		case n >= 100_000 || n >= 10 && n < 100:
			return r.single(strconv.Itoa(int(n)))
		}
		return dates{fault: reconcile.Malformed}
	}
	// 8.1979 typed for August 1979; 10.2010 has lost its last zero.
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	if len(fraction) <= 4 {
		return r.text(whole + "/" + fraction + "0000"[len(fraction):])
	}
	return dates{fault: reconcile.Malformed}
}

// text reads a text date in any of the ways offices write one.
func (r dateReader) text(s string) dates {
	if saysNone(s) {
		return dates{}
	}
	numbers, strange := dateNumbers(s)
	switch n := len(numbers); {
	case n == 0 || strange && n != 3:
		return dates{fault: reconcile.Unrecognised}
	case n <= 3 && !twoDates(numbers):
		return r.one(numbers)
	case n > 6:
		return dates{fault: reconcile.Malformed}
	}
	end := endOfFirst(numbers)
	return both(r.one(numbers[:end]), r.one(numbers[end:]))
}

// one is the date of one to three numbers.
func (r dateReader) one(numbers []string) dates {
	switch len(numbers) {
	case 1:
		return r.single(numbers[0])
	case 2:
		return r.monthYear(numbers[0], numbers[1])
	case 3:
		return r.full(numbers[0], numbers[1], numbers[2])
	}
	return dates{fault: reconcile.Malformed}
}

// twoDates tells whether two of the numbers are years of four digits.
func twoDates(numbers []string) bool {
	n := 0
	for _, number := range numbers {
		if len(number) == 4 {
			n++
		}
	}
	return n == 2
}

// endOfFirst is how many of the numbers of two dates are the first one's: up to
// its year, or up to the second's where the years stand first. Dates whose years
// have two digits are of the same length.
func endOfFirst(numbers []string) int {
	var years []int
	for i, number := range numbers {
		if len(number) == 4 {
			years = append(years, i)
		}
	}
	switch {
	case len(years) != 2:
		return len(numbers) / 2
	case years[0] == 0 && years[1] != len(numbers)-1:
		return years[1]
	}
	return years[0] + 1
}

// both are two dates in one cell. Of an ambiguous one the year counts.
func both(a, b dates) dates {
	if a.n == 0 {
		return a
	}
	if b.n == 0 {
		return b
	}
	both := dates{list: [2]reconcile.Date{a.first(), b.first()}, n: 2, fault: a.fault}
	if both.fault == reconcile.NoFault {
		both.fault = b.fault
	}
	return both
}

// single is a date of one run of digits: a year, ddmmyyyy, or yyyymmdd where
// that alone makes sense, ddmmyy or mmyyyy, or a serial day number kept as text.
func (r dateReader) single(digits string) dates {
	switch len(digits) {
	case 2:
		if r.shortYears {
			if year := r.year(digits); r.pivot-year <= oldestShort {
				return dated(year, 0, 0)
			}
		}
	case 4:
		return dated(number(digits), 0, 0)
	case 5:
		if n := number(digits); n >= firstSerial && n <= lastSerial {
			if d, ok := fromSerial(float64(n)); ok {
				return oneDate(d)
			}
		}
	case 6:
		// 150879, or 081979: no month is 19 or 20, so never both.
		if d := r.full(digits[:2], digits[2:4], digits[4:]); d.n > 0 {
			return d
		}
		return r.monthYear(digits[:2], digits[2:])
	case 8:
		if d := r.full(digits[:2], digits[2:4], digits[4:]); d.n > 0 && plausibleYear(d.first().Year) {
			return d
		}
		return r.full(digits[:4], digits[4:6], digits[6:])
	}
	return dates{fault: reconcile.Malformed}
}

// oldestShort is the greatest age that two digits of a year may mean: above it
// they are rather the age itself.
const oldestShort = 70

func (r dateReader) monthYear(a, b string) dates {
	switch {
	case len(b) == 4 && len(a) <= 2 && month(a) > 0:
		return dated(number(b), month(a), 0)
	case len(a) == 4 && len(b) <= 2 && month(b) > 0:
		return dated(number(a), month(b), 0)
	case month(a) == 0 || month(b) == 0:
		return dates{fault: reconcile.Impossible}
	}
	return dates{fault: reconcile.Malformed}
}

func (r dateReader) full(a, b, c string) dates {
	switch {
	case len(a) == 4 && len(b) <= 2 && len(c) <= 2:
		return whole(number(a), month(b), number(c))
	case len(a) > 2 || len(b) > 2 || len(c) != 4 && len(c) != 2:
		return dates{fault: reconcile.Malformed}
	case isMonthName(b):
		return whole(r.year(c), month(b), number(a))
	case isMonthName(a):
		return whole(r.year(c), month(a), number(b))
	}
	return r.inOrder(r.year(c), number(a), number(b))
}

// year is a year of four digits, or of its last two.
func (r dateReader) year(digits string) int {
	year := number(digits)
	if len(digits) == 2 {
		year += r.pivot - r.pivot%100
		if year > r.pivot {
			year -= 100
		}
	}
	return year
}

// inOrder is a date whose first two numbers stand in the column's order. Where
// that is mixed, a date that has only one reading is read so.
func (r dateReader) inOrder(year, a, b int) dates {
	switch r.order {
	case monthFirst:
		return whole(year, a, b)
	case mixedOrder:
		read := whole(year, b, a)
		if other := whole(year, a, b); read.fault != reconcile.NoFault {
			return other
		} else if other.fault == reconcile.NoFault && a != b {
			return yearOf(read.first())
		}
		return read
	}
	return whole(year, b, a)
}

// whole is a date of three parts: none of them can be nought (00/00/1972).
func whole(year, month, day int) dates {
	if month == 0 || day == 0 {
		return dates{fault: reconcile.Impossible}
	}
	return dated(year, month, day)
}

// dated makes a date of the parts that are known; others are nought.
func dated(year, month, day int) dates {
	if !plausibleYear(year) {
		return dates{fault: reconcile.Impossible}
	}
	d, err := reconcile.NewDate(year, month, day)
	if err != nil {
		return dates{fault: reconcile.Impossible}
	}
	return oneDate(d)
}

func plausibleYear(y int) bool { return y >= firstYear && y <= lastYear }

// number reads up to eight digits; the callers have checked that they are some.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
