package sheet

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
)

// The formats of this file are tables that are not read, and must not be taken
// for something else: the interchange formats of the 1980s are texts whose
// lines look like records.

// isSYLK tells a symbolic link file (.slk): its first record is its ID.
func isSYLK(_ context.Context, s *source) (bool, error) {
	return strings.HasPrefix(s.text, "id;p") && strings.Contains(s.text, "\nc;"), nil
}

// isDIF tells a data interchange format (.dif) by its first two entries.
func isDIF(_ context.Context, s *source) (bool, error) {
	lines := strings.SplitN(strings.ReplaceAll(s.text, "\r\n", "\n"), "\n", 4)
	return len(lines) == 4 && lines[0] == "table" && strings.HasPrefix(lines[1], "0,") && strings.HasPrefix(lines[2], `"`), nil
}

// isDBF tells a dBASE or FoxPro table: its version, the day of its last change,
// and the mark after its list of fields.
func isDBF(_ context.Context, s *source) (bool, error) {
	const header, field, endOfFields = 32, 32, 0x0D
	if len(s.head) <= header || !bytes.Contains([]byte("\x02\x03\x30\x31\x32\x43\x63\x83\x8B\xCB\xE5\xF5\xFB"), s.head[:1]) {
		return false, nil
	}
	month, date := s.head[2], s.head[3]
	length := int(s.head[8]) | int(s.head[9])<<8
	if month > 12 || date > 31 || length <= header {
		return false, nil
	}
	for at := header; at < min(length, len(s.head)); at += field {
		if s.head[at] == endOfFields {
			return true, nil
		}
		if len(s.head)-at < field || !bytes.Contains([]byte("BCDFGILMNOPQTVWXY@+0"), s.head[at+11:at+12]) {
			return false, nil
		}
	}
	return false, nil
}

// isGnumeric tells a workbook of Gnumeric, an XML that is packed by gzip or not.
func isGnumeric(_ context.Context, s *source) (bool, error) {
	const namespace = "http://www.gnumeric.org/"
	if strings.Contains(s.text, namespace) {
		return strings.HasPrefix(s.text, "<?xml") || strings.HasPrefix(s.text, "<gnm:workbook"), nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(s.head))
	if err != nil {
		return false, nil // it is no gzip, which is not an error
	}
	start := make([]byte, headBytes)
	n, err := io.ReadFull(packed, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil
	}
	return bytes.Contains(bytes.ToLower(start[:n]), []byte(namespace)), nil
}

// isMail tells a mail, or a web page that a browser saved as one, by the names
// of its first header lines.
func isMail(phrase string) func(context.Context, *source) (bool, error) {
	headers := []string{"mime-version:", "from:", "received:", "return-path:", "delivered-to:", "message-id:", "date:", "subject:", "x-"}
	return func(_ context.Context, s *source) (bool, error) {
		head := "\n" + s.text
		if !strings.Contains(head, phrase) || !strings.Contains(head, "\nmime-version:") {
			return false, nil
		}
		for _, h := range headers {
			if strings.HasPrefix(s.text, h) {
				return true, nil
			}
		}
		return false, nil
	}
}
