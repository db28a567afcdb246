package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// readText reads a text file as a whole, as UTF-8 without byte order mark. The
// label is the encoding that the file itself names, "" if it names none.
func (s *source) readText(ctx context.Context, label string) ([]byte, error) {
	if s.size > s.limits.TextBytes {
		return nil, fmt.Errorf("%w: %d bytes of text", ErrTooLarge, s.size)
	}
	raw := make([]byte, s.size)
	r := &contextReader{ctx: ctx, r: io.NewSectionReader(s.r, 0, s.size)}
	if _, err := io.ReadFull(r, raw); errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: it ends too early", ErrDamaged)
	} else if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	text, err := decodeText(raw, label)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if int64(len(text)) > s.limits.TextBytes {
		return nil, fmt.Errorf("%w: %d bytes of text", ErrTooLarge, len(text))
	}
	return text, nil
}

// decodeText turns a text into UTF-8. A byte order mark counts more than what
// the text is: what it is counts more than what it says to be, since exporters
// copy the declaration from wherever they have it.
func decodeText(raw []byte, label string) ([]byte, error) {
	if order, ok := utf16Text(raw); ok {
		return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw[:len(raw)&^1])
	}
	raw = bytes.TrimPrefix(raw, []byte(utf8BOM))
	if utf8.Valid(raw) {
		return raw, nil
	}
	named, err := htmlindex.Get(label)
	if err != nil || named == charmap.XUserDefined || named == unicode.UTF8 || isUTF16(named) {
		named = legacyEncoding(raw)
	}
	return decodeWith(named, raw)
}

func isUTF16(e encoding.Encoding) bool {
	name, err := htmlindex.Name(e)
	return err == nil && strings.HasPrefix(name, "utf-16")
}

// decodeWith decodes, and composes what Windows-1258 takes apart: its tone
// marks are characters of their own.
func decodeWith(e encoding.Encoding, raw []byte) ([]byte, error) {
	text, err := e.NewDecoder().Bytes(raw)
	if err == nil && e == charmap.Windows1258 {
		text = norm.NFC.Bytes(text)
	}
	return text, err
}

// utf16Text tells UTF-16 by its byte order mark, or by the zero that is one of
// the two bytes of every ASCII character: of a text in Vietnamese, most.
func utf16Text(head []byte) (unicode.Endianness, bool) {
	if order, ok := utf16Order(head); ok {
		return order, ok
	}
	head = head[:min(len(head), headBytes)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch units := len(head) / 2; {
	case units < 2, max(zeros[0], zeros[1])*4 < units, min(zeros[0], zeros[1]) > 0:
		return unicode.LittleEndian, false
	case zeros[0] > 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, true
}

// legacyEncoding tells Windows-1258, in which Vietnamese is written as such,
// from Windows-1252, as which the codes of TCVN3 and VNI are kept: which of the
// two these are is for the reader of a cell to tell. In Windows-1258 a tone mark
// follows its vowel, and the letters that only other languages have are rare.
func legacyEncoding(raw []byte) encoding.Encoding {
	good, bad := 0, 0
	previous := byte(' ')
	for _, c := range raw {
		switch {
		case c < utf8.RuneSelf:
		case strings.IndexByte(tones1258, c) >= 0:
			if strings.IndexByte(vowels1258, previous|0x20) >= 0 {
				good++
			} else {
				bad++
			}
		case strings.IndexByte(foreign1258, c) >= 0:
			bad++
		case strings.IndexByte(letters1258, c) >= 0 && isLetter(previous):
			good++
		}
		previous = c
	}
	if good > bad {
		return charmap.Windows1258
	}
	return charmap.Windows1252
}

const (
	// tones1258 are the combining tone marks: huyền, hỏi, ngã, sắc, nặng.
	tones1258 = "\xCC\xD2\xDE\xEC\xF2"
	// vowels1258 are what they stand on: a e i o u y â ê ô ă ơ ư.
	vowels1258 = "aeiouy\xE2\xEA\xF4\xE3\xF5\xFD"
	// letters1258 are ă â ê ô ơ ư đ, the last two mere marks elsewhere.
	letters1258 = "\xE3\xE2\xEA\xF4\xF5\xFD\xF0\xC3\xC2\xCA\xD4\xD5\xDD\xD0"
	// foreign1258 are letters and marks that Vietnamese does not have and that
	// TCVN3 or VNI need all the time: ¡-¿, ä å æ ç ë ï ñ ö ø û ü ÿ and capitals.
	foreign1258 = "\xA1\xA2\xA3\xA4\xA5\xA6\xA7\xA8\xA9\xAA\xAB\xAC\xAD\xAE\xAF\xB1\xB2\xB3\xB4\xB5\xB6\xB7\xB8\xB9\xBA\xBB\xBC\xBD\xBE\xBF" +
		"\xE4\xE5\xE6\xE7\xEB\xEF\xF1\xF6\xF8\xFB\xFC\xFF\xC4\xC5\xC6\xC7\xCB\xCF\xD1\xD6\xD8\xDB\xDC\xDF"
)

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0xC0 }

// xmlReader reads XML as UTF-8, from the encoding that its marks or its
// declaration tell.
func xmlReader(r io.Reader) (io.Reader, error) {
	head := make([]byte, 256)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	head = head[:n]
	whole := io.MultiReader(bytes.NewReader(head), r)
	if order, ok := utf16Text(head); ok {
		return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(whole), nil
	}
	named, err := htmlindex.Get(declaredEncoding(head))
	if bytes.HasPrefix(head, []byte(utf8BOM)) || err != nil || named == unicode.UTF8 || isUTF16(named) {
		return utf8Reader(whole)
	}
	if named == charmap.Windows1258 {
		return norm.NFC.Reader(transform.NewReader(whole, named.NewDecoder())), nil
	}
	return transform.NewReader(whole, named.NewDecoder()), nil
}

// declaredEncoding is the encoding that an XML declaration names.
func declaredEncoding(head []byte) string {
	declaration, _, _ := bytes.Cut(head, []byte("?>"))
	for rest := bytes.TrimPrefix(bytes.TrimSpace(declaration), []byte("<?xml")); ; {
		name, value, more, ok := nextAttr(rest)
		if !ok {
			return ""
		}
		if string(name) == "encoding" {
			return string(value)
		}
		rest = more
	}
}
