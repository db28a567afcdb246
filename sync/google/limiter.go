package google

import (
	"context"

	"golang.org/x/time/rate"
)

// Quota is how many requests a minute Google allows, for reads and for writes
// apart: https://developers.google.com/workspace/sheets/api/limits.
type Quota struct {
	ProjectPerMinute int
	UserPerMinute    int
}

// DefaultQuota is what a Google Cloud project has when nobody raised it.
func DefaultQuota() Quota { return Quota{ProjectPerMinute: 300, UserPerMinute: 60} }

// limiter paces the requests of one account of one project.
type limiter struct{ reads, writes []*rate.Limiter }

func newLimiter(q Quota) *limiter {
	if q == (Quota{}) {
		q = DefaultQuota()
	}
	pace := func() []*rate.Limiter {
		return []*rate.Limiter{perMinute(q.UserPerMinute), perMinute(q.ProjectPerMinute)}
	}
	return &limiter{reads: pace(), writes: pace()}
}

// perMinute allows n requests in any 60 seconds. A twentieth of them may come
// at once; the steady rate is lower by as much, for burst and rate together
// must not go over the quota.
func perMinute(n int) *rate.Limiter {
	n = max(n, 1)
	burst := max(n/20, 1)
	return rate.NewLimiter(rate.Limit(float64(max(n-burst, 1))/60), burst)
}

// wait returns when a request may be sent.
func (l *limiter) wait(ctx context.Context, kind callKind) error {
	all := l.reads
	if kind == write {
		all = l.writes
	}
	for _, one := range all {
		if err := one.Wait(ctx); err != nil {
			return err
		}
	}
	return nil
}
