package sheet

import (
	"bytes"
	"strings"
)

// htmlAbove gathers the text of a page that stands outside of all tables: the
// letterhead and the title that an exporter writes as paragraphs above its
// table.
type htmlAbove struct {
	text []byte
}

// maxAbove bounds what is kept of it: more than a letterhead and a title have.
const maxAbove = 16 << 10

func (a *htmlAbove) add(text []byte) {
	if len(a.text)+len(text) <= maxAbove {
		a.text = append(a.text, bytes.ReplaceAll(text, []byte("\n"), []byte(" "))...)
	}
}

// line ends a line, as the start and the end of an element does that stands on
// lines of its own.
func (a *htmlAbove) line(element string) {
	switch element {
	case "p", "div", "br", "center", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "header", "section", "pre", "caption":
		a.add([]byte{'\v'})
	}
}

// take returns the lines so far, and begins anew.
func (a *htmlAbove) take() []string {
	var lines []string
	for text := range strings.SplitSeq(string(a.text), "\v") {
		if text = oneLine([]byte(text)); text != "" {
			lines = append(lines, text)
		}
	}
	a.text = a.text[:0]
	return lines
}
