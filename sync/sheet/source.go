package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// headBytes is how much of a file's start is looked at to know its format.
const headBytes = 4096

// source is a file that is being told apart: its start, and its table of
// contents when it is a container.
type source struct {
	r      io.ReaderAt
	size   int64
	limits Limits

	head    []byte // as stored
	text    string // the start as text in lower case, without mark and leading blanks; "" when it is none
	zip     *archive
	streams map[string]bool // of an OLE compound file

	csv            *csvBook // set once the text has been found to be a table
	opened         bool     // main and mainType have been looked up
	main, mainType string   // the main part of an Office package
}

// sniff reads the start and the table of contents. With an error it names the
// kind of container, if it is one.
func (s *source) sniff() (string, error) {
	s.head = make([]byte, min(headBytes, s.size))
	if n, err := s.r.ReadAt(s.head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the start of the file: %w", err)
	} else if n < len(s.head) {
		return "", fmt.Errorf("%w: it ends after %d bytes", ErrDamaged, n)
	}
	var err error
	switch {
	case bytes.HasPrefix(s.head, []byte("PK\x03\x04")), bytes.HasPrefix(s.head, []byte("PK\x05\x06")):
		s.zip, err = openArchive(s.r, s.size, s.limits)
		return "zip", err
	case bytes.HasPrefix(s.head, []byte(oleMagic)):
		s.streams, err = oleDirectory(s.r, s.size)
		return "ole", err
	}
	if text, ok := s.headText(); ok {
		if text = strings.TrimSpace(text); text == "" && s.size <= headBytes {
			return "csv", ErrEmpty
		}
		s.text = strings.ToLower(text)
	}
	return "", nil
}

// headText is the start of a text file. A legacy 8-bit encoding is a text too:
// what makes a file binary is control characters.
func (s *source) headText() (string, bool) {
	text := s.head
	if order, ok := utf16Text(s.head); ok {
		even := s.head[:len(s.head)&^1]
		decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(even)
		if err != nil {
			return "", false
		}
		text = decoded
	}
	text = bytes.TrimPrefix(text, []byte(utf8BOM))
	for _, c := range text {
		if c < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a", rune(c)) {
			return "", false
		}
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("?"))
	}
	return string(text), true
}

func startsWith(prefix string) func(context.Context, *source) (bool, error) {
	return func(_ context.Context, s *source) (bool, error) {
		return strings.HasPrefix(s.text, prefix) || bytes.HasPrefix(bytes.ToLower(s.head), []byte(prefix)), nil
	}
}

// hasMagic tells a binary format by its first bytes.
func hasMagic(magic string) func(context.Context, *source) (bool, error) {
	return func(_ context.Context, s *source) (bool, error) { return bytes.HasPrefix(s.head, []byte(magic)), nil }
}

// mentions tells a text format by a phrase near its start, where the file
// starts with one of the beginnings.
func mentions(phrase string, beginnings ...string) func(context.Context, *source) (bool, error) {
	return func(_ context.Context, s *source) (bool, error) {
		for _, b := range beginnings {
			if strings.HasPrefix(s.text, b) {
				return strings.Contains(s.text, phrase), nil
			}
		}
		return false, nil
	}
}

// isHTML: exports of office systems often are HTML by another name, and start
// anywhere from the document type to the bare table.
func isHTML(_ context.Context, s *source) (bool, error) {
	for _, tag := range []string{"<html", "<head", "<meta", "<body", "<table", "<div", "<style", "<!doctype html"} {
		if strings.HasPrefix(s.text, tag) {
			return true, nil
		}
	}
	if strings.HasPrefix(s.text, "<!--") || strings.HasPrefix(s.text, "<?xml") {
		return strings.Contains(s.text, "<html") || strings.Contains(s.text, "<table"), nil
	}
	return false, nil
}

func isText(_ context.Context, s *source) (bool, error) { return s.text != "", nil }

func isZip(_ context.Context, s *source) (bool, error) { return s.zip != nil, nil }

func hasPart(name string) func(context.Context, *source) (bool, error) {
	return func(_ context.Context, s *source) (bool, error) {
		return s.zip != nil && s.zip.has(name), nil
	}
}

// hasMimetype tells an OpenDocument package by its part "mimetype".
func hasMimetype(prefix string) func(context.Context, *source) (bool, error) {
	return func(ctx context.Context, s *source) (bool, error) {
		if s.zip == nil || !s.zip.has("mimetype") {
			return false, nil
		}
		r, err := s.zip.open(ctx, "mimetype")
		if err != nil {
			return false, err
		}
		defer r.Close()
		mimetype, err := io.ReadAll(io.LimitReader(r, 256))
		return strings.HasPrefix(string(mimetype), prefix), err
	}
}

// hasMainType tells an Office package by the content type of its main part.
func hasMainType(word string) func(context.Context, *source) (bool, error) {
	return func(ctx context.Context, s *source) (bool, error) {
		if s.zip == nil {
			return false, nil
		}
		if !s.opened {
			s.opened = true
			var err error
			if s.main, s.mainType, err = s.zip.mainPart(ctx); err != nil {
				return false, err
			}
		}
		return strings.Contains(strings.ToLower(s.mainType), word), nil
	}
}

func isOLE(_ context.Context, s *source) (bool, error) { return s.streams != nil, nil }

func hasStream(name string) func(context.Context, *source) (bool, error) {
	return func(_ context.Context, s *source) (bool, error) { return s.streams[name], nil }
}

// isEncryptedPackage: Office wraps a package that has a password, of whatever
// kind it is, into an OLE file ([MS-OFFCRYPTO] 2.3).
func isEncryptedPackage(_ context.Context, s *source) (bool, error) {
	return s.streams["EncryptionInfo"] && s.streams["EncryptedPackage"], nil
}

// isXLS: a BIFF workbook stands in an OLE file ([MS-XLS] 2.1.2), or before
// Excel 5 bare, with its first record at the start.
func isXLS(_ context.Context, s *source) (bool, error) {
	bare := len(s.head) > 4 && s.head[0] == 0x09 && s.head[3] == 0 &&
		(s.head[1] == 0 || s.head[1] == 2 || s.head[1] == 4) && s.head[2] <= 8 && s.head[2] >= 4
	return bare || s.streams["Workbook"] || s.streams["Book"], nil
}
