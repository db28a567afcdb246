package google_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
)

// TestTurnIsTakenOnce: a turn that was taken before is the next write's alone,
// and no request goes without one.
func TestTurnIsTakenOnce(t *testing.T) {
	s := googletest.New()
	t.Cleanup(s.Close)
	s.AddSpreadsheet("1A", "Danh sách", googletest.Tab{ID: 7, Title: "DS"})
	key := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, s.Credentials(), 0o600); err != nil {
		t.Fatal(err)
	}
	var turns []string
	c, err := google.New(t.Context(), google.Options{Credentials: key, Endpoint: s.URL(), Turn: func(_ context.Context, paces []google.Pace) (time.Duration, error) {
		turns = append(turns, paces[0].Name)
		return 0, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := c.TakeTurn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Spreadsheet(ctx, "1A", "spreadsheetId"); err != nil {
		t.Fatal(err)
	}
	rename := &sheets.BatchUpdateSpreadsheetRequest{Requests: []*sheets.Request{{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: 7, Title: "Danh sách"}, Fields: "title",
	}}}}
	for range 2 {
		if _, err := c.Update(ctx, "1A", rename, "spreadsheetId"); err != nil {
			t.Fatal(err)
		}
	}
	name := func(b google.Budget) string { return "google " + string(b) + " " + googletest.Account }
	if want := []string{name(google.SheetsWrites), name(google.SheetsReads), name(google.SheetsWrites)}; !slices.Equal(turns, want) {
		t.Errorf("turns taken: %v, want %v", turns, want)
	}
}
