package sheet

import (
	"bytes"
	"context"
	"testing"
)

// benchRows is how many people the benchmarked list has.
const benchRows = 50_000

// BenchmarkFormats reads the list in every format, for profiles of one of
// them; BenchmarkCompare in this folder sets them against others.
func BenchmarkFormats(b *testing.B) {
	for _, f := range []struct {
		name  string
		write func(testing.TB) []byte
	}{
		{"xlsx", func(t testing.TB) []byte { return rosterXLSX(t, benchRows) }},
		{"xls", func(testing.TB) []byte { return rosterXLS(benchRows) }},
		{"ods", func(t testing.TB) []byte { return writeODS(t, rosterTable(benchRows)) }},
		{"spreadsheetml", func(t testing.TB) []byte { return writeSpreadsheetML(t, rosterTable(benchRows)) }},
		{"csv", func(t testing.TB) []byte { return writeCSV(t, rosterTable(benchRows)) }},
		{"html", func(t testing.TB) []byte { return writePlainHTML(t, rosterTable(benchRows)) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			content := f.write(b)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				benchRead(b, content)
			}
			b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// benchRead reads the list, and holds the benchmark to reading all of it.
func benchRead(b *testing.B, content []byte) *Grid {
	b.Helper()
	book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), DefaultLimits())
	if err != nil {
		b.Fatal(err)
	}
	grid, err := book.Read(context.Background(), 0)
	if err != nil {
		b.Fatal(err)
	}
	if n := len(grid.Rows); n != benchRows+4 || len(grid.Rows[n-2].Cells) != rosterCols {
		b.Fatalf("%d rows", n)
	}
	return grid
}

// writePlainHTML writes blanks as they are, as most exports do.
func writePlainHTML(t testing.TB, tab table) []byte {
	return bytes.ReplaceAll(writeHTML(t, tab), []byte("<span style='mso-spacerun:yes'>\u00a0</span>"), []byte(" "))
}
