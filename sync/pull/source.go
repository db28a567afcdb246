package pull

import (
	"context"
	"io"
	"time"

	"doisoat/sync/sheet"
)

// Settings is what the configuration says about one place.
type Settings struct {
	// Type is one of Types: "folder", "google_drive", "google_sheet", "upload".
	Type string
	// Path of the folder.
	Path string
	// Name stands for the folder in the identity of its documents, so that the
	// identity survives a move of the whole set-up; "" is Path.
	Name string
	// ID of a Google spreadsheet, or of a folder on Google Drive.
	ID string
	// Agency that owns every document of the place, "" when the subfolder or
	// the sheet says it.
	Agency string
	// Exclude lists folders whose content is not ours to read, such as a
	// reports folder below the place; on Google Drive, ids of files.
	Exclude []string
}

// Source is one configured place.
type Source interface {
	// ID names the place and is the same in every run: "folder:inbox".
	ID() string
	// List finds the documents. An error means that the place as a whole could
	// not be listed; nothing is then known about any of its documents.
	List(ctx context.Context) (Listing, error)
	// Open reads one document. An item of a listing is opened as it is; of an
	// item that was kept from an earlier listing only Source needs to be set.
	// The returned item has the exact version of what the book holds. The error
	// wraps one of this package's or of package sheet's reasons. The caller
	// closes the book.
	Open(ctx context.Context, item Item) (sheet.Book, Item, error)
	// Test reports whether the place can be reached and read. The error's text
	// says what to do.
	Test(ctx context.Context) error
}

// RawSource is a source whose documents are files: their bytes can be had.
type RawSource interface {
	Source
	// OpenRaw returns the bytes as they are now. Where they need to be those
	// that were read, compare the versions with SameContent.
	OpenRaw(ctx context.Context, item Item) (Raw, error)
}

// Item is one document of a source.
type Item struct {
	// Source is the document's identity, the same when the file is sent again:
	// "folder:inbox/S03/dang ky.xlsx", "google_sheet:1AbC",
	// "google_drive:0AbC/1AbC".
	Source string
	// Name is what people know the document by: the file's name, also when a
	// copy that was sent back stands for it; see Copy.
	Name string
	// Copy is the name of the sent-back copy ("X - SAI LỆCH.xlsx") that stands
	// for the document ("X.xlsx"), "" when the document is there itself.
	Copy string
	// Folder is the first subfolder below the place, "" when there is none. It
	// may name the agency.
	Folder string
	// Agency from the place's setting, "" when that gives none.
	Agency string
	// Version as far as it is known: see Unchanged and SameContent.
	Version string
	// Modified is when the document was last changed where it came from.
	Modified time.Time
	// Editor is who changed it then, as far as the place tells: nobody for a
	// file in a folder, nor when it was the service itself.
	Editor string
	// AnswersOnly: the document is one of our own reports; nothing in it but
	// answers and decisions of people may be used.
	AnswersOnly bool
	// Own: an agency sent the document by itself. What it says of decisions, and
	// of findings that are not the agency's, is not its to say.
	Own bool

	// Access is what the service may do with the document, as far as the listing
	// tells.
	Access Access
	// Large: the spreadsheet was too large for one answer when it was last read,
	// which the caller remembers from what Open returned.
	Large bool
	// Native: the document is a Google spreadsheet, as the listing tells.
	Native bool

	// Path of a file below the place, as the file system spells it, or the id
	// of one on Drive. It is the source's own business.
	Path string
}

// Access is what the service may do with a document.
type Access string

// What a listing tells of the access to a document; of a file in a folder, into
// which nothing is written, it tells nothing.
const (
	AccessUnknown Access = ""
	MayView       Access = "view"
	MayWrite      Access = "write"
)

// Raw is a document's bytes at one moment.
type Raw struct {
	Item Item // with the exact version of the bytes
	io.ReaderAt
	Size int64
}

// Listing is what a place holds, in a stable order.
type Listing struct {
	Items   []Item
	Skipped []Skip
}

// Skip is something that was seen and not listed as a document.
type Skip struct {
	// Source is the identity of the document. For a folder that could not be
	// read it ends in a slash and stands for everything below.
	Source string
	Name   string
	Folder string
	Agency string
	Reason Reason
	// Message says in plain Vietnamese what it is and what to do.
	Message string
}

// Reason is why something was skipped.
type Reason string

// The reasons for which something is skipped.
const (
	// Temporary: a lock file, a hidden file, a download that is not complete.
	Temporary Reason = "temporary"
	// NotSpreadsheet: a file that by its name is no spreadsheet (.pdf, .docx).
	NotSpreadsheet Reason = "not_a_spreadsheet"
	// BeingWritten: the file changes at this moment; the next run takes it.
	BeingWritten Reason = "being_written"
	// Superseded: a newer copy of the same document stands beside it.
	Superseded Reason = "superseded"
	// Unreadable: the file or folder cannot be looked at.
	Unreadable Reason = "unreadable"
	// TooDeep: a folder more than MaxDepth levels down.
	TooDeep Reason = "too_deep"
	// Linked: a symbolic link to a folder, or one that leads out of the place.
	Linked Reason = "linked"
)

// Quiet reports whether nobody needs to hear of the skip.
func (s Skip) Quiet() bool { return s.Reason == Temporary }

// Failed reports whether the skip is a fault that makes the run incomplete.
func (s Skip) Failed() bool { return s.Reason == Unreadable || s.Reason == TooDeep }

// Holds reports whether a document that is not listed may still be there, so
// that what is known of it must be kept: it is being written, or its folder
// could not be read.
func (l Listing) Holds(source string) bool {
	for _, s := range l.Skipped {
		switch {
		case s.Reason != BeingWritten && s.Reason != Unreadable:
		case s.Source == source, isBelow(source, s.Source):
			return true
		}
	}
	return false
}

func isBelow(source, folder string) bool {
	n := len(folder)
	return n > 0 && folder[n-1] == '/' && len(source) > n && source[:n] == folder
}
