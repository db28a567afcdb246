//go:build unix && !race

// The processes of this file are the program itself, whose jobs the detector sees
// in other tests.

package main

import (
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

var serverKills = flag.Int("server-kills", 4, "TestPrivateServerKilled: how often something is killed")

// postmaster is the process of the private server in the directory, 0 when there
// is none.
func postmaster(dir string) int {
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return pid
}

// serverVictims are what can be killed of a run with a private server.
func serverVictims() map[string]func(s *session, dir string) {
	program := func(s *session, _ string) { _ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) }
	server := func(_ *session, dir string) {
		if pid := postmaster(dir); pid > 1 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	withWatchdog := func(_ *session, dir string) {
		if pid := postmaster(dir); pid > 1 {
			if group, err := syscall.Getpgid(pid); err == nil && group != syscall.Getpgrp() {
				_ = syscall.Kill(-group, syscall.SIGKILL)
			}
		}
	}
	return map[string]func(s *session, dir string){
		"the program":             program,
		"the server":              server,
		"the server and watchdog": withWatchdog,
		"all":                     func(s *session, dir string) { program(s, dir); withWatchdog(s, dir) },
	}
}

// TestPrivateServerKilled kills the program, its private server, that one's
// watchdog, and all of them, at random moments of a night; each time the next
// run just works, and the night comes to what one does that nothing happened to.
//
//	go test ./cmd/doisoat -run TestPrivateServerKilled -v -args -server-kills 100
func TestPrivateServerKilled(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	o := sampleOffice(t)
	o.database = "" // the program's own
	if err := os.Chmod(filepath.Dir(o.dir), 0o755); err != nil {
		t.Fatal(err)
	}
	dir := o.path("server")
	random := rand.New(rand.NewPCG(*killSeed, 2))
	victims := serverVictims()
	for i := range *serverKills {
		name := slices.Sorted(maps.Keys(victims))[i%len(victims)]
		s := o.launch("--data", dir)
		time.Sleep(time.Duration(random.Int64N(int64(want.took))))
		victims[name](s, dir)
		code := s.wait(t)
		t.Logf("%s was killed; the run ended with %d", name, code)
		mentions(t, s.errOut.String(), "!panic:", "!goroutine")
		o.wholeFiles()
	}
	o.call(exitPartial, "run", "--data", dir)
	o.database = privateServer(t, dir).URL()
	o.canon().sameAs(t, want.first)
	o.clean()
}
