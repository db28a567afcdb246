package sheet

import (
	"bytes"
	"fmt"
	"strconv"
)

// odsCell is the start tag of a cell (ODF 1.3 part 3, 9.1.4).
type odsCell struct {
	repeat     int
	rows, cols int // spanned
	style      []byte
	kind       odsKind
	value      []byte // of numbers, dates, times and booleans
	text       []byte // string-value, which counts where no text is shown
	formula    bool
	source     []byte // the formula
	array      bool   // one of arrays
	isError    bool
}

type odsKind uint8

const (
	odsBlank odsKind = iota
	odsString
	odsNumber
	odsDate
	odsTime
	odsBoolean
)

func (c *odsCell) scan(s *xmlScanner) {
	*c = odsCell{repeat: 1, rows: 1, cols: 1, style: c.style[:0], value: c.value[:0], text: c.text[:0], source: c.source[:0]}
	for rest := s.attrs; ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			return
		}
		rest = more
		switch string(name) {
		case "calcext:value-type": // LibreOffice's own, which alone knows errors
			c.isError = string(value) == "error"
			continue
		}
		switch string(localName(name)) {
		case "number-columns-repeated":
			c.repeat = repetitions(value, maxRowNumber)
		case "number-columns-spanned":
			c.cols = repetitions(value, maxColumn)
		case "number-rows-spanned":
			c.rows = repetitions(value, maxRowNumber)
		case "style-name":
			c.style = append(c.style[:0], value...)
		case "formula":
			c.formula = true
			c.source = appendDecoded(c.source[:0], value, false)
		case "number-matrix-columns-spanned":
			c.array = true
		case "value-type":
			c.kind = odsKindOf(value)
		case "value", "date-value", "time-value", "boolean-value":
			c.value = append(c.value[:0], value...)
		case "string-value":
			c.text = appendDecoded(c.text[:0], value, false)
		}
	}
}

// open says whether the cell has a formula and no result of it. Programs that
// calculate write a value, if need be an empty text.
func (c *odsCell) open(shown []byte) bool {
	return c.formula && !c.isError && blank(shown) && len(c.text) == 0 && len(c.value) == 0 && c.kind != odsString
}

func odsKindOf(valueType []byte) odsKind {
	switch string(valueType) {
	case "float", "percentage", "currency":
		return odsNumber
	case "date":
		return odsDate
	case "time":
		return odsTime
	case "boolean":
		return odsBoolean
	case "", "void":
		return odsBlank
	}
	return odsString
}

// parseDuration reads an xsd:duration in days, hours, minutes and seconds
// ("PT13H45M00S") as a number of days.
func parseDuration(b []byte) (float64, bool) {
	b, negative := bytes.CutPrefix(b, []byte("-"))
	b, ok := bytes.CutPrefix(b, []byte("P"))
	if !ok || len(b) < 2 {
		return 0, false
	}
	units := map[byte]float64{'D': secondsPerDay}
	seconds := 0.0
	for len(b) > 0 {
		if b[0] == 'T' {
			units = map[byte]float64{'H': 3600, 'M': 60, 'S': 1}
			b = b[1:]
			continue
		}
		end := bytes.IndexFunc(b, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
		if end < 1 || units[b[end]] == 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(string(bytes.ReplaceAll(b[:end], []byte(","), []byte("."))), 64)
		if err != nil {
			return 0, false
		}
		seconds += n * units[b[end]]
		b = b[end+1:]
	}
	if negative {
		seconds = -seconds
	}
	return seconds / secondsPerDay, true
}

// odsText is the text that a cell shows: its paragraphs, a line each. It is
// used again for each cell.
type odsText struct {
	most int // bytes

	text    []byte
	hasFont bool   // every part names a font, or one of them a legacy font
	font    string // the legacy font among them

	paragraphs int
	space      bool // a further blank would be one of several in the source
	unnamed    bool // a part has the cell's own font
	spans      []odsSpan
	piece      []byte
}

type odsSpan struct {
	depth int
	font  odsFont
}

// maxSpans bounds how deep the parts of a text may be nested.
const maxSpans = 64

// scan reads the content of the current cell. Comments, drawings and whatever
// else it holds beside paragraphs are no text of the cell.
func (t *odsText) scan(s *xmlScanner, styles *odsStyles) error {
	t.text, t.hasFont, t.font, t.paragraphs, t.unnamed = t.text[:0], false, "", 0, false
	named := false
	err := s.children(func() error {
		if name := string(s.name); name != "p" && name != "h" {
			return s.skip()
		}
		if t.paragraphs++; t.paragraphs > 1 {
			if err := t.add("\n"); err != nil {
				return err
			}
		}
		has, err := t.paragraph(s, styles)
		named = named || has
		return err
	})
	t.hasFont = t.font != "" || named && !t.unnamed
	return err
}

// paragraph appends the text of the current element; named says that a part of
// it has a font of its own.
func (t *odsText) paragraph(s *xmlScanner, styles *odsStyles) (named bool, err error) {
	t.space = true
	t.spans = t.spans[:0]
	for outside := s.depth - 1; ; {
		token, err := s.next()
		if err != nil {
			return named, err
		}
		switch token {
		case xmlStart:
			err = t.inline(s, styles)
		case xmlText:
			own := len(t.spans) > 0 && t.spans[len(t.spans)-1].font.named
			named = named || own
			err = t.chars(s, own)
		case xmlEnd:
			if n := len(t.spans); n > 0 && s.depth < t.spans[n-1].depth {
				t.spans = t.spans[:n-1]
			}
			if s.depth == outside {
				return named, nil
			}
		}
		if err != nil {
			return named, err
		}
	}
}

// inline takes the start of an element in a paragraph (ODF 1.3 part 3, 6.1).
func (t *odsText) inline(s *xmlScanner, styles *odsStyles) error {
	switch string(s.name) {
	case "s":
		count := repetitions(s.attr("x:c"), t.most+1)
		t.space = false
		if err := t.add(string(bytes.Repeat([]byte(" "), count))); err != nil {
			return err
		}
		return s.skip()
	case "tab", "line-break":
		mark := "\t"
		if string(s.name) == "line-break" {
			mark = "\n"
		}
		t.space = false
		if err := t.add(mark); err != nil {
			return err
		}
		return s.skip()
	case "annotation", "annotation-end", "note", "ruby-text", "frame", "bookmark":
		return s.skip()
	case "span":
		if len(t.spans) == maxSpans {
			return fmt.Errorf("%w: more than %d parts of a text one within the other", ErrTooLarge, maxSpans)
		}
		font := styles.text[s.attr("x:style-name")]
		if n := len(t.spans); n > 0 && !font.named {
			font = t.spans[n-1].font
		}
		t.spans = append(t.spans, odsSpan{depth: s.depth, font: font})
	}
	return nil
}

// chars appends text in which white space counts as one blank, and as none at
// the start of the paragraph (ODF 1.3 part 3, 6.1.2).
func (t *odsText) chars(s *xmlScanner, own bool) error {
	t.piece = appendDecoded(t.piece[:0], s.text, s.literal)
	if len(t.text)+len(t.piece) > t.most+xmlBuffer {
		return t.add(string(t.piece))
	}
	for _, c := range t.piece {
		if !isSpace(c) {
			t.text = append(t.text, c)
		} else if !t.space {
			t.text = append(t.text, ' ')
		}
		t.space = isSpace(c)
	}
	if own {
		if font := t.spans[len(t.spans)-1].font.legacy; font != "" {
			t.font = font
		}
	} else if len(bytes.TrimSpace(t.piece)) > 0 {
		t.unnamed = true
	}
	return t.add("")
}

// add appends as it is.
func (t *odsText) add(text string) error {
	if t.text = append(t.text, text...); len(t.text) > t.most {
		return fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, t.most)
	}
	return nil
}
