package pull

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"doisoat/sync/sheet"
)

// Uploads is where the files are kept that people sent through the page.
type Uploads interface {
	// Sent lists all of them, in the order in which they were sent.
	Sent(ctx context.Context) ([]SentFile, error)
	// Content returns the bytes of one.
	Content(ctx context.Context, id int64) ([]byte, error)
}

// SentFile is a file that somebody sent.
type SentFile struct {
	ID int64
	// Document is the ID of the first file of the document that this is a
	// version of; the sender said so. The last one counts.
	Document int64
	Agency   string // code, "" when the sheets say it
	Own      bool   // see Item.Own
	Name     string
	Hash     []byte // SHA-256 of the content
	Sent     time.Time
}

// upload is the page as a place that sheets come from. The name that a browser
// gave is shown and tells a copy that was sent back; it never is a path and no
// part of a document's identity.
type upload struct{ deps Deps }

func newUpload(_ Settings, d Deps) (Source, error) {
	if d.Uploads == nil {
		return nil, errors.New("nguồn loại upload cần cơ sở dữ liệu")
	}
	return &upload{d}, nil
}

// ID is the same for every plan: there is one page.
func (u *upload) ID() string { return "upload" }

// UploadPrefix stands before the number in the identity of a document.
const UploadPrefix = "upload/"

// UploadIdentity is the identity of the document whose first file has the ID.
func UploadIdentity(document int64) string { return UploadPrefix + strconv.FormatInt(document, 10) }

// List gives the last file of each document. Copies with answers that were
// sent back before it, or that are of another format than the document, are
// listed for their answers alone, as in a folder.
func (u *upload) List(ctx context.Context) (Listing, error) {
	sent, err := u.deps.Uploads.Sent(ctx)
	if err != nil {
		return Listing{}, uploadError(ctx, "không đọc được danh sách tệp đã gửi qua trang web", err)
	}
	var l Listing
	documents := make(map[int64][]SentFile)
	for _, f := range sent {
		documents[f.Document] = append(documents[f.Document], f)
	}
	for _, files := range documents {
		l.Items = append(l.Items, arrangeUploads(files)...)
	}
	l.sort()
	return l, nil
}

// arrangeUploads makes the items of the files of one document, oldest first.
func arrangeUploads(files []SentFile) []Item {
	newest := len(files) - 1
	for newest > 0 && isForeign(files, files[newest]) {
		newest--
	}
	var items []Item
	for i, f := range files {
		original, annotated := splitAnnotated(f.Name)
		item := itemOf(f)
		switch {
		case i == newest && annotated:
			item.Name, item.Copy = original, f.Name
		case i == newest:
		case annotated:
			item.Source += "/" + item.Path
			item.AnswersOnly = true
		default:
			continue // replaced by a later one
		}
		items = append(items, item)
	}
	return items
}

// isForeign reports whether the file is the report on a document of another
// format, which is no copy of it.
func isForeign(files []SentFile, f SentFile) bool {
	target, annotated := splitAnnotated(f.Name)
	if !annotated {
		return false
	}
	originals := 0
	for _, other := range files {
		if _, annotated := splitAnnotated(other.Name); annotated {
			continue
		}
		if strings.EqualFold(path.Ext(other.Name), path.Ext(target)) {
			return false
		}
		originals++
	}
	return originals > 0
}

func itemOf(f SentFile) Item {
	id := strconv.FormatInt(f.ID, 10)
	return Item{
		Source: UploadIdentity(f.Document), Name: f.Name, Agency: f.Agency, Own: f.Own,
		Version: joinVersion("upload:"+id, contentPrefix+fmt.Sprintf("%x", f.Hash)), Modified: f.Sent, Path: id,
	}
}

// Open reads the file from the database.
func (u *upload) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	raw, err := u.OpenRaw(ctx, item)
	if err != nil {
		return nil, raw.Item, err
	}
	book, err := sheet.Open(ctx, raw.ReaderAt, raw.Size, u.deps.Limits)
	if err != nil {
		return nil, raw.Item, fmt.Errorf("%s: %w", raw.Item.Name, err)
	}
	return book, raw.Item, nil
}

// OpenRaw reads the bytes of the file that the item says, else of the one that
// stands for the document now.
func (u *upload) OpenRaw(ctx context.Context, item Item) (Raw, error) {
	if item.Path == "" {
		listing, err := u.List(ctx)
		if err != nil {
			return Raw{Item: item}, err
		}
		i := slices.IndexFunc(listing.Items, func(it Item) bool { return it.Source == item.Source })
		if i < 0 {
			return Raw{Item: item}, &Error{ErrNotFound, fmt.Sprintf("không có tệp %s trong số tệp đã gửi qua trang web", cmp.Or(item.Name, item.Source)), nil}
		}
		item = listing.Items[i]
	}
	id, err := strconv.ParseInt(item.Path, 10, 64)
	if err != nil {
		return Raw{Item: item}, &Error{ErrNotFound, fmt.Sprintf("không có tệp %s trong số tệp đã gửi qua trang web", item.Name), err}
	}
	content, err := u.deps.Uploads.Content(ctx, id)
	if err != nil {
		return Raw{Item: item}, uploadError(ctx, fmt.Sprintf("không đọc được tệp %s đã gửi qua trang web", item.Name), err)
	}
	item.Version = joinVersion("upload:"+item.Path, contentVersion(content))
	return Raw{Item: item, ReaderAt: bytes.NewReader(content), Size: int64(len(content))}, nil
}

// Test has nothing to reach: the files are where all else is.
func (u *upload) Test(ctx context.Context) error { return ctx.Err() }

func uploadError(ctx context.Context, message string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &Error{ErrUnreachable, message + "; hãy kiểm tra cơ sở dữ liệu", err}
}
