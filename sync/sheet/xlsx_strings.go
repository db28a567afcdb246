package sheet

import (
	"bytes"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// sharedStrings is the workbook's table of texts (ECMA-376 part 1, 18.4).
type sharedStrings struct {
	limits Limits
	arena  arena
	texts  []string
	// fonts says of texts whose runs have fonts of their own which legacy font
	// that is, "" for another one; the cell's font does not count for them.
	fonts map[int]string
	rich  richText
}

func newSharedStrings(limits Limits) *sharedStrings {
	return &sharedStrings{
		limits: limits,
		arena:  arena{left: limits.TextBytes},
		fonts:  make(map[int]string),
		rich:   richText{most: limits.CellBytes},
	}
}

func (t *sharedStrings) scan(s *xmlScanner) error {
	return s.quickly(func() (bool, error) { return t.quick(s) }, func() error {
		if string(s.name) != "si" {
			return s.skip()
		}
		if err := t.hasRoom(); err != nil {
			return err
		}
		if err := t.rich.scan(s); err != nil {
			return fmt.Errorf("shared text %d: %w", len(t.texts), err)
		}
		if t.rich.hasFont {
			t.fonts[len(t.texts)] = t.rich.font
		}
		text, err := t.arena.add(t.rich.text)
		t.texts = append(t.texts, text)
		return err
	})
}

// quick takes the next text if it has no runs and nothing to be resolved.
func (t *sharedStrings) quick(s *xmlScanner) (bool, error) {
	raw, ok := s.quickText("<si><t>", "</t></si>", t.limits.CellBytes)
	if !ok {
		return false, nil
	}
	if err := t.hasRoom(); err != nil {
		return false, err
	}
	if bytes.Contains(raw, []byte("_x")) {
		t.rich.text = append(t.rich.text[:0], raw...)
		raw = unescapeCell(t.rich.text)
	}
	text, err := t.arena.add(raw)
	t.texts = append(t.texts, text)
	return true, err
}

func (t *sharedStrings) hasRoom() error {
	if len(t.texts) >= t.limits.Cells {
		return fmt.Errorf("%w: more than %d shared texts", ErrTooLarge, t.limits.Cells)
	}
	return nil
}

// richText is a text that may consist of runs: the content of a shared text
// (si) or an inline one (is). It is used again for each.
type richText struct {
	most int // bytes

	text    []byte
	any     bool   // there was a t element, though it may be empty
	hasFont bool   // every run names a font, or one of them a legacy font
	font    string // the legacy font among them
}

// scan reads the current element. White space is kept even where xml:space
// does not ask for it: Excel would trim it, but other programs write runs that
// rely on it, and a name glued to the next one is worse than a blank too many.
func (t *richText) scan(s *xmlScanner) error {
	t.text, t.any, t.hasFont, t.font = t.text[:0], false, false, ""
	runs, named := 0, 0
	err := s.children(func() error {
		switch string(s.name) {
		case "t":
			runs++
			return t.piece(s)
		case "r":
			runs++
			font, err := t.run(s)
			if font != "" {
				named++
			}
			if legacy := legacyFont(font); legacy != "" {
				t.font = legacy
			}
			return err
		}
		return s.skip() // rPh: how to pronounce it, not what it says
	})
	t.hasFont = t.font != "" || runs > 0 && named == runs
	t.text = unescapeCell(t.text)
	return err
}

func (t *richText) run(s *xmlScanner) (font string, err error) {
	err = s.children(func() error {
		switch string(s.name) {
		case "rPr":
			return s.children(func() error {
				if string(s.name) == "rFont" {
					font = s.attr("val")
				}
				return s.skip()
			})
		case "t":
			return t.piece(s)
		}
		return s.skip()
	})
	return font, err
}

func (t *richText) piece(s *xmlScanner) (err error) {
	t.any = true
	t.text, err = s.appendText(t.text, t.most)
	return err
}

// unescapeCell resolves _xHHHH_, in which a cell's text holds what XML cannot
// (ECMA-376 part 1, 22.9.2.19), in place, and makes every line end a line feed
// as in all formats.
func unescapeCell(b []byte) []byte {
	if at := bytes.Index(b, []byte("_x")); at >= 0 {
		out := b[:at]
		for i := at; i < len(b); {
			r, n := escaped(b[i:])
			if n == 0 {
				out = append(out, b[i])
				i++
				continue
			}
			out = utf8.AppendRune(out, r)
			i += n
		}
		b = out
	}
	return lineFeeds(b)
}

// lineFeeds turns CR LF and CR into LF, in place.
func lineFeeds(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := b[:0]
	for i, c := range b {
		if c == '\r' {
			if i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return out
}

// escaped decodes an escape, or two that make up a character beyond 16 bits,
// at the start of b; 0 when there is none.
func escaped(b []byte) (rune, int) {
	const size = len("_x0000_")
	r, ok := escapedUnit(b)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(r) && len(b) >= 2*size {
		if low, ok := escapedUnit(b[size:]); ok {
			if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
				return whole, 2 * size
			}
		}
	}
	return r, size
}

func escapedUnit(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
