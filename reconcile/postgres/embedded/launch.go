//go:build unix

package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// startTime is how long a server may take to come up; after a crash it first
// works through its log.
const startTime = 5 * time.Minute

// crashTime is how long the sessions of a server that was killed may take to
// end.
const crashTime = 20 * time.Second

// logLimit is the size from which the server's log begins anew.
const logLimit = 10 << 20

// launch starts a new server under its watchdog and waits until it answers.
func (s *Server) launch(ctx context.Context, opts Options) error {
	binaries, err := s.binaries(ctx, opts)
	if err != nil {
		return err
	}
	if err := s.ensureCluster(ctx, binaries, opts.Unsafe); err != nil {
		return err
	}
	if s.socket, err = s.layout.socketDir(s.who); err != nil {
		return err
	}
	if err := s.layout.removeForeign(ctx, s.socket); err != nil {
		return err
	}
	s.layout.removePipes()
	// After a crash, sessions of the dead server may take a moment to notice;
	// PostgreSQL refuses to start as long as one of them lives.
	_, crashed := s.layout.postmaster()
	patience := time.Now().Add(crashTime)
	err = until(ctx, func() (bool, error) {
		err := s.attempt(ctx, binaries, opts.Unsafe)
		again := crashed && errors.Is(err, errServerDied) && time.Now().Before(patience)
		if again {
			s.pipe.close()
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return err
	}
	s.log.Debug("đã khởi động PostgreSQL", "version", binaries.major, "dir", s.layout.dir)
	return s.ensureDatabase(ctx)
}

// attempt starts the server once.
func (s *Server) attempt(ctx context.Context, binaries installation, unsafe bool) error {
	died, err := s.watchdog(ctx, binaries, unsafe)
	if err != nil {
		return err
	}
	return s.awaitReady(ctx, died)
}

// binaries finds the server's programs, or downloads them.
func (s *Server) binaries(ctx context.Context, opts Options) (installation, error) {
	data, err := s.layout.dataVersion()
	if err != nil {
		return installation{}, err
	}
	dirs := opts.Binaries
	if dirs == nil {
		dirs = places()
	}
	if found, ok := choose(installed(ctx, dirs), data); ok {
		return found, nil
	}
	from := opts.Repository
	if from == "" {
		from = repository
	}
	s.log.Info("máy chưa có PostgreSQL phù hợp, đang tải về", "from", from)
	found, err := download(ctx, from, s.layout.binaries, data, io.Discard)
	if err != nil {
		return installation{}, noServer(data, err)
	}
	return found, nil
}

// ensureCluster creates the data, whole or not at all.
func (s *Server) ensureCluster(ctx context.Context, binaries installation, unsafe bool) error {
	version, err := s.layout.dataVersion()
	if err != nil || version != 0 {
		return err
	}
	leftovers, _ := filepath.Glob(s.layout.data + ".new-*") // of a program that was killed
	for _, dir := range leftovers {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("dọn dữ liệu tạo dở: %w", err)
		}
	}
	fresh, err := os.MkdirTemp(s.layout.dir, "data.new-")
	if err != nil {
		return fmt.Errorf("tạo thư mục dữ liệu: %w", err)
	}
	if s.who != nil {
		if err := os.Chown(fresh, s.who.uid, s.who.gid); err != nil {
			return fmt.Errorf("giao thư mục dữ liệu cho tài khoản %s: %w", s.who.name, err)
		}
	}
	// Sorting by bytes gives the same order on every machine; no password,
	// since only the account itself (and root) can reach the socket.
	args := []string{
		"-D", fresh, "--username=" + userName, "--encoding=UTF8", "--locale=C",
		"--auth-local=trust", "--auth-host=reject", "--data-checksums",
	}
	if unsafe {
		args = append(args, "--no-sync")
	}
	s.log.Info("tạo cơ sở dữ liệu riêng", "dir", s.layout.data)
	cmd := exec.CommandContext(ctx, binaries.program("initdb"), args...)
	s.dress(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("tạo dữ liệu PostgreSQL: %w: %s", orFull(err, out), lastLines(out))
	}
	return os.Rename(fresh, s.layout.data)
}

// dress gives a child process the server's account and an environment in which
// no variable of the user's changes what PostgreSQL does.
func (s *Server) dress(cmd *exec.Cmd) {
	cmd.Dir = s.layout.dir
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "HOME=" + s.layout.dir}
	cmd.SysProcAttr = s.who.attributes()
}

// watchdog starts the watchdog with the server as its child; the channel is
// closed when both have ended.
func (s *Server) watchdog(ctx context.Context, binaries installation, unsafe bool) (<-chan struct{}, error) {
	both, err := s.layout.newPipe(s.who)
	if err != nil {
		return nil, err
	}
	defer both.close()
	log, err := s.openLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{"-c", watchdogScript, "doisoat-watchdog", both.path, binaries.program("postgres"), "-D", s.layout.data}
	cmd := exec.Command("/bin/sh", append(args, s.settings(unsafe)...)...)
	s.dress(cmd)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("chạy PostgreSQL: %w", err)
	}
	died := make(chan struct{})
	go func() {
		_ = cmd.Wait() // its words are in the log
		close(died)
	}()
	answered, err := greet(ctx, both, func() bool { return isClosed(died) })
	if err != nil {
		return nil, err
	}
	if !answered {
		return nil, s.deathReport()
	}
	// From here on the write end alone keeps the server alive.
	if s.pipe, err = openWriteEnd(both.path); err != nil {
		return nil, fmt.Errorf("mở ống dẫn: %w", err)
	}
	note := s.layout.pipeNote()
	if err := os.WriteFile(note+".new", []byte(both.path), 0o600); err != nil {
		return nil, err
	}
	return died, os.Rename(note+".new", note)
}

func (s *Server) settings(unsafe bool) []string {
	socket := `"` + strings.ReplaceAll(s.socket, `"`, `""`) + `"` // a list: a comma must not split it
	settings := []string{
		"listen_addresses=", "port=" + port, "unix_socket_directories=" + socket, "unix_socket_permissions=0700",
		"logging_collector=off", "log_destination=stderr", "max_connections=200", "shared_buffers=128MB",
		// Statements hold people's data; the log must not.
		"log_min_error_statement=panic", "log_error_verbosity=terse", "log_parameter_max_length_on_error=0",
	}
	if unsafe {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	var args []string
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	return args
}

func (s *Server) openLog() (*os.File, error) {
	mode := os.O_APPEND
	if info, err := os.Stat(s.layout.log); err == nil && info.Size() > logLimit {
		mode = os.O_TRUNC
	}
	log, err := os.OpenFile(s.layout.log, os.O_CREATE|os.O_WRONLY|mode, 0o600)
	if err != nil {
		return nil, fmt.Errorf("mở nhật ký PostgreSQL: %w", err)
	}
	info, err := log.Stat()
	if err != nil {
		_ = log.Close()
		return nil, fmt.Errorf("xem nhật ký PostgreSQL: %w", err)
	}
	s.said = info.Size()
	return log, nil
}

// awaitReady waits until the server takes connections.
func (s *Server) awaitReady(ctx context.Context, died <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	return until(ctx, func() (bool, error) {
		if pm, ok := s.layout.postmaster(); ok && pm.ready && pm.isRunning() {
			return true, nil
		}
		if isClosed(died) {
			return false, s.deathReport()
		}
		return false, nil
	})
}

func isClosed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// deathReport quotes the end of the server's log. What it says at its start is
// about files and settings, never about people.
func (s *Server) deathReport() error {
	text, err := os.ReadFile(s.layout.log)
	if err != nil {
		return errServerDied
	}
	own := text[min(s.said, int64(len(text))):]
	return fmt.Errorf("%w; xem %s: %s", orFull(errServerDied, own), s.layout.log, lastLines(own))
}

// orFull is ErrFull when that is what the program says, and err otherwise.
// PostgreSQL's programs speak English here, see dress.
func orFull(err error, said []byte) error {
	if bytes.Contains(said, []byte("No space left on device")) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

func lastLines(text []byte) string {
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-3):], []byte(" | ")))
}
