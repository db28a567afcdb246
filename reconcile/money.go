package reconcile

import (
	"math"
	"math/big"
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

// The bounds of an amount; what would pass them stays there, so that a sum of
// absurd cells is absurdly large and never negative.
const (
	maxVND = VND(math.MaxInt64)
	minVND = VND(math.MinInt64)
)

// Plus adds two amounts without wrapping round.
func (v VND) Plus(other VND) VND {
	switch {
	case other > 0 && v > maxVND-other:
		return maxVND
	case other < 0 && v < minVND-other:
		return minVND
	}
	return v + other
}

// Times multiplies an amount without wrapping round.
func (v VND) Times(n int) VND {
	return clamp(new(big.Int).Mul(big.NewInt(int64(v)), big.NewInt(int64(n))))
}

// Share is v × n ÷ of, rounded half up, exact at any size; 0 when of is not
// positive.
func (v VND) Share(n, of int) VND {
	if of <= 0 {
		return 0
	}
	product := new(big.Int).Mul(big.NewInt(int64(v)), big.NewInt(int64(n)))
	product.Add(product, big.NewInt(int64(of)/2))
	return clamp(product.Div(product, big.NewInt(int64(of))))
}

func clamp(n *big.Int) VND {
	switch {
	case n.IsInt64():
		return VND(n.Int64())
	case n.Sign() < 0:
		return minVND
	}
	return maxVND
}
