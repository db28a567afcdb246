package push_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
	"doisoat/sync/google/googletest"
	"doisoat/sync/google/googletest/discovery"
	"doisoat/sync/push"
)

const (
	bookID = "1AbCSoNoiVu"
	listID = 7 // the agency's own tab
)

// fixture is a spreadsheet of an agency and a client that may edit it.
type fixture struct {
	*testing.T
	server *googletest.Server
	client *google.Client
	// refusals: Google may refuse a request, since somebody edits meanwhile.
	refusals bool
	notes    []push.Comment
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	s := googletest.New()
	s.CheckWith(discovery.ForTest(t))
	t.Cleanup(s.Close)
	s.AddSpreadsheet(bookID, "Sở Nội vụ - đăng ký 2024", googletest.Tab{ID: listID, Title: "Danh sách", Rows: [][]any{
		{"DANH SÁCH ĐĂNG KÝ"},
		{"TT", "Họ và tên", "Ngày sinh"},
		{1, "Nguyễn Văn Ân", time.Date(1979, 8, 15, 0, 0, 0, 0, time.UTC)},
		{2, "Trần Thị Bé", "30/02/1985"},
	}})
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
	return &fixture{T: t, server: s, client: c}
}

// problem is a row of the tab in a test.
type problem struct{ code, person, cell, found, status string }

var (
	ân  = problem{"DL02-AAAA", "Nguyễn Văn Ân", "C3", "15/08/1979", "mới"}
	bé  = problem{"DL03-BBBB", "Trần Thị Bé", "C4", "30/02/1985", "mới"}
	chi = problem{"NG01-CCCC", "Lê Chi", "B5", "Lê Chi", "mới"}
)

func findings(when string, problems ...problem) report.Tab {
	columns := []report.Column{
		{Title: reconcile.ColumnCode},
		{Title: reconcile.ColumnSeverity},
		{Title: reconcile.ColumnPerson},
		{Title: reconcile.ColumnPlace},
		{Title: reconcile.ColumnFound},
		{Title: reconcile.ColumnStatus},
		{Title: reconcile.ColumnAnswer, Staff: true, Choices: []string{"đã sửa", "dữ liệu đúng"}},
		{Title: reconcile.ColumnText, Staff: true},
		{Title: reconcile.ColumnOpinion},
	}
	table := report.Block{Kind: report.Table, Columns: columns, Rows: [][]report.Cell{nil}}
	open := 0
	for _, c := range columns {
		table.Rows[0] = append(table.Rows[0], report.Cell{Value: c.Title, Style: report.Header})
	}
	for _, p := range problems {
		gone := p.status == report.StatusSolved
		if !gone {
			open++
		}
		row := []report.Cell{
			{Value: p.code, Style: report.Bold},
			{Value: "lỗi", Style: report.ErrorMark},
			{Value: p.person},
			{Value: "Danh sách!" + p.cell, Link: &report.Link{Origin: &reconcile.Origin{Sheet: "Danh sách", Cell: p.cell}}},
			{Value: p.found},
			{Value: p.status, Style: report.Centered, Volatile: true},
			{Value: "", Style: report.StaffCell},
			{Value: "", Style: report.StaffCell},
			{Value: ""},
		}
		for i := range row {
			row[i].Volatile = row[i].Volatile || gone
		}
		table.Rows = append(table.Rows, row)
	}
	head := report.Block{Rows: [][]report.Cell{
		{{Value: "SAI LỆCH CẦN RÀ SOÁT: Sở Nội vụ", Style: report.Title, Span: 9}},
		{{Value: "Đang mở", Style: report.Label, Span: 2}, {Value: open, Style: report.Bold}},
		{{Value: "Thời điểm đối soát", Style: report.Label, Span: 2}, {Value: when, Volatile: true, Span: 7}},
	}}
	return report.Tab{
		Name: reconcile.DiscrepancyTab, Blocks: []report.Block{head, table},
		Widths: []float64{12, 10, 20, 16, 20, 12, 14, 24, 18}, FreezeRow: 4, Filter: true,
	}
}

// Columns and rows of the tab as it is first made.
const (
	codeCol, foundCol, statusCol, answerCol, textCol = 0, 4, 5, 6, 7

	headerRow, firstRow = 3, 4
)

func (f *fixture) write(tab report.Tab) push.TabResult {
	f.Helper()
	r, err := push.WriteTab(f.Context(), f.client, push.Spreadsheet{ID: bookID}, tab, f.notes)
	if err != nil {
		f.Fatal(err)
	}
	if bad := f.server.Refused(); len(bad) > 0 && !f.refusals {
		f.Fatalf("requests that Google would refuse: %q", bad)
	}
	return r
}

// own is the tab that the service made.
func (f *fixture) own() *sheets.Sheet {
	f.Helper()
	for _, s := range f.server.Spreadsheet(bookID).Sheets {
		for _, m := range s.DeveloperMetadata {
			if m.MetadataKey == "doisoat.tab" {
				return s
			}
		}
	}
	f.Fatal("the tab is not there")
	return nil
}

func (f *fixture) edit(requests ...*sheets.Request) {
	f.Helper()
	if err := f.server.Apply(bookID, requests...); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) typeInto(row, col int64, text string) {
	f.Helper()
	if err := f.server.Type(bookID, f.own().Properties.SheetId, row, col, text); err != nil {
		f.Fatal(err)
	}
}

func text(c *sheets.CellData) string {
	if c == nil {
		return ""
	}
	return c.FormattedValue
}

// answers are the answers in the tab by code, as "answer|text", blank ones too.
func (f *fixture) answers() map[string]string {
	f.Helper()
	all := make(map[string]string)
	rows := f.own().Data[0].RowData
	col := make(map[string]int)
	for _, r := range rows {
		if len(col) == 0 {
			for j, c := range r.Values {
				if text(c) == reconcile.ColumnCode {
					for k, h := range r.Values {
						col[text(h)] = k
					}
					_ = j
				}
			}
			continue
		}
		at := func(title string) string {
			if k, ok := col[title]; ok && k < len(r.Values) {
				return text(r.Values[k])
			}
			return ""
		}
		if code := at(reconcile.ColumnCode); code != "" {
			all[code] = at(reconcile.ColumnAnswer) + "|" + at(reconcile.ColumnText)
		}
	}
	return all
}

func (f *fixture) rowOf(code string) int64 {
	f.Helper()
	for i, r := range f.own().Data[0].RowData {
		for _, c := range r.Values {
			if text(c) == code {
				return int64(i)
			}
		}
	}
	f.Fatalf("no row of %s", code)
	return 0
}

func TestTabIsMadeOnceAndFoundAgain(t *testing.T) {
	f := newFixture(t)
	if r := f.write(findings("01:00", ân, bé)); !r.Written {
		t.Error("the tab was not written")
	}
	if got := f.server.Count(googletest.MethodUpdate) + f.server.Count(googletest.MethodGet); got != 2 {
		t.Errorf("%d requests to make the tab, want one read and one write", got)
	}
	tab := f.own()
	if tab.Properties.Title != "SAI LỆCH" || tab.Properties.Index != 0 || tab.Properties.GridProperties.FrozenRowCount != 4 {
		t.Errorf("properties: %+v", tab.Properties)
	}
	if len(tab.ProtectedRanges) != 1 || !tab.ProtectedRanges[0].WarningOnly || len(tab.ProtectedRanges[0].UnprotectedRanges) != 2 {
		t.Errorf("protection: %+v", tab.ProtectedRanges)
	}
	if tab.BasicFilter == nil || tab.BasicFilter.Range.StartRowIndex != headerRow {
		t.Errorf("filter: %+v", tab.BasicFilter)
	}
	first := tab.Data[0].RowData[firstRow].Values
	if got := first[3].Hyperlink; got != "#gid=7&range=C3" {
		t.Errorf("link %q", got)
	}
	if v := first[answerCol].DataValidation; v == nil || v.Strict || len(v.Condition.Values) != 2 {
		t.Errorf("drop-down: %+v", v)
	}

	// A later run with nothing new writes nothing, whatever became of the tab.
	f.edit(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: tab.Properties.SheetId, Title: "Góp ý của tỉnh", Index: 2}, Fields: "title,index",
	}})
	f.server.ResetCounts()
	still := ân
	still.status = "còn"
	if r := f.write(findings("02:00", still, bé)); r.Written {
		t.Error("written though only the time of the run changed")
	}
	if got := f.server.Count(googletest.MethodUpdate); got != 0 {
		t.Errorf("%d writes for nothing", got)
	}
	if got := len(f.server.Spreadsheet(bookID).Sheets); got != 2 {
		t.Errorf("%d tabs, want 2", got)
	}
}

func TestNothingCanRunAsAFormula(t *testing.T) {
	f := newFixture(t)
	texts := []string{`=IMPORTXML("http://x","//a")`, "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\n=1+1", "'=1"}
	var problems []problem
	for i, s := range texts {
		problems = append(problems, problem{"DL0" + string(rune('1'+i)) + "-X", s, "C3", s, "mới"})
	}
	f.write(findings("01:00", problems...))
	problems[0].found = "=NOW()"
	f.write(findings("02:00", problems...))
	for i, r := range f.own().Data[0].RowData {
		for j, c := range r.Values {
			if c.UserEnteredValue != nil && c.UserEnteredValue.FormulaValue != nil {
				t.Errorf("row %d column %d holds a formula", i, j)
			}
		}
	}
	if got := text(f.own().Data[0].RowData[firstRow].Values[foundCol]); got != "=NOW()" {
		t.Errorf("the text became %q", got)
	}
}

func TestAnswersStandWhereTheyStood(t *testing.T) {
	sheetOf := func(f *fixture) int64 { return f.own().Properties.SheetId }
	span := func(f *fixture, dimension string, from, to int64) *sheets.DimensionRange {
		return &sheets.DimensionRange{SheetId: sheetOf(f), Dimension: dimension, StartIndex: from, EndIndex: to}
	}
	edits := map[string]func(f *fixture){
		"nothing": func(*fixture) {},
		"rows inserted above and inside": func(f *fixture) {
			f.edit(
				&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: span(f, "ROWS", firstRow+1, firstRow+3)}},
				&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: span(f, "ROWS", 0, 2)}},
			)
		},
		"columns inserted": func(f *fixture) {
			f.edit(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: span(f, "COLUMNS", answerCol, answerCol+2)}})
		},
		"sorted the other way round": func(f *fixture) {
			f.edit(&sheets.Request{SortRange: &sheets.SortRangeRequest{
				Range:     &sheets.GridRange{SheetId: sheetOf(f), StartRowIndex: firstRow, EndRowIndex: firstRow + 3},
				SortSpecs: []*sheets.SortSpec{{DimensionIndex: codeCol, SortOrder: "DESCENDING"}},
			}})
		},
		"tab renamed": func(f *fixture) {
			f.edit(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
				Properties: &sheets.SheetProperties{SheetId: sheetOf(f), Title: "đã xem"}, Fields: "title",
			}})
		},
		"tab copied": func(f *fixture) {
			f.edit(&sheets.Request{DuplicateSheet: &sheets.DuplicateSheetRequest{SourceSheetId: sheetOf(f), InsertSheetIndex: 2}})
		},
		"column Căn cứ deleted": func(f *fixture) {
			f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{Range: span(f, "COLUMNS", foundCol, foundCol+1)}})
		},
	}
	changed := bé
	changed.found = "31/02/1985"
	want := map[string]string{
		ân.code:  "đã sửa|đã sửa theo lý lịch",
		bé.code:  "dữ liệu đúng|theo giấy khai sinh",
		chi.code: "|",
	}
	for name, edit := range edits {
		t.Run("before: "+name, func(t *testing.T) {
			f := answered(t)
			edit(f)
			r := f.write(findings("02:00", ân, changed, chi))
			if diff := cmp.Diff(want, f.answers()); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if len(r.Responses) != 2 {
				t.Errorf("responses: %+v", r.Responses)
			}
			f.isSettled(findings("03:00", ân, changed, chi))
		})
		t.Run("during: "+name, func(t *testing.T) {
			f := answered(t)
			f.refusals = true
			f.server.Before(googletest.MethodUpdate, 0, func() { edit(f) })
			f.write(findings("02:00", ân, changed, chi))
			if diff := cmp.Diff(want, f.answers()); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			f.isSettled(findings("03:00", ân, changed, chi))
		})
	}
}

// answered is a tab with two findings that staff have answered.
func answered(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.write(findings("01:00", ân, bé))
	f.typeInto(firstRow, answerCol, "đã sửa")
	f.typeInto(firstRow, textCol, "đã sửa theo lý lịch")
	f.typeInto(firstRow+1, answerCol, "dữ liệu đúng")
	f.typeInto(firstRow+1, textCol, "theo giấy khai sinh")
	return f
}

// isSettled requires that the next run has nothing to write, and that every
// finding's row says what it should.
func (f *fixture) isSettled(tab report.Tab) {
	f.Helper()
	if r := f.write(tab); r.Written {
		f.Error("the next run writes again")
	}
	for _, row := range tab.Blocks[1].Rows[1:] {
		code, _ := row[0].Value.(string)
		var shown []string
		for _, c := range f.own().Data[0].RowData[f.rowOf(code)].Values {
			shown = append(shown, text(c))
		}
		if person, _ := row[2].Value.(string); !strings.Contains(strings.Join(shown, "|"), person) {
			f.Errorf("the row of %s says %q", code, shown)
		}
	}
}

func TestAnswerTypedWhileTheRunWrites(t *testing.T) {
	f := newFixture(t)
	f.write(findings("01:00", ân, bé))
	f.server.Before(googletest.MethodUpdate, 0, func() { f.typeInto(firstRow+1, textCol, "đang xác minh") })
	changed := ân
	changed.found = "16/08/1979"
	f.write(findings("02:00", changed, bé))
	if got := f.answers()[bé.code]; got != "|đang xác minh" {
		t.Errorf("answer %q", got)
	}
	r := f.write(findings("03:00", changed, bé))
	want := []reconcile.Response{{
		Code: bé.code, Text: "đang xác minh",
		Origin: reconcile.Origin{Source: "google_sheet:" + bookID, Sheet: "SAI LỆCH", Row: firstRow + 2, Cell: "G6"},
	}}
	if diff := cmp.Diff(want, r.Responses); diff != "" {
		t.Errorf("responses (-want +got):\n%s", diff)
	}
}

func TestMendedFindingIsShownThenArchived(t *testing.T) {
	f := answered(t)
	mended := ân
	mended.status = report.StatusSolved
	f.write(findings("02:00", mended, bé))
	if got := text(f.own().Data[0].RowData[firstRow].Values[statusCol]); got != report.StatusSolved {
		t.Errorf("status %q, want đã sửa", got)
	}
	if r := f.write(findings("03:00", bé)); r.Written {
		t.Error("that a mended finding leaves is no reason to write")
	}
	f.write(findings("04:00", bé, chi))
	if got := text(f.own().Data[0].RowData[firstRow].Values[statusCol]); got != "lưu trữ" {
		t.Errorf("status %q, want lưu trữ", got)
	}
	spec := f.own().BasicFilter.FilterSpecs
	if len(spec) != 1 || spec[0].ColumnIndex != statusCol || spec[0].FilterCriteria.HiddenValues[0] != "lưu trữ" {
		t.Errorf("filter %+v", spec)
	}
	back := ân
	back.status = report.StatusReopened
	f.write(findings("05:00", back, bé, chi))
	if got := f.answers()[ân.code]; got != "đã sửa|đã sửa theo lý lịch" {
		t.Errorf("the old answer is %q", got)
	}
	if got := text(f.own().Data[0].RowData[firstRow].Values[statusCol]); got != report.StatusReopened {
		t.Errorf("status %q, want tái diễn", got)
	}
}

func TestDeletedPartsComeBack(t *testing.T) {
	f := answered(t)
	id := f.own().Properties.SheetId
	f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: id, Dimension: "ROWS", StartIndex: firstRow, EndIndex: firstRow + 1},
	}})
	f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: id, Dimension: "COLUMNS", StartIndex: textCol, EndIndex: textCol + 1},
	}})
	f.write(findings("02:00", ân, bé))
	want := map[string]string{ân.code: "|", bé.code: "dữ liệu đúng|"}
	if diff := cmp.Diff(want, f.answers()); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	f.isSettled(findings("03:00", ân, bé))

	f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: id, Dimension: "ROWS", StartIndex: headerRow, EndIndex: headerRow + 1},
	}})
	r := f.write(findings("04:00", ân, bé))
	if diff := cmp.Diff(want, f.answers()); diff != "" {
		t.Errorf("answers after the header came back (-want +got):\n%s", diff)
	}
	if len(r.Responses) != 1 || r.Responses[0].Code != bé.code || r.Responses[0].Answer != "dữ liệu đúng" {
		t.Errorf("responses without a header: %+v", r.Responses)
	}
	if tab := f.own(); tab.Properties.GridProperties.FrozenRowCount != headerRow+1 || tab.BasicFilter.Range.StartRowIndex != headerRow {
		t.Errorf("the header is not in its place: %+v, %+v", tab.Properties.GridProperties, tab.BasicFilter.Range)
	}
	f.isSettled(findings("05:00", ân, bé))

	f.edit(&sheets.Request{DeleteSheet: &sheets.DeleteSheetRequest{SheetId: id}})
	f.write(findings("06:00", ân, bé))
	f.isSettled(findings("07:00", ân, bé))
}

func TestOwnTabsOfTheAgencyAreNeverTouched(t *testing.T) {
	f := newFixture(t)
	f.edit(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{SheetId: 99, Title: "SAI LỆCH"}}})
	own := func() []*sheets.Sheet {
		var all []*sheets.Sheet
		for _, s := range f.server.Spreadsheet(bookID).Sheets {
			if len(s.DeveloperMetadata) == 0 {
				all = append(all, s)
			}
		}
		return all
	}
	before := own()
	f.write(findings("01:00", ân, bé))
	f.write(findings("02:00", ân, chi))
	if diff := cmp.Diff(before, own(), cmpopts.IgnoreFields(sheets.SheetProperties{}, "Index")); diff != "" {
		t.Errorf("the agency's tabs changed (-before +after):\n%s", diff)
	}
	if got := f.own().Properties.Title; got != "SAI LỆCH (2)" {
		t.Errorf("title %q", got)
	}
}

func TestFaultsDoNotWriteTwice(t *testing.T) {
	faults := map[string]googletest.Fault{
		"answer lost":         {Broken: true, Applied: true},
		"error, not applied":  {Status: 500},
		"error, but applied":  {Status: 503, Applied: true},
		"quota for a while":   {Status: 429, Times: 3, RetryAfter: "30"},
		"many errors in turn": {Status: 500, Times: 4},
	}
	changed := bé
	changed.found = "31/02/1985"
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			fault.Method = googletest.MethodUpdate
			f.server.Fail(fault)
			f.write(findings("01:00", ân, bé))
			f.typeInto(firstRow, answerCol, "đã sửa")
			f.server.Fail(fault)
			f.server.ExpireTokens()
			f.write(findings("02:00", ân, changed, chi))
			want := map[string]string{ân.code: "đã sửa|", bé.code: "|", chi.code: "|"}
			if diff := cmp.Diff(want, f.answers()); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if got := len(f.server.Spreadsheet(bookID).Sheets); got != 2 {
				t.Errorf("%d tabs, want 2", got)
			}
			f.isSettled(findings("03:00", ân, changed, chi))
		})
	}
}

func TestNotShared(t *testing.T) {
	f := newFixture(t)
	f.server.Share(bookID, false)
	_, err := push.WriteTab(t.Context(), f.client, push.Spreadsheet{ID: bookID}, findings("01:00", ân), nil)
	if !errors.Is(err, google.ErrNotShared) || !strings.Contains(err.Error(), googletest.Account) {
		t.Errorf("error %v", err)
	}
}

func TestRequestsOfARun(t *testing.T) {
	f := answered(t)
	f.server.ResetCounts()
	changed := bé
	changed.found = "31/02/1985"
	f.write(findings("02:00", ân, changed, chi))
	reads, writes := f.server.Count(googletest.MethodGet), f.server.Count(googletest.MethodUpdate)
	if reads != 1 || writes != 1 {
		t.Errorf("%d reads and %d writes for a changed tab, want 1 and 1", reads, writes)
	}
}

// TestLargeSpreadsheet: of a spreadsheet that is too large to be read as a whole
// only the tab is.
func TestLargeSpreadsheet(t *testing.T) {
	f := newFixture(t)
	rows := make([][]any, 3000)
	for i := range rows {
		rows[i] = []any{i, strings.Repeat("Ban Quản lý dự án đầu tư xây dựng ", 60)}
	}
	f.server.AddSpreadsheet(bookID, "Sở Nội vụ", googletest.Tab{ID: listID, Title: "Danh sách", Rows: rows})
	f.write(findings("01:00", ân, bé))
	f.typeInto(firstRow, answerCol, "đã sửa")
	changed := bé
	changed.found = "31/02/1985"
	f.write(findings("02:00", ân, changed))
	if got := f.answers()[ân.code]; got != "đã sửa|" {
		t.Errorf("the answer stands as %q", got)
	}
	f.isSettled(findings("03:00", ân, changed))
}
