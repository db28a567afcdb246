package google

import (
	"context"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"
)

// Spreadsheet reads what the field mask names ("sheets(properties,data)") of a
// spreadsheet, of all of it or of some ranges in A1 notation.
func (c *Client) Spreadsheet(ctx context.Context, id, fields string, ranges ...string) (*sheets.Spreadsheet, error) {
	var s *sheets.Spreadsheet
	err := c.call(ctx, read, target{"Google Sheets", id}, func(ctx context.Context) error {
		var err error
		s, err = c.sheets.Spreadsheets.Get(id).Ranges(ranges...).Fields(googleapi.Field(fields)).Context(ctx).Do()
		return err
	})
	return s, err
}

// Update applies a batch of requests to a spreadsheet, all of them or none, and
// returns what the field mask names of the answer. When the error wraps
// ErrUnsure they may have been applied.
func (c *Client) Update(ctx context.Context, id string, batch *sheets.BatchUpdateSpreadsheetRequest, fields string) (*sheets.BatchUpdateSpreadsheetResponse, error) {
	var r *sheets.BatchUpdateSpreadsheetResponse
	err := c.call(ctx, write, target{"Google Sheets", id}, func(ctx context.Context) error {
		var err error
		r, err = c.sheets.Spreadsheets.BatchUpdate(id, batch).Fields(googleapi.Field(fields)).Context(ctx).Do()
		return err
	})
	return r, err
}

// File reads what the field mask names ("name,version") of a file's metadata.
func (c *Client) File(ctx context.Context, id, fields string) (*drive.File, error) {
	var f *drive.File
	err := c.call(ctx, read, target{"Google Drive", id}, func(ctx context.Context) error {
		var err error
		f, err = c.drive.Files.Get(id).SupportsAllDrives(true).Fields(googleapi.Field(fields)).Context(ctx).Do()
		return err
	})
	return f, err
}
