package push

import (
	"fmt"
	"strings"
)

// names are the names that the tab needs: the filter's range and the rows and
// columns that each page repeats.
func (t *tabPart) names() []ownName {
	quoted := quoteSheet(t.name)
	var names []ownName
	if t.tab.Filter && t.filter != "" {
		names = append(names, ownName{name: "_xlnm._FilterDatabase", formula: quoted + "!" + absolute(t.filter), hidden: true})
	}
	var titles []string
	if n := t.tab.FreezeCol; n > 0 {
		titles = append(titles, fmt.Sprintf("%s!$A:$%s", quoted, columnName(n)))
	}
	if last := t.tab.FreezeRow; last > 0 {
		first := last
		if repeat := t.tab.RepeatRow; repeat > 0 && repeat < last {
			first = repeat
		}
		titles = append(titles, fmt.Sprintf("%s!$%d:$%d", quoted, first, last))
	}
	if len(titles) > 0 {
		names = append(names, ownName{name: "_xlnm.Print_Titles", formula: strings.Join(titles, ",")})
	}
	return names
}

// views freezes the header and selects the tab.
func (t *tabPart) views() string {
	return `<sheetViews><sheetView showGridLines="0" tabSelected="1" zoomScale="90" zoomScaleNormal="90" workbookViewId="0">` +
		frozen(t.tab.FreezeCol, t.tab.FreezeRow) + `</sheetView></sheetViews>`
}

// frozen keeps so many columns and rows in sight.
func frozen(col, row int) string {
	if col <= 0 && row <= 0 {
		return `<selection activeCell="A1" sqref="A1"/>`
	}
	split, pane := "", "bottomRight"
	if col > 0 {
		split += fmt.Sprintf(` xSplit="%d"`, col)
	} else {
		pane = "bottomLeft"
	}
	if row > 0 {
		split += fmt.Sprintf(` ySplit="%d"`, row)
	} else {
		pane = "topRight"
	}
	corner := cellName(max(col, 0)+1, max(row, 0)+1)
	return fmt.Sprintf(`<pane%s topLeftCell="%s" activePane="%s" state="frozen"/><selection pane="%s" activeCell="%s" sqref="%s"/>`,
		split, corner, pane, pane, corner, corner)
}

// defaultWidth of a column for which the tab gives none, in characters.
const defaultWidth = 14

func (t *tabPart) width(col int) float64 {
	if col <= len(t.tab.Widths) && t.tab.Widths[col-1] > 0 {
		return t.tab.Widths[col-1]
	}
	return defaultWidth
}

// widths adds to each column what programs take for its margins.
func (t *tabPart) widths() string {
	if t.columns == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<cols>")
	for col := 1; col <= t.columns; col++ {
		fmt.Fprintf(&b, `<col min="%[1]d" max="%[1]d" width="%[2]g" customWidth="1"/>`, col, t.width(col)+0.7109375)
	}
	b.WriteString("</cols>")
	return b.String()
}

// page sets the paper: A4, as wide as the tab, with page numbers.
func (t *tabPart) page() string {
	orientation, high := "portrait", 0
	if t.tab.Landscape {
		orientation = "landscape"
	}
	if t.tab.OnePage {
		high = 1
	}
	footer := `&L&"` + fontFace + `,Italic"&9 ` + strings.ReplaceAll(t.name, "&", "&&") +
		`&R&"` + fontFace + `,Regular"&9 Trang &P/&N`
	return `<printOptions horizontalCentered="1"/>` +
		`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
		fmt.Sprintf(`<pageSetup paperSize="9" orientation="%s" fitToWidth="%d" fitToHeight="%d"/>`,
			orientation, max(1, t.tab.PagesWide), high) +
		`<headerFooter><oddFooter>` + escapeXML(footer) + `</oddFooter></headerFooter>`
}
