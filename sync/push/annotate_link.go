package push

import (
	"strconv"
	"strings"

	"doisoat/reconcile/report"
)

// location is where a link leads inside the file; ok is false when it leads to
// a sheet that the file does not have.
func (t *tabPart) location(link *report.Link) (string, bool) {
	if link == nil {
		return "", false
	}
	sheet, cell := link.Sheet, link.Cell
	if o := link.Origin; o != nil {
		sheet, cell = o.Sheet, o.Cell
		if cell == "" && o.Row > 0 {
			cell = "A" + strconv.Itoa(o.Row)
		}
	}
	if !isArea(cell) {
		cell = "A1"
	}
	name, ok := t.kept(sheet)
	if !ok {
		return "", false
	}
	return quoteSheet(name) + "!" + cell, true
}

// quoteSheet writes the name of a sheet as formulas do.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// isArea reports whether s is a cell ("D12") or a range of cells ("A12:K15").
func isArea(s string) bool {
	from, to, isRange := strings.Cut(s, ":")
	if _, _, ok := parseCell(from); !ok {
		return false
	}
	if !isRange {
		return true
	}
	_, _, ok := parseCell(to)
	return ok
}

// absolute writes a range as names do: $A$7:$O$30.
func absolute(area string) string {
	from, to, isRange := strings.Cut(area, ":")
	one := func(cell string) string {
		col, row, _ := parseCell(cell)
		return "$" + columnName(col) + "$" + strconv.Itoa(row)
	}
	if !isRange {
		return one(from)
	}
	return one(from) + ":" + one(to)
}

// The largest sheet.
const (
	maxColumns = 16384
	maxRows    = 1 << 20
)

// columnName is the letter of a 1-based column: 1 is A, 27 is AA.
func columnName(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

func cellName(col, row int) string { return string(appendCell(nil, col, row)) }

// appendCell appends the cell's name.
func appendCell(b []byte, col, row int) []byte {
	if col <= 26 {
		b = append(b, byte('A'+col-1))
	} else {
		b = append(b, columnName(col)...)
	}
	return strconv.AppendInt(b, int64(row), 10)
}

// parseCell reads "D12" or "$D$12" into a 1-based column and row that a sheet
// can have.
func parseCell(name string) (col, row int, ok bool) {
	name = strings.ReplaceAll(name, "$", "")
	i := 0
	for i < len(name) && i < 4 && name[i] >= 'A' && name[i] <= 'Z' {
		col = col*26 + int(name[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(name[i:])
	ok = err == nil && name[i] != '+' && col >= 1 && col <= maxColumns && row >= 1 && row <= maxRows
	return col, row, ok
}
