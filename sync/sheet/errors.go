package sheet

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
)

// The reasons for which a file is refused; errors of this package wrap one of
// them, with what failed and where.
var (
	ErrEmpty       = errors.New("the file is empty")
	ErrEncrypted   = errors.New("the file is encrypted with a password")
	ErrDamaged     = errors.New("the file is damaged")
	ErrTooLarge    = errors.New("the file is too large")
	ErrNotASheet   = errors.New("the file is not a spreadsheet")
	ErrUnsupported = errors.New("the format is not supported")
)

// RefusedError says that a file is not read because of what it is, and which
// format its content has as far as that is known ("" when it is not): also a
// refused file can so be named to the people who sent it.
type RefusedError struct {
	Format string
	Err    error // wraps one of the reasons above
}

func (e *RefusedError) Error() string {
	if e.Format == "" {
		return e.Err.Error()
	}
	return e.Format + ": " + e.Err.Error()
}

func (e *RefusedError) Unwrap() error { return e.Err }

// refuse wraps an error of the file's content; an error of reading the file
// (a disk, a network, a cancelled context) is no verdict on it and stays.
func refuse(format string, err error) error {
	for _, reason := range []error{ErrEmpty, ErrEncrypted, ErrDamaged, ErrTooLarge, ErrNotASheet, ErrUnsupported} {
		if errors.Is(err, reason) {
			return &RefusedError{Format: format, Err: err}
		}
	}
	return err
}

// damaged turns what the unpacking reports about broken bytes, or an end that
// comes too early, into ErrDamaged and leaves errors of the underlying reader
// alone.
func damaged(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
