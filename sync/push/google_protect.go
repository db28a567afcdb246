package push

import (
	"slices"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// protect warns whoever edits anything but the staff columns of the table. It
// forbids nothing: the file is the agency's own.
func (t *newTab) protect(header int) {
	at := make([]int, len(t.layout.columns))
	for i := range at {
		at[i] = i
	}
	t.add(&sheets.Request{AddProtectedRange: &sheets.AddProtectedRangeRequest{ProtectedRange: &sheets.ProtectedRange{
		Range:             &sheets.GridRange{SheetId: t.id},
		Description:       "Do chương trình đối soát ghi; xin chỉ điền cột " + t.layout.columns[t.layout.answer].Title + " và " + t.layout.columns[t.layout.text].Title,
		WarningOnly:       true,
		UnprotectedRanges: openRanges(t.id, header, t.layout.columns, at),
	}}})
}

// openRanges are the staff's columns below the header, which the protection
// leaves open; at has the places of the table's columns.
func openRanges(id int64, header int, columns []report.Column, at []int) []*sheets.GridRange {
	var open []*sheets.GridRange
	for i, c := range columns {
		if c.Staff {
			open = append(open, &sheets.GridRange{
				SheetId: id, StartRowIndex: int64(header) + 1, StartColumnIndex: int64(at[i]), EndColumnIndex: int64(at[i]) + 1,
			})
		}
	}
	return open
}

// reopen leaves the staff's columns open again where edits led them out of what
// the protection leaves open: a column that was deleted comes back elsewhere,
// and a row that is inserted right below the header pushes the open range down.
// It is nil where all is well, and where people took the protection off.
func (p *tabPlan) reopen() *sheets.Request {
	s := p.state
	own := s.protection()
	if own == nil || s.header < 0 {
		return nil
	}
	last := int64(s.lastRow() + len(p.rows))
	open := openRanges(s.id(), s.header, p.layout.columns, p.at)
	closed := slices.ContainsFunc(open, func(column *sheets.GridRange) bool {
		return !slices.ContainsFunc(own.UnprotectedRanges, func(u *sheets.GridRange) bool {
			return u.StartRowIndex <= column.StartRowIndex && (u.EndRowIndex == 0 || u.EndRowIndex >= last) &&
				u.StartColumnIndex <= column.StartColumnIndex && (u.EndColumnIndex == 0 || u.EndColumnIndex >= column.EndColumnIndex)
		})
	})
	if !closed {
		return nil
	}
	return &sheets.Request{UpdateProtectedRange: &sheets.UpdateProtectedRangeRequest{
		ProtectedRange: &sheets.ProtectedRange{ProtectedRangeId: own.ProtectedRangeId, UnprotectedRanges: open},
		Fields:         "unprotectedRanges",
	}}
}

// protection is the warning that the tab was made with, nil when it is gone.
func (s *tabState) protection() *sheets.ProtectedRange {
	for _, p := range s.tab.ProtectedRanges {
		if p.WarningOnly && p.Range != nil && p.Range.StartRowIndex == 0 && p.Range.StartColumnIndex == 0 {
			return p
		}
	}
	return nil
}

// offerChoices gives the columns that were added their lists of answers, which
// the rows that stand already had in those that people deleted.
func (p *tabPlan) offerChoices() []*sheets.Request {
	s := p.state
	var all []*sheets.Request
	for i, c := range p.layout.columns {
		offer := choices(c)
		if offer == nil || s.header < 0 || s.at[i] >= 0 || s.lastRow() <= s.header+1 {
			continue
		}
		all = append(all, &sheets.Request{SetDataValidation: &sheets.SetDataValidationRequest{
			Range: &sheets.GridRange{
				SheetId: s.id(), StartRowIndex: int64(s.header) + 1, EndRowIndex: int64(s.lastRow()),
				StartColumnIndex: int64(p.at[i]), EndColumnIndex: int64(p.at[i]) + 1,
			},
			Rule: offer,
		}})
	}
	return all
}
