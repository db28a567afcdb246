package reconcile_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func TestCompensation(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    reconcile.Compensation
		want reconcile.VND
		ok   bool
	}{
		{"a quarter served", reconcile.Compensation{Cost: 45_500_000, Owed: 48, Served: 12}, 34_125_000, true},
		{"nothing served", reconcile.Compensation{Cost: 45_500_000, Owed: 48}, 45_500_000, true},
		{"all served", reconcile.Compensation{Cost: 45_500_000, Owed: 48, Served: 48}, 0, true},
		{"served longer than owed", reconcile.Compensation{Cost: 45_500_000, Owed: 48, Served: 60}, 0, true},
		{"a third of 100 đồng", reconcile.Compensation{Cost: 100, Owed: 3, Served: 2}, 33, true},
		{"half a đồng goes up", reconcile.Compensation{Cost: 1, Owed: 2, Served: 1}, 1, true},
		{"nothing owed", reconcile.Compensation{Cost: 45_500_000}, 0, false},
		{"a negative cost", reconcile.Compensation{Cost: -5, Owed: 10, Served: 5}, 0, true},
	} {
		got, ok := tt.c.Remaining()
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s: %s %v, want %s %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

// What remains lies between nothing and the whole, falls with every month, is
// the formula's value to half a đồng, and is exact at any size.
func TestCompensationProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := reconcile.Compensation{
			Cost:   reconcile.VND(rapid.Int64Range(0, 1<<62).Draw(t, "cost")),
			Owed:   rapid.IntRange(1, 600).Draw(t, "owed"),
			Served: rapid.IntRange(0, 700).Draw(t, "served"),
		}
		got, ok := c.Remaining()
		if !ok || got < 0 || got > c.Whole() {
			t.Fatalf("%+v: %d %v", c, got, ok)
		}
		later := c
		later.Served++
		if next, _ := later.Remaining(); next > got {
			t.Fatalf("%+v: %d, a month later %d", c, got, next)
		}
		left := max(c.Owed-c.Served, 0)
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(c.Cost)), big.NewRat(int64(left), int64(c.Owed)))
		off := new(big.Rat).Sub(new(big.Rat).SetInt64(int64(got)), exact)
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%+v: %d is off by %s", c, got, off.FloatString(3))
		}
		if c.Served == 0 && got != c.Whole() {
			t.Fatalf("%+v: nothing served, %d", c, got)
		}
	})
}
