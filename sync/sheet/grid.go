package sheet

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// Book is an opened workbook. Sheets are read one at a time, so that a large
// workbook is never in memory as a whole.
type Book interface {
	// Format is the format by content: "xlsx", "xls", "ods", "csv", "html",
	// "spreadsheetml".
	Format() string
	// Sheets lists the tabs in the order that people see.
	Sheets() []Info
	// Read reads the i-th sheet.
	Read(ctx context.Context, i int) (*Grid, error)
	Close() error
}

// Info is what the workbook says about a tab without reading it.
type Info struct {
	Name   string
	Index  int
	Hidden bool
	// ID is the provider's own identity of the tab, "" for files.
	ID string
	// Marked: the tab has the mark that the service gave its own; a copy that
	// people made of it has not.
	Marked bool
}

// Grid is the content of one sheet. Only rows with at least one cell that is
// not blank are listed, in ascending order.
type Grid struct {
	Info
	// Above are the lines of text above the table that belong to none of its
	// rows: paragraphs of a page that holds the table. Only HTML has them.
	Above      []string
	Rows       []Row
	Merges     []Range
	HiddenCols map[int]bool
}

// Row is one row of a grid; its cells are in ascending order of columns, blank
// cells left out.
type Row struct {
	Number int // 1-based, as the spreadsheet shows it
	Hidden bool
	Cells  []Cell
}

// Cell is one cell that is not blank. A cell with an empty text (="" or a
// shared empty string) is kept, since it shows that the column was filled in
// on purpose.
type Cell struct {
	// Text is what a person sees in the cell, as far as it can be told without
	// the number format's colours and words: the text itself, a number in full
	// precision without exponent ("51073009638"), a date as dd/mm/yyyy (with
	// hh:mm where the time is not midnight), TRUE or FALSE, the error's name.
	Text string
	// Number is the numeric value of numbers, dates (the serial day number of
	// the 1900 system) and booleans.
	Number float64
	// Style is shared by the cells that look alike, and nil for most.
	Style *Style
	Col   int // 1-based
	Kind  Kind
	// Formula: the value is the result of a formula.
	Formula bool
	// Uncalculated: the cell has a formula whose result is not in the file and
	// could not be calculated. It is an Error without a text: nothing is known
	// of it.
	Uncalculated bool
}

// Format is the number format's code, "" for General.
func (c *Cell) Format() string {
	if c.Style == nil {
		return ""
	}
	return c.Style.Format
}

// Font is the name of the cell's font when it is one of a legacy Vietnamese
// encoding (.Vn…, VNI-…), else "".
func (c *Cell) Font() string {
	if c.Style == nil {
		return ""
	}
	return c.Style.Font
}

// Style is how a cell looks, as far as it bears on what the cell says; see the
// methods of Cell. It is never changed.
type Style struct{ Format, Font string }

// Styles keeps one Style of each kind. The zero value is ready for use.
type Styles struct {
	last  *Style
	known map[Style]*Style
}

// Of is the style with that format and font, nil for General and no font.
func (s *Styles) Of(format, font string) *Style {
	style := Style{Format: format, Font: font}
	switch {
	case style == Style{}:
		return nil
	case s.last != nil && *s.last == style:
		return s.last
	}
	known := s.known[style]
	if known == nil {
		if s.known == nil {
			s.known = make(map[Style]*Style)
		}
		known = &style
		s.known[style] = known
	}
	s.last = known
	return known
}

// Kind is the type of a cell's value.
type Kind uint8

// The kinds of cell.
const (
	Text Kind = iota
	Number
	Date
	Bool
	Error
)

// Range is a rectangle of cells, all ends inclusive and 1-based.
type Range struct {
	FirstRow, FirstCol, LastRow, LastCol int
}

// At returns the row's cell in that column.
func (r *Row) At(col int) (Cell, bool) {
	for i := range r.Cells {
		if r.Cells[i].Col == col {
			return r.Cells[i], true
		}
	}
	return Cell{}, false
}

// ColumnName is the letter of a 1-based column: 1 is A, 27 is AA.
func ColumnName(col int) string {
	var b [maxColumnName]byte
	return string(appendColumn(b[:0], col))
}

// CellName is the name of a cell: "D12".
func CellName(col, row int) string {
	var b [maxColumnName + 20]byte
	return string(strconv.AppendInt(appendColumn(b[:0], col), int64(row), 10))
}

// maxColumnName is more letters than any int has in base 26.
const maxColumnName = 16

func appendColumn(dst []byte, col int) []byte {
	start := len(dst)
	for ; col > 0; col /= 26 {
		col--
		dst = append(dst, byte('A'+col%26))
	}
	slices.Reverse(dst[start:])
	return dst
}

// ParseCell reads a cell's name ("D12", "$D$12") into its 1-based column and
// row; ok is false when it is none.
func ParseCell(name string) (col, row int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	i := 0
	for i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4 {
		col = col*26 + int(name[i]-'A') + 1
		i++
	}
	if i == 0 || i == len(name) {
		return 0, 0, false
	}
	row, err := strconv.Atoi(name[i:])
	if err != nil || row < 1 || name[i] < '1' || name[i] > '9' {
		return 0, 0, false
	}
	return col, row, true
}
