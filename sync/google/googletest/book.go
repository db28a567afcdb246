package googletest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/api/drive/v3"
	"google.golang.org/api/sheets/v4"
)

// book is one spreadsheet. Cells are never changed in place, so that a copy of
// the rows is a copy of the book.
type book struct {
	title    string
	version  int64
	modified time.Time
	editor   *drive.User // who changed it last
	tabs     []*tab
	lastID   int64 // of metadata and protected ranges
	entry
}

type tab struct {
	props     sheets.SheetProperties
	grid      sheets.GridProperties
	rows      [][]*sheets.CellData
	rowProps  map[int64]*sheets.DimensionProperties
	colProps  map[int64]*sheets.DimensionProperties
	merges    []*sheets.GridRange
	metadata  []*sheets.DeveloperMetadata
	protected []*sheets.ProtectedRange
	filter    *sheets.BasicFilter
	charts    []*sheets.EmbeddedChart
}

func (b *book) clone() *book {
	c := *b
	c.tabs = make([]*tab, len(b.tabs))
	for i, t := range b.tabs {
		c.tabs[i] = t.clone()
	}
	return &c
}

func (t *tab) clone() *tab {
	c := *t
	c.rows = make([][]*sheets.CellData, len(t.rows))
	for i, r := range t.rows {
		c.rows[i] = slices.Clone(r)
	}
	c.rowProps = cloneProps(t.rowProps)
	c.colProps = cloneProps(t.colProps)
	c.merges = cloneRanges(t.merges)
	c.metadata = slices.Clone(t.metadata)
	c.protected = slices.Clone(t.protected)
	c.charts = slices.Clone(t.charts)
	return &c
}

func cloneProps(m map[int64]*sheets.DimensionProperties) map[int64]*sheets.DimensionProperties {
	c := make(map[int64]*sheets.DimensionProperties, len(m))
	for k, v := range m {
		p := *v
		c[k] = &p
	}
	return c
}

func cloneRanges(all []*sheets.GridRange) []*sheets.GridRange {
	c := make([]*sheets.GridRange, len(all))
	for i, r := range all {
		x := *r
		c[i] = &x
	}
	return c
}

func (b *book) tab(id int64) *tab {
	for _, t := range b.tabs {
		if t.props.SheetId == id {
			return t
		}
	}
	return nil
}

func (b *book) tabTitled(title string) *tab {
	for _, t := range b.tabs {
		if t.props.Title == title {
			return t
		}
	}
	return nil
}

// cell returns a cell by 0-based row and column, nil when nothing is in it.
func (t *tab) cell(row, col int64) *sheets.CellData {
	if row >= int64(len(t.rows)) || col >= int64(len(t.rows[row])) {
		return nil
	}
	return t.rows[row][col]
}

func (t *tab) setCell(row, col int64, c *sheets.CellData) {
	for int64(len(t.rows)) <= row {
		t.rows = append(t.rows, nil)
	}
	for int64(len(t.rows[row])) <= col {
		t.rows[row] = append(t.rows[row], nil)
	}
	t.rows[row][col] = c
}

// lastDataRow is the number of rows up to the last one with a value.
func (t *tab) lastDataRow() int64 {
	for i := len(t.rows); i > 0; i-- {
		for _, c := range t.rows[i-1] {
			if c != nil && c.EffectiveValue != nil {
				return int64(i)
			}
		}
	}
	return 0
}

// settle fills in the fields of a cell that Google derives.
func settle(c *sheets.CellData) *sheets.CellData {
	c.EffectiveFormat = c.UserEnteredFormat
	c.Hyperlink = ""
	if f := c.UserEnteredFormat; f != nil && f.TextFormat != nil && f.TextFormat.Link != nil {
		c.Hyperlink = f.TextFormat.Link.Uri
	}
	v := c.UserEnteredValue
	switch {
	case v == nil:
		c.EffectiveValue, c.FormattedValue = nil, ""
	case v.FormulaValue != nil:
		// The server calculates nothing. A value given with the formula is
		// its result.
		if c.EffectiveValue == nil {
			c.EffectiveValue = &sheets.ExtendedValue{ErrorValue: &sheets.ErrorValue{Type: "ERROR"}}
		}
		c.FormattedValue = formatted(c.EffectiveValue, c.EffectiveFormat)
	default:
		c.EffectiveValue = v
		c.FormattedValue = formatted(v, c.EffectiveFormat)
	}
	return c
}

func formatted(v *sheets.ExtendedValue, f *sheets.CellFormat) string {
	switch {
	case v.StringValue != nil:
		return *v.StringValue
	case v.BoolValue != nil:
		return strings.ToUpper(strconv.FormatBool(*v.BoolValue))
	case v.NumberValue != nil && f != nil && f.NumberFormat != nil && f.NumberFormat.Type == "DATE":
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(*v.NumberValue)).Format("02/01/2006")
	case v.NumberValue != nil:
		return strconv.FormatFloat(*v.NumberValue, 'f', -1, 64)
	}
	return "#ERROR!"
}

// get is spreadsheets.get.
func (s *Server) get(id string, r *http.Request) (any, *apiError) {
	q := r.URL.Query()
	for name := range q {
		switch name {
		case "alt", "prettyPrint", "fields", "ranges", "includeGridData":
		default:
			return nil, invalid("Invalid JSON payload received. Unknown name \"" + name + "\": Cannot bind query parameter.")
		}
	}
	if e := s.visible(id); e != nil {
		return nil, e
	}
	b := s.books[id]
	fields := q.Get("fields")
	grid := q.Get("includeGridData") == "true"
	if fields == "" {
		fields = "*"
	} else {
		grid = true // the mask alone decides
	}
	answer, e := b.answer(id, q["ranges"], grid)
	if e != nil {
		return nil, e
	}
	return masked(answer, fields)
}

// answer is the spreadsheet as the API gives it, limited to the ranges.
func (b *book) answer(id string, ranges []string, grid bool) (*sheets.Spreadsheet, *apiError) {
	out := &sheets.Spreadsheet{
		SpreadsheetId: id,
		Properties:    &sheets.SpreadsheetProperties{Title: b.title, Locale: "vi_VN", TimeZone: "Asia/Ho_Chi_Minh"},
	}
	wanted := make(map[*tab][]area)
	for _, text := range ranges {
		t, a, ok := b.parseRange(text)
		if !ok {
			return nil, invalid("Unable to parse range: " + text)
		}
		wanted[t] = append(wanted[t], a)
	}
	for i, t := range b.tabs {
		areas := wanted[t]
		if len(ranges) > 0 && areas == nil {
			continue
		}
		if len(ranges) == 0 {
			areas = []area{{}}
		}
		t.props.Index = int64(i)
		out.Sheets = append(out.Sheets, t.answer(areas, grid))
	}
	return out, nil
}

func (t *tab) answer(areas []area, grid bool) *sheets.Sheet {
	props, gp := t.props, t.grid
	props.GridProperties = &gp
	out := &sheets.Sheet{
		Properties: &props, Merges: t.merges, DeveloperMetadata: t.metadata,
		ProtectedRanges: t.protected, BasicFilter: t.filter, Charts: t.charts,
	}
	if !grid {
		return out
	}
	for _, a := range areas {
		out.Data = append(out.Data, t.data(a))
	}
	return out
}

// data is the part of the grid in an area. As Google does, it leaves out empty
// rows and cells at the ends, and gives an empty object for a gap.
func (t *tab) data(a area) *sheets.GridData {
	lastRow, lastCol := a.ends(t.grid)
	d := &sheets.GridData{StartRow: a.row, StartColumn: a.col}
	for c := a.col; c < lastCol; c++ {
		d.ColumnMetadata = append(d.ColumnMetadata, dimension(t.colProps, c, 100))
	}
	for r := a.row; r < lastRow; r++ {
		d.RowMetadata = append(d.RowMetadata, dimension(t.rowProps, r, 21))
	}
	for r := a.row; r < min(lastRow, int64(len(t.rows))); r++ {
		row := &sheets.RowData{}
		for c := a.col; c < min(lastCol, int64(len(t.rows[r]))); c++ {
			cell := t.rows[r][c]
			if cell == nil {
				cell = &sheets.CellData{}
			}
			row.Values = append(row.Values, cell)
		}
		d.RowData = append(d.RowData, row)
	}
	return d
}

func dimension(m map[int64]*sheets.DimensionProperties, i, size int64) *sheets.DimensionProperties {
	if p := m[i]; p != nil {
		return p
	}
	return &sheets.DimensionProperties{PixelSize: size}
}

// area is a rectangle, 0-based; ends of 0 are open.
type area struct{ row, col, endRow, endCol int64 }

func (a area) ends(g sheets.GridProperties) (row, col int64) {
	row, col = g.RowCount, g.ColumnCount
	if a.endRow > 0 {
		row = min(row, a.endRow)
	}
	if a.endCol > 0 {
		col = min(col, a.endCol)
	}
	return row, col
}

// parseRange reads A1 notation: a tab's title, quoted or not, and maybe !A1:C9.
func (b *book) parseRange(text string) (*tab, area, bool) {
	title, cells := text, ""
	if i := strings.LastIndex(text, "!"); i >= 0 {
		title, cells = text[:i], text[i+1:]
	}
	if len(title) > 1 && title[0] == '\'' && title[len(title)-1] == '\'' {
		title = strings.ReplaceAll(title[1:len(title)-1], "''", "'")
	}
	t := b.tabTitled(title)
	if t == nil {
		return nil, area{}, false
	}
	if cells == "" {
		return t, area{}, true
	}
	from, to, isRange := strings.Cut(cells, ":")
	var a area
	row, col, ok := parseA1(from)
	if !ok {
		return nil, area{}, false
	}
	a.row, a.col = max(row-1, 0), max(col-1, 0)
	if !isRange {
		a.endRow, a.endCol = row, col
		return t, a, true
	}
	a.endRow, a.endCol, ok = parseA1(to)
	return t, a, ok
}

// parseA1 reads "B7", "B" or "7"; a part that is missing is 0.
func parseA1(s string) (row, col int64, ok bool) {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		col = col*26 + int64(s[i]-'A') + 1
		i++
	}
	if i < len(s) {
		n, err := strconv.ParseInt(s[i:], 10, 64)
		if err != nil || n < 1 {
			return 0, 0, false
		}
		row = n
	}
	return row, col, row+col > 0
}
