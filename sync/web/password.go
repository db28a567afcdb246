package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"doisoat/reconcile"
)

// The cost of a guess: argon2id with 19 MiB and two passes, as OWASP's
// Password Storage Cheat Sheet asks. hashedAtOnce bounds the memory that a
// flood of sign-ins can take.
const (
	argonMemory  = 19 << 10 // KiB
	argonTime    = 2
	argonThreads = 1
	saltBytes    = 16
	keyBytes     = 32
	hashedAtOnce = 4
)

// The lengths of a password. The longest keeps a form from costing much.
const (
	passwordLeast = 12 // characters
	passwordMost  = 256
)

// errPassword says what a password must be.
var errPassword = errors.New("mật khẩu cần từ 12 đến 256 ký tự và khác tên đăng nhập; nên ghép vài từ dễ nhớ")

func checkNewPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	if n < passwordLeast || n > passwordMost || strings.Contains(reconcile.CleanLogin(password), login) {
		return errPassword
	}
	return nil
}

// hashPassword is the password as it is stored: the usual text form, which
// tells its parameters, so that stronger ones can come later.
func (s *Server) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	key, err := s.argon(ctx, password, salt, argonTime, argonMemory, argonThreads)
	encoding := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		encoding.EncodeToString(salt), encoding.EncodeToString(key)), err
}

// samePassword reports whether the hash is of the password. An empty hash is
// of none, and costs as much to find out, so that the time tells nobody which
// accounts there are.
func (s *Server) samePassword(ctx context.Context, hash, password string) (bool, error) {
	if utf8.RuneCountInString(password) > passwordMost {
		return false, nil
	}
	var version int
	var time, memory uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		_, err := s.argon(ctx, password, make([]byte, saltBytes), argonTime, argonMemory, argonThreads)
		return false, err
	}
	_, err := fmt.Sscanf(parts[2]+parts[3], "v=%dm=%d,t=%d,p=%d", &version, &memory, &time, &threads)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err, saltErr, keyErr); err != nil || version != argon2.Version || len(key) != keyBytes || time < 1 || threads < 1 {
		return false, fmt.Errorf("a stored password cannot be read: %w", err)
	}
	got, err := s.argon(ctx, password, salt, time, memory, threads)
	return err == nil && subtle.ConstantTimeCompare(got, key) == 1, err
}

func (s *Server) argon(ctx context.Context, password string, salt []byte, time, memory uint32, threads uint8) ([]byte, error) {
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(password), salt, time, memory, threads, keyBytes), nil
}
