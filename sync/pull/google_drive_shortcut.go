package pull

import (
	"context"
	"errors"
	"path"
	"slices"

	"google.golang.org/api/drive/v3"

	"doisoat/sync/google"
)

func (w *driveWalk) shortcut(ctx context.Context, f *drive.File, rel string, depth int) error {
	target := f.ShortcutDetails
	switch {
	case target == nil || target.TargetId == "":
		w.skip(f.Id, rel, Linked, "lối tắt không trỏ tới đâu; hãy xóa hoặc tạo lại")
	case target.TargetMimeType == google.FolderType:
		return w.folderBehind(ctx, target.TargetId, rel, depth)
	case !isDriveSpreadsheet(target.TargetMimeType, spell(path.Base(rel))):
		w.skip(f.Id, rel, NotSpreadsheet, notDriveSpreadsheetMessage(target.TargetMimeType, spell(path.Base(rel))))
	default:
		w.shortcuts = append(w.shortcuts, newDriveFile(f, rel))
	}
	return nil
}

// folderBehind goes into the folder that a shortcut leads to. It asks for the
// folder first: it may be in another shared drive, and a listing that names one
// folder that the account cannot see fails for all the others.
func (w *driveWalk) folderBehind(ctx context.Context, id, rel string, depth int) error {
	if w.visited[id] {
		return nil
	}
	f, err := w.client.Folder(ctx, id, "id,parents,driveId,trashed")
	switch {
	case errors.Is(err, google.ErrNotShared):
		w.closed(id, rel)
		return nil
	case err != nil:
		return googleError(err)
	case f.Trashed:
		w.skip(id, rel, Linked, "lối tắt trỏ tới thư mục đã bị bỏ vào thùng rác; hãy khôi phục thư mục hoặc xóa lối tắt")
		return nil
	}
	if elsewhere, err := w.elsewhere(ctx, f.Parents); elsewhere || err != nil {
		w.skip(id, rel, Linked, elsewhereMessage)
		return err
	}
	w.folder(driveFolder{id, rel, f.DriveId}, depth)
	return nil
}

// follow takes the files that shortcuts lead to, unless they lie in the folder
// itself. No listing tells of a target's version: each costs a request of its
// own. What cannot be seen is taken without one, so that its opening says what
// to do.
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
		elsewhere, err := w.elsewhere(ctx, f.Parents)
		switch {
		case err != nil:
			return err
		case elsewhere:
			w.skip(f.Id, x.rel, Linked, elsewhereMessage)
		default:
			w.take(newDriveFile(f, path.Join(path.Dir(x.rel), driveName(f.Name))))
		}
	}
	return nil
}

const elsewhereMessage = "lối tắt trỏ vào một nguồn khác trong cấu hình, nơi đã đọc tệp này; không đọc lần nữa"

// elsewhere reports whether something that lies in these folders is below
// another source of the configuration. That source reads it: taken here as
// well, everybody in it would be two people, and two reports would share one
// tab. It climbs as far as the account sees, with a request for each folder.
func (w *driveWalk) elsewhere(ctx context.Context, parents []string) (bool, error) {
	others := w.source.settings.Exclude
	for range 2 * MaxDepth {
		if len(others) == 0 || len(parents) == 0 {
			return false, nil
		}
		id := parents[0]
		if slices.Contains(others, id) {
			return true, nil
		}
		above, known := w.above[id]
		if !known {
			f, err := w.client.Folder(ctx, id, "id,parents")
			switch {
			case errors.Is(err, google.ErrNotShared): // here ends what was shared
			case err != nil:
				return false, googleError(err)
			default:
				above = f.Parents
			}
			w.above[id] = above
		}
		parents = above
	}
	return false, nil
}
