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

// driveFolder is a folder to be listed, rel its path below the root.
type driveFolder struct{ id, rel string }

// driveWalk gathers the files below a folder, level by level.
type driveWalk struct {
	source      *googleDrive
	client      *google.Client
	sharedDrive string // "" until a file tells that there is one
	visited     map[string]bool
	taken       map[string]bool // files by id
	next        []driveFolder   // the folders of the level below
	shortcuts   []file
	files       []file
	skipped     []Skip
}

func newDriveWalk(g *googleDrive, client *google.Client) *driveWalk {
	w := &driveWalk{source: g, client: client, visited: make(map[string]bool), taken: make(map[string]bool)}
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
		for batch := range slices.Chunk(level, foldersAtOnce) {
			if err := w.list(ctx, batch, depth); err != nil {
				return err
			}
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
	children, err := w.children(ctx, depth == 0, ids)
	if len(folders) > 1 && (errors.Is(err, google.ErrRefused) || err == nil && slices.ContainsFunc(children, orphan(ids))) {
		// Google finds the question too long, or does not say what lies where.
		for _, f := range folders {
			if err := w.list(ctx, []driveFolder{f}, depth); err != nil {
				return err
			}
		}
		return nil
	}
	if err != nil {
		return googleError(err)
	}
	slices.SortFunc(children, func(a, b *drive.File) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Id, b.Id)) })
	for _, f := range children {
		w.sharedDrive = cmp.Or(w.sharedDrive, f.DriveId)
		folder := folders[0]
		if i := slices.IndexFunc(folders, func(x driveFolder) bool { return slices.Contains(f.Parents, x.id) }); i >= 0 {
			folder = folders[i]
		}
		w.entry(f, folder, depth)
	}
	return nil
}

func orphan(folders []string) func(*drive.File) bool {
	return func(f *drive.File) bool {
		return !slices.ContainsFunc(f.Parents, func(p string) bool { return slices.Contains(folders, p) })
	}
}

// children lists folders. When nothing is in the root, the root itself is
// looked at: it may be none, not be shared, or be in a shared drive that has to
// be named.
func (w *driveWalk) children(ctx context.Context, isRoot bool, ids []string) ([]*drive.File, error) {
	children, err := w.client.Children(ctx, w.sharedDrive, driveFields, ids...)
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
	w.sharedDrive = root.DriveId
	return w.client.Children(ctx, w.sharedDrive, driveFields, ids...)
}

// entry sorts out one thing that lies in a folder.
func (w *driveWalk) entry(f *drive.File, in driveFolder, depth int) {
	rel := path.Join(in.rel, driveName(f.Name))
	name := spell(path.Base(rel))
	switch {
	case f.Trashed:
	case isTemporary(name):
		w.skip(f.Id, rel, Temporary, "tệp tạm hoặc tệp ẩn")
	case f.MimeType == google.FolderType:
		w.folder(f.Id, rel, depth)
	case f.MimeType == google.ShortcutType:
		w.shortcut(f, rel, depth)
	case !isDriveSpreadsheet(f.MimeType, name):
		w.skip(f.Id, rel, NotSpreadsheet, notDriveSpreadsheetMessage(f.MimeType, name))
	default:
		w.take(newDriveFile(f, rel))
	}
}

func (w *driveWalk) take(x file) {
	if id := x.info.(driveFile).Id; !w.taken[id] {
		w.taken[id] = true
		w.files = append(w.files, x)
	}
}

// folder notes a subfolder, once: shortcuts may lead back to it.
func (w *driveWalk) folder(id, rel string, depth int) {
	switch {
	case w.visited[id]:
	case depth+1 > MaxDepth:
		w.skip(id+"/", rel, TooDeep, fmt.Sprintf("thư mục con quá sâu (hơn %d cấp) nên không được đọc; hãy chuyển tệp lên trên", MaxDepth))
	default:
		w.visited[id] = true
		w.next = append(w.next, driveFolder{id: id, rel: rel})
	}
}

func (w *driveWalk) shortcut(f *drive.File, rel string, depth int) {
	target := f.ShortcutDetails
	switch {
	case target == nil || target.TargetId == "":
		w.skip(f.Id, rel, Linked, "lối tắt không trỏ tới đâu; hãy xóa hoặc tạo lại")
	case target.TargetMimeType == google.FolderType:
		w.folder(target.TargetId, rel, depth)
	case !isDriveSpreadsheet(target.TargetMimeType, spell(path.Base(rel))):
		w.skip(f.Id, rel, NotSpreadsheet, notDriveSpreadsheetMessage(target.TargetMimeType, spell(path.Base(rel))))
	default:
		w.shortcuts = append(w.shortcuts, newDriveFile(f, rel))
	}
}

// follow takes what shortcuts lead to, unless it lies in the folder itself. No
// listing tells of a target's version: each costs a request of its own. What
// cannot be seen is taken without one, so that its opening says what to do.
func (w *driveWalk) follow(ctx context.Context) error {
	for _, x := range w.shortcuts {
		details := x.info.(driveFile).ShortcutDetails
		if w.taken[details.TargetId] {
			continue
		}
		f, err := w.client.File(ctx, details.TargetId, driveFields)
		switch {
		case errors.Is(err, google.ErrNotShared):
			f = &drive.File{Id: details.TargetId, Name: x.name, MimeType: details.TargetMimeType}
		case err != nil:
			return googleError(err)
		case f.Trashed:
			w.skip(f.Id, x.rel, Linked, "lối tắt trỏ tới tệp đã bị bỏ vào thùng rác; hãy khôi phục tệp hoặc xóa lối tắt")
			continue
		}
		w.take(newDriveFile(f, path.Join(path.Dir(x.rel), driveName(f.Name))))
	}
	return nil
}

func (w *driveWalk) skip(id, rel string, reason Reason, message string) {
	w.skipped = append(w.skipped, Skip{
		Source: w.source.identity(id), Name: spell(path.Base(rel)), Folder: firstFolder(rel),
		Agency: w.source.settings.Agency, Reason: reason, Message: message,
	})
}
