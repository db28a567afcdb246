package googletest

import (
	"fmt"
	"time"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/sheets/v4"
)

// Tab is a sheet of a spreadsheet to add.
type Tab struct {
	ID    int64
	Title string
	// Rows hold nil, string, int, float64, bool, time.Time (a date), Formula,
	// or *sheets.CellData for anything else.
	Rows   [][]any
	Hidden bool
	Merges []*sheets.GridRange
	// HiddenRows and HiddenCols are 0-based.
	HiddenRows, HiddenCols []int64
}

// Formula is a cell with a formula and its result.
type Formula struct {
	Text   string
	Result any
}

// AddSpreadsheet puts a native spreadsheet on the server, shared with the
// account, in no folder; see Move.
func (s *Server) AddSpreadsheet(id, title string, tabs ...Tab) {
	b := &book{title: title, version: 1, modified: time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)}
	for _, spec := range tabs {
		b.tabs = append(b.tabs, newTab(spec))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[id] = b
}

func newTab(spec Tab) *tab {
	t := &tab{
		props:    sheets.SheetProperties{SheetId: spec.ID, Title: spec.Title, Hidden: spec.Hidden, SheetType: "GRID"},
		grid:     sheets.GridProperties{RowCount: int64(len(spec.Rows)) + 100, ColumnCount: 26},
		rowProps: make(map[int64]*sheets.DimensionProperties),
		colProps: make(map[int64]*sheets.DimensionProperties),
		merges:   spec.Merges,
	}
	for i, row := range spec.Rows {
		for j, v := range row {
			if v != nil {
				t.setCell(int64(i), int64(j), cellOf(v))
			}
		}
	}
	for _, i := range spec.HiddenRows {
		t.rowProps[i] = &sheets.DimensionProperties{PixelSize: 21, HiddenByUser: true}
	}
	for _, i := range spec.HiddenCols {
		t.colProps[i] = &sheets.DimensionProperties{PixelSize: 100, HiddenByUser: true}
	}
	return t
}

func cellOf(v any) *sheets.CellData {
	switch v := v.(type) {
	case *sheets.CellData:
		return v
	case Formula:
		return settle(&sheets.CellData{
			UserEnteredValue: &sheets.ExtendedValue{FormulaValue: &v.Text},
			EffectiveValue:   valueOf(v.Result),
		})
	case time.Time:
		return settle(&sheets.CellData{
			UserEnteredValue:  valueOf(serial(v)),
			UserEnteredFormat: &sheets.CellFormat{NumberFormat: &sheets.NumberFormat{Type: "DATE", Pattern: "dd/mm/yyyy"}},
		})
	}
	return settle(&sheets.CellData{UserEnteredValue: valueOf(v)})
}

func serial(t time.Time) float64 {
	return t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
}

func valueOf(v any) *sheets.ExtendedValue {
	switch v := v.(type) {
	case string:
		return &sheets.ExtendedValue{StringValue: &v}
	case int:
		f := float64(v)
		return &sheets.ExtendedValue{NumberValue: &f}
	case float64:
		return &sheets.ExtendedValue{NumberValue: &v}
	case bool:
		return &sheets.ExtendedValue{BoolValue: &v}
	}
	panic(fmt.Sprintf("googletest: no cell for a %T", v))
}

// Editor is the name of whoever edits by Apply and Type.
const Editor = "Nguyễn Thị Cán Bộ"

// Apply lets somebody else edit a spreadsheet with the requests of batchUpdate.
func (s *Server) Apply(id string, requests ...*sheets.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.books[id] == nil {
		return fmt.Errorf("no spreadsheet %s", id)
	}
	changed, _, e := s.books[id].apply(requests)
	if e != nil {
		return fmt.Errorf("edit of %s: %s", id, e.message)
	}
	changed.editor = &drive.User{DisplayName: Editor, EmailAddress: "can-bo@quangngai.gov.vn"}
	s.books[id] = changed
	return nil
}

// Type lets somebody else type a text into a cell, 0-based.
func (s *Server) Type(id string, sheetID, row, col int64, text string) error {
	cell := &sheets.CellData{}
	if text != "" {
		cell.UserEnteredValue = &sheets.ExtendedValue{StringValue: &text}
	}
	return s.Apply(id, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start:  &sheets.GridCoordinate{SheetId: sheetID, RowIndex: row, ColumnIndex: col},
		Rows:   []*sheets.RowData{{Values: []*sheets.CellData{cell}}},
		Fields: "userEnteredValue",
	}})
}

// TypeInto is Type for a tab that is known by its title.
func (s *Server) TypeInto(id, title string, row, col int, text string) error {
	s.mu.Lock()
	var t *tab
	if b := s.books[id]; b != nil {
		t = b.tabTitled(title)
	}
	s.mu.Unlock()
	if t == nil {
		return fmt.Errorf("no tab %q in a spreadsheet %s", title, id)
	}
	return s.Type(id, t.props.SheetId, int64(row), int64(col), text)
}

// Spreadsheet is the whole spreadsheet as it is now, nil when there is none.
func (s *Server) Spreadsheet(id string) *sheets.Spreadsheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books[id]
	if b == nil {
		return nil
	}
	answer, e := b.clone().answer(id, nil, true)
	if e != nil {
		return nil
	}
	return answer
}

// Texts are the shown texts of a tab, row by row, nil when there is no such tab.
func (s *Server) Texts(id, title string) [][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books[id]
	if b == nil {
		return nil
	}
	t := b.tabTitled(title)
	if t == nil {
		return nil
	}
	texts := make([][]string, len(t.rows))
	for i, row := range t.rows {
		texts[i] = make([]string, len(row))
		for j, c := range row {
			if c != nil {
				texts[i][j] = c.FormattedValue
			}
		}
	}
	return texts
}
