package push

import (
	"cmp"
	"fmt"
	"strings"
)

// views keeps the head of the tab in sight.
func (t *tabWriter) views() string {
	open := `<sheetViews><sheetView showGridLines="0" workbookViewId="0">`
	if t.number == 1 {
		open = `<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">`
	}
	return open + frozen(t.tab.FreezeCol, t.tab.FreezeRow) + `</sheetView></sheetViews>`
}

// widths adds to each column what programs take for its margins.
func (t *tabWriter) widths(columns int) string {
	if columns == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<cols>")
	for col := 1; col <= columns; col++ {
		fmt.Fprintf(&b, `<col min="%[1]d" max="%[1]d" width="%[2]g" customWidth="1"/>`, col, t.width(col)+0.71)
	}
	return b.String() + "</cols>"
}

// page makes the tab print well on A4: as wide as the paper, its head on every
// page, the page's number below. Margins are in inches; half an inch at the
// foot leaves room for the number.
func (t *tabWriter) page() string {
	t.repeat()
	orientation, high := "portrait", 0
	if t.tab.Landscape {
		orientation = "landscape"
	}
	if t.tab.OnePage {
		high = 1
	}
	footer := fmt.Sprintf(`&L&"%[1]s,Italic"&9%[2]s&R&"%[1]s,Regular"&9Trang &P/&N`, fontFace, strings.ReplaceAll(t.tab.Name, "&", "&&"))
	return `<printOptions horizontalCentered="1"/>` +
		`<pageMargins left="0.4" right="0.4" top="0.45" bottom="0.6" header="0.3" footer="0.3"/>` +
		fmt.Sprintf(`<pageSetup paperSize="9" fitToWidth="%d" fitToHeight="%d" pageOrder="overThenDown" orientation="%s"/>`,
			max(1, t.tab.PagesWide), high, orientation) +
		`<headerFooter><oddFooter>` + escapeXML(footer) + `</oddFooter></headerFooter>`
}

// repeat prints the header row, and frozen columns, on every page.
func (t *tabWriter) repeat() {
	var refers []string
	if t.tab.FreezeCol > 0 {
		refers = append(refers, fmt.Sprintf("%s!$A:$%s", quoteSheet(t.tab.Name), columnName(t.tab.FreezeCol)))
	}
	if row := cmp.Or(t.tab.RepeatRow, t.tab.FreezeRow); row > 0 {
		refers = append(refers, fmt.Sprintf("%s!$%d:$%d", quoteSheet(t.tab.Name), row, row))
	}
	if len(refers) > 0 {
		t.define("_xlnm.Print_Titles", strings.Join(refers, ","), "")
	}
}

// define gives the tab a name of its own.
func (t *tabWriter) define(name, formula, hidden string) {
	fmt.Fprintf(&t.names, `<definedName name="%s" localSheetId="%d"%s>%s</definedName>`, name, t.number-1, hidden, escapeXML(formula))
}
