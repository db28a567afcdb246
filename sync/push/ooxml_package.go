package push

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits on what a package may make the writer do.
const (
	maxEntries  = 20_000
	maxPart     = 256 << 20 // one part, inflated
	maxInflated = 768 << 20 // all parts that are read, inflated
	sheetHead   = 256 << 10 // what is read of a sheet to know what it is
)

// pack is a package of which some parts are changed, added or removed. Parts
// that are not keep their compressed bytes.
type pack struct {
	files   []*zip.File
	index   map[string]*zip.File // by partKey
	changed map[string][]byte    // by partKey
	removed map[string]bool      // by partKey
	added   []string             // names, in order
	read    int64                // bytes inflated so far
	types   *contentTypes        // once they are read
}

// partKey is the form in which names of parts are compared: without a leading
// slash, ASCII letters in lower case, as packages are defined.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// oleMagic begins the container that encrypted packages are wrapped in.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

func openPack(r io.ReaderAt, size int64) (*pack, error) {
	var magic [8]byte
	if n, err := r.ReadAt(magic[:], 0); n < len(magic) {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: only %d bytes", ErrPackageDamaged, n)
	}
	if string(magic[:]) == oleMagic {
		return nil, ErrPackageEncrypted
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPackageDamaged, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: %d parts", ErrPackageTooLarge, len(z.File))
	}
	p := &pack{
		files:   z.File,
		index:   make(map[string]*zip.File, len(z.File)),
		changed: make(map[string][]byte),
		removed: make(map[string]bool),
	}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, ErrPackageEncrypted
		}
		key := partKey(f.Name)
		if _, twice := p.index[key]; twice {
			return nil, fmt.Errorf("%w: two parts named %s", ErrPackageDamaged, f.Name)
		}
		p.index[key] = f
	}
	return p, nil
}

func (p *pack) has(name string) bool {
	key := partKey(name)
	if _, ok := p.changed[key]; ok {
		return true
	}
	_, ok := p.index[key]
	return ok && !p.removed[key]
}

// content returns the part as it is by now.
func (p *pack) content(name string) ([]byte, error) {
	key := partKey(name)
	if data, ok := p.changed[key]; ok {
		return data, nil
	}
	f, ok := p.index[key]
	if !ok || p.removed[key] {
		return nil, fmt.Errorf("%w: no part %s", ErrPackageDamaged, name)
	}
	if f.UncompressedSize64 > maxPart {
		return nil, fmt.Errorf("%w: %s", ErrPackageTooLarge, name)
	}
	return p.inflate(f, maxPart)
}

// holds reports whether the part is in memory.
func (p *pack) holds(name string) bool {
	_, ok := p.changed[partKey(name)]
	return ok
}

// head returns the beginning of an original part, cut off after sheetHead bytes.
func (p *pack) head(name string) ([]byte, error) {
	key := partKey(name)
	f, ok := p.index[key]
	if _, changed := p.changed[key]; changed || !ok {
		return p.content(name)
	}
	return p.inflate(f, sheetHead)
}

// inflate reads a part up to the limit. Whether the checksum holds is known
// only for parts that are read to their end.
func (p *pack) inflate(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrPackageDamaged, f.Name, err)
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(min(f.UncompressedSize64, uint64(limit), 64<<20)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(r, limit))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrPackageDamaged, f.Name, err)
	}
	if p.read += n; p.read > maxInflated || n == maxPart {
		return nil, fmt.Errorf("%w: %s", ErrPackageTooLarge, f.Name)
	}
	return b.Bytes(), nil
}

// set gives an existing part another content.
func (p *pack) set(name string, data []byte) { p.changed[partKey(name)] = data }

// add puts a new part at the end of the package.
func (p *pack) add(name string, data []byte) {
	p.added = append(p.added, name)
	p.changed[partKey(name)] = data
}

func (p *pack) remove(name string) {
	key := partKey(name)
	delete(p.changed, key)
	p.removed[key] = true
}

// free returns the first name of the pattern ("xl/comments%d.xml") that no
// part has.
func (p *pack) free(pattern string) string {
	for i := 1; ; i++ {
		if name := fmt.Sprintf(pattern, i); !p.has(name) {
			return name
		}
	}
}
