// Package pgtest gives each test a PostgreSQL database of its own, on a real
// server: an existing one (DOISOAT_TEST_DATABASE_URL, whose account may create
// databases) or a private one that all test programs of the account share and
// that ends with the last of them, even when that is killed.
//
// A database is a copy of a template with the current tables; making one takes
// about a tenth of a second. It must not be imported by anything but tests.
package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/postgres/seal"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Environment names a server to use instead of the private one.
const Environment = "DOISOAT_TEST_DATABASE_URL"

// New returns a store on a fresh database with all tables and no rows. Both are
// gone when the test ends.
func New(t testing.TB) *postgres.Store {
	t.Helper()
	return Open(t, NewURL(t), postgres.Options{})
}

// KeyFile is the file of the key with which Open opens databases, the same for
// all test programs of the account.
func KeyFile(t testing.TB) string {
	t.Helper()
	path, err := keyFile()
	if err != nil {
		t.Fatalf("test key: %v", err)
	}
	return path
}

var keyFile = sync.OnceValues(func() (string, error) {
	dir, err := privateDir()
	if err != nil {
		return "", err
	}
	path := dir + ".key"
	if _, err = seal.ReadKey(path); !errors.Is(err, seal.ErrNoKey) {
		return path, err
	}
	if _, err = seal.CreateKey(path); errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return path, err
})

// Open opens a store for the time of the test: unless the options say
// otherwise, on a database whose numbers of persons are encrypted.
func Open(t testing.TB, url string, opts postgres.Options) *postgres.Store {
	t.Helper()
	if opts.Key == nil {
		path := KeyFile(t)
		opts.Key = func(bool) (*seal.Key, error) { return seal.ReadKey(path) }
	}
	store, err := postgres.Open(context.Background(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// NewURL returns the address of a fresh database with all tables and no rows.
func NewURL(t testing.TB) string {
	t.Helper()
	return Prepared(t, "", func(context.Context, *postgres.Store) error { return nil })
}

// Prepared is NewURL for databases that need more than the store's tables: what
// prepare does is done once and copied. The name stands for what it does; a
// change of prepare needs another name.
func Prepared(t testing.TB, name string, prepare func(context.Context, *postgres.Store) error) string {
	t.Helper()
	ctx := context.Background()
	server := serverURL(t)
	template := "doisoat_template_" + postgres.SchemaHash()
	if name != "" {
		template += "_" + name
	}
	if err := ensureTemplate(ctx, server, template, prepare); err != nil {
		t.Fatalf("template database: %v", err)
	}
	return create(t, server, " TEMPLATE "+quote(template))
}

// Empty returns the address of a database without any table.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, serverURL(t), " TEMPLATE template0")
}

func create(t testing.TB, server, source string) string {
	t.Helper()
	name := "doisoat_test_" + strconv.Itoa(os.Getpid()) + "_" + strings.ToLower(rand.Text()[:10])
	if err := execute(context.Background(), server, `CREATE DATABASE `+quote(name)+source); err != nil {
		t.Fatalf("test database: %v", err)
	}
	t.Cleanup(func() {
		// Forced: a test that failed may have left connections open.
		if err := execute(context.Background(), server, `DROP DATABASE IF EXISTS `+quote(name)+` WITH (FORCE)`); err != nil {
			t.Errorf("test database: %v", err)
		}
	})
	return withDatabase(server, name)
}

// server is the address of the server of this test program.
var server = sync.OnceValues(func() (string, error) {
	if url := os.Getenv(Environment); url != "" {
		return url, nil
	}
	dir, err := privateDir()
	if err != nil {
		return "", err
	}
	// Never stopped by hand: it ends with the last program that uses it.
	private, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		return "", err
	}
	return private.URL(), dropLeftovers(context.Background(), private.URL())
})

func serverURL(t testing.TB) string {
	t.Helper()
	url, err := server()
	if err != nil {
		t.Fatalf("test server: %v", err)
	}
	return url
}

// privateDir is the same for all test programs of the account, so that they
// share one server, and outside of home directories, which the server's own
// account could not enter.
func privateDir() (string, error) {
	dir, err := embedded.SharedDir(os.TempDir())
	if err != nil {
		return "", err
	}
	return filepath.Abs(filepath.Join(dir, "doisoat-pgtest-"+strconv.Itoa(os.Getuid())))
}

// dropLeftovers drops the databases of test programs that were killed.
func dropLeftovers(ctx context.Context, server string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `SELECT datname FROM pg_database WHERE datname LIKE 'doisoat\_test\_%'`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		pid, _, _ := strings.Cut(strings.TrimPrefix(name, "doisoat_test_"), "_")
		if number, err := strconv.Atoi(pid); err != nil || isAlive(number) {
			continue
		}
		// Another program may be cleaning up as well.
		if _, err := conn.Exec(ctx, `DROP DATABASE IF EXISTS `+quote(name)+` WITH (FORCE)`); err != nil {
			return err
		}
	}
	return nil
}

// ensureTemplate makes the template unless it is there. It is built under
// another name, so that a killed program never leaves half of one.
func ensureTemplate(ctx context.Context, server, template string, prepare func(context.Context, *postgres.Store) error) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) // frees the lock
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock(hashtextextended($1, 0))`, template); err != nil {
		return err
	}
	var exists bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, template).Scan(&exists)
	if err != nil || exists {
		return err
	}
	fresh := template + "_new"
	for _, sql := range []string{
		`DROP DATABASE IF EXISTS ` + quote(fresh) + ` WITH (FORCE)`,
		`CREATE DATABASE ` + quote(fresh) + ` TEMPLATE template0`,
	} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return err
		}
	}
	store, err := postgres.Open(ctx, withDatabase(server, fresh), postgres.Options{})
	if err != nil {
		return err
	}
	err = prepare(ctx, store)
	store.Close()
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `ALTER DATABASE `+quote(fresh)+` RENAME TO `+quote(template))
	return err
}

// execute runs one statement on the server's own database, again when two
// programs copy a template in the same instant.
func execute(ctx context.Context, server, sql string) error {
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	const objectInUse = "55006"
	for {
		_, err := conn.Exec(ctx, sql)
		if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != objectInUse {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s: %w", sql, ctx.Err())
		}
	}
}

func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server // pgx says what is wrong with it
	}
	u.Path = "/" + name
	return u.String()
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
