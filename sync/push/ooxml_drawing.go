package push

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// The boxes of comments stand in a drawing of the old vector language (VML),
// which need not be well-formed XML: it is searched, never parsed.
var (
	shapeStart = regexp.MustCompile(`<(\w+:)?shape[\s>]`)
	shapeEnd   = regexp.MustCompile(`</(\w+:)?shape\s*>`)
	shapeRow   = regexp.MustCompile(`<(?:\w+:)?Row>\s*(\d{1,7})\s*<`)
	shapeCol   = regexp.MustCompile(`<(?:\w+:)?Column>\s*(\d{1,5})\s*<`)
	shapeID    = regexp.MustCompile(`_x0000_s(\d{1,9})`)
	shapeNote  = regexp.MustCompile(`ObjectType\s*=\s*["']Note["']`)
	otherShape = regexp.MustCompile(`<(\w+:)?(shape|rect|roundrect|oval|line|polyline|image|group|arc|curve)[\s>]`)
)

// shapesPerBlock is how many shape IDs a drawing has in each block that it
// claims.
const shapesPerBlock = 1024

// VML namespaces, by the prefixes that everybody uses.
var vmlNamespaces = []struct{ prefix, uri string }{
	{"v", "urn:schemas-microsoft-com:vml"},
	{"o", "urn:schemas-microsoft-com:office:office"},
	{"x", "urn:schemas-microsoft-com:office:excel"},
}

// noteShape is the definition that boxes of comments refer to.
const noteShape = `<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
	`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

// withoutShapes removes the boxes of the comments on the cells. left is how
// many shapes of any kind remain.
func withoutShapes(vml []byte, cells []string) (kept []byte, left int) {
	var edits []splice
	for pos := 0; ; {
		from := shapeStart.FindIndex(vml[pos:])
		if from == nil {
			break
		}
		start := pos + from[0]
		to := shapeEnd.FindIndex(vml[start:])
		if to == nil {
			break
		}
		end := start + to[1]
		if shape := vml[start:end]; shapeNote.Match(shape) && slices.Contains(cells, shapeCell(shape)) {
			edits = append(edits, splice{at: start, drop: end - start})
		}
		pos = end
	}
	kept = apply(vml, edits)
	return kept, len(otherShape.FindAllIndex(kept, -1))
}

// shapeCell is the cell that a comment's box belongs to.
func shapeCell(shape []byte) string {
	row, col := shapeRow.FindSubmatch(shape), shapeCol.FindSubmatch(shape)
	if row == nil || col == nil {
		return ""
	}
	r, _ := strconv.Atoi(string(row[1]))
	c, _ := strconv.Atoi(string(col[1]))
	return cellName(c+1, r+1)
}

// withShapes adds boxes to a drawing that exists.
func withShapes(vml []byte, notes []*note, g *geometry) ([]byte, error) {
	end := bytes.LastIndex(vml, []byte("</"))
	if end < 0 {
		return nil, fmt.Errorf("%w: a drawing without an end", ErrPackageDamaged)
	}
	declarations := ""
	for _, ns := range vmlNamespaces {
		if !bytes.Contains(vml, []byte(`xmlns:`+ns.prefix+`="`+ns.uri+`"`)) {
			declarations += fmt.Sprintf(` xmlns:%s="%s"`, ns.prefix, ns.uri)
		}
	}
	highest := shapesPerBlock
	for _, m := range shapeID.FindAllSubmatch(vml, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			highest = max(highest, n)
		}
	}
	var added strings.Builder
	if !bytes.Contains(vml, []byte(`"_x0000_t202"`)) {
		fmt.Fprintf(&added, noteShape, declarations)
	}
	for i, n := range notes {
		added.WriteString(n.shape(highest+1+i, declarations, g))
	}
	return apply(vml, []splice{{at: end, add: added.String()}}), nil
}

// newDrawing is a drawing of the notes' boxes alone. block is the first block
// of shape IDs that is free, and is moved on.
func newDrawing(notes []*note, g *geometry, block *int) []byte {
	var b strings.Builder
	b.WriteString("<xml")
	for _, ns := range vmlNamespaces {
		fmt.Fprintf(&b, ` xmlns:%s="%s"`, ns.prefix, ns.uri)
	}
	first := *block
	*block += len(notes)/shapesPerBlock + 1
	var blocks []string
	for i := first; i < *block; i++ {
		blocks = append(blocks, strconv.Itoa(i))
	}
	fmt.Fprintf(&b, `><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>`, strings.Join(blocks, ","))
	fmt.Fprintf(&b, noteShape, "")
	for i, n := range notes {
		b.WriteString(n.shape(first*shapesPerBlock+1+i, "", g))
	}
	b.WriteString("</xml>")
	return []byte(b.String())
}

// The box of a note in pixels: as wide as reads well, as high as the text.
const (
	boxWidth   = 320
	boxLetters = 52 // in a line
	boxLine    = 15
	boxHighest = 480
)

func (n *note) shape(id int, declarations string, g *geometry) string {
	lines := 0
	for line := range strings.SplitSeq(n.text(), "\n") {
		lines += 1 + len([]rune(line))/boxLetters
	}
	height := min(boxHighest, max(48, lines*boxLine+14))
	fromCol := min(n.col+1, maxColumns-1)
	fromRow := max(1, n.row-1)
	toCol, right := reach(fromCol, 15+boxWidth, maxColumns, g.width)
	toRow, bottom := reach(fromRow, 4+height, maxRows, g.height)
	return fmt.Sprintf(`<v:shape%s id="_x0000_s%d" type="#_x0000_t202" `+
		`style="position:absolute;margin-left:60pt;margin-top:2pt;width:%gpt;height:%gpt;z-index:1;visibility:hidden" `+
		`fillcolor="#%s" o:insetmode="auto"><v:fill color2="#%[5]s"/><v:shadow on="t" color="black" obscured="t"/>`+
		`<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>`+
		`<x:Anchor>%d, 15, %d, 4, %d, %d, %d, %d</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column>`+
		`</x:ClientData></v:shape>`,
		declarations, id, boxWidth*0.75, float64(height)*0.75, noteFill(n.severity),
		fromCol-1, fromRow-1, toCol-1, right, toRow-1, bottom, n.row-1, n.col-1)
}

// noteFill is the colour of a note's box, lighter than the tab's marks.
func noteFill(s reconcile.Severity) string {
	switch s {
	case reconcile.SeverityError:
		return "FDE2E0"
	case reconcile.SeverityWarning:
		return "FFF4CE"
	}
	return "E5F1FB"
}
