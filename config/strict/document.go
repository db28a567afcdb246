package strict

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxSize bounds a file; the largest real one, an agency register, has 60 kB.
const maxSize = 4 << 20

// Document is a YAML file that was read: its faults, and where its values stand.
type Document struct {
	File   string
	faults Faults
	lines  map[string]int
	// decoded counts values, so that aliases of aliases cannot blow a small
	// file up without end.
	decoded int
}

// maxValues bounds the values of a document, aliases expanded.
const maxValues = 1 << 18

// Decode reads the YAML text into the struct that into points to. Fields are
// named by their yaml tag; a field with the tag need:"true" must be given.
// A type with UnmarshalText is read from a scalar by it (and, when it is a
// struct, from a mapping by its fields). Faults are collected in the document;
// what could be read is set even when there are some.
func Decode(file string, data []byte, into any) *Document {
	d := &Document{File: file, lines: make(map[string]int)}
	if len(data) > maxSize {
		d.Fault("", fmt.Sprintf("tệp lớn hơn %d MB", maxSize>>20), "kiểm tra lại tên tệp; đây không phải tệp cấu hình")
		return d
	}
	root, ok := d.parse(data)
	if !ok {
		return d
	}
	d.value(root, reflect.ValueOf(into).Elem(), "")
	return d
}

// parse returns the document's only node.
func (d *Document) parse(data []byte) (*yaml.Node, bool) {
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	var root yaml.Node
	switch err := decoder.Decode(&root); {
	case errors.Is(err, io.EOF) || (err == nil && len(root.Content) == 0):
		d.Fault("", "tệp không có nội dung", "ghi nội dung theo tệp mẫu trong README")
		return nil, false
	case err != nil:
		d.syntax(err)
		return nil, false
	}
	var second yaml.Node
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		d.faults = append(d.faults, Fault{
			File: d.File, Line: second.Line, Message: "tệp có nhiều hơn một tài liệu YAML",
			Remedy: "bỏ dòng --- và phần sau nó",
		})
	}
	return root.Content[0], true
}

var syntaxLine = regexp.MustCompile(`line (\d+): `)

// syntax turns the parser's error into a fault. The parser has no typed error:
// the line stands in the text alone.
func (d *Document) syntax(err error) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if m := syntaxLine.FindStringSubmatchIndex(text); m != nil {
		line, _ = strconv.Atoi(text[m[2]:m[3]])
		text = text[:m[0]] + text[m[1]:]
		if strings.HasPrefix(text, "did not find expected") {
			line++ // the parser proper counts from 0, its scanner from 1
		}
	}
	d.faults = append(d.faults, Fault{
		File: d.File, Line: line, Message: "sai cú pháp YAML (" + text + ")",
		Remedy: "xem lại dòng này và dòng ngay trên: thụt đầu dòng bằng dấu cách, sau dấu hai chấm có một dấu cách, đặt trong ngoặc kép nếu giá trị có dấu : hoặc #",
	})
}

// Line returns where the value at the path stands, or the nearest thing around
// it that is in the file; 0 when nothing is.
func (d *Document) Line(path string) int {
	for path != "" {
		if line, ok := d.lines[path]; ok {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return d.lines[""]
}

// Has reports whether the file has a value at the path.
func (d *Document) Has(path string) bool {
	_, ok := d.lines[path]
	return ok
}

// Read reports whether the file has a value at the path and it could be read.
func (d *Document) Read(path string) bool {
	return d.Has(path) && !slices.ContainsFunc(d.faults, func(f Fault) bool { return f.Path == path })
}

// Fault adds a fault at the path's line.
func (d *Document) Fault(path, message, remedy string) {
	d.faults = append(d.faults, Fault{
		File: d.File, Line: d.Line(path), Path: path, Message: message, Remedy: remedy,
	})
}

// Faults returns what was found so far, in the order of lines.
func (d *Document) Faults() Faults { return d.faults.Sorted() }

// Err returns the faults as an error, nil when there are none.
func (d *Document) Err() error { return d.faults.Err() }
