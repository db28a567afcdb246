package push

import (
	"regexp"
	"slices"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// codeLike is what a code of a finding looks like.
var codeLike = regexp.MustCompile(`^[A-Z]{2}\d{2}-[A-Z2-7]{4,8}(-[1-9]\d*)?$`)

// replaceHeader finds its way in a table whose header people deleted: codes are
// known by their look, and the staff columns by the ranges that the tab's
// protection leaves open, which Google moves with the cells. Where all three
// stand as they were written the other columns do so too; else these are added
// anew.
func (s *tabState) replaceHeader() {
	first, code := s.firstCode()
	open := s.openColumns()
	if first < 0 || len(open) == 0 {
		return
	}
	l := s.layout
	s.at = make([]int, len(l.columns))
	for i := range s.at {
		s.at[i] = -1
	}
	s.at[l.code] = code
	for i, c := range l.columns {
		if c.Staff && len(open) > 0 {
			s.at[i], open = open[0], open[1:]
		}
	}
	if s.at[l.answer] == code+l.answer-l.code && s.at[l.text] == code+l.text-l.code && code >= l.code {
		for i := range s.at {
			s.at[i] = code + i - l.code
		}
	}
	s.lost, s.header, s.next = true, first, slices.Max(s.at)+1
	s.cells = slices.Insert(s.cells, first, []*sheets.CellData(nil))
	for i, row := range s.cells {
		if i > first {
			s.next = max(s.next, len(row))
		}
	}
}

// firstCode is the first row with a code, and the column of codes.
func (s *tabState) firstCode() (row, col int) {
	row = -1
	count := make(map[int]int)
	for r := range s.cells {
		for c := range s.cells[r] {
			if !codeLike.MatchString(reconcile.DiscrepancyCode(s.text(r, c))) {
				continue
			}
			if row < 0 {
				row = r
			}
			if count[c]++; count[c] > count[col] {
				col = c
			}
		}
	}
	return row, col
}

// openColumns are the columns that the tab's own protection leaves open.
func (s *tabState) openColumns() []int {
	for _, p := range s.tab.ProtectedRanges {
		var open []int
		for _, u := range p.UnprotectedRanges {
			open = append(open, int(u.StartColumnIndex))
		}
		if len(open) > 0 {
			slices.Sort(open)
			return open
		}
	}
	return nil
}

// writeHeader plans the header of a table that has lost it.
func (p *tabPlan) writeHeader() {
	s := p.state
	if !s.lost {
		return
	}
	p.reason = true
	for i, c := range p.layout.columns {
		if s.at[i] >= 0 {
			p.set(place{s.header, s.at[i]}, want(report.Cell{Value: c.Title}, links{}), lookOf(headerStyle(c), true))
		}
	}
}

func headerStyle(c report.Column) report.Style {
	if c.Staff {
		return report.StaffHeader
	}
	return report.Header
}

// insertHeader makes room for the header again, and keeps it in sight.
func (p *tabPlan) insertHeader() []*sheets.Request {
	s := p.state
	if !s.lost {
		return nil
	}
	return []*sheets.Request{
		{InsertDimension: &sheets.InsertDimensionRequest{Range: &sheets.DimensionRange{
			SheetId: s.id(), Dimension: "ROWS", StartIndex: int64(s.header), EndIndex: int64(s.header) + 1,
		}}},
		{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{SheetId: s.id(), GridProperties: &sheets.GridProperties{FrozenRowCount: int64(s.header) + 1}},
			Fields:     "gridProperties.frozenRowCount",
		}},
	}
}
