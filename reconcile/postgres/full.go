package postgres

import (
	"context"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// fullness counts the refusals for lack of room on all connections of a store.
// Whoever was refused learns of it, but the job queue, which shares them, keeps
// its errors to itself and tries again for ever.
type fullness struct{ refusals atomic.Int64 }

// note counts the error if it is such a refusal.
func (f *fullness) note(err error) {
	if pg := serverError(err); pg != nil && isFull(pg) {
		f.refusals.Add(1)
	}
}

// Refusals is how often the server has refused something of this program's for
// lack of room on its disk, ErrFull, the job queue's own work included.
func (s *Store) Refusals() int64 { return s.full.refusals.Load() }

// isFull reports whether the server has no room left. A new session that cannot
// store what it knows of the tables ends with an internal error, whose text is
// the same in every language.
func isFull(pg *pgconn.PgError) bool {
	const diskFull, internalError = "53100", "XX000"
	return pg.Code == diskFull || pg.Code == internalError && pg.Message == "could not write init file"
}

func (f *fullness) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}

func (f *fullness) TraceQueryEnd(_ context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	f.note(data.Err)
}

func (f *fullness) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (f *fullness) TraceBatchQuery(_ context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	f.note(data.Err)
}

func (f *fullness) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

func (f *fullness) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	return ctx
}

func (f *fullness) TraceCopyFromEnd(_ context.Context, _ *pgx.Conn, data pgx.TraceCopyFromEndData) {
	f.note(data.Err)
}

func (f *fullness) TraceConnectStart(ctx context.Context, _ pgx.TraceConnectStartData) context.Context {
	return ctx
}

func (f *fullness) TraceConnectEnd(_ context.Context, data pgx.TraceConnectEndData) { f.note(data.Err) }
