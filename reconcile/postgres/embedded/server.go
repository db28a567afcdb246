//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Options of the server.
type Options struct {
	// Dir is the server's directory, "" for DefaultDir.
	Dir string
	// Log gets what the program does, not what PostgreSQL says; nil for none.
	Log *slog.Logger
	// Unsafe makes the server quicker and lets it lose data when the machine
	// crashes: for tests.
	Unsafe bool
	// Repository is where binaries are downloaded from when the machine has
	// none, "" for Maven's.
	Repository string
	// Binaries are the directories in which installed servers are looked for;
	// nil for the places of the usual systems.
	Binaries []string
}

// Server is a running server, started or joined by this program.
type Server struct {
	layout layout
	who    *account
	log    *slog.Logger
	socket string
	said   int64 // size of the log before this program came to the server
	users  *fileLock
	pipe   *handle // nil when nobody watches
	once   sync.Once
	result error
}

// user and database are the names inside the server; only who can enter its
// directory can connect at all.
const (
	userName     = "doisoat"
	databaseName = "doisoat"
)

// Start starts the private server, or joins it when another program of this
// account already runs it. ErrNoServer says that the machine has no PostgreSQL
// and none could be downloaded. The server stops with the last program that
// uses it, whether that calls Stop or dies.
func Start(ctx context.Context, opts Options) (*Server, error) {
	s, err := start(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("cơ sở dữ liệu riêng: %w", err)
	}
	return s, nil
}

func start(ctx context.Context, opts Options) (_ *Server, err error) {
	if opts.Dir == "" {
		if opts.Dir, err = DefaultDir(); err != nil {
			return nil, err
		}
	}
	dir, err := filepath.Abs(opts.Dir)
	if err != nil {
		return nil, err
	}
	who, err := serverAccount(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{layout: layoutOf(dir), who: who, log: opts.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.layout.prepare(who); err != nil {
		return nil, err
	}
	mutex, err := openLock(s.layout.mutex)
	if err != nil {
		return nil, err
	}
	defer mutex.release()
	if err := mutex.wait(ctx, syscall.LOCK_EX); err != nil {
		return nil, err
	}
	if err := s.enter(ctx, opts); err != nil {
		s.leave()
		return nil, err
	}
	return s, nil
}

// enter makes the program one of the server's users: of the running one if
// possible, else of a new one.
func (s *Server) enter(ctx context.Context, opts Options) error {
	var err error
	if s.users, err = openLock(s.layout.users); err != nil {
		return err
	}
	alone, err := s.users.try(syscall.LOCK_EX)
	if err != nil {
		return err
	}
	if err := s.users.wait(ctx, syscall.LOCK_SH); err != nil {
		return err
	}
	if pm, ok := s.layout.postmaster(); ok && pm.isRunning() {
		joined, err := s.join(ctx, pm, alone)
		if joined || err != nil {
			return err
		}
		s.log.Info("dừng máy chủ PostgreSQL còn sót lại", "pid", pm.pid)
		if err := pm.stop(ctx); err != nil {
			return err
		}
	}
	return s.launch(ctx, opts)
}

// join uses the running server; false when it is on its way out, or was left
// behind without a watchdog.
func (s *Server) join(ctx context.Context, pm postmaster, alone bool) (bool, error) {
	pipe, err := s.layout.joinPipe(ctx, pm)
	if err != nil || (pipe == nil && alone) {
		return false, err
	}
	if pipe == nil {
		// Somebody killed the watchdog; those who use the server keep it.
		s.log.Warn("máy chủ PostgreSQL đang chạy không có tiến trình canh giữ", "pid", pm.pid)
	}
	s.pipe, s.socket = pipe, pm.socket
	if info, err := os.Stat(s.layout.log); err == nil {
		s.said = info.Size()
	}
	joined, err := s.greetServer(ctx, pm)
	if !joined {
		s.pipe.close()
		return false, err
	}
	s.log.Debug("dùng chung máy chủ PostgreSQL đang chạy", "pid", pm.pid)
	return true, s.ensureDatabase(ctx)
}

// greetServer waits until the running server takes connections, which it does
// at once unless it is just recovering or dying; false when it died.
func (s *Server) greetServer(ctx context.Context, pm postmaster) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	joined := false
	err := until(ctx, func() (bool, error) {
		conn, err := pgx.Connect(ctx, s.url("postgres"))
		if err == nil {
			joined = true
			return true, conn.Close(ctx)
		}
		const notNow = "57P03"
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code != notNow {
			return false, fmt.Errorf("kết nối PostgreSQL: %w", err)
		}
		return !pm.isRunning(), nil
	})
	return joined, err
}

// URL is the address of the database, without any secret.
func (s *Server) URL() string { return s.url(databaseName) }

func (s *Server) url(database string) string {
	return "postgres://" + userName + "@/" + database + "?host=" + url.QueryEscape(s.socket) + "&port=" + port
}

// Dir is the server's directory.
func (s *Server) Dir() string { return s.layout.dir }

// ensureDatabase creates the database, which a program that was killed early
// may have left undone.
func (s *Server) ensureDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return fmt.Errorf("kết nối PostgreSQL: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var dir string
	var exists bool
	err = conn.QueryRow(ctx, `SELECT current_setting('data_directory'), EXISTS (SELECT FROM pg_database WHERE datname = $1)`,
		databaseName).Scan(&dir, &exists)
	if err != nil {
		return fmt.Errorf("kiểm tra PostgreSQL: %w", err)
	}
	if !sameDir(dir, s.layout.data) {
		return fmt.Errorf("máy chủ PostgreSQL ở %s dùng dữ liệu khác (%s)", s.socket, dir)
	}
	if exists {
		return nil
	}
	if _, err := conn.Exec(ctx, `CREATE DATABASE `+databaseName); err != nil {
		return fmt.Errorf("tạo cơ sở dữ liệu: %w", err)
	}
	return nil
}

// Death is nil while the server runs, and else what it said at its end: ErrFull,
// if that was it.
func (s *Server) Death() error {
	if pm, ok := s.layout.postmaster(); ok && pm.isRunning() {
		return nil
	}
	return s.deathReport()
}

func sameDir(a, b string) bool {
	infoA, err := os.Stat(a)
	if err != nil {
		return false
	}
	infoB, err := os.Stat(b)
	return err == nil && os.SameFile(infoA, infoB)
}

// Stop leaves the server and, when no other program uses it, stops it and waits
// until it has. Further calls return the result of the first.
func (s *Server) Stop(ctx context.Context) error {
	s.once.Do(func() { s.result = s.stop(ctx) })
	return s.result
}

func (s *Server) stop(ctx context.Context) error {
	defer s.leave()
	mutex, err := openLock(s.layout.mutex)
	if err != nil {
		return err
	}
	defer mutex.release()
	if err := mutex.wait(ctx, syscall.LOCK_EX); err != nil {
		return fmt.Errorf("dừng cơ sở dữ liệu riêng: %w", err)
	}
	last, err := s.users.try(syscall.LOCK_EX)
	if err != nil || !last {
		return err
	}
	pm, ok := s.layout.postmaster()
	if !ok || !pm.isRunning() {
		return nil
	}
	if err := pm.stop(ctx); err != nil {
		return fmt.Errorf("dừng cơ sở dữ liệu riêng: %w", err)
	}
	if s.socket != s.layout.run {
		_ = os.Remove(s.socket) // the short folder; empty now, or not ours to remove
	}
	return nil
}

// leave gives up all that ties the program to the server.
func (s *Server) leave() {
	s.pipe.close()
	if s.users != nil {
		s.users.release()
		s.users = nil
	}
}

var errServerDied = errors.New("PostgreSQL đã dừng hoặc không khởi động được")
