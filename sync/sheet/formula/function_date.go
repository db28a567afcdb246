package formula

import (
	"math"
	"strings"
)

func dateFunctions() []function {
	return []function{
		each("DATE", 3, 3, date),
		each("TIME", 3, 3, func(c *call) Value {
			return number(math.Mod(float64(c.integer(0)*3600+c.integer(1)*60+c.integer(2))/secondsPerDay, 1))
		}),
		each("DATEVALUE", 1, 1, dateValue),
		each("YEAR", 1, 1, func(c *call) Value { return c.part(func(y, _, _ int) int { return y }) }),
		each("MONTH", 1, 1, func(c *call) Value { return c.part(func(_, m, _ int) int { return m }) }),
		each("DAY", 1, 1, func(c *call) Value { return c.part(func(_, _, d int) int { return d }) }),
		each("HOUR", 1, 1, func(c *call) Value { return c.clock(3600, 24) }),
		each("MINUTE", 1, 1, func(c *call) Value { return c.clock(60, 60) }),
		each("SECOND", 1, 1, func(c *call) Value { return c.clock(1, 60) }),
		each("WEEKDAY", 1, 2, weekday),
		each("DAYS", 2, 2, func(c *call) Value { return number(math.Floor(c.number(0)) - math.Floor(c.number(1))) }),
		each("EDATE", 2, 2, func(c *call) Value {
			return c.months(func(y, m, d, n int) float64 { return monthsLater(y, m, d, n) })
		}),
		each("EOMONTH", 2, 2, func(c *call) Value {
			return c.months(func(y, m, _, n int) float64 { return monthsLater(y, m, 31, n) })
		}),
		each("DATEDIF", 3, 3, dateDif),
	}
}

// date takes years below 1900 as counted from it, and months and days beyond
// their ends.
func date(c *call) Value {
	y, m, d := c.integer(0), c.integer(1), c.integer(2)
	if y >= 0 && y < 1900 {
		y += 1900
	}
	if y < 0 || y > 9999 || m < -1e6 || m > 1e6 || d < -1e7 || d > 1e7 {
		return failure(errNum)
	}
	serial := serialOf(y, m, d)
	if serial < 0 || serial >= endOfDates {
		return failure(errNum)
	}
	return number(serial)
}

func dateValue(c *call) Value {
	v := c.value(0)
	if v.Kind != Text {
		return failure(errValue)
	}
	if _, isNumber := plainNumber(v.Str); isNumber {
		return failure(errValue)
	}
	f, bad := c.e.number(v)
	if bad != "" {
		return failure(bad)
	}
	return number(math.Floor(f))
}

// day is an argument as a date.
func (c *call) day(i int) (y, m, d int) {
	serial := c.number(i)
	y, m, d, ok := dateOf(serial)
	if !ok {
		c.fail(errNum)
	}
	return y, m, d
}

func (c *call) part(of func(y, m, d int) int) Value {
	serial := c.number(0)
	y, m, d, ok := dateOf(serial)
	if !ok {
		return failure(errNum)
	}
	if math.Floor(serial) == 0 {
		d = 0 // 0 January 1900
	}
	return number(float64(of(y, m, d)))
}

// clock is the part of the time of day that counts so many seconds.
func (c *call) clock(unit, most int64) Value {
	f := c.number(0)
	if f < 0 || f >= endOfDates {
		return failure(errNum)
	}
	return number(float64(int64(math.Round(f*secondsPerDay)) / unit % most))
}

func weekday(c *call) Value {
	day := int(math.Floor(c.number(0)))
	kind := c.integerOr(1, 1)
	if day < 0 || day >= endOfDates {
		return failure(errNum)
	}
	sunday := (day + 6) % 7 // 0 is Sunday, as day 1 of the 1900 system is to Excel
	switch {
	case kind == 1:
		return number(float64(sunday + 1))
	case kind == 2:
		return number(float64((sunday+6)%7 + 1))
	case kind == 3:
		return number(float64((sunday + 6) % 7))
	case kind >= 11 && kind <= 17:
		return number(float64((sunday-kind%10+7)%7 + 1))
	}
	return failure(errNum)
}

func (c *call) months(later func(y, m, d, n int) float64) Value {
	y, m, d := c.day(0)
	n := c.integer(1)
	if n < -1e6 || n > 1e6 {
		return failure(errNum)
	}
	serial := later(y, m, d, n)
	if serial < 0 || serial >= endOfDates {
		return failure(errNum)
	}
	return number(serial)
}

// dateDif counts the whole years, months or days between two dates.
func dateDif(c *call) Value {
	from, to := math.Floor(c.number(0)), math.Floor(c.number(1))
	y1, m1, d1 := c.day(0)
	y2, m2, d2 := c.day(1)
	if from > to {
		return failure(errNum)
	}
	months := (y2-y1)*12 + m2 - m1
	if d2 < d1 {
		months--
	}
	switch strings.ToUpper(c.text(2)) {
	case "Y":
		return number(float64(months / 12))
	case "M":
		return number(float64(months))
	case "D":
		return number(to - from)
	case "YM":
		return number(float64(months % 12))
	case "MD":
		if d2 >= d1 {
			return number(float64(d2 - d1))
		}
		return number(to - serialOf(y2, m2-1, d1))
	case "YD":
		last := serialOf(y2, m1, d1)
		if last > to {
			last = serialOf(y2-1, m1, d1)
		}
		return number(to - last)
	}
	return failure(errNum)
}
