package googletest

import (
	"fmt"
	"slices"

	"google.golang.org/api/sheets/v4"
)

const (
	rowsDimension    = "ROWS"
	columnsDimension = "COLUMNS"
)

func (b *book) span(r *sheets.DimensionRange, inserting bool) (t *tab, start, end int64, err error) {
	if r == nil {
		return nil, 0, 0, fmt.Errorf("a range is required")
	}
	if t = b.tab(r.SheetId); t == nil {
		return nil, 0, 0, fmt.Errorf("no grid with id: %d", r.SheetId)
	}
	size := t.grid.RowCount
	switch r.Dimension {
	case rowsDimension:
	case columnsDimension:
		size = t.grid.ColumnCount
	default:
		return nil, 0, 0, fmt.Errorf("invalid value at dimension: %q", r.Dimension)
	}
	start, end = r.StartIndex, r.EndIndex
	if end == 0 {
		end = size
	}
	if start < 0 || start >= end || (!inserting && end > size) || (inserting && start > size) {
		return nil, 0, 0, fmt.Errorf("the span %d to %d is not in a grid of %d", start, end, size)
	}
	return t, start, end, nil
}

func (b *book) insertDimension(r *sheets.InsertDimensionRequest) error {
	t, start, end, err := b.span(r.Range, true)
	if err != nil {
		return err
	}
	n := end - start
	if r.Range.Dimension == rowsDimension {
		if start < int64(len(t.rows)) {
			t.rows = slices.Insert(t.rows, int(start), make([][]*sheets.CellData, n)...)
		}
		t.grid.RowCount += n
		t.rowProps = shift(t.rowProps, start, n)
	} else {
		for i, row := range t.rows {
			if start < int64(len(row)) {
				t.rows[i] = slices.Insert(row, int(start), make([]*sheets.CellData, n)...)
			}
		}
		t.grid.ColumnCount += n
		t.colProps = shift(t.colProps, start, n)
	}
	t.moveRanges(r.Range.Dimension, start, n)
	return nil
}

func (b *book) deleteDimension(r *sheets.DeleteDimensionRequest) error {
	t, start, end, err := b.span(r.Range, false)
	if err != nil {
		return err
	}
	n := end - start
	if r.Range.Dimension == rowsDimension {
		if n >= t.grid.RowCount {
			return fmt.Errorf("you can't delete all the rows on the sheet")
		}
		if last := min(end, int64(len(t.rows))); start < last {
			t.rows = slices.Delete(t.rows, int(start), int(last))
		}
		t.grid.RowCount -= n
		t.rowProps = shift(t.rowProps, start, -n)
	} else {
		if n >= t.grid.ColumnCount {
			return fmt.Errorf("you can't delete all the columns on the sheet")
		}
		for i, row := range t.rows {
			if last := min(end, int64(len(row))); start < last {
				t.rows[i] = slices.Delete(row, int(start), int(last))
			}
		}
		t.grid.ColumnCount -= n
		t.colProps = shift(t.colProps, start, -n)
	}
	t.moveRanges(r.Range.Dimension, start, -n)
	return nil
}

// shift moves the properties behind a place; those of deleted lines go.
func shift(m map[int64]*sheets.DimensionProperties, at, n int64) map[int64]*sheets.DimensionProperties {
	moved := make(map[int64]*sheets.DimensionProperties, len(m))
	for i, p := range m {
		switch {
		case i < at:
			moved[i] = p
		case n > 0 || i >= at-n:
			moved[i+n] = p
		}
	}
	return moved
}

// moveRanges keeps merges, protection and the filter on their cells.
func (t *tab) moveRanges(dimension string, at, n int64) {
	move := func(r *sheets.GridRange) *sheets.GridRange {
		c := *r
		start, end := &c.StartRowIndex, &c.EndRowIndex
		if dimension == columnsDimension {
			start, end = &c.StartColumnIndex, &c.EndColumnIndex
		}
		if *start >= at && (*start > 0 || *end > 0) { // else it is open at both ends
			*start = max(*start+n, at)
		}
		if *end > at {
			*end = max(*end+n, at)
		}
		return &c
	}
	for i, m := range t.merges {
		t.merges[i] = move(m)
	}
	t.merges = slices.DeleteFunc(t.merges, func(m *sheets.GridRange) bool {
		return m.StartRowIndex >= m.EndRowIndex || m.StartColumnIndex >= m.EndColumnIndex
	})
	for i, p := range t.protected {
		c := *p
		c.Range = move(p.Range)
		c.UnprotectedRanges = nil
		for _, u := range p.UnprotectedRanges {
			c.UnprotectedRanges = append(c.UnprotectedRanges, move(u))
		}
		t.protected[i] = &c
	}
	if t.filter != nil {
		c := *t.filter
		c.Range = move(c.Range)
		c.FilterSpecs = nil
		for _, spec := range t.filter.FilterSpecs {
			x := *spec
			if dimension == columnsDimension && x.ColumnIndex >= at {
				x.ColumnIndex = max(x.ColumnIndex+n, at)
			}
			c.FilterSpecs = append(c.FilterSpecs, &x)
		}
		t.filter = &c
	}
}

func (b *book) appendDimension(r *sheets.AppendDimensionRequest) error {
	t := b.tab(r.SheetId)
	switch {
	case t == nil:
		return fmt.Errorf("no grid with id: %d", r.SheetId)
	case r.Length < 1:
		return fmt.Errorf("length must be positive")
	case r.Dimension == rowsDimension:
		t.grid.RowCount += r.Length
	case r.Dimension == columnsDimension:
		t.grid.ColumnCount += r.Length
	default:
		return fmt.Errorf("invalid value at dimension: %q", r.Dimension)
	}
	return nil
}

func (b *book) updateDimensionProperties(r *sheets.UpdateDimensionPropertiesRequest) error {
	t, start, end, err := b.span(r.Range, false)
	if err != nil {
		return err
	}
	if r.Fields == "" || r.Properties == nil {
		return fmt.Errorf("properties and fields are required")
	}
	props := t.rowProps
	if r.Range.Dimension == columnsDimension {
		props = t.colProps
	}
	for i := start; i < end; i++ {
		p := *dimension(props, i, 21)
		if err := assign(&p, r.Properties, r.Fields); err != nil {
			return err
		}
		props[i] = &p
	}
	return nil
}

// sortRange sorts whole rows of a range by the text that they show.
func (b *book) sortRange(r *sheets.SortRangeRequest) error {
	t, a, err := b.place(r.Range)
	if err != nil {
		return err
	}
	if len(r.SortSpecs) == 0 {
		return fmt.Errorf("a sort needs a column")
	}
	rows := make([][]*sheets.CellData, 0, a.endRow-a.row)
	for row := a.row; row < a.endRow; row++ {
		cells := make([]*sheets.CellData, a.endCol-a.col)
		for i := range cells {
			cells[i] = t.cell(row, a.col+int64(i))
		}
		rows = append(rows, cells)
	}
	slices.SortStableFunc(rows, func(x, y []*sheets.CellData) int {
		for _, spec := range r.SortSpecs {
			if c := compareCells(x[spec.DimensionIndex-a.col], y[spec.DimensionIndex-a.col], spec.SortOrder == "DESCENDING"); c != 0 {
				return c
			}
		}
		return 0
	})
	for i, cells := range rows {
		for j, c := range cells {
			t.setCell(a.row+int64(i), a.col+int64(j), c)
		}
	}
	return nil
}

// compareCells orders by the text shown; blank cells stay last in both orders.
func compareCells(x, y *sheets.CellData, descending bool) int {
	text := func(c *sheets.CellData) string {
		if c == nil {
			return ""
		}
		return c.FormattedValue
	}
	a, b := text(x), text(y)
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	case (a < b) != descending:
		return -1
	}
	return 1
}
