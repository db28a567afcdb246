package google

import (
	"context"

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

// Pacer waits until a request of the budget may be sent. Processes that share
// one Google Cloud project and account have to share a Pacer, too, which one of
// them alone cannot be: it may stand in the database.
type Pacer func(ctx context.Context, b Budget) error

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

// newPacer paces the requests of one account of one project in this process.
func newPacer(q Quota) Pacer {
	d := DefaultQuota()
	sheets := func() []*rate.Limiter {
		return []*rate.Limiter{
			perMinute(positive(q.UserPerMinute, d.UserPerMinute)), perMinute(positive(q.ProjectPerMinute, d.ProjectPerMinute)),
		}
	}
	budgets := map[Budget][]*rate.Limiter{
		SheetsReads: sheets(), SheetsWrites: sheets(),
		DriveQueries: {perMinute(positive(q.DrivePerMinute, d.DrivePerMinute))},
	}
	return func(ctx context.Context, b Budget) error {
		for _, one := range budgets[b] {
			if err := one.Wait(ctx); err != nil {
				return err
			}
		}
		return nil
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
func perMinute(n int) *rate.Limiter {
	burst := max(n/20, 1)
	return rate.NewLimiter(rate.Limit(float64(max(n-burst, 1))/60), burst)
}
