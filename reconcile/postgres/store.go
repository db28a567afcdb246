package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// oldest is the server version that the SQL of this package needs.
const oldest = 130000

// Tx is a transaction on the store's database.
type Tx = pgx.Tx

// Options of a store; the zero value is good for most.
type Options struct {
	// MaxConns is the size of the pool, 0 for what the address says or else
	// usualConns.
	MaxConns int
	// Location is the time zone of all times that the store returns; nil is
	// Asia/Ho_Chi_Minh.
	Location *time.Location
	// ReaderVersion names the reader that understood the documents which
	// SaveDocument gets. A document read by another one should be read again.
	ReaderVersion string
	// RunSilence is how long a run may go without a sign of life before it
	// counts as dead; 0 is five minutes. It matters only to runs that are not
	// held, see HoldRun.
	RunSilence time.Duration
	// ConnectTimeout for one attempt, 0 is ten seconds.
	ConnectTimeout time.Duration
	// Key gives the key under which persons' numbers are encrypted.
	Key KeySource
}

// usualConns is room for a program's four jobs at once, each of which may look
// something up beside its transaction, for what a run and the job queue do
// meanwhile, and for some pages. The driver's choice, one a processor and at
// least four, made jobs wait for each other's connections. They are opened when
// they are needed.
const usualConns = 12

// Store keeps everything that outlives a run. It is safe for concurrent use.
type Store struct {
	pool          *pgxpool.Pool
	name          string       // the application name of its connections
	presences     atomic.Int64 // counts those made, see NewPresence
	full          *fullness
	readerVersion string
	runSilence    time.Duration
	seal          *seal.Sealer // nil when the database is not sealed
}

// ReaderVersion is that of the Options.
func (s *Store) ReaderVersion() string { return s.readerVersion }

// Open connects to the database at url (postgres://…) and brings its tables up
// to date; several programs may do so at the same moment. The errors are
// ErrBadURL, ErrUnavailable, ErrAuth, ErrNoDatabase, ErrNoRights, ErrTooOld and
// ErrNewerSchema; for the key, ErrSealed, seal.ErrWrongKey and those of the
// KeySource.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	full, o := new(fullness), &opener{}
	pool, err := connect(ctx, url, opts, full, o)
	if err != nil {
		return nil, err
	}
	err = prepare(ctx, pool)
	var sealer *seal.Sealer
	if err == nil {
		sealer, err = unlock(ctx, pool, opts.Key)
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	o.sealer.Store(sealer)
	silence := opts.RunSilence
	if silence == 0 {
		silence = 5 * time.Minute
	}
	name := pool.Config().ConnConfig.RuntimeParams["application_name"]
	return &Store{pool: pool, name: name, full: full, readerVersion: opts.ReaderVersion, runSilence: silence, seal: sealer}, nil
}

func connect(ctx context.Context, url string, opts Options, tracer pgx.QueryTracer, o *opener) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The parser's own words may quote the address, password included.
		return nil, &failure{doing: "mở cơ sở dữ liệu", kind: ErrBadURL}
	}
	switch {
	case opts.MaxConns > 0:
		config.MaxConns = int32(min(opts.MaxConns, 1000))
	case !strings.Contains(url, "pool_max_conns"):
		config.MaxConns = max(config.MaxConns, usualConns)
	}
	config.ConnConfig.Tracer = tracer
	config.ConnConfig.ConnectTimeout = opts.ConnectTimeout
	if opts.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	config.ConnConfig.RuntimeParams["application_name"] = newName(cmp.Or(config.ConnConfig.RuntimeParams["application_name"], "doisoat"))
	// "Already exists, skipping" of the temporary tables is no news.
	config.ConnConfig.RuntimeParams["client_min_messages"] = "warning"
	// Compiling a query takes longer than any of these run.
	config.ConnConfig.RuntimeParams["jit"] = "off"
	location := opts.Location
	if location == nil {
		location = hoChiMinh()
	}
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		useLocation(conn.TypeMap(), location)
		o.register(conn.TypeMap())
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, wrap("mở cơ sở dữ liệu", err)
	}
	return pool, nil
}

// prepare checks that the server will do and migrates its tables.
func prepare(ctx context.Context, pool *pgxpool.Pool) error {
	var version int
	var name string
	err := pool.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_version')`).Scan(&version, &name)
	if err != nil {
		return wrap("kết nối cơ sở dữ liệu", err)
	}
	if version < oldest {
		return &failure{doing: "kết nối cơ sở dữ liệu", kind: ErrTooOld, hint: "đang là " + name}
	}
	return migrate(ctx, pool)
}

// hoChiMinh works on machines without a time zone database, too: Vietnam has
// had one offset since 1975.
func hoChiMinh() *time.Location {
	if location, err := time.LoadLocation("Asia/Ho_Chi_Minh"); err == nil {
		return location
	}
	return time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)
}

func useLocation(types *pgtype.Map, location *time.Location) {
	types.RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: location},
	})
}

// Close closes all connections.
func (s *Store) Close() { s.pool.Close() }

// Pool is the pool of connections, for the job queue that lives in the same
// database. Everything else goes through the store's methods.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping asks the server for a sign of life.
func (s *Store) Ping(ctx context.Context) error {
	return wrap("kiểm tra cơ sở dữ liệu", s.pool.Ping(ctx))
}

// Guard may refuse a transaction at its beginning; its error comes back as it
// is.
type Guard func(ctx context.Context, tx Tx) error

type guardKey struct{}

// WithGuard makes every InTx that gets the context begin with the guard, in
// place of one that was there; nil is none.
func WithGuard(ctx context.Context, guard Guard) context.Context {
	return context.WithValue(ctx, guardKey{}, guard)
}

// InTx runs do in one transaction: all of it is kept when do returns nil, none
// of it otherwise. Errors of do come back as they are.
func (s *Store) InTx(ctx context.Context, do func(ctx context.Context, tx Tx) error) error {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return wrap("bắt đầu giao dịch", err)
	}
	defer func() {
		// After a commit this does nothing. It must reach the server even when
		// ctx is done, or the connection would be thrown away.
		_ = tx.Rollback(context.WithoutCancel(ctx))
	}()
	if guard, _ := ctx.Value(guardKey{}).(Guard); guard != nil {
		if err := guard(ctx, tx); err != nil {
			return asStoreError(err)
		}
	}
	if err := do(ctx, tx); err != nil {
		return asStoreError(err)
	}
	return wrap("ghi vào cơ sở dữ liệu", tx.Commit(ctx))
}

// asStoreError reduces an error of the driver that the caller's function let
// through, and leaves every other error alone.
func asStoreError(err error) error {
	if _, raw := errors.AsType[*pgconn.PgError](err); raw {
		return wrap("làm việc với cơ sở dữ liệu", err)
	}
	return err
}

// readOnly runs do on one unchanging state of the database.
func (s *Store) readOnly(ctx context.Context, do func(tx Tx) error) error {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// lock makes the transaction the only one that works on the named thing until
// it ends.
func lock(ctx context.Context, tx Tx, kind string, names ...string) error {
	_, err := tx.Exec(ctx, lockSQL, lockName(kind, names...))
	return err
}

const lockSQL = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`

func lockName(kind string, names ...string) string { return fmt.Sprintf("%s%q", kind, names) }

// setBased runs do with joins of whole sets only. On tables that were just
// filled the planner has no statistics, expects one row, and compares each row
// with each: minutes instead of a fraction of a second.
func setBased(ctx context.Context, tx Tx, do func() error) error {
	if _, err := tx.Exec(ctx, `SET LOCAL enable_nestloop = off`); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err // the transaction is over, and the setting with it
	}
	_, err := tx.Exec(ctx, `SET LOCAL enable_nestloop TO DEFAULT`)
	return err
}
