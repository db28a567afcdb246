//go:build unix

package embedded

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// pipePrefix begins the names of pipes, and of the answers of their watchdogs.
const pipePrefix = "alive-"

// removePipes removes what watchdogs that were killed left behind. There must be
// no server.
func (l layout) removePipes() {
	left, _ := os.ReadDir(l.run)
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), pipePrefix) {
			_ = os.Remove(filepath.Join(l.run, entry.Name())) // of no use to anybody, and in nobody's way
		}
	}
}

// newPipe makes a fresh pipe and opens it. Both ends are open at first, so that
// the watchdog starts reading at once and sees the end when this program dies.
func (l layout) newPipe(who *account) (*handle, error) {
	path := filepath.Join(l.run, pipePrefix+rand.Text()[:12])
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
func (l layout) joinPipe(ctx context.Context, pm postmaster) (*handle, error) {
	path, err := os.ReadFile(l.pipeNote())
	if err != nil {
		return nil, nil
	}
	pipe, err := openWriteEnd(string(path))
	if err != nil {
		return nil, nil // ENXIO: nobody reads; ENOENT: the watchdog is through
	}
	answered, err := greet(ctx, pipe, func() bool { return !pm.isRunning() })
	if !answered {
		pipe.close()
		pipe = nil
	}
	return pipe, err
}

func openWriteEnd(path string) (*handle, error) {
	return openHandle(path, syscall.O_WRONLY|syscall.O_NONBLOCK)
}

// greet writes a line into the pipe and reports whether it was answered. Once
// the watchdog or its server is gone there will be no answer.
func greet(ctx context.Context, pipe *handle, gone func() bool) (bool, error) {
	name := rand.Text()[:12]
	if err := pipe.write(name + "\n"); err != nil {
		return false, nil
	}
	answer := pipe.path + "." + name
	ctx, cancel := context.WithTimeoutCause(ctx, answerTime, errNoAnswer)
	defer cancel()
	err := until(ctx, func() (bool, error) {
		wasGone := gone() // asked first: it may have answered before it went
		err := os.Remove(answer)
		if errors.Is(err, os.ErrNotExist) && wasGone {
			return false, errNoAnswer
		}
		return err == nil, ignore(err, os.ErrNotExist)
	})
	if errors.Is(err, errNoAnswer) || err != nil && errors.Is(context.Cause(ctx), errNoAnswer) {
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
