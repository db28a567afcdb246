package sheet

import (
	"strings"

	"golang.org/x/net/html"
)

// htmlTag is a start tag with its attributes.
type htmlTag struct {
	name  string
	attrs map[string]string
}

// maxAttrs bounds the attributes of a tag that are looked at.
const maxAttrs = 64

func htmlTagOf(z *html.Tokenizer) htmlTag {
	name, more := z.TagName()
	tag := htmlTag{name: string(name)}
	for n := 0; more && n < maxAttrs; n++ {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class", "style", "face", "hidden", "colspan", "rowspan", "span", "x:num", "x:str", "x:bool", "x:err", "x:fmla", "sdval", "sdnum", "data-t", "data-v", "data-z":
			if tag.attrs == nil {
				tag.attrs = make(map[string]string)
			}
			if _, twice := tag.attrs[string(key)]; !twice {
				tag.attrs[string(key)] = string(value)
			}
		}
	}
	return tag
}

func (t htmlTag) attr(name string) string { return t.attrs[name] }

func (t htmlTag) has(name string) bool {
	_, ok := t.attrs[name]
	return ok
}

// typed says whether the tag itself tells of a value.
func (t htmlTag) typed() bool {
	return t.attr("x:num") != "" || t.has("x:bool") || t.has("x:fmla") || t.has("sdval") || t.attr("data-v") != "" && t.attr("data-t") != ""
}

// htmlStyle is what a style says about a value.
type htmlStyle struct {
	format string // code of the number format
	set    bool   // format counts though it is General
	font   string
	hidden bool
	kept   bool // blanks count
}

// with is the style of an element within one of this style.
func (s htmlStyle) with(inner htmlStyle) htmlStyle {
	if inner.set {
		s.format, s.set = inner.format, true
	}
	if inner.font != "" {
		s.font = inner.font
	}
	s.hidden, s.kept = inner.hidden, inner.kept
	return s
}

// htmlCSS are the styles of a page by element ("td") and class (".xl24"), the
// two ways that Excel and its imitators use.
type htmlCSS map[string]htmlStyle

func (c htmlCSS) parse(text string) {
	text = strings.NewReplacer("<!--", "", "-->", "").Replace(text)
	for len(c) < maxStyles {
		selectors, rest, ok := strings.Cut(text, "{")
		if !ok {
			return
		}
		declarations, after := cutStyle(rest, '}')
		text = after
		style := parseStyle(declarations)
		for _, name := range strings.Split(selectors, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			if i := strings.LastIndexByte(name, '.'); i > 0 {
				name = name[i:] // td.xl24
			}
			if name != "" && !strings.ContainsAny(name, " :>#[") {
				old := c[name]
				style := old.with(style)
				style.hidden, style.kept = style.hidden || old.hidden, style.kept || old.kept
				c[name] = style
			}
		}
	}
}

// style is the style of an element, from the page and its own attributes.
func (c htmlCSS) style(tag htmlTag) htmlStyle {
	style := c[tag.name]
	hidden, kept := style.hidden, style.kept
	add := func(s htmlStyle) {
		style = style.with(s)
		hidden, kept = hidden || s.hidden, kept || s.kept
	}
	for _, class := range strings.Fields(tag.attr("class")) {
		add(c["."+strings.ToLower(class)])
	}
	if own := tag.attr("style"); own != "" {
		add(parseStyle(own))
	}
	if face := tag.attr("face"); face != "" {
		add(htmlStyle{font: face})
	}
	style.hidden, style.kept = hidden || tag.has("hidden"), kept || tag.name == "pre"
	return style
}

func parseStyle(declarations string) htmlStyle {
	var style htmlStyle
	for declarations != "" {
		var declaration string
		declaration, declarations = cutStyle(declarations, ';')
		name, value, _ := strings.Cut(declaration, ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "mso-number-format":
			style.set, style.format = true, namedFormat(unescapeCSS(value))
		case "font-family":
			first, _, _ := strings.Cut(value, ",")
			style.font = strings.Trim(first, `"' `)
		case "display":
			style.hidden = strings.HasPrefix(strings.ToLower(value), "none")
		case "mso-spacerun":
			style.kept = strings.EqualFold(value, "yes")
		case "white-space":
			style.kept = strings.HasPrefix(strings.ToLower(value), "pre")
		}
	}
	return style
}

// cutStyle cuts a style at the first mark that is not in quotes or escaped.
func cutStyle(text string, mark byte) (before, after string) {
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == mark:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// unescapeCSS is the text of a value: "\@" is @, "\0022" a quote.
func unescapeCSS(value string) string {
	if n := len(value); n > 1 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		if code := value[i:min(i+4, len(value))]; len(code) == 4 && strings.Trim(code, "0123456789ABCDEFabcdef") == "" && code[0] == '0' {
			var r rune
			for _, c := range strings.ToLower(code) {
				r = r<<4 | rune(strings.IndexRune("0123456789abcdef", c))
			}
			b.WriteRune(r)
			i += 3
			continue
		}
		if value[i] != '/' && value[i] != '@' && value[i] != '\\' {
			b.WriteByte('\\') // an escape of the format code itself
		}
		b.WriteByte(value[i])
	}
	return b.String()
}
