//go:build unix

package embedded

import (
	"errors"
	"os"
	"syscall"
)

// handle is an open file that lives until it is closed or the process ends. An
// os.File will not do: the garbage collector closes one that nobody refers to,
// and a program that keeps only the server's URL would lose its server.
type handle struct {
	fd   int
	path string
}

func openHandle(path string, flags int) (*handle, error) {
	for {
		fd, err := syscall.Open(path, flags|syscall.O_CLOEXEC, 0o600)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return nil, &os.PathError{Op: "open", Path: path, Err: err}
		}
		return &handle{fd: fd, path: path}, nil
	}
}

func (h *handle) write(line string) error {
	_, err := syscall.Write(h.fd, []byte(line))
	return err
}

// close may be called on nil and more than once.
func (h *handle) close() {
	if h != nil && h.fd >= 0 {
		_ = syscall.Close(h.fd)
		h.fd = -1
	}
}
