package sheet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"doisoat/sync/sheet/formula"
)

const (
	// maxFormulas and maxFormulaBytes bound the formulas of a sheet that are
	// kept to be calculated; cells beyond them stay without a value.
	maxFormulas     = 200_000
	maxFormulaBytes = 16 << 20
	// maxKept bounds the cells of the sheets that are held in memory because
	// formulas of others refer to them.
	maxKept = 250_000
	// maxPasses is how often a workbook is gone through for such sheets.
	maxPasses = 16
)

// unsolved are the cells of a sheet that have a formula and no result of it.
type unsolved struct {
	cells []unsolvedCell
	bytes int
}

type unsolvedCell struct {
	at      formula.Address
	formula *formula.Formula
}

// keep makes a formula of the text; nil where there are too many of them.
func (u *unsolved) keep(text []byte, syntax formula.Syntax, at formula.Address) *formula.Formula {
	if u.bytes += len(text); u.bytes > maxFormulaBytes {
		return nil
	}
	return formula.New(string(text), syntax, at)
}

// note has the cell calculated by the formula; without one it stays as it is.
func (u *unsolved) note(at formula.Address, f *formula.Formula) {
	if f != nil && len(u.cells) < maxFormulas {
		u.cells = append(u.cells, unsolvedCell{at, f})
	}
}

// calculator calculates the formulas of a workbook that the file has no results
// of. A sheet without such formulas passes through untouched.
type calculator struct {
	limits Limits
	sheets []Info
	names  *definedNames
	// read reads a sheet, and says what has to be calculated in it.
	read func(context.Context, int) (*Grid, *unsolved, error)

	engine *formula.Engine
	grids  map[int]*Grid // at hand
	kept   map[int]*unsolved
	index  map[string]int // sheets by name
	cells  int            // kept
	passes int
	write  *collector // makes values of results
	times  map[string]timeFormat
	// lastRow and lastCol are the furthest of any sheet at hand.
	lastRow, lastCol int
}

func newCalculator(limits Limits, sheets []Info, names *definedNames, read func(context.Context, int) (*Grid, *unsolved, error)) *calculator {
	return &calculator{limits: limits, sheets: sheets, names: names, read: read}
}

// sheet reads a sheet and calculates its formulas.
func (c *calculator) sheet(ctx context.Context, i int) (*Grid, error) {
	if open := c.kept[i]; open != nil {
		err := c.solve(ctx, open)
		return clone(c.grids[i]), err
	}
	grid, open, err := c.read(ctx, i)
	if err != nil || open == nil || len(open.cells) == 0 {
		return grid, err
	}
	c.begin()
	c.hold(i, grid, open)
	err = c.solve(ctx, open)
	// The grid is the caller's from now on.
	delete(c.grids, i)
	c.engine.Forget(i)
	return grid, err
}

func (c *calculator) begin() {
	if c.engine != nil {
		return
	}
	c.engine = formula.NewEngine(c)
	c.grids, c.kept = make(map[int]*Grid), make(map[int]*unsolved)
	c.index, c.times = make(map[string]int), make(map[string]timeFormat)
	c.write = newCollector(Info{}, c.limits)
	for i, s := range c.sheets {
		c.index[strings.ToLower(s.Name)] = i
	}
}

// hold has a sheet at hand for formulas.
func (c *calculator) hold(i int, grid *Grid, open *unsolved) {
	c.grids[i] = grid
	for _, cell := range open.cells {
		c.engine.Add(cell.at, cell.formula)
	}
	for _, row := range grid.Rows {
		c.lastRow = max(c.lastRow, row.Number)
		c.lastCol = max(c.lastCol, row.Cells[len(row.Cells)-1].Col)
	}
}

// solve calculates the cells, and reads the sheets that they turn out to need.
// A cell that cannot be calculated stays as it is; an error is one of reading.
func (c *calculator) solve(ctx context.Context, open *unsolved) error {
	for {
		missing := make(map[int]bool)
		for _, cell := range open.cells {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !c.waits(cell.at) {
				continue
			}
			var needs *formula.NeedsSheetError
			if err := c.engine.Calculate(cell.at); errors.As(err, &needs) {
				missing[needs.Sheet] = true
			}
		}
		if more, err := c.fetch(ctx, missing); err != nil || !more {
			return err
		}
	}
}

// fetch has the sheets at hand that formulas wait for; false when none of them
// can be. What is wrong with such a sheet shows when it is read for itself.
func (c *calculator) fetch(ctx context.Context, missing map[int]bool) (more bool, err error) {
	if len(missing) == 0 || c.passes == maxPasses {
		return false, nil
	}
	c.passes++
	for i := range c.sheets {
		if !missing[i] {
			continue
		}
		grid, open, err := c.read(ctx, i)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err != nil {
			continue
		}
		if open == nil {
			open = &unsolved{}
		}
		size := 0
		for _, row := range grid.Rows {
			size += len(row.Cells)
		}
		if c.cells+size > maxKept {
			continue
		}
		c.cells += size
		c.kept[i], more = open, true
		c.hold(i, grid, open)
	}
	return more, nil
}

// clone is a copy of a grid whose rows are its own.
func clone(g *Grid) *Grid {
	own := *g
	own.Rows = slices.Clone(g.Rows)
	for i := range own.Rows {
		own.Rows[i].Cells = slices.Clone(own.Rows[i].Cells)
	}
	return &own
}

// waits says whether the cell is one that still has to be calculated: a row
// that comes twice in a file may have given it a value.
func (c *calculator) waits(at formula.Address) bool {
	cell := c.find(at)
	return cell != nil && cell.Uncalculated
}

func (c *calculator) find(at formula.Address) *Cell {
	if g := c.grids[at.Sheet]; g != nil {
		return g.find(at)
	}
	return nil
}

// find is the cell at that place, nil where there is none.
func (g *Grid) find(at formula.Address) *Cell {
	i, ok := g.rowAt(at.Row)
	if !ok {
		return nil
	}
	cells := g.Rows[i].Cells
	k, ok := slices.BinarySearchFunc(cells, at.Col, func(c Cell, col int) int { return cmp.Compare(c.Col, col) })
	if !ok {
		return nil
	}
	return &cells[k]
}

// rowAt is the index of the row with that number, or of the first after it.
func (g *Grid) rowAt(number int) (int, bool) {
	return slices.BinarySearchFunc(g.Rows, number, func(r Row, n int) int { return cmp.Compare(r.Number, n) })
}

// SheetIndex, and the methods after it, are what formulas see of the workbook.
func (c *calculator) SheetIndex(name string) (int, bool) {
	i, ok := c.index[strings.ToLower(name)]
	return i, ok
}

func (c *calculator) AtHand(sheet int) bool { return c.grids[sheet] != nil }

func (c *calculator) Name(sheet int, name string) (string, formula.Syntax, bool) {
	return c.names.find(sheet, name)
}

func (c *calculator) Extent(int) (row, col int) { return c.lastRow, c.lastCol }

func (c *calculator) Cell(at formula.Address) formula.Value {
	cell := c.find(at)
	if cell == nil {
		return formula.Value{}
	}
	return valueOf(cell)
}

func (c *calculator) Cells(a formula.Area, visit func(row, col int, hidden bool, v formula.Value) bool) {
	g := c.grids[a.Sheet]
	i, _ := g.rowAt(a.FirstRow)
	for ; i < len(g.Rows) && g.Rows[i].Number <= a.LastRow; i++ {
		row := &g.Rows[i]
		k, _ := slices.BinarySearchFunc(row.Cells, a.FirstCol, func(c Cell, col int) int { return cmp.Compare(c.Col, col) })
		for ; k < len(row.Cells) && row.Cells[k].Col <= a.LastCol; k++ {
			if !visit(row.Number, row.Cells[k].Col, row.Hidden, valueOf(&row.Cells[k])) {
				return
			}
		}
	}
}

func valueOf(c *Cell) formula.Value {
	switch {
	case c.Uncalculated:
		return formula.Value{Kind: formula.Waiting}
	case c.Kind == Number, c.Kind == Date:
		return formula.Value{Kind: formula.Number, Num: c.Number}
	case c.Kind == Bool:
		return formula.Value{Kind: formula.Bool, Num: c.Number}
	case c.Kind == Error:
		return formula.Value{Kind: formula.Error, Str: c.Text}
	}
	return formula.Value{Kind: formula.Text, Str: c.Text}
}

// Set makes the result of a formula the value of its cell, whose number format
// decides whether a number is a date, as with results that a file has.
func (c *calculator) Set(at formula.Address, v formula.Value) (err error) {
	cell := c.find(at)
	if cell == nil {
		return fmt.Errorf("cell %s is not there", CellName(at.Col, at.Row))
	}
	own := *cell
	own.Kind, own.Uncalculated = Text, false
	switch v.Kind {
	case formula.Number:
		as, known := c.times[own.Format()]
		if !known {
			as = classifyFormat(own.Format())
			c.times[own.Format()] = as
		}
		err = c.write.setNumber(&own, v.Num, as)
	case formula.Bool:
		c.write.setBool(&own, v.Num != 0)
	default:
		err = c.write.setText(&own, []byte(v.Str))
		if v.Kind == formula.Error {
			own.Kind = Error
		}
	}
	if err == nil {
		*cell = own
	}
	return err
}
