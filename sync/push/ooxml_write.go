package push

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"path"
	"strings"
	"sync"
)

// bytes writes the package: original entries in their order, then added parts.
func (p *pack) bytes(size int64) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(int(min(size, 256<<20)) + 64<<10)
	w := newEntryWriter(&out)
	for _, f := range p.files {
		key := partKey(f.Name)
		data, changed := p.changed[key]
		var err error
		switch {
		case p.removed[key]:
		case changed && !unchanged(f, data):
			err = w.write(f.FileHeader, data)
		default:
			err = w.copy(f)
		}
		if err != nil {
			return nil, fmt.Errorf("writing the part %s: %w", f.Name, err)
		}
	}
	for _, name := range p.added {
		if err := w.write(newEntry(name), p.changed[partKey(name)]); err != nil {
			return nil, fmt.Errorf("writing the part %s: %w", name, err)
		}
	}
	if err := w.close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
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

// entryWriter writes the entries of a package.
type entryWriter struct {
	zip *zip.Writer
	*packer
}

// packer compresses the entries, one after the other.
type packer struct {
	deflate *flate.Writer
	packed  bytes.Buffer
}

// level of compression: the usual one takes three times as long for files that
// are a twentieth smaller.
const level = 4

// packers are those that no writer uses: each has tables of a megabyte.
var packers = sync.Pool{New: func() any {
	deflate, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(err) // there is no such level
	}
	return &packer{deflate: deflate}
}}

func newEntryWriter(to io.Writer) *entryWriter {
	return &entryWriter{zip: zip.NewWriter(to), packer: packers.Get().(*packer)}
}

// close ends the package. A writer that failed is not closed.
func (w *entryWriter) close() error {
	packers.Put(w.packer)
	w.packer = nil
	return w.zip.Close()
}

// copy copies an entry with its compressed bytes.
func (w *entryWriter) copy(f *zip.File) error {
	r, err := f.OpenRaw()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrPackageDamaged, err)
	}
	h := f.FileHeader
	h.Extra = withoutZip64(h.Extra)
	to, err := w.zip.CreateRaw(&h)
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

// write writes an entry of that content.
func (w *entryWriter) write(h zip.FileHeader, data []byte) error {
	return w.stream(h, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// stream writes an entry that is filled bit by bit. Its sizes stand before its
// data, which the strictest readers want, so that it is gathered compressed.
func (w *entryWriter) stream(h zip.FileHeader, fill func(io.Writer) error) error {
	w.packed.Reset()
	w.deflate.Reset(&w.packed)
	content := counted{to: w.deflate}
	if err := fill(&content); err != nil {
		return err
	}
	if err := w.deflate.Close(); err != nil {
		return err
	}
	const sizesFollow = 1 << 3
	h.Flags &^= sizesFollow
	h.Method = zip.Deflate
	h.Extra = nil
	h.CRC32 = content.sum
	h.CompressedSize64 = uint64(w.packed.Len())
	h.UncompressedSize64 = content.size
	to, err := w.zip.CreateRaw(&h)
	if err != nil {
		return err
	}
	_, err = to.Write(w.packed.Bytes())
	return err
}

// counted sums up what is written through it.
type counted struct {
	to   io.Writer
	sum  uint32
	size uint64
}

func (c *counted) Write(data []byte) (int, error) {
	c.sum = crc32.Update(c.sum, crc32.IEEETable, data)
	c.size += uint64(len(data))
	return c.to.Write(data)
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
