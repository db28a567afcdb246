package sheet

import (
	"encoding/binary"
	"unicode/utf16"

	"doisoat/sync/sheet/formula"
)

// xlsLinks are the sheets that formulas refer to by numbers ([MS-XLS] 2.4.105
// and 2.4.271).
type xlsLinks struct {
	books int   // workbooks so far
	own   int   // the number of this one among them
	refs  []int // by number the sheet's index among all parts of the workbook, -1 for others
	parts []int // the index of each part among the sheets that are read, -1 for others
}

const ownBook = 0x0401

// supBook notes a workbook that formulas refer to.
func (l *xlsLinks) supBook(data []byte) {
	if len(data) >= 4 && binary.LittleEndian.Uint16(data[2:]) == ownBook {
		l.own = l.books
	}
	l.books++
}

// externSheet notes the references to sheets, each by workbook, first and last
// sheet.
func (l *xlsLinks) externSheet(data []byte) {
	const head, each = 2, 6
	for i := head; i+each <= len(data); i += each {
		first := int(int16(binary.LittleEndian.Uint16(data[i+2:])))
		last := int(int16(binary.LittleEndian.Uint16(data[i+4:])))
		if int(binary.LittleEndian.Uint16(data[i:])) != l.own || first != last {
			first = -1
		}
		l.refs = append(l.refs, first)
	}
}

// sheet is the index of the sheet of a reference.
func (l *xlsLinks) sheet(number int) (int, bool) {
	if number >= len(l.refs) || l.refs[number] < 0 || l.refs[number] >= len(l.parts) {
		return 0, false
	}
	i := l.parts[l.refs[number]]
	return i, i >= 0
}

// formulaContext is what the formulas of the workbook need beside their tokens.
func (b *xlsBook) formulaContext() *formula.BIFF {
	return &formula.BIFF{
		Sheet: func(number int) (string, bool) {
			i, ok := b.links.sheet(number)
			if !ok {
				return "", false
			}
			return b.sheets[i].Name, true
		},
		Text: tokenText,
	}
}

// tokenText reads a text within a formula ([MS-XLS] 2.5.240): flags, and one or
// two bytes a character.
func tokenText(b []byte, chars int) (string, int, bool) {
	if len(b) == 0 {
		return "", 0, false
	}
	each := 1 + int(b[0]&textWide)
	size := 1 + each*chars
	if len(b) < size {
		return "", 0, false
	}
	units := make([]uint16, chars)
	for i := range units {
		if units[i] = uint16(b[1+each*i]); each == 2 {
			units[i] = binary.LittleEndian.Uint16(b[1+each*i:])
		}
	}
	return string(utf16.Decode(units)), size, true
}

// Which formulas have been calculated: libraries that cannot calculate leave it
// to Excel. Some write 0 and set a flag, "calculate on open", which Excel itself
// never sets; nothing is known of such a value, least of all that it is 0.
// xlwt writes an empty text for each formula and no flag. Excel calculates its
// files too when it opens them, for they lack the number of the version that
// has calculated them last ([MS-XLS] 2.4.215); a sheet on which no formula at
// all has another result, in a file without that number, is taken for one.

// openFormula notes the formula of the current record ([MS-XLS] 2.4.127), which
// has not been calculated. That of Excel 5 has tokens of other sizes, and stays
// as it is.
func (s *xlsSheet) openFormula(cell *Cell, list *unsolved) {
	const head = 22
	cell.Kind, cell.Uncalculated = Error, true
	data := s.r.data
	if !s.book.biff8 || len(data) < head {
		return
	}
	size := int(binary.LittleEndian.Uint16(data[head-2:]))
	if size > len(data)-head {
		return
	}
	at := formula.Address{Sheet: s.out.grid.Index, Row: s.row, Col: cell.Col}
	if list.bytes += size; list.bytes <= maxFormulaBytes {
		tokens := append([]byte(nil), data[head:head+size]...)
		list.note(at, formula.NewBIFF(tokens, s.book.context, at))
	}
}

// doubt takes empty results for none where no formula of the sheet has another.
func (s *xlsSheet) doubt() {
	if s.book.calculated || s.results > 0 || len(s.doubtful.cells) == 0 {
		return
	}
	s.formulas.cells = append(s.formulas.cells, s.doubtful.cells...)
	grid := s.out.grid
	for _, open := range s.doubtful.cells {
		if cell := grid.find(open.at); cell != nil && cell.Formula && cell.Text == "" {
			cell.Kind, cell.Uncalculated = Error, true
		}
	}
}
