package google

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/googleapi"
)

// The types by which Drive knows what is no uploaded file.
const (
	SpreadsheetType = "application/vnd.google-apps.spreadsheet"
	FolderType      = "application/vnd.google-apps.folder"
	ShortcutType    = "application/vnd.google-apps.shortcut"
)

// File reads what the field mask names ("name,version") of a file's metadata.
func (c *Client) File(ctx context.Context, id, fields string) (*drive.File, error) {
	return c.metadata(ctx, fileTarget(id), fields)
}

// Folder is File with words for a folder in its error.
func (c *Client) Folder(ctx context.Context, id, fields string) (*drive.File, error) {
	return c.metadata(ctx, folderTarget(id), fields)
}

func (c *Client) metadata(ctx context.Context, what target, fields string) (*drive.File, error) {
	var f *drive.File
	err := c.call(ctx, what, func(ctx context.Context) error {
		var err error
		f, err = c.drive.Files.Get(what.id).SupportsAllDrives(true).Fields(googleapi.Field(fields)).Context(ctx).Do()
		return err
	})
	return f, err
}

// listPage is the most files that Drive gives in one answer.
const listPage = 1000

// Children lists what lies directly in the folders and is not in the trash,
// with what the field mask names ("id,name") of each file. It takes one request
// for each thousand files. The shared drive is the one that the folders are in,
// "" when they are in none or it is not known.
func (c *Client) Children(ctx context.Context, sharedDrive, fields string, folders ...string) ([]*drive.File, error) {
	var all []*drive.File
	what, query := folderTarget(strings.Join(folders, ", ")), childrenQuery(folders)
	for token := ""; ; {
		var page *drive.FileList
		err := c.call(ctx, what, func(ctx context.Context) error {
			list := c.drive.Files.List().Q(query).PageSize(listPage).SupportsAllDrives(true).IncludeItemsFromAllDrives(true).
				Fields(googleapi.Field("nextPageToken,incompleteSearch,files(" + fields + ")"))
			if sharedDrive != "" {
				list = list.Corpora("drive").DriveId(sharedDrive)
			}
			if token != "" {
				list = list.PageToken(token)
			}
			var err error
			page, err = list.Context(ctx).Do()
			return err
		})
		switch {
		case err != nil:
			return nil, err
		case page.IncompleteSearch:
			// What is left out must not count as gone.
			return nil, &Error{Kind: ErrUnreachable, Message: "Google Drive chưa liệt kê hết thư mục; chương trình sẽ thử lại ở lần chạy sau"}
		}
		all = append(all, page.Files...)
		if token = page.NextPageToken; token == "" {
			return all, nil
		}
	}
}

func childrenQuery(folders []string) string {
	parents := make([]string, len(folders))
	for i, id := range folders {
		parents[i] = "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(id) + "' in parents"
	}
	in := strings.Join(parents, " or ")
	if len(folders) > 1 {
		in = "(" + in + ")"
	}
	return in + " and trashed = false"
}

// Download reads the bytes of an uploaded file, as far as the limit; a file
// beyond it is ErrTooLarge. It asks for a token of its own, since nothing else
// needs the right to read what is in files.
func (c *Client) Download(ctx context.Context, id string, limit int64) ([]byte, error) {
	var content []byte
	err := c.call(withLimit(ctx, limit), fileTarget(id), func(ctx context.Context) error {
		resp, err := c.contents.Files.Get(id).SupportsAllDrives(true).Context(ctx).Download()
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.ContentLength > limit {
			return ErrTooLarge
		}
		var b bytes.Buffer
		if resp.ContentLength > 0 {
			b.Grow(int(resp.ContentLength) + bytes.MinRead)
		}
		if _, err := b.ReadFrom(resp.Body); err != nil {
			return fmt.Errorf("download: %w", err)
		}
		if resp.ContentLength >= 0 && int64(b.Len()) != resp.ContentLength {
			return io.ErrUnexpectedEOF
		}
		content = b.Bytes()
		return nil
	})
	return content, err
}
