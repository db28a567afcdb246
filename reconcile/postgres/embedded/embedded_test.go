//go:build unix

package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"doisoat/reconcile/postgres/embedded"

	"github.com/jackc/pgx/v5"
)

// asProgram makes this test program start a server, say where it is, and wait.
const asProgram = "DOISOAT_TEST_EMBEDDED_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(asProgram)
	if dir == "" {
		os.Exit(m.Run())
	}
	server, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println(server.URL())
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test closes it or kills the program
	if err := server.Stop(context.Background()); err != nil {
		os.Exit(1)
	}
}

// program is another program that uses the server.
type program struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	url   string
}

func startProgram(t *testing.T, path, dir string, as *syscall.Credential) *program {
	t.Helper()
	p := &program{cmd: exec.Command(path)}
	p.cmd.Env = append(os.Environ(), asProgram+"="+dir)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "postgres://") {
		t.Fatalf("the program said %q (%v)", line, err)
	}
	p.url = strings.TrimSpace(line)
	return p
}

// serverDir is a directory that the server's account can reach.
func serverDir(t *testing.T) string {
	t.Helper()
	shared, err := embedded.SharedDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(shared, "doisoat-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func ask(url string) error {
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	var address string
	if err := conn.QueryRow(context.Background(), `SELECT current_setting('listen_addresses')`).Scan(&address); err != nil {
		return err
	}
	if address != "" {
		return fmt.Errorf("the server listens on %q", address)
	}
	return nil
}

// awaitEnd returns when the server has removed the note of its process.
func awaitEnd(t *testing.T, dir string) {
	t.Helper()
	for t.Context().Err() == nil {
		if _, err := os.Stat(filepath.Join(dir, "data", "postmaster.pid")); errors.Is(err, os.ErrNotExist) {
			return
		}
	}
}

func TestServerLivesAsLongAsItsLastProgram(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := serverDir(t)
	first := startProgram(t, os.Args[0], dir, nil)
	mine, err := embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if mine.URL() != first.url {
		t.Errorf("two servers: %s and %s", mine.URL(), first.url)
	}
	// The program that started the server dies without a word; the other stays.
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.cmd.Wait()
	if err := ask(mine.URL()); err != nil {
		t.Fatalf("the server left with the program that started it: %v", err)
	}
	second := startProgram(t, os.Args[0], dir, nil)
	for range 2 {
		if err := mine.Stop(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := ask(second.url); err != nil {
		t.Fatalf("the server left although a program uses it: %v", err)
	}
	// Now the last one is killed: nobody is there to stop the server but the
	// watchdog.
	if err := second.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, dir)
	// And it comes up again, stopping in good order this time.
	third := startProgram(t, os.Args[0], dir, nil)
	if err := ask(third.url); err != nil {
		t.Error(err)
	}
	_ = third.stdin.Close()
	if err := third.cmd.Wait(); err != nil {
		t.Errorf("the last program could not stop the server: %v", err)
	}
	if err := ask(third.url); err == nil {
		t.Error("the server runs although the last program stopped it")
	}
}

func TestStaleNoteOfAnotherProcess(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := serverDir(t)
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	// After a restart of the machine the old number belongs to somebody else.
	note := fmt.Sprintf("%d\n%s\n1700000000\n5432\n%s\n\n", os.Getpid(), filepath.Join(dir, "data"), dir)
	if err := os.WriteFile(filepath.Join(dir, "data", "postmaster.pid"), []byte(note), 0o644); err != nil {
		t.Fatal(err)
	}
	server, err = embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(ask(server.URL()), server.Stop(ctx)); err != nil {
		t.Error(err)
	}
}

// TestStaleNotesOfAnotherServer: the numbers in what a crash left behind may
// belong to another PostgreSQL, which has nothing to fear.
func TestStaleNotesOfAnotherServer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir, elsewhere := serverDir(t), serverDir(t)
	other, err := embedded.Start(ctx, embedded.Options{Dir: elsewhere, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(filepath.Join(elsewhere, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "data", "postmaster.pid"), filepath.Join(dir, "run", ".s.PGSQL.5432.lock")} {
		if err := os.WriteFile(path, note, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if server, err = embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(ask(server.URL()), ask(other.URL()), server.Stop(ctx), ask(other.URL()), other.Stop(ctx)); err != nil {
		t.Error(err)
	}
}

// TestAllKilled kills the program, the watchdog and the server at once, again
// and again: the next program starts the server, and nothing piles up.
func TestAllKilled(t *testing.T) {
	t.Parallel()
	dir := serverDir(t)
	for range 4 {
		p := startProgram(t, os.Args[0], dir, nil)
		if err := ask(p.url); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(text), "\n")
		postmaster, err := strconv.Atoi(line)
		if err != nil {
			t.Fatal(err)
		}
		watchdog, err := syscall.Getpgid(postmaster) // a session of its own, see attributes
		if err != nil {
			t.Fatal(err)
		}
		_ = p.cmd.Process.Kill()
		if err := syscall.Kill(-watchdog, syscall.SIGKILL); err != nil {
			t.Error(err)
		}
		_ = p.cmd.Wait()
	}
	p := startProgram(t, os.Args[0], dir, nil)
	if err := ask(p.url); err != nil {
		t.Error(err)
	}
	pipes, err := filepath.Glob(filepath.Join(dir, "run", "alive-*"))
	if err != nil || len(pipes) != 1 {
		t.Errorf("pipes of one server: %v, %v", pipes, err)
	}
	_ = p.stdin.Close()
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
	// The watchdog goes last.
	for left := []string(nil); len(left) != 1 && t.Context().Err() == nil; {
		if left, err = filepath.Glob(filepath.Join(dir, "run", "*")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := filepath.Join(serverDir(t), strings.Repeat("thư mục rất dài, ", 8))
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(ask(server.URL()), server.Stop(ctx)); err != nil {
		t.Error(err)
	}
}

// Run by root, the test becomes an ordinary user for this one.
func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	var as *syscall.Credential
	dir := serverDir(t)
	if os.Getuid() == 0 {
		as = &syscall.Credential{Uid: 65534, Gid: 65534}
		if err := os.Chown(dir, 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	p := copyOfThisProgram(t, dir, as)
	if err := ask(p.url); err != nil {
		t.Error(err)
	}
	_ = p.stdin.Close()
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// copyOfThisProgram starts the program from a place that the other account can
// reach, which the build's own folder need not be.
func copyOfThisProgram(t *testing.T, dir string, as *syscall.Credential) *program {
	t.Helper()
	binary, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(serverDir(t), "program")
	if err := errors.Join(os.WriteFile(path, binary, 0o755), os.Chmod(filepath.Dir(path), 0o755)); err != nil {
		t.Fatal(err)
	}
	return startProgram(t, path, dir, as)
}

func TestNoServerAndNoInternet(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := embedded.Start(context.Background(), embedded.Options{
		Dir: serverDir(t), Binaries: []string{}, Repository: gone.URL,
	})
	if !errors.Is(err, embedded.ErrNoServer) {
		t.Fatalf("error %v, want ErrNoServer", err)
	}
	if !strings.Contains(err.Error(), "apt-get install -y postgresql") && !strings.Contains(err.Error(), "brew install") {
		t.Errorf("the error does not name the command that helps: %v", err)
	}
}

func TestDataOfAnotherVersion(t *testing.T) {
	t.Parallel()
	dir := serverDir(t)
	if err := errors.Join(
		os.Mkdir(filepath.Join(dir, "data"), 0o700),
		os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("12\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Repository: gone.URL})
	if !errors.Is(err, embedded.ErrNoServer) || !strings.Contains(err.Error(), "PostgreSQL 12") {
		t.Errorf("error %v, want ErrNoServer that names version 12", err)
	}
}
