package strict

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// FileError says in Vietnamese why a file cannot be read. It wraps the
// system's error, whose words are no help to the people who read it.
type FileError struct {
	// What the file is, "tệp kế hoạch".
	What string
	Path string
	Err  error
}

// Error names the file, the reason and the remedy.
func (e *FileError) Error() string {
	switch {
	case errors.Is(e.Err, fs.ErrNotExist):
		return fmt.Sprintf("không có %s %s. Cách sửa: kiểm tra lại đường dẫn", e.What, e.Path)
	case errors.Is(e.Err, fs.ErrPermission):
		return fmt.Sprintf("không có quyền đọc %s %s. Cách sửa: cấp quyền đọc cho tài khoản chạy chương trình", e.What, e.Path)
	}
	return fmt.Sprintf("không đọc được %s %s (%v). Cách sửa: kiểm tra đó có phải là tệp không", e.What, e.Path, e.Err)
}

// Unwrap returns the system's error.
func (e *FileError) Unwrap() error { return e.Err }

// ReadFile reads a file; the error is a FileError.
func ReadFile(path, what string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		var pathError *fs.PathError
		if errors.As(err, &pathError) {
			err = pathError.Err
		}
		return nil, &FileError{What: what, Path: path, Err: err}
	}
	return data, nil
}
