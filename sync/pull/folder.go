package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// MaxDepth is how many levels of subfolders a folder source looks into.
const MaxDepth = 4

// folder is a folder of files, on a disk or on a share.
type folder struct {
	kind     string // the first part of the documents' identity
	settings Settings
	deps     Deps
	readDir  func(*os.Root, string) ([]fs.DirEntry, error)
	arrange  func(f *folder, files []file) Listing
}

func newFolder(s Settings, d Deps) (Source, error) {
	return newFolderOf("folder", s, d, arrangeDocuments)
}

func newFolderOf(kind string, s Settings, d Deps, arrange func(*folder, []file) Listing) (*folder, error) {
	if s.Path == "" {
		return nil, fmt.Errorf("nguồn loại %s cần có đường dẫn (path)", kind)
	}
	return &folder{kind: kind, settings: s, deps: d, readDir: readDir, arrange: arrange}, nil
}

// ID is the type and the folder's name or path, so that "./inbox" and "inbox"
// are one.
func (f *folder) ID() string {
	name := cmp.Or(f.settings.Name, f.settings.Path)
	return f.kind + ":" + norm.NFC.String(filepath.ToSlash(filepath.Clean(name)))
}

// identity names the document or folder at a path below the root. File systems
// and archives spell Vietnamese names in NFC or NFD; the identity is NFC.
func (f *folder) identity(rel string) string {
	return strings.TrimSuffix(f.ID(), "/") + "/" + spell(rel)
}

// spell makes a name from the disk fit to be stored and shown: NFC, and no
// bytes that are no text, which archives from old Windows machines leave.
func spell(name string) string {
	return norm.NFC.String(strings.ToValidUTF8(name, "\uFFFD"))
}

// List walks the folder. It opens no file.
func (f *folder) List(ctx context.Context) (Listing, error) { return f.list(ctx, (*walk).settled) }

// list walks the folder and arranges the files that the choice leaves.
func (f *folder) list(ctx context.Context, choose func(*walk, context.Context) ([]file, error)) (Listing, error) {
	root, err := f.open()
	if err != nil {
		return Listing{}, err
	}
	defer root.Close()
	w := walk{folder: f, root: root, excluded: statAll(f.settings.Exclude)}
	if err := w.dir(ctx, ".", 0); err != nil {
		return Listing{}, err
	}
	files, err := choose(&w, ctx)
	if err != nil {
		return Listing{}, err
	}
	listing := f.arrange(f, files)
	listing.Skipped = append(listing.Skipped, w.skipped...)
	listing.sort()
	return listing, nil
}

func (l *Listing) sort() {
	slices.SortFunc(l.Items, func(a, b Item) int { return strings.Compare(a.Source, b.Source) })
	slices.SortFunc(l.Skipped, func(a, b Skip) int {
		if c := strings.Compare(a.Source, b.Source); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
}

// Test opens the folder and reads its first level.
func (f *folder) Test(ctx context.Context) error {
	root, err := f.open()
	if err != nil {
		return err
	}
	defer root.Close()
	if _, err := f.readDir(root, "."); err != nil {
		return f.rootError(err)
	}
	return ctx.Err()
}

// open opens the folder as a root that no path and no link can lead out of.
func (f *folder) open() (*os.Root, error) {
	root, err := os.OpenRoot(f.settings.Path)
	if err != nil {
		return nil, f.rootError(err)
	}
	return root, nil
}

func (f *folder) rootError(err error) error {
	p := f.settings.Path
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{ErrNotFound, fmt.Sprintf("không có thư mục %s; hãy tạo thư mục hoặc sửa đường dẫn trong cấu hình", p), err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{ErrDenied, fmt.Sprintf("không có quyền đọc thư mục %s; hãy cấp quyền đọc cho tài khoản chạy chương trình", p), err}
	}
	if info, statErr := os.Stat(p); statErr == nil && !info.IsDir() {
		return &Error{ErrNotFound, fmt.Sprintf("%s không phải là thư mục; hãy sửa đường dẫn trong cấu hình", p), err}
	}
	return &Error{ErrUnreachable, fmt.Sprintf("không mở được thư mục %s; hãy kiểm tra ổ đĩa hoặc kết nối mạng", p), err}
}

// item describes a file as the document it is by itself.
func (f *folder) item(x file) Item {
	return Item{
		Source:   f.identity(x.rel),
		Name:     x.name,
		Folder:   firstFolder(x.rel),
		Agency:   f.settings.Agency,
		Version:  x.version(f.deps.Now()),
		Modified: x.info.ModTime(),
		Path:     x.rel,
	}
}

func (f *folder) skip(rel string, reason Reason, message string) Skip {
	return Skip{
		Source:  f.identity(rel),
		Name:    spell(path.Base(rel)),
		Folder:  firstFolder(rel),
		Agency:  f.settings.Agency,
		Reason:  reason,
		Message: message,
	}
}

// firstFolder is the first subfolder in a path below the root.
func firstFolder(rel string) string {
	first, _, ok := strings.Cut(rel, "/")
	if !ok {
		return ""
	}
	return spell(first)
}

// file is a regular file that a walk found.
type file struct {
	rel  string // below the root, with slashes, spelt as on the disk
	name string // its last part, in NFC
	info fs.FileInfo
}

// fresh is how young a change may be for size and time to be no proof that
// nothing changed since: clocks of file systems tick in up to two seconds (FAT).
const fresh = 2 * time.Second

func (x file) isFresh(now time.Time) bool { return now.Sub(x.info.ModTime()).Abs() < fresh }

// version is the cheap part, or "" when a later change may leave it the same.
func (x file) version(now time.Time) string {
	if x.isFresh(now) {
		return ""
	}
	return statVersion(x.info)
}

func statVersion(info fs.FileInfo) string {
	return fmt.Sprintf("stat:%d-%d-%d", info.Size(), info.ModTime().UnixNano(), inode(info))
}
