// Package backup writes a database into a file and makes a database from one,
// by PostgreSQL's own pg_dump and pg_restore, which it looks for where the
// server's programs are. A copy is a consistent state of the moment at which it
// began, whatever is written meanwhile.
//
// The package must not know what the database holds.
package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/embedded"
)

// Errors that a person can mend.
var (
	// ErrNoProgram: neither pg_dump nor pg_restore of a version that goes with
	// the server is on this machine.
	ErrNoProgram = errors.New("không tìm thấy chương trình sao lưu của PostgreSQL")
	// ErrExists: the file of the copy is there already.
	ErrExists = errors.New("tệp sao lưu đã có")
	// ErrNotEmpty: the database to restore into holds something.
	ErrNotEmpty = errors.New("cơ sở dữ liệu đích không trống")
	// ErrRefused: PostgreSQL's program ended with an error.
	ErrRefused = errors.New("chương trình sao lưu của PostgreSQL báo lỗi")
)

// Save writes the database at the address into a new file that only this
// account may read: it holds personal data. The file appears when it is whole.
func Save(ctx context.Context, address, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%w: %s", ErrExists, file)
	}
	server, err := postgres.Look(ctx, address)
	if err != nil {
		return err
	}
	half, err := os.CreateTemp(filepath.Dir(file), ".doisoat-*")
	if err != nil {
		return fmt.Errorf("tạo tệp sao lưu: %w", err)
	}
	defer os.Remove(half.Name()) // after the renaming there is nothing of that name
	defer half.Close()
	if err := call(ctx, "pg_dump", server.Major, address, half, "--format=custom", "--no-owner", "--no-privileges"); err != nil {
		return err
	}
	if err := errors.Join(half.Sync(), half.Close()); err != nil {
		return fmt.Errorf("ghi tệp sao lưu: %w", err)
	}
	// A link, unlike a renaming, replaces no file that came meanwhile.
	if err := os.Link(half.Name(), file); err != nil {
		return fmt.Errorf("đặt tên tệp sao lưu: %w", err)
	}
	return nil
}

// Restore makes the database at the address, which must hold nothing, what the
// file says: all of it or nothing.
func Restore(ctx context.Context, address, file string) error {
	content, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("mở tệp sao lưu: %w", err)
	}
	defer content.Close()
	server, err := postgres.Look(ctx, address)
	if err != nil {
		return err
	}
	if !server.Empty {
		return ErrNotEmpty
	}
	return call(ctx, "pg_restore", server.Major, address, content, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
}

// call runs one of PostgreSQL's programs. The password goes to it in its
// environment, where other accounts do not see it.
func call(ctx context.Context, name string, major int, address string, file *os.File, args ...string) error {
	program, err := embedded.Program(ctx, name, major)
	if err != nil {
		return fmt.Errorf("%w (%s, PostgreSQL %d)", ErrNoProgram, name, major)
	}
	plain, password := apart(address)
	cmd := exec.CommandContext(ctx, program, append(args, "--dbname="+plain)...)
	cmd.Env = append(os.Environ(), "LC_MESSAGES=C")
	if password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if name == "pg_dump" {
		cmd.Stdout = file
	} else {
		cmd.Stdin = file
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %s", ErrRefused, firstLine(said.String()))
	}
	return nil
}

// firstLine is what may be shown of what a program said: the lines after it
// quote rows.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// apart takes the password out of an address.
func apart(address string) (plain, password string) {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address, ""
	}
	password, _ = u.User.Password()
	u.User = url.User(u.User.Username())
	return u.String(), password
}
