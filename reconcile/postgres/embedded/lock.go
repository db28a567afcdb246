//go:build unix

package embedded

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"
)

// poll is how often a state of the operating system is looked at that nothing
// announces: a lock, a process that is no child, a server that starts.
const poll = 10 * time.Millisecond

// fileLock is a lock that the kernel frees when the process ends.
type fileLock struct{ file *handle }

func openLock(path string) (*fileLock, error) {
	file, err := openHandle(path, syscall.O_CREAT|syscall.O_RDWR)
	if err != nil {
		return nil, fmt.Errorf("mở tệp khóa: %w", err)
	}
	return &fileLock{file: file}, nil
}

// try takes the lock in the given mode if nobody is in the way.
func (l *fileLock) try(mode int) (bool, error) {
	for {
		err := syscall.Flock(l.file.fd, mode|syscall.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return false, nil
		default:
			return false, fmt.Errorf("khóa tệp %s: %w", l.file.path, err)
		}
	}
}

// wait takes the lock in the given mode when it becomes free.
func (l *fileLock) wait(ctx context.Context, mode int) error {
	return until(ctx, func() (bool, error) { return l.try(mode) })
}

func (l *fileLock) release() { l.file.close() }

// until asks again and again until the answer is yes, an error, or ctx ends.
func until(ctx context.Context, ask func() (bool, error)) error {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		if ok, err := ask(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
