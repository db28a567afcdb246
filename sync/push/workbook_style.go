package push

import (
	"github.com/xuri/excelize/v2"

	"doisoat/reconcile/report"
)

// bookLook is the look of a cell of a report of its own, where a few meanings
// have more room than in an agency's tab.
func bookLook(style report.Style, inTable bool) look {
	l := lookOf(style, inTable)
	if !inTable {
		l.vertical = "top"
	}
	switch style {
	case report.FigureWeak:
		l.colour, l.fill = ink, amberFill
	case report.FigureOver:
		l.fill = redFill
	case report.Key:
		l.horizontal, l.vertical, l.wrap = "center", "center", false
	case report.Total, report.TotalMoney:
		l.edges = true
	case report.Good, report.Bad:
		if inTable {
			l.horizontal = "center"
		}
	case report.Title:
		l.wrap, l.vertical = true, "center"
	case report.Label, report.Note, report.Subtitle:
		l.wrap = true
	}
	return l
}

// padded tells the cells of tables whose text would else touch the number of
// the column before. Numbers are not padded: LibreOffice does it in some cells
// and not in others.
func padded(l look) bool { return l.edges && l.horizontal == "left" }

// style registers a look with the file once.
func (b *bookWriter) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	style := &excelize.Style{
		Font: &excelize.Font{
			Family: fontFace, Size: l.size, Bold: l.bold, Italic: l.italic, Color: l.colour,
		},
		Alignment: &excelize.Alignment{Horizontal: l.horizontal, Vertical: l.vertical, WrapText: l.wrap},
	}
	if padded(l) {
		style.Alignment.Indent = 1
	}
	if l.underline {
		style.Font.Underline = "single"
	}
	if l.turned {
		style.Alignment.TextRotation = 90
	}
	if l.fill != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.edges {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Style: 1, Color: lineGrey})
		}
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	id, err := b.file.NewStyle(style)
	if err != nil {
		return 0, err
	}
	b.styles[l] = id
	return id, nil
}
