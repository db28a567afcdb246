package postgres_test

import (
	"context"
	"fmt"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// BenchmarkSaveDocument measures a sheet of 20,000 registrations: for the first
// time, with one row in a hundred changed, and unchanged.
func BenchmarkSaveDocument(b *testing.B) {
	const rows = 20_000
	names := make([]string, rows)
	for i := range names {
		names[i] = fmt.Sprint("Nguyễn Văn An ", i)
	}
	report := func(b *testing.B) {
		b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	}
	b.Run("cold", func(b *testing.B) {
		l := newLedger(b)
		d := roster(names...)
		for i := 0; b.Loop(); i++ {
			d.Source = fmt.Sprint("folder:", i)
			l.save(d, day(2))
		}
		report(b)
	})
	b.Run("1% changed", func(b *testing.B) {
		l := newLedger(b)
		d := roster(names...)
		l.save(d, day(2))
		registrations := d.Registrations()
		for i := 1; b.Loop(); i++ {
			for j := 0; j < rows; j += 100 {
				registrations[j].Position = fmt.Sprint("Trưởng phòng ", i)
			}
			l.save(d, day(3))
		}
		report(b)
	})
	b.Run("unchanged", func(b *testing.B) {
		l := newLedger(b)
		d := roster(names...)
		l.save(d, day(2))
		for b.Loop() {
			l.save(d, day(3))
		}
		report(b)
	})
}

func BenchmarkLoadDocuments(b *testing.B) {
	const rows = 20_000
	names := make([]string, rows)
	for i := range names {
		names[i] = fmt.Sprint("Nguyễn Văn An ", i)
	}
	l := newLedger(b)
	l.save(roster(names...), day(2))
	for b.Loop() {
		l.load()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkSaveFindings(b *testing.B) {
	const n = 2_000
	findings := make([]reconcile.Finding, n)
	for i := range findings {
		findings[i] = birthDate(fmt.Sprint("Nguyễn Văn An ", i))
	}
	l := newLedger(b)
	for b.Loop() {
		l.in(func(ctx context.Context, tx postgres.Tx) error {
			_, err := l.SaveFindings(ctx, tx, planID, l.run, findings, day(2))
			return err
		})
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "findings/s")
}
