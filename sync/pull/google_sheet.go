package pull

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleSheet is one native Google spreadsheet, named by its id.
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

const nativeType = "application/vnd.google-apps.spreadsheet"

// List asks Drive for the name and the version, which costs one request and no
// content. Where Drive cannot say, because the API is not enabled or the
// account may not ask it, the version is unknown and the spreadsheet is read.
func (g *googleSheet) List(ctx context.Context) (Listing, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return Listing{}, googleError(err)
	}
	item := Item{Source: g.ID(), Name: g.settings.ID, Agency: g.settings.Agency}
	file, err := client.File(ctx, g.settings.ID, "name,mimeType,version,modifiedTime,trashed")
	switch {
	case err == nil:
	case errors.Is(err, google.ErrDisabled), errors.Is(err, google.ErrNotShared), errors.Is(err, google.ErrRefused):
		return Listing{Items: []Item{item}}, nil
	default:
		return Listing{}, googleError(err)
	}
	item.Name = file.Name
	if t, err := time.Parse(time.RFC3339, file.ModifiedTime); err == nil {
		item.Modified = t
	}
	if file.Version > 0 {
		item.Version = "drive:" + strconv.FormatInt(file.Version, 10)
	}
	switch {
	case file.Trashed:
		return Listing{}, &Error{Kind: ErrNotFound, Message: fmt.Sprintf("bảng tính Google %q đã bị bỏ vào thùng rác; hãy khôi phục hoặc sửa mã trong cấu hình", file.Name)}
	case file.MimeType != "" && file.MimeType != nativeType:
		return Listing{}, &Error{Kind: ErrWrongKind, Message: fmt.Sprintf("%q không phải Bảng tính Google mà là tệp tải lên; hãy mở bằng Google Trang tính, chọn Tệp > Lưu dưới dạng Google Trang tính, rồi dùng mã của bảng tính mới", file.Name)}
	}
	return Listing{Items: []Item{item}}, nil
}

// gridMask names all that a grid is made of, so that one request is enough.
const gridMask = "properties(title)," +
	"sheets(properties(sheetId,title,index,sheetType,hidden),developerMetadata(metadataKey,metadataValue),merges," +
	"data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),columnMetadata(hiddenByUser,hiddenByFilter)," +
	"rowData(values(effectiveValue,formattedValue,userEnteredValue(formulaValue),effectiveFormat(numberFormat,textFormat(fontFamily))))))"

// Open reads the whole spreadsheet in one request.
func (g *googleSheet) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return nil, item, googleError(err)
	}
	answer, err := client.Spreadsheet(ctx, g.settings.ID, gridMask)
	if err != nil {
		return nil, item, googleError(err)
	}
	if answer.Properties != nil && answer.Properties.Title != "" {
		item.Name = answer.Properties.Title
	}
	version, err := answerVersion(answer)
	if err != nil {
		return nil, item, err
	}
	cheap, _ := splitVersion(item.Version)
	item.Version = joinVersion(cheap, version)
	book, err := newGoogleBook(answer, g.deps.Limits)
	if err != nil {
		return nil, item, fmt.Errorf("bảng tính Google %q: %w", item.Name, err)
	}
	return book, item, nil
}

// answerVersion is the hash of what was read. The listing's version was asked
// for earlier, so that an edit in between is seen again at the next listing
// and never missed.
func answerVersion(answer *sheets.Spreadsheet) (string, error) {
	b, err := json.Marshal(answer.Sheets)
	if err != nil {
		return "", fmt.Errorf("hash of the spreadsheet: %w", err)
	}
	return contentVersion(b), nil
}

// Test reads the least that shows that the spreadsheet can be read.
func (g *googleSheet) Test(ctx context.Context) error {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return googleError(err)
	}
	if _, err := client.Spreadsheet(ctx, g.settings.ID, "spreadsheetId"); err != nil {
		return googleError(err)
	}
	return nil
}

// googleError gives an error of the client this package's reason. The client's
// text stays: it names the remedy.
func googleError(err error) error {
	kinds := []struct{ theirs, ours error }{
		{google.ErrNotShared, ErrNotShared},
		{google.ErrCredentials, ErrCredentials},
		{google.ErrDisabled, ErrCredentials},
		{google.ErrQuota, ErrQuota},
		{google.ErrNotNative, ErrWrongKind},
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
