package push

import (
	"slices"

	"google.golang.org/api/sheets/v4"
)

// guards are requests that change nothing and that Google refuses, with the
// whole batch, when the tab's columns are no longer where they were read: there
// is no other way to make a batch depend on what was read.
//
// Unmerging must not cut through a merge (UnmergeCellsRequest), and the line
// above the table is merged over all its columns: a column that was inserted
// widens or moves that merge. A range must lie in the grid: its last cell is
// gone when rows or columns were deleted. Rows that were inserted or sorted are
// harmless, see repair.
func (p *tabPlan) guards(id int64) []*sheets.Request {
	s := p.state
	var all []*sheets.Request
	if s.header < 0 {
		return nil
	}
	if m := p.headline(); m != nil {
		all = append(all, unmerge(m), mergeAll(m))
	}
	if g := s.tab.Properties.GridProperties; g != nil && g.RowCount > int64(s.lastRow()) && !s.lost {
		all = append(all, unmerge(&sheets.GridRange{
			SheetId: id, StartRowIndex: g.RowCount - 1, EndRowIndex: g.RowCount, StartColumnIndex: g.ColumnCount - 1, EndColumnIndex: g.ColumnCount,
		}))
	}
	return all
}

// headline is the merge above the table that reaches from its first column
// farthest to the right, nil where people took it apart.
func (p *tabPlan) headline() *sheets.GridRange {
	s := p.state
	present := slices.DeleteFunc(slices.Clone(s.at), func(col int) bool { return col < 0 })
	first := int64(slices.Min(present))
	var farthest *sheets.GridRange
	for _, m := range s.tab.Merges {
		if int(m.EndRowIndex) <= s.header && m.StartColumnIndex <= first && m.EndColumnIndex > first &&
			(farthest == nil || m.EndColumnIndex > farthest.EndColumnIndex) {
			farthest = m
		}
	}
	return farthest
}

// stretch makes the headline reach over columns that came back at the right
// end, so that it guards them from then on. What people wrote there stays.
func (p *tabPlan) stretch() []*sheets.Request {
	s := p.state
	if s.header < 0 || s.lost {
		return nil
	}
	m, end := p.headline(), int64(slices.Max(p.at))+1
	if m == nil || m.EndColumnIndex >= end {
		return nil
	}
	for row := m.StartRowIndex; row < m.EndRowIndex; row++ {
		for col := m.EndColumnIndex; col < end; col++ {
			if s.text(int(row), int(col)) != "" {
				return nil
			}
		}
	}
	wide := *m
	wide.EndColumnIndex = end
	for _, other := range s.tab.Merges {
		if other != m && other.StartRowIndex < wide.EndRowIndex && other.EndRowIndex > wide.StartRowIndex &&
			other.StartColumnIndex < end && other.EndColumnIndex > wide.StartColumnIndex {
			return nil
		}
	}
	return []*sheets.Request{unmerge(m), mergeAll(&wide)}
}

func unmerge(r *sheets.GridRange) *sheets.Request {
	return &sheets.Request{UnmergeCells: &sheets.UnmergeCellsRequest{Range: r}}
}

func mergeAll(r *sheets.GridRange) *sheets.Request {
	return &sheets.Request{MergeCells: &sheets.MergeCellsRequest{Range: r, MergeType: "MERGE_ALL"}}
}
