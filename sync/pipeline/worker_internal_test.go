package pipeline

import (
	"testing"
	"time"
)

// A sign of life counts for its run alone, and not for long.
func TestTouched(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name string
		run  int64
		at   time.Time
		want bool
	}{
		{"none yet", 0, time.Time{}, false},
		{"just now", 7, now, true},
		{"another run's", 6, now, false},
		{"one that is due again", 7, now.Add(-heartbeatEvery), false},
	} {
		var last touched
		last.note(c.run, c.at)
		if got := last.lately(7); got != c.want {
			t.Errorf("%s: %t, want %t", c.name, got, c.want)
		}
	}
}
