package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	xmlBuffer = 64 << 10
	// xmlMaxTag bounds one tag with its attributes, which must be in memory as
	// a whole. Text may be of any length: it comes in pieces.
	xmlMaxTag = 1 << 20
	// xmlEntity is the longest reference that is decoded ("&#x10FFFF;" with
	// some leading zeros); text is never cut inside of one.
	xmlEntity = 16
)

// xmlToken is what the scanner stands on.
type xmlToken uint8

const (
	xmlEOF xmlToken = iota
	xmlStart
	xmlEnd
	xmlText
)

// xmlScanner walks through XML without building it. It is several times faster
// than encoding/xml because it copies nothing: name, attrs and text point into
// its buffer and hold until the next call of next. Names lose their prefix;
// namespaces are not resolved, since the parts of a workbook use one each.
// Elements must be balanced, names of end tags are not compared.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	done     bool // r has no more
	depth    int  // open elements, the current start included

	name    []byte // local name of the start or end tag
	attrs   []byte // the start tag's attributes, raw
	text    []byte // raw unless literal
	literal bool   // text is from a CDATA section: no references in it

	selfClosed, inCDATA bool
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, xmlBuffer)}
}

// errXML is a fault in the markup.
func errXML(what string) error { return fmt.Errorf("%w: XML: %s", ErrDamaged, what) }

// next moves to the next tag or piece of text. Comments, processing
// instructions and the document type are passed over.
func (s *xmlScanner) next() (xmlToken, error) {
	if s.selfClosed {
		s.selfClosed = false
		s.depth--
		return xmlEnd, nil
	}
	for {
		if s.inCDATA {
			if ok, err := s.cdata(); ok || err != nil {
				return xmlText, err
			}
			continue
		}
		if s.pos == s.end {
			if err := s.fill(); err != nil {
				return s.finish(err)
			}
		}
		if s.buf[s.pos] != '<' {
			return xmlText, s.chars()
		}
		if err := s.need(2); err != nil {
			return xmlEOF, err
		}
		switch s.buf[s.pos+1] {
		case '/':
			return xmlEnd, s.endTag()
		case '?':
			if err := s.skipPast("?>"); err != nil {
				return xmlEOF, err
			}
		case '!':
			if err := s.declaration(); err != nil {
				return xmlEOF, err
			}
		default:
			return xmlStart, s.startTag()
		}
	}
}

func (s *xmlScanner) finish(err error) (xmlToken, error) {
	if !errors.Is(err, io.EOF) {
		return xmlEOF, err
	}
	if s.depth != 0 {
		return xmlEOF, errXML("ends inside of an element")
	}
	return xmlEOF, nil
}

// fill reads more behind what is not consumed yet; io.EOF when there is none.
func (s *xmlScanner) fill() error {
	if s.done {
		return io.EOF
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= xmlMaxTag {
			return fmt.Errorf("%w: XML: a tag of more than %d bytes", ErrTooLarge, xmlMaxTag)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.done = true
			err = nil
			if n == 0 {
				return io.EOF
			}
		}
		if n > 0 || err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// more is fill where the markup may not end yet.
func (s *xmlScanner) more() error {
	err := s.fill()
	if errors.Is(err, io.EOF) {
		return errXML("ends inside of a tag")
	}
	return err
}

func (s *xmlScanner) need(n int) error {
	for s.end-s.pos < n {
		if err := s.more(); err != nil {
			return err
		}
	}
	return nil
}

// chars takes the text up to the next tag, or a piece of it when the tag is
// not in the buffer.
func (s *xmlScanner) chars() error {
	for {
		if i := bytes.IndexByte(s.buf[s.pos:s.end], '<'); i >= 0 {
			s.take(i, false)
			return nil
		}
		if s.end-s.pos >= xmlBuffer/2 {
			s.take(cutText(s.buf[s.pos:s.end]), false)
			return nil
		}
		if err := s.fill(); errors.Is(err, io.EOF) {
			s.take(s.end-s.pos, false)
			return nil
		} else if err != nil {
			return err
		}
	}
}

// cutText is how much of the text can be handed out before its end is known:
// neither a reference nor a line end may be torn apart.
func cutText(b []byte) int {
	n := len(b)
	if b[n-1] == '\r' {
		n--
	}
	if i := bytes.LastIndexByte(b[n-xmlEntity:n], '&'); i >= 0 {
		n -= xmlEntity - i
	}
	return n
}

func (s *xmlScanner) take(n int, literal bool) {
	s.text = s.buf[s.pos : s.pos+n]
	s.literal = literal
	s.pos += n
}

// cdata takes the next piece of a CDATA section; false when there is none.
func (s *xmlScanner) cdata() (bool, error) {
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.Index(b, []byte("]]>")); i >= 0 {
			s.take(i, true)
			s.pos += len("]]>")
			s.inCDATA = false
			return i > 0, nil
		}
		if len(b) >= xmlBuffer/2 {
			// The end mark or a line end may go on behind the buffer.
			n := len(b) - len("]]")
			if b[n-1] == '\r' {
				n--
			}
			s.take(n, true)
			return true, nil
		}
		if err := s.more(); err != nil {
			return false, err
		}
	}
}

// declaration passes over a comment or a document type, or enters a CDATA
// section.
func (s *xmlScanner) declaration() error {
	const cdata = "<![CDATA["
	if err := s.need(4); err != nil {
		return err
	}
	switch {
	case string(s.buf[s.pos:s.pos+4]) == "<!--":
		s.pos += 4
		return s.skipPast("-->")
	case s.buf[s.pos+2] == '[':
		if err := s.need(len(cdata)); err != nil {
			return err
		}
		if string(s.buf[s.pos:s.pos+len(cdata)]) != cdata {
			return errXML("unknown section")
		}
		s.pos += len(cdata)
		s.inCDATA = true
		return nil
	}
	// OPC (ECMA-376 part 2, 8.1.4) forbids document types in a package, and
	// one could declare entities that mean anything.
	return errXML("document type")
}

func (s *xmlScanner) skipPast(mark string) error {
	for {
		if i := bytes.Index(s.buf[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return nil
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if err := s.more(); err != nil {
			return err
		}
	}
}

func (s *xmlScanner) endTag() error {
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(b, '>'); i >= 0 {
			name := b[2:i]
			for len(name) > 0 && isSpace(name[len(name)-1]) {
				name = name[:len(name)-1]
			}
			s.name = localName(name)
			s.pos += i + 1
			if s.depth--; s.depth < 0 {
				return errXML("end of an element that was not open")
			}
			return nil
		}
		if err := s.more(); err != nil {
			return err
		}
	}
}

func (s *xmlScanner) startTag() error {
	b := s.buf[s.pos:s.end]
	if i := bytes.IndexByte(b, '>'); i > 0 && outsideQuotes(b[:i]) {
		s.openTag(i)
		return nil
	}
	return s.startTagBytewise()
}

// outsideQuotes says whether the end of the tag so far is certainly outside of
// an attribute's value.
func outsideQuotes(tag []byte) bool {
	return bytes.Count(tag, []byte{'"'})%2 == 0 && bytes.IndexByte(tag, '\'') < 0
}

// startTagBytewise is for tags that go on behind the buffer, or have marks in
// their attributes that the short way does not tell apart.
func (s *xmlScanner) startTagBytewise() error {
	var quote byte
	for i := 1; ; i++ {
		if s.pos+i == s.end {
			if err := s.more(); err != nil {
				return err
			}
		}
		switch c := s.buf[s.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			s.openTag(i)
			return nil
		}
	}
}

// openTag takes the start tag of which the i-th byte is the last.
func (s *xmlScanner) openTag(i int) {
	b := s.buf[s.pos+1 : s.pos+i]
	s.pos += i + 1
	s.depth++
	if n := len(b); n > 0 && b[n-1] == '/' {
		s.selfClosed = true
		b = b[:n-1]
	}
	i = 0
	for i < len(b) && !isSpace(b[i]) {
		i++
	}
	s.name, s.attrs = localName(b[:i]), b[i:]
}
