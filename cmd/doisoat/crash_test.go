//go:build unix && !race

// The processes of this file are the program itself, whose jobs the detector sees
// in other tests.

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// tales keeps what two undisturbed nights come to; all tests of a program share
// it.
var tales struct {
	sync.Mutex
	told *wholeStory
}

func sharedStory(t *testing.T) *wholeStory {
	t.Helper()
	tales.Lock()
	defer tales.Unlock()
	if tales.told == nil {
		tales.told = story(t)
	}
	return tales.told
}

// settles lets the office run to its end, if the run that was disturbed did
// not come to it, and holds it to what nothing happened to.
func (o *office) settles(want canon) {
	o.t.Helper()
	if runs := o.ledger(); len(runs) == 0 || runs[0].Finished.IsZero() || runs[0].Status == reconcile.RunFailed || runs[0].Error != "" {
		o.run(exitPartial)
	}
	o.canon().sameAs(o.t, want)
	o.clean()
}

// serverProcesses are the pids of the office's server: its postmaster, then all
// others that it tells of.
func (o *office) serverProcesses(store *postgres.Store) []int {
	o.t.Helper()
	ctx := context.Background()
	var dir string
	if err := store.Pool().QueryRow(ctx, `SHOW data_directory`).Scan(&dir); err != nil {
		o.t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		o.t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	postmaster, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		o.t.Fatal(err)
	}
	var others []int
	err = store.Pool().QueryRow(ctx, `SELECT array_agg(pid ORDER BY backend_type = 'client backend' DESC) FROM pg_stat_activity WHERE pid <> pg_backend_pid()`).Scan(&others)
	if err != nil {
		o.t.Fatal(err)
	}
	return append([]int{postmaster}, others...)
}

// TestServerKilled kills PostgreSQL in the middle of a run: all of it, and one
// session, for which the server throws all others out.
func TestServerKilled(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	for name, kill := range map[string]func(pids []int){
		"the whole server": func(pids []int) {
			for _, pid := range pids {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		},
		"one session": func(pids []int) { _ = syscall.Kill(pids[1], syscall.SIGKILL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := sampleOffice(t)
			server := privateServer(t, o.path("server"))
			o.database = server.URL()
			store := pgtest.Open(t, o.database, postgres.Options{})
			s := o.launch()
			o.awaitStage(store)
			kill(o.serverProcesses(store))
			code := s.wait(t)
			t.Logf("the run ended with %d\n%s", code, &s.errOut)
			mentions(t, s.errOut.String(), "!panic", "!goroutine")
			o.database = privateServer(t, o.path("server")).URL()
			o.wholeFiles()
			o.settles(want.first)
		})
	}
}

// awaitStage waits until the office's first run has begun.
func (o *office) awaitStage(store *postgres.Store) {
	o.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		var begun bool
		err := store.Pool().QueryRow(context.Background(), `SELECT to_regclass('river_job') IS NOT NULL AND EXISTS (SELECT FROM run_item WHERE done)`).Scan(&begun)
		if err == nil && begun {
			return
		}
		if time.Now().After(deadline) {
			o.t.Fatalf("the run does not begin: %v", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// TestConnectionsCut ends all connections of a run again and again.
func TestConnectionsCut(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	o := sampleOffice(t)
	store := pgtest.Open(t, o.database, postgres.Options{})
	random := rand.New(rand.NewPCG(*killSeed, 0))
	s := o.launch()
	o.awaitStage(store)
	cut := 0
	for range 4 {
		var n int
		err := store.Pool().QueryRow(t.Context(), `
			SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		cut += n
		time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
	}
	code := s.wait(t)
	t.Logf("%d connections were cut; the run ended with %d", cut, code)
	mentions(t, s.errOut.String(), "!panic", "!goroutine")
	o.settles(want.first)
}

// TestTwoAtOnce starts two runs at the same moment: one works, the other says
// that it must wait.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	o := sampleOffice(t)
	refused := 0
	for _, s := range []*session{o.launch(), o.launch()} {
		if code := s.wait(t); code == exitFailed {
			refused++
			mentions(t, s.errOut.String(), "đang được đối soát", "chờ lần chạy đó xong")
		} else if code != exitPartial {
			t.Errorf("a run ends with %d\n%s", code, &s.errOut)
		}
	}
	if refused != 1 {
		t.Errorf("%d of two runs were refused", refused)
	}
	o.settles(want.first)
}

// TestFilesMayNotGrow runs where no file may be larger than a few kilobytes,
// which is what a full disk comes to, and can be had everywhere: no report is
// written in part, the run says so, and the next one writes them.
func TestFilesMayNotGrow(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	o := sampleOffice(t)
	program, err := exec.LookPath("doisoat")
	if err != nil {
		t.Fatal(err)
	}
	limited := exec.Command("sh", "-c", fmt.Sprintf("ulimit -f 4; exec '%s' run", program))
	limited.Dir, limited.Env = o.dir, append(o.environ(), "TMPDIR="+o.path("tmp"))
	said, err := limited.CombinedOutput()
	if err == nil || limited.ProcessState.ExitCode() != exitFailed {
		t.Errorf("the run ends with %v\n%s", err, said)
	}
	mentions(t, string(said), "Chưa ghi được báo cáo", "!panic", "!goroutine")
	o.wholeFiles()
	o.clean()
	o.run(exitPartial)
	o.canon().sameAs(t, want.first)
}
