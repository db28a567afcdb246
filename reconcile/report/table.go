package report

import "doisoat/reconcile"

// Workbook is a report before it becomes a file or a request: tabs of cells
// whose style is given by meaning.
type Workbook struct {
	Title string
	Tabs  []Tab
}

// Tab is one sheet of a report: a head of free lines, then a table, or blocks
// of both. Blocks stand directly below each other, from the first row on; a
// gap is an empty row of a block.
type Tab struct {
	Name   string
	Blocks []Block
	// Widths of the columns in characters, from the first on.
	Widths    []float64
	Landscape bool
	// FreezeRow: the rows above and including this 1-based row stay in sight
	// when the reader scrolls; this row repeats on each printed page.
	FreezeRow int
	// RepeatRow is the row that printed pages repeat, 0 for FreezeRow.
	RepeatRow int
	// FreezeCol: the columns up to this 1-based one stay in sight and repeat on
	// each printed page.
	FreezeCol int
	// Filter puts an autofilter on the header row of the last table.
	Filter bool
	// PagesWide is the number of pages that the columns are printed on, 0 for
	// one. OnePage prints the whole tab on one page.
	PagesWide int
	OnePage   bool
	Charts    []Chart
}

// Block is a run of rows. A table's first row is its header.
type Block struct {
	Kind BlockKind
	Rows [][]Cell
	// Columns of a table, in order; empty for a block of lines.
	Columns []Column
	// ID names the block so that links and charts can point to it.
	ID string
}

// BlockKind tells lines of text from a table.
type BlockKind uint8

// The kinds of block.
const (
	Lines BlockKind = iota
	Table
)

// Column of a table.
type Column struct {
	Title string
	// Staff: people fill this column in; it is never overwritten.
	Staff bool
	// Choices of a drop-down, none for free text.
	Choices []string
	Style   Style
}

// Cell is one value of a report and how it looks. Text is always text: it can
// never become a formula wherever it is written.
type Cell struct {
	Value any // nil, string, int, reconcile.VND, reconcile.Date, time.Time, Percent
	Style Style
	Link  *Link
	// Span is the number of columns that the cell covers, 0 and 1 both one. The
	// covered cells are not listed: the row's next cell stands beyond them.
	Span int
	// Band shades the cell lightly, to tell groups of rows apart.
	Band bool
	// Volatile: the value may differ between two reports that say the same (the
	// time of the run), so that it alone is no reason to write; see Content.
	Volatile bool
}

// Percent is a share: 0.5 is shown as 50 %.
type Percent float64

// Link is where a click leads: a cell or range ("A12:K15") of the same
// workbook, or a place in another document.
type Link struct {
	Sheet string
	Cell  string
	// Origin, when it is set, is the place in an agency's own document.
	Origin *reconcile.Origin
}

// Style is the meaning of a cell's look.
type Style uint8

// The meanings; a sink decides on colours and fonts.
const (
	Plain Style = iota
	Title
	Subtitle
	Label
	Header
	StaffHeader
	StaffCell
	Figure
	Money
	Day
	Moment
	ErrorMark
	WarningMark
	InfoMark
	SolvedMark
	Good
	Bad
	Total
	Note
	Centered
	Bold
	// Vertical is a header whose text is turned, for many narrow columns.
	Vertical
	// Section heads a group of rows of a table.
	Section
	// FigureOver and FigureWeak are figures that stand out: over a limit, and
	// not fully valid.
	FigureOver
	FigureWeak
	TotalMoney
	Share
	// DocumentTitle, DocumentNote and DocumentSign are the lines of an official
	// document, centred over the whole width: what it is, what it belongs to,
	// who signs it.
	DocumentTitle
	DocumentNote
	DocumentSign
	// Key is a figure that the overview shows large.
	Key
)

// Chart draws columns of a table of the same tab.
type Chart struct {
	Title string
	Kind  ChartKind
	// Tab is the name of the tab that holds the table, "" for the chart's own.
	Tab string
	// Block is the ID of the table; Labels and Values are 0-based columns of it.
	Block  string
	Labels int
	Values []int
	// Most is the largest value that the axis shows, 0 for what there is. Longer
	// bars end there, so that one outlier does not flatten the rest.
	Most float64
	// Col and Row are the 0-based cell where the chart's corner stands.
	Col, Row      int
	Width, Height int // pixels
}

// ChartKind is how a chart draws.
type ChartKind uint8

// The kinds of chart.
const (
	Bars ChartKind = iota
	StackedBars
	Columns
)
