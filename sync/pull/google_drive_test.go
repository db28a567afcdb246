package pull

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google/googletest"
	"doisoat/sync/sheet"
)

const (
	driveRoot = "0AbCDangKy2024"
	xlsxType  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csvList   = "TT,Họ và tên\n1,Nguyễn Văn Ân\n"
)

// driveSource is a folder with a native spreadsheet in it and a subfolder for
// the agency S05 with an uploaded file.
func driveSource(t *testing.T) (*googletest.Server, Source) {
	t.Helper()
	s, d := withGoogle(t)
	s.AddFolder(driveRoot, "Đăng ký 2024")
	s.AddFolder("fS05", "S05", driveRoot)
	s.AddSpreadsheet(spreadsheet, "Sở Nội vụ", googletest.Tab{ID: 7, Title: "DS", Rows: [][]any{{"một"}}})
	s.Move(spreadsheet, driveRoot)
	s.Upload("uCSV", "danh sach.csv", "text/csv", []byte(csvList), "fS05")
	src, err := New(Settings{Type: "google_drive", ID: driveRoot}, d)
	if err != nil {
		t.Fatal(err)
	}
	s.ResetCounts()
	return s, src
}

func driveID(id string) string { return "google_drive:" + driveRoot + "/" + id }

func itemNames(l Listing) (all []string) {
	for _, it := range l.Items {
		all = append(all, fmt.Sprintf("%s %s [%s]", strings.TrimPrefix(it.Source, driveID("")), it.Name, it.Folder))
	}
	return all
}

func listed(t *testing.T, src Source, id string) Item {
	t.Helper()
	for _, it := range list(t, src).Items {
		if it.Source == driveID(id) {
			return it
		}
	}
	t.Fatalf("%s is not listed", id)
	return Item{}
}

func TestDriveFolderIsListedWithoutReading(t *testing.T) {
	s, src := driveSource(t)
	s.AddFolder("fDeep", "Đợt 1", "fS05")
	s.Upload("uDeep", "bổ sung.xls", "application/octet-stream", []byte("x"), "fDeep")
	s.Upload("uPDF", "cong van.pdf", "application/pdf", []byte("x"), driveRoot)
	s.Upload("uLock", "~$danh sach.xlsx", xlsxType, []byte("x"), driveRoot)
	s.AddSpreadsheet("other", "Bảng ở nơi khác", googletest.Tab{Title: "DS"})
	s.AddShortcut("sc", "lối tắt", "other", driveRoot)
	s.AddShortcut("scBack", "về gốc", driveRoot, "fDeep")
	s.Upload("uBin", "cũ.xlsx", xlsxType, []byte("x"), driveRoot)
	s.Trash("uBin", true)
	l := list(t, src)
	want := []string{"1AbCSoNoiVu Sở Nội vụ []", "other Bảng ở nơi khác []", "uCSV danh sach.csv [S05]", "uDeep bổ sung.xls [S05]"}
	if diff := cmp.Diff(want, itemNames(l)); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	reasons := map[string]Reason{}
	for _, skip := range l.Skipped {
		reasons[skip.Name] = skip.Reason
	}
	if diff := cmp.Diff(map[string]Reason{"cong van.pdf": NotSpreadsheet, "~$danh sach.xlsx": Temporary}, reasons); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	// One listing for each level, one look at what the shortcut leads to.
	if lists, files := s.Count(googletest.MethodList), s.Count(googletest.MethodFile); lists != 3 || files != 1 {
		t.Errorf("%d listings and %d looks at files, want 3 and 1", lists, files)
	}
	if n := s.Count(googletest.MethodGet) + s.Count(googletest.MethodDownload); n != 0 {
		t.Errorf("%d documents were read by a listing", n)
	}
}

func TestAThousandFilesAreOneListing(t *testing.T) {
	s, src := driveSource(t)
	for i := range 1500 {
		s.Upload(fmt.Sprintf("u%04d", i), fmt.Sprintf("ds %d.xlsx", i), xlsxType, nil, driveRoot)
	}
	for i := range 60 { // of two batches
		s.AddFolder(fmt.Sprintf("f%d", i), fmt.Sprintf("H%02d", i), driveRoot)
	}
	s.ResetCounts()
	l := list(t, src)
	if len(l.Items) != 1502 {
		t.Errorf("%d items", len(l.Items))
	}
	if got := s.Count(googletest.MethodList); got != 2+2 {
		t.Errorf("%d listings, want two for 1,562 children and two for 61 subfolders", got)
	}
}

func TestDriveVersions(t *testing.T) {
	tests := map[string]struct {
		change    func(s *googletest.Server)
		id        string
		unchanged bool
	}{
		"nothing":                     {func(*googletest.Server) {}, spreadsheet, true},
		"edited":                      {func(s *googletest.Server) { _ = s.Type(spreadsheet, 7, 0, 0, "hai") }, spreadsheet, false},
		"renamed":                     {func(s *googletest.Server) { s.Rename(spreadsheet, "Sở Nội vụ (sửa tên)") }, spreadsheet, true},
		"renamed and edited":          {func(s *googletest.Server) { s.Rename(spreadsheet, "x"); _ = s.Type(spreadsheet, 7, 0, 0, "hai") }, spreadsheet, false},
		"shared, commented":           {func(s *googletest.Server) { s.ViewOnly(spreadsheet, true) }, spreadsheet, false},
		"moved to another agency":     {func(s *googletest.Server) { s.Move(spreadsheet, "fS05") }, spreadsheet, false},
		"upload renamed":              {func(s *googletest.Server) { s.Rename("uCSV", "ds.csv") }, "uCSV", true},
		"upload moved below":          {func(s *googletest.Server) { s.AddFolder("fx", "Đợt 2", "fS05"); s.Move("uCSV", "fx") }, "uCSV", true},
		"upload moved to an agency":   {func(s *googletest.Server) { s.Move("uCSV", driveRoot) }, "uCSV", false},
		"upload sent again":           {func(s *googletest.Server) { s.Upload("uCSV", "danh sach.csv", "text/csv", []byte(csvList)) }, "uCSV", true},
		"upload replaced by new data": {func(s *googletest.Server) { s.Upload("uCSV", "danh sach.csv", "text/csv", []byte("TT\n")) }, "uCSV", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, src := driveSource(t)
			_, read, err := src.Open(t.Context(), listed(t, src, tt.id))
			if err != nil {
				t.Fatal(err)
			}
			tt.change(s)
			now := listed(t, src, tt.id)
			if got := Unchanged(read.Version, now.Version); got != tt.unchanged {
				t.Errorf("unchanged: %v, want %v\n%s\n%s", got, tt.unchanged, read.Version, now.Version)
			}
		})
	}
}

func TestDriveDocumentsAreOpened(t *testing.T) {
	s, src := driveSource(t)
	for id, format := range map[string]string{spreadsheet: "google_sheet", "uCSV": "csv"} {
		for _, it := range []Item{listed(t, src, id), {Source: driveID(id)}} {
			book, opened, err := src.Open(t.Context(), it)
			if err != nil || book.Format() != format || opened.Source != driveID(id) || ContentOf(opened.Version) == "" {
				t.Errorf("%s: %+v, %v", id, opened, err)
			}
		}
	}
	raw, err := src.(RawSource).OpenRaw(t.Context(), Item{Source: driveID("uCSV")})
	_, opened, openErr := src.Open(t.Context(), listed(t, src, "uCSV"))
	if err != nil || openErr != nil || !SameContent(raw.Item.Version, opened.Version) || raw.Size != int64(len(csvList)) {
		t.Errorf("raw: %+v, %v, %v", raw.Item, err, openErr)
	}
	s.Fail(googletest.Fault{Method: googletest.MethodDownload, Broken: true, Applied: true})
	if _, _, err := src.Open(t.Context(), listed(t, src, "uCSV")); err != nil {
		t.Errorf("a download that broke off was not repeated: %v", err)
	}
}

func TestAnnotatedCopyOnDriveStandsForItsDocument(t *testing.T) {
	s, src := driveSource(t)
	s.Upload("uDS", "DS.xlsx", xlsxType, []byte("a"), "fS05")
	s.Upload("uCopy", "DS - SAI LỆCH.xlsx", xlsxType, []byte("b"), "fS05")
	s.Upload("uCopy", "DS - SAI LỆCH.xlsx", xlsxType, []byte("c")) // newer than the document
	s.Upload("uForeign", "danh sach - SAI LỆCH.xlsx", xlsxType, []byte("d"), "fS05")
	it := listed(t, src, "uDS")
	if it.Path != "uCopy" || it.Name != "DS.xlsx" || it.Copy != "DS - SAI LỆCH.xlsx" || it.AnswersOnly {
		t.Errorf("the copy gives %+v", it)
	}
	if foreign := listed(t, src, "uForeign"); !foreign.AnswersOnly {
		t.Errorf("the workbook made for a .csv gives %+v", foreign)
	}
	if n := len(list(t, src).Items); n != 4 {
		t.Errorf("%d items", n)
	}
}

// TestSourcesInAFolderAreNotReadTwice: what is a source by itself is no part of
// the folder that it lies in.
func TestSourcesInAFolderAreNotReadTwice(t *testing.T) {
	s, src := driveSource(t)
	s.Upload("uOther", "khac.xlsx", xlsxType, []byte("x"), driveRoot)
	src.(*googleDrive).settings.Exclude = []string{spreadsheet, "fS05"}
	if got := itemNames(list(t, src)); len(got) != 1 || !strings.HasPrefix(got[0], "uOther") {
		t.Errorf("items %q", got)
	}
}

// TestShortcutsToOtherSources: what another source reads is not read again
// through a shortcut to it, or to a folder below which it lies.
func TestShortcutsToOtherSources(t *testing.T) {
	s, src := driveSource(t)
	s.AddFolder("other", "Nguồn khác")
	s.AddFolder("fS07", "S07", "other")
	s.AddFolder("fDeep", "Đợt 1", "fS07")
	s.AddSpreadsheet("theirs", "Sở Y tế", googletest.Tab{Title: "DS"})
	s.Move("theirs", "fDeep")
	s.AddSpreadsheet("free", "Bảng ở nơi khác", googletest.Tab{Title: "DS"})
	s.AddShortcut("scFile", "lối tắt tới tệp", "theirs", driveRoot)
	s.AddShortcut("scFolder", "S07", "fS07", driveRoot)
	s.AddShortcut("scFree", "lối tắt khác", "free", driveRoot)
	src.(*googleDrive).settings.Exclude = []string{"other"}
	if got := itemNames(list(t, src)); len(got) != 3 || slices.ContainsFunc(got, func(x string) bool { return strings.HasPrefix(x, "theirs") }) {
		t.Errorf("items %q", got)
	}
}

// TestFolderThatCannotBeSeen: one folder that the account may not look into
// hides nothing of the others, whether a shortcut leads to it or its sharing
// ends while the level below is listed.
func TestFolderThatCannotBeSeen(t *testing.T) {
	for name, spoil := range map[string]func(s *googletest.Server){
		"behind a shortcut": func(s *googletest.Server) { s.Share("closed", false); s.AddShortcut("sc", "S09", "closed", driveRoot) },
		"while it is listed": func(s *googletest.Server) {
			s.Move("closed", driveRoot)
			s.Before(googletest.MethodList, 1, func() { s.Share("closed", false) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, src := driveSource(t)
			for _, code := range []string{"S06", "S07", "S08"} {
				s.AddFolder("f"+code, code, driveRoot)
				s.Upload("u"+code, "danh sach.csv", "text/csv", []byte(csvList), "f"+code)
			}
			s.AddFolder("closed", "S09")
			spoil(s)
			listing := list(t, src)
			if got := itemNames(listing); len(got) != 5 {
				t.Errorf("items %q", got)
			}
			said := slices.ContainsFunc(listing.Skipped, func(x Skip) bool {
				return x.Failed() && x.Name == "S09" && strings.Contains(x.Message, googletest.Account)
			})
			if !said {
				t.Errorf("skipped %+v", listing.Skipped)
			}
		})
	}
}

// TestShortcutIntoASharedDrive: what lies beside the shortcut, at whatever
// depth, is listed where it is.
func TestShortcutIntoASharedDrive(t *testing.T) {
	s, src := driveSource(t)
	s.AddFolder("fDeep", "Đợt 1", "fS05")
	s.Upload("uDeep", "bổ sung.csv", "text/csv", []byte(csvList), "fDeep")
	s.AddFolder("fShared", "Thư mục chung")
	s.AddFolder("fSharedDeep", "Đợt 2", "fShared")
	s.Upload("uShared", "chung.csv", "text/csv", []byte(csvList), "fSharedDeep")
	for id, parent := range map[string]string{"fShared": "", "fSharedDeep": "fShared", "uShared": "fSharedDeep"} {
		s.MoveToDrive(id, "0ADrive", slices.DeleteFunc([]string{parent}, func(p string) bool { return p == "" })...)
	}
	s.AddShortcut("sc", "A chung", "fShared", driveRoot)
	if got := itemNames(list(t, src)); len(got) != 4 {
		t.Errorf("items %q", got)
	}
}

// TestIDOfAnUploadedFile: people take a spreadsheet's id from the browser,
// which shows uploaded files just the same.
func TestIDOfAnUploadedFile(t *testing.T) {
	for name, silence := range map[string]func(s *googletest.Server){
		"listed":                        func(*googletest.Server) {},
		"Drive does not say what it is": func(s *googletest.Server) { s.Fail(googletest.Fault{Method: googletest.MethodFile, Status: 404}) },
	} {
		t.Run(name, func(t *testing.T) {
			s, d := withGoogle(t)
			s.Upload(spreadsheet, "danh sach.csv", "text/csv", []byte(csvList))
			src := sheetSource(t, d)
			silence(s)
			item := list(t, src).Items[0]
			book, opened, err := src.Open(t.Context(), item)
			if err != nil || book.Format() != "csv" || ContentOf(opened.Version) == "" {
				t.Fatalf("opened %+v, %v", opened, err)
			}
			if err := src.Test(t.Context()); err != nil {
				t.Errorf("Test: %v", err)
			}
		})
	}
}

func TestSharedDrive(t *testing.T) {
	s, src := driveSource(t)
	for _, id := range []string{driveRoot, "fS05", spreadsheet, "uCSV"} {
		s.MoveToDrive(id, "0ADrive", map[string][]string{"fS05": {driveRoot}, spreadsheet: {driveRoot}, "uCSV": {"fS05"}}[id]...)
	}
	if got := itemNames(list(t, src)); len(got) != 2 {
		t.Errorf("items %q", got)
	}
	for _, id := range []string{spreadsheet, "uCSV"} {
		if _, _, err := src.Open(t.Context(), listed(t, src, id)); err != nil {
			t.Error(err)
		}
	}
}

func TestDriveFolderFaults(t *testing.T) {
	tests := map[string]struct {
		spoil func(s *googletest.Server)
		kind  error
		words []string
	}{
		"not shared": {func(s *googletest.Server) { s.Share(driveRoot, false) }, ErrNotShared, []string{"thư mục", googletest.Account, "chia sẻ"}},
		"in the bin": {func(s *googletest.Server) { s.Trash(driveRoot, true) }, ErrNotFound, []string{"Đăng ký 2024", "thùng rác"}},
		"api not enabled": {
			func(s *googletest.Server) { s.Enable(googletest.DriveAPI, false) }, ErrCredentials,
			[]string{"Google Drive API", "bật"},
		},
		"a spreadsheet in it is view only": {
			func(s *googletest.Server) { s.ViewOnly(spreadsheet, true) }, ErrViewOnly,
			[]string{"1 bảng tính", "Sở Nội vụ", "Người chỉnh sửa", googletest.Account},
		},
		"view only": {func(s *googletest.Server) { s.ViewOnly(driveRoot, true) }, ErrViewOnly, []string{"Người chỉnh sửa", googletest.Account}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, src := driveSource(t)
			tt.spoil(s)
			err := src.Test(t.Context())
			if !errors.Is(err, tt.kind) {
				t.Fatalf("Test: %v", err)
			}
			for _, w := range tt.words {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q is not in %v", w, err)
				}
			}
			if _, err := src.List(t.Context()); tt.kind != ErrViewOnly && !errors.Is(err, tt.kind) {
				t.Errorf("List: %v", err)
			}
		})
	}
	t.Run("a spreadsheet instead of a folder", func(t *testing.T) {
		_, d := withGoogle(t)
		src, err := New(Settings{Type: "google_drive", ID: spreadsheet}, d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := src.List(t.Context()); !errors.Is(err, ErrNotShared) {
			t.Errorf("an id of nothing: %v", err)
		}
	})
	t.Run("one spreadsheet behind a shortcut is not shared", func(t *testing.T) {
		s, src := driveSource(t)
		s.AddSpreadsheet("other", "Sở Tài chính", googletest.Tab{Title: "DS"})
		s.AddShortcut("sc", "S04 - đăng ký", "other", driveRoot)
		s.Share("other", false)
		_, _, err := src.Open(t.Context(), listed(t, src, "other"))
		if !errors.Is(err, ErrNotShared) || !strings.Contains(err.Error(), googletest.Account) {
			t.Errorf("Open: %v", err)
		}
	})
}

// TestLargeSpreadsheetIsReadInPieces reads a list of many rows, and holds the
// pieces to the grid that one answer would have given.
func TestLargeSpreadsheetIsReadInPieces(t *testing.T) {
	s, src := driveSource(t)
	rows := make([][]any, 5_000)
	note := strings.Repeat("Đã bồi dưỡng ngạch chuyên viên. ", 25)
	for i := range rows {
		rows[i] = []any{i + 1, fmt.Sprintf("Nguyễn Văn Ân %d", i), "15/08/1979", nil, note}
	}
	rows[900] = nil
	s.AddSpreadsheet("big", "Toàn tỉnh", googletest.Tab{
		ID: 3, Title: "DS 'tất cả'", Rows: rows, HiddenRows: []int64{5, 4_000}, HiddenCols: []int64{2},
		Merges: []*sheets.GridRange{{StartRowIndex: 3, EndRowIndex: 5, EndColumnIndex: 1}},
	})
	s.Move("big", driveRoot)
	it := listed(t, src, "big")
	s.ResetCounts()
	book, opened, err := src.Open(t.Context(), it)
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Count(googletest.MethodGet); n < 4 || n > 12 {
		t.Errorf("%d requests", n)
	}
	grid, err := book.Read(t.Context(), 0)
	if err != nil || len(grid.Rows) != len(rows)-1 || len(grid.Merges) != 1 || !grid.HiddenCols[3] {
		t.Fatalf("%d rows, %v, %v", len(grid.Rows), grid.Merges, err)
	}
	if !slices.IsSortedFunc(grid.Rows, func(a, b sheet.Row) int { return a.Number - b.Number }) ||
		!grid.Rows[5].Hidden || grid.Rows[4_998].Number != 5_000 {
		t.Error("rows are out of place")
	}
	answer := s.Spreadsheet("big")
	whole, err := wholeBook(t.Context(), answer, sheet.DefaultLimits())
	if err != nil || ContentOf(opened.Version) != whole.version() {
		t.Errorf("the pieces have the version %s, the whole %s (%v)", ContentOf(opened.Version), whole.version(), err)
	}
	// Known to be large, it is asked for in pieces at once.
	before := s.Count(googletest.MethodGet)
	it.Large = opened.Large
	s.ResetCounts()
	if _, again, err := src.Open(t.Context(), it); err != nil || !again.Large || !SameContent(again.Version, opened.Version) {
		t.Errorf("once more: %+v, %v", again, err)
	}
	if n := s.Count(googletest.MethodGet); n != before-1 {
		t.Errorf("%d requests, the first time %d", n, before)
	}
	s.Before(googletest.MethodGet, 2, func() {
		if err := s.Apply("big", renameTab(3, "Đổi tên")); err != nil {
			t.Error(err)
		}
	})
	if book, _, err := src.Open(t.Context(), it); err != nil || book.Sheets()[0].Name != "Đổi tên" {
		t.Errorf("a tab that was renamed between two pieces: %v", err)
	}
	if err := s.Apply("big", &sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: 3, Dimension: "ROWS", StartIndex: 100, EndIndex: 5_000},
	}}); err != nil {
		t.Fatal(err)
	}
	if _, small, err := src.Open(t.Context(), it); err != nil || small.Large {
		t.Errorf("after it shrank: %+v, %v", small, err)
	}
}

func renameTab(id int64, title string) *sheets.Request {
	return &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: id, Title: title}, Fields: "title",
	}}
}
