package postgres

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock under which tables are changed: a number
// that nothing else in the database uses.
const migrationLock = 0x646f_6973_6f61_7401

// migrate applies the migrations that the database does not have yet. There
// are no steps back: data is never dropped, a mistake gets a new migration.
func migrate(ctx context.Context, pool *pgxpool.Pool) error {
	const doing = "cập nhật cấu trúc cơ sở dữ liệu"
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	// A lock that waits, not goose's that asks again every few seconds: of ten
	// programs that start together, nine go on the moment the first is done.
	return locked(ctx, pool, func() error {
		current, target, err := provider.GetVersions(ctx)
		if err != nil {
			return wrap(doing, err)
		}
		if current > target {
			return &failure{doing: doing, kind: ErrNewerSchema, hint: fmt.Sprintf("%d > %d", current, target)}
		}
		if current == target {
			return nil
		}
		_, err = provider.Up(ctx)
		if partial, ok := errors.AsType[*goose.PartialError](err); ok {
			return wrap(fmt.Sprintf("%s (%s)", doing, partial.Failed.Source.Path), partial.Err)
		}
		return wrap(doing, err)
	})
}

func locked(ctx context.Context, pool *pgxpool.Pool, do func() error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return wrap("khóa cơ sở dữ liệu", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return wrap("khóa cơ sở dữ liệu", err)
	}
	defer func() {
		// Closing the connection would free the lock as well; this keeps it usable.
		if _, err := conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock)); err != nil {
			_ = conn.Conn().Close(context.WithoutCancel(ctx))
		}
	}()
	return do()
}

// SchemaHash changes whenever a migration does: a database that was prepared
// under another hash is not this program's.
func SchemaHash() string {
	sum := sha256.New()
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // embedded, cannot fail
	}
	for _, entry := range entries {
		text, err := migrations.ReadFile("migrations/" + entry.Name())
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(sum, "%s %d\n", entry.Name(), len(text))
		sum.Write(text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}
