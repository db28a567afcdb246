package formula

import "math"

func mathFunctions() []function {
	return []function{
		each("ROUND", 2, 2, func(c *call) Value { return number(rounded(c.number(0), c.integer(1), math.Round)) }),
		each("ROUNDUP", 2, 2, func(c *call) Value { return number(rounded(c.number(0), c.integer(1), awayFromZero)) }),
		each("ROUNDDOWN", 2, 2, func(c *call) Value { return number(rounded(c.number(0), c.integer(1), math.Trunc)) }),
		each("TRUNC", 1, 2, func(c *call) Value { return number(rounded(c.number(0), c.integerOr(1, 0), math.Trunc)) }),
		each("INT", 1, 1, func(c *call) Value { return number(math.Floor(digits15(c.number(0)))) }),
		each("ABS", 1, 1, func(c *call) Value { return number(math.Abs(c.number(0))) }),
		each("SIGN", 1, 1, func(c *call) Value { return number(float64(compare(number(c.number(0)), number(0)))) }),
		each("SQRT", 1, 1, func(c *call) Value { return number(math.Sqrt(c.number(0))) }),
		each("POWER", 2, 2, func(c *call) Value { return power(c.number(0), c.number(1)) }),
		each("MOD", 2, 2, modulo),
		each("QUOTIENT", 2, 2, quotient),
		each("CEILING", 2, 2, func(c *call) Value { return multiple(c, math.Ceil) }),
		each("FLOOR", 2, 2, func(c *call) Value { return multiple(c, math.Floor) }),
		each("MROUND", 2, 2, func(c *call) Value { return multiple(c, math.Round) }),
		each("PI", 0, 0, func(*call) Value { return number(math.Pi) }),
		each("EVEN", 1, 1, func(c *call) Value { return number(2 * awayFromZero(c.number(0)/2)) }),
	}
}

// rounded rounds to so many digits behind the point, of the number as it is
// shown in 15 digits: 1.005 is not a little less.
func rounded(f float64, digits int, round func(float64) float64) float64 {
	digits = max(-20, min(20, digits))
	scale := math.Pow(10, math.Abs(float64(digits)))
	if digits < 0 {
		return round(digits15(f/scale)) * scale
	}
	if scaled := f * scale; math.Abs(scaled) < 1e15 {
		return round(digits15(scaled)) / scale
	}
	return f
}

func awayFromZero(f float64) float64 {
	if f < 0 {
		return math.Floor(f)
	}
	return math.Ceil(f)
}

// modulo has the sign of the divisor.
func modulo(c *call) Value {
	n, d := c.number(0), c.number(1)
	if d == 0 {
		return failure(errDiv)
	}
	if math.Abs(n/d) > 1e13 {
		return failure(errNum)
	}
	m := math.Mod(n, d)
	if m != 0 && (m < 0) != (d < 0) {
		m += d
	}
	return number(m)
}

func quotient(c *call) Value {
	n, d := c.number(0), c.number(1)
	if d == 0 {
		return failure(errDiv)
	}
	return number(math.Trunc(n / d))
}

// multiple is the multiple of the second number to which the first is rounded.
func multiple(c *call, round func(float64) float64) Value {
	n, step := c.number(0), c.number(1)
	switch {
	case step == 0:
		return number(0)
	case n > 0 && step < 0:
		return failure(errNum)
	}
	return number(round(digits15(n/step)) * step)
}
