package main

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"doisoat/sync/google/googletest"
)

// listening are the network addresses, port in hexadecimal as the kernel has
// them, at which the process or one that it started listens. The private
// PostgreSQL counts when its data lie below dir, whoever its parent is.
func listening(t *testing.T, pid int, dir string) []string {
	t.Helper()
	sockets := make(map[string]string) // by inode
	for _, table := range []string{"tcp", "tcp6"} {
		file, err := os.Open("/proc/net/" + table)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			const listen = "0A"
			if f := strings.Fields(lines.Text()); len(f) > 9 && f[3] == listen {
				sockets[f[9]] = table + " " + f[1]
			}
		}
	}
	var found []string
	for _, process := range family(t, pid, dir) {
		open, err := os.ReadDir(filepath.Join("/proc", process, "fd"))
		if err != nil {
			continue // it has ended
		}
		for _, descriptor := range open {
			target, err := os.Readlink(filepath.Join("/proc", process, "fd", descriptor.Name()))
			if err != nil {
				continue
			}
			inode := strings.TrimSuffix(strings.TrimPrefix(target, "socket:["), "]")
			if address, ok := sockets[inode]; ok && !slices.Contains(found, address) {
				found = append(found, address)
			}
		}
	}
	return found
}

// family are the process, its descendants and the servers on the data below
// dir with theirs.
func family(t *testing.T, pid int, dir string) []string {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	parents := make(map[string]string)
	members := []string{strconv.Itoa(pid)}
	for _, stat := range stats {
		process := filepath.Base(filepath.Dir(stat))
		text, err := os.ReadFile(stat)
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		if f := strings.Fields(rest); len(f) > 1 {
			parents[process] = f[1]
		}
		if command, err := os.ReadFile(filepath.Join("/proc", process, "cmdline")); err == nil && strings.Contains(string(command), dir) {
			members = append(members, process)
		}
	}
	for grown := true; grown; {
		grown = false
		for process, parent := range parents {
			if slices.Contains(members, parent) && !slices.Contains(members, process) {
				members, grown = append(members, process), true
			}
		}
	}
	return members
}

// TestListensNowhereElse: `run` opens no port, `serve` the one that it says, and
// the private PostgreSQL none, which is seen from outside.
func TestListensNowhereElse(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	o.database = ""                                              // the embedded one
	if err := os.Chmod(filepath.Dir(o.dir), 0o755); err != nil { // the server of a test that runs as root has another account
		t.Fatal(err)
	}
	var during []string
	var members int
	began := make(chan *session, 1)
	o.google.Before(googletest.MethodGet, 0, func() {
		s := <-began
		during, members = listening(t, s.cmd.Process.Pid, o.dir), len(family(t, s.cmd.Process.Pid, o.dir))
	})
	s := o.start("run")
	began <- s
	if code := s.wait(t); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, &s.errOut)
	}
	if len(during) > 0 {
		t.Errorf("run listens at %v", during)
	}
	if members < 5 {
		t.Errorf("only %d processes were looked at: the server is not among them", members)
	}
	served := o.serve()
	port, err := strconv.Atoi(served.url[strings.LastIndex(served.url, ":")+1:])
	if err != nil {
		t.Fatal(err)
	}
	served.untilOK(t, "/readyz")
	want := "tcp 0100007F:" + strings.ToUpper(strconv.FormatInt(int64(port)+0x10000, 16)[1:])
	if got := listening(t, served.cmd.Process.Pid, o.dir); len(got) != 1 || got[0] != want {
		t.Errorf("serve listens at %v, want %s alone", got, want)
	}
}
