//go:build unix && !race

// The processes of this file are the program itself, whose jobs the detector sees
// in other tests.

package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/sync/google/googletest"
)

// crew starts services of the office that share its work.
func (o *office) crew(n int, roles string) []*session {
	o.t.Helper()
	all := make([]*session, n)
	for i := range all {
		all[i] = o.start("serve", "--roles", roles)
	}
	return all
}

// job is a line of the queue: who worked what.
type job struct {
	id            int64
	kind, subject string
	state, worker string
	began         time.Time
}

// jobs are all jobs in the order in which they were begun.
func (o *office) jobs(store *postgres.Store) []job {
	o.t.Helper()
	rows, err := store.Pool().Query(o.t.Context(), `
		SELECT id, kind, coalesce(args->'item'->>'Source', args->>'source', args->>'target', ''), state::text,
			coalesce(attempted_by[cardinality(attempted_by)], ''), coalesce(attempted_at, created_at)
		FROM river_job ORDER BY coalesce(attempted_at, created_at), id`)
	if err != nil {
		o.t.Fatal(err)
	}
	defer rows.Close()
	var all []job
	for rows.Next() {
		var j job
		if err := rows.Scan(&j.id, &j.kind, &j.subject, &j.state, &j.worker, &j.began); err != nil {
			o.t.Fatal(err)
		}
		all = append(all, j)
	}
	return all
}

// does reports whether the job is in the hands of the session's process.
func (s *session) does(j job) bool {
	return strings.Contains(j.worker, fmt.Sprintf("-%d-", s.cmd.Process.Pid))
}

// awaitRun waits until the office's first run has ended.
func (o *office) awaitRun(store *postgres.Store, crew []*session) reconcile.Run {
	o.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		runs, err := store.Runs(o.t.Context(), defaultPlan, 0)
		if err != nil {
			o.t.Fatal(err)
		}
		if len(runs) > 1 {
			o.t.Fatalf("%d runs of one night", len(runs))
		}
		if len(runs) == 1 && !runs[0].Finished.IsZero() {
			return runs[0]
		}
		if time.Now().After(deadline) {
			for _, s := range crew {
				o.t.Logf("%s", &s.errOut)
			}
			o.t.Fatalf("the run does not end: %+v", runs)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// transcript prints who did what.
func transcript(t *testing.T, crew []*session, jobs []job) {
	name := func(j job) string {
		for i, s := range crew {
			if s.does(j) {
				return fmt.Sprintf("process %d (pid %d)", i+1, s.cmd.Process.Pid)
			}
		}
		return "nobody"
	}
	for _, j := range jobs {
		t.Logf("%6.2fs  %-10s %-42s %-20s %s", j.began.Sub(jobs[0].began).Seconds(), j.kind, j.subject, name(j), j.state)
	}
}

// TestWorkerIsLost: three processes share one night. The one that is reading a
// spreadsheet is killed, or only stopped for as long as the others take it for
// dead; they finish its work, and the office is as if nothing had happened,
// also after the stopped one has woken up.
func TestWorkerIsLost(t *testing.T) {
	t.Parallel()
	undisturbed := newReachedOffice(t)
	undisturbed.run(exitDone)
	want := undisturbed.canon()
	for name, signal := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "stopped": syscall.SIGSTOP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newReachedOffice(t)
			o.t = t
			store := pgtest.Open(t, o.database, postgres.Options{})
			started, lost := make(chan []*session, 1), make(chan *session, 1)
			o.google.Before(googletest.MethodGet, 0, func() {
				crew := <-started
				for _, j := range o.jobs(store) {
					if j.kind != "pull" || j.state != "running" || !strings.HasPrefix(j.subject, "google") {
						continue
					}
					for _, s := range crew {
						if s.does(j) {
							_ = s.cmd.Process.Signal(signal)
							lost <- s
						}
					}
				}
			})
			crew := o.crew(3, "scheduler,worker")
			started <- crew
			victim := <-lost
			since := time.Now()
			run := o.awaitRun(store, crew)
			t.Logf("the run ended %.1fs after process %d was %s", time.Since(since).Seconds(), victim.cmd.Process.Pid, name)
			if run.Status != reconcile.RunDone || run.Trigger != "schedule" {
				t.Errorf("the run is %+v", run)
			}
			jobs := o.jobs(store)
			if signal == syscall.SIGSTOP {
				_ = victim.cmd.Process.Signal(syscall.SIGCONT)
			}
			for _, s := range crew {
				if s == victim && signal == syscall.SIGKILL {
					continue
				}
				_ = s.cmd.Process.Signal(syscall.SIGTERM)
				if code := s.wait(t); code != exitDone {
					t.Errorf("a process ends with %d\n%s", code, &s.errOut)
				}
			}
			transcript(t, crew, jobs)
			o.canon().sameAs(t, want)
		})
	}
}

// TestRoles: what a service is not told to do, it does not do.
func TestRoles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.workbook("S05/dang ky.xlsx", roster("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", an()))
	mentions(t, o.call(exitFailed, "serve", "--roles", "worker,boss").errOut.String(), `"boss"`, "scheduler, worker, web")
	store := pgtest.Open(t, o.database, postgres.Options{})
	scheduler := o.crew(1, "scheduler")
	deadline := time.Now().Add(patience)
	for len(o.jobs(store)) == 0 {
		if time.Now().After(deadline) {
			t.Fatal("the scheduler queues nothing")
		}
	}
	worker := o.crew(1, "worker")
	if run := o.awaitRun(store, worker); run.Status != reconcile.RunDone {
		t.Errorf("the run is %+v", run)
	}
	for _, j := range o.jobs(store) {
		if !worker[0].does(j) {
			t.Errorf("%s %s was worked by %q", j.kind, j.subject, j.worker)
		}
	}
	for _, s := range append(scheduler, worker...) {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		if code := s.wait(t); code != exitDone {
			t.Errorf("%v ends with %d\n%s", s.cmd.Args, code, &s.errOut)
		}
		mentions(t, s.errOut.String(), "!http://")
	}
}
