package pipeline_test

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/sync/google/googletest"
)

// act is one thing that staff do.
func (s *story) act() { s.actIn("") }

// actIn is one thing that staff do while a request of the method is carried out.
func (s *story) actIn(method string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writing = method == googletest.MethodUpdate
	tab, ok := s.own()
	if !ok {
		return // without a header they wait for the next run
	}
	row := tab.header + 1 + s.IntN(max(len(tab.rows)-tab.header-1, 1))
	acts := []func(grid, int){
		s.answer, s.answer, s.answer, s.explain, s.explain, s.clearAnswer,
		s.sort, s.insertRow, s.insertColumn, s.deleteRow, s.rename, s.move, s.copyTab, s.answerInCopy, s.mendList, s.mendList, s.remark, s.remark,
	}
	acts[s.IntN(len(acts))](tab, row)
}

func (s *story) do(what string, r *sheets.Request) {
	s.note("%s", what)
	if err := s.server.Apply(roundBook, r); err != nil {
		s.t.Errorf("%s: %v", what, err)
	}
}

func (s *story) typeInto(id int64, row, col int, text string) {
	s.note("type %q into row %d, column %d of %d", text, row, col, id)
	if err := s.server.Type(roundBook, id, int64(row), int64(col), text); err != nil {
		s.t.Error(err)
	}
}

func (s *story) answer(tab grid, row int) {
	w := tab.words(row)
	w.answer = string(reconcile.Answers()[s.IntN(4)])
	s.write(tab, row, tab.ans, w.answer, w)
}

func (s *story) explain(tab grid, row int) {
	w := tab.words(row)
	s.count++
	w.text = fmt.Sprintf("giải trình số %d", s.count)
	s.write(tab, row, tab.t, w.text, w)
}

func (s *story) clearAnswer(tab grid, row int) {
	w := tab.words(row)
	w.answer = ""
	s.write(tab, row, tab.ans, "", w)
}

// write types into a row that has a code and remembers it.
func (s *story) write(tab grid, row, col int, text string, now words) {
	code := tab.at(row, tab.code)
	if code == "" {
		return
	}
	s.note("%s:", code)
	s.unsay(code, tab.words(row))
	s.typeInto(tab.id, row, col, text)
	s.typed[code] = append(s.typed[code], now)
	if tab.own {
		s.shown[code] = now
	}
}

// remark writes behind what a note of the list says.
func (s *story) remark(grid, int) {
	if s.writing {
		return
	}
	row, col := int64(3+s.IntN(6)), int64(1+s.IntN(3))
	s.remarks = append(s.remarks, fmt.Sprintf("nhắc việc số %d;", len(s.remarks)))
	note := s.listNotes()[[2]int64{row, col}] + "\n" + s.remarks[len(s.remarks)-1]
	s.do(fmt.Sprintf("write %q into the note of row %d, column %d", note, row, col), &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start:  &sheets.GridCoordinate{SheetId: roundList, RowIndex: row, ColumnIndex: col},
		Rows:   []*sheets.RowData{{Values: []*sheets.CellData{{Note: note}}}},
		Fields: "note",
	}})
}

// listNotes are the notes of the agency's own tab, by row and column.
func (s *story) listNotes() map[[2]int64]string {
	notes := make(map[[2]int64]string)
	for _, tab := range s.server.Spreadsheet(roundBook).Sheets {
		if tab.Properties.SheetId != roundList {
			continue
		}
		for i, r := range tab.Data[0].RowData {
			for j, c := range r.Values {
				if c != nil && c.Note != "" {
					notes[[2]int64{int64(i), int64(j)}] = c.Note
				}
			}
		}
	}
	return notes
}

// checkRemarks makes sure that all that staff wrote into notes stands there.
func (s *story) checkRemarks() {
	s.t.Helper()
	all := fmt.Sprint(s.listNotes())
	for _, remark := range s.remarks {
		if !strings.Contains(all, remark) {
			s.fail("%q stands in no note of the list any more: %s", remark, all)
		}
	}
}

func (s *story) sort(tab grid, _ int) {
	if len(tab.rows) <= tab.header+2 {
		return
	}
	s.do("sort", &sheets.Request{SortRange: &sheets.SortRangeRequest{
		Range:     &sheets.GridRange{SheetId: tab.id, StartRowIndex: int64(tab.header) + 1, EndRowIndex: int64(len(tab.rows))},
		SortSpecs: []*sheets.SortSpec{{DimensionIndex: s.Int64N(tab.width), SortOrder: []string{"ASCENDING", "DESCENDING"}[s.IntN(2)]}},
	}})
}

func span(tab grid, which string, at int64) *sheets.DimensionRange {
	return &sheets.DimensionRange{SheetId: tab.id, Dimension: which, StartIndex: at, EndIndex: at + 1}
}

func (s *story) insertRow(tab grid, row int) {
	s.do("insert a row", &sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: span(tab, "ROWS", int64(row))}})
}

func (s *story) insertColumn(tab grid, _ int) {
	s.do("insert a column", &sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: span(tab, "COLUMNS", s.Int64N(tab.width))}})
}

func (s *story) deleteRow(tab grid, row int) {
	if s.IntN(4) == 0 {
		row = tab.header // people mistake it for a leftover
	}
	code := tab.at(row, tab.code)
	if code == reconcile.ColumnCode {
		code = ""
	}
	s.do("delete the row of "+code, &sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{Range: span(tab, "ROWS", int64(row))}})
	if code != "" {
		s.unsay(code, tab.words(row))
		s.deleted[code] = true
		delete(s.shown, code)
	}
}

func (s *story) rename(tab grid, _ int) {
	s.count++
	s.do("rename", &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: tab.id, Title: fmt.Sprintf("Góp ý %d", s.count)}, Fields: "title",
	}})
}

func (s *story) move(tab grid, _ int) {
	s.do("move", &sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
		Properties: &sheets.SheetProperties{SheetId: tab.id, Index: s.Int64N(3)}, Fields: "index",
	}})
}

func (s *story) copyTab(tab grid, _ int) {
	if len(s.tabs()) > 2 {
		return
	}
	s.count++
	s.do("copy the tab", &sheets.Request{DuplicateSheet: &sheets.DuplicateSheetRequest{
		SourceSheetId: tab.id, NewSheetName: fmt.Sprintf("Bản sao %d", s.count), InsertSheetIndex: s.Int64N(3),
	}})
}

func (s *story) answerInCopy(grid, int) {
	all := s.tabs()
	i := slices.IndexFunc(all, func(g grid) bool { return !g.own })
	if i < 0 || len(all[i].rows) <= all[i].header+1 {
		return
	}
	s.explain(all[i], all[i].header+1+s.IntN(len(all[i].rows)-all[i].header-1))
}

// mendList rights a date of the list or spoils it, so that findings come and go.
func (s *story) mendList(grid, int) {
	i := s.IntN(6)
	text := wrongDate(i)
	if s.IntN(2) == 0 {
		text = fmt.Sprintf("15/08/19%d", 70+i)
	}
	s.typeInto(roundList, 3+i, 2, text)
}
