package formula

// The size of a sheet of Excel. A reference beyond it is one to nothing.
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// Address is the place of a cell: the sheet's index, and row and column from 1.
type Address struct{ Sheet, Row, Col int }

// Area is a rectangle of cells of a sheet, all ends inclusive and from 1.
type Area struct{ Sheet, FirstRow, FirstCol, LastRow, LastCol int }

func (a Area) rows() int { return a.LastRow - a.FirstRow + 1 }

func (a Area) cols() int { return a.LastCol - a.FirstCol + 1 }

func (a Area) single() bool { return a.FirstRow == a.LastRow && a.FirstCol == a.LastCol }

// first is the place of the area's first cell.
func (a Area) first() Address { return Address{a.Sheet, a.FirstRow, a.FirstCol} }

// corner is a place as a formula names it. What is relative is kept as the
// distance from the formula's cell, so that a formula that many cells share is
// read once.
type corner struct {
	row, col       int
	rowRel, colRel bool
}

func (c corner) from(at Address) (row, col int) {
	row, col = c.row, c.col
	if c.rowRel {
		row += at.Row
	}
	if c.colRel {
		col += at.Col
	}
	return row, col
}

// reference is one to a cell (both corners the same) or to an area.
type reference struct {
	sheet string // "" for the formula's own
	from  corner
	to    corner
}

// resolve is the area that the reference means in a formula of that cell; false
// where it lies outside of the sheet.
func (r *reference) resolve(at Address, sheet int) (Area, bool) {
	r1, c1 := r.from.from(at)
	r2, c2 := r.to.from(at)
	a := Area{Sheet: sheet, FirstRow: min(r1, r2), FirstCol: min(c1, c2), LastRow: max(r1, r2), LastCol: max(c1, c2)}
	return a, a.FirstRow >= 1 && a.FirstCol >= 1 && a.LastRow <= maxRow && a.LastCol <= maxCol
}

// part is a corner, or a whole column or row where the other one is missing.
type part struct {
	corner
	hasRow, hasCol bool
}

// join makes a reference of one or two parts of the same shape.
func join(sheet string, a, b part) (*reference, bool) {
	if a.hasRow != b.hasRow || a.hasCol != b.hasCol {
		return nil, false
	}
	r := &reference{sheet: sheet, from: a.corner, to: b.corner}
	if !a.hasRow {
		r.from.row, r.from.rowRel, r.to.row, r.to.rowRel = 1, false, maxRow, false
	}
	if !a.hasCol {
		r.from.col, r.from.colRel, r.to.col, r.to.colRel = 1, false, maxCol, false
	}
	return r, true
}

// partA1 reads "B5", "$B$5", "B" or "5" as it is meant in a formula of base.
func partA1(s string, base Address) (p part, ok bool) {
	i := 0
	take := func() bool { // a mark of absolute reference
		if i < len(s) && s[i] == '$' {
			i++
			return true
		}
		return false
	}
	absolute := take()
	for ; i < len(s) && isLetter(s[i]) && p.col <= maxCol; i++ {
		p.col = p.col*26 + int(s[i]|0x20-'a') + 1
	}
	if p.hasCol = p.col > 0; p.hasCol {
		p.colRel = !absolute
		absolute = take()
	}
	start := i
	for ; i < len(s) && isDigit(s[i]) && i-start < 8; i++ {
		p.row = p.row*10 + int(s[i]-'0')
	}
	if p.hasRow = i > start; p.hasRow {
		p.rowRel = !absolute
	} else if absolute && p.hasCol {
		return p, false
	}
	if i < len(s) || !p.hasRow && !p.hasCol || p.hasCol && p.col > maxCol || p.hasRow && (p.row < 1 || p.row > maxRow) {
		return p, false
	}
	if p.rowRel {
		p.row -= base.Row
	}
	if p.colRel {
		p.col -= base.Col
	}
	return p, true
}

// partR1C1 reads "R5C2", "R[-1]C", "RC", "C3" or "R".
func partR1C1(s string) (p part, ok bool) {
	rest := s
	if rest != "" && rest[0]|0x20 == 'r' {
		p.hasRow = true
		if p.row, p.rowRel, rest, ok = step(rest[1:]); !ok || !p.rowRel && (p.row < 1 || p.row > maxRow) {
			return p, false
		}
	}
	if rest != "" && rest[0]|0x20 == 'c' {
		p.hasCol = true
		if p.col, p.colRel, rest, ok = step(rest[1:]); !ok || !p.colRel && (p.col < 1 || p.col > maxCol) {
			return p, false
		}
	}
	return p, rest == "" && (p.hasRow || p.hasCol)
}

// step reads a number, or in brackets one that is counted from the cell;
// nothing is the cell's own.
func step(s string) (n int, relative bool, rest string, ok bool) {
	relative = s == "" || s[0] == '[' || !isDigit(s[0])
	if relative && (s == "" || s[0] != '[') {
		return 0, true, s, true
	}
	i, sign := 0, 1
	if relative {
		i++
		if i < len(s) && s[i] == '-' {
			sign = -1
			i++
		}
	}
	start := i
	for ; i < len(s) && isDigit(s[i]) && i-start < 8; i++ {
		n = n*10 + int(s[i]-'0')
	}
	if i == start {
		return 0, false, "", false
	}
	if relative {
		if i == len(s) || s[i] != ']' {
			return 0, false, "", false
		}
		i++
	}
	return sign * n, relative, s[i:], true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
