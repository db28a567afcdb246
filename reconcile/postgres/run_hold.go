package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Hold is the proof that a run's program is alive. It occupies one connection.
type Hold struct {
	conn *pgxpool.Conn
	name string
}

// HoldRun ties the life of the run to this program: when the program dies,
// however suddenly, the server frees the lock and the next StartRun knows at
// once. It belongs into the transaction that starts the run: a run without it
// that lost its program would count as alive until its heartbeat is missed. A
// run that is worked by several programs is not held; its heartbeat speaks for
// it. The address of the database must not lead through a pooler that shares
// connections between transactions.
func (s *Store) HoldRun(ctx context.Context, tx Tx, planID string, runID int64) (*Hold, error) {
	doing := fmt.Sprintf("giữ lần chạy %d", runID)
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, wrap(doing, err)
	}
	name := runLock(planID, runID)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended($1, 0))`, name); err != nil {
		conn.Release()
		return nil, wrap(doing, err)
	}
	hold := &Hold{conn: conn, name: name}
	// Only now: a run that is marked as held without a lock would count as dead.
	if _, err := tx.Exec(ctx, `UPDATE run SET held = true WHERE plan_id = $1 AND run_id = $2`, planID, runID); err != nil {
		hold.Release(ctx)
		return nil, wrap(doing, err)
	}
	return hold, nil
}

// Release gives the run free. It works after ctx is done, and when the
// connection is lost; on nil it does nothing.
func (h *Hold) Release(ctx context.Context) {
	if h == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	if _, err := h.conn.Exec(ctx, `SELECT pg_advisory_unlock(hashtextextended($1, 0))`, h.name); err != nil {
		_ = h.conn.Conn().Close(ctx) // frees the lock as well
	}
	h.conn.Release()
}
