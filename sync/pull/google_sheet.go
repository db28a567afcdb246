package pull

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleSheet is one Google spreadsheet, named by its id. The id may also be that
// of an uploaded file.
type googleSheet struct {
	settings Settings
	deps     Deps
}

func newGoogleSheet(s Settings, d Deps) (Source, error) {
	if s.ID == "" {
		return nil, errors.New("nguồn loại google_sheet cần có mã bảng tính (id)")
	}
	if d.Google == nil {
		return nil, errors.New("nguồn loại google_sheet cần có phần google trong cấu hình")
	}
	return &googleSheet{settings: s, deps: d}, nil
}

// ID is also the identity of the one document.
func (g *googleSheet) ID() string { return "google_sheet:" + g.settings.ID }

// List asks Drive for the name and the version, which costs one request and no
// content. Where Drive cannot say, because the API is not enabled or the
// account may not ask it, the version is unknown and the spreadsheet is read.
func (g *googleSheet) List(ctx context.Context) (Listing, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return Listing{}, googleError(err)
	}
	item := Item{Source: g.ID(), Name: g.settings.ID, Agency: g.settings.Agency}
	file, err := client.File(ctx, g.settings.ID, driveFields)
	switch {
	case err == nil:
	case errors.Is(err, google.ErrDisabled), errors.Is(err, google.ErrNotShared), errors.Is(err, google.ErrRefused):
		return Listing{Items: []Item{item}}, nil
	default:
		return Listing{}, googleError(err)
	}
	item.Name, item.Modified, item.Editor = driveName(file.Name), modifiedTime(file), editorOf(file, client.ServiceAccount())
	item.Native, item.Access = file.MimeType == google.SpreadsheetType, accessTo(file)
	switch {
	case file.Trashed:
		return Listing{}, &Error{Kind: ErrNotFound, Message: fmt.Sprintf("bảng tính Google %q đã bị bỏ vào thùng rác; hãy khôi phục hoặc sửa mã trong cấu hình", file.Name)}
	case item.Native && file.Version > 0:
		item.Version = nativePrefix + strconv.FormatInt(file.Version, 10)
	case file.MimeType == google.FolderType:
		return Listing{}, &Error{Kind: ErrWrongKind, Message: fmt.Sprintf("%q là một thư mục Google Drive, không phải bảng tính; hãy khai báo bằng {type: google_drive, folder: %s}", file.Name, g.settings.ID)}
	case !item.Native && file.MimeType != "" && !isDriveSpreadsheet(file.MimeType, item.Name):
		return Listing{}, &Error{Kind: ErrWrongKind, Message: fmt.Sprintf("%q không phải bảng tính; hãy sửa mã trong cấu hình", file.Name)}
	case !item.Native && file.MimeType != "":
		item.Version, item.Path = driveVersion(file, ""), file.Id
	}
	return Listing{Items: []Item{item}}, nil
}

// Open reads the spreadsheet. The id may lead to an uploaded file, too, which
// the Sheets API refuses when no listing told.
func (g *googleSheet) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return nil, item, googleError(err)
	}
	if item.Path == "" {
		book, opened, err := openNative(ctx, client, g.settings.ID, item, g.deps.Limits)
		if !errors.Is(err, google.ErrNotNative) {
			return book, opened, err
		}
	}
	return openUpload(ctx, client, g.settings.ID, item, g.deps.Limits)
}

// OpenRaw downloads the bytes of an uploaded file.
func (g *googleSheet) OpenRaw(ctx context.Context, item Item) (Raw, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return Raw{Item: item}, googleError(err)
	}
	return download(ctx, client, g.settings.ID, item, g.deps.Limits)
}

// Test asks Drive what the file is and whether it may be written, and where
// Drive cannot say, reads the least that shows that it can be read.
func (g *googleSheet) Test(ctx context.Context) error {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return googleError(err)
	}
	listing, err := g.List(ctx)
	if err != nil {
		return err
	}
	if item := listing.Items[0]; item.Path == "" {
		if _, err := client.Spreadsheet(ctx, g.settings.ID, "spreadsheetId"); err != nil && !errors.Is(err, google.ErrNotNative) {
			return googleError(err)
		}
	}
	return g.testWriting(ctx, client)
}

// testWriting says when the account may only read, since the tab with the
// findings goes into the spreadsheet itself, and when Drive cannot be asked,
// without which every run reads the spreadsheet whether it changed or not.
func (g *googleSheet) testWriting(ctx context.Context, client *google.Client) error {
	file, err := client.File(ctx, g.settings.ID, "name,mimeType,capabilities(canEdit)")
	if errors.Is(err, google.ErrDisabled) {
		return googleError(err)
	}
	if err != nil || file.Capabilities == nil || file.Capabilities.CanEdit || file.MimeType != google.SpreadsheetType {
		return nil // nothing is known against it
	}
	return &Error{Kind: ErrViewOnly, Message: fmt.Sprintf(
		"chỉ được xem bảng tính Google %q; hãy chia sẻ lại cho %s với quyền Người chỉnh sửa, để ghi được trang SAI LỆCH", file.Name, client.AccountName())}
}

// googleError gives an error of the client this package's reason. The client's
// text stays: it names the remedy.
func googleError(err error) error {
	if _, ok := errors.AsType[*Error](err); ok {
		return err // it has one already
	}
	kinds := []struct{ theirs, ours error }{
		{google.ErrNotShared, ErrNotShared},
		{google.ErrCredentials, ErrCredentials},
		{google.ErrDisabled, ErrCredentials},
		{google.ErrQuota, ErrQuota},
		{google.ErrNotNative, ErrWrongKind},
		{google.ErrNoDownload, ErrDenied},
		{google.ErrTooLarge, sheet.ErrTooLarge},
		{google.ErrUnreachable, ErrUnreachable},
	}
	for _, k := range kinds {
		if errors.Is(err, k.theirs) {
			return &Error{Kind: k.ours, Err: err}
		}
	}
	return err
}
