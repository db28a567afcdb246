package push

import (
	"strconv"
	"strings"

	"doisoat/reconcile/report"
)

// links knows where links of a report lead in a Google spreadsheet.
type links struct {
	// ids of the spreadsheet's tabs by the name that a report has for them.
	ids map[string]int64
	// away: places in agencies' documents are in other spreadsheets.
	away bool
}

// link leads to a cell of the same spreadsheet, by the tab's id, which survives
// that tabs are renamed, or to another spreadsheet; "" when neither is known.
func (l links) link(to *report.Link) string {
	if to == nil {
		return ""
	}
	sheet, cell := to.Sheet, to.Cell
	if o := to.Origin; o != nil {
		if l.away {
			return spreadsheetURL(o.Source)
		}
		sheet, cell = o.Sheet, o.Cell
		if cell == "" && o.Row > 0 {
			cell = strconv.Itoa(o.Row) + ":" + strconv.Itoa(o.Row)
		}
	}
	id, ok := l.ids[sheet]
	if !ok {
		return ""
	}
	uri := "#gid=" + strconv.FormatInt(id, 10)
	if cell != "" {
		uri += "&range=" + cell
	}
	return uri
}

// spreadsheetURL is where people open the document of that source, "" when it
// is no Google spreadsheet.
func spreadsheetURL(source string) string {
	kind, id, ok := strings.Cut(source, ":")
	if !ok || kind != "google_sheet" {
		return ""
	}
	return "https://docs.google.com/spreadsheets/d/" + id
}
