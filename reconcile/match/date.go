package match

import "doisoat/reconcile"

// dateKind says how two birth dates of mixed precision compare.
type dateKind uint8

const (
	noDate    dateKind = iota // one is missing
	otherDate                 // they contradict each other
	swapped                   // day and month in the other order
	oneDigit                  // one digit differs
	sameYear                  // as far as both are known
	sameMonth
	sameDate
)

// slip reports whether the dates can be one, typed wrong once. These are the
// only typing errors that are allowed for: two full dates that differ in
// anything else are of two people.
func (k dateKind) slip() bool { return k == swapped || k == oneDigit }

func compareDates(a, b reconcile.Date) dateKind {
	switch {
	case a.Year == 0 || b.Year == 0:
		return noDate
	case a == b && a.IsFull():
		return sameDate
	case a.IsFull() && b.IsFull() && a.Year == b.Year && a.Month == b.Day && a.Day == b.Month:
		return swapped
	case a.IsFull() && b.IsFull() && digitsApart(a, b) == 1:
		return oneDigit
	case a.Year != b.Year, a.Month != 0 && b.Month != 0 && a.Month != b.Month, a.IsFull() && b.IsFull():
		return otherDate
	case a.Month != 0 && b.Month != 0:
		return sameMonth
	}
	return sameYear
}

// digitsApart counts the digits of DDMMYYYY that differ.
func digitsApart(a, b reconcile.Date) int {
	x, y := a.Day*1_000_000+a.Month*10_000+a.Year, b.Day*1_000_000+b.Month*10_000+b.Year
	n := 0
	for ; x != y; x, y = x/10, y/10 {
		if x%10 != y%10 {
			n++
		}
	}
	return n
}

// dayNumber packs a date into a number.
func dayNumber(d reconcile.Date) int32 { return int32(d.Year*10_000 + d.Month*100 + d.Day) }

// year is how often somebody is born in the year: by the data once there are
// enough people, before that one of the forty in which officials are born.
func (f *frequencies) year(year int) float64 {
	const years = 40
	return (float64(f.years[year]) + learnt/years) / (f.people + learnt)
}

func (f *frequencies) date(d reconcile.Date) float64 {
	p := f.year(d.Year) / daysOfYear
	if d.Month == 1 && d.Day == 1 {
		p = f.year(d.Year) * newYear
	}
	return max(p, f.share(f.dates[dayNumber(d)]))
}

// dateBits weighs two birth dates.
func (f *frequencies) dateBits(a, b reconcile.Date, kind dateKind) float64 {
	switch kind {
	case noDate:
		return 0
	case sameDate:
		return bits(mDate, f.date(a))
	case sameMonth:
		return bits(mLessDate, f.year(a.Year)/12)
	case sameYear:
		return bits(mLessDate, f.year(a.Year))
	case swapped:
		return bits(mDateSwap, f.year(a.Year)/daysOfYear)
	case oneDigit:
		return bits(mDateSlip, digitSlips*max(f.year(a.Year), f.year(b.Year))/daysOfYear)
	}
	return bits(mDateOther, 1)
}
