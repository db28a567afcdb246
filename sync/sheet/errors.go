package sheet

import "errors"

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
