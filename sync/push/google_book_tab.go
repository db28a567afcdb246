package push

import (
	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// bookTab writes one tab of a report that is the service's own from edge to
// edge: what stood there before is replaced.
type bookTab struct {
	tab    *report.Tab
	id     int64
	links  links
	width  int // columns
	row    int // 0-based, the next one to be written
	rows   []*sheets.RowData
	looks  [][]*sheets.CellFormat // of the cells, equal ones shared; nil for none
	shared map[bookLooks]*sheets.CellFormat
	shapes []*sheets.Request // merges and heights, after the cells
}

// bookLooks is all that makes the format of a cell.
type bookLooks struct {
	look   look
	number string
	linked bool
	filler bool // a covered cell of a merged one
}

func newBookTab(tab *report.Tab, id int64, links links) *bookTab {
	t := &bookTab{tab: tab, id: id, links: links, shared: make(map[bookLooks]*sheets.CellFormat)}
	for i := range tab.Blocks {
		for _, row := range tab.Blocks[i].Rows {
			width := 0
			for j := range row {
				width += max(1, row[j].Span)
			}
			t.width = max(t.width, width)
		}
	}
	for _, c := range tab.Charts {
		t.width = max(t.width, c.Col+1)
	}
	t.width = max(t.width, 1, tab.FreezeCol+1)
	for i := range tab.Blocks {
		block := &tab.Blocks[i]
		for j := range block.Rows {
			t.addRow(block, j)
		}
	}
	return t
}

// addRow lays out the j-th row of a block.
func (t *bookTab) addRow(block *report.Block, j int) {
	values := make([]*sheets.CellData, 0, t.width)
	looks := make([]*sheets.CellFormat, t.width)
	height := 0.0
	for i := range block.Rows[j] {
		c := &block.Rows[j][i]
		at, span := len(values), max(1, c.Span)
		l, value := bookCell(block, c, j == 0, at+1)
		w := want(*c, t.links)
		values = append(values, w.bare())
		looks[at] = t.format(w, l, c.Style)
		for len(values) < at+span {
			looks[len(values)] = t.filler(looks[at], l)
			values = append(values, &sheets.CellData{})
		}
		if span > 1 {
			t.shapes = append(t.shapes, merge(t.id, t.row, at, span))
		}
		if span > 1 || l.turned || block.Kind == report.Lines {
			height = max(height, cellHeight(l, value, t.room(at, span)))
		}
	}
	for len(values) < t.width {
		values = append(values, &sheets.CellData{})
	}
	t.rows = append(t.rows, &sheets.RowData{Values: values})
	t.looks = append(t.looks, looks)
	if height > 0 {
		// Google fits rows to their text by itself, but not to merged cells.
		t.shapes = append(t.shapes, dimension(t.id, "ROWS", t.row, pixels(height)))
	}
	t.row++
}

// bare is the cell without its look, but for the link.
func (w wanted) bare() *sheets.CellData {
	full := w.data(look{})
	d := &sheets.CellData{UserEnteredValue: full.UserEnteredValue}
	if w.link != "" {
		d.UserEnteredFormat = &sheets.CellFormat{TextFormat: &sheets.TextFormat{Link: full.UserEnteredFormat.TextFormat.Link}}
	}
	return d
}

// format is the shared format of cells that look the same.
func (t *bookTab) format(w wanted, l look, style report.Style) *sheets.CellFormat {
	key := bookLooks{look: l, linked: w.link != "" && style != report.Key}
	if w.value.numeric {
		key.number = w.value.format
	}
	if f := t.shared[key]; f != nil {
		return f
	}
	if key.linked {
		l.colour, l.underline = linkBlue, !w.value.numeric
	}
	w.link = ""
	f := w.data(l).UserEnteredFormat
	t.shared[key] = f
	return f
}

func (t *bookTab) filler(from *sheets.CellFormat, l look) *sheets.CellFormat {
	key := bookLooks{look: look{fill: l.fill, edges: l.edges}, filler: true}
	if t.shared[key] == nil {
		t.shared[key] = &sheets.CellFormat{BackgroundColorStyle: from.BackgroundColorStyle, Borders: from.Borders}
	}
	return t.shared[key]
}

// formats writes each rectangle of cells that look the same with one request.
func (t *bookTab) formats() []*sheets.Request {
	type run struct {
		from, to int
		look     *sheets.CellFormat
	}
	open := make(map[run]*sheets.GridRange) // that end at the column before
	var all []*sheets.Request
	for col := range t.width {
		next := make(map[run]*sheets.GridRange)
		for from := 0; from < len(t.looks); {
			to := from + 1
			for to < len(t.looks) && t.looks[to][col] == t.looks[from][col] {
				to++
			}
			r := run{from, to, t.looks[from][col]}
			from = to
			if r.look == nil {
				continue
			}
			if area := open[r]; area != nil {
				area.EndColumnIndex++
				next[r] = area
				continue
			}
			next[r] = &sheets.GridRange{
				SheetId: t.id, StartRowIndex: int64(r.from), EndRowIndex: int64(r.to), StartColumnIndex: int64(col), EndColumnIndex: int64(col) + 1,
			}
			all = append(all, &sheets.Request{RepeatCell: &sheets.RepeatCellRequest{
				Range: next[r], Cell: &sheets.CellData{UserEnteredFormat: r.look}, Fields: "userEnteredFormat",
			}})
		}
		open = next
	}
	return all
}

// pixels of a height in points.
func pixels(points float64) int64 { return int64(points*4/3) + 4 }

func merge(id int64, row, col, span int) *sheets.Request {
	return &sheets.Request{MergeCells: &sheets.MergeCellsRequest{MergeType: "MERGE_ALL", Range: &sheets.GridRange{
		SheetId: id, StartRowIndex: int64(row), EndRowIndex: int64(row) + 1, StartColumnIndex: int64(col), EndColumnIndex: int64(col + span),
	}}}
}

func (t *bookTab) columnWidth(col int) float64 {
	if col < len(t.tab.Widths) && t.tab.Widths[col] > 0 {
		return t.tab.Widths[col]
	}
	return defaultWidth
}

// room is the width of some columns in characters.
func (t *bookTab) room(at, span int) float64 {
	room := 0.0
	for i := at; i < at+span; i++ {
		room += t.columnWidth(i)
	}
	return room
}

// grid is the size of the tab. Charts float below and beside the cells, and
// Google wants a row below the frozen ones.
func (t *bookTab) grid() *sheets.GridProperties {
	rows := max(t.row, t.tab.FreezeRow+1)
	for _, c := range t.tab.Charts {
		rows = max(rows, c.Row+1+c.Height/21)
	}
	return &sheets.GridProperties{
		RowCount: int64(rows), ColumnCount: int64(t.width),
		FrozenRowCount: int64(t.tab.FreezeRow), FrozenColumnCount: int64(t.frozenColumns()), HideGridlines: true,
		ForceSendFields: []string{"FrozenRowCount", "FrozenColumnCount"},
	}
}

// frozenColumns are none where a merged line above the table would be cut:
// Google refuses to freeze a part of merged cells.
func (t *bookTab) frozenColumns() int {
	for i := range t.tab.Blocks {
		for _, row := range t.tab.Blocks[i].Rows {
			at := 0
			for j := range row {
				span := max(1, row[j].Span)
				if at < t.tab.FreezeCol && at+span > t.tab.FreezeCol {
					return 0
				}
				at += span
			}
		}
	}
	return t.tab.FreezeCol
}

// make are the requests that make the tab.
func (t *bookTab) make(title string, index int) []*sheets.Request {
	return append([]*sheets.Request{
		{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
			SheetId: t.id, Title: title, Index: int64(index), GridProperties: t.grid(), ForceSendFields: []string{"Index"},
		}}},
		markRequest(t.id, bookKey(t.tab)),
		{AddProtectedRange: &sheets.AddProtectedRangeRequest{ProtectedRange: &sheets.ProtectedRange{
			Range: &sheets.GridRange{SheetId: t.id}, WarningOnly: true,
			Description: "Do chương trình đối soát ghi lại mỗi khi số liệu thay đổi",
		}}},
	}, t.fill(false)...)
}

// replace are the requests that put the report in the place of what stands in
// the tab.
func (t *bookTab) replace(old *sheets.Sheet) []*sheets.Request {
	whole := &sheets.GridRange{SheetId: t.id}
	var all []*sheets.Request
	for _, c := range old.Charts {
		all = append(all, &sheets.Request{DeleteEmbeddedObject: &sheets.DeleteEmbeddedObjectRequest{ObjectId: c.ChartId}})
	}
	if old.BasicFilter != nil {
		all = append(all, &sheets.Request{ClearBasicFilter: &sheets.ClearBasicFilterRequest{SheetId: t.id}})
	}
	grid := t.grid()
	all = append(all,
		&sheets.Request{UnmergeCells: &sheets.UnmergeCellsRequest{Range: whole}},
		&sheets.Request{UpdateSheetProperties: &sheets.UpdateSheetPropertiesRequest{
			Properties: &sheets.SheetProperties{SheetId: t.id, GridProperties: grid},
			Fields:     "gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount,hideGridlines)",
		}},
		&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{Range: whole, Fields: "userEnteredValue,userEnteredFormat,dataValidation,note"}},
	)
	return append(all, t.fill(true)...)
}

// fill writes the cells, in pieces, and what belongs to them. Rows that stood
// there before have heights that must go.
func (t *bookTab) fill(again bool) []*sheets.Request {
	all := t.formats()
	for at := 0; at < len(t.rows); at += pieceRows {
		all = append(all, &sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
			Start:  &sheets.GridCoordinate{SheetId: t.id, RowIndex: int64(at)},
			Rows:   t.rows[at:min(at+pieceRows, len(t.rows))],
			Fields: "userEnteredValue,userEnteredFormat.textFormat.link",
		}})
	}
	for col := range t.width {
		all = append(all, dimension(t.id, "COLUMNS", col, googleWidth(t.columnWidth(col))))
	}
	if again {
		all = append(all, &sheets.Request{AutoResizeDimensions: &sheets.AutoResizeDimensionsRequest{Dimensions: &sheets.DimensionRange{
			SheetId: t.id, Dimension: "ROWS", StartIndex: 0, EndIndex: t.grid().RowCount,
		}}})
	}
	all = append(all, t.shapes...)
	if r := t.filterRange(); r != nil {
		all = append(all, &sheets.Request{SetBasicFilter: &sheets.SetBasicFilterRequest{Filter: &sheets.BasicFilter{Range: r}}})
	}
	return all
}

// pieceRows are the rows of one request: a row of a report takes a few
// kilobytes.
const pieceRows = 250

// filterRange is where the last table stands, nil without a filter.
func (t *bookTab) filterRange() *sheets.GridRange {
	if !t.tab.Filter {
		return nil
	}
	var r *sheets.GridRange
	row := 0
	for i := range t.tab.Blocks {
		b := &t.tab.Blocks[i]
		if b.Kind == report.Table && len(b.Columns) > 0 {
			r = &sheets.GridRange{SheetId: t.id, StartRowIndex: int64(row), EndRowIndex: int64(row + len(b.Rows)), EndColumnIndex: int64(len(b.Columns))}
		}
		row += len(b.Rows)
	}
	return r
}
