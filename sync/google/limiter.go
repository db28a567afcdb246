package google

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// Budget is one of the quotas that Google counts apart.
type Budget string

// The budgets. Sheets counts reads and writes apart, and Drive is an API of its
// own: listing a folder takes nothing from what spreadsheets may be read.
const (
	SheetsReads  Budget = "sheets reads"
	SheetsWrites Budget = "sheets writes"
	DriveQueries Budget = "drive queries"
)

// Pace is a rate of requests: one after each interval, and so many at once after
// a rest. Whoever has the same account, or one of the same project, keeps the
// same Pace, on however many machines.
type Pace struct {
	Name  string
	Every time.Duration
	Burst int
}

// Turn takes the next turn of each pace for all processes that share them, and
// returns how long to wait for it.
type Turn func(ctx context.Context, paces []Pace) (time.Duration, error)

// pacer waits until a request of the budget may be sent.
type pacer func(ctx context.Context, b Budget) error

// Quota is how many requests a minute Google allows. Those of Sheets are for
// reads and for writes apart:
// https://developers.google.com/workspace/sheets/api/limits.
type Quota struct {
	ProjectPerMinute int
	UserPerMinute    int
	// DrivePerMinute is for one user. Drive counts units, of which a listing
	// costs more than a look at one file; this many listings are within them:
	// https://developers.google.com/workspace/drive/api/guides/limits.
	DrivePerMinute int
}

// DefaultQuota is what a Google Cloud project has when nobody raised it; of
// Drive's, which is far larger, no more than a night needs.
func DefaultQuota() Quota {
	return Quota{ProjectPerMinute: 300, UserPerMinute: 60, DrivePerMinute: 1000}
}

// pacesOf are those of the account's requests, by budget.
func pacesOf(account string, q Quota) map[Budget][]Pace {
	d := DefaultQuota()
	_, project, _ := strings.Cut(account, "@") // it names the project
	pace := func(whose string, b Budget, n int) Pace {
		p := perMinute(n)
		p.Name = strings.TrimSpace("google " + string(b) + " " + whose)
		return p
	}
	paces := map[Budget][]Pace{DriveQueries: {pace(account, DriveQueries, positive(q.DrivePerMinute, d.DrivePerMinute))}}
	for _, b := range []Budget{SheetsReads, SheetsWrites} {
		paces[b] = []Pace{
			pace(account, b, positive(q.UserPerMinute, d.UserPerMinute)),
			pace("project "+project, b, positive(q.ProjectPerMinute, d.ProjectPerMinute)),
		}
	}
	return paces
}

// newPacer keeps the paces in this process and, when turns are shared, among
// all.
func newPacer(paces map[Budget][]Pace, shared Turn) pacer {
	own := make(map[Budget][]*rate.Limiter, len(paces))
	for b, all := range paces {
		for _, p := range all {
			own[b] = append(own[b], p.limiter())
		}
	}
	return func(ctx context.Context, b Budget) error {
		for _, one := range own[b] {
			if err := one.Wait(ctx); err != nil {
				return err
			}
		}
		if shared == nil {
			return nil
		}
		wait, err := shared(ctx, paces[b])
		if err != nil {
			return fmt.Errorf("wait for a turn at Google: %w", err)
		}
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
			return context.DeadlineExceeded
		}
		return sleep(ctx, wait)
	}
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// perMinute allows n requests in any 60 seconds. A twentieth of them may come
// at once; the steady rate is lower by as much, for burst and rate together
// must not go over the quota.
func perMinute(n int) Pace {
	burst := max(n/20, 1)
	return Pace{Every: time.Minute / time.Duration(max(n-burst, 1)), Burst: burst}
}

func (p Pace) limiter() *rate.Limiter { return rate.NewLimiter(rate.Every(p.Every), p.Burst) }
