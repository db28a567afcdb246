package understand

import (
	"slices"
	"strings"
	"unicode"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// conversion is a sheet read with its legacy text as Unicode, beside what it
// was.
type conversion struct {
	stored *sheet.Grid // as the file has it
	grid   *sheet.Grid // as Unicode; the same grid when nothing was converted
	cells  map[cellAt]converted
}

type converted struct {
	encoding  reconcile.Encoding
	byLetters bool
}

// modernize reads text in legacy encodings as Unicode, cell by cell: where the
// cell's font says so, else where its letters do and the rest of its column,
// row or sheet does not speak against it. It comes before everything else,
// since cleaning takes some of the letters for signs. The grid itself stays as
// it is.
func modernize(g *sheet.Grid) *conversion {
	done := &conversion{stored: g, grid: g}
	if !suspicious(g) {
		return done
	}
	p := newPoll(g)
	changed := *g
	changed.Rows = slices.Clone(g.Rows)
	done.cells = map[cellAt]converted{}
	for i := range g.Rows {
		row := &changed.Rows[i]
		for k := range g.Rows[i].Cells {
			c := &g.Rows[i].Cells[k]
			text, by := p.decide(row.Number, c)
			if text == c.Text {
				continue
			}
			if &row.Cells[0] == &g.Rows[i].Cells[0] { // still shared
				row.Cells = slices.Clone(g.Rows[i].Cells)
			}
			row.Cells[k].Text = text
			done.cells[cellAt{row.Number, c.Col}] = by
		}
	}
	if len(done.cells) > 0 {
		done.grid = &changed
	}
	return done
}

// letGo drops the grids of a sheet without legacy text, since a large one need
// not be kept once it has been made ready to be understood.
func (c *conversion) letGo() {
	if len(c.cells) == 0 {
		c.stored, c.grid = nil, nil
	}
}

// suspicious reports whether any cell has a legacy font, or a character that
// Vietnamese in Unicode does not have and a legacy encoding does. Most sheets
// have none, and are done with here.
func suspicious(g *sheet.Grid) bool {
	for i := range g.Rows {
		for k := range g.Rows[i].Cells {
			c := &g.Rows[i].Cells[k]
			if c.Kind == sheet.Text && (c.Font() != "" || holdsTelltale(c.Text)) {
				return true
			}
		}
	}
	return false
}

// holdsTelltale looks for them among the characters from U+0080 to U+00FF,
// which UTF-8 writes as one of two bytes and another.
func holdsTelltale(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		if lead := text[i]; lead&^1 == 0xC2 && telltales[lead<<6|text[i+1]&0x3F] {
			return true
		}
	}
	return false
}

// lastTelltale is the last character that a legacy encoding stores.
const lastTelltale = 'þ'

var telltales = telltaleSet()

func telltaleSet() *[256]bool {
	set := &[256]bool{}
	mark := func(r rune) {
		if r <= lastTelltale {
			set[r] = !isModern(r)
		}
	}
	for _, c := range codecs {
		for r := range c.single {
			mark(r)
		}
		for pair := range c.pair {
			mark(pair[1])
		}
	}
	return set
}

// report tells what was converted, by encoding and column, with the names of
// the first people as examples.
func (c *conversion) report(registrations []*reconcile.Registration) []reconcile.Conversion {
	if len(c.cells) == 0 {
		return []reconcile.Conversion{}
	}
	type part struct {
		col      int
		encoding reconcile.Encoding
	}
	parts := map[part]*reconcile.Conversion{}
	var order []part
	for at, by := range c.cells {
		p := part{at.col, by.encoding}
		if parts[p] == nil {
			parts[p] = &reconcile.Conversion{Encoding: by.encoding, Column: sheet.ColumnName(at.col)}
			order = append(order, p)
		}
		parts[p].Cells++
		if by.byLetters {
			parts[p].ByLetters++
		}
	}
	for _, r := range registrations {
		col, row, _ := sheet.ParseCell(r.Readings.Get(reconcile.FieldFullName).Cell)
		by, ok := c.cells[cellAt{row, col}]
		if !ok {
			continue
		}
		p := parts[part{col, by.encoding}]
		if example := c.example(row, col, r.FullName); len(p.Examples) < maxExamples && example.Stored != "" && !slices.Contains(p.Examples, example) {
			p.Examples = append(p.Examples, example)
		}
	}
	slices.SortFunc(order, func(a, b part) int {
		if a.col != b.col {
			return a.col - b.col
		}
		return strings.Compare(string(a.encoding), string(b.encoding))
	})
	list := make([]reconcile.Conversion, len(order))
	for i, p := range order {
		list[i] = *parts[p]
	}
	return list
}

// maxExamples is how many names prove a column's conversion.
const maxExamples = 2

// example is the zero value where the cell holds more than a name: years and
// numbers are no examples.
func (c *conversion) example(row, col int, name string) reconcile.ConvertedName {
	i, ok := slices.BinarySearchFunc(c.stored.Rows, row, func(r sheet.Row, n int) int { return r.Number - n })
	if !ok || name == "" {
		return reconcile.ConvertedName{}
	}
	stored, _ := c.stored.Rows[i].At(col)
	if strings.ContainsFunc(stored.Text, unicode.IsDigit) || strings.Contains(stored.Text, "\n") {
		return reconcile.ConvertedName{}
	}
	return reconcile.ConvertedName{Stored: strings.Join(strings.Fields(stored.Text), " "), Read: name}
}
