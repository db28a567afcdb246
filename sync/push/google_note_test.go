package push_test

import (
	"strings"
	"testing"

	"google.golang.org/api/sheets/v4"

	"doisoat/sync/google/googletest"
	"doisoat/sync/push"
)

// note is the note of a cell of the agency's own tab, 0-based.
func (f *fixture) note(row, col int) string {
	f.Helper()
	for _, s := range f.server.Spreadsheet(bookID).Sheets {
		if s.Properties.SheetId == listID && row < len(s.Data[0].RowData) && col < len(s.Data[0].RowData[row].Values) {
			if c := s.Data[0].RowData[row].Values[col]; c != nil {
				return c.Note
			}
		}
	}
	return ""
}

func (f *fixture) writeNote(row, col int64, text string) {
	f.Helper()
	f.edit(&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start:  &sheets.GridCoordinate{SheetId: listID, RowIndex: row, ColumnIndex: col},
		Rows:   []*sheets.RowData{{Values: []*sheets.CellData{{Note: text}}}},
		Fields: "note",
	}})
}

func TestNotesComeAndGo(t *testing.T) {
	f := newFixture(t)
	date := push.Comment{Sheet: "Danh sách", Cell: "C4", Code: bé.code, Text: "DL03-BBBB: Ngày sinh 30/02/1985 không có thật.\nSửa theo giấy khai sinh."}
	name := push.Comment{Sheet: "Danh sách", Cell: "B4", Code: "DL04-CCCC", Text: "=IMPORTXML(1) ▸ tên lạ"}
	second := push.Comment{Sheet: "Danh sách", Cell: "C4", Code: "DL05-DDDD", Text: "Tuổi quá nhỏ."}
	tab := findings("01:00", bé)

	f.write(tab)
	f.writeNote(3, 1, "Chị Bé: xem lại hồ sơ\n")
	f.writeNote(3, 0, "ghi chú của cơ quan")
	f.notes = []push.Comment{date, name}
	if r := f.write(tab); !r.Written {
		t.Error("no notes were written")
	}
	if got := f.note(3, 2); !strings.HasPrefix(got, "▸ DL03-BBBB: Ngày sinh 30/02/1985 không có thật. Sửa theo giấy khai sinh. (Đối soát DL03-BBBB/") {
		t.Errorf("note %q", got)
	}
	if got := f.note(3, 1); !strings.HasPrefix(got, "Chị Bé: xem lại hồ sơ\n\n\n▸ =IMPORTXML(1) - tên lạ (Đối soát DL04-CCCC/") {
		t.Errorf("note %q", got)
	}
	f.isSettled(tab)

	// People write behind our passage, the row moves, a second finding comes.
	f.writeNote(3, 2, f.note(3, 2)+"\nđã gửi bản sao giấy khai sinh")
	f.isSettled(tab)
	f.edit(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: listID, Dimension: "ROWS", StartIndex: 2, EndIndex: 3},
	}})
	date.Cell, name.Cell, second.Cell = "C5", "B5", "C5"
	f.notes = []push.Comment{date, name, second}
	f.write(tab)
	if got := f.note(4, 2); !strings.HasPrefix(got, "\nđã gửi bản sao giấy khai sinh\n\n▸ DL03-BBBB") || strings.Count(got, "▸") != 2 {
		t.Errorf("note %q", got)
	}

	// A passage that somebody rewrote is theirs, and is not written again.
	edited := strings.Replace(f.note(4, 1), "tên lạ", "tên đúng rồi", 1)
	f.writeNote(4, 1, edited)
	f.isSettled(tab)

	// The findings are gone: so is all of ours, and nothing else.
	f.notes = []push.Comment{}
	f.server.ResetCounts()
	f.write(tab)
	if got := f.server.Count(googletest.MethodUpdate); got != 1 {
		t.Errorf("%d writes", got)
	}
	for _, want := range []struct {
		col  int
		note string
	}{{0, "ghi chú của cơ quan"}, {1, edited}, {2, "\nđã gửi bản sao giấy khai sinh"}} {
		if got := f.note(4, want.col); got != want.note {
			t.Errorf("column %d: note %q, want %q", want.col, got, want.note)
		}
	}

	// Nobody who did not ask for notes has any of theirs looked at.
	f.notes = nil
	f.isSettled(tab)
	if cell := f.server.Spreadsheet(bookID).Sheets; len(cell) != 2 {
		t.Errorf("%d tabs", len(cell))
	}
}

// TestNotesTypedMeanwhile: what people type into a cell's note, or do to its
// row, while the spreadsheet is read and the write waits for its turn, stays.
func TestNotesTypedMeanwhile(t *testing.T) {
	date := push.Comment{Sheet: "Danh sách", Cell: "C4", Code: bé.code, Text: "Ngày sinh không có thật."}
	for name, tt := range map[string]struct {
		meanwhile func(f *fixture)
		row       int // where the note is looked for
		want      string
		ours      bool
	}{
		"a note":         {func(f *fixture) { f.writeNote(3, 2, "chờ chị Bé gửi giấy khai sinh") }, 3, "chờ chị Bé gửi giấy khai sinh", true},
		"a row above it": {func(f *fixture) { f.edit(insertedRow(2)); f.writeNote(3, 2, "của người khác") }, 3, "của người khác", false},
		"a mended date": {func(f *fixture) {
			if err := f.server.Type(bookID, listID, 3, 2, "01/02/1985"); err != nil {
				f.Error(err)
			}
		}, 3, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.notes = []push.Comment{date}
			f.server.Before(googletest.MethodGet, 1, func() { tt.meanwhile(f) })
			f.write(findings("01:00", bé))
			theirs, ours, _ := strings.Cut(f.note(tt.row, 2), "▸")
			if strings.TrimSpace(theirs) != tt.want || (ours != "") != tt.ours {
				t.Errorf("note %q", f.note(tt.row, 2))
			}
		})
	}
}

func insertedRow(at int64) *sheets.Request {
	return &sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{
		Range: &sheets.DimensionRange{SheetId: listID, Dimension: "ROWS", StartIndex: at, EndIndex: at + 1},
	}}
}
