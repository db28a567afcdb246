package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// TestBackup: the database of a restored backup knows all that the first one
// knew, so that the next run finds the same and writes nothing.
func TestBackup(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	o.rests()
	want, reports := o.states(), o.reportFiles()
	saved := o.path("sao-luu.dump")
	o.call(exitDone, "backup", saved)
	if info, err := os.Stat(saved); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup can be read by others: %v %v", info.Mode(), err)
	}
	mentions(t, o.call(exitFailed, "backup", saved).errOut.String(), "Chọn tên khác")
	mentions(t, o.call(exitFailed, "restore", saved).errOut.String(), "cơ sở dữ liệu trống")
	if diff := cmp.Diff(want, o.states()); diff != "" {
		t.Errorf("a refused restore changed findings:\n%s", diff)
	}

	o.database = pgtest.Empty(t)
	broken := o.path("hong.dump")
	o.write("hong.dump", []byte("PGDMP Nguyễn Văn An 051079001234"))
	mentions(t, o.call(exitFailed, "restore", broken).errOut.String(), "báo lỗi", "!051079001234")
	o.call(exitDone, "restore", saved)
	run := o.run(exitDone)
	if run.Sources.Read != 0 || run.Findings.New != 0 || run.Findings.Gone != 0 || run.Reports != 0 {
		t.Errorf("the run after the restore does not know what was: %+v", run)
	}
	if diff := cmp.Diff(want, o.states()); diff != "" {
		t.Errorf("findings after the restore:\n%s", diff)
	}
	if diff := cmp.Diff(reports, o.reportFiles()); diff != "" {
		t.Errorf("reports after the restore:\n%s", diff)
	}
}

// TestServiceAccount: the service runs under an account that can remove nothing
// of what happened, and doctor tells the two kinds of account apart.
func TestServiceAccount(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	account, address := o.withAccount("run", "")
	owner := pgtest.Open(t, o.database, postgres.Options{})
	mentions(t, o.call(exitDone, "doctor").out.String(), "xóa được lịch sử", "database grant")
	mentions(t, o.call(exitDone, "database", "grant", account).out.String(), account)
	o.database = address
	o.run(exitDone)
	o.workbook("S04/dang ky.xlsx", roster("SỞ TÀI CHÍNH", an(), cuong()))
	if second := o.run(exitDone); second.Rows.Registrations != 6 {
		t.Errorf("the second run: %+v", second)
	}
	mentions(t, o.call(exitDone, "doctor").out.String(), "!xóa được lịch sử")
	var paces []string
	err := owner.Pool().QueryRow(t.Context(), `SELECT array_agg(name ORDER BY name COLLATE "C") FROM pace WHERE name LIKE 'google %'`).Scan(&paces)
	if err != nil || len(paces) < 3 || !strings.HasPrefix(paces[len(paces)-1], "google sheets") {
		t.Errorf("the pace of requests to Google is not shared: %q, %v", paces, err)
	}

	service := o.start("serve", "--listen", "127.0.0.1:0")
	for leads := false; !leads && t.Context().Err() == nil; { // then it does the queue's housekeeping, too
		if err := owner.Pool().QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM river_leader)`).Scan(&leads); err != nil {
			t.Fatal(err)
		}
	}
	_ = service.cmd.Process.Signal(os.Interrupt)
	if code := service.wait(t); code != exitDone {
		t.Errorf("the service ends with %d", code)
	}
	mentions(t, service.errOut.String(), "Đang phục vụ", `!"level":"WARN"`, `!"level":"ERROR"`)
}

// rests runs until nothing is read any more: a file that was just written is
// looked at once more, for it may have been written again in the same moment.
func (o *office) rests() {
	o.t.Helper()
	for o.run(exitDone).Sources.Read > 0 && o.t.Context().Err() == nil {
		continue
	}
}

// withAccount makes an account of the server for the time of the test; it
// returns its name and its address of the office's database.
func (o *office) withAccount(prefix, options string) (account, address string) {
	o.t.Helper()
	account = prefix + "_" + filepath.Base(o.database[:strings.Index(o.database, "?")])
	owner := pgtest.Open(o.t, o.database, postgres.Options{})
	if _, err := owner.Pool().Exec(o.t.Context(), `CREATE ROLE `+account+` LOGIN `+options); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		_, _ = owner.Pool().Exec(context.Background(), `DROP OWNED BY `+account+`; DROP ROLE `+account)
	})
	before, rest, _ := strings.Cut(o.database, "@")
	return account, before[:strings.LastIndex(before, "/")+1] + account + "@" + rest
}
