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
//
// The system's account of the file (there) is taken while it is surely the one
// with that content: whoever saves over it afterwards makes it another.
func Replace(path string, content []byte) (there fs.FileInfo, written bool, err error) {
	return replace(path, content, createTemporary)
}

// replace is Replace with the way to make the temporary file, so that a full
// disk can be tested.
func replace(path string, content []byte, create func(path string) (*os.File, error)) (fs.FileInfo, bool, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return nil, false, writeError(path, err)
	}
	removeStale(folder)
	if there := holds(path, content); there != nil {
		return there, false, nil
	}
	there, err := put(path, content, create)
	for range tries - 1 {
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errSwept) {
			break
		}
		there, err = put(path, content, create)
	}
	if err != nil {
		return nil, false, writeError(path, err)
	}
	if err := syncFolder(folder); err != nil {
		return there, true, writeError(path, err)
	}
	return there, true, nil
}

// tries is how often a file is written whose temporary one is gone by the time
// that it should be renamed: for a moment after it is made and one before it
// gets its name it belongs to nobody, and whoever writes into the same folder
// just then takes it for what a crash left.
const tries = 5

// errSwept says that somebody is about to remove the temporary file.
var errSwept = errors.New("the temporary file is being removed")

// put writes the file under a temporary name and gives it its own.
func put(path string, content []byte, create func(path string) (*os.File, error)) (fs.FileInfo, error) {
	temporary := filepath.Join(filepath.Dir(path), "."+rand.Text()+temporaryMark)
	there, err := fill(temporary, content, create)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		os.Remove(temporary)
	}
	return there, err
}

// fill writes a new file down to the disk.
func fill(path string, content []byte, create func(path string) (*os.File, error)) (there fs.FileInfo, err error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if err == nil {
		there, err = f.Stat()
	}
	return there, errors.Join(err, f.Close())
}

func createTemporary(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return nil, err
	}
	if err := claim(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %w", errSwept, err)
	}
	return f, nil
}

// holds is the system's account of the path when that is a plain file with the
// content, else nil.
func holds(path string, content []byte) fs.FileInfo {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil
	}
	there := sha256.New()
	if _, err := io.Copy(there, f); err != nil {
		return nil
	}
	here := sha256.Sum256(content)
	if !bytes.Equal(there.Sum(nil), here[:]) {
		return nil
	}
	return info
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
