//go:build unix

package embedded

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// watchdogScript runs the server and stops it when nobody holds the pipe's
// write end any more. Each line that comes through the pipe is answered with a
// file of that name: who gets an answer knows that his end was open when the
// watchdog read, so that the end of file cannot come before he leaves. The
// script ends when the server does, for whatever reason.
const watchdogScript = `
pipe=$1
shift
"$@" &
server=$!
(
	while read -r name; do
		: >"$pipe.$name"
	done <"$pipe"
	kill -INT "$server" 2>/dev/null
) &
reader=$!
wait "$server"
kill "$reader" 2>/dev/null
rm -f "$pipe"
`

// answerTime is how long a watchdog may take to answer; on a busy machine a
// process can wait for seconds.
const answerTime = 15 * time.Second

// pipeNote is the file that tells other programs the path of the pipe.
func (l layout) pipeNote() string { return filepath.Join(l.run, "pipe") }

// newPipe makes a fresh pipe and opens it. Both ends are open at first, so that
// the watchdog starts reading at once and sees the end when this program dies.
func (l layout) newPipe(who *account) (*handle, error) {
	path := filepath.Join(l.run, "alive-"+rand.Text()[:12])
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, fmt.Errorf("tạo ống dẫn %s: %w", path, err)
	}
	if who != nil {
		if err := os.Chown(path, who.uid, who.gid); err != nil {
			return nil, fmt.Errorf("giao ống dẫn cho tài khoản %s: %w", who.name, err)
		}
	}
	return openHandle(path, syscall.O_RDWR)
}

// joinPipe opens the write end of a running server's pipe and waits for its
// watchdog's answer; nil when there is no watchdog (any more).
func (l layout) joinPipe(ctx context.Context) (*handle, error) {
	path, err := os.ReadFile(l.pipeNote())
	if err != nil {
		return nil, nil
	}
	pipe, err := openWriteEnd(string(path))
	if err != nil {
		return nil, nil // ENXIO: nobody reads; ENOENT: the watchdog is through
	}
	answered, err := greet(ctx, pipe)
	if !answered {
		pipe.close()
		pipe = nil
	}
	return pipe, err
}

func openWriteEnd(path string) (*handle, error) {
	return openHandle(path, syscall.O_WRONLY|syscall.O_NONBLOCK)
}

// greet writes a line into the pipe and reports whether it was answered.
func greet(ctx context.Context, pipe *handle) (bool, error) {
	name := rand.Text()[:12]
	if err := pipe.write(name + "\n"); err != nil {
		return false, nil
	}
	answer := pipe.path + "." + name
	ctx, cancel := context.WithTimeoutCause(ctx, answerTime, errNoAnswer)
	defer cancel()
	err := until(ctx, func() (bool, error) {
		err := os.Remove(answer)
		return err == nil, ignore(err, os.ErrNotExist)
	})
	if err != nil && errors.Is(context.Cause(ctx), errNoAnswer) {
		return false, nil
	}
	return err == nil, err
}

var errNoAnswer = errors.New("no answer from the watchdog")

func ignore(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}
