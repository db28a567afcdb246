//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package push

import (
	"errors"
	"os"
	"syscall"
)

// Numbers of Windows errors.
const (
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
	handleDiskFull   = syscall.Errno(39)
	diskFull         = syscall.Errno(112)
	writeProtected   = syscall.Errno(19)
)

// claim needs to do nothing: Windows does not remove a file that is open.
func claim(*os.File) error { return nil }

func removeUnclaimed(path string) { os.Remove(path) }

// syncFolder does nothing: Windows has no way to flush a folder.
func syncFolder(string) error { return nil }

func isNoSpace(err error) bool {
	return errors.Is(err, diskFull) || errors.Is(err, handleDiskFull)
}

func isReadOnly(err error) bool { return errors.Is(err, writeProtected) }

func isOpenElsewhere(err error) bool {
	return errors.Is(err, sharingViolation) || errors.Is(err, lockViolation)
}
