package postgres

import (
	"context"
	"fmt"
)

// WithLock runs do while no other program holds the lock of that name on the
// database. It occupies one connection while it lasts.
func (s *Store) WithLock(ctx context.Context, name string, do func(context.Context) error) error {
	doing := fmt.Sprintf("giữ khóa %s", name)
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return wrap(doing, err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended($1, 0))`, name); err != nil {
		return wrap(doing, err)
	}
	err = asStoreError(do(ctx))
	after := context.WithoutCancel(ctx)
	if _, unlockErr := conn.Exec(after, `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, name); unlockErr != nil {
		_ = conn.Conn().Close(after) // frees the lock as well
	}
	return err
}
