package sheet

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// What the flags of a text say about it ([MS-XLS] 2.5.293).
const (
	textWide    = 1 << 0 // two bytes a character
	textSpoken  = 1 << 2 // followed by how to pronounce it
	textRuns    = 1 << 3 // followed by the fonts of its parts
	runBytes    = 4
	oldRunBytes = 2 // in BIFF5
)

// textRun is a font within a text, from a character on up to the next run.
type textRun struct{ from, font int }

// take gives the next n bytes of the record.
func (b *biffRecords) take(n int) ([]byte, error) {
	if n > len(b.rest) {
		return nil, fmt.Errorf("%w: record %#x of %d bytes", ErrDamaged, b.id, len(b.data))
	}
	taken := b.rest[:n]
	b.rest = b.rest[n:]
	return taken, nil
}

// byte reads a byte, from the record's continuation if need be.
func (b *biffRecords) byte() (byte, error) {
	for len(b.rest) == 0 {
		if more, err := b.more(); err != nil {
			return 0, err
		} else if !more {
			return 0, fmt.Errorf("%w: a text ends too early", ErrDamaged)
		}
	}
	c := b.rest[0]
	b.rest = b.rest[1:]
	return c, nil
}

// integer reads a number of so many bytes, across records if need be.
func (b *biffRecords) integer(size int) (int, error) {
	if len(b.rest) >= size { // as nearly always
		var n uint64
		for i := size - 1; i >= 0; i-- {
			n = n<<8 | uint64(b.rest[i])
		}
		b.rest = b.rest[size:]
		return int(n), nil
	}
	n := 0
	for i := range size {
		c, err := b.byte()
		if err != nil {
			return 0, err
		}
		n |= int(c) << (8 * i)
	}
	return n, nil
}

// skip passes over n bytes, across records if need be.
func (b *biffRecords) skip(n int) error {
	for n > len(b.rest) {
		n -= len(b.rest)
		if more, err := b.more(); err != nil {
			return err
		} else if !more {
			return fmt.Errorf("%w: a text ends too early", ErrDamaged)
		}
	}
	b.rest = b.rest[n:]
	return nil
}

// unicode reads a text of BIFF8, whose length stands before it in so many
// bytes, into b.text and b.runs. At the start of each CONTINUE record it is
// said anew whether a character has one byte or two ([MS-XLS] 2.5.268).
func (b *biffRecords) unicode(lengthBytes, most int) error {
	chars, err := b.integer(lengthBytes)
	if err != nil {
		return err
	}
	flags, err := b.byte()
	if err != nil {
		return err
	}
	runs, spoken := 0, 0
	if flags&textRuns != 0 {
		if runs, err = b.integer(2); err != nil {
			return err
		}
	}
	if flags&textSpoken != 0 {
		if spoken, err = b.integer(4); err != nil {
			return err
		}
		if int64(spoken) > int64(1)<<31-1 {
			return fmt.Errorf("%w: a text with a negative length", ErrDamaged)
		}
	}
	if err := b.characters(chars, flags&textWide != 0, most); err != nil {
		return err
	}
	if err := b.readRuns(runs, runBytes); err != nil {
		return err
	}
	return b.skip(spoken)
}

// characters reads so many characters into b.text.
func (b *biffRecords) characters(left int, wide bool, most int) error {
	b.text, b.units = b.text[:0], left
	var high rune // the first half of a character beyond 16 bits
	for {
		if wide {
			n := min(left, len(b.rest)/2)
			b.text, high = appendUnits(b.text, b.rest[:2*n], high)
			b.rest, left = b.rest[2*n:], left-n
		} else {
			n := min(left, len(b.rest))
			if high != 0 && n > 0 {
				b.text, high = utf8.AppendRune(b.text, utf8.RuneError), 0
			}
			b.text = appendLatin(b.text, b.rest[:n])
			b.rest, left = b.rest[n:], left-n
		}
		if len(b.text) > most {
			return fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, most)
		}
		if left == 0 {
			break
		}
		if len(b.rest) > 0 {
			return fmt.Errorf("%w: a character in two records", ErrDamaged)
		}
		flags, err := b.byte()
		if err != nil {
			return err
		}
		wide = flags&textWide != 0
	}
	if high != 0 {
		b.text = utf8.AppendRune(b.text, utf8.RuneError)
	}
	b.text = lineFeeds(b.text)
	return nil
}

// codePageText reads a text of BIFF5, whose length in bytes stands before it
// in so many bytes, into b.text, as it is stored.
func (b *biffRecords) byteText(lengthBytes, most int) error {
	n, err := b.integer(lengthBytes)
	if err != nil {
		return err
	}
	if n > most {
		return fmt.Errorf("%w: a text of more than %d bytes", ErrTooLarge, most)
	}
	b.runs, b.units = b.runs[:0], n
	b.text = b.text[:0]
	for len(b.text) < n {
		c, err := b.byte()
		if err != nil {
			return err
		}
		b.text = append(b.text, c)
	}
	return nil
}

// appendUnits appends UTF-16 as UTF-8. The first half of a pair may stand
// before these units, and is given back when it stands at their end.
func appendUnits(dst, units []byte, high rune) ([]byte, rune) {
	for ; len(units) >= 2; units = units[2:] {
		r := rune(binary.LittleEndian.Uint16(units))
		if high != 0 {
			whole := utf16.DecodeRune(high, r)
			dst, high = utf8.AppendRune(dst, whole), 0
			if whole != utf8.RuneError {
				continue
			}
		}
		switch {
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case 0xD800 <= r && r < 0xDC00:
			high = r
		default:
			dst = utf8.AppendRune(dst, r) // a second half alone becomes U+FFFD
		}
	}
	return dst, high
}

// appendLatin appends characters of which only the lower byte is stored.
func appendLatin(dst, chars []byte) []byte {
	for _, c := range chars {
		if c < utf8.RuneSelf {
			dst = append(dst, c)
		} else {
			dst = append(dst, 0xC0|c>>6, 0x80|c&0x3F)
		}
	}
	return dst
}

// readRuns reads where in the text which fonts begin.
func (b *biffRecords) readRuns(n, size int) error {
	b.runs = b.runs[:0]
	for range n {
		from, err := b.integer(size / 2)
		if err != nil {
			return err
		}
		font, err := b.integer(size / 2)
		if err != nil {
			return err
		}
		b.runs = append(b.runs, textRun{from: from, font: font})
	}
	return nil
}
