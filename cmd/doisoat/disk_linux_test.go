package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// smallDisk makes the folder a disk of its own; nil when the account may not
// mount. What it returns fills the disk but for so many bytes, until it is freed.
func smallDisk(t *testing.T, dir, size string) (fill func(left int64) (free func())) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0755,size="+size); err != nil {
		return nil
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return func(left int64) func() {
		t.Helper()
		var disk syscall.Statfs_t
		if err := syscall.Statfs(dir, &disk); err != nil {
			t.Fatal(err)
		}
		filler := filepath.Join(dir, "day.bin")
		room := int64(disk.Bavail) * disk.Bsize
		if err := os.WriteFile(filler, make([]byte, max(0, room-left)), 0o600); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// fillDisk makes the reports folder a full disk of its own; nil when the
// account may not mount.
func fillDisk(t *testing.T, o *office) (unblock func()) {
	t.Helper()
	fill := smallDisk(t, o.path("reports"), "2m")
	if fill == nil {
		return nil
	}
	return fill(0)
}

// mayMount is set in the environment of a test that is run once more in
// namespaces of its own.
const mayMount = "DOISOAT_TEST_MAY_MOUNT"

// ownMounts runs the test once more where it may mount, in namespaces of its
// own, when the account that runs it may not; it reports whether it did.
func ownMounts(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() == 0 || os.Getenv(mayMount) != "" {
		return false
	}
	const sysAdmin = 21
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), mayMount+"=yes")
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}},
		AmbientCaps: []uintptr{sysAdmin},
	}
	said, err := again.CombinedOutput()
	if again.Process == nil { // this machine has no namespaces for everybody
		return false
	}
	t.Logf("in namespaces of its own:\n%s", said)
	if err != nil {
		t.Error(err)
	}
	return true
}
