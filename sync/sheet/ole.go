package sheet

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// oleMagic starts every OLE compound file ([MS-CFB] 2.2).
const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

const (
	oleEndOfChain  = 0xFFFFFFFE
	oleNone        = 0xFFFFFFFF // no entry, no sector
	oleHeaderBytes = 512
	oleEntryBytes  = 128
	oleHeadSectors = 109 // FAT sectors that the header itself lists
	// oleDirectoryBytes bounds the directory: what an Office program writes
	// has a few dozen entries.
	oleDirectoryBytes = 1 << 20
)

// The kinds of directory entry that matter here ([MS-CFB] 2.6.1).
const (
	oleStreamEntry = 2
	oleRootEntry   = 5
)

// oleFile is a compound file: a file system of sectors within a file.
type oleFile struct {
	r       io.ReaderAt
	size    int64
	head    []byte
	sector  int64
	sectors uint32
	table   map[uint32][]byte // sectors of the allocation table read so far, by their place in it
	entries []oleEntry        // the directory
}

// oleEntry is a storage or a stream as the directory lists it.
type oleEntry struct {
	name               string
	kind               byte
	left, right, child uint32 // entries; a storage's content is a binary tree
	start              uint32 // first sector
	size               int64
}

// oleDirectory lists the names of the storages and streams at the top of a
// compound file: what is deeper belongs to embedded objects, and a letter with
// a table in it is no workbook.
func oleDirectory(r io.ReaderAt, size int64) (map[string]bool, error) {
	c, err := openOLE(r, size)
	if err != nil {
		return nil, err
	}
	top, err := c.top()
	if err != nil {
		return nil, err
	}
	names := make(map[string]bool, len(top))
	for _, e := range top {
		names[e.name] = true
		for _, known := range []string{workbookStream, bookStream} {
			if strings.EqualFold(e.name, known) { // as names compare there
				names[known] = true
			}
		}
	}
	return names, nil
}

// openOLE reads the header and the directory of a compound file.
func openOLE(r io.ReaderAt, size int64) (*oleFile, error) {
	head := make([]byte, oleHeaderBytes)
	if got, err := r.ReadAt(head, 0); got < len(head) {
		return nil, oleError("header", err)
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, fmt.Errorf("%w: OLE sector size 2^%d", ErrDamaged, shift)
	}
	c := &oleFile{
		r: r, size: size, head: head, sector: 1 << shift,
		sectors: uint32(min(size>>shift, 1<<31)),
		table:   make(map[uint32][]byte),
	}
	sectors, err := c.chain(binary.LittleEndian.Uint32(head[48:]), oleDirectoryBytes/c.sector, true)
	if err != nil {
		return nil, fmt.Errorf("OLE directory: %w", err)
	}
	for _, n := range sectors {
		entries, err := c.read(n)
		if err != nil {
			return nil, oleError("directory", err)
		}
		for len(entries) >= oleEntryBytes {
			c.entries = append(c.entries, c.entry(entries[:oleEntryBytes]))
			entries = entries[oleEntryBytes:]
		}
	}
	return c, nil
}

func oleError(what string, err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("OLE %s: %w", what, damaged(err))
}

// entry reads a directory entry ([MS-CFB] 2.6.1); an unused one has no name.
func (c *oleFile) entry(b []byte) oleEntry {
	e := oleEntry{
		kind:  b[66],
		left:  binary.LittleEndian.Uint32(b[68:]),
		right: binary.LittleEndian.Uint32(b[72:]),
		child: binary.LittleEndian.Uint32(b[76:]),
		start: binary.LittleEndian.Uint32(b[116:]),
		size:  int64(binary.LittleEndian.Uint32(b[120:])),
	}
	if c.sector > oleHeaderBytes {
		// In files with small sectors the upper half may hold anything.
		e.size |= int64(binary.LittleEndian.Uint32(b[124:])) << 32
	}
	n := int(binary.LittleEndian.Uint16(b[64:]))
	if e.kind == 0 || n < 4 || n > 64 {
		return e
	}
	units := make([]uint16, n/2-1)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	e.name = string(utf16.Decode(units))
	return e
}

// top lists the entries directly under the root, by walking their tree.
func (c *oleFile) top() ([]oleEntry, error) {
	if len(c.entries) == 0 || c.entries[0].kind != oleRootEntry {
		return nil, fmt.Errorf("%w: an OLE directory without root", ErrDamaged)
	}
	var top []oleEntry
	seen := make([]bool, len(c.entries))
	for todo := []uint32{c.entries[0].child}; len(todo) > 0; {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if i == oleNone {
			continue
		}
		if i >= uint32(len(c.entries)) || seen[i] {
			return nil, fmt.Errorf("%w: the OLE directory is no tree", ErrDamaged)
		}
		seen[i] = true
		e := c.entries[i]
		todo = append(todo, e.right, e.left)
		if e.name != "" {
			top = append(top, e)
		}
	}
	return top, nil
}

// read reads a sector; the header stands in the place of sector -1.
func (c *oleFile) read(n uint32) ([]byte, error) {
	if n >= c.sectors {
		return nil, fmt.Errorf("%w: OLE sector %d of %d", ErrDamaged, n, c.sectors)
	}
	b := make([]byte, c.sector)
	if got, err := c.r.ReadAt(b, c.offset(n)); got < len(b) {
		return nil, err
	}
	return b, nil
}

func (c *oleFile) offset(n uint32) int64 { return (int64(n) + 1) * c.sector }

// chain lists the sectors of a stream from its first one on: at most so many,
// and to the end of the chain if whole is set. A chain that is broken, or comes
// back to a sector it had, is damage.
func (c *oleFile) chain(start uint32, most int64, whole bool) ([]uint32, error) {
	var sectors []uint32
	seen := make([]uint64, c.sectors/64+1)
	for n := start; n != oleEndOfChain; {
		switch {
		case int64(len(sectors)) == most && whole:
			return nil, fmt.Errorf("%w: more than %d OLE sectors in a chain", ErrTooLarge, most)
		case int64(len(sectors)) == most:
			return sectors, nil
		case n >= c.sectors:
			return nil, fmt.Errorf("%w: OLE sector %d of %d", ErrDamaged, n, c.sectors)
		case seen[n/64]&(1<<(n%64)) != 0:
			return nil, fmt.Errorf("%w: an OLE chain that is a ring", ErrDamaged)
		}
		seen[n/64] |= 1 << (n % 64)
		sectors = append(sectors, n)
		var err error
		if n, err = c.follow(n); err != nil {
			return nil, oleError("allocation table", err)
		}
	}
	return sectors, nil
}

// follow looks up which sector comes after the n-th in the allocation table.
func (c *oleFile) follow(n uint32) (uint32, error) {
	perSector := uint32(c.sector / 4)
	i := n / perSector
	b := c.table[i]
	if b == nil {
		at, err := c.tableSector(i)
		if err != nil {
			return 0, err
		}
		if b, err = c.read(at); err != nil {
			return 0, err
		}
		c.table[i] = b
	}
	return binary.LittleEndian.Uint32(b[4*(n%perSector):]), nil
}

// tableSector finds the i-th sector of the allocation table: the first ones
// stand in the header, the others in a chain of lists ([MS-CFB] 2.5).
func (c *oleFile) tableSector(i uint32) (uint32, error) {
	if i < oleHeadSectors {
		return binary.LittleEndian.Uint32(c.head[76+4*i:]), nil
	}
	i -= oleHeadSectors
	perList := uint32(c.sector/4 - 1) // the last word leads to the next list
	next := binary.LittleEndian.Uint32(c.head[68:])
	for {
		b, err := c.read(next)
		if err != nil {
			return 0, err
		}
		if i < perList {
			return binary.LittleEndian.Uint32(b[4*i:]), nil
		}
		i -= perList // which ends the loop, also where the chain is a ring
		next = binary.LittleEndian.Uint32(b[4*perList:])
	}
}
