//go:build unix && !race

// The processes of this file are the program itself, whose jobs the detector sees
// in other tests.

package main

import (
	"context"
	"testing"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/embedded"
	"doisoat/reconcile/postgres/pgtest"
)

// endsFull holds a run to how it has to end when the database has no room: soon,
// and with a remedy. What it says against documents shows in the history that
// is compared later.
func (o *office) endsFull() {
	o.t.Helper()
	s := o.call(exitFailed, "run")
	mentions(o.t, s.errOut.String(), "Ổ đĩa của cơ sở dữ liệu đã đầy", "Giải phóng dung lượng rồi chạy lại", "vẫn nguyên vẹn", "!panic", "!goroutine")
	o.wholeFiles()
}

// refuse makes the database refuse each new row of the table as it does when its
// disk is full, until the returned function is called.
func (o *office) refuse(store *postgres.Store, table string) (relent func()) {
	o.t.Helper()
	execute := func(sql string) {
		o.t.Helper()
		if _, err := store.Pool().Exec(context.Background(), sql); err != nil {
			o.t.Fatal(err)
		}
	}
	execute(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full'; END $$`)
	execute(`CREATE TRIGGER no_room BEFORE INSERT ON ` + table + ` FOR EACH ROW EXECUTE FUNCTION no_room()`)
	return func() { execute(`DROP FUNCTION no_room CASCADE`) }
}

// TestDatabaseHasNoRoom: at whatever a run wants to store the database runs out
// of room, the run ends with a remedy, and once there is room the next one comes
// to what an undisturbed office has.
func TestDatabaseHasNoRoom(t *testing.T) {
	t.Parallel()
	want := sharedStory(t)
	o := sampleOffice(t)
	store := pgtest.Open(t, o.database, postgres.Options{})
	without := func(tables ...string) {
		for _, table := range tables {
			relent := o.refuse(store, table)
			o.endsFull()
			relent()
		}
	}
	without("registration", "discrepancy_event", "report_state")
	o.settles(want.first)
	o.secondDay()
	without("answer")
	o.run(exitPartial)
	o.canon().sameAs(t, want.second)
	o.clean()
}

// privateDisk gives the office a private server on a small disk of its own; what
// it returns fills the disk. It is nil when the account may not mount.
func (o *office) privateDisk() (server *embedded.Server, fill func(left int64) (free func())) {
	o.t.Helper()
	o.mkdir("disk")
	if fill = smallDisk(o.t, o.path("disk"), "192m"); fill == nil {
		o.t.Log("this machine lets nobody mount a disk to fill; TestDatabaseHasNoRoom stands for it")
		return nil, nil
	}
	server = privateServer(o.t, o.path("disk"))
	o.database = server.URL()
	o.call(exitDone, "findings") // makes the tables, but not the job queue's
	return server, fill
}

// TestDatabaseDiskFull fills the disk that the database lies on: so that a run
// cannot make the job queue's tables, and that it has to stop in its middle, in
// both nights.
func TestDatabaseDiskFull(t *testing.T) {
	t.Parallel()
	if ownMounts(t) {
		return
	}
	want := sharedStory(t)
	o := sampleOffice(t)
	server, fill := o.privateDisk()
	if fill == nil {
		return
	}
	store := pgtest.Open(t, o.database, postgres.Options{})
	for range 2 { // room for the server's own log, which is another test's matter
		if _, err := store.Pool().Exec(t.Context(), `SELECT txid_current(), pg_switch_wal(); CHECKPOINT`); err != nil {
			t.Fatal(err)
		}
	}
	for _, left := range []int64{200 << 10, 1500 << 10, 300 << 10} {
		free := fill(left)
		o.endsFull()
		free()
	}
	o.settles(want.first)
	o.secondDay()
	free := fill(40 << 10)
	o.endsFull()
	free()
	o.run(exitPartial)
	o.canon().sameAs(t, want.second)
	o.clean()

	store.Close()
	stopServer(t, server) // it does not start again without room, and that is said as plainly
	free = fill(0)
	o.database = ""
	mentions(t, o.call(exitFailed, "findings", "--data", o.path("disk")).errOut.String(), "đầy. Giải phóng dung lượng rồi chạy lại")
	free()
	o.call(exitDone, "findings", "--data", o.path("disk"))
}

// TestServersLogHasNoRoom: a server that cannot write its log goes down in the
// middle of the run, which says why, and the next one starts it again.
func TestServersLogHasNoRoom(t *testing.T) {
	t.Parallel()
	if ownMounts(t) {
		return
	}
	want := sharedStory(t)
	o := sampleOffice(t)
	_, fill := o.privateDisk()
	if fill == nil {
		return
	}
	store := pgtest.Open(t, o.database, postgres.Options{})
	fillLog(t, store, 700<<10)
	free := fill(1500 << 10)
	o.database = ""
	s := o.call(exitFailed, "run", "--data", o.path("disk"))
	mentions(t, s.errOut.String(), "Lỗi: Ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng dung lượng rồi chạy lại", "!panic:", "!goroutine")
	o.wholeFiles()
	free()
	o.call(exitPartial, "run", "--data", o.path("disk"))
	o.database = privateServer(t, o.path("disk")).URL()
	o.canon().sameAs(t, want.first)
	o.clean()
}

// fillLog writes into the server's log until so many bytes are left before it
// needs another file.
func fillLog(t *testing.T, store *postgres.Store, left int) {
	t.Helper()
	for step := 1; step > 0; {
		err := store.Pool().QueryRow(t.Context(), `
			WITH room AS (
				SELECT ((('x' || substr(max(name), 17, 8))::bit(32)::bigint + 1) << 24) - pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') - $1 AS bytes
				FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'
			), step AS (SELECT greatest(0, least(bytes, 1 << 20))::int AS bytes FROM room)
			SELECT bytes FROM step, pg_logical_emit_message(false, 'test', repeat('x', bytes))`, left).Scan(&step)
		if err != nil {
			t.Fatal(err)
		}
	}
}
