package sheet

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	oleMiniSector = 64   // bytes
	oleMiniBelow  = 4096 // streams shorter than this stand in the mini stream
)

// errNoStream: a compound file has no stream of that name.
var errNoStream = fmt.Errorf("%w: no such OLE stream", ErrDamaged)

// oleStream is a stream of a compound file: pieces of the file, in order. It
// can be read from several places at once.
type oleStream struct {
	r      io.ReaderAt
	size   int64
	pieces []olePiece
}

// olePiece is a part of a stream that is contiguous in the file.
type olePiece struct{ at, offset, n int64 } // at is the place in the stream

// stream finds a stream at the top of the file. What the file lacks of it is
// noticed here, not when it is read.
func (c *oleFile) stream(name string) (*oleStream, error) {
	top, err := c.top()
	if err != nil {
		return nil, err
	}
	for _, e := range top {
		if e.kind != oleStreamEntry || !strings.EqualFold(e.name, name) {
			continue
		}
		var s *oleStream
		if e.size < oleMiniBelow {
			s, err = c.mini(e)
		} else {
			s, err = c.large(e.start, e.size)
		}
		if err != nil {
			return nil, fmt.Errorf("OLE stream %s: %w", name, err)
		}
		return s, nil
	}
	return nil, fmt.Errorf("%w: %s", errNoStream, name)
}

// large is a stream that consists of whole sectors.
func (c *oleFile) large(start uint32, size int64) (*oleStream, error) {
	if size > c.size {
		return nil, fmt.Errorf("%w: %d bytes in a file of %d", ErrDamaged, size, c.size)
	}
	sectors, err := c.chain(start, (size+c.sector-1)/c.sector, false)
	if err != nil {
		return nil, err
	}
	s := &oleStream{r: c.r}
	for _, n := range sectors {
		s.add(c.offset(n), min(c.sector, size-s.size))
	}
	return s, s.check(size, c.size)
}

// mini is a stream within the mini stream, which is that of the root entry
// and has an allocation table of its own ([MS-CFB] 2.4).
func (c *oleFile) mini(e oleEntry) (*oleStream, error) {
	holder, err := c.large(c.entries[0].start, c.entries[0].size)
	if err != nil {
		return nil, fmt.Errorf("mini stream: %w", err)
	}
	sectors, err := c.chain(binary.LittleEndian.Uint32(c.head[60:]), int64(c.sectors), false)
	if err != nil {
		return nil, fmt.Errorf("mini allocation table: %w", err)
	}
	perSector := uint32(c.sector / 4)
	s := &oleStream{r: c.r}
	// As short as these streams are, a ring in the chain ends with the size, and
	// is seen since no mini sector may come twice.
	var seen []uint32
	for n := e.start; s.size < e.size; {
		if i := n / perSector; n == oleEndOfChain || i >= uint32(len(sectors)) || slices.Contains(seen, n) {
			return nil, fmt.Errorf("%w: mini sector %d", ErrDamaged, n)
		}
		seen = append(seen, n)
		length := min(oleMiniSector, e.size-s.size)
		offset, ok := holder.place(int64(n)*oleMiniSector, length)
		if !ok {
			return nil, fmt.Errorf("%w: mini sector %d", ErrDamaged, n)
		}
		s.add(offset, length)
		next, err := c.read(sectors[n/perSector])
		if err != nil {
			return nil, oleError("mini allocation table", err)
		}
		n = binary.LittleEndian.Uint32(next[4*(n%perSector):])
	}
	return s, s.check(e.size, c.size)
}

// add appends bytes of the file to the stream.
func (s *oleStream) add(offset, n int64) {
	if i := len(s.pieces) - 1; i >= 0 && s.pieces[i].offset+s.pieces[i].n == offset {
		s.pieces[i].n += n
	} else {
		s.pieces = append(s.pieces, olePiece{at: s.size, offset: offset, n: n})
	}
	s.size += n
}

// check says whether the stream is as long as it should be, and in the file.
func (s *oleStream) check(size, fileSize int64) error {
	if s.size < size {
		return fmt.Errorf("%w: it ends after %d of %d bytes", ErrDamaged, s.size, size)
	}
	for _, p := range s.pieces {
		if p.offset+p.n > fileSize {
			return fmt.Errorf("%w: the file is cut off", ErrDamaged)
		}
	}
	return nil
}

// piece is the index of the piece that holds the place, which must be in the
// stream.
func (s *oleStream) piece(at int64) int {
	i, found := slices.BinarySearchFunc(s.pieces, at, func(p olePiece, at int64) int {
		switch {
		case p.at < at:
			return -1
		case p.at > at:
			return 1
		}
		return 0
	})
	if found {
		return i
	}
	return i - 1
}

// place is where n bytes of the stream stand in the file, when they are
// together there.
func (s *oleStream) place(at, n int64) (int64, bool) {
	if at < 0 || at+n > s.size {
		return 0, false
	}
	p := s.pieces[s.piece(at)]
	return p.offset + at - p.at, at+n <= p.at+p.n
}

// ReadAt implements io.ReaderAt.
func (s *oleStream) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 {
		return 0, fmt.Errorf("read OLE stream at %d", at)
	}
	read := 0
	for i := -1; read < len(b); {
		if at >= s.size {
			return read, io.EOF
		}
		if i < 0 {
			i = s.piece(at)
		}
		p := s.pieces[i]
		n, err := s.r.ReadAt(b[read:read+int(min(int64(len(b)-read), p.at+p.n-at))], p.offset+at-p.at)
		read += n
		at += int64(n)
		switch {
		case at == p.at+p.n:
			i++ // an end of the file together with the last bytes is none
		case err != nil:
			return read, oleError("stream", err)
		}
	}
	return read, nil
}
