package reconcile_test

import (
	"testing"

	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func TestNewDate(t *testing.T) {
	good := map[string][3]int{
		"1980-02-29": {1980, 2, 29},
		"1976-07":    {1976, 7, 0},
		"1965":       {1965, 0, 0},
	}
	for want, in := range good {
		d, err := reconcile.NewDate(in[0], in[1], in[2])
		if err != nil || d.String() != want {
			t.Errorf("NewDate(%v) = %v, %v, want %s", in, d, err, want)
		}
	}
	for _, in := range [][3]int{{1980, 2, 30}, {1981, 2, 29}, {1999, 13, 15}, {1972, 0, 5}, {0, 1, 1}, {1980, 4, 31}} {
		if d, err := reconcile.NewDate(in[0], in[1], in[2]); err == nil {
			t.Errorf("NewDate(%v) = %v, want an error", in, d)
		}
	}
}

func TestSurelyBefore(t *testing.T) {
	date := func(s string) reconcile.Date {
		d, err := reconcile.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1980-01-01", "1980-01-02", true},
		{"1980", "1981", true},
		{"1980", "1980-12-31", false}, // may be the same day or later
		{"1980-05", "1980-06-01", true},
		{"1980-06", "1980-06-30", false},
		{"", "1980", false},
		{"1980-01-02", "1980-01-02", false},
	} {
		if got := date(c.a).SurelyBefore(date(c.b)); got != c.want {
			t.Errorf("%q surely before %q = %v", c.a, c.b, got)
		}
	}
}

func TestDateText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := reconcile.NewDate(
			rapid.IntRange(1, 9999).Draw(t, "year"),
			rapid.IntRange(0, 12).Draw(t, "month"),
			rapid.IntRange(0, 31).Draw(t, "day"))
		if err != nil {
			return
		}
		back, err := reconcile.ParseDate(d.String())
		if err != nil || back != d {
			t.Fatalf("%v written and read is %v, %v", d, back, err)
		}
	})
	for _, bad := range []string{"1980-1-", "x", "1980-02-30", "1980-01-01-01", "-1980"} {
		if d, err := reconcile.ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", bad, d)
		}
	}
}

func TestVietnameseForms(t *testing.T) {
	d := reconcile.Date{Year: 2024, Month: 3, Day: 31}
	if got := d.Vietnamese(); got != "31/03/2024" {
		t.Errorf("Vietnamese() = %q", got)
	}
	for amount, want := range map[reconcile.VND]string{
		36_511_988_780: "36.511.988.780",
		0:              "0",
		-1_500:         "-1.500",
		999:            "999",
	} {
		if got := amount.Format(); got != want {
			t.Errorf("Format(%d) = %q, want %q", int64(amount), got, want)
		}
	}
}
