package push

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Heights of rows in points. Programs that open the file do not all fit rows to
// their text, and none fits them to merged cells, so each row says its height.
const (
	rowHeight    = 15  // the standard, 20 pixels, on which charts reckon
	maxRowHeight = 409 // the format's
)

// cellHeight is what a cell needs that is that many digits of the standard font
// wide.
func cellHeight(l look, v cellValue, room float64) float64 {
	line := l.size * 1.3
	switch {
	case l.turned:
		return textWidth(v.text, l)*5.6 + 10
	case v.numeric || v.text == "" || !l.wrap:
		return line + 2
	}
	return float64(wrappedLines(v.text, room, l))*line + 2
}

// wrappedLines is how many lines the text fills.
func wrappedLines(text string, room float64, l look) int {
	space := textWidth(" ", l)
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		used, n := 0.0, 1
		for word := range strings.SplitSeq(part, " ") {
			w := textWidth(word, l)
			if used > 0 && used+space+w > room {
				n++
				used = 0
			}
			if used > 0 {
				used += space
			}
			if w > room { // broken in the middle
				n += int(math.Ceil(w/room)) - 1
				w = math.Mod(w, room)
			}
			used += w
		}
		lines += n
	}
	return lines
}

// textWidth estimates the width of a text in digits of the standard font: small
// letters of the face are a little narrower than digits, capitals wider.
func textWidth(text string, l look) float64 {
	w := 0.0
	for _, r := range text {
		switch {
		case r == ' ' || unicode.IsPunct(r):
			w += 0.6
		case unicode.IsUpper(r):
			w += 1.4
		case unicode.IsDigit(r):
			w++
		default:
			w += 0.92
		}
	}
	if l.bold {
		w *= 1.06
	}
	return w * l.size / 11
}

// customHeight is how the file says that a row's height is the author's will.
var customHeight = regexp.MustCompile(`(<row r="(\d+)" ht="[^"]*") customHeight="true"`)

// soften lets programs fit the given rows again when people write in them: it
// keeps their height and takes away that it is fixed, which the writing library
// cannot say. rows are by the name of the sheet's part.
func soften(xlsx []byte, rows map[string]map[int]bool) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil {
		return nil, fmt.Errorf("open the rendered file: %w", err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		soft := rows[part.Name]
		if soft == nil {
			if err := w.Copy(part); err != nil {
				return nil, fmt.Errorf("copy %s: %w", part.Name, err)
			}
			continue
		}
		if err := softenPart(w, part, soft); err != nil {
			return nil, fmt.Errorf("rows of %s: %w", part.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("close the rendered file: %w", err)
	}
	return out.Bytes(), nil
}

func softenPart(w *zip.Writer, part *zip.File, soft map[int]bool) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	xml, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	xml = customHeight.ReplaceAllFunc(xml, func(row []byte) []byte {
		m := customHeight.FindSubmatch(row)
		if n, err := strconv.Atoi(string(m[2])); err != nil || !soft[n] {
			return row
		}
		return m[1]
	})
	entry, err := w.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = entry.Write(xml)
	return err
}
