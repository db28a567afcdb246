package understand

import (
	"testing"
	"time"

	"doisoat/reconcile"
)

// Serial day numbers are the days of the calendar, but for 29 February 1900,
// which only spreadsheets know.
func TestFromSerial(t *testing.T) {
	for serial := 1; serial < 2_958_466; serial += 17 {
		days := serial
		if serial > 60 {
			days--
		}
		want := reconcile.DateOf(time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days))
		if got, ok := fromSerial(float64(serial) + 0.75); !ok || got != want {
			t.Fatalf("%d: %v, want %v", serial, got, want)
		}
	}
	for _, serial := range []float64{-1, 0, 0.5, 2_958_466} {
		if got, ok := fromSerial(serial); ok {
			t.Errorf("%v is %v", serial, got)
		}
	}
}
