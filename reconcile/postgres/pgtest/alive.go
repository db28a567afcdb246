//go:build unix

package pgtest

import (
	"errors"
	"syscall"
)

// isAlive reports whether a process of that number exists.
func isAlive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
