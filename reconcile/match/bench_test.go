package match

import (
	"fmt"
	"testing"
)

// The time per row stays the same from ten thousand rows to a million: nothing
// in the package compares more than a bounded number of rows with each row. The
// number of agencies and of names does not grow with the rows, so that the
// blocks do: it is the worse case.
func BenchmarkPersons(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rows := newProvince(1, n).rows
			b.ReportAllocs()
			for b.Loop() {
				Persons(rows, Options{})
			}
			b.ReportMetric(float64(meetings(rows)), "pairs/row")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
		})
	}
}
