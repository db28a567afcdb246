package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What work costs beside the time that passes: that depends on who else works
// on the machine.

// moment is a time, and what the program and the database's connections had
// used of the processors by then.
type moment struct {
	time.Time
	own    time.Duration
	server map[int]time.Duration
}

func (f *files) now() moment { return moment{time.Now(), cpuTime(), f.serverTimes()} }

// work adds up what processors did: for the program, and for the connections
// that there still are.
type work struct{ own, server time.Duration }

func (w *work) add(from, to moment) {
	w.own += to.own - from.own
	for pid, used := range to.server {
		w.server += used - from.server[pid]
	}
}

func (w *work) String() string {
	return fmt.Sprintf("processors: %.2f s of the program, %.2f s of the server", w.own.Seconds(), w.server.Seconds())
}

// cpuTime is what this process has used of the processors.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// serverTime is what the database's connections have used of the server's
// processors, 0 where the system does not tell.
func (n *nation) serverTime() time.Duration {
	var all time.Duration
	for _, used := range n.serverTimes() {
		all += used
	}
	return all
}

// serverTimes is serverTime by connection.
func (n *nation) serverTimes() map[int]time.Duration {
	var pids []int
	err := n.store.Pool().QueryRow(context.Background(),
		`SELECT array_agg(pid) FROM pg_stat_activity WHERE datname = current_database()`).Scan(&pids)
	if err != nil {
		n.b.Fatal(err)
	}
	times := make(map[int]time.Duration, len(pids))
	for _, pid := range pids {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, rest, _ := bytes.Cut(stat, []byte(") "))
		if fields := bytes.Fields(rest); len(fields) > 12 {
			user, _ := strconv.Atoi(string(fields[11]))
			system, _ := strconv.Atoi(string(fields[12]))
			times[pid] = time.Duration(user+system) * 10 * time.Millisecond
		}
	}
	return times
}

// resetPeak makes the system forget the peak of memory so far.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peak is the most memory, in MB, that the process held since resetPeak, 0
// where the system does not tell.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(cmp.Or(slices.Concat(strings.Fields(text), []string{"0"})[0], "0"))
			return float64(kb) / 1024
		}
	}
	return 0
}
