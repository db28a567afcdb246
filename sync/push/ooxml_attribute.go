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
	for i := t.start + 1 + len(t.name); ; {
		name, from, to, ok := nextAttribute(data, t, i)
		if !ok {
			return list
		}
		list = append(list, attribute{name: string(name), from: from, to: to})
		i = to + 1
	}
}

// nextAttribute finds the tag's first attribute at or after an offset.
func nextAttribute(data []byte, t tag, i int) (name []byte, from, to int, ok bool) {
	end := t.end - 1
	for i < end && (isSpace(data[i]) || data[i] == '/') {
		i++
	}
	begin := i
	for i < end && data[i] != '=' && !isSpace(data[i]) {
		i++
	}
	name = data[begin:i]
	for i < end && (isSpace(data[i]) || data[i] == '=') {
		i++
	}
	if i >= end || data[i] != '"' && data[i] != '\'' {
		return nil, 0, 0, false
	}
	length := bytes.IndexByte(data[i+1:end], data[i])
	if length < 0 {
		return nil, 0, 0, false
	}
	return name, i + 1, i + 1 + length, true
}

// attr returns the value of the tag's attribute of that name.
func attr(data []byte, t tag, name string) (string, bool) {
	for i := t.start + 1 + len(t.name); ; {
		found, from, to, ok := nextAttribute(data, t, i)
		if !ok {
			return "", false
		}
		if string(found) == name {
			return xmlText(data[from:to]), true
		}
		i = to + 1
	}
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
