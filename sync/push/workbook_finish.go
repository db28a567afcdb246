package push

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// contentTypesName is the part that lists the types of all others.
const contentTypesName = "[Content_Types].xml"

// finish does to a rendered file what the writing library cannot: it lets
// programs fit the given rows again when people write in them (soft, by the
// name of the sheet's part), it adds the rows of long tables (raw), and it sorts the default content types, which the
// library writes in another order each time.
func finish(xlsx []byte, soft map[string]map[int]bool, raw map[string]*bytes.Buffer) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil {
		return nil, fmt.Errorf("open the rendered file: %w", err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		change := func(xml []byte) []byte { return appendRows(soften(xml, soft[part.Name]), raw[part.Name]) }
		switch {
		case part.Name == contentTypesName:
			change = sortDefaults
		case len(soft[part.Name]) == 0:
			if err := w.Copy(part); err != nil {
				return nil, fmt.Errorf("copy %s: %w", part.Name, err)
			}
			continue
		}
		if err := rewrite(w, part, change); err != nil {
			return nil, fmt.Errorf("finish %s: %w", part.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("close the rendered file: %w", err)
	}
	return out.Bytes(), nil
}

func rewrite(w *zip.Writer, part *zip.File, change func([]byte) []byte) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	xml, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	entry, err := w.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = entry.Write(change(xml))
	return err
}

// customHeight is how the library writes that a row's height is the author's
// will.
var customHeight = regexp.MustCompile(`(<row r="(\d+)" ht="[^"]*") customHeight="true"`)

// soften keeps the height of the given rows and takes away that it is fixed.
func soften(xml []byte, rows map[int]bool) []byte {
	return customHeight.ReplaceAllFunc(xml, func(row []byte) []byte {
		m := customHeight.FindSubmatch(row)
		if n, err := strconv.Atoi(string(m[2])); err != nil || !rows[n] {
			return row
		}
		return m[1]
	})
}

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// sortDefaults orders the default content types, whose order says nothing.
func sortDefaults(xml []byte) []byte {
	all := defaultType.FindAll(xml, -1)
	slices.SortFunc(all, bytes.Compare)
	i := -1
	return defaultType.ReplaceAllFunc(xml, func([]byte) []byte {
		i++
		return all[i]
	})
}
