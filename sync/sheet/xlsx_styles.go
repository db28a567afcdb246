package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// maxStyles is beyond the 65,490 cell formats of Excel's own limits.
const maxStyles = 1 << 17

// cellStyle is what a cell's style says about its value.
type cellStyle struct {
	format string // code, "" for General
	time   timeFormat
	font   string // a legacy font's name, else ""
	look   *Style // of both
}

// styleTable is the part of a workbook's styles (ECMA-376 part 1, 18.8) that
// bears on values.
type styleTable struct {
	formats map[int]string // custom number formats
	fonts   []string       // legacy names, "" for all others
	xfs     []styleXf
}

type styleXf struct{ format, font int }

func (t *styleTable) scan(s *xmlScanner) error {
	t.formats = make(map[int]string)
	return s.children(func() error {
		switch string(s.name) {
		case "numFmts":
			return s.children(func() error {
				t.formats[number(s.attr("numFmtId"))] = s.attr("formatCode")
				return s.skip()
			})
		case "fonts":
			return s.children(func() error { return t.scanFont(s) })
		case "cellXfs":
			return s.children(func() error {
				if len(t.xfs) == maxStyles {
					return fmt.Errorf("%w: more than %d cell styles", ErrTooLarge, maxStyles)
				}
				t.xfs = append(t.xfs, styleXf{format: number(s.attr("numFmtId")), font: number(s.attr("fontId"))})
				return s.skip()
			})
		}
		return s.skip()
	})
}

func (t *styleTable) scanFont(s *xmlScanner) error {
	if string(s.name) != "font" {
		return s.skip()
	}
	if len(t.fonts) == maxStyles {
		return fmt.Errorf("%w: more than %d fonts", ErrTooLarge, maxStyles)
	}
	name := ""
	err := s.children(func() error {
		if string(s.name) == "name" {
			name = s.attr("val")
		}
		return s.skip()
	})
	t.fonts = append(t.fonts, legacyFont(name))
	return err
}

// cells resolves the cell styles, in the order of their indices.
func (t *styleTable) cells() []cellStyle {
	times := make(map[string]timeFormat)
	var looks Styles
	styles := make([]cellStyle, len(t.xfs))
	for i, xf := range t.xfs {
		code, custom := t.formats[xf.format]
		if !custom {
			code = builtinFormats[xf.format]
		}
		if strings.EqualFold(code, "General") {
			code = ""
		}
		time, known := times[code]
		if !known {
			time = classifyFormat(code)
			times[code] = time
		}
		styles[i] = cellStyle{format: code, time: time}
		if xf.font >= 0 && xf.font < len(t.fonts) {
			styles[i].font = t.fonts[xf.font]
		}
		styles[i].look = looks.Of(styles[i].format, styles[i].font)
	}
	return styles
}

// number reads an index; what is none gives -1, which no table has.
func number(v string) int {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// legacyFont is the name when it is that of a font whose glyphs stand for
// TCVN3 (.VnTime) or VNI (VNI-Times) codes, else "".
func legacyFont(name string) string {
	name = strings.TrimSpace(name)
	if lower := strings.ToLower(name); strings.HasPrefix(lower, ".vn") || strings.HasPrefix(lower, "vni-") {
		return name
	}
	return ""
}
