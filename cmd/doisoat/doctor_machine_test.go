package main

import (
	"os"
	"testing"
	"time"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
)

// TestDoctorAmongMachines: a machine that is to work with others has to see what
// they see; alone it is asked nothing of the kind.
func TestDoctorAmongMachines(t *testing.T) {
	t.Parallel()
	o := newReachedOffice(t)
	o.run(exitDone)
	const same = "Cùng thư mục với các máy khác"
	mentions(t, o.call(exitDone, "doctor").out.String(), "!"+same)
	store := pgtest.Open(t, o.database, postgres.Options{})
	_, err := store.Pool().Exec(t.Context(), `
		INSERT INTO worker (plan_id, name, host, started_at, seen_at) VALUES ($1, 'doisoat/may-chu-2-1-x', 'may-chu-2', now(), now() + interval '1 hour')`, defaultPlan)
	if err != nil {
		t.Fatal(err)
	}
	mentions(t, o.call(exitDone, "doctor").out.String(), "✓ "+same)
	if err := os.Rename(o.path("reports"), o.path("reports-cu")); err != nil {
		t.Fatal(err)
	}
	mentions(t, o.call(exitFailed, "doctor").out.String(), "✗ "+same, "may-chu-2", "dùng chung", "✓ Cơ sở dữ liệu", "✓ Thư mục báo cáo")
}

// TestDoctorOnFullDisk: that a file can be made is not all that a report needs.
func TestDoctorOnFullDisk(t *testing.T) {
	t.Parallel()
	if ownMounts(t) {
		return
	}
	o := newOffice(t)
	fill := smallDisk(t, o.path("reports"), "8m")
	if fill == nil {
		t.Log("this machine lets nobody mount a disk to fill")
		return
	}
	fill(2 << 20)
	mentions(t, o.call(exitFailed, "doctor").out.String(), "✗ Dung lượng ổ đĩa", o.path("reports"), "chỉ còn 2 MB", "✓ Thư mục báo cáo")
}

func TestDoctorOnClocks(t *testing.T) {
	t.Parallel()
	a := &app{lang: vietnamese}
	for ahead, want := range map[time.Duration]string{
		0:                    "",
		-90 * time.Second:    "",
		10*time.Minute + 7e9: "nhanh hơn đồng hồ của cơ sở dữ liệu 10 phút",
		-7 * time.Hour:       "chậm hơn đồng hồ của cơ sở dữ liệu 420 phút",
	} {
		err := a.clockFault(ahead)
		if (err == nil) != (want == "") {
			t.Errorf("%v ahead: %v", ahead, err)
		}
		if err != nil {
			mentions(t, err.Error(), want, "timedatectl", "!%!")
		}
	}
	if err := (&app{lang: english}).clockFault(-time.Hour); err == nil || err.Error() != "this machine's clock is behind the database's by 60 minutes; synchronise both (timedatectl set-ntp true)" {
		t.Error(err)
	}
}
