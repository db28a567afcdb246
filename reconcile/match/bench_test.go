package match

import (
	"fmt"
	"runtime"
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

// BenchmarkMeetings counts how many pairs the blocks bring together, and how
// many in each of them, for as many people in one list as a nation registers in
// years. The counts do not depend on the machine. Names collide as in Vietnam
// and neither names nor agencies become more with the people, so that blocks
// fill up, which is the worse case: 2.2 pairs a row of a hundred thousand people
// are 7.8 of a million and 24.8 of ten million. They are bounded, by blockSize
// in each block, and each row is still met less often than a comparison of all
// with all of one name and birth year would have it, which is counted beside:
// 1.2, 11.5 and 114, ten times as many for ten times the rows. Ten million take
// 15 GB and minutes:
//
//	go test ./reconcile/match -run '^$' -bench Meetings -benchtime 1x -timeout 1h
func BenchmarkMeetings(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := newDictionary()
			records := newRecords(newProvince(1, n).rows, d, nil)
			runtime.GC()
			for b.Loop() {
				l := blocker{dictionary: d, records: records, classes: newClasses(records)}
				names := []string{"id", "phone", "date-letters", "date-but-a-word", "date-initials", "slip-in-date", "name-year"}
				all := 0
				for i, keys := range blockings() {
					met := 0
					l.meet(keys, func(int32, int32) { met++ })
					all += met
					b.ReportMetric(float64(met)/float64(len(records)), names[i]+"/row")
				}
				b.ReportMetric(float64(all)/float64(len(records)), "pairs/row")
				b.ReportMetric(unbounded(records), "name-and-year-unbounded/row")
			}
		})
	}
}

// unbounded is how many pairs for a row blocks by name and year would bring
// together that compare each with each.
func unbounded(records []record) float64 {
	type key struct {
		letters uint64
		year    int
	}
	sizes := make(map[key]float64)
	for i := range records {
		sizes[key{records[i].letters, records[i].born.Year}]++
	}
	pairs := 0.0
	for _, n := range sizes {
		pairs += n * (n - 1) / 2
	}
	return pairs / float64(len(records))
}
