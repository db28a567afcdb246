package push

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func TestReplaceInAReadOnlyFolder(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "báo cáo.xlsx")
	if err := os.WriteFile(path, []byte("cũ"), 0o644); err != nil {
		t.Fatal(err)
	}
	// Somebody else has to be able to look into the folder, not to write.
	for d, mode := range map[string]os.FileMode{folder: 0o555, filepath.Dir(folder): 0o755} {
		if err := os.Chmod(d, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(folder, 0o700)
	type result struct {
		written bool
		err     error
	}
	done := make(chan result)
	go func() {
		// Root may write anywhere, so this thread becomes somebody else for
		// the file system; it ends with the goroutine.
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(65534); err != nil {
				done <- result{err: err}
				return
			}
		}
		_, written, err := Replace(path, []byte("mới"))
		done <- result{written, err}
	}()
	got := <-done
	if got.written || !errors.Is(got.err, ErrNoPermission) {
		t.Errorf("written %v, %v; want ErrNoPermission", got.written, got.err)
	}
	if there, _ := os.ReadFile(path); string(there) != "cũ" {
		t.Errorf("the old report became %q", there)
	}
}
