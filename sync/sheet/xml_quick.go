package sheet

import "bytes"

// The elements that make up nearly all of a workbook, its cells and its shared
// texts, are nearly all written in one way. They are taken here at a glance,
// where they lie in the buffer as a whole; whatever is written otherwise is
// left where it is, for the scanner to go through.

// quickly calls visit for each child element of the current one, as children
// does, except for those that quick takes. It is called where one may begin,
// and takes at most one.
func (s *xmlScanner) quickly(quick func() (bool, error), visit func() error) error {
	for {
		for !s.selfClosed && !s.inCDATA {
			taken, err := quick()
			if err != nil {
				return err
			}
			if !taken {
				break
			}
		}
		switch token, err := s.next(); {
		case err != nil:
			return err
		case token == xmlEnd, token == xmlEOF:
			return nil
		case token == xmlStart:
			if err := visit(); err != nil {
				return err
			}
		}
	}
}

// quickText takes an element that is a text of at most that many bytes and
// stands between these tags; false when none comes next. The text points into
// the buffer.
func (s *xmlScanner) quickText(start, end string, most int) ([]byte, bool) {
	b := s.buf[s.pos:s.end]
	if len(b) < len(start) || string(b[:len(start)]) != start {
		return nil, false
	}
	text, ok := plainText(b[len(start):], end, most)
	if ok {
		s.pos += len(start) + len(text) + len(end)
	}
	return text, ok
}

// plainText is the text at the beginning of b up to these tags, when it means
// itself and has at most that many bytes.
func plainText(b []byte, end string, most int) ([]byte, bool) {
	n := bytes.IndexByte(b, '<')
	if n < 0 || n > most || len(b) < n+len(end) || string(b[n:n+len(end)]) != end || special(b[:n], false) >= 0 {
		return nil, false
	}
	return b[:n], true
}

// quickCell takes a cell of this form, of which the style and the type may be
// missing:
//
//	<c r="D12" s="3" t="s"><v>17</v></c>
//
// The value points into the buffer.
func (s *xmlScanner) quickCell(most int) (tag cellTag, col int, value []byte, ok bool) {
	const start = `<c r="`
	b := s.buf[s.pos:s.end]
	if len(b) < len(start) || string(b[:len(start)]) != start {
		return tag, 0, nil, false
	}
	col, rest := quickReference(b[len(start):])
	if col == 0 {
		return tag, 0, nil, false
	}
	if style, after, ok := quickStyle(rest); ok {
		tag.style, rest = style, after
	}
	if after, ok := bytes.CutPrefix(rest, []byte(` t="s"`)); ok {
		tag.kind, rest = storedShared, after
	}
	rest, ok = bytes.CutPrefix(rest, []byte("><v>"))
	if !ok {
		return tag, 0, nil, false
	}
	const end = "</v></c>"
	value, ok = plainText(rest, end, most)
	if !ok || len(value) == 0 {
		return tag, 0, nil, false
	}
	tag.hasValue = true
	s.pos += len(b) - len(rest) + len(value) + len(end)
	return tag, col, value, true
}

// quickReference reads the column of D12" and gives what follows the quote; 0
// when it is something else.
func quickReference(b []byte) (col int, rest []byte) {
	i := 0
	for i < len(b) && i < 3 && b[i] >= 'A' && b[i] <= 'Z' {
		col = col*26 + int(b[i]-'A') + 1
		i++
	}
	letters := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == letters || i >= len(b) || b[i] != '"' {
		return 0, nil
	}
	return col, b[i+1:]
}

// quickStyle reads the attribute s="3" and gives what follows it.
func quickStyle(b []byte) (style int, rest []byte, ok bool) {
	const start, digits = ` s="`, 6
	if len(b) < len(start) || string(b[:len(start)]) != start {
		return 0, nil, false
	}
	b = b[len(start):]
	i := 0
	for i < len(b) && i < digits && b[i] >= '0' && b[i] <= '9' {
		style = style*10 + int(b[i]-'0')
		i++
	}
	if i == 0 || i >= len(b) || b[i] != '"' {
		return 0, nil, false
	}
	return min(style, maxStyles), b[i+1:], true
}
