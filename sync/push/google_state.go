package push

import (
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/sync/google"
)

// tabState is the tab as it stands in the spreadsheet. Rows and columns are
// 0-based, as in the API.
type tabState struct {
	tab    *sheets.Sheet    // nil when there is none yet
	titles map[string]int64 // of all tabs → their ids
	links  links
	notes  []*sheets.Request // what the notes of the agency's cells need
	cells  [][]*sheets.CellData
	header int // row of the header, -1 when it is not there
	// lost: people deleted the header; the state is that with an empty row in
	// its place, which is yet to be inserted.
	lost   bool
	at     []int // the table's columns → where they are now, -1 when missing
	next   int   // first column to the right of the header
	byCode map[string]int
	codes  map[int]string // by row
	layout *tabLayout
}

// state reads the tab that is marked with the key. Links of its cells lead to
// the other tabs by their titles.
func (l *tabLayout) state(answer *sheets.Spreadsheet, key string) *tabState {
	s := &tabState{layout: l, header: -1, titles: titlesOf(answer)}
	s.links.ids = s.titles
	s.tab = google.MarkedTab(answer.Sheets, key)
	if s.tab != nil {
		s.readCells()
		s.findHeader()
		if s.header < 0 {
			s.replaceHeader()
		}
		s.findCodes()
	}
	return s
}

func titlesOf(answer *sheets.Spreadsheet) map[string]int64 {
	titles := make(map[string]int64, len(answer.Sheets))
	for _, t := range answer.Sheets {
		titles[t.Properties.Title] = t.Properties.SheetId
	}
	return titles
}

func (s *tabState) readCells() {
	for _, d := range s.tab.Data {
		for i, r := range d.RowData {
			for j, c := range r.Values {
				row, col := int(d.StartRow)+i, int(d.StartColumn)+j
				for len(s.cells) <= row {
					s.cells = append(s.cells, nil)
				}
				for len(s.cells[row]) <= col {
					s.cells[row] = append(s.cells[row], nil)
				}
				s.cells[row][col] = c
			}
		}
	}
}

func (s *tabState) id() int64 { return s.tab.Properties.SheetId }

func (s *tabState) title() string { return s.tab.Properties.Title }

func (s *tabState) cell(row, col int) *sheets.CellData {
	if row < 0 || row >= len(s.cells) || col < 0 || col >= len(s.cells[row]) {
		return nil
	}
	return s.cells[row][col]
}

// text is what a person sees in the cell.
func (s *tabState) text(row, col int) string {
	c := s.cell(row, col)
	if c == nil {
		return ""
	}
	if v := c.EffectiveValue; v != nil && v.StringValue != nil {
		return *v.StringValue
	}
	return c.FormattedValue
}

// findHeader looks for the row that has the codes' and the answers' headers.
func (s *tabState) findHeader() {
	l := s.layout
	for row := range s.cells {
		at := make([]int, len(l.keys))
		for i := range at {
			at[i] = -1
		}
		next := 0
		for col := range s.cells[row] {
			key := reconcile.Key(s.text(row, col))
			if key == "" {
				continue
			}
			next = col + 1
			for i, want := range l.keys {
				if key == want && at[i] < 0 {
					at[i] = col
					break
				}
			}
		}
		if at[l.code] >= 0 && (at[l.answer] >= 0 || at[l.text] >= 0 || at[l.status] >= 0) {
			s.header, s.at, s.next = row, at, next
			return
		}
	}
}

// findCodes notes the rows of findings. Of a code that staff copied the first
// row with an answer counts, else the first.
func (s *tabState) findCodes() {
	s.byCode, s.codes = make(map[string]int), make(map[int]string)
	if s.header < 0 {
		return
	}
	for row := s.header + 1; row < len(s.cells); row++ {
		code := reconcile.DiscrepancyCode(s.text(row, s.at[s.layout.code]))
		if code == "" {
			continue
		}
		s.codes[row] = code
		if first, ok := s.byCode[code]; !ok || (!s.answered(first) && s.answered(row)) {
			s.byCode[code] = row
		}
	}
}

// staff is what stands in a staff column of a row.
func (s *tabState) staff(row, column int) string {
	return strings.TrimSpace(s.text(row, s.at[column]))
}

func (s *tabState) answered(row int) bool {
	return s.staff(row, s.layout.answer) != "" || s.staff(row, s.layout.text) != ""
}

// responses are all answers in the tab, in the order of the rows.
func (s *tabState) responses(spreadsheet string) []reconcile.Response {
	var all []reconcile.Response
	for row := range s.cells {
		code, ok := s.codes[row]
		if !ok || !s.answered(row) {
			continue
		}
		cell := ""
		if col := s.at[s.layout.answer]; col >= 0 {
			cell = cellName(col+1, row+1)
		}
		all = append(all, reconcile.Response{
			Code:   code,
			Answer: reconcile.Clean(s.staff(row, s.layout.answer)),
			Text:   reconcile.CleanLines(s.staff(row, s.layout.text)),
			Origin: reconcile.Origin{Source: "google_sheet:" + spreadsheet, Sheet: s.title(), Row: row + 1, Cell: cell},
		})
	}
	return all
}

// lastRow is the number of rows up to the last one with something in it.
func (s *tabState) lastRow() int {
	for row := len(s.cells); row > 0; row-- {
		for _, c := range s.cells[row-1] {
			if c != nil && c.EffectiveValue != nil {
				return row
			}
		}
	}
	return 0
}
