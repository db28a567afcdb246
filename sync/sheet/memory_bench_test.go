package sheet

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"
)

// BenchmarkMemory shows what a grid costs. The grid holds every cell of its
// sheet, so that its memory grows with the rows; "per cell" is what it keeps,
// shared texts set apart, and "peak" the most that was in use while it was
// read, both without garbage.
func BenchmarkMemory(b *testing.B) {
	for _, rows := range []int{5_000, 50_000, 500_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			limits := DefaultLimits()
			// The longest list is beyond what the limits allow.
			limits.Rows, limits.Cells, limits.PartBytes = 2*rows, 2*rows*rosterCols, limits.InflatedBytes
			content := rosterXLSX(b, rows)
			// Collecting often keeps garbage out of the peak.
			defer debug.SetGCPercent(debug.SetGCPercent(5))
			for range b.N {
				before := heapInUse(true)
				book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), limits)
				if err != nil {
					b.Fatal(err)
				}
				grid, err := book.Read(context.Background(), 0)
				if err != nil {
					b.Fatal(err)
				}
				peak := heapInUse(false) // nothing that a read needs is let go of before its end
				whole := heapInUse(true)
				cells := 0
				for i := range grid.Rows {
					cells += len(grid.Rows[i].Cells)
				}
				grid.Rows = nil
				shared := heapInUse(true)
				runtime.KeepAlive(book)
				b.ReportMetric(float64(peak-before)/1e6, "peak-MB")
				b.ReportMetric(float64(shared-before)/1e6, "shared-MB")
				b.ReportMetric(float64(whole-shared)/float64(cells), "B/cell")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// heapInUse is the memory of all objects, those that nobody needs any more
// left out when it collects first.
func heapInUse(collect bool) int64 {
	if collect {
		runtime.GC()
		runtime.GC() // what a pool holds survives the first
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
