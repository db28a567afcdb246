package postgres_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/postgres/pgtest"

	"golang.org/x/sync/errgroup"
)

func TestOpenOfManyProgramsAtOnce(t *testing.T) {
	t.Parallel()
	url := pgtest.Empty(t)
	var programs errgroup.Group
	for range 8 {
		programs.Go(func() error {
			store, err := postgres.Open(context.Background(), url, postgres.Options{MaxConns: 2})
			if err != nil {
				return err
			}
			defer store.Close()
			_, err = store.Plans(context.Background())
			return err
		})
	}
	if err := programs.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	fresh := pgtest.NewURL(t)
	nowhere := t.TempDir()
	for _, c := range []struct {
		name string
		url  string
		want error
	}{
		{"no address at all", "khong-phai-dia-chi", postgres.ErrBadURL},
		{"a port that is none, with a password that must stay secret", "postgres://u:bimat@localhost:abc/x", postgres.ErrBadURL},
		{"nobody listens", "postgres://u:bimat@/x?host=" + url.QueryEscape(nowhere), postgres.ErrUnavailable},
		{"no such database", withPath(t, fresh, "/khong_co"), postgres.ErrNoDatabase},
		{"no such account", withUser(t, fresh, "khong_co"), postgres.ErrAuth},
	} {
		store, err := postgres.Open(context.Background(), c.url, postgres.Options{})
		if err == nil {
			store.Close()
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "bimat") {
			t.Errorf("%s: the error tells the password: %v", c.name, err)
		}
	}
}

func withPath(t *testing.T, address, path string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = path
	return u.String()
}

func withUser(t *testing.T, address, name string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(name)
	return u.String()
}

func TestOpenWithoutRights(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	address := pgtest.Empty(t)
	admin := pgtest.Open(t, address, postgres.Options{})
	// A role belongs to the server, not to the database: its name must be this
	// test's own.
	role := "doc_" + filepath.Base(address[:strings.Index(address, "?")])
	for _, sql := range []string{`DROP ROLE IF EXISTS ` + role, `CREATE ROLE ` + role + ` LOGIN`, `DELETE FROM goose_db_version WHERE version_id > 1`} {
		if _, err := admin.Pool().Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _, _ = admin.Pool().Exec(context.Background(), `DROP ROLE IF EXISTS `+role) })
	store, err := postgres.Open(ctx, withUser(t, address, role), postgres.Options{})
	if err == nil {
		store.Close()
	}
	if !errors.Is(err, postgres.ErrNoRights) {
		t.Errorf("error %v, want ErrNoRights", err)
	}
}

func TestOpenRefusesTablesOfANewerProgram(t *testing.T) {
	t.Parallel()
	url := pgtest.NewURL(t)
	store := pgtest.Open(t, url, postgres.Options{})
	_, err := store.Pool().Exec(context.Background(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)`)
	if err != nil {
		t.Fatal(err)
	}
	again, err := postgres.Open(context.Background(), url, postgres.Options{})
	if err == nil {
		again.Close()
	}
	if !errors.Is(err, postgres.ErrNewerSchema) {
		t.Errorf("error %v, want ErrNewerSchema", err)
	}
}

// The server's details quote the row that broke a rule; ours must not.
func TestErrorsHoldNoPersonalData(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	for name, spoil := range map[string]func(r *reconcile.Registration){
		"broken constraint": func(r *reconcile.Registration) { r.Sex = "051079001234" },
		"number too large":  func(r *reconcile.Registration) { r.Priority = 51079001234 },
	} {
		d := roster("Nguyễn Văn An")
		spoil(d.Registrations()[0])
		err := l.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
			_, err := l.SaveDocument(ctx, tx, planID, l.run, d, day(2))
			return err
		})
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		for _, secret := range []string{"051079001234", "51079001234", "Nguyễn Văn An", "1979"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error tells %q: %v", name, secret, err)
			}
		}
		if !strings.Contains(err.Error(), d.File) {
			t.Errorf("%s: the error does not name the file: %v", name, err)
		}
	}
}

// A server that dies in mid-transaction: a typed error, nothing of the
// transaction kept, everything before it kept, and work goes on when the server
// is back.
func TestServerKilledInMidTransaction(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	shared, err := embedded.SharedDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(shared, "doisoat-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	// Creating the data may be quick and unsafe; the server itself must be safe.
	if err := startServer(t, dir, true).Stop(ctx); err != nil {
		t.Fatal(err)
	}
	server := startServer(t, dir, false)
	l := newLedgerOn(t, server.URL(), postgres.Options{})
	l.save(roster("Nguyễn Văn An"), day(2))

	err = l.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if _, err := l.SaveDocument(ctx, tx, planID, l.run, roster("Trần Thị Bé"), day(3)); err != nil {
			return err
		}
		kill(t, dir, tx)
		_, err := l.SaveFindings(ctx, tx, planID, l.run, []reconcile.Finding{birthDate("Trần Thị Bé")}, day(3))
		return err
	})
	if !errors.Is(err, postgres.ErrUnavailable) {
		t.Fatalf("error %v, want ErrUnavailable", err)
	}
	startServer(t, dir, false)
	l.Pool().Reset() // connections of the dead server, each good for one more error
	if name := l.load()[0].Registrations()[0].FullName; name != "Nguyễn Văn An" {
		t.Errorf("after the crash the document says %s", name)
	}
	l.save(roster("Trần Thị Bé"), day(3))
}

func startServer(t *testing.T, dir string, unsafe bool) *embedded.Server {
	t.Helper()
	server, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Unsafe: unsafe})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return server
}

// kill ends the server as kill -9 does and returns when its sessions are gone:
// orphaned backends live on for a moment.
func kill(t *testing.T, dir string, tx postgres.Tx) {
	t.Helper()
	note, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(note), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	for _, victim := range []int{pid, int(tx.Conn().PgConn().PID())} {
		if err := syscall.Kill(victim, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
}
