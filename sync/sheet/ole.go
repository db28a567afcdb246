package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
)

// oleMagic starts every OLE compound file ([MS-CFB] 2.2).
const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

const (
	oleEndOfChain  = 0xFFFFFFFE
	oleEntryBytes  = 128
	oleHeadSectors = 109 // FAT sectors that the header itself lists
	// oleDirectoryBytes bounds the directory: what an Office program writes
	// has a few dozen entries.
	oleDirectoryBytes = 1 << 20
)

// oleDirectory lists the names of the storages and streams in a compound file.
func oleDirectory(r io.ReaderAt, size int64) (map[string]bool, error) {
	head := make([]byte, 512)
	if _, err := r.ReadAt(head, 0); err != nil {
		return nil, oleError("header", err)
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, fmt.Errorf("%w: OLE sector size 2^%d", ErrDamaged, shift)
	}
	c := &oleFile{r: r, head: head, sector: 1 << shift, sectors: uint32(min(size>>shift, 1<<31))}
	names := make(map[string]bool)
	next := binary.LittleEndian.Uint32(head[48:])
	for read := 0; next != oleEndOfChain; read += c.sector {
		if read >= oleDirectoryBytes {
			return nil, fmt.Errorf("%w: OLE directory", ErrTooLarge)
		}
		entries, err := c.read(next)
		if err != nil {
			return nil, oleError("directory", err)
		}
		for len(entries) >= oleEntryBytes {
			if name := oleName(entries[:oleEntryBytes]); name != "" {
				names[name] = true
			}
			entries = entries[oleEntryBytes:]
		}
		if next, err = c.follow(next); err != nil {
			return nil, oleError("allocation table", err)
		}
	}
	return names, nil
}

func oleError(what string, err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("OLE %s: %w", what, damaged(err))
}

type oleFile struct {
	r       io.ReaderAt
	head    []byte
	sector  int
	sectors uint32
}

// read reads a sector; the header stands in the place of sector -1.
func (c *oleFile) read(n uint32) ([]byte, error) {
	if n >= c.sectors {
		return nil, fmt.Errorf("%w: OLE sector %d of %d", ErrDamaged, n, c.sectors)
	}
	b := make([]byte, c.sector)
	_, err := c.r.ReadAt(b, (int64(n)+1)*int64(c.sector))
	if err == io.EOF {
		err = nil // the last sector of some writers is short; the rest is zero
	}
	return b, err
}

// follow looks up which sector comes after the n-th in the allocation table.
func (c *oleFile) follow(n uint32) (uint32, error) {
	perSector := uint32(c.sector / 4)
	at, err := c.tableSector(n / perSector)
	if err != nil {
		return 0, err
	}
	b, err := c.read(at)
	if err != nil {
		return 0, err
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

// oleName is the name of a directory entry, "" for an unused one.
func oleName(entry []byte) string {
	n := int(binary.LittleEndian.Uint16(entry[64:]))
	if entry[66] == 0 || n < 4 || n > 64 {
		return ""
	}
	units := make([]uint16, n/2-1)
	_ = binary.Read(bytes.NewReader(entry), binary.LittleEndian, units)
	return string(utf16.Decode(units))
}
