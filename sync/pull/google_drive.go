package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"google.golang.org/api/drive/v3"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleDrive is a folder on Google Drive, one that was shared or one of a
// shared drive, with the native spreadsheets and uploaded files below it.
//
// Each run lists the whole folder: one request for a thousand files, and one
// more for each forty subfolders of a level and for each shortcut. Drive's feed
// of changes would not be cheaper: it tells of everything that the account sees,
// leaves open whether that lies below the folder, says nothing of what is no
// longer shared, and needs a token that must never be lost, all to save a
// request or two of a budget of a thousand a minute.
type googleDrive struct {
	settings Settings
	deps     Deps
}

func newGoogleDrive(s Settings, d Deps) (Source, error) {
	if s.ID == "" {
		return nil, errors.New("nguồn loại google_drive cần có mã thư mục (folder)")
	}
	if d.Google == nil {
		return nil, errors.New("nguồn loại google_drive cần có phần google trong cấu hình")
	}
	return &googleDrive{settings: s, deps: d}, nil
}

// ID is the type and the folder's id.
func (g *googleDrive) ID() string { return "google_drive:" + g.settings.ID }

// identity names a document by the id of its file, which stays when the file is
// renamed or moved to another folder below.
func (g *googleDrive) identity(id string) string { return g.ID() + "/" + id }

// List walks the folder. It reads no file.
func (g *googleDrive) List(ctx context.Context) (Listing, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return Listing{}, googleError(err)
	}
	w := newDriveWalk(g, client)
	if err := w.run(ctx); err != nil {
		return Listing{}, err
	}
	files := slices.DeleteFunc(w.files, func(x file) bool { return slices.Contains(g.settings.Exclude, x.info.(driveFile).Id) })
	listing := Listing{Items: g.arrange(files, client.ServiceAccount()), Skipped: w.skipped}
	listing.sort()
	return listing, nil
}

// Open reads a native spreadsheet, or downloads an uploaded file.
func (g *googleDrive) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return nil, item, googleError(err)
	}
	if item.Path == "" {
		if item, err = g.find(ctx, client, item); err != nil {
			return nil, item, err
		}
	}
	if item.Native {
		return openNative(ctx, client, item.Path, item, g.deps.Limits)
	}
	return openUpload(ctx, client, item.Path, item, g.deps.Limits)
}

// find looks a document up of which only the identity is known.
func (g *googleDrive) find(ctx context.Context, client *google.Client, item Item) (Item, error) {
	id := strings.TrimPrefix(item.Source, g.identity(""))
	f, err := client.File(ctx, id, driveFields)
	if err != nil {
		return item, googleError(err)
	}
	found := g.item(newDriveFile(f, driveName(f.Name)), client.ServiceAccount())
	found.Folder = item.Folder
	return found, nil
}

// OpenRaw downloads the bytes of an uploaded file.
func (g *googleDrive) OpenRaw(ctx context.Context, item Item) (Raw, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return Raw{Item: item}, googleError(err)
	}
	id := item.Path
	if id == "" {
		id = strings.TrimPrefix(item.Source, g.identity(""))
	}
	return download(ctx, client, id, item, g.deps.Limits)
}

// Test looks at the folder, and whether reports could be written into it and
// into the spreadsheets that are there.
func (g *googleDrive) Test(ctx context.Context) error {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return googleError(err)
	}
	folder, err := g.folder(ctx, client)
	if err != nil {
		return err
	}
	if folder.Capabilities != nil && !folder.Capabilities.CanEdit {
		return &Error{Kind: ErrViewOnly, Message: fmt.Sprintf(
			"chỉ được xem thư mục Google Drive %q; hãy chia sẻ lại cho %s với quyền Người chỉnh sửa, để ghi được trang SAI LỆCH", folder.Name, client.AccountName())}
	}
	listing, err := g.List(ctx)
	if err != nil {
		return err
	}
	var closed []string
	for _, item := range listing.Items {
		if item.Native && item.Access == MayView && !item.AnswersOnly {
			closed = append(closed, fmt.Sprintf("%q", path.Join(item.Folder, item.Name)))
		}
	}
	if len(closed) > 0 {
		return &Error{Kind: ErrViewOnly, Message: fmt.Sprintf(
			"chỉ được xem %d bảng tính trong thư mục Google Drive %q: %s; hãy chia sẻ lại cho %s với quyền Người chỉnh sửa, để ghi được trang SAI LỆCH",
			len(closed), folder.Name, fewOf(closed), client.AccountName())}
	}
	return nil
}

// fewOf names the first of many.
func fewOf(names []string) string {
	const shown = 5
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s và %d bảng tính khác", strings.Join(names[:shown], ", "), len(names)-shown)
}

// folder asks what the folder is, and says in words when it is none that can be
// read.
func (g *googleDrive) folder(ctx context.Context, client *google.Client) (*drive.File, error) {
	folder, err := client.Folder(ctx, g.settings.ID, "id,name,mimeType,trashed,driveId,capabilities(canEdit)")
	switch {
	case err != nil:
		return nil, googleError(err)
	case folder.Trashed:
		return nil, &Error{Kind: ErrNotFound, Message: fmt.Sprintf("thư mục Google Drive %q đã bị bỏ vào thùng rác; hãy khôi phục hoặc sửa mã trong cấu hình", folder.Name)}
	case folder.MimeType != "" && folder.MimeType != google.FolderType:
		return nil, &Error{Kind: ErrWrongKind, Message: fmt.Sprintf("%q không phải là thư mục Google Drive; nếu là một bảng tính, hãy khai báo bằng {type: google_sheet, id: …}", folder.Name)}
	}
	return folder, nil
}

// item describes a file as the document it is by itself.
func (g *googleDrive) item(x file, account string) Item {
	f := x.info.(driveFile).File
	return Item{
		Source:   g.identity(f.Id),
		Name:     x.name,
		Folder:   firstFolder(x.rel),
		Agency:   g.settings.Agency,
		Version:  driveVersion(f, x.rel),
		Modified: x.info.ModTime(),
		Editor:   editorOf(f, account),
		Access:   accessTo(f),
		Native:   f.MimeType == google.SpreadsheetType,
		Path:     f.Id,
	}
}

// accessTo is what the account may do with the file, as far as Drive tells.
func accessTo(f *drive.File) Access {
	switch {
	case f.Capabilities == nil:
		return AccessUnknown
	case f.Capabilities.CanEdit:
		return MayWrite
	}
	return MayView
}

// editorOf is who last changed the file, by the name that people know; "" when
// Drive does not tell or the service itself did.
func editorOf(f *drive.File, account string) string {
	u := f.LastModifyingUser
	if u == nil || u.EmailAddress != "" && u.EmailAddress == account {
		return ""
	}
	return cmp.Or(u.DisplayName, u.EmailAddress)
}

func modifiedTime(f *drive.File) time.Time {
	t, err := time.Parse(time.RFC3339, f.ModifiedTime)
	if err != nil {
		return time.Time{}
	}
	return t
}
