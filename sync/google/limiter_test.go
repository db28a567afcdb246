package google

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// TestPaceStaysBelowTheQuota counts what the limiter lets pass in the first
// and in a later minute, on a clock of its own.
func TestPaceStaysBelowTheQuota(t *testing.T) {
	for _, quota := range []int{1, 10, 60, 300} {
		l := perMinute(quota).limiter()
		start := time.Date(2024, 3, 1, 1, 0, 0, 0, time.UTC)
		var passed []time.Time
		for now := start; now.Before(start.Add(3 * time.Minute)); now = now.Add(50 * time.Millisecond) {
			for l.AllowN(now, 1) {
				passed = append(passed, now)
			}
		}
		for i := range passed {
			n := 0
			for _, p := range passed[i:] {
				if p.Before(passed[i].Add(time.Minute)) {
					n++
				}
			}
			if n > quota {
				t.Fatalf("quota %d: %d requests in the minute from %v", quota, n, passed[i].Sub(start))
			}
		}
		if least := 3*quota - 3*quota/10 - 3; len(passed) < least {
			t.Errorf("quota %d: only %d requests in three minutes", quota, len(passed))
		}
	}
}

func TestBudgetsArePacedApart(t *testing.T) {
	pace := newPacer(pacesOf("", Quota{ProjectPerMinute: 100, UserPerMinute: 1, DrivePerMinute: 1}), nil)
	budgets := []Budget{SheetsReads, SheetsWrites, DriveQueries}
	for _, b := range budgets {
		if err := pace(t.Context(), b); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(time.Second))
	defer cancel()
	for _, b := range budgets {
		if err := pace(ctx, b); err == nil {
			t.Errorf("%s: two requests at once with a quota of one a minute", b)
		}
	}
}

func TestTargetsCountAgainstTheirAPI(t *testing.T) {
	for want, what := range map[Budget]target{
		SheetsReads: spreadsheetTarget("1", read), SheetsWrites: spreadsheetTarget("1", write), DriveQueries: fileTarget("1"),
	} {
		if got := what.budget(); got != want {
			t.Errorf("%v counts against %s, want %s", what, got, want)
		}
	}
}

// TestTurnsAreShared: each request asks for the paces of its budget, those of an
// account and those of its project, which two accounts share.
func TestTurnsAreShared(t *testing.T) {
	var asked []string
	turn := func(_ context.Context, paces []Pace) (time.Duration, error) {
		for _, p := range paces {
			asked = append(asked, p.Name)
		}
		return time.Duration(len(asked)) * time.Millisecond, nil
	}
	for _, account := range []string{"btc@tinh.iam.gserviceaccount.com", "dao-tao@tinh.iam.gserviceaccount.com"} {
		if err := newPacer(pacesOf(account, Quota{}), turn)(t.Context(), SheetsReads); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"google sheets reads btc@tinh.iam.gserviceaccount.com", "google sheets reads project tinh.iam.gserviceaccount.com",
		"google sheets reads dao-tao@tinh.iam.gserviceaccount.com", "google sheets reads project tinh.iam.gserviceaccount.com",
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked for %q", asked)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	late := func(context.Context, []Pace) (time.Duration, error) { return 2 * time.Hour, nil }
	if err := newPacer(pacesOf("", Quota{}), late)(ctx, DriveQueries); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a turn that comes too late: %v", err)
	}
}
