package push

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// layout is what has to be known of a worksheet part to put comments on it.
type layout struct {
	prefix    string
	outer     element
	children  []element
	drawing   element // <legacyDrawing>
	drawingID string  // its relation, "" when there is none
	merges    []area
}

// area is a rectangle of cells, 1-based, ends inclusive.
type area struct{ fromCol, fromRow, toCol, toRow int }

func (m area) holds(col, row int) bool {
	return col >= m.fromCol && col <= m.toCol && row >= m.fromRow && row <= m.toRow
}

func readLayout(data []byte) (*layout, error) {
	l := &layout{}
	var err error
	if l.outer, l.children, err = root(data); err != nil {
		return nil, err
	}
	if l.prefix, err = prefixOf(data, l.outer, mainNamespace); err != nil {
		return nil, err
	}
	if l.outer.local() != "worksheet" {
		return nil, fmt.Errorf("%w: <%s> where a worksheet should be", ErrPackageUnknown, l.outer.name())
	}
	for _, e := range l.children {
		switch e.local() {
		case "legacyDrawing":
			l.drawing, l.drawingID = e, relationID(data, e.open)
			if l.drawingID == "" {
				return nil, fmt.Errorf("%w: a drawing without a relation", ErrPackageDamaged)
			}
		case "mergeCells":
			l.readMerges(data, e)
		}
	}
	return l, nil
}

// measure reads the sizes of columns and rows.
func (l *layout) measure(data []byte) geometry {
	g := geometry{column: 64, row: 20, rows: map[int]int{}}
	for _, e := range l.children {
		switch e.local() {
		case "sheetFormatPr":
			g.readDefaults(data, e.open)
		case "cols":
			g.readColumns(data, e)
		case "sheetData":
			g.readRows(e.inner(data), "<"+l.prefix+"row")
		}
	}
	return g
}

func (l *layout) readMerges(data []byte, list element) {
	_, items, err := expand(data, list.open)
	if err != nil {
		return
	}
	for _, e := range items {
		ref, _ := attr(data, e.open, "ref")
		from, to, _ := strings.Cut(ref, ":")
		var m area
		var ok bool
		if m.fromCol, m.fromRow, ok = parseCell(from); !ok {
			continue
		}
		if m.toCol, m.toRow, ok = parseCell(to); ok {
			l.merges = append(l.merges, m)
		}
	}
}

// afterDrawing are the children of a worksheet that stand below its comments'
// drawing.
var afterDrawing = map[string]bool{
	"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true,
	"webPublishItems": true, "tableParts": true, "extLst": true,
}

// insertDrawing is the edit that refers to the drawing of the comments, at the
// place that the schema gives it.
func (l *layout) insertDrawing(data []byte, id string) splice {
	prefix, declaration := relationPrefix(data, l.outer)
	xml := fmt.Sprintf(`<%slegacyDrawing%s %sid="%s"/>`, l.prefix, declaration, prefix, id)
	for _, e := range l.children {
		name := e.local()
		if name == "AlternateContent" {
			name = l.alternative(data, e)
		}
		if afterDrawing[name] {
			return splice{at: e.start(), add: xml}
		}
	}
	return appendTo(data, l.outer, xml)
}

// alternative is the name of what an <mc:AlternateContent> offers first.
func (l *layout) alternative(data []byte, e element) string {
	inside := data[:e.end()]
	pos := e.open.end
	for {
		t, ok, err := nextTag(inside, pos)
		if err != nil || !ok {
			return ""
		}
		pos = t.end
		if name := localName(t.name); name != "Choice" && name != "Fallback" && name != "AlternateContent" {
			return name
		}
	}
}

// geometry is the size of columns and rows in pixels.
type geometry struct {
	column, row int // defaults
	columns     []columnSize
	rows        map[int]int
}

type columnSize struct{ from, to, pixels int }

// columnPixels is the width of a column of so many characters of the default
// font, whose digits are seven pixels wide.
func columnPixels(width float64) int { return int(math.Min(2000, math.Max(0, width*7+5))) }

// pointPixels turns points into pixels of a screen with 96 to the inch.
func pointPixels(points float64) int { return int(math.Min(2000, math.Max(0, points*4/3))) }

func attrFloat(data []byte, t tag, name string) (float64, bool) {
	s, ok := attr(data, t, name)
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsNaN(v)
}

func isOn(data []byte, t tag, name string) bool {
	v, _ := attr(data, t, name)
	return v == "1" || v == "true"
}

func (g *geometry) readDefaults(data []byte, t tag) {
	if w, ok := attrFloat(data, t, "defaultColWidth"); ok {
		g.column = columnPixels(w)
	}
	if h, ok := attrFloat(data, t, "defaultRowHeight"); ok && h > 0 {
		g.row = pointPixels(h)
	}
}

func (g *geometry) readColumns(data []byte, list element) {
	_, items, err := expand(data, list.open)
	if err != nil {
		return
	}
	for _, e := range items {
		from, _ := attrInt(data, e.open, "min")
		to, _ := attrInt(data, e.open, "max")
		size := columnSize{from: from, to: to, pixels: g.column}
		if w, ok := attrFloat(data, e.open, "width"); ok {
			size.pixels = columnPixels(w)
		}
		if isOn(data, e.open, "hidden") {
			size.pixels = 0
		}
		g.columns = append(g.columns, size)
	}
}

// readRows looks for rows alone: a sheet has many more cells.
func (g *geometry) readRows(rows []byte, begin string) {
	for {
		i := bytes.Index(rows, []byte(begin))
		if i < 0 {
			return
		}
		rows = rows[i:]
		t, _, err := readTag(rows, 0)
		if err != nil {
			return
		}
		if row, ok := attrInt(rows, t, "r"); ok {
			if h, ok := attrFloat(rows, t, "ht"); ok {
				g.rows[row] = pointPixels(h)
			}
			if isOn(rows, t, "hidden") {
				g.rows[row] = 0
			}
		}
		rows = rows[t.end:]
	}
}

func (g *geometry) width(col int) int {
	for _, c := range g.columns {
		if col >= c.from && col <= c.to {
			return c.pixels
		}
	}
	return g.column
}

func (g *geometry) height(row int) int {
	if h, ok := g.rows[row]; ok {
		return h
	}
	return g.row
}

// reach goes so many pixels from the beginning of a column or row (1-based) and
// returns where that is, with the rest inside it.
func reach(from, pixels, last int, size func(int) int) (at, rest int) {
	at = from
	for at < last && pixels >= size(at) {
		pixels -= size(at)
		at++
	}
	return at, max(0, min(pixels, size(at)-1))
}
