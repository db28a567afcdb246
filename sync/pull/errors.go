package pull

import (
	"errors"
	"fmt"
)

// The reasons for which a source or one of its documents cannot be had,
// besides those of package sheet for files that are no readable spreadsheet.
var (
	// ErrNotFound: the place does not exist, or the document has vanished.
	ErrNotFound = errors.New("not found")
	// ErrDenied: the file system refuses to let the service read.
	ErrDenied = errors.New("permission denied")
	// ErrViewOnly: a Google spreadsheet or folder that the service's account may
	// read and not write into.
	ErrViewOnly = errors.New("shared for reading only")
	// ErrBusy: the document changes while it is read; the next run takes it.
	ErrBusy = errors.New("the document is being written")
	// ErrUnreachable: the place does not answer; a later run may do better.
	ErrUnreachable = errors.New("unreachable")
	// ErrNotShared: a Google file that the service's account may not read.
	ErrNotShared = errors.New("not shared with the service")
	// ErrCredentials: Google refuses the service's account itself, so that no
	// Google source can be read.
	ErrCredentials = errors.New("google credentials refused")
	// ErrQuota: Google's quota is used up and waiting did not help.
	ErrQuota = errors.New("google quota used up")
	// ErrWrongKind: the id leads to a file that is no Google spreadsheet, an
	// uploaded Excel file for instance.
	ErrWrongKind = errors.New("not a google spreadsheet")
)

// Error is a reason with what people need to know about it.
type Error struct {
	// Kind is one of this package's reasons.
	Kind error
	// Message names the thing and the remedy, in plain Vietnamese. It is ""
	// when the text of Err does so already.
	Message string
	// Err is the cause.
	Err error
}

// Error is the Vietnamese text with the cause, which may be technical.
func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return e.Message
	case e.Message == "":
		return e.Err.Error()
	}
	return fmt.Sprintf("%s (%v)", e.Message, e.Err)
}

// Unwrap makes errors.Is find the reason and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}
