package understand

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// neverCalculated stands where a formula has no result and could not be
// calculated: what a person who opens the file would see is not known.
const neverCalculated = "(công thức chưa có kết quả)"

// uncalculated lists such cells by their columns, in the order of these.
func uncalculated(g *sheet.Grid) []reconcile.Uncalculated {
	var list []reconcile.Uncalculated
	for i := range g.Rows {
		row := &g.Rows[i]
		for k := range row.Cells {
			c := &row.Cells[k]
			if !c.Uncalculated {
				continue
			}
			column := sheet.ColumnName(c.Col)
			at := slices.IndexFunc(list, func(u reconcile.Uncalculated) bool { return u.Column == column })
			if at < 0 {
				at = len(list)
				list = append(list, reconcile.Uncalculated{Column: column})
			}
			u := &list[at]
			if u.Cells++; len(u.Examples) < reconcile.MaxUncalculatedExamples {
				u.Examples = append(u.Examples, cellName(c.Col, row.Number))
			}
		}
	}
	slices.SortFunc(list, func(a, b reconcile.Uncalculated) int {
		return cmp.Or(cmp.Compare(len(a.Column), len(b.Column)), cmp.Compare(a.Column, b.Column))
	})
	return list
}
