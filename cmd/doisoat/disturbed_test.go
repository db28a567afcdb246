package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/sync/google/googletest"
)

// newReachedOffice has lists in a folder and one on Google. The test learns
// from Google that a run is in its middle, see inMidRun.
func newReachedOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t).withGoogle()
	o.workbook("S05/dang ky.xlsx", roster("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", an(), cuong()))
	o.workbook("S04/dang ky.xlsx", roster("SỞ TÀI CHÍNH", cuong()))
	// A file that is quite new is read again by the next run, and by the one
	// after it when the machine is quick.
	before := time.Now().Add(-time.Hour)
	for _, file := range o.inboxFiles() {
		if err := os.Chtimes(file, before, before); err != nil {
			t.Fatal(err)
		}
	}
	o.spreadsheet(sharedBook, "Sở Nội vụ - đăng ký 2024", roster("SỞ NỘI VỤ", an(), cuong()))
	o.configure("  - {type: google_sheet, id: " + sharedBook + ", agency: S03}")
	return o
}

// inMidRun starts a run, does something while it reads the sheet on Google, and
// returns the run's session.
func (o *office) inMidRun(disturb func(*session)) *session {
	o.t.Helper()
	started := make(chan *session, 1)
	o.google.Before(googletest.MethodGet, 0, func() { disturb(<-started) })
	s := o.start("run", "--json")
	started <- s
	return s
}

// undisturbed is what an office that nothing happens to finds.
func undisturbed(t *testing.T) map[string]reconcile.Status {
	t.Helper()
	o := newReachedOffice(t)
	o.run(exitDone)
	return o.states()
}

// converges holds the next run to the findings of an undisturbed office.
func converges(t *testing.T, o *office, want map[string]reconcile.Status) {
	t.Helper()
	if run := o.run(exitDone); run.Rows.Registrations != 5 {
		t.Errorf("the next run: %+v", run)
	}
	got := o.states()
	for code, status := range got {
		if status == reconcile.StatusGone { // of what disturbed the office
			delete(got, code)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings differ from those of an undisturbed office:\n%s", diff)
	}
	if len(o.reportFiles()) == 0 {
		t.Error("no report was written")
	}
}

func TestSignalInMidRun(t *testing.T) {
	t.Parallel()
	want := undisturbed(t)
	for _, tt := range []struct {
		name   string
		signal os.Signal
		code   int // of the program; -1 when it was killed
		says   string
	}{
		{"Ctrl-C", os.Interrupt, exitInterrupted, "Đã dừng theo yêu cầu"},
		{"SIGTERM", syscall.SIGTERM, exitInterrupted, "Đã dừng theo yêu cầu"},
		{"kill -9", os.Kill, -1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newReachedOffice(t)
			s := o.inMidRun(func(s *session) { _ = s.cmd.Process.Signal(tt.signal) })
			if code := s.wait(t); code != tt.code {
				t.Errorf("exit code %d, want %d\n%s", code, tt.code, &s.errOut)
			}
			mentions(t, s.errOut.String(), tt.says)
			mentions(t, s.out.String(), "!{\"run\"")
			converges(t, o, want)
			runs := o.ledger()
			if len(runs) != 2 || runs[1].Status != reconcile.RunFailed || runs[1].Error == "" || runs[1].Finished.IsZero() {
				t.Errorf("the ledger says %+v", runs)
			}
		})
	}
}

func TestSecondRunIsRefused(t *testing.T) {
	t.Parallel()
	want := undisturbed(t)
	o := newReachedOffice(t)
	s := o.inMidRun(func(*session) {
		second := o.start("run")
		if code := second.wait(t); code != exitFailed {
			t.Errorf("the second run ends with %d", code)
		}
		mentions(t, second.errOut.String(), "đang được đối soát", "lần chạy 1", "chờ lần chạy đó xong")
	})
	if code := s.wait(t); code != exitDone {
		t.Errorf("the first run ends with %d\n%s", code, &s.errOut)
	}
	if diff := cmp.Diff(want, o.states()); diff != "" {
		t.Errorf("findings differ from those of an undisturbed office:\n%s", diff)
	}
	if runs := o.ledger(); len(runs) != 1 || runs[0].Status != reconcile.RunDone {
		t.Errorf("the ledger says %+v", runs)
	}
}

// privateServer starts a server that the test may stop or kill. It is a safe one,
// as offices have it: an unsafe one forgets what it has answered for.
func privateServer(t *testing.T, dir string) *embedded.Server {
	t.Helper()
	// The server of a test that runs as root has another account.
	if err := os.Chmod(filepath.Dir(filepath.Dir(dir)), 0o755); err != nil {
		t.Fatal(err)
	}
	server, err := embedded.Start(context.Background(), embedded.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stopServer(t, server) })
	return server
}

func stopServer(t *testing.T, server *embedded.Server) {
	t.Helper()
	if err := server.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestDatabaseGoesAway(t *testing.T) {
	t.Parallel()
	want := undisturbed(t)
	o := newReachedOffice(t)
	server := privateServer(t, o.path("server"))
	o.database = server.URL()
	began := time.Now()
	s := o.inMidRun(func(*session) { stopServer(t, server) })
	if code := s.wait(t); code != exitFailed {
		t.Errorf("exit code %d\n%s", code, &s.errOut)
	}
	t.Logf("ended %v after its start", time.Since(began))
	mentions(t, s.errOut.String(), "Không kết nối được cơ sở dữ liệu PostgreSQL", "doisoat doctor", "!panic", "!goroutine")

	o.database = privateServer(t, o.path("server")).URL()
	converges(t, o, want)
	if runs := o.ledger(); len(runs) != 2 || runs[1].Status != reconcile.RunFailed || runs[1].Error == "" {
		t.Errorf("the ledger says %+v", runs)
	}
}

// TestReportsCannotBeWritten: the findings are kept, the reason is told, and
// the next run writes what is missing.
func TestReportsCannotBeWritten(t *testing.T) {
	t.Parallel()
	want := undisturbed(t)
	for name, tt := range map[string]struct {
		block func(t *testing.T, o *office) (unblock func())
		says  []string
	}{
		"a file in the way": {
			block: func(t *testing.T, o *office) func() {
				o.write("reports/S05", nil)
				return func() {
					if err := os.Remove(o.path("reports", "S05")); err != nil {
						t.Fatal(err)
					}
				}
			},
			says: []string{"Chưa ghi được báo cáo của Sở Kế hoạch và Đầu tư", "«S05»"},
		},
		"a full disk": {block: fillDisk, says: []string{"Chưa ghi được báo cáo của Ban Tổ chức", "đầy"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newReachedOffice(t)
			o.write("inbox/hong.xlsx", []byte("PK\x03\x04 nửa chừng")) // a source that fails hides nothing
			unblock := tt.block(t, o)
			if unblock == nil {
				t.Log("this machine lets nobody mount a disk to fill; TestFilesMayNotGrow stands for it")
				return
			}
			s := o.call(exitFailed, "run")
			_, text, _ := strings.Cut(s.errOut.String(), "Lỗi: ")
			mentions(t, text, append(tt.says, "!goroutine", "!write the report", "!no space")...)
			mentions(t, s.out.String(), "Không đọc được: «hong.xlsx»")
			if err := os.Remove(o.path("inbox", "hong.xlsx")); err != nil {
				t.Fatal(err)
			}
			if runs := o.ledger(); len(runs) != 1 || runs[0].Status != reconcile.RunPartial || runs[0].Error == "" {
				t.Errorf("the ledger says %+v", runs)
			}
			unblock()
			converges(t, o, want)
		})
	}
}
