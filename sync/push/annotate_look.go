package push

import (
	"fmt"
	"strings"

	"doisoat/reconcile/report"
)

// look is how a cell of the added tab looks: the meaning of its style turned
// into a font, a fill, borders, an alignment and a number format.
type look struct {
	size                    float64
	bold, italic, underline bool
	colour, fill            string // RRGGBB, "" for the default
	edges                   bool
	format                  string
	horizontal, vertical    string
	wrap                    bool
	turned, indent          bool
	// quote keeps a text that begins like a formula a text also after somebody
	// has edited the cell.
	quote bool
}

// Colours of the tab. Text on its fill has a contrast of 5 to 1 or more.
const (
	navy      = "1F3864"
	grey      = "595959"
	ink       = "262626"
	linkBlue  = "0B57A4"
	lineGrey  = "BFBFBF"
	pale      = "F2F2F2"
	redText   = "9C0006"
	redFill   = "FFC7CE"
	amberText = "7A4B00"
	amberFill = "FFEB9C"
	blueText  = "1F4E79"
	blueFill  = "DDEBF7"
	greenText = "375623"
	greenFill = "E2EFDA"
	staffHead = "FFD966"
	staffFill = "FFF9E5"
)

// Number formats. The language tag makes programs that know it group digits
// with dots.
const (
	wholeFormat   = `[$-42A]#,##0`
	dayFormat     = `dd/mm/yyyy`
	momentFormat  = `hh:mm\ dd/mm/yyyy`
	percentFormat = `0\ %`
)

// fontFace is the face of official Vietnamese documents.
const fontFace = "Times New Roman"

// lookOf gives a style of report its look, in a table or on a free line.
func lookOf(style report.Style, inTable bool) look {
	l := look{size: 11, colour: ink, vertical: "center"}
	if inTable {
		l.edges, l.wrap, l.vertical = true, true, "top"
	}
	switch style {
	case report.Title:
		l.size, l.bold, l.colour = 15, true, navy
	case report.Subtitle:
		l.italic, l.colour = true, grey
	case report.Label:
		l.bold, l.colour, l.vertical = true, grey, "top"
	case report.Header, report.Vertical:
		l.bold, l.colour, l.fill = true, "FFFFFF", navy
		l.horizontal, l.vertical, l.wrap, l.edges = "center", "center", true, true
		l.turned = style == report.Vertical
	case report.StaffHeader:
		l.bold, l.fill = true, staffHead
		l.horizontal, l.vertical, l.wrap, l.edges = "center", "center", true, true
	case report.StaffCell:
		l.fill = staffFill
	case report.ErrorMark:
		l.mark(redText, redFill)
	case report.WarningMark:
		l.mark(amberText, amberFill)
	case report.InfoMark:
		l.mark(blueText, blueFill)
	case report.SolvedMark:
		l.mark(greenText, greenFill)
	case report.Good:
		l.bold, l.colour = true, greenText
	case report.Bad:
		l.bold, l.colour = true, redText
	case report.Total, report.TotalMoney:
		l.bold, l.fill = true, pale
	case report.Section:
		l.bold, l.fill = true, blueFill
	case report.Note:
		l.size, l.italic, l.colour = 10, true, grey
	case report.Centered, report.Day, report.Moment:
		l.horizontal = "center"
	case report.Bold:
		l.bold = true
	case report.FigureOver:
		l.bold, l.colour = true, redText
	case report.FigureWeak:
		l.colour = grey
	case report.DocumentTitle:
		l.size, l.bold, l.horizontal, l.wrap = 13, true, "center", true
	case report.DocumentNote:
		l.italic, l.horizontal, l.wrap = true, "center", true
	case report.DocumentSign:
		l.bold, l.horizontal = true, "center"
	case report.Key:
		l.size, l.bold, l.colour = 18, true, navy
	}
	return l
}

func (l *look) mark(colour, fill string) {
	l.bold, l.colour, l.fill, l.horizontal = true, colour, fill, "center"
}

func (l look) font() string {
	var b strings.Builder
	b.WriteString("<font>")
	for _, part := range []struct {
		on  bool
		tag string
	}{{l.bold, "<b/>"}, {l.italic, "<i/>"}, {l.underline, "<u/>"}} {
		if part.on {
			b.WriteString(part.tag)
		}
	}
	fmt.Fprintf(&b, `<sz val="%g"/><color rgb="FF%s"/><name val="%s"/><family val="1"/></font>`, l.size, l.colour, fontFace)
	return b.String()
}

func (l look) fillXML() string {
	if l.fill == "" {
		return `<fill><patternFill patternType="none"/></fill>`
	}
	return `<fill><patternFill patternType="solid"><fgColor rgb="FF` + l.fill + `"/><bgColor indexed="64"/></patternFill></fill>`
}

func (l look) border() string {
	if !l.edges {
		return `<border><left/><right/><top/><bottom/><diagonal/></border>`
	}
	var b strings.Builder
	for _, side := range []string{"left", "right", "top", "bottom"} {
		fmt.Fprintf(&b, `<%[1]s style="thin"><color rgb="FF%[2]s"/></%[1]s>`, side, lineGrey)
	}
	return "<border>" + b.String() + "<diagonal/></border>"
}

func (l look) alignment() string {
	var b strings.Builder
	b.WriteString("<alignment")
	if l.horizontal != "" {
		fmt.Fprintf(&b, ` horizontal="%s"`, l.horizontal)
	}
	fmt.Fprintf(&b, ` vertical="%s"`, l.vertical)
	if l.turned {
		b.WriteString(` textRotation="90"`)
	}
	if l.indent {
		b.WriteString(` indent="1"`)
	}
	if l.wrap {
		b.WriteString(` wrapText="1"`)
	}
	b.WriteString("/>")
	return b.String()
}

// answered is the differential format of a row that staff have answered.
const answered = `<dxf><fill><patternFill patternType="solid"><fgColor rgb="FF` + greenFill +
	`"/><bgColor rgb="FF` + greenFill + `"/></patternFill></fill></dxf>`
