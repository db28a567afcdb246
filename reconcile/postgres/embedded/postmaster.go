//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// postmaster is what a server wrote into its postmaster.pid.
type postmaster struct {
	pid    int
	socket string // directory of its socket
	ready  bool   // it takes connections
}

// postmaster reads the file; ok is false when there is none, or only half of
// one.
func (l layout) postmaster() (pm postmaster, ok bool) {
	text, err := os.ReadFile(filepath.Join(l.data, "postmaster.pid"))
	if err != nil {
		return postmaster{}, false
	}
	lines := strings.Split(string(text), "\n")
	pm.pid, err = strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pm.pid <= 1 {
		return postmaster{}, false
	}
	if len(lines) > 4 {
		pm.socket = strings.TrimSpace(lines[4])
	}
	pm.ready = len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
	return pm, true
}

// isRunning reports whether the process lives and is a PostgreSQL server. After
// a crash of the machine, the number may belong to somebody else.
func (pm postmaster) isRunning() bool {
	if err := syscall.Kill(pm.pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	if runtime.GOOS != "linux" {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pm.pid))
	if err != nil {
		return false
	}
	// pid (name) state …; a zombie is no server any more.
	name, rest, _ := strings.Cut(string(stat), ") ")
	_, name, _ = strings.Cut(name, "(")
	return name == "postgres" && !strings.HasPrefix(rest, "Z")
}

// stop asks the server to end all sessions and stop, and waits until it has.
func (pm postmaster) stop(ctx context.Context) error {
	if err := syscall.Kill(pm.pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("dừng PostgreSQL (tiến trình %d): %w", pm.pid, err)
	}
	return until(ctx, func() (bool, error) { return !pm.isRunning(), nil })
}

// isForeign reports whether the number belongs to a process that is no
// PostgreSQL at all, as happens after a restart of the machine or container.
func (pm postmaster) isForeign() bool {
	return !pm.isRunning() && syscall.Kill(pm.pid, 0) == nil
}

// removeForeign removes a note whose number belongs to another program now:
// PostgreSQL would take that one for a server and refuse to start. Any other
// note stays, since PostgreSQL finds the leftovers of a crash by it.
func (l layout) removeForeign() error {
	pm, ok := l.postmaster()
	if !ok || !pm.isForeign() {
		return nil
	}
	return ignore(os.Remove(filepath.Join(l.data, "postmaster.pid")), os.ErrNotExist)
}
