package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keyBytes is the length of a master key and of a data key.
const keyBytes = 32

// The errors of keys.
var (
	// ErrNoKey: there is no file of this name.
	ErrNoKey = errors.New("không có tệp khóa")
	// ErrBadKey: the file holds something else than a key.
	ErrBadKey = errors.New("tệp khóa không hợp lệ: cần 32 byte ngẫu nhiên ghi bằng base64")
	// ErrWrongKey: the master key is not the one that the data key was
	// encrypted with.
	ErrWrongKey = errors.New("khóa không phải là khóa của cơ sở dữ liệu này")
)

// Key is the master key. It lies in a file of its own: 32 random bytes in
// base64, as `openssl rand -base64 32` prints them.
type Key struct{ wrap cipher.AEAD }

// ReadKey reads the key in the file. The errors are ErrNoKey and ErrBadKey, and
// those of the file system.
func ReadKey(path string) (*Key, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, ErrNoKey)
	}
	if err != nil {
		return nil, fmt.Errorf("đọc tệp khóa: %w", err)
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(content)))
	if err != nil || len(secret) != keyBytes {
		return nil, fmt.Errorf("%s: %w", path, ErrBadKey) // without a word of what is in it
	}
	return newKey(secret)
}

// CreateKey writes a new key to the file, which only its owner may read, and
// returns it. A file that is there already is an error that is fs.ErrExist, and
// stays as it is.
func CreateKey(path string) (*Key, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("tạo thư mục của tệp khóa: %w", err)
	}
	secret := randomKey()
	if err := writeNew(path, base64.StdEncoding.EncodeToString(secret)+"\n"); err != nil {
		return nil, fmt.Errorf("tạo tệp khóa: %w", err)
	}
	return newKey(secret)
}

// writeNew lets nobody see half a key: the file appears with all that is in it,
// and of two programs that make it at once one fails.
func writeNew(path, text string) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Link(file.Name(), path)
}

func newKey(secret []byte) (*Key, error) {
	wrap, err := gcm(secret, "doisoat master key")
	if err != nil {
		return nil, err
	}
	return &Key{wrap: wrap}, nil
}

func randomKey() []byte {
	secret := make([]byte, keyBytes)
	_, _ = rand.Read(secret) // never fails
	return secret
}

// derived is a key for one purpose (HKDF, RFC 5869).
func derived(secret []byte, purpose string, length int) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, nil, purpose, length)
}

// gcm encrypts under a nonce of its own choice, which stands before the text.
func gcm(secret []byte, purpose string) (cipher.AEAD, error) {
	key, err := derived(secret, purpose, keyBytes)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// NewSealer makes a data key: what seals with it, and the data key as it may be
// kept beside the data.
func (k *Key) NewSealer() (s *Sealer, wrapped []byte, err error) {
	data := randomKey()
	if s, err = newSealer(data); err != nil {
		return nil, nil, err
	}
	return s, k.wrap.Seal(nil, nil, data, nil), nil
}

// Sealer opens a wrapped data key; ErrWrongKey when another key wrapped it.
func (k *Key) Sealer(wrapped []byte) (*Sealer, error) {
	data, err := k.wrap.Open(nil, nil, wrapped, nil)
	if err != nil {
		return nil, ErrWrongKey
	}
	return newSealer(data)
}

// Rewrap wraps for the key to what k wrapped; ErrWrongKey when it did not.
func (k *Key) Rewrap(wrapped []byte, to *Key) ([]byte, error) {
	data, err := k.wrap.Open(nil, nil, wrapped, nil)
	if err != nil {
		return nil, ErrWrongKey
	}
	return to.wrap.Seal(nil, nil, data, nil), nil
}
