package push

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The reasons for which a report cannot be written. Errors of Replace wrap one
// of them where it applies, and the system's own error always.
var (
	ErrNoSpace      = errors.New("no space is left on the disk")
	ErrNoPermission = errors.New("the folder or file may not be written")
	ErrTargetOpen   = errors.New("the file is open in another program")
)

// Reports may hold personal data: the group that runs the service reads them,
// the rest of the machine does not.
const (
	fileMode   = 0o640
	folderMode = 0o750
)

// temporaryMark ends the names of files that are being written.
const temporaryMark = ".doisoat-tmp"

// Replace makes the file hold the content, in one step: a reader, a crash or a
// power cut sees the old file or the new one, never a part. A file that holds
// the content already is not touched, and written is false. The folder is made
// where it is missing; what a crashed run left in it is removed.
func Replace(path string, content []byte) (written bool, err error) {
	return replace(path, content, createTemporary)
}

// replace is Replace with the way to make the temporary file, so that a full
// disk can be tested.
func replace(path string, content []byte, create func(path string) (*os.File, error)) (bool, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return false, writeError(path, err)
	}
	removeStale(folder)
	if holds(path, content) {
		return false, nil
	}
	temporary := filepath.Join(folder, "."+rand.Text()+temporaryMark)
	if err := fill(temporary, content, create); err != nil {
		os.Remove(temporary)
		return false, writeError(path, err)
	}
	if err := os.Rename(temporary, path); err != nil {
		os.Remove(temporary)
		return false, writeError(path, err)
	}
	if err := syncFolder(folder); err != nil {
		return true, writeError(path, err)
	}
	return true, nil
}

// fill writes a new file down to the disk.
func fill(path string, content []byte, create func(path string) (*os.File, error)) error {
	f, err := create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func createTemporary(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return nil, err
	}
	if err := claim(f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// holds reports whether the path is a plain file with that content.
func holds(path string, content []byte) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	there := sha256.New()
	if _, err := io.Copy(there, f); err != nil {
		return false
	}
	here := sha256.Sum256(content)
	return bytes.Equal(there.Sum(nil), here[:])
}

// removeStale removes temporary files that nobody is writing. That it cannot is
// no reason not to write the report.
func removeStale(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), temporaryMark) {
			removeUnclaimed(filepath.Join(folder, e.Name()))
		}
	}
}

// writeError says which report could not be written, and why.
func writeError(path string, err error) error {
	reason := error(nil)
	switch {
	case isNoSpace(err):
		reason = ErrNoSpace
	case isOpenElsewhere(err):
		reason = ErrTargetOpen
	case errors.Is(err, fs.ErrPermission) || isReadOnly(err):
		reason = ErrNoPermission
	default:
		return fmt.Errorf("write the report %s: %w", path, err)
	}
	return fmt.Errorf("write the report %s: %w: %w", path, reason, err)
}
