package push

import (
	"maps"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// archived is the status of a row whose finding is gone and was shown as
// mended. The tab's filter hides it; the row with its answers stays.
const archived = "lưu trữ"

type place struct{ row, col int }

// tabPlan is what has to change in a tab.
type tabPlan struct {
	layout *tabLayout
	state  *tabState
	at     []int // columns, those that are to be added included
	width  int   // columns that the grid needs
	reason bool  // something that is not volatile differs
	cells  map[place]*sheets.CellData
	shown  map[place]string // the texts of those cells
	rows   []*sheets.RowData
	hides  bool // a row is to be archived
}

func (p *tabPlan) needed() bool { return p.reason }

// plan compares the tab with the report.
func (w *findingsTab) plan(s *tabState) *tabPlan {
	l := w.layout
	p := &tabPlan{layout: l, state: s, cells: make(map[place]*sheets.CellData), shown: make(map[place]string)}
	if s.header < 0 {
		// Somebody deleted the header. What is left stays as it is, and the
		// table starts anew below it.
		p.startAnew()
		return p
	}
	p.reason = len(s.notes) > 0
	p.placeColumns()
	p.writeHeader()
	p.compareLines()
	present := make(map[string]bool)
	for _, row := range l.rows() {
		code := l.rowCode(row)
		if code == "" {
			continue
		}
		present[code] = true
		if at, ok := s.byCode[code]; ok {
			p.compareRow(at, row)
		} else if !isVolatile(row) {
			p.reason = true
			p.append(row, nil)
		}
	}
	for row, code := range s.codes {
		if !present[code] {
			p.archive(row)
		}
	}
	return p
}

func (p *tabPlan) startAnew() {
	p.reason = true
	p.at = make([]int, len(p.layout.columns))
	for i := range p.at {
		p.at[i] = i
	}
	p.width = len(p.at)
	for i, row := range p.layout.table.Rows {
		if i == 0 || !isVolatile(row) {
			p.append(row, nil)
		}
	}
}

// placeColumns adds the columns that somebody deleted at the right end.
func (p *tabPlan) placeColumns() {
	s := p.state
	p.at, p.width = slices.Clone(s.at), s.next
	for i, c := range p.layout.columns {
		if p.at[i] >= 0 {
			continue
		}
		p.at[i] = p.width
		p.width++
		p.reason = true
		p.set(place{s.header, p.at[i]}, want(report.Cell{Value: c.Title}, links{}), lookOf(headerStyle(c), true))
	}
}

func (p *tabPlan) set(at place, w wanted, l look) {
	p.cells[at] = w.data(l)
	p.shown[at] = w.shown()
}

// compareLines compares the lines above the table, each found by its first
// text, a line of one cell by what stands before its colon, so that rows which
// people inserted there are left alone.
func (p *tabPlan) compareLines() {
	s := p.state
	for _, line := range p.layout.lines {
		row := s.lineRow(line, p.at[0])
		if row < 0 {
			continue
		}
		col := 0
		for _, c := range line {
			if col < len(p.at) {
				p.compare(place{row, p.at[col]}, c, lineLook(c.Style))
			}
			col += max(1, c.Span)
		}
	}
}

// lineRow is the row on which a line above the table stands, -1 if on none.
func (s *tabState) lineRow(line []report.Cell, col int) int {
	first, _ := line[0].Value.(string)
	if first == "" {
		return -1
	}
	lead, _, hasColon := strings.Cut(first, ":")
	for r := range s.header {
		text := s.text(r, col)
		if text == first || len(line) == 1 && hasColon && strings.HasPrefix(text, lead+":") {
			return r
		}
	}
	return -1
}

func (p *tabPlan) compare(at place, c report.Cell, l look) {
	w := want(c, p.state.links)
	if w.isIn(p.state.cell(at.row, at.col)) {
		return
	}
	p.set(at, w, l)
	if !c.Volatile {
		p.reason = true
	}
}

// compareRow compares a finding with its row. The code and the answers are not
// looked at: they are never written again. A staff column that had to be added
// gets the answers that are known.
func (p *tabPlan) compareRow(row int, want []report.Cell) {
	s := p.state
	if s.text(row, p.at[p.layout.status]) == archived && !isVolatile(want) {
		p.reason = true // it came back
	}
	for i, c := range want {
		if i == p.layout.code || i >= len(p.at) {
			continue
		}
		if p.layout.columns[i].Staff && s.at[i] >= 0 {
			continue
		}
		p.compare(place{row, p.at[i]}, c, p.lookAt(i, c))
	}
}

func (p *tabPlan) lookAt(column int, c report.Cell) look {
	style := c.Style
	if p.layout.columns[column].Staff && style == report.Plain {
		style = report.StaffCell
	}
	return lookOf(style, true)
}

// archive marks a row whose finding the report no longer shows. That is no
// reason to write by itself.
func (p *tabPlan) archive(row int) {
	at := place{row, p.at[p.layout.status]}
	if p.state.text(at.row, at.col) == archived {
		return
	}
	p.set(at, wanted{value: cellValue{text: archived}}, lookOf(report.SolvedMark, true))
	p.hides = true
}

// append adds a row below everything. Answers are those given, or those that
// the report knows of.
func (p *tabPlan) append(row []report.Cell, answers map[int]string) {
	values := make([]*sheets.CellData, p.width)
	for i := range values {
		values[i] = &sheets.CellData{}
	}
	for i, c := range row {
		if i >= len(p.at) {
			break
		}
		if answer, ok := answers[i]; ok {
			c.Value = answer
		}
		d := want(c, p.state.links).data(p.lookAt(i, c))
		d.DataValidation = choices(p.layout.columns[i])
		values[p.at[i]] = d
	}
	p.rows = append(p.rows, &sheets.RowData{Values: values})
}

const (
	cellFields = "userEnteredValue,userEnteredFormat"
	rowFields  = cellFields + ",dataValidation"
)

// requests are the plan as one batch.
func (p *tabPlan) requests() []*sheets.Request {
	id := p.state.id()
	all := append(p.guards(id), p.insertHeader()...)
	if g := p.state.tab.Properties.GridProperties; g != nil && p.width > int(g.ColumnCount) {
		all = append(all, &sheets.Request{AppendDimension: &sheets.AppendDimensionRequest{
			SheetId: id, Dimension: "COLUMNS", Length: int64(p.width) - g.ColumnCount,
		}})
	}
	all = append(all, p.stretch()...)
	all = append(all, p.cellRequests(id)...)
	all = append(all, p.offerChoices()...)
	if open := p.reopen(); open != nil {
		all = append(all, open)
	}
	all = append(all, p.state.notes...)
	if len(p.rows) > 0 {
		all = append(all, &sheets.Request{AppendCells: &sheets.AppendCellsRequest{SheetId: id, Rows: p.rows, Fields: rowFields}})
	}
	if f := p.filter(); f != nil {
		all = append(all, &sheets.Request{SetBasicFilter: &sheets.SetBasicFilterRequest{Filter: f}})
	}
	return all
}

// cellRequests writes each run of neighbouring cells with one request.
func (p *tabPlan) cellRequests(id int64) []*sheets.Request {
	places := slices.SortedFunc(maps.Keys(p.cells), func(a, b place) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.col - b.col
	})
	var all []*sheets.Request
	for i := 0; i < len(places); {
		start := places[i]
		var values []*sheets.CellData
		for ; i < len(places) && places[i] == (place{start.row, start.col + len(values)}); i++ {
			values = append(values, p.cells[places[i]])
		}
		all = append(all, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
			Start:  &sheets.GridCoordinate{SheetId: id, RowIndex: int64(start.row), ColumnIndex: int64(start.col)},
			Rows:   []*sheets.RowData{{Values: values}},
			Fields: cellFields,
		}})
	}
	return all
}

// filter is the filter to set, nil when the one that is there does. What staff
// filter and sort by stays.
func (p *tabPlan) filter() *sheets.BasicFilter {
	s := p.state
	if !p.layout.tab.Filter || s.header < 0 {
		return nil
	}
	status := int64(p.at[p.layout.status])
	first, last := slices.Min(p.at), slices.Max(p.at)
	f := &sheets.BasicFilter{Range: &sheets.GridRange{
		SheetId: s.id(), StartRowIndex: int64(s.header), StartColumnIndex: int64(first), EndColumnIndex: int64(last) + 1,
	}}
	hidesArchive := false
	if old := s.tab.BasicFilter; old != nil && old.Range != nil && !s.lost {
		reaches := old.Range.EndRowIndex == 0 || int(old.Range.EndRowIndex) >= s.lastRow()+len(p.rows)
		for _, spec := range old.FilterSpecs {
			if spec.ColumnIndex == status {
				hidesArchive = spec.FilterCriteria != nil && slices.Contains(spec.FilterCriteria.HiddenValues, archived)
				continue
			}
			f.FilterSpecs = append(f.FilterSpecs, spec)
		}
		if reaches && (hidesArchive || !p.hides) {
			return nil
		}
		f.SortSpecs = old.SortSpecs
		f.Range.StartColumnIndex = min(f.Range.StartColumnIndex, old.Range.StartColumnIndex)
		f.Range.EndColumnIndex = max(f.Range.EndColumnIndex, old.Range.EndColumnIndex)
	} else if !p.hides && len(p.rows) == 0 && !s.lost {
		return nil // staff took the filter off
	}
	f.FilterSpecs = append(f.FilterSpecs, hideArchive(status))
	return f
}

func hideArchive(column int64) *sheets.FilterSpec {
	return &sheets.FilterSpec{
		ColumnIndex:     column,
		FilterCriteria:  &sheets.FilterCriteria{HiddenValues: []string{archived}},
		ForceSendFields: []string{"ColumnIndex"},
	}
}
