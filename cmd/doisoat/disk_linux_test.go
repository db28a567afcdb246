package main

import (
	"os"
	"syscall"
	"testing"
)

// fillDisk makes the reports folder a full disk of its own; nil when the
// account may not mount.
func fillDisk(t *testing.T, o *office) (unblock func()) {
	t.Helper()
	reports := o.path("reports")
	if err := syscall.Mount("tmpfs", reports, "tmpfs", 0, "size=2m"); err != nil {
		return nil
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(reports, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	filler := o.path("reports", "day.bin")
	_ = os.WriteFile(filler, make([]byte, 4<<20), 0o600) // fails when the disk is full
	return func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
}
