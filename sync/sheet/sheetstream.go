package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// sheetStream reads the sheets of a workbook that is a single XML document, in
// which each is an element of one name at one depth. Reading them in order
// costs one pass over the document; going back starts a new one.
type sheetStream struct {
	open    func(context.Context) (*document, error)
	element string
	depth   int

	doc  *document // nil until a sheet is asked for
	next int       // index of the sheet that comes next in doc
}

// document is an XML document while it is read.
type document struct {
	*xmlScanner
	source *contextReader
	closer io.Closer
}

// newDocument reads XML from r, which closer closes.
func newDocument(ctx context.Context, r io.Reader, closer io.Closer) (*document, error) {
	source := &contextReader{ctx: ctx, r: r}
	text, err := xmlReader(source)
	if err != nil {
		return nil, errors.Join(err, closer.Close())
	}
	return &document{xmlScanner: newXMLScanner(text), source: source, closer: closer}, nil
}

// root moves to the start of the root element, lets scan read it, and reads on
// to the end of the document, where a cut file and a wrong checksum show.
func (d *document) root(scan func(*xmlScanner) error) error {
	for {
		token, err := d.next()
		switch {
		case err != nil:
			return err
		case token == xmlEOF:
			return errXML("no element")
		case token == xmlStart:
			if err := scan(d.xmlScanner); err != nil {
				return err
			}
			return d.drain("content")
		}
	}
}

// seek moves to the start tag of the i-th sheet. The caller then reads that
// element to its end, and calls done.
func (s *sheetStream) seek(ctx context.Context, i int) (*xmlScanner, error) {
	if s.doc != nil && s.next > i {
		if err := s.Close(); err != nil {
			return nil, err
		}
	}
	if s.doc == nil {
		doc, err := s.open(ctx)
		if err != nil {
			return nil, err
		}
		s.doc, s.next = doc, 0
	}
	s.doc.source.ctx = ctx
	for {
		token, err := s.doc.next()
		switch {
		case err != nil:
			return nil, err
		case token == xmlEOF:
			return nil, fmt.Errorf("%w: sheet %d is missing", ErrDamaged, i+1)
		case token != xmlStart || s.doc.depth != s.depth || string(s.doc.name) != s.element:
			continue
		}
		if s.next++; s.next > i {
			return s.doc.xmlScanner, nil
		}
		if err := s.doc.skip(); err != nil {
			return nil, err
		}
	}
}

// done ends the reading of a sheet. After an error the document stands nobody
// knows where, so the next sheet starts anew.
func (s *sheetStream) done(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(err, s.Close())
}

func (s *sheetStream) Close() error {
	if s.doc == nil {
		return nil
	}
	doc := s.doc
	s.doc = nil
	return doc.closer.Close()
}

// contextReader stops reading when its context does.
type contextReader struct {
	ctx context.Context // of the one read that goes on
	r   io.Reader
}

func (c *contextReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}
