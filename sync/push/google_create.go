package push

import (
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile/report"
)

// spareRows are left below the table for staff.
const spareRows = 50

// create makes the tab with everything in it, as one batch.
func (w *findingsTab) create(s *tabState) []*sheets.Request {
	l := w.layout
	id := w.newTab
	if id == 0 {
		id = newTabID(w.key+w.id, s.titles)
	}
	header := len(l.lines)
	rows := l.table.Rows[:1:1]
	for _, r := range l.rows() {
		if !isVolatile(r) {
			rows = append(rows, r)
		}
	}
	t := &newTab{layout: l, id: id, links: s.links, key: w.key}
	t.addSheet(freeTitle(l.tab.Name, s.titles), w.index, int64(header+len(rows)+spareRows))
	for i, line := range l.lines {
		t.addRow(i, line, false)
	}
	for i, row := range rows {
		t.addRow(header+i, row, true)
	}
	t.writeCells()
	t.setWidths()
	t.protect(header)
	t.setFilter(header)
	return t.requests
}

// newTab gathers the requests that make a tab.
type newTab struct {
	layout   *tabLayout
	id       int64
	links    links
	key      string // of the metadata
	rows     []*sheets.RowData
	requests []*sheets.Request
	shapes   []*sheets.Request // after the cells: merges, heights
}

func (t *newTab) add(r *sheets.Request) { t.requests = append(t.requests, r) }

// newTabID is the same for each attempt, so that a write that was applied though
// its answer was lost cannot make a second tab.
func newTabID(name string, titles map[string]int64) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	id := int64(h.Sum32()&math.MaxInt32 | 1)
	for taken := true; taken; {
		taken = false
		for _, other := range titles {
			taken = taken || other == id
		}
		if taken {
			id = (id + 2) & math.MaxInt32
		}
	}
	return id
}

// freeTitle leaves a tab of the agency's own with that title alone.
func freeTitle(title string, titles map[string]int64) string {
	free := title
	for n := 2; ; n++ {
		taken := false
		for other := range titles {
			taken = taken || strings.EqualFold(other, free)
		}
		if !taken {
			return free
		}
		free = title + " (" + strconv.Itoa(n) + ")"
	}
}

func (t *newTab) addSheet(title string, index, rows int64) {
	t.add(&sheets.Request{AddSheet: &sheets.AddSheetRequest{Properties: &sheets.SheetProperties{
		SheetId: t.id, Title: title, Index: index,
		GridProperties: &sheets.GridProperties{
			RowCount: rows, ColumnCount: int64(len(t.layout.columns)),
			FrozenRowCount: int64(t.layout.tab.FreezeRow), HideGridlines: true,
		},
		TabColorStyle:   colour(redText),
		ForceSendFields: []string{"Index"},
	}}})
	t.add(markRequest(t.id, t.key))
}

// markRequest makes the tab one that google.MarkedTab finds.
func markRequest(id int64, key string) *sheets.Request {
	return &sheets.Request{CreateDeveloperMetadata: &sheets.CreateDeveloperMetadataRequest{DeveloperMetadata: &sheets.DeveloperMetadata{
		MetadataKey: key, MetadataValue: strconv.FormatInt(id, 10), Visibility: "DOCUMENT",
		Location: &sheets.DeveloperMetadataLocation{SheetId: id},
	}}}
}

// addRow lays out one row; a cell that spans columns becomes a merged one.
func (t *newTab) addRow(row int, cells []report.Cell, inTable bool) {
	width := len(t.layout.columns)
	values := make([]*sheets.CellData, 0, width)
	height := 0.0
	for i, c := range cells {
		at, span := len(values), min(max(1, c.Span), width-len(values))
		if span < 1 {
			break
		}
		style := c.Style
		if inTable && t.layout.columns[i].Staff && style == report.Plain {
			style = report.StaffCell
		}
		w := want(c, t.links)
		l := lookOf(style, true)
		if !inTable {
			l = lineLook(style)
		}
		d := w.data(l)
		if inTable && row > len(t.layout.lines) {
			d.DataValidation = choices(t.layout.columns[i])
		}
		values = append(values, d)
		for len(values) < at+span {
			values = append(values, &sheets.CellData{UserEnteredFormat: d.UserEnteredFormat})
		}
		if span > 1 {
			t.shapes = append(t.shapes, merge(t.id, row, at, span))
		}
		if !inTable {
			height = max(height, cellHeight(l, w.value, t.room(at, span)))
		}
	}
	t.rows = append(t.rows, &sheets.RowData{Values: values})
	if height > 0 {
		// Google fits rows to their text by itself, but not to merged cells.
		t.shapes = append(t.shapes, dimension(t.id, "ROWS", row, pixels(height)))
	}
}

// lineLook is the look of a cell above the table.
func lineLook(style report.Style) look {
	l := lookOf(style, false)
	l.wrap, l.vertical = true, "top"
	if l.horizontal == "" {
		l.horizontal = "left" // numbers too, beside what they count
	}
	return l
}

// room is the width of some columns in characters.
func (t *newTab) room(at, span int) float64 {
	room := 0.0
	for i := at; i < at+span; i++ {
		room += t.width(i)
	}
	return room
}

// width of a column in characters.
func (t *newTab) width(col int) float64 {
	if col < len(t.layout.tab.Widths) {
		return t.layout.tab.Widths[col]
	}
	return 12
}

func (t *newTab) writeCells() {
	t.add(&sheets.Request{UpdateCells: &sheets.UpdateCellsRequest{
		Start: &sheets.GridCoordinate{SheetId: t.id}, Rows: t.rows, Fields: rowFields,
	}})
	t.requests = append(t.requests, t.shapes...)
}

// googleWidth is the width of a column of that many characters, each about 7
// pixels wide.
func googleWidth(characters float64) int64 { return int64(characters*7) + 5 }

func (t *newTab) setWidths() {
	for col := range t.layout.columns {
		t.add(dimension(t.id, "COLUMNS", col, googleWidth(t.width(col))))
	}
}

func dimension(id int64, which string, index int, pixels int64) *sheets.Request {
	return &sheets.Request{UpdateDimensionProperties: &sheets.UpdateDimensionPropertiesRequest{
		Range:      &sheets.DimensionRange{SheetId: id, Dimension: which, StartIndex: int64(index), EndIndex: int64(index) + 1},
		Properties: &sheets.DimensionProperties{PixelSize: pixels},
		Fields:     "pixelSize",
	}}
}

func (t *newTab) setFilter(header int) {
	if !t.layout.tab.Filter {
		return
	}
	t.add(&sheets.Request{SetBasicFilter: &sheets.SetBasicFilterRequest{Filter: &sheets.BasicFilter{
		Range: &sheets.GridRange{
			SheetId: t.id, StartRowIndex: int64(header), StartColumnIndex: 0, EndColumnIndex: int64(len(t.layout.columns)),
		},
		FilterSpecs: []*sheets.FilterSpec{hideArchive(int64(t.layout.status))},
	}}})
}
