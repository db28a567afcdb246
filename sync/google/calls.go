package google

import (
	"context"
	"math"

	"google.golang.org/api/googleapi"
	"google.golang.org/api/sheets/v4"
)

// Spreadsheet reads what the field mask names ("sheets(properties,data)") of a
// spreadsheet, of all of it or of some ranges in A1 notation.
func (c *Client) Spreadsheet(ctx context.Context, id, fields string, ranges ...string) (*sheets.Spreadsheet, error) {
	return c.SpreadsheetUpTo(ctx, math.MaxInt64, id, fields, ranges...)
}

// SpreadsheetUpTo is Spreadsheet that gives up with ErrTooLarge when the answer
// has more than so many bytes, unpacked, so that large ones can be asked for in
// pieces instead.
func (c *Client) SpreadsheetUpTo(ctx context.Context, limit int64, id, fields string, ranges ...string) (*sheets.Spreadsheet, error) {
	var s *sheets.Spreadsheet
	err := c.call(withLimit(ctx, limit), spreadsheetTarget(id, read), func(ctx context.Context) error {
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
	err := c.call(ctx, spreadsheetTarget(id, write), func(ctx context.Context) error {
		var err error
		r, err = c.sheets.Spreadsheets.BatchUpdate(id, batch).Fields(googleapi.Field(fields)).Context(ctx).Do()
		return err
	})
	return r, err
}
