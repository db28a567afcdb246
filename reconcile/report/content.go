package report

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"
	"time"

	"doisoat/reconcile"
)

// Content is a digest of what the workbook says. Two workbooks with the same
// digest differ at most in volatile cells, so that the second need not be
// written over the first. A row all of whose cells are volatile counts for
// nothing, wherever it stands and whether it is there or not.
func (w *Workbook) Content() string {
	d := newDigest()
	d.text(w.Title)
	for i := range w.Tabs {
		d.tab(&w.Tabs[i], true)
	}
	return d.sum()
}

// Content is the digest of one tab, see Workbook.Content.
func (t *Tab) Content() string { return t.content(true) }

// ServiceContent is Content without the columns that staff fill in, for sinks
// where these columns are never written (a Google tab): an answer that staff
// typed there is no reason to write.
func (t *Tab) ServiceContent() string { return t.content(false) }

func (t *Tab) content(staff bool) string {
	d := newDigest()
	d.tab(t, staff)
	return d.sum()
}

// digest gathers what a report says. It is made for each report of each run, of
// every cell, and decides alone whether anything is rendered: so values go into
// the hash as they are, and not by way of their text. Each is preceded by its
// length or has a fixed one, and each list by its marks, so that no two reports
// say the same to it that differ.
type digest struct {
	hash   hash.Hash
	buffer []byte
}

// The marks that tell apart what follows.
const (
	markTab byte = iota + 1
	markBlock
	markColumn
	markRow
	markCell
	markVolatile
	markLink
	markOrigin
	markChart
)

func newDigest() *digest {
	return &digest{hash: sha256.New(), buffer: make([]byte, 0, digestBuffer+512)}
}

// digestBuffer is how much is gathered before it is hashed.
const digestBuffer = 8 << 10

func (d *digest) sum() string {
	d.hash.Write(d.buffer)
	return hex.EncodeToString(d.hash.Sum(nil))
}

func (d *digest) mark(m byte) {
	if len(d.buffer) >= digestBuffer {
		d.hash.Write(d.buffer)
		d.buffer = d.buffer[:0]
	}
	d.buffer = append(d.buffer, m)
}

func (d *digest) text(s string) {
	d.buffer = append(binary.AppendUvarint(d.buffer, uint64(len(s))), s...)
}

func (d *digest) number(n int64) { d.buffer = binary.AppendVarint(d.buffer, n) }

func (d *digest) share(f float64) {
	d.buffer = binary.BigEndian.AppendUint64(d.buffer, math.Float64bits(f))
}

func (d *digest) flag(b bool) {
	if b {
		d.number(1)
	} else {
		d.number(0)
	}
}

func (d *digest) tab(t *Tab, staff bool) {
	d.mark(markTab)
	d.text(t.Name)
	d.number(int64(len(t.Widths)))
	for _, w := range t.Widths {
		d.share(w)
	}
	for _, n := range []int{t.FreezeRow, t.RepeatRow, t.FreezeCol, t.PagesWide} {
		d.number(int64(n))
	}
	for _, b := range []bool{t.Landscape, t.Filter, t.OnePage} {
		d.flag(b)
	}
	for i := range t.Blocks {
		d.block(&t.Blocks[i], staff)
	}
	for _, c := range t.Charts {
		d.mark(markChart)
		d.text(fmt.Sprintf("%+v", c))
	}
}

func (d *digest) block(b *Block, staff bool) {
	d.mark(markBlock)
	d.number(int64(b.Kind))
	d.text(b.ID)
	for _, c := range b.Columns {
		d.mark(markColumn)
		d.text(c.Title)
		d.flag(c.Staff)
		d.number(int64(c.Style))
		d.number(int64(len(c.Choices)))
		for _, choice := range c.Choices {
			d.text(choice)
		}
	}
	for _, row := range b.Rows {
		d.row(b, row, staff)
	}
}

func (d *digest) row(b *Block, row []Cell, staff bool) {
	if allVolatile(row) {
		return
	}
	d.mark(markRow)
	col := 0
	for i := range row {
		c := &row[i]
		at := col
		col += max(1, c.Span)
		if c.Volatile || !staff && at < len(b.Columns) && b.Columns[at].Staff {
			d.mark(markVolatile)
			d.number(int64(c.Span))
			continue
		}
		d.cell(c)
	}
}

func (d *digest) cell(c *Cell) {
	d.mark(markCell)
	d.value(c.Value)
	d.number(int64(c.Style))
	d.number(int64(c.Span))
	d.flag(c.Band)
	if c.Link == nil {
		return
	}
	d.mark(markLink)
	d.text(c.Link.Sheet)
	d.text(c.Link.Cell)
	if o := c.Link.Origin; o != nil {
		d.mark(markOrigin)
		d.text(o.Source)
		d.text(o.Sheet)
		d.number(int64(o.Row))
		d.text(o.Cell)
	}
}

// value puts down a cell's value after a letter for its type.
func (d *digest) value(v any) {
	switch v := v.(type) {
	case nil:
		d.mark('0')
	case string:
		d.mark('s')
		d.text(v)
	case int:
		d.mark('i')
		d.number(int64(v))
	case reconcile.VND:
		d.mark('m')
		d.number(int64(v))
	case Percent:
		d.mark('p')
		d.share(float64(v))
	case reconcile.Date:
		d.mark('d')
		for _, n := range []int{v.Year, v.Month, v.Day} {
			d.number(int64(n))
		}
	case time.Time:
		d.mark('t')
		d.text(v.Format(time.RFC3339Nano))
	default:
		d.mark('?')
		d.text(fmt.Sprintf("%T %v", v, v))
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
