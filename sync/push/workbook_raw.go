package push

import (
	"bytes"
	"fmt"
	"strconv"

	"doisoat/reconcile/report"
)

// The library keeps a whole sheet in memory, some hundred bytes a cell, and
// looks each cell up three times. Rows of a long table, which are many and all
// of one kind, are written here as the format has them, and put behind the rows
// of the library when the file is finished.

// longTable is the number of rows from which a table counts as long.
const longTable = 500

// isLong reports whether the rows below the block's header may be written raw:
// none of their cells is merged.
func (t *tabWriter) isLong(block *report.Block) bool {
	if block.Kind != report.Table || len(block.Rows) <= t.long {
		return false
	}
	for _, row := range block.Rows[1:] {
		for i := range row {
			if row[i].Span > 1 {
				return false
			}
		}
	}
	return true
}

// rawRow is row for the rows of long tables.
func (t *tabWriter) rawRow(block *report.Block, j, row int) error {
	height := 0.0
	var cells bytes.Buffer
	for i := range block.Rows[j] {
		c, name := &block.Rows[j][i], cellName(i+1, row)
		l, value := bookCell(block, c, false, i+1)
		location, hasLink := t.location(c.Link)
		if hasLink && c.Style != report.Key {
			l.colour = linkBlue
			l.underline = !value.numeric
		}
		style, err := t.style(l)
		if err != nil {
			return fmt.Errorf("cell %s: %w", name, err)
		}
		rawCell(&cells, name, style, value)
		if hasLink {
			if err := t.file.SetCellHyperLink(t.tab.Name, name, location, "Location"); err != nil {
				return fmt.Errorf("cell %s: %w", name, err)
			}
		}
		height = max(height, cellHeight(l, value, t.width(i+1)))
	}
	t.columns = max(t.columns, len(block.Rows[j]))
	height = min(max(height, rowHeight), maxRowHeight)
	fmt.Fprintf(t.raw, `<row r="%d" ht="%s"`, row, strconv.FormatFloat(height, 'f', -1, 64))
	if t.tab.OnePage {
		t.raw.WriteString(` customHeight="true"`)
	}
	t.raw.WriteByte('>')
	t.raw.Write(cells.Bytes())
	t.raw.WriteString(`</row>`)
	return nil
}

// rawCell writes text as text, whatever it begins with, and numbers as numbers.
func rawCell(b *bytes.Buffer, name string, style int, v cellValue) {
	fmt.Fprintf(b, `<c r="%s" s="%d"`, name, style)
	switch {
	case v.numeric:
		fmt.Fprintf(b, `><v>%s</v></c>`, v.number)
	case v.text == "":
		b.WriteString(`/>`)
	default:
		fmt.Fprintf(b, ` t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, escapeXML(literal(plainText(v.text))))
	}
}

// appendRows puts rows behind those that the sheet has.
func appendRows(xml []byte, rows *bytes.Buffer) []byte {
	const end = `</sheetData>`
	at := bytes.Index(xml, []byte(end))
	if rows == nil || rows.Len() == 0 || at < 0 {
		return xml
	}
	out := make([]byte, 0, len(xml)+rows.Len())
	out = append(append(out, xml[:at]...), rows.Bytes()...)
	return append(out, xml[at:]...)
}
