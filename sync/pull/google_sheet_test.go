package pull

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/api/drive/v3"
	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
	"doisoat/sync/sheet"
)

const spreadsheet = "1AbCSoNoiVu"

func withGoogle(t *testing.T) (*googletest.Server, Deps) {
	t.Helper()
	s := googletest.New()
	s.CheckWith(discovery.ForTest(t))
	t.Cleanup(s.Close)
	key := filepath.Join(t.TempDir(), "khoa.json")
	if err := os.WriteFile(key, s.Credentials(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := google.New(t.Context(), google.Options{
		Credentials: key, Endpoint: s.URL(),
		Quota: google.Quota{ProjectPerMinute: 1 << 20, UserPerMinute: 1 << 20},
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, Deps{Google: func(context.Context) (*google.Client, error) { return c, nil }}
}

func sheetSource(t *testing.T, d Deps) Source {
	t.Helper()
	src, err := New(Settings{Type: "google_sheet", ID: spreadsheet, Agency: "S03"}, d)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func number(v float64, kind, pattern string) *sheets.CellData {
	value := &sheets.ExtendedValue{NumberValue: &v}
	format := &sheets.CellFormat{NumberFormat: &sheets.NumberFormat{Type: kind, Pattern: pattern}}
	return &sheets.CellData{UserEnteredValue: value, EffectiveValue: value, UserEnteredFormat: format, EffectiveFormat: format}
}

func TestGoogleSheetIsReadAsItsWorkbookWouldBe(t *testing.T) {
	s, d := withGoogle(t)
	na := &sheets.CellData{EffectiveValue: &sheets.ExtendedValue{ErrorValue: &sheets.ErrorValue{Type: "N_A"}}, FormattedValue: "#N/A"}
	vni := &sheets.CellData{
		EffectiveValue:  &sheets.ExtendedValue{StringValue: new("NguyÔn V¨n ¢n")},
		EffectiveFormat: &sheets.CellFormat{TextFormat: &sheets.TextFormat{FontFamily: ".VnTime"}},
	}
	s.AddSpreadsheet(spreadsheet, "Sở Nội vụ - đăng ký 2024",
		googletest.Tab{
			ID: 0, Title: "CCLLCT",
			Rows: [][]any{
				{"DANH SÁCH ĐĂNG KÝ CAO CẤP LÝ LUẬN CHÍNH TRỊ"},
				nil,
				{nil, "Họ và tên", "Ngày sinh", "CCCD"},
				{1, "Nguyễn Văn Ân", time.Date(1979, 8, 15, 0, 0, 0, 0, time.UTC), 51079001234, true},
				{googletest.Formula{Text: "=A4+1", Result: 2.0}, "", number(45292.75, "DATE_TIME", "dd/mm/yyyy hh:mm"), number(0.1, "NUMBER", "0.00"), na, vni},
			},
			Merges:     []*sheets.GridRange{{EndRowIndex: 1, EndColumnIndex: 4}},
			HiddenRows: []int64{4}, HiddenCols: []int64{3},
		},
		googletest.Tab{ID: 12, Title: "Ẩn", Hidden: true},
	)
	src := sheetSource(t, d)
	item := list(t, src).Items[0]
	wantItem := Item{
		Source: "google_sheet:" + spreadsheet, Name: "Sở Nội vụ - đăng ký 2024", Agency: "S03",
		Version: "drive:1", Modified: time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC), Access: MayWrite, Native: true,
	}
	if diff := cmp.Diff(wantItem, item, cmp.AllowUnexported(Item{})); diff != "" {
		t.Errorf("item (-want +got):\n%s", diff)
	}
	s.ResetCounts()
	book, opened, err := src.Open(t.Context(), item)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Count(googletest.MethodGet); got != 1 {
		t.Errorf("%d requests to read the spreadsheet, want 1", got)
	}
	if !strings.HasPrefix(opened.Version, "drive:1;sha256:") {
		t.Errorf("version %q", opened.Version)
	}
	infos := []sheet.Info{{Name: "CCLLCT", ID: "0"}, {Name: "Ẩn", Index: 1, Hidden: true, ID: "12"}}
	if diff := cmp.Diff(infos, book.Sheets()); diff != "" {
		t.Errorf("tabs (-want +got):\n%s", diff)
	}
	grid, err := book.Read(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := &sheet.Grid{
		Info:       infos[0],
		Merges:     []sheet.Range{{FirstRow: 1, FirstCol: 1, LastRow: 1, LastCol: 4}},
		HiddenCols: map[int]bool{4: true},
		Rows: []sheet.Row{
			{Number: 1, Cells: []sheet.Cell{{Col: 1, Text: "DANH SÁCH ĐĂNG KÝ CAO CẤP LÝ LUẬN CHÍNH TRỊ"}}},
			{Number: 3, Cells: []sheet.Cell{{Col: 2, Text: "Họ và tên"}, {Col: 3, Text: "Ngày sinh"}, {Col: 4, Text: "CCCD"}}},
			{Number: 4, Cells: []sheet.Cell{
				{Col: 1, Kind: sheet.Number, Text: "1", Number: 1},
				{Col: 2, Text: "Nguyễn Văn Ân"},
				{Col: 3, Kind: sheet.Date, Text: "15/08/1979", Number: 29082, Style: &sheet.Style{Format: "dd/mm/yyyy"}},
				{Col: 4, Kind: sheet.Number, Text: "51079001234", Number: 51079001234},
				{Col: 5, Kind: sheet.Bool, Text: "TRUE", Number: 1},
			}},
			{Number: 5, Hidden: true, Cells: []sheet.Cell{
				{Col: 1, Kind: sheet.Number, Text: "2", Number: 2, Formula: true},
				{Col: 2, Text: ""},
				{Col: 3, Kind: sheet.Date, Text: "01/01/2024 18:00", Number: 45292.75, Style: &sheet.Style{Format: "dd/mm/yyyy hh:mm"}},
				{Col: 4, Kind: sheet.Number, Text: "0.1", Number: 0.1, Style: &sheet.Style{Format: "0.00"}},
				{Col: 5, Kind: sheet.Error, Text: "#N/A"},
				{Col: 6, Text: "NguyÔn V¨n ¢n", Style: &sheet.Style{Font: ".VnTime"}},
			}},
		},
	}
	if diff := cmp.Diff(want, grid); diff != "" {
		t.Errorf("grid (-want +got):\n%s", diff)
	}
	if empty, err := book.Read(t.Context(), 1); err != nil || len(empty.Rows) != 0 {
		t.Errorf("the empty tab: %+v, %v", empty, err)
	}
	if _, err := book.Read(t.Context(), 2); err == nil {
		t.Error("a tab that is not there was read")
	}
}

func TestDateText(t *testing.T) {
	for serial, want := range map[float64]string{
		45292: "01/01/2024", 45292.5: "01/01/2024 12:00", 45292.99999999: "02/01/2024", 61: "01/03/1900", 2958465: "31/12/9999",
		-1: "", 2958466: "", 1e300: "",
	} {
		if got, _ := dateText(serial); got != want {
			t.Errorf("dateText(%v) = %q, want %q", serial, got, want)
		}
	}
}

func TestTimeText(t *testing.T) {
	for _, tt := range []struct {
		serial     float64
		code, want string
	}{
		{0.3125, "hh:mm", "07:30"},
		{1.5, "[h]:mm", "36:00"},
		{45292.5, "hh:mm", "01/01/2024 12:00"},
	} {
		if got, _ := (numberFormat{"TIME", tt.code}).timeText(tt.serial); got != tt.want {
			t.Errorf("%v as %s is %q, want %q", tt.serial, tt.code, got, tt.want)
		}
	}
}

func TestGoogleVersions(t *testing.T) {
	s, d := withGoogle(t)
	s.AddSpreadsheet(spreadsheet, "Sở Nội vụ", googletest.Tab{Title: "DS", Rows: [][]any{{"một"}}})
	src := sheetSource(t, d)
	_, first, err := src.Open(t.Context(), list(t, src).Items[0])
	if err != nil {
		t.Fatal(err)
	}
	if !Unchanged(first.Version, list(t, src).Items[0].Version) {
		t.Error("an untouched spreadsheet counts as changed")
	}
	for _, edit := range []struct {
		text string
		same bool
	}{{"một", true}, {"hai", false}} {
		if err := s.Type(spreadsheet, 0, 0, 0, edit.text); err != nil {
			t.Fatal(err)
		}
		listed := list(t, src).Items[0]
		if Unchanged(first.Version, listed.Version) {
			t.Error("an edit is not seen in the listing")
		}
		_, now, err := src.Open(t.Context(), listed)
		if err != nil {
			t.Fatal(err)
		}
		if SameContent(first.Version, now.Version) != edit.same {
			t.Errorf("after typing %q: same content is %v", edit.text, !edit.same)
		}
	}
}

func TestDriveMayBeSilent(t *testing.T) {
	for name, fault := range map[string]googletest.Fault{
		"not enabled": {Status: 403, Reason: "accessNotConfigured"},
		"not found":   {Status: 404},
	} {
		t.Run(name, func(t *testing.T) {
			s, d := withGoogle(t)
			s.AddSpreadsheet(spreadsheet, "Sở Nội vụ", googletest.Tab{Title: "DS", Rows: [][]any{{"một"}}})
			fault.Method = googletest.MethodFile
			s.Fail(fault)
			src := sheetSource(t, d)
			item := list(t, src).Items[0]
			if item.Version != "" {
				t.Errorf("version %q of a file that Drive does not know", item.Version)
			}
			_, opened, err := src.Open(t.Context(), item)
			if err != nil || opened.Name != "Sở Nội vụ" || !SameContent(opened.Version, opened.Version) {
				t.Errorf("opened %+v, %v", opened, err)
			}
		})
	}
}

func TestGoogleFaults(t *testing.T) {
	t.Run("not shared", func(t *testing.T) {
		s, d := withGoogle(t)
		s.AddSpreadsheet(spreadsheet, "Sở Nội vụ", googletest.Tab{Title: "DS"})
		s.Share(spreadsheet, false)
		src := sheetSource(t, d)
		_, _, err := src.Open(t.Context(), list(t, src).Items[0])
		for _, err := range []error{err, src.Test(t.Context())} {
			if !errors.Is(err, ErrNotShared) || !strings.Contains(err.Error(), googletest.Account) || !strings.Contains(err.Error(), "chia sẻ") {
				t.Errorf("error %v", err)
			}
		}
	})
	t.Run("a document that is no table", func(t *testing.T) {
		s, d := withGoogle(t)
		s.AddFile(&drive.File{Id: spreadsheet, Name: "Công văn", MimeType: "application/vnd.google-apps.document"})
		if _, err := sheetSource(t, d).List(t.Context()); !errors.Is(err, ErrWrongKind) || !strings.Contains(err.Error(), "Công văn") {
			t.Errorf("List: %v", err)
		}
	})
	t.Run("a folder", func(t *testing.T) {
		s, d := withGoogle(t)
		s.AddFolder(spreadsheet, "Đăng ký 2024")
		if _, err := sheetSource(t, d).List(t.Context()); !errors.Is(err, ErrWrongKind) || !strings.Contains(err.Error(), "google_drive") {
			t.Errorf("List: %v", err)
		}
	})
	t.Run("in the bin", func(t *testing.T) {
		s, d := withGoogle(t)
		s.AddFile(&drive.File{Id: spreadsheet, Name: "DS", MimeType: google.SpreadsheetType, Trashed: true})
		if _, err := sheetSource(t, d).List(t.Context()); !errors.Is(err, ErrNotFound) {
			t.Errorf("List: %v", err)
		}
	})
	t.Run("google is down", func(t *testing.T) {
		s, d := withGoogle(t)
		s.Fail(googletest.Fault{Method: googletest.MethodFile, Status: 503, Times: 99})
		if _, err := sheetSource(t, d).List(t.Context()); !errors.Is(err, ErrUnreachable) {
			t.Errorf("List: %v", err)
		}
	})
	t.Run("no client", func(t *testing.T) {
		broken := func(context.Context) (*google.Client, error) {
			return google.New(t.Context(), google.Options{Credentials: filepath.Join(t.TempDir(), "khong-co.json")})
		}
		if err := sheetSource(t, Deps{Google: broken}).Test(t.Context()); !errors.Is(err, ErrCredentials) {
			t.Errorf("Test: %v", err)
		}
	})
	t.Run("too large", func(t *testing.T) {
		s, d := withGoogle(t)
		s.AddSpreadsheet(spreadsheet, "Sở Nội vụ", googletest.Tab{Title: "DS", Rows: [][]any{{"một"}, {"hai"}, {"ba"}}})
		d.Limits = sheet.DefaultLimits()
		d.Limits.Rows = 2
		if _, _, err := sheetSource(t, d).Open(t.Context(), Item{}); !errors.Is(err, sheet.ErrTooLarge) {
			t.Errorf("Open: %v", err)
		}
	})
}
