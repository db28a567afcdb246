package sheet

import (
	"fmt"
	"strings"
)

// odsStyles are the styles of an OpenDocument spreadsheet that bear on values.
type odsStyles struct {
	formats      map[string]string   // codes of number formats, by style
	cells        map[string]odsStyle // cell styles; "" is the default
	text         map[string]odsFont  // fonts of parts of texts, by style
	faces        map[string]string   // font families by declared name
	hiddenTables map[string]bool     // sheet styles
	resolved     map[string]cellStyle
}

// odsStyle is a cell style as it stands in the file.
type odsStyle struct {
	parent, format string
	font           odsFont
}

// odsFont is a font as far as it matters: named says that there is one, legacy
// is its name when it is that of a legacy Vietnamese font.
type odsFont struct {
	named  bool
	legacy string
}

func newODSStyles() *odsStyles {
	return &odsStyles{
		formats:      make(map[string]string),
		cells:        make(map[string]odsStyle),
		text:         make(map[string]odsFont),
		faces:        make(map[string]string),
		hiddenTables: make(map[string]bool),
		resolved:     make(map[string]cellStyle),
	}
}

// scanNamed reads the part styles.xml. Its automatic styles are those of page
// headers and may have the names of others in the content.
func (t *odsStyles) scanNamed(s *xmlScanner) error {
	return s.children(func() error {
		switch string(s.name) {
		case "font-face-decls", "styles":
			return t.scan(s)
		}
		return s.skip()
	})
}

// scan reads the current list of styles or fonts.
func (t *odsStyles) scan(s *xmlScanner) error {
	return s.children(func() error {
		if len(t.formats)+len(t.cells)+len(t.text)+len(t.faces)+len(t.hiddenTables) > maxStyles {
			return fmt.Errorf("%w: more than %d styles", ErrTooLarge, maxStyles)
		}
		switch name := string(s.name); name {
		case "font-face":
			t.faces[s.attr("x:name")] = s.attr("x:font-family")
		case "style", "default-style":
			return t.scanStyle(s)
		case "number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style":
			style := s.attr("x:name")
			code, err := t.scanFormat(s)
			t.formats[style] = code
			return err
		}
		return s.skip()
	})
}

func (t *odsStyles) scanStyle(s *xmlScanner) error {
	name, family := s.attr("x:name"), s.attr("x:family")
	style := odsStyle{parent: s.attr("x:parent-style-name"), format: s.attr("x:data-style-name")}
	hidden := false
	err := s.children(func() error {
		switch string(s.name) {
		case "text-properties":
			style.font = t.font(s)
		case "table-properties":
			hidden = s.attr("x:display") == "false"
		}
		return s.skip()
	})
	switch family {
	case "table-cell":
		t.cells[name] = style
	case "text":
		t.text[name] = style.font
	case "table":
		if hidden {
			t.hiddenTables[name] = true
		}
	}
	return err
}

func (t *odsStyles) font(s *xmlScanner) odsFont {
	family := s.attr("x:font-family")
	if declared := s.attr("x:font-name"); declared != "" {
		if family = t.faces[declared]; family == "" {
			family = declared
		}
	}
	return odsFont{named: family != "", legacy: legacyFont(strings.Trim(family, `'" `))}
}

// cell resolves a cell style; nil is that of cells that name none.
func (t *odsStyles) cell(name []byte) cellStyle {
	if len(name) == 0 {
		name = []byte("Default")
	}
	if style, known := t.resolved[string(name)]; known {
		return style
	}
	style := t.resolve(string(name))
	if len(t.resolved) < maxStyles {
		t.resolved[string(name)] = style
	}
	return style
}

// resolve follows a style to its parents, to the default at last.
func (t *odsStyles) resolve(name string) cellStyle {
	const most = 16 // a chain may be a circle
	var format string
	var font odsFont
	for range most {
		style := t.cells[name]
		if format == "" {
			format = style.format
		}
		if !font.named {
			font = style.font
		}
		if name == "" {
			break
		}
		name = style.parent
	}
	code := t.formats[format]
	return cellStyle{format: code, time: classifyFormat(code), font: font.legacy}
}
