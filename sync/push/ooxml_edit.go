package push

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// splice replaces drop bytes at an offset by others.
type splice struct {
	at, drop int
	add      string
}

// apply makes the edits, which must not overlap. Edits at the same offset are
// made in their order.
func apply(data []byte, edits []splice) []byte {
	slices.SortStableFunc(edits, func(a, b splice) int { return a.at - b.at })
	grow := 0
	for _, e := range edits {
		grow += len(e.add) - e.drop
	}
	out := make([]byte, 0, max(0, len(data)+grow))
	pos := 0
	for _, e := range edits {
		out = append(out, data[pos:e.at]...)
		out = append(out, e.add...)
		pos = e.at + e.drop
	}
	return append(out, data[pos:]...)
}

// cut is the edit that removes the element.
func cut(e element) splice { return splice{at: e.start(), drop: e.end() - e.start()} }

// appendTo is the edit that adds XML as the element's last child.
func appendTo(data []byte, e element, xml string) splice {
	if !e.open.empty {
		return splice{at: e.close.start, add: xml}
	}
	return openUp(data, e, xml)
}

// prependTo is the edit that adds XML as the element's first child.
func prependTo(data []byte, e element, xml string) splice {
	if !e.open.empty {
		return splice{at: e.open.end, add: xml}
	}
	return openUp(data, e, xml)
}

// openUp makes a pair of tags of an empty tag.
func openUp(data []byte, e element, xml string) splice {
	slash := e.open.start + bytes.LastIndexByte(data[e.open.start:e.open.end], '/')
	return splice{at: slash, drop: e.open.end - slash, add: ">" + xml + "</" + e.name() + ">"}
}

// setAttr is the edit that gives an existing attribute another value; ok is
// false when the tag does not have it.
func setAttr(data []byte, t tag, name, value string) (splice, bool) {
	for _, a := range attributes(data, t) {
		if a.name == name {
			return splice{at: a.from, drop: a.to - a.from, add: escapeXML(value)}, true
		}
	}
	return splice{}, false
}

// prefixOf returns the prefix ("x:" or "") that the part uses for the
// namespace, which must be the one of its outermost element.
func prefixOf(data []byte, outer element, namespace string) (string, error) {
	prefix := strings.TrimSuffix(outer.name(), outer.local())
	declaration := "xmlns"
	if prefix != "" {
		declaration += ":" + strings.TrimSuffix(prefix, ":")
	}
	bound, _ := attr(data, outer.open, declaration)
	switch {
	case bound == namespace:
		return prefix, nil
	case strings.HasPrefix(bound, strictRoot):
		return "", ErrPackageStrict
	}
	return "", fmt.Errorf("%w: <%s> in the namespace %q", ErrPackageUnknown, outer.name(), bound)
}

// relationPrefix returns the prefix for relation attributes, with a trailing
// colon, and the declaration that an added element must carry where the
// outermost element does not make one.
func relationPrefix(data []byte, outer element) (prefix, declaration string) {
	for _, a := range attributes(data, outer.open) {
		name, ok := strings.CutPrefix(a.name, "xmlns:")
		if ok && xmlText(data[a.from:a.to]) == relationNamespace {
			return name + ":", ""
		}
	}
	return "r:", ` xmlns:r="` + relationNamespace + `"`
}

// relationID returns the value of the attribute r:id, whatever its prefix.
func relationID(data []byte, t tag) string {
	for _, a := range attributes(data, t) {
		if strings.HasSuffix(a.name, ":id") && !strings.HasPrefix(a.name, "xmlns:") {
			return xmlText(data[a.from:a.to])
		}
	}
	return ""
}

// escapeXML makes text safe between tags and in double quotes. Characters that
// XML cannot hold are left out.
func escapeXML(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case legalRune(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func legalRune(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return true
	case r < 0x20 || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF:
		return false
	}
	return true
}
