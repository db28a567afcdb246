//go:build !unix

package embedded

import (
	"context"
	"errors"
	"log/slog"
	"os"
)

// Options of the server.
type Options struct {
	Dir        string
	Log        *slog.Logger
	Unsafe     bool
	Repository string
	Binaries   []string
}

// Server does not exist on this operating system.
type Server struct{}

// Start refuses: the private server needs the pipes and sockets of Unix.
func Start(context.Context, Options) (*Server, error) {
	return nil, errors.New("cơ sở dữ liệu riêng chưa chạy được trên hệ điều hành này; " +
		"hãy cài PostgreSQL và ghi database: postgres://… trong doisoat.yaml")
}

// URL is empty.
func (*Server) URL() string { return "" }

// Dir is empty.
func (*Server) Dir() string { return "" }

// Death is nil.
func (*Server) Death() error { return nil }

// Stop does nothing.
func (*Server) Stop(context.Context) error { return nil }

type account struct {
	name     string
	uid, gid int
}

func serverAccount(string) (*account, error) { return nil, nil }
func unreachable(string, *account) string    { return "" }
func ownerOf(os.FileInfo) (uid int, ok bool) { return 0, false }
