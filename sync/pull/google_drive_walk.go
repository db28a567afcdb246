package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"google.golang.org/api/drive/v3"

	"doisoat/sync/google"
)

// driveFields are what the listing asks of each file.
const driveFields = "id,name,mimeType,parents,driveId,version,modifiedTime,lastModifyingUser(displayName,emailAddress),trashed,capabilities(canEdit),size,md5Checksum,sha256Checksum,shortcutDetails(targetId,targetMimeType)"

// driveFile lets a file on Drive be treated as one on a disk.
type driveFile struct{ *drive.File }

func (f driveFile) Name() string       { return f.File.Name }
func (f driveFile) Size() int64        { return f.File.Size }
func (f driveFile) Mode() fs.FileMode  { return 0 }
func (f driveFile) ModTime() time.Time { return modifiedTime(f.File) }
func (f driveFile) IsDir() bool        { return false }
func (f driveFile) Sys() any           { return f.File }

// newDriveFile is a file at a path below the root.
func newDriveFile(f *drive.File, rel string) file {
	return file{rel: rel, name: spell(path.Base(rel)), info: driveFile{f}}
}

// driveFolder is a folder to be listed, rel its path below the root and drive
// the shared drive that it is in, "" when it is in none or that is not known.
type driveFolder struct{ id, rel, drive string }

// driveWalk gathers the files below a folder, level by level.
type driveWalk struct {
	source    *googleDrive
	client    *google.Client
	visited   map[string]bool
	taken     map[string]bool     // files by id
	above     map[string][]string // folders that were asked for → what they lie in
	next      []driveFolder       // the folders of the level below
	shortcuts []file
	files     []file
	skipped   []Skip
}

func newDriveWalk(g *googleDrive, client *google.Client) *driveWalk {
	w := &driveWalk{source: g, client: client, visited: make(map[string]bool), taken: make(map[string]bool), above: make(map[string][]string)}
	for _, id := range g.settings.Exclude {
		w.visited[id], w.taken[id] = true, true
	}
	w.visited[g.settings.ID] = true
	return w
}

// foldersAtOnce is how many folders one listing is asked for; their ids are all
// in the address, which must not get too long.
const foldersAtOnce = 40

func (w *driveWalk) run(ctx context.Context) error {
	level := []driveFolder{{id: w.source.settings.ID}}
	for depth := 0; len(level) > 0; depth++ {
		w.next = nil
		// A listing goes through one shared drive; a shortcut may lead to another.
		slices.SortStableFunc(level, func(a, b driveFolder) int { return cmp.Compare(a.drive, b.drive) })
		for len(level) > 0 {
			n := slices.IndexFunc(level, func(f driveFolder) bool { return f.drive != level[0].drive })
			if n < 0 {
				n = len(level)
			}
			n = min(n, foldersAtOnce)
			if err := w.list(ctx, level[:n], depth); err != nil {
				return err
			}
			level = level[n:]
		}
		level = w.next
	}
	return w.follow(ctx)
}

// list asks for what is in the folders, in one request as long as there are no
// more than a thousand files.
func (w *driveWalk) list(ctx context.Context, folders []driveFolder, depth int) error {
	ids := make([]string, len(folders))
	for i, f := range folders {
		ids[i] = f.id
	}
	children, err := w.children(ctx, depth == 0, folders[0].drive, ids)
	lost := errors.Is(err, google.ErrNotShared)
	if len(folders) > 1 && (lost || errors.Is(err, google.ErrRefused) || err == nil && slices.ContainsFunc(children, orphan(ids))) {
		// Google finds the question too long, or one of the folders no more, or
		// does not say what lies where.
		for _, part := range [][]driveFolder{folders[:len(folders)/2], folders[len(folders)/2:]} {
			if err := w.list(ctx, part, depth); err != nil {
				return err
			}
		}
		return nil
	}
	if lost && depth > 0 { // since the level above was listed
		w.closed(folders[0].id, folders[0].rel)
		return nil
	}
	if err != nil {
		return googleError(err)
	}
	slices.SortFunc(children, func(a, b *drive.File) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Id, b.Id)) })
	for _, f := range children {
		folder := folders[0]
		if i := slices.IndexFunc(folders, func(x driveFolder) bool { return slices.Contains(f.Parents, x.id) }); i >= 0 {
			folder = folders[i]
		}
		if err := w.entry(ctx, f, folder, depth); err != nil {
			return err
		}
	}
	return nil
}

// closed notes a folder that the account may not look into.
func (w *driveWalk) closed(id, rel string) {
	w.skip(id+"/", rel, Unreadable, fmt.Sprintf(
		"không mở được thư mục Google Drive %q; hãy chia sẻ thư mục đó cho %s với quyền Người chỉnh sửa, hoặc xóa lối tắt trỏ tới nó",
		path.Base(rel), w.client.AccountName()))
}

func orphan(folders []string) func(*drive.File) bool {
	return func(f *drive.File) bool {
		return !slices.ContainsFunc(f.Parents, func(p string) bool { return slices.Contains(folders, p) })
	}
}

// children lists folders. When nothing is in the root, the root itself is
// looked at: it may be none, not be shared, or be in a shared drive that has to
// be named.
func (w *driveWalk) children(ctx context.Context, isRoot bool, sharedDrive string, ids []string) ([]*drive.File, error) {
	children, err := w.client.Children(ctx, sharedDrive, driveFields, ids...)
	if !isRoot || len(children) > 0 || err != nil && !errors.Is(err, google.ErrNotShared) && !errors.Is(err, google.ErrRefused) {
		return children, err
	}
	root, rootErr := w.source.folder(ctx, w.client)
	switch {
	case rootErr != nil:
		return nil, rootErr
	case root.DriveId == "":
		return children, err
	}
	return w.client.Children(ctx, root.DriveId, driveFields, ids...)
}

// entry sorts out one thing that lies in a folder.
func (w *driveWalk) entry(ctx context.Context, f *drive.File, in driveFolder, depth int) error {
	rel := path.Join(in.rel, driveName(f.Name))
	name := spell(path.Base(rel))
	switch {
	case f.Trashed:
	case isTemporary(name):
		w.skip(f.Id, rel, Temporary, "tệp tạm hoặc tệp ẩn")
	case f.MimeType == google.FolderType:
		w.folder(driveFolder{f.Id, rel, f.DriveId}, depth)
	case f.MimeType == google.ShortcutType:
		return w.shortcut(ctx, f, rel, depth)
	case !isDriveSpreadsheet(f.MimeType, name):
		w.skip(f.Id, rel, NotSpreadsheet, notDriveSpreadsheetMessage(f.MimeType, name))
	default:
		w.take(newDriveFile(f, rel))
	}
	return nil
}

func (w *driveWalk) take(x file) {
	if id := x.info.(driveFile).Id; !w.taken[id] {
		w.taken[id] = true
		w.files = append(w.files, x)
	}
}

// folder notes a subfolder, once: shortcuts may lead back to it.
func (w *driveWalk) folder(f driveFolder, depth int) {
	switch {
	case w.visited[f.id]:
	case depth+1 > MaxDepth:
		w.skip(f.id+"/", f.rel, TooDeep, fmt.Sprintf("thư mục con quá sâu (hơn %d cấp) nên không được đọc; hãy chuyển tệp lên trên", MaxDepth))
	default:
		w.visited[f.id] = true
		w.next = append(w.next, f)
	}
}

func (w *driveWalk) skip(id, rel string, reason Reason, message string) {
	w.skipped = append(w.skipped, Skip{
		Source: w.source.identity(id), Name: spell(path.Base(rel)), Folder: firstFolder(rel),
		Agency: w.source.settings.Agency, Reason: reason, Message: message,
	})
}
