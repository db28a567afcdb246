package push_test

import (
	"fmt"
	"slices"
	"testing"

	"google.golang.org/api/sheets/v4"
	"pgregory.net/rapid"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google/googletest"
	"doisoat/sync/push"
)

// TestNoAnswerIsEverLost lets staff do at random, between the runs and in the
// middle of a write, whatever a shared spreadsheet allows, while findings come
// and go. After each run every answer ever typed stands beside the code that
// it was typed beside, unless staff themselves deleted the row.
func TestNoAnswerIsEverLost(t *testing.T) {
	f := newFixture(t)
	f.refusals = true
	rapid.Check(t, func(rt *rapid.T) {
		f.server.AddSpreadsheet(bookID, "Sở Nội vụ", googletest.Tab{ID: listID, Title: "Danh sách", Rows: [][]any{{"TT"}}})
		staff := &staff{f: f, typed: make(map[string][2]string), deleted: make(map[string]bool)}
		for run := range rapid.IntRange(2, 5).Draw(rt, "runs") {
			tab := someFindings(rt, run)
			if during := someAction(rt); rapid.Bool().Draw(rt, "during the write") {
				f.server.Before(googletest.MethodUpdate, 0, func() { staff.edit(during) })
			}
			result, err := push.WriteTab(t.Context(), f.client, push.Spreadsheet{ID: bookID}, tab, nil)
			if err != nil {
				rt.Fatalf("run %d: %v", run, err)
			}
			staff.check(rt, fmt.Sprintf("after run %d", run))
			for _, r := range result.Responses {
				if _, ok := staff.typed[r.Code]; !ok && !staff.deleted[r.Code] {
					rt.Fatalf("run %d: a response that nobody gave: %+v", run, r)
				}
			}
			for range rapid.IntRange(0, 4).Draw(rt, "edits") {
				staff.edit(someAction(rt))
			}
			staff.check(rt, fmt.Sprintf("before run %d", run+1))
		}
	})
}

func someFindings(rt *rapid.T, run int) report.Tab {
	var problems []problem
	for i := range 6 {
		if !rapid.Bool().Draw(rt, "open") {
			continue
		}
		problems = append(problems, problem{
			code:   fmt.Sprintf("DL0%d-%c%[2]c%[2]c", i+1, 'A'+i),
			person: fmt.Sprintf("Người thứ %d", i+1),
			cell:   fmt.Sprintf("C%d", 3+i),
			found:  fmt.Sprintf("giá trị %d", rapid.IntRange(1, 3).Draw(rt, "found")),
			status: "còn",
		})
	}
	return findings(fmt.Sprintf("%02d:00", run), problems...)
}

// staff edit the tab and remember what they typed.
type staff struct {
	f       *fixture
	typed   map[string][2]string
	deleted map[string]bool
	count   int
}

// grid is where the table is now.
type grid struct {
	id             int64
	rows           []*sheets.RowData
	header         int
	code, ans, txt int
	width          int64
}

func (s *staff) grid() (g grid, ok bool) {
	for _, tab := range s.f.server.Spreadsheet(bookID).Sheets {
		if len(tab.DeveloperMetadata) == 0 || tab.DeveloperMetadata[0].MetadataValue != fmt.Sprint(tab.Properties.SheetId) {
			continue
		}
		g = grid{id: tab.Properties.SheetId, rows: tab.Data[0].RowData, width: tab.Properties.GridProperties.ColumnCount}
		for i, r := range g.rows {
			find := func(title string) int {
				return slices.IndexFunc(r.Values, func(c *sheets.CellData) bool { return text(c) == title })
			}
			if g.code = find(reconcile.ColumnCode); g.code >= 0 {
				g.header, g.ans, g.txt = i, find(reconcile.ColumnAnswer), find(reconcile.ColumnText)
				return g, true
			}
		}
	}
	return g, false
}

func (g grid) at(row, col int) string {
	if row >= len(g.rows) || col >= len(g.rows[row].Values) {
		return ""
	}
	return text(g.rows[row].Values[col])
}

// action is one thing that people do; numbers are taken to what is there.
type action struct {
	what            string
	row, by, column int
	choice          string
}

func someAction(rt *rapid.T) action {
	return action{
		what: rapid.SampledFrom([]string{
			"answer", "answer", "explain", "explain", "sort", "insert row", "insert column", "rename", "note", "delete row",
		}).Draw(rt, "what"),
		row:    rapid.IntRange(0, 20).Draw(rt, "row"),
		by:     rapid.IntRange(0, 5).Draw(rt, "by"),
		column: rapid.IntRange(0, 9).Draw(rt, "column"),
		choice: rapid.SampledFrom([]string{"đã sửa", "dữ liệu đúng", "xin ý kiến"}).Draw(rt, "choice"),
	}
}

func (s *staff) edit(a action) {
	g, ok := s.grid()
	if !ok {
		return
	}
	dimension := func(which string, at int) *sheets.DimensionRange {
		return &sheets.DimensionRange{SheetId: g.id, Dimension: which, StartIndex: int64(at), EndIndex: int64(at) + 1}
	}
	last := len(g.rows)
	row := a.row % (last + 1)
	switch a.what {
	case "answer", "explain":
		s.answer(g, row, a)
	case "sort":
		if last > g.header+2 {
			s.f.edit(&sheets.Request{SortRange: &sheets.SortRangeRequest{
				Range:     &sheets.GridRange{SheetId: g.id, StartRowIndex: int64(g.header) + 1, EndRowIndex: int64(last)},
				SortSpecs: []*sheets.SortSpec{{DimensionIndex: int64(a.by), SortOrder: "DESCENDING"}},
			}})
		}
	case "insert row":
		s.f.edit(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: dimension("ROWS", row)}})
	case "insert column":
		s.f.edit(&sheets.Request{InsertDimension: &sheets.InsertDimensionRequest{Range: dimension("COLUMNS", a.column)}})
	case "rename":
		s.count++
		s.f.edit(&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{SheetId: g.id, Title: fmt.Sprintf("Góp ý %d", s.count)}, Fields: "title",
		}})
	case "note":
		s.f.typeAt(g.id, last, g.txt, "ghi chú chung của cơ quan")
	case "delete row":
		if row > g.header && row < last {
			s.forget(g.at(row, g.code))
			s.f.edit(&sheets.Request{DeleteDimension: &sheets.DeleteDimensionRequest{Range: dimension("ROWS", row)}})
		}
	}
}

// forget notes that staff deleted the row of a code on purpose.
func (s *staff) forget(code string) {
	if code != "" {
		delete(s.typed, code)
		s.deleted[code] = true
	}
}

func (s *staff) answer(g grid, row int, a action) {
	code := g.at(row, g.code)
	if row <= g.header || code == "" {
		return
	}
	s.count++
	typed := s.typed[code]
	if a.what == "answer" {
		typed[0] = a.choice
		s.f.typeAt(g.id, row, g.ans, typed[0])
	} else {
		typed[1] = fmt.Sprintf("giải trình số %d", s.count)
		s.f.typeAt(g.id, row, g.txt, typed[1])
	}
	s.typed[code] = typed
}

func (f *fixture) typeAt(id int64, row, col int, what string) {
	f.Helper()
	if err := f.server.Type(bookID, id, int64(row), int64(col), what); err != nil {
		f.Fatal(err)
	}
}

// check compares the answers in the tab with those that were typed.
func (s *staff) check(rt *rapid.T, when string) {
	g, ok := s.grid()
	if !ok {
		rt.Fatalf("%s: the table is gone", when)
	}
	seen := make(map[string]bool)
	for row := g.header + 1; row < len(g.rows); row++ {
		code := g.at(row, g.code)
		if code == "" {
			continue
		}
		if seen[code] {
			rt.Fatalf("%s: two rows of %s", when, code)
		}
		seen[code] = true
		got := [2]string{g.at(row, g.ans), g.at(row, g.txt)}
		if got != s.typed[code] {
			rt.Fatalf("%s: the answer of %s is %q, want %q", when, code, got, s.typed[code])
		}
	}
	for code, typed := range s.typed {
		if !seen[code] {
			rt.Fatalf("%s: the row of %s with %q is gone", when, code, typed)
		}
	}
}
