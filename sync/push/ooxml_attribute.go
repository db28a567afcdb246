package push

import (
	"bytes"
	"strconv"
	"strings"
)

// attribute is one attribute of a tag; its raw value is data[from:to].
type attribute struct {
	name     string
	from, to int
}

// attributes lists the attributes of a tag.
func attributes(data []byte, t tag) []attribute {
	var list []attribute
	i, end := t.start+1+len(t.name), t.end-1
	for i < end {
		for i < end && (isSpace(data[i]) || data[i] == '/') {
			i++
		}
		from := i
		for i < end && data[i] != '=' && !isSpace(data[i]) {
			i++
		}
		name := string(data[from:i])
		for i < end && (isSpace(data[i]) || data[i] == '=') {
			i++
		}
		if i >= end || data[i] != '"' && data[i] != '\'' {
			return list
		}
		length := bytes.IndexByte(data[i+1:end], data[i])
		if length < 0 {
			return list
		}
		list = append(list, attribute{name: name, from: i + 1, to: i + 1 + length})
		i += length + 2
	}
	return list
}

// attr returns the value of the tag's attribute of that name.
func attr(data []byte, t tag, name string) (string, bool) {
	for _, a := range attributes(data, t) {
		if a.name == name {
			return xmlText(data[a.from:a.to]), true
		}
	}
	return "", false
}

// attrInt is attr for a whole number.
func attrInt(data []byte, t tag, name string) (int, bool) {
	s, ok := attr(data, t, name)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return n, err == nil
}

// xmlText decodes character data and attribute values.
func xmlText(raw []byte) string {
	s := string(raw)
	if !strings.Contains(s, "&") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "&")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, ";")
		r, known := entity(name)
		if !closed || !known {
			b.WriteByte('&')
			s = rest
			continue
		}
		b.WriteRune(r)
		s = after
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	return rune(n), err == nil
}
