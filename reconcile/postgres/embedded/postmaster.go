//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// postmaster is what a server wrote into its postmaster.pid.
type postmaster struct {
	pid    int
	data   string // directory of the data that it was started on
	socket string // directory of its socket
	ready  bool   // it takes connections
}

// postmaster reads the file; ok is false when there is none, or only half of
// one.
func (l layout) postmaster() (pm postmaster, ok bool) {
	lines, pm, ok := l.note(filepath.Join(l.data, "postmaster.pid"))
	if !ok {
		return postmaster{}, false
	}
	if len(lines) > 4 {
		pm.socket = strings.TrimSpace(lines[4])
	}
	pm.ready = len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
	return pm, true
}

// note reads a file in which a server says which process it is.
func (l layout) note(path string) (lines []string, pm postmaster, ok bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, postmaster{}, false
	}
	lines = strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 1 {
		return nil, postmaster{}, false
	}
	return lines, postmaster{pid: pid, data: l.data}, true
}

// isRunning reports whether the process lives and is the server of these data.
// After a crash the number may belong to somebody else, who may be another
// PostgreSQL: that one must not be taken for ours, let alone be stopped.
func (pm postmaster) isRunning() bool {
	if err := syscall.Kill(pm.pid, 0); err != nil && !errors.Is(err, syscall.EPERM) {
		return false
	}
	return runtime.GOOS != "linux" || worksOn(strconv.Itoa(pm.pid), pm.data)
}

// worksOn reports whether a process of Linux is one of PostgreSQL's on the data,
// in whose directory all of them stand. A zombie works on nothing any more.
func worksOn(pid, data string) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
	if err != nil {
		return false
	}
	// pid (name) state …
	name, rest, _ := strings.Cut(string(stat), ") ")
	_, name, _ = strings.Cut(name, "(")
	return name == "postgres" && !strings.HasPrefix(rest, "Z") && sameDir(filepath.Join("/proc", pid, "cwd"), data)
}

// deserted reports whether no process works on the data any more, as far as the
// operating system tells.
func (l layout) deserted() bool {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is well formed
	return !slices.ContainsFunc(stats, func(path string) bool {
		return worksOn(filepath.Base(filepath.Dir(path)), l.data)
	})
}

// stop asks the server to end all sessions and stop, and waits until it has.
func (pm postmaster) stop(ctx context.Context) error {
	if err := syscall.Kill(pm.pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("dừng PostgreSQL (tiến trình %d): %w", pm.pid, err)
	}
	return until(ctx, func() (bool, error) { return !pm.isRunning(), nil })
}

// isForeign reports whether the number belongs to a process that is not the
// server of these data: another program, as happens after a restart of the
// machine or container, or the server's own body, which nobody has buried.
func (pm postmaster) isForeign() bool {
	return !pm.isRunning() && syscall.Kill(pm.pid, 0) == nil
}

// removeForeign removes notes, beside the data and beside the socket, whose
// number belongs to another program now: PostgreSQL would take that one for a
// server and refuse to start. Any other note stays, since PostgreSQL finds the
// leftovers of a crash by it; what it would find is waited for here.
func (l layout) removeForeign(ctx context.Context, socket string) error {
	for _, path := range []string{filepath.Join(l.data, "postmaster.pid"), filepath.Join(socket, socketFile+".lock")} {
		_, pm, ok := l.note(path)
		if !ok || !pm.isForeign() {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, crashTime)
		err := until(ctx, func() (bool, error) { return l.deserted(), nil })
		cancel()
		if err != nil {
			return fmt.Errorf("chờ tiến trình của PostgreSQL đã hỏng kết thúc: %w", err)
		}
		if err := ignore(os.Remove(path), os.ErrNotExist); err != nil {
			return fmt.Errorf("dọn dấu vết của PostgreSQL đã hỏng: %w", err)
		}
	}
	return nil
}
