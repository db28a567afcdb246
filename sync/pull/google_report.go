package pull

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/sheet"
)

// googleReport is the office's spreadsheet with the consolidated report, read
// back for the decisions in it, as the reports folder is.
type googleReport struct{ googleSheet }

func newGoogleReport(s Settings, d Deps) (Source, error) {
	if _, err := newGoogleSheet(s, d); err != nil {
		return nil, err
	}
	return &googleReport{googleSheet{settings: s, deps: d}}, nil
}

// ID tells the report from a list in the same spreadsheet.
func (g *googleReport) ID() string { return "google_report:" + g.settings.ID }

// List asks for the version, by which a report that nobody changed is not read.
func (g *googleReport) List(ctx context.Context) (Listing, error) {
	listing, err := g.googleSheet.List(ctx)
	for i := range listing.Items {
		listing.Items[i].Source, listing.Items[i].AnswersOnly = g.ID(), true
	}
	return listing, err
}

// Open reads the tabs that have the service's mark for tabs of findings; the
// rest of the report, which may be long, is the service's own. Before the first
// report there is none, and the book is empty.
func (g *googleReport) Open(ctx context.Context, item Item) (sheet.Book, Item, error) {
	client, err := g.deps.Google(ctx)
	if err != nil {
		return nil, item, googleError(err)
	}
	look, err := client.Spreadsheet(ctx, g.settings.ID, lookMask)
	if err != nil {
		return nil, item, googleError(err)
	}
	var ranges []string
	for _, t := range look.Sheets {
		if t.Properties != nil && isDecisions(t) {
			ranges = append(ranges, quoteTitle(t.Properties.Title))
		}
	}
	answer := &sheets.Spreadsheet{Properties: look.Properties}
	if len(ranges) > 0 {
		if answer, err = client.Spreadsheet(ctx, g.settings.ID, gridMask, ranges...); err != nil {
			return nil, item, googleError(err)
		}
	}
	book, err := wholeBook(ctx, answer, g.deps.Limits)
	if err != nil {
		return nil, item, fmt.Errorf("bảng tính Google %q: %w", item.Name, err)
	}
	cheap, _ := splitVersion(item.Version)
	item.Version = joinVersion(cheap, book.version())
	return book, item, nil
}

// isDecisions finds the tab of findings and copies that people made of it.
func isDecisions(t *sheets.Sheet) bool {
	_, ok := google.MarkOf(t, google.DecisionsKey)
	return ok
}

// Test is that of a spreadsheet that has to be written.
func (g *googleReport) Test(ctx context.Context) error {
	err := g.googleSheet.Test(ctx)
	if errors.Is(err, ErrViewOnly) {
		return &Error{Kind: ErrViewOnly, Message: strings.ReplaceAll(err.Error(), "trang SAI LỆCH", "báo cáo tổng hợp")}
	}
	return err
}
