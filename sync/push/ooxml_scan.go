package push

import (
	"bytes"
	"fmt"
	"strings"
)

// A part of a package is edited in place, byte for byte the same but for what
// is added. So the tags of its XML are found by their offsets; a parser that
// writes the document again would change spelling, prefixes and white space.

// maxDepth bounds how deep elements may stand in each other; real parts stay
// below thirty.
const maxDepth = 256

// tag is one start, end or empty tag of an XML text.
type tag struct {
	start, end int // the tag with its brackets is data[start:end]
	name       string
	closing    bool // </name>
	empty      bool // <name/>
}

// element is a start tag with its end tag, or an empty tag alone.
type element struct {
	open, close tag
}

func (e element) name() string { return e.open.name }
func (e element) start() int   { return e.open.start }
func (e element) end() int     { return e.close.end }

// local is the element's name without its prefix.
func (e element) local() string { return localName(e.open.name) }

// inner is what stands between the tags, nothing for an empty element.
func (e element) inner(data []byte) []byte {
	if e.open.empty {
		return nil
	}
	return data[e.open.end:e.close.start]
}

func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// nextTag finds the first tag at or after pos, past comments, processing
// instructions and character data. ok is false at the end of the text.
func nextTag(data []byte, pos int) (t tag, ok bool, err error) {
	for {
		i := bytes.IndexByte(data[pos:], '<')
		if i < 0 {
			return tag{}, false, nil
		}
		pos += i
		rest := data[pos:]
		var end string
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end = "]]>"
		case bytes.HasPrefix(rest, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(rest, []byte("<!")):
			// A document type could define entities; no office writes one.
			return tag{}, false, fmt.Errorf("%w: a document type at byte %d", ErrPackageDamaged, pos)
		default:
			return readTag(data, pos)
		}
		i = bytes.Index(rest, []byte(end))
		if i < 0 {
			return tag{}, false, fmt.Errorf("%w: no %q after byte %d", ErrPackageDamaged, end, pos)
		}
		pos += i + len(end)
	}
}

// readTag reads the tag that begins at pos.
func readTag(data []byte, pos int) (tag, bool, error) {
	t := tag{start: pos}
	i := pos + 1
	if i < len(data) && data[i] == '/' {
		t.closing = true
		i++
	}
	from := i
	for i < len(data) && !isSpace(data[i]) && data[i] != '/' && data[i] != '>' {
		i++
	}
	t.name = tagName(data[from:i])
	var quote byte
	for ; i < len(data); i++ {
		c := data[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			if t.name == "" {
				return tag{}, false, fmt.Errorf("%w: a tag without a name at byte %d", ErrPackageDamaged, pos)
			}
			t.empty = !t.closing && data[i-1] == '/'
			t.end = i + 1
			return t, true, nil
		}
	}
	return tag{}, false, fmt.Errorf("%w: an open tag at byte %d", ErrPackageDamaged, pos)
}

// tagName is string(b) without an allocation for the names of cells, of which
// a sheet has hundreds of thousands.
func tagName(b []byte) string {
	switch string(b) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "row":
		return "row"
	case "is":
		return "is"
	case "t":
		return "t"
	case "f":
		return "f"
	}
	return string(b)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// expand finds the end of the element that open begins, and its children.
func expand(data []byte, open tag) (element, []element, error) {
	if open.closing {
		return element{}, nil, fmt.Errorf("%w: unexpected </%s>", ErrPackageDamaged, open.name)
	}
	if open.empty {
		return element{open: open, close: open}, nil, nil
	}
	var children []element
	stack := []tag{open}
	pos := open.end
	for {
		t, ok, err := nextTag(data, pos)
		if err != nil {
			return element{}, nil, err
		}
		if !ok {
			return element{}, nil, fmt.Errorf("%w: <%s> is not closed", ErrPackageDamaged, open.name)
		}
		pos = t.end
		switch {
		case t.empty:
			if len(stack) == 1 {
				children = append(children, element{open: t, close: t})
			}
		case !t.closing:
			if len(stack) == maxDepth {
				return element{}, nil, fmt.Errorf("%w: elements nested too deep", ErrPackageDamaged)
			}
			stack = append(stack, t)
		default:
			begun := stack[len(stack)-1]
			if begun.name != t.name {
				return element{}, nil, fmt.Errorf("%w: <%s> is closed by </%s>", ErrPackageDamaged, begun.name, t.name)
			}
			stack = stack[:len(stack)-1]
			switch len(stack) {
			case 0:
				return element{open: open, close: t}, children, nil
			case 1:
				children = append(children, element{open: begun, close: t})
			}
		}
	}
}

// root returns the outermost element of a part and its children.
func root(data []byte) (element, []element, error) {
	if err := checkEncoding(data); err != nil {
		return element{}, nil, err
	}
	t, ok, err := nextTag(data, 0)
	if err != nil {
		return element{}, nil, err
	}
	if !ok {
		return element{}, nil, fmt.Errorf("%w: a part without an element", ErrPackageDamaged)
	}
	return expand(data, t)
}

// checkEncoding refuses parts that are not UTF-8, since what is added is.
func checkEncoding(data []byte) error {
	head := strings.ToLower(string(data[:min(len(data), 128)]))
	if strings.HasPrefix(head, "\xfe\xff") || strings.HasPrefix(head, "\xff\xfe") {
		return fmt.Errorf("%w: a part in UTF-16", ErrPackageUnknown)
	}
	_, declared, ok := strings.Cut(head, "encoding=")
	if !ok || !strings.Contains(head, "<?xml") {
		return nil
	}
	declared = strings.TrimLeft(declared, `"'`)
	if strings.HasPrefix(declared, "utf-8") || strings.HasPrefix(declared, "us-ascii") {
		return nil
	}
	return fmt.Errorf("%w: a part that is not in UTF-8", ErrPackageUnknown)
}
