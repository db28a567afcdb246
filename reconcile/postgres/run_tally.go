package postgres

import (
	"context"
	"fmt"
	"time"

	"doisoat/reconcile"

	"github.com/jackc/pgx/v5"
)

// RunTally is how the runs of a plan went since the beginning.
type RunTally struct {
	// Ended counts the runs that have ended, by how.
	Ended map[reconcile.RunStatus]int
	// Good is when the newest run that reached its end, with or without sources
	// that could not be read, ended; GoodBegan is when it began. Both are zero
	// when there was none.
	Good, GoodBegan time.Time
}

// TallyRuns counts the runs of the plan.
func (s *Store) TallyRuns(ctx context.Context, planID string) (RunTally, error) {
	doing := fmt.Sprintf("đếm lần chạy của kế hoạch %s", planID)
	t := RunTally{Ended: make(map[reconcile.RunStatus]int)}
	rows, err := s.pool.Query(ctx, `
		SELECT status, count(*), max(finished_at), max(started_at) FROM run
		WHERE plan_id = $1 AND finished_at IS NOT NULL GROUP BY status`, planID)
	if err != nil {
		return RunTally{}, wrap(doing, err)
	}
	var status string
	var n int
	var ended, began time.Time
	_, err = pgx.ForEachRow(rows, []any{&status, &n, &ended, &began}, func() error {
		t.Ended[reconcile.RunStatus(status)] = n
		if reconcile.RunStatus(status) != reconcile.RunFailed && ended.After(t.Good) {
			t.Good, t.GoodBegan = ended, began
		}
		return nil
	})
	return t, wrap(doing, err)
}

// Current reports an error unless the database can be reached and has the
// tables of this very program: ErrNewerSchema when another one has changed them
// since the store was opened.
func (s *Store) Current(ctx context.Context) error {
	const doing = "kiểm tra cấu trúc cơ sở dữ liệu"
	var newest int64
	err := s.pool.QueryRow(ctx, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`).Scan(&newest)
	if err != nil {
		return wrap(doing, err)
	}
	own, err := newestMigration()
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if newest > own {
		return &failure{doing: doing, kind: ErrNewerSchema, hint: fmt.Sprintf("%d > %d", newest, own)}
	}
	return nil
}

// newestMigration is the number of the last migration that the program has.
func newestMigration() (int64, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return 0, err
	}
	var newest int64
	_, err = fmt.Sscanf(entries[len(entries)-1].Name(), "%d_", &newest)
	return newest, err
}
