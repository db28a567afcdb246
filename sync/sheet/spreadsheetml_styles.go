package sheet

import (
	"fmt"
	"strings"
)

// spreadsheetmlStyles are the styles of a workbook as they stand in the file.
type spreadsheetmlStyles struct {
	styles map[string]spreadsheetmlStyle
}

type spreadsheetmlStyle struct {
	parent       string
	format, font string
	hasFormat    bool
	hasFont      bool
}

// spreadsheetmlDefault is the style of cells that name none.
const spreadsheetmlDefault = "Default"

func (t *spreadsheetmlStyles) scan(s *xmlScanner) error {
	if len(t.styles) == maxStyles {
		return fmt.Errorf("%w: more than %d cell styles", ErrTooLarge, maxStyles)
	}
	id := s.attr("x:ID")
	style := spreadsheetmlStyle{parent: s.attr("x:Parent")}
	err := s.children(func() error {
		switch string(s.name) {
		case "NumberFormat":
			style.hasFormat, style.format = true, namedFormat(s.attr("x:Format"))
		case "Font":
			if name := s.attr("x:FontName"); name != "" {
				style.hasFont, style.font = true, legacyFont(name)
			}
		}
		return s.skip()
	})
	t.styles[id] = style
	return err
}

// cells resolves the styles by their names; what one does not say its parent
// does, the default style at last.
func (t *spreadsheetmlStyles) cells() map[string]cellStyle {
	const most = 16 // a chain may be a circle
	cells := make(map[string]cellStyle, len(t.styles))
	for id := range t.styles {
		var whole spreadsheetmlStyle
		for at, n := id, 0; n < most; n++ {
			style := t.styles[at]
			if !whole.hasFormat && style.hasFormat {
				whole.hasFormat, whole.format = true, style.format
			}
			if !whole.hasFont && style.hasFont {
				whole.hasFont, whole.font = true, style.font
			}
			if at == spreadsheetmlDefault {
				break
			}
			if at = style.parent; at == "" {
				at = spreadsheetmlDefault
			}
		}
		cells[id] = cellStyle{format: whole.format, time: classifyFormat(whole.format), font: whole.font}
	}
	return cells
}

// namedFormat is the code of a number format that SpreadsheetML and Excel's
// HTML may name instead, as a Vietnamese Excel shows it; "" for General.
func namedFormat(format string) string {
	switch strings.ToLower(format) {
	case "general", "general number":
		return ""
	case "short date", "medium date", "long date":
		return "dd/mm/yyyy"
	case "general date":
		return "dd/mm/yyyy h:mm"
	case "short time", "medium time":
		return "h:mm"
	case "long time":
		return "h:mm:ss"
	case "fixed":
		return "0.00"
	case "standard", "currency", "euro currency":
		return "#,##0.00"
	case "percent":
		return "0.00%"
	case "scientific":
		return "0.00E+00"
	case "yes/no", "true/false", "on/off":
		return "0"
	}
	return format
}
