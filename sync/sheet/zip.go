package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

const (
	// zipDirectoryBytes bounds the list of entries, which archive/zip reads
	// into memory before anybody can look at it.
	zipDirectoryBytes = 4 << 20
	zipEntries        = 10_000
	// A part may unpack to zipRatio times its size once it is beyond
	// zipRatioFree: the XML of a very regular sheet reaches some 100, a bomb
	// comes near the 1032 that deflate allows.
	zipRatio     = 200
	zipRatioFree = 16 << 20
	// smallPart bounds the parts that are read into maps and lists: lists of
	// sheets, relationships, content types, styles.
	smallPart = 32 << 20
)

// archive is a zip package whose parts are found by name, as the package
// formats want it: without regard to case and to how slashes are written.
type archive struct {
	files map[string]*zip.File
	// left is how much may still be unpacked in all; spent is what each part
	// has cost, so that reading a part again is free.
	left  int64
	part  int64 // how much each part may unpack to
	spent map[*zip.File]int64
}

func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	meter := &meteredReader{r: r, size: size, left: zipDirectoryBytes}
	z, err := zip.NewReader(meter, size)
	if err != nil {
		return nil, fmt.Errorf("zip directory: %w", damaged(err))
	}
	meter.free = true
	if len(z.File) > zipEntries {
		return nil, fmt.Errorf("%w: %d entries in the zip", ErrTooLarge, len(z.File))
	}
	a := &archive{
		files: make(map[string]*zip.File, len(z.File)),
		left:  limits.InflatedBytes,
		part:  limits.PartBytes,
		spent: make(map[*zip.File]int64),
	}
	for _, f := range z.File {
		name := partName(f.Name)
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// meteredReader bounds what is read until it is set free, and where: a broken
// list of entries may point anywhere, also before the start.
type meteredReader struct {
	r          io.ReaderAt
	size, left int64
	free       bool
}

func (m *meteredReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off > m.size {
		return 0, io.ErrUnexpectedEOF
	}
	if !m.free {
		if m.left -= int64(len(p)); m.left < 0 {
			return 0, fmt.Errorf("%w: the zip directory", ErrTooLarge)
		}
	}
	return m.r.ReadAt(p, off)
}

func partName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

func (a *archive) has(name string) bool { return a.files[partName(name)] != nil }

// open unpacks a part as it is read. The reader refuses what goes beyond the
// limits, and stops when the context does.
func (a *archive) open(ctx context.Context, name string) (io.ReadCloser, error) {
	f := a.files[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: part %s is missing", ErrDamaged, name)
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%w: part %s", ErrEncrypted, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w", name, damaged(err))
	}
	return &part{ctx: ctx, archive: a, file: f, r: r}, nil
}

// part is an open part of an archive.
type part struct {
	ctx     context.Context // of the one read that this part is open for
	archive *archive
	file    *zip.File
	r       io.ReadCloser
	n       int64 // bytes so far
}

func (p *part) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.r.Read(b)
	p.n += int64(n)
	if more := p.n - p.archive.spent[p.file]; more > 0 {
		p.archive.spent[p.file] = p.n
		p.archive.left -= more
	}
	switch {
	case p.archive.left < 0, p.n > p.archive.part:
		return 0, fmt.Errorf("%w: part %s unpacks to too much", ErrTooLarge, p.file.Name)
	case p.n > zipRatioFree && p.n/zipRatio > int64(p.file.CompressedSize64):
		return 0, fmt.Errorf("%w: part %s is packed more tightly than any sheet", ErrTooLarge, p.file.Name)
	case err != nil && !errors.Is(err, io.EOF):
		return n, fmt.Errorf("part %s: %w", p.file.Name, damaged(err))
	}
	return n, err
}

func (p *part) Close() error { return p.r.Close() }

// scanXML opens a part as XML and hands its scanner, standing on the start of
// the root element, to scan.
func (a *archive) scanXML(ctx context.Context, name string, most int64, scan func(*xmlScanner) error) error {
	r, err := a.open(ctx, name)
	if err != nil {
		return err
	}
	defer r.Close()
	text, err := utf8Reader(&capped{r: r, left: most})
	if err != nil {
		return err
	}
	s := newXMLScanner(text)
	for {
		token, err := s.next()
		switch {
		case err != nil:
			return fmt.Errorf("part %s: %w", name, err)
		case token == xmlEOF:
			return fmt.Errorf("part %s: %w", name, errXML("no element"))
		case token == xmlStart:
			if err := scan(s); err != nil {
				return fmt.Errorf("part %s: %w", name, err)
			}
			return s.drain(name)
		}
	}
}

// drain reads on to the end, where a cut file and a wrong checksum show.
func (s *xmlScanner) drain(name string) error {
	for {
		switch token, err := s.next(); {
		case err != nil:
			return fmt.Errorf("part %s: %w", name, err)
		case token == xmlEOF:
			return nil
		case token == xmlStart:
			return fmt.Errorf("part %s: %w", name, errXML("a second root element"))
		}
	}
}

// capped refuses what is longer than it may be.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	if c.left -= int64(n); c.left < 0 {
		return 0, fmt.Errorf("%w: a part of the workbook", ErrTooLarge)
	}
	return n, err
}

// utf8Reader reads XML in UTF-8 or UTF-16, the two encodings that a package
// may have (ECMA-376 part 2, 8.1.4), as UTF-8 without a byte order mark.
func utf8Reader(r io.Reader) (io.Reader, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), r)
	if order, ok := utf16Order(head); ok {
		return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(whole), nil
	}
	if bytes.HasPrefix(head, []byte(utf8BOM)) {
		return io.MultiReader(bytes.NewReader(head[len(utf8BOM):]), r), nil
	}
	return whole, nil
}

const utf8BOM = "\uFEFF"

// utf16Order tells UTF-16 by its byte order mark, or by the zero in one of the
// two bytes of a first "<".
func utf16Order(head []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{'<', 0}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), bytes.HasPrefix(head, []byte{0, '<'}):
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}
