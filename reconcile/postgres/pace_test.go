package postgres_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// TestPaceOfSeveralPrograms: programs that take turns at the same time get no
// more of them within any minute than one alone would, and nearly as many.
func TestPaceOfSeveralPrograms(t *testing.T) {
	t.Parallel()
	const programs, turns, quota, burst = 4, 40, 60, 3
	address := pgtest.NewURL(t)
	paces := []postgres.Pace{
		{Name: "dự án", Every: time.Minute / 297, Burst: 15},
		{Name: "người dùng", Every: time.Minute / (quota - burst), Burst: burst},
	}
	var mu sync.Mutex
	var due []time.Time
	var group sync.WaitGroup
	for range programs {
		store := pgtest.Open(t, address, postgres.Options{MaxConns: 2})
		group.Go(func() {
			for range turns {
				wait, err := store.Turn(t.Context(), paces...)
				at := time.Now().Add(wait)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				due = append(due, at)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	slices.SortFunc(due, time.Time.Compare)
	if len(due) != programs*turns {
		t.Fatalf("%d turns", len(due))
	}
	// The clocks are read one after the other: the edges of a minute are not
	// sharp.
	const minute = 59 * time.Second
	for i, first := range due {
		n, _ := slices.BinarySearchFunc(due, first.Add(minute), time.Time.Compare)
		if n-i > quota {
			t.Fatalf("%d turns in the minute from turn %d", n-i, i)
		}
	}
	if took := due[len(due)-1].Sub(due[0]); took > programs*turns*time.Minute/(quota-burst) {
		t.Errorf("%d turns take %v", len(due), took)
	}
	if wait, err := pgtest.Open(t, address, postgres.Options{}).Turn(t.Context(), postgres.Pace{Name: "khác", Every: time.Hour, Burst: 1}); err != nil || wait > 0 {
		t.Errorf("the first turn of another pace comes in %v, %v", wait, err)
	}
}
