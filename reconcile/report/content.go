package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
)

// Content is a digest of what the workbook says. Two workbooks with the same
// digest differ at most in volatile cells, so that the second need not be
// written over the first. A row all of whose cells are volatile counts for
// nothing, wherever it stands and whether it is there or not.
func (w *Workbook) Content() string {
	h := sha256.New()
	fmt.Fprintf(h, "workbook %q\n", w.Title)
	for i := range w.Tabs {
		writeTab(h, &w.Tabs[i], true)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Content is the digest of one tab, see Workbook.Content.
func (t *Tab) Content() string { return t.digest(true) }

// ServiceContent is Content without the columns that staff fill in, for sinks
// where these columns are never written (a Google tab): an answer that staff
// typed there is no reason to write.
func (t *Tab) ServiceContent() string { return t.digest(false) }

func (t *Tab) digest(staff bool) string {
	h := sha256.New()
	writeTab(h, t, staff)
	return hex.EncodeToString(h.Sum(nil))
}

func writeTab(h hash.Hash, t *Tab, staff bool) {
	fmt.Fprintf(h, "tab %q %v %t %d %d %d %t %d %t\n", t.Name, t.Widths, t.Landscape,
		t.FreezeRow, t.RepeatRow, t.FreezeCol, t.Filter, t.PagesWide, t.OnePage)
	for i := range t.Blocks {
		b := &t.Blocks[i]
		fmt.Fprintf(h, "block %d %q\n", b.Kind, b.ID)
		for _, c := range b.Columns {
			fmt.Fprintf(h, "column %q %t %q %d\n", c.Title, c.Staff, c.Choices, c.Style)
		}
		for _, row := range b.Rows {
			writeRow(h, b, row, staff)
		}
	}
	for _, c := range t.Charts {
		fmt.Fprintf(h, "chart %+v\n", c)
	}
}

func writeRow(h hash.Hash, b *Block, row []Cell, staff bool) {
	if allVolatile(row) {
		return
	}
	fmt.Fprint(h, "row\n")
	col := 0
	for i := range row {
		c := &row[i]
		at := col
		col += max(1, c.Span)
		if c.Volatile || !staff && at < len(b.Columns) && b.Columns[at].Staff {
			fmt.Fprintf(h, "volatile %d\n", c.Span)
			continue
		}
		fmt.Fprintf(h, "cell %T %q %d %d %t", c.Value, fmt.Sprint(c.Value), c.Style, c.Span, c.Band)
		if c.Link != nil {
			fmt.Fprintf(h, " link %q %q", c.Link.Sheet, c.Link.Cell)
			if c.Link.Origin != nil {
				o := c.Link.Origin
				fmt.Fprintf(h, " %q %q %d %q", o.Source, o.Sheet, o.Row, o.Cell)
			}
		}
		fmt.Fprint(h, "\n")
	}
}

func allVolatile(row []Cell) bool {
	for i := range row {
		if !row[i].Volatile {
			return false
		}
	}
	return len(row) > 0
}
