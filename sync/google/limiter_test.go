package google

import (
	"testing"
	"time"
)

// TestPaceStaysBelowTheQuota counts what the limiter lets pass in the first
// and in a later minute, on a clock of its own.
func TestPaceStaysBelowTheQuota(t *testing.T) {
	for _, quota := range []int{1, 10, 60, 300} {
		l := perMinute(quota)
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

func TestReadsAndWritesArePacedApart(t *testing.T) {
	l := newLimiter(Quota{ProjectPerMinute: 100, UserPerMinute: 1})
	if err := l.wait(t.Context(), read); err != nil {
		t.Fatal(err)
	}
	if !l.writes[0].AllowN(time.Now(), 1) {
		t.Error("a read used up the quota of writes")
	}
	if l.reads[0].AllowN(time.Now(), 1) {
		t.Error("the quota of reads was not used up")
	}
}
