package googletest

import (
	"fmt"
	"html/template"
	"io"

	"google.golang.org/api/sheets/v4"
)

// Merge merges cells of a tab to add; all numbers are 1-based and the last ones
// belong to it.
func (t *Tab) Merge(firstRow, firstCol, lastRow, lastCol int) {
	t.Merges = append(t.Merges, &sheets.GridRange{
		SheetId:       t.ID,
		StartRowIndex: int64(firstRow) - 1, EndRowIndex: int64(lastRow),
		StartColumnIndex: int64(firstCol) - 1, EndColumnIndex: int64(lastCol),
	})
}

// shownColumns is how many columns a page shows.
const shownColumns = 16

var page = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{{.Title}}</title><style>
body{font:14px Arial,sans-serif;margin:2em}table{border-collapse:collapse;margin-bottom:2em}
td{border:1px solid #ccc;padding:3px 6px;vertical-align:top;max-width:28em}
</style></head><body><h1>{{.Title}}</h1>
{{range .Tabs}}<h2>{{.Title}}</h2><table>
{{range .Rows}}<tr>{{range .}}<td{{if gt .Span 1}} colspan="{{.Span}}"{{end}} style="{{.Style}}"{{with .Note}} title="{{.}}"{{end}}>{{.Text}}</td>{{end}}</tr>
{{end}}</table>
{{end}}</body></html>
`))

type pageTab struct {
	Title string
	Rows  [][]pageCell
}

type pageCell struct {
	Text, Note string
	Style      template.CSS
	Span       int
}

// WritePage shows a spreadsheet as a page that any browser opens: its tabs with
// texts, colours and notes, without rows and columns that are hidden. It returns
// the spreadsheet's title.
func (s *Server) WritePage(w io.Writer, id string) (title string, err error) {
	book := s.Spreadsheet(id)
	if book == nil {
		return "", fmt.Errorf("no spreadsheet %s", id)
	}
	var tabs []pageTab
	for _, t := range book.Sheets {
		if !t.Properties.Hidden {
			tabs = append(tabs, pageTab{t.Properties.Title, pageRows(t)})
		}
	}
	return book.Properties.Title, page.Execute(w, struct {
		Title string
		Tabs  []pageTab
	}{book.Properties.Title, tabs})
}

func pageRows(t *sheets.Sheet) (rows [][]pageCell) {
	spans, covered := make(map[[2]int64]int, len(t.Merges)), make(map[[2]int64]bool)
	for _, m := range t.Merges {
		spans[[2]int64{m.StartRowIndex, m.StartColumnIndex}] = int(m.EndColumnIndex - m.StartColumnIndex)
		for c := m.StartColumnIndex + 1; c < m.EndColumnIndex; c++ {
			covered[[2]int64{m.StartRowIndex, c}] = true
		}
	}
	for _, d := range t.Data {
		for r, row := range d.RowData {
			if d.RowMetadata[r].HiddenByUser || d.RowMetadata[r].HiddenByFilter {
				continue
			}
			var cells []pageCell
			for c, v := range row.Values[:min(len(row.Values), shownColumns)] {
				at := [2]int64{int64(r), int64(c)}
				if !covered[at] && !d.ColumnMetadata[c].HiddenByUser {
					cells = append(cells, pageCell{Text: v.FormattedValue, Note: v.Note, Style: css(v.UserEnteredFormat), Span: spans[at]})
				}
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// css is the part of a cell's look that a page shows.
func css(f *sheets.CellFormat) template.CSS {
	if f == nil {
		return ""
	}
	style := ""
	if s := f.BackgroundColorStyle; s != nil && s.RgbColor != nil {
		style += "background:" + rgb(s.RgbColor) + ";"
	} else if f.BackgroundColor != nil {
		style += "background:" + rgb(f.BackgroundColor) + ";"
	}
	if t := f.TextFormat; t != nil {
		if t.Bold {
			style += "font-weight:bold;"
		}
		if t.ForegroundColorStyle != nil && t.ForegroundColorStyle.RgbColor != nil {
			style += "color:" + rgb(t.ForegroundColorStyle.RgbColor) + ";"
		}
	}
	return template.CSS(style) // made of numbers alone
}

func rgb(c *sheets.Color) string {
	return fmt.Sprintf("rgb(%.0f,%.0f,%.0f)", c.Red*255, c.Green*255, c.Blue*255)
}
