package pull

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// settleTime is how long a file that was changed a moment ago is given to show
// that it is still being written.
const settleTime = 200 * time.Millisecond

// walk gathers the files below a root.
type walk struct {
	folder   *folder
	root     *os.Root
	excluded []fs.FileInfo
	files    []file
	skipped  []Skip
}

// dir visits a folder. Only the root's own fault is an error; a subfolder that
// cannot be read is skipped, which Listing.Holds takes into account.
func (w *walk) dir(ctx context.Context, dir string, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := w.folder.readDir(w.root, dir)
	if err != nil {
		if dir == "." {
			return w.folder.rootError(err)
		}
		if !errors.Is(err, fs.ErrNotExist) { // else it went while we looked
			w.skip(dir+"/", Unreadable, "không đọc được thư mục; hãy kiểm tra quyền đọc và ổ đĩa")
		}
		return nil
	}
	for _, e := range entries {
		if err := w.entry(ctx, path.Join(dir, e.Name()), depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) entry(ctx context.Context, rel string, depth int) error {
	name := spell(path.Base(rel))
	if isTemporary(name) {
		w.skip(rel, Temporary, "tệp tạm hoặc tệp ẩn")
		return nil
	}
	info, err := w.root.Lstat(rel)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if info, err = w.root.Stat(rel); err != nil || info.IsDir() {
			w.skip(rel, Linked, "liên kết tới thư mục hoặc ra ngoài thư mục nguồn; hãy chép tệp vào trong")
			return nil
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // it went while we looked
	case err != nil:
		w.skip(rel, Unreadable, "không xem được tệp; hãy kiểm tra quyền đọc và ổ đĩa")
	case info.IsDir():
		return w.subdir(ctx, rel, depth+1, info)
	case !info.Mode().IsRegular():
		w.skip(rel, NotSpreadsheet, "không phải tệp thông thường")
	case !isSpreadsheetName(name):
		w.skip(rel, NotSpreadsheet, notSpreadsheetMessage(name))
	default:
		w.files = append(w.files, file{rel: rel, name: name, info: info})
	}
	return nil
}

func (w *walk) subdir(ctx context.Context, rel string, depth int, info fs.FileInfo) error {
	excluded := slices.ContainsFunc(w.excluded, func(x fs.FileInfo) bool { return os.SameFile(x, info) })
	switch {
	case excluded:
		return nil
	case depth > MaxDepth:
		w.skip(rel+"/", TooDeep, fmt.Sprintf("thư mục con quá sâu (hơn %d cấp) nên không được đọc; hãy chuyển tệp lên trên", MaxDepth))
		return nil
	}
	return w.dir(ctx, rel, depth)
}

func (w *walk) skip(rel string, reason Reason, message string) {
	w.skipped = append(w.skipped, w.folder.skip(rel, reason, message))
}

// settled returns the files that are not being written at this moment: those
// that changed just now are looked at once more after a short while.
func (w *walk) settled(ctx context.Context) ([]file, error) {
	now := w.folder.deps.Now()
	if !slices.ContainsFunc(w.files, func(x file) bool { return x.isFresh(now) }) {
		return w.files, nil
	}
	if err := w.folder.deps.Pause(ctx, settleTime); err != nil {
		return nil, err
	}
	var quiet []file
	for _, x := range w.files {
		if !x.isFresh(now) || w.unchanged(x) {
			quiet = append(quiet, x)
		}
	}
	return quiet, nil
}

// all returns every file at once, also those that are being written.
func (w *walk) all(context.Context) ([]file, error) { return w.files, nil }

// unchanged looks at a file again and skips it when it changed meanwhile, or
// was moved away, which is how programs put a finished file in place.
func (w *walk) unchanged(x file) bool {
	info, err := w.root.Stat(x.rel)
	if err == nil && statVersion(info) == statVersion(x.info) {
		return true
	}
	w.skip(x.rel, BeingWritten, "tệp đang được ghi; lần chạy sau sẽ đọc")
	return false
}

// readDir lists a folder below the root, sorted by name.
func readDir(root *os.Root, dir string) ([]fs.DirEntry, error) {
	d, err := root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

func statAll(paths []string) []fs.FileInfo {
	var infos []fs.FileInfo
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			infos = append(infos, info)
		}
	}
	return infos
}
