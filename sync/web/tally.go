package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// tally keeps the counts of findings, which change with each reconciliation
// and at no other time.
type tally struct {
	mu     sync.Mutex
	of     postgres.Tallied
	counts []postgres.FindingCount
}

// counts are those of all findings that the visitor may see.
func (v *visit) counts() ([]postgres.FindingCount, error) {
	all, err := v.tally.now(v.r.Context(), v.Store, v.Plan.ID)
	if err != nil || v.user.SeesAll() {
		return all, err
	}
	var seen []postgres.FindingCount
	for i := range all {
		if v.sees(all[i].Agency) {
			seen = append(seen, all[i])
		}
	}
	return seen, nil
}

func (t *tally) now(ctx context.Context, store *postgres.Store, planID string) ([]postgres.FindingCount, error) {
	last, err := store.LastTallied(ctx, planID)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if last.Run == t.of.Run && last.At.Equal(t.of.At) {
		return t.counts, nil
	}
	counts, err := store.TallyFindings(ctx, planID)
	if err == nil {
		t.of, t.counts = last, counts
	}
	return counts, err
}

// bySeverity counts findings of each severity.
type bySeverity struct{ Errors, Warnings, Infos int }

func (b *bySeverity) add(c *postgres.FindingCount) {
	switch c.Severity {
	case reconcile.SeverityError:
		b.Errors += c.N
	case reconcile.SeverityWarning:
		b.Warnings += c.N
	default:
		b.Infos += c.N
	}
}

// Total is how many there are.
func (b bySeverity) Total() int { return b.Errors + b.Warnings + b.Infos }

// line is the open findings that have something in common.
type line struct {
	Key, Name string
	bySeverity
}

// openBy counts the open findings by what key says of them, the most errors
// first.
func openBy(counts []postgres.FindingCount, key func(*postgres.FindingCount) string, name func(string) string) []line {
	at := make(map[string]*line)
	for i := range counts {
		c := &counts[i]
		if c.Status != reconcile.StatusOpen {
			continue
		}
		k := key(c)
		if at[k] == nil {
			at[k] = &line{Key: k, Name: name(k)}
		}
		at[k].add(c)
	}
	lines := make([]line, 0, len(at))
	for _, l := range at {
		lines = append(lines, *l)
	}
	slices.SortFunc(lines, func(a, b line) int {
		for _, d := range []int{b.Errors - a.Errors, b.Warnings - a.Warnings, b.Infos - a.Infos} {
			if d != 0 {
				return d
			}
		}
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return lines
}

// age is a class of how long findings have been there.
type age struct {
	Key, Name string
	// From and Until in days: at least From and less than Until, 0 for no end.
	From, Until int
}

func ages() []age {
	return []age{
		{"0", "dưới 7 ngày", 0, 7},
		{"7", "7 đến 30 ngày", 7, 30},
		{"30", "30 đến 90 ngày", 30, 90},
		{"90", "từ 90 ngày", 90, 0},
	}
}

// span is between which moments findings of the age were first seen; a zero
// end is open.
func (a age) span(now time.Time) (from, until time.Time) {
	if a.Until > 0 {
		from = now.AddDate(0, 0, -a.Until)
	}
	if a.From > 0 {
		until = now.AddDate(0, 0, -a.From)
	}
	return from, until
}

func ageOf(key string) (age, bool) {
	for _, a := range ages() {
		if a.Key == key {
			return a, true
		}
	}
	return age{}, false
}

func (a age) holds(now, firstSeen time.Time) bool {
	from, until := a.span(now)
	return (from.IsZero() || !firstSeen.Before(from)) && (until.IsZero() || firstSeen.Before(until))
}
