package push

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"doisoat/reconcile/report"
)

// chunk is how much of a part is gathered before it is compressed.
const chunk = 32 << 10

// tabWriter renders one tab as a part.
type tabWriter struct {
	*bookWriter
	tab    *report.Tab
	number int // 1-based, in the workbook
	to     io.Writer
	buffer []byte
	row    int // 1-based, of the row that is being written
	// What stands behind the rows.
	merges, links, validations []string
	filtered                   string // the last table with its header
	cells                      []byte // of the row that is being written
}

func (t *tabWriter) write() error {
	err := t.parts.stream(newEntry(fmt.Sprintf(sheetPart, t.number)), func(to io.Writer) error {
		t.to = to
		return t.sheet()
	})
	if err != nil || len(t.charts[t.number-1]) == 0 {
		return err
	}
	return t.drawing()
}

func (t *tabWriter) sheet() error {
	rows, columns := t.extent()
	last := cellName(max(1, columns), max(1, rows))
	t.buffer = append(make([]byte, 0, chunk+4<<10), xmlHeader...)
	t.text(`<worksheet xmlns="`, mainNamespace, `" xmlns:r="`, relationNamespace, `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`+
		`<dimension ref="A1:`, last, `"/>`, t.views(), `<sheetFormatPr defaultRowHeight="15"/>`, t.widths(columns), `<sheetData>`)
	for i := range t.tab.Blocks {
		if err := t.block(&t.tab.Blocks[i]); err != nil {
			return err
		}
	}
	t.text(`</sheetData>`)
	if t.tab.Filter && t.filtered != "" {
		t.text(`<autoFilter ref="`, t.filtered, `"/>`)
		t.define("_xlnm._FilterDatabase", quoteSheet(t.tab.Name)+"!"+absolute(t.filtered), ` hidden="1"`)
	}
	t.text(wrapList("mergeCells", t.merges), wrapList("dataValidations", t.validations))
	if len(t.links) > 0 {
		t.text(`<hyperlinks>`, strings.Join(t.links, ""), `</hyperlinks>`)
	}
	t.text(t.page())
	if len(t.charts[t.number-1]) > 0 {
		t.text(`<drawing r:id="rId1"/>`)
	}
	t.text(`</worksheet>`)
	return t.flush()
}

func (t *tabWriter) text(parts ...string) {
	for _, s := range parts {
		t.buffer = append(t.buffer, s...)
	}
}

func (t *tabWriter) flush() error {
	_, err := t.to.Write(t.buffer)
	t.buffer = t.buffer[:0]
	return err
}

// extent is how many rows and columns the tab has.
func (t *tabWriter) extent() (rows, columns int) {
	for i := range t.tab.Blocks {
		rows += len(t.tab.Blocks[i].Rows)
		for _, row := range t.tab.Blocks[i].Rows {
			n := 0
			for j := range row {
				n += max(1, row[j].Span)
			}
			columns = max(columns, n)
		}
	}
	return rows, columns
}

func (t *tabWriter) block(b *report.Block) error {
	first := t.row + 1
	for i, cells := range b.Rows {
		t.row++
		t.line(b, cells, i == 0)
		if len(t.buffer) >= chunk {
			if err := t.flush(); err != nil {
				return err
			}
		}
	}
	if b.Kind != report.Table || len(b.Columns) == 0 || len(b.Rows) == 0 {
		return nil
	}
	t.filtered = cellName(1, first) + ":" + cellName(len(b.Columns), t.row)
	if t.row == first {
		return nil
	}
	for i, c := range b.Columns {
		if xml, ok := dropDown(c, cellName(i+1, first+1)+":"+cellName(i+1, t.row)); ok {
			t.validations = append(t.validations, xml)
		}
	}
	return nil
}

// line writes one row. Programs may fit the rows of tables again when people
// write in them; merged heads, which none fits, and the page over which charts
// lie keep their height.
func (t *tabWriter) line(b *report.Block, cells []report.Cell, header bool) {
	height, col := float64(rowHeight), 1
	t.cells = t.cells[:0]
	for i := range cells {
		c := &cells[i]
		span := max(1, c.Span)
		value := valueOf(c.Value, false)
		location, linked := t.location(c.Link)
		k := t.kind(kindOf(b, c, value, col, header, linked))
		t.cell(col, k.style, value)
		for next := col + 1; next < col+span; next++ {
			t.cell(next, k.style, cellValue{})
		}
		if span > 1 {
			t.merges = append(t.merges, `<mergeCell ref="`+cellName(col, t.row)+":"+cellName(col+span-1, t.row)+`"/>`)
		}
		if linked {
			t.links = append(t.links, `<hyperlink ref="`+cellName(col, t.row)+`" location="`+escapeXML(location)+`"/>`)
		}
		room := 0.0
		for next := col; next < col+span; next++ {
			room += t.width(next)
		}
		height = max(height, cellHeight(k.look, value, room))
		col += span
	}
	t.buffer = append(t.buffer, `<row r="`...)
	t.buffer = append(strconv.AppendInt(t.buffer, int64(t.row), 10), `" ht="`...)
	t.buffer = strconv.AppendFloat(t.buffer, math.Round(min(height, highestRow)*100)/100, 'f', -1, 64)
	if b.Kind == report.Table && !t.tab.OnePage {
		t.text(`">`)
	} else {
		t.text(`" customHeight="1">`)
	}
	t.buffer = append(append(t.buffer, t.cells...), `</row>`...)
}

// cell writes text as text, whatever it begins with, and numbers as numbers.
func (t *tabWriter) cell(col, style int, v cellValue) {
	b := append(t.cells, `<c r="`...)
	b = appendCell(b, col, t.row)
	b = append(b, `" s="`...)
	b = strconv.AppendInt(b, int64(style), 10)
	switch {
	case v.numeric:
		b = append(b, `"><v>`...)
		b = append(b, v.number...)
		b = append(b, `</v></c>`...)
	case v.text == "":
		b = append(b, `"/>`...)
	default:
		b = append(b, `" t="s"><v>`...)
		b = strconv.AppendInt(b, int64(t.texts.number(v.text)), 10)
		b = append(b, `</v></c>`...)
	}
	t.cells = b
}

// location is where a link leads inside this file; ok is false when it leads to
// a sheet that the file does not have.
func (t *tabWriter) location(link *report.Link) (string, bool) {
	if link == nil || link.Origin != nil || t.report.Tab(link.Sheet) == nil || !isArea(link.Cell) {
		return "", false
	}
	return quoteSheet(link.Sheet) + "!" + link.Cell, true
}

func (t *tabWriter) width(col int) float64 {
	if col <= len(t.tab.Widths) && t.tab.Widths[col-1] > 0 {
		return t.tab.Widths[col-1]
	}
	return defaultWidth
}
