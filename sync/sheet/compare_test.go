//go:build unix

package sheet_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/sync/sheet"
	"doisoat/sync/understand"

	"github.com/xuri/excelize/v2"
)

// contender is one of several ways to do the same work.
type contender struct {
	name string
	// run does the work once and says what it cost.
	run func(*testing.B) time.Duration
}

// rounds is how often each contender runs at least; the medians are compared.
const rounds = 5

// compare lets the contenders take turns on one processor, prints a table of
// their medians, and reports each as a multiple of the first. Time is that of
// the processor, which says the same on a busy machine.
func compare(b *testing.B, contenders ...contender) {
	b.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	costs := make([][]time.Duration, len(contenders))
	for range max(rounds, b.N) {
		for i, c := range contenders {
			runtime.GC() // nobody pays for the garbage of the one before
			costs[i] = append(costs[i], c.run(b))
		}
	}
	var table strings.Builder
	first := median(costs[0])
	for i, c := range contenders {
		m := median(costs[i])
		ratio := float64(m) / float64(first)
		rows := float64(sheet.BenchRows) / m.Seconds()
		fmt.Fprintf(&table, "\n%-24s %7.0f ms %8.0f rows/s  %5.2f", c.name, float64(m)/1e6, rows, ratio)
		if i > 0 {
			b.ReportMetric(ratio, c.name+"/"+contenders[0].name)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.Logf("medians of %d rounds, and as multiples of the first:%s", len(costs[0]), table.String())
}

func median(all []time.Duration) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// timed is the processor time that the work takes in this process, collecting
// its garbage included.
func timed(work func(*testing.B)) func(*testing.B) time.Duration {
	return func(b *testing.B) time.Duration {
		before := spent(b)
		work(b)
		return spent(b) - before
	}
}

func spent(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkCompare sets the reader of xlsx against excelize and against its
// floor, which is unpacking the same bytes and looking at each once; and it
// sets what understanding the sheet costs against reading it.
func BenchmarkCompare(b *testing.B) {
	content := sheet.RosterXLSX(b, sheet.BenchRows)
	grid := read(b, content)
	reader := newUnderstanding(b)
	compare(
		b,
		contender{"reading", timed(func(b *testing.B) { read(b, content) })},
		contender{"excelize", timed(func(b *testing.B) { readExcelize(b, content) })},
		contender{"floor", timed(func(b *testing.B) { inflateAndScan(b, content) })},
		contender{"understanding", timed(func(b *testing.B) { understood(b, reader, grid) })},
	)
}

func read(b *testing.B, content []byte) *sheet.Grid {
	b.Helper()
	book, err := sheet.Open(context.Background(), bytes.NewReader(content), int64(len(content)), sheet.DefaultLimits())
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	grid, err := book.Read(context.Background(), 0)
	if err != nil {
		b.Fatal(err)
	}
	if n := len(grid.Rows); n != sheet.BenchRows+4 || len(grid.Rows[n-2].Cells) != sheet.RosterCols {
		b.Fatalf("%d rows", n)
	}
	return grid
}

// readExcelize reads in excelize's fastest way: row by row, values raw.
func readExcelize(b *testing.B, content []byte) {
	b.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		b.Fatal(err)
	}
	cells := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		cells += len(columns)
	}
	if cells < sheet.BenchRows*sheet.RosterCols {
		b.Fatalf("%d cells", cells)
	}
}

// inflateAndScan unpacks every part of the package in pieces and looks at each
// byte once: what no reader can do without.
func inflateAndScan(b *testing.B, content []byte) {
	b.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		b.Fatal(err)
	}
	buffer := make([]byte, 64<<10)
	tags := 0
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			b.Fatal(err)
		}
		for {
			n, err := r.Read(buffer)
			for _, c := range buffer[:n] {
				if c == '<' {
					tags++
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if tags < sheet.BenchRows*sheet.RosterCols {
		b.Fatalf("%d tags", tags)
	}
}

func newUnderstanding(b *testing.B) *understand.Reader {
	b.Helper()
	p, register, err := plan.Load("quang-ngai-2024")
	if err != nil {
		b.Fatal(err)
	}
	return understand.New(p, register)
}

// understood reads the people of the list, and holds the benchmark to reading
// all of each.
func understood(b *testing.B, reader *understand.Reader, grid *sheet.Grid) {
	b.Helper()
	d, err := reader.Document(context.Background(), loaded{grid}, understand.Options{File: "danh sach.xlsx", Source: "s"})
	if err != nil {
		b.Fatal(err)
	}
	people := d.Sheets[0].Registrations()
	if len(people) != sheet.BenchRows || d.Sheets[0].NotUnderstood() != 0 {
		b.Fatalf("%d people, %d rows not understood", len(people), d.Sheets[0].NotUnderstood())
	}
	for _, p := range people {
		if cmp.Or(p.CitizenID, p.Phone) == "" || p.Program == "" || p.Agency != "H09" || !p.BirthDate.IsFull() || !p.OfficialDate.IsFull() ||
			p.Education == "" || p.PoliticalTheory == "" || p.Position == "" || p.AgencyText == "" || p.Sex == "" || p.Ethnicity == "" {
			b.Fatalf("row %d: %+v", p.Origin.Row, p)
		}
	}
}

// loaded is a workbook of one sheet that has been read.
type loaded struct{ grid *sheet.Grid }

func (l loaded) Format() string { return string(reconcile.XLSX) }

func (l loaded) Sheets() []sheet.Info                           { return []sheet.Info{l.grid.Info} }
func (l loaded) Read(context.Context, int) (*sheet.Grid, error) { return l.grid, nil }
func (l loaded) Close() error                                   { return nil }
