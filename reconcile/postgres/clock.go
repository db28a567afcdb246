package postgres

import (
	"context"
	"time"
)

// Clock is the time on the database server, to be compared with the machine's.
func (s *Store) Clock(ctx context.Context) (time.Time, error) {
	var now time.Time
	err := s.pool.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&now)
	return now, wrap("hỏi giờ của cơ sở dữ liệu", err)
}
