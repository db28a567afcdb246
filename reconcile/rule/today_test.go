package rule

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

// Until the day that Until names, whatever day it is, the same is found.
func TestUntilThenTheSameIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawScenario(t).input(t, moved{firstRow: 8})
		in.Deadline = reconcile.Date{Year: 2024, Month: 3, Day: rapid.IntRange(0, 31).Draw(t, "deadline")}
		for _, r := range in.Registrations {
			if rapid.Bool().Draw(t, "joins later") {
				r.PartyDate = reconcile.Date{Year: 2024, Month: rapid.IntRange(0, 12).Draw(t, "month")}
			}
		}
		in.Today = reconcile.Date{Year: 2024, Month: rapid.IntRange(1, 6).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")}
		want := Run(All(), in, Options{})
		until := in.Until()
		if !until.IsZero() && until.Compare(in.Today) <= 0 {
			t.Fatalf("on %v: until %v", in.Today, until)
		}
		later := in.Today.AddDays(rapid.IntRange(1, 400).Draw(t, "days"))
		if !until.IsZero() && later.Compare(until) >= 0 {
			later = until.DayBefore()
		}
		in.Today = later
		if diff := cmp.Diff(want, Run(All(), in, Options{})); diff != "" {
			t.Fatalf("on %v, before %v: %s", later, until, diff)
		}
	})
}

func TestNoDayMattersOnceAllHaveCome(t *testing.T) {
	in := &Input{Today: reconcile.Date{Year: 2024, Month: 4, Day: 1}}
	for _, c := range []struct {
		day  reconcile.Date
		over bool
		want reconcile.Date
	}{
		{day: reconcile.Date{Year: 2024, Month: 3, Day: 31}, over: true},
		{day: reconcile.Date{Year: 2024, Month: 3}, over: true},
		{day: reconcile.Date{Year: 2024}, want: reconcile.Date{Year: 2025, Month: 1, Day: 1}},
		{day: reconcile.Date{Year: 2024, Month: 4}, want: reconcile.Date{Year: 2024, Month: 5, Day: 1}},
		{day: reconcile.Date{Year: 2024, Month: 4, Day: 30}, want: reconcile.Date{Year: 2024, Month: 5, Day: 1}},
		{day: reconcile.Date{Year: 2024, Month: 4, Day: 1}, want: reconcile.Date{Year: 2024, Month: 4, Day: 2}},
		{},
	} {
		in.until = reconcile.Date{}
		if got := in.over(c.day); got != c.over || in.Until() != c.want {
			t.Errorf("%v is over: %v until %v, want %v until %v", c.day, got, in.Until(), c.over, c.want)
		}
	}
}
