package pull

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"doisoat/sync/sheet"
)

// Open reads the file into memory, so that what is parsed is what was hashed
// also when someone saves over it meanwhile.
func (f *folder) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	raw, err := f.OpenRaw(ctx, item)
	if err != nil {
		return nil, raw.Item, err
	}
	book, err := sheet.Open(ctx, raw.ReaderAt, raw.Size, f.deps.Limits)
	if err != nil {
		// The exact version goes with the refusal: an unreadable file that
		// does not change need not be tried again.
		return nil, raw.Item, fmt.Errorf("%s: %w", raw.Item.Name, err)
	}
	return book, raw.Item, nil
}

// OpenRaw reads the file's bytes. When the item does not say where the file
// lies, or it lies there no more, the folder is searched for the document.
func (f *folder) OpenRaw(ctx context.Context, item Item) (Raw, error) {
	if item.Path != "" {
		raw, err := f.readItem(item)
		if !errors.Is(err, ErrNotFound) {
			return raw, err
		}
	}
	listing, err := f.list(ctx, (*walk).all)
	if err != nil {
		return Raw{Item: item}, err
	}
	for _, it := range listing.Items {
		if it.Source == item.Source {
			return f.readItem(it)
		}
	}
	if listing.Holds(item.Source) {
		return Raw{Item: item}, &Error{ErrUnreachable, fmt.Sprintf("không tới được tệp %s; hãy kiểm tra quyền đọc thư mục", item.Name), nil}
	}
	return Raw{Item: item}, fileError(item, fs.ErrNotExist)
}

func (f *folder) readItem(item Item) (Raw, error) {
	root, err := f.open()
	if err != nil {
		return Raw{Item: item}, err
	}
	defer root.Close()
	data, info, err := readFile(root, item.Path, f.deps.Limits.FileBytes)
	if err != nil {
		return Raw{Item: item}, fileError(item, err)
	}
	item.Version = joinVersion(file{info: info}.version(f.deps.Now()), contentVersion(data))
	item.Modified = info.ModTime()
	return Raw{Item: item, ReaderAt: bytes.NewReader(data), Size: int64(len(data))}, nil
}

// readFile reads a regular file of at most limit bytes. It is an error when the
// file changes while it is read.
func readFile(root *os.Root, rel string, limit int64) ([]byte, fs.FileInfo, error) {
	// Without O_NONBLOCK, opening a named pipe that took the file's place
	// would wait for ever.
	r, err := root.OpenFile(rel, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	before, err := r.Stat()
	if err != nil {
		return nil, nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, nil, sheet.ErrNotASheet
	}
	if before.Size() > limit {
		return nil, nil, sheet.ErrTooLarge
	}
	data := make([]byte, before.Size())
	if _, err := io.ReadFull(r, data); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = ErrBusy // it was cut short under our hands
		}
		return nil, nil, err
	}
	after, err := r.Stat()
	if err != nil {
		return nil, nil, err
	}
	if statVersion(before) != statVersion(after) {
		return nil, nil, ErrBusy
	}
	return data, after, nil
}

// fileError says in words what is wrong with a file.
func fileError(item Item, err error) error {
	switch {
	case errors.Is(err, sheet.ErrTooLarge), errors.Is(err, sheet.ErrNotASheet):
		return fmt.Errorf("%s: %w", item.Name, err)
	case errors.Is(err, ErrBusy):
		return &Error{ErrBusy, fmt.Sprintf("tệp %s đang được ghi; lần chạy sau sẽ đọc", item.Name), nil}
	case errors.Is(err, fs.ErrNotExist):
		return &Error{ErrNotFound, fmt.Sprintf("tệp %s không còn ở nguồn", item.Name), err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{ErrDenied, fmt.Sprintf("không có quyền đọc tệp %s; hãy cấp quyền đọc cho tài khoản chạy chương trình", item.Name), err}
	}
	return &Error{ErrUnreachable, fmt.Sprintf("không đọc được tệp %s; hãy kiểm tra ổ đĩa hoặc kết nối mạng", item.Name), err}
}
