package reconcile

import (
	"strconv"
	"strings"
)

// VND is an amount of Vietnamese đồng. The đồng has no minor unit, so amounts
// are whole numbers and arithmetic on them is exact.
type VND int64

// Format writes the amount as Vietnamese documents do, with a dot between
// groups of three digits: 36.511.988.780.
func (v VND) Format() string {
	digits := strconv.FormatInt(int64(v), 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// String is Format with the unit: 36.511.988.780 đồng.
func (v VND) String() string { return v.Format() + " đồng" }
