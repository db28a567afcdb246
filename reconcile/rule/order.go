package rule

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// comparePlaces orders places as people leaf through them: documents by
// source, tabs from left to right, rows downwards, then cells.
func (in *Input) comparePlaces(a, b reconcile.Origin) int { return in.index.comparePlaces(a, b) }

func (x *index) comparePlaces(a, b reconcile.Origin) int {
	if c := cmp.Compare(a.Source, b.Source); c != 0 {
		return c
	}
	if a.Sheet != b.Sheet {
		return cmp.Or(cmp.Compare(x.position(a), x.position(b)), cmp.Compare(a.Sheet, b.Sheet))
	}
	return cmp.Or(
		cmp.Compare(a.Row, b.Row),
		cmp.Compare(len(a.Cell), len(b.Cell)), // Z9 before AA9
		cmp.Compare(a.Cell, b.Cell),
	)
}

func (x *index) position(o reconcile.Origin) int {
	if info := x.sheetAt(o); info != nil {
		return info.position
	}
	return -1
}

// compareRows orders registrations as their sheets do.
func (x *index) compareRows(a, b *reconcile.Registration) int {
	if c := x.comparePlaces(a.Origin, b.Origin); c != 0 {
		return c
	}
	return cmp.Compare(a.Key, b.Key)
}

// ordering says by what the rows of one agency were put in order.
type ordering string

const (
	byPriority ordering = "thứ tự ưu tiên do đơn vị ghi"
	bySheet    ordering = "thứ tự trong danh sách của đơn vị"
)

// standing puts registrations of one agency in the order in which they take
// places: the agency's own priority where it gives one (rows without come
// after), else the order of the sheet.
func (in *Input) standing(rows []*reconcile.Registration) ([]*reconcile.Registration, ordering) {
	sorted := slices.SortedFunc(slices.Values(rows), in.index.compareRows)
	if !slices.ContainsFunc(sorted, func(r *reconcile.Registration) bool { return r.Priority > 0 }) {
		return sorted, bySheet
	}
	slices.SortStableFunc(sorted, func(a, b *reconcile.Registration) int {
		return cmp.Or(
			-cmp.Compare(min(a.Priority, 1), min(b.Priority, 1)),
			cmp.Compare(a.Priority, b.Priority),
		)
	})
	return sorted, byPriority
}
