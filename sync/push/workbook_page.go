package push

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile/report"
)

// panes keeps the head of the tab in sight.
func (t *tabWriter) panes() error {
	show := false
	err := t.file.SetSheetView(t.tab.Name, 0, &excelize.ViewOptions{ShowGridLines: &show})
	if err != nil || t.tab.FreezeRow == 0 && t.tab.FreezeCol == 0 {
		return err
	}
	pane := "bottomLeft"
	switch {
	case t.tab.FreezeRow == 0:
		pane = "topRight"
	case t.tab.FreezeCol > 0:
		pane = "bottomRight"
	}
	corner := cellName(t.tab.FreezeCol+1, t.tab.FreezeRow+1)
	return t.file.SetPanes(t.tab.Name, &excelize.Panes{
		Freeze: true, XSplit: t.tab.FreezeCol, YSplit: t.tab.FreezeRow, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	})
}

// filter puts the arrows on the header of the last table.
func (t *tabWriter) filter() error {
	if !t.tab.Filter {
		return nil
	}
	row, area := 1, ""
	for i := range t.tab.Blocks {
		block := &t.tab.Blocks[i]
		if block.Kind == report.Table && len(block.Columns) > 0 {
			area = cellName(1, row) + ":" + cellName(len(block.Columns), row+len(block.Rows)-1)
		}
		row += len(block.Rows)
	}
	if area == "" {
		return nil
	}
	return t.file.AutoFilter(t.tab.Name, area, nil)
}

// Margins in inches; half an inch at the foot leaves room for the page number.
const (
	sideMargin = 0.4
	topMargin  = 0.45
	footMargin = 0.6
	footEdge   = 0.3
)

// page makes the tab print well on A4: as wide as the paper, its head on every
// page, the page's number below.
func (t *tabWriter) page() error {
	sheet := t.tab.Name
	const a4 = 9
	size, orientation, wide, tall := a4, "portrait", max(1, t.tab.PagesWide), 0
	if t.tab.Landscape {
		orientation = "landscape"
	}
	if t.tab.OnePage {
		tall = 1
	}
	order := "overThenDown"
	if err := t.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall, PageOrder: &order,
	}); err != nil {
		return err
	}
	fit := true
	if err := t.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	side, top, bottom, foot, centred := sideMargin, topMargin, footMargin, footEdge, true
	if err := t.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &foot, Footer: &foot, Horizontally: &centred,
	}); err != nil {
		return err
	}
	footer := fmt.Sprintf(`&L&"%[1]s,Italic"&9%[2]s&R&"%[1]s,Regular"&9Trang &P/&N`, fontFace, sheet)
	if err := t.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	return t.repeat()
}

// repeat prints the header row, and frozen columns, on every page.
func (t *tabWriter) repeat() error {
	var refers string
	if t.tab.FreezeCol > 0 {
		refers = fmt.Sprintf("%s!$A:$%s", quoteSheet(t.tab.Name), columnName(t.tab.FreezeCol))
	}
	if row := cmp.Or(t.tab.RepeatRow, t.tab.FreezeRow); row > 0 {
		if refers != "" {
			refers += ","
		}
		refers += fmt.Sprintf("%s!$%d:$%d", quoteSheet(t.tab.Name), row, row)
	}
	if refers == "" {
		return nil
	}
	return t.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: refers, Scope: t.tab.Name})
}
