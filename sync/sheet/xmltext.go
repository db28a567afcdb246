package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// localName is a name without its prefix: "x:row" is "row".
func localName(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

// skip passes over the rest of the current element.
func (s *xmlScanner) skip() error {
	for outside := s.depth - 1; ; {
		token, err := s.next()
		if err != nil {
			return err
		}
		if token == xmlEnd && s.depth == outside {
			return nil
		}
	}
}

// children calls visit for each child element of the current one, which visit
// must consume up to its end. Text between the elements is passed over.
func (s *xmlScanner) children(visit func() error) error {
	return s.quickly(nothingQuick, visit)
}

func nothingQuick() (bool, error) { return false, nil }

// plainValue takes the content of the current c element when it is what that of
// nearly all cells is: one v with text that means itself, of at most that many
// bytes, which lies in the buffer as a whole. Otherwise nothing is consumed.
// The value points into the buffer.
func (s *xmlScanner) plainValue(most int) ([]byte, bool) {
	if s.selfClosed {
		return nil, false
	}
	value, ok := s.quickText("<v>", "</v></c>", most)
	if ok {
		s.depth--
	}
	return value, ok
}

// appendText appends the decoded text of the current element, without that of
// elements inside of it, and passes its end. Text that would make dst longer
// than most bytes is refused.
func (s *xmlScanner) appendText(dst []byte, most int) ([]byte, error) {
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return dst, err
		case token == xmlEnd, token == xmlEOF:
			return dst, nil
		case token == xmlStart:
			if err := s.skip(); err != nil {
				return dst, err
			}
		default:
			if dst = appendDecoded(dst, s.text, s.literal); len(dst) > most {
				return dst, fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, most)
			}
		}
	}
}

// appendDecoded appends text with its references resolved and its line ends as
// XML wants them (a line feed each). A reference that XML does not define
// stays as it is written.
func appendDecoded(dst, text []byte, literal bool) []byte {
	for {
		i := special(text, literal)
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		if text[0] == '\r' {
			if len(text) == 1 || text[1] != '\n' {
				dst = append(dst, '\n')
			}
			text = text[1:]
			continue
		}
		r, n := reference(text)
		if n == 0 {
			dst = append(dst, '&')
			text = text[1:]
			continue
		}
		dst = utf8.AppendRune(dst, r)
		text = text[n:]
	}
}

// special finds the first reference or carriage return.
func special(text []byte, literal bool) int {
	i := bytes.IndexByte(text, '\r')
	if literal {
		return i
	}
	if i < 0 {
		return bytes.IndexByte(text, '&')
	}
	if and := bytes.IndexByte(text[:i], '&'); and >= 0 {
		return and
	}
	return i
}

// reference decodes the character or entity reference at the start of b and
// says how long it is, 0 when there is none.
func reference(b []byte) (rune, int) {
	end := bytes.IndexByte(b[:min(len(b), xmlEntity)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := b[1:end]; string(name) {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if r, ok := charReference(name); ok {
			return r, end + 1
		}
	}
	return 0, 0
}

// charReference decodes "#7910" and "#x1EE6".
func charReference(name []byte) (rune, bool) {
	base := 10
	digits, ok := bytes.CutPrefix(name, []byte("#"))
	if !ok {
		return 0, false
	}
	if hex, isHex := bytes.CutPrefix(digits, []byte("x")); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}

// nextAttr takes the first attribute off the raw attributes of a start tag:
// its name as written, its raw value, and what follows. ok is false when there
// is none.
func nextAttr(b []byte) (name, value, rest []byte, ok bool) {
	i := 0
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	start := i
	for i < len(b) && b[i] != '=' && !isSpace(b[i]) {
		i++
	}
	name = b[start:i]
	for i < len(b) && (isSpace(b[i]) || b[i] == '=') {
		i++
	}
	if len(name) == 0 || i == len(b) || b[i] != '"' && b[i] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, b[i+1 : i+1+end], b[i+end+2:], true
}

// attr is the decoded value of the current start tag's attribute with that
// name, "" when it has none. A prefix matters only if it is asked for: "r:id"
// stands for any prefix before "id", since writers choose their own.
func (s *xmlScanner) attr(name string) string {
	_, local, prefixed := strings.Cut(name, ":")
	for rest := s.attrs; ; {
		key, value, more, ok := nextAttr(rest)
		if !ok {
			return ""
		}
		if prefixed && bytes.IndexByte(key, ':') > 0 && string(localName(key)) == local || string(key) == name {
			return string(bytes.ToValidUTF8(appendDecoded(nil, value, false), []byte("\uFFFD")))
		}
		rest = more
	}
}

// isTrue reads an xsd:boolean.
func isTrue[T string | []byte](v T) bool { return string(v) == "1" || string(v) == "true" }
