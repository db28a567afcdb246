package strict

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// value sets v from the node and notes every fault below it. It reports
// whether v itself could be set.
func (d *Document) value(node *yaml.Node, v reflect.Value, path string) bool {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if _, seen := d.lines[path]; !seen {
		d.lines[path] = node.Line
	}
	if d.decoded++; d.decoded > maxValues {
		if d.decoded == maxValues+1 {
			d.Fault(path, "tệp có quá nhiều giá trị", "bỏ bớt các bí danh YAML (*tên) lồng nhau")
		}
		return false
	}
	if text, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		switch {
		case node.Kind == yaml.ScalarNode:
			return d.text(node, text, path)
		case v.Kind() != reflect.Struct || len(fieldsOf(v.Type())) == 0:
			d.wrong(node, path, "phải là một giá trị đơn")
			return false
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		return d.structure(node, v, path)
	case reflect.Map:
		return d.mapping(node, v, path)
	case reflect.Slice:
		return d.list(node, v, path)
	}
	return d.scalar(node, v, path)
}

func (d *Document) text(node *yaml.Node, into encoding.TextUnmarshaler, path string) bool {
	if node.Tag == "!!null" {
		d.empty(path)
		return false
	}
	if err := into.UnmarshalText([]byte(node.Value)); err != nil {
		wrong := &Invalid{Message: fmt.Sprintf("không hiểu giá trị %q", node.Value), Remedy: "xem tệp mẫu trong README"}
		errors.As(err, &wrong)
		d.Fault(path, wrong.Message, wrong.Remedy)
		return false
	}
	return true
}

func (d *Document) structure(node *yaml.Node, v reflect.Value, path string) bool {
	if node.Kind != yaml.MappingNode {
		if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
			return d.need(v, path) // a section without keys: its defaults
		}
		d.wrong(node, path, "phải là một nhóm khóa: giá trị")
		return false
	}
	fields := fieldsOf(v.Type())
	seen := make(map[string]int)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, child := node.Content[i], node.Content[i+1]
		index, known := fields[key.Value]
		switch first, again := seen[key.Value]; {
		case !known:
			d.unknown(key, path, fields)
			continue
		case again:
			d.repeated(key, path, first)
			continue
		}
		seen[key.Value] = key.Line
		at := join(path, key.Value)
		d.lines[at] = key.Line
		d.value(child, v.Field(index), at)
	}
	return d.need(v, path)
}

// need notes the fields that must be given and are not.
func (d *Document) need(v reflect.Value, path string) bool {
	complete := true
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name := field.Tag.Get("yaml")
		if field.Tag.Get("need") == "true" && !d.Has(join(path, name)) {
			d.Fault(path, fmt.Sprintf("thiếu khóa %q", name), fmt.Sprintf("thêm dòng %s: … vào đây", name))
			complete = false
		}
	}
	return complete
}

func (d *Document) unknown(key *yaml.Node, path string, fields map[string]int) {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	remedy := "bỏ khóa này; các khóa dùng được: " + strings.Join(sortedWords(names), ", ")
	if near := Nearest(key.Value, sortedWords(names)); near != "" {
		remedy = fmt.Sprintf("có phải là %q? Các khóa dùng được: %s", near, strings.Join(sortedWords(names), ", "))
	}
	d.faults = append(d.faults, Fault{
		File: d.File, Line: key.Line, Path: join(path, key.Value),
		Message: fmt.Sprintf("không có khóa %q", key.Value), Remedy: remedy,
	})
}

func (d *Document) repeated(key *yaml.Node, path string, first int) {
	d.faults = append(d.faults, Fault{
		File: d.File, Line: key.Line, Path: join(path, key.Value),
		Message: fmt.Sprintf("khóa %q đã có ở dòng %d", key.Value, first), Remedy: "giữ lại một dòng",
	})
}

func (d *Document) mapping(node *yaml.Node, v reflect.Value, path string) bool {
	if node.Kind != yaml.MappingNode {
		if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
			return true
		}
		d.wrong(node, path, "phải là các cặp khóa: giá trị")
		return false
	}
	v.Set(reflect.MakeMap(v.Type()))
	lines := make(map[string]int)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, child := node.Content[i], node.Content[i+1]
		if first, again := lines[key.Value]; again {
			d.repeated(key, path, first)
			continue
		}
		lines[key.Value] = key.Line
		at := join(path, key.Value)
		d.lines[at] = key.Line
		element := reflect.New(v.Type().Elem()).Elem()
		if d.value(child, element, at) {
			v.SetMapIndex(reflect.ValueOf(key.Value).Convert(v.Type().Key()), element)
		}
	}
	return true
}

func (d *Document) list(node *yaml.Node, v reflect.Value, path string) bool {
	if node.Kind != yaml.SequenceNode {
		if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
			return true
		}
		d.wrong(node, path, "phải là một danh sách, mỗi mục một dòng bắt đầu bằng dấu -")
		return false
	}
	v.Set(reflect.MakeSlice(v.Type(), len(node.Content), len(node.Content)))
	for i, child := range node.Content {
		d.value(child, v.Index(i), path+"["+strconv.Itoa(i)+"]")
	}
	return true
}

func (d *Document) scalar(node *yaml.Node, v reflect.Value, path string) bool {
	if node.Kind != yaml.ScalarNode {
		d.wrong(node, path, "phải là một giá trị đơn")
		return false
	}
	if node.Tag == "!!null" {
		d.empty(path)
		return false
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(node.Value)
		return true
	case reflect.Bool:
		switch node.Value {
		case "true", "false":
			v.SetBool(node.Value == "true")
			return true
		}
		d.wrong(node, path, "phải là true hoặc false")
		return false
	case reflect.Int, reflect.Int64:
		return d.integer(node, v, path)
	}
	// A field of another kind is a mistake in our own types, not in the file.
	panic("strict: no reading of " + v.Type().String())
}

// integer reads digits and nothing else: YAML would take 0113 for an octal
// number and 36_511 for one with a separator, Vietnamese writing would put
// dots in between.
func (d *Document) integer(node *yaml.Node, v reflect.Value, path string) bool {
	text := node.Value
	n, err := strconv.ParseInt(text, 10, 64)
	digits := strings.TrimPrefix(text, "-")
	if err != nil || node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 ||
		strings.HasPrefix(text, "+") || (len(digits) > 1 && digits[0] == '0') || v.OverflowInt(n) {
		d.Fault(path, fmt.Sprintf("%q không phải là số nguyên", text),
			"viết liền các chữ số, không dấu chấm, không số 0 ở đầu, không ngoặc kép, ví dụ 36511988780")
		return false
	}
	v.SetInt(n)
	return true
}

func (d *Document) wrong(node *yaml.Node, path, want string) {
	have := "đang là một giá trị đơn"
	switch node.Kind {
	case yaml.MappingNode:
		have = "đang là một nhóm khóa"
	case yaml.SequenceNode:
		have = "đang là một danh sách"
	case yaml.ScalarNode:
		// The value itself is not repeated: it may be a secret in a wrong place.
	}
	d.Fault(path, "sai kiểu, "+have, want)
}

func (d *Document) empty(path string) {
	d.Fault(path, "không có giá trị", "ghi giá trị sau dấu hai chấm, hoặc bỏ dòng này")
}
