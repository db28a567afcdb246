package push

import (
	"errors"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// tabLayout is a tab of findings taken apart: the lines above, and one table.
// What stands below the table is left out, since there the table grows.
type tabLayout struct {
	tab     *report.Tab
	lines   [][]report.Cell
	table   *report.Block
	columns []report.Column
	keys    []string // the columns' titles as texts are compared
	code    int      // the columns Mã and Trạng thái
	status  int
	answer  int // the two columns of staff: the word of a list, and free text
	text    int
}

func layoutOf(tab *report.Tab) (*tabLayout, error) {
	l := &tabLayout{tab: tab}
	for i := range tab.Blocks {
		b := &tab.Blocks[i]
		if b.Kind == report.Table {
			l.table = b
			break
		}
		l.lines = append(l.lines, b.Rows...)
	}
	if l.table == nil || len(l.table.Rows) == 0 {
		return nil, errors.New("a tab of findings needs a table")
	}
	l.columns = l.table.Columns
	for _, c := range l.columns {
		l.keys = append(l.keys, reconcile.Key(c.Title))
	}
	for _, want := range []struct {
		title string
		at    *int
	}{
		{reconcile.ColumnCode, &l.code},
		{reconcile.ColumnStatus, &l.status},
	} {
		if *want.at = slices.Index(l.keys, reconcile.Key(want.title)); *want.at < 0 {
			return nil, errors.New("the table of findings has no column " + want.title)
		}
	}
	var staff []int
	for i, c := range l.columns {
		if c.Staff {
			staff = append(staff, i)
		}
	}
	if len(staff) != 2 {
		return nil, errors.New("a table of findings has two columns for staff")
	}
	l.answer, l.text = staff[0], staff[1]
	return l, nil
}

// rows are the findings.
func (l *tabLayout) rows() [][]report.Cell { return l.table.Rows[1:] }

// rowCode is the code of a row of the table.
func (l *tabLayout) rowCode(row []report.Cell) string {
	if l.code >= len(row) {
		return ""
	}
	s, _ := row[l.code].Value.(string)
	return reconcile.DiscrepancyCode(s)
}

// isVolatile reports whether nothing in the row is a reason to write.
func isVolatile(row []report.Cell) bool {
	return !slices.ContainsFunc(row, func(c report.Cell) bool { return !c.Volatile })
}
