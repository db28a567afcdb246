package report

import (
	"strconv"

	"doisoat/reconcile"
)

// RowOf is the 1-based row of the tab on which the block with that ID begins;
// ok is false when the tab has no such block.
func (t *Tab) RowOf(id string) (row int, ok bool) {
	row = 1
	for i := range t.Blocks {
		if t.Blocks[i].ID == id {
			return row, true
		}
		row += len(t.Blocks[i].Rows)
	}
	return 0, false
}

// Block returns the block with that ID, or nil.
func (t *Tab) Block(id string) *Block {
	for i := range t.Blocks {
		if t.Blocks[i].ID == id {
			return &t.Blocks[i]
		}
	}
	return nil
}

// Height is the number of rows of the tab.
func (t *Tab) Height() int {
	n := 0
	for i := range t.Blocks {
		n += len(t.Blocks[i].Rows)
	}
	return n
}

// Tab returns the workbook's tab with that name, or nil.
func (w *Workbook) Tab(name string) *Tab {
	for i := range w.Tabs {
		if w.Tabs[i].Name == name {
			return &w.Tabs[i]
		}
	}
	return nil
}

// newTable begins a table: its header row is made from the columns.
func newTable(id string, columns []Column) Block {
	header := make([]Cell, len(columns))
	for i, c := range columns {
		style := Header
		switch {
		case c.Staff:
			style = StaffHeader
		case c.Style == Vertical:
			style = Vertical
		}
		header[i] = Cell{Value: c.Title, Style: style}
	}
	return Block{Kind: Table, ID: id, Columns: columns, Rows: [][]Cell{header}}
}

func text(value string, style Style) Cell { return Cell{Value: value, Style: style} }

// staffCell holds what people wrote, nothing at all when they wrote nothing.
func staffCell(value string) Cell {
	if value == "" {
		return Cell{Style: StaffCell}
	}
	return Cell{Value: value, Style: StaffCell}
}

func spanned(value string, style Style, span int) Cell {
	return Cell{Value: value, Style: style, Span: span}
}

func volatile(c Cell) Cell {
	c.Volatile = true
	return c
}

func figure(n int) Cell { return Cell{Value: n, Style: Figure} }

func money(v reconcile.VND) Cell { return Cell{Value: v, Style: Money} }

// noFigure stands where a figure would need an input that is not loaded.
func noFigure() Cell { return Cell{Value: noValue, Style: Centered} }

func linked(c Cell, to *Link) Cell {
	c.Link = to
	return c
}

// rowsLink leads to whole rows of a table, from column A to the last one.
func rowsLink(tab string, first, last, columns int) *Link {
	return &Link{Sheet: tab, Cell: "A" + strconv.Itoa(first) + ":" + columnName(columns) + strconv.Itoa(last)}
}

// columnName is the letter of a 1-based column: 1 is A, 27 is AA.
func columnName(col int) string {
	name := ""
	for col > 0 {
		col--
		name = string(rune('A'+col%26)) + name
		col /= 26
	}
	return name
}
