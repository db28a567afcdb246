package sheet

import (
	"math"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestAppendTime(t *testing.T) {
	tests := []struct {
		serial float64
		as     timeFormat
		want   string // "" for no time
	}{
		{1, day, "01/01/1900"},
		{59, day, "28/02/1900"},
		{60, day, "29/02/1900"}, // the day that never was
		{61, day, "01/03/1900"},
		{0, day, "00/01/1900"},
		{26797, day, "13/05/1973"},
		{45366, day, "15/03/2024"},
		{45366.5, day, "15/03/2024 12:00"},
		{45366.99999999, day, "16/03/2024"},
		{45366.0000001, day, "15/03/2024"},
		{2958465, day, "31/12/9999"},
		{2958466, day, ""},
		{-1, day, ""},
		{math.NaN(), day, ""},
		{0.3125, clock, "07:30"},
		{45366.3125, clock, "15/03/2024 07:30"},
		{1.5, elapsed, "36:00"},
		{0.0034722222, elapsed, "00:05"},
		{5, noTime, ""},
	}
	for _, tt := range tests {
		got, ok := appendTime(nil, tt.serial, tt.as)
		if string(got) != tt.want || ok != (tt.want != "") {
			t.Errorf("%v: %q, %v, want %q", tt.serial, got, ok, tt.want)
		}
	}
}

// Every day of the calendar is the day that excelize says.
func TestDatesAgreeWithExcelize(t *testing.T) {
	for serial := 61; serial < endOfDates; serial += 13 {
		want, err := excelize.ExcelDateToTime(float64(serial), false)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendDate(nil, int64(serial))); got != want.Format("02/01/2006") {
			t.Fatalf("%d: %s, want %s", serial, got, want)
		}
	}
}

func TestSerialOf(t *testing.T) {
	for serial := 1; serial < endOfDates; serial += 37 {
		if serial == leapBug {
			continue
		}
		text := string(appendDate(nil, int64(serial)))
		when, err := time.Parse("02/01/2006", text)
		if err != nil {
			t.Fatal(err)
		}
		if got := serialOf(when); got != float64(serial) {
			t.Fatalf("%s: %v, want %d", text, got, serial)
		}
	}
}

func TestParseISO(t *testing.T) {
	tests := []struct {
		text   string
		serial float64
		as     timeFormat
		ok     bool
	}{
		{"2024-03-15", 45366, day, true},
		{"1900-02-28", 59, day, true},
		{"1900-03-01", 61, day, true},
		{"2024-03-15T12:00:00", 45366.5, day, true},
		{"2024-03-15T12:00:00.000Z", 45366.5, day, true},
		{"2024-03-15T12:00:00+07:00", 45366.5, day, true},
		{"12:00:00", 0.5, clock, true},
		{"1500-01-01", 0, noTime, false},
		{"2024-02-30", 0, noTime, false},
		{"15/03/2024", 0, noTime, false},
		{"", 0, noTime, false},
	}
	for _, tt := range tests {
		serial, as, ok := parseISO(tt.text)
		if ok != tt.ok || ok && (serial != tt.serial || as != tt.as) {
			t.Errorf("%q: %v, %d, %v", tt.text, serial, as, ok)
		}
	}
}
