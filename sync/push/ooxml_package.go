package push

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"slices"
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

// bytes writes the package: original entries in their order, then added parts.
func (p *pack) bytes(size int64) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(int(min(size, 256<<20)) + 64<<10)
	w := zip.NewWriter(&out)
	for _, f := range p.files {
		key := partKey(f.Name)
		data, changed := p.changed[key]
		var err error
		switch {
		case p.removed[key]:
		case changed && !unchanged(f, data):
			err = writeEntry(w, f.FileHeader, data)
		default:
			err = copyEntry(w, f)
		}
		if err != nil {
			return nil, fmt.Errorf("writing the part %s: %w", f.Name, err)
		}
	}
	for _, name := range p.added {
		if err := writeEntry(w, newEntry(name), p.changed[partKey(name)]); err != nil {
			return nil, fmt.Errorf("writing the part %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// digest adds to a hash what the package holds by now, without the named parts.
func (p *pack) digest(h io.Writer, without ...string) {
	entry := func(name string, sum uint32, size uint64) {
		if !slices.ContainsFunc(without, func(w string) bool { return partKey(w) == partKey(name) }) {
			fmt.Fprintf(h, "%q %08x %d\n", name, sum, size)
		}
	}
	for _, f := range p.files {
		key := partKey(f.Name)
		if data, changed := p.changed[key]; changed && !p.removed[key] {
			entry(f.Name, crc32.ChecksumIEEE(data), uint64(len(data)))
		} else if !p.removed[key] {
			entry(f.Name, f.CRC32, f.UncompressedSize64)
		}
	}
	for _, name := range p.added {
		data := p.changed[partKey(name)]
		entry(name, crc32.ChecksumIEEE(data), uint64(len(data)))
	}
}

// newEntry is the header of an added part. It carries the earliest date that a
// zip entry can have, so that the same input gives the same bytes.
func newEntry(name string) zip.FileHeader {
	h := zip.FileHeader{Name: name, CreatorVersion: 20, ReaderVersion: 20}
	//lint:ignore SA1019 raw entries carry this field; Modified is not written
	h.ModifiedDate = 1<<5 | 1 // 1 January 1980
	return h
}

// unchanged reports whether the content of the entry is still what it was.
func unchanged(f *zip.File, data []byte) bool {
	return uint64(len(data)) == f.UncompressedSize64 && crc32.ChecksumIEEE(data) == f.CRC32
}

// copyEntry copies an entry with its compressed bytes.
func copyEntry(w *zip.Writer, f *zip.File) error {
	r, err := f.OpenRaw()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPackageDamaged, err)
	}
	h := f.FileHeader
	h.Extra = withoutZip64(h.Extra)
	to, err := w.CreateRaw(&h)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, r)
	return err
}

// withoutZip64 leaves out the extra field that holds 64-bit sizes: the writer
// makes its own where one is needed, and one without need irritates readers.
func withoutZip64(extra []byte) []byte {
	var kept []byte
	for len(extra) >= 4 {
		n := 4 + int(extra[2]) + int(extra[3])<<8
		if n > len(extra) {
			break
		}
		if extra[0] != 1 || extra[1] != 0 {
			kept = append(kept, extra[:n]...)
		}
		extra = extra[n:]
	}
	return append(kept, extra...)
}

// writeEntry writes an entry whose sizes stand before its data, which the
// strictest readers want.
func writeEntry(w *zip.Writer, h zip.FileHeader, data []byte) error {
	var packed bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return err
	}
	if _, err := deflate.Write(data); err != nil {
		return err
	}
	if err := deflate.Close(); err != nil {
		return err
	}
	const sizesFollow = 1 << 3
	h.Flags &^= sizesFollow
	h.Method = zip.Deflate
	h.Extra = nil
	h.CRC32 = crc32.ChecksumIEEE(data)
	h.CompressedSize64 = uint64(packed.Len())
	h.UncompressedSize64 = uint64(len(data))
	to, err := w.CreateRaw(&h)
	if err != nil {
		return err
	}
	_, err = to.Write(packed.Bytes())
	return err
}

// relative writes the target of a relation from one part to another.
func relative(from, to string) string {
	here, there := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	same := 0
	for same < len(here) && same < len(there)-1 && here[same] == there[same] {
		same++
	}
	if same == 0 {
		return "/" + to
	}
	return strings.Repeat("../", len(here)-same) + strings.Join(there[same:], "/")
}
