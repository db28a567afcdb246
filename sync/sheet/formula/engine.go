package formula

import (
	"errors"
	"slices"
)

// Workbook is what formulas refer to. Its sheets have indices from 0.
type Workbook interface {
	// SheetIndex finds a sheet by its name, without regard to case.
	SheetIndex(name string) (int, bool)
	// AtHand says whether the sheet's cells can be asked for.
	AtHand(sheet int) bool
	// Cell is what the cell holds: Blank where there is none, Waiting where
	// there is a formula that has not been calculated.
	Cell(at Address) Value
	// Cells visits the cells of the area that are not blank, row by row, until
	// visit says false; hidden says whether the row is.
	Cells(a Area, visit func(row, col int, hidden bool, v Value) bool)
	// Extent is the last row and column that may hold a cell.
	Extent(sheet int) (row, col int)
	// Set keeps the value of a cell that was Waiting.
	Set(at Address, v Value) error
	// Name is the formula that a name stands for in formulas of that sheet.
	Name(sheet int, name string) (text string, syntax Syntax, ok bool)
}

// Formula is the formula of one cell, or of several that share it.
type Formula struct {
	text   string
	syntax Syntax
	base   Address
	shared bool
	array  bool

	tokens []byte // instead of a text
	book   *BIFF

	x   expr // once it has been read
	err error
}

// New is the formula of the cell base.
func New(text string, syntax Syntax, base Address) *Formula {
	return &Formula{text: text, syntax: syntax, base: base}
}

// Share says that other cells use the formula too, each with its references
// moved by the distance from base.
func (f *Formula) Share() *Formula {
	f.shared = true
	return f
}

// AsArray says that the formula is one of arrays (Ctrl+Shift+Enter): areas in
// it count as a whole.
func (f *Formula) AsArray() *Formula {
	f.array = true
	return f
}

func (f *Formula) read(known functions) (expr, error) {
	switch {
	case f.x != nil || f.err != nil:
	case f.book != nil:
		f.x, f.err = readTokens(f.tokens, f.book, known)
	default:
		f.x, f.err = parse(f.text, f.syntax, f.base, known)
	}
	return f.x, f.err
}

// The budget of the formulas of a workbook.
const (
	// maxSteps is the work of all of them: cells looked at, operations done and
	// texts made, some 50 nanoseconds each. It lets each of 8,000 rows look
	// through all the others.
	maxSteps = 80_000_000
	// textCost is the steps for each byte of a text that is made: what formulas
	// hold of them at a time must fit into memory.
	textCost = 2
	// maxArray bounds the elements of an array.
	maxArray = 1 << 17
	// maxChain is how many cells may wait for one another before the last one
	// is calculated on its own first.
	maxChain = 100
	// maxNames is how many names may stand within one another.
	maxNames = 16
)

// Engine calculates the formulas of a workbook. It is for one goroutine.
type Engine struct {
	book  Workbook
	cells map[int]map[place]*cell // by sheet
	names map[string]*Formula
	known functions
	left  int // steps

	frame
	stop   error   // why the calculation that goes on has to end
	deeper Address // the cell that comes first, with errDeeper
	chain  []*cell // those that wait for one another
	within int     // names
}

// frame is where a formula stands.
type frame struct {
	at    Address
	array bool
}

// cell is a cell whose formula waits to be calculated.
type cell struct {
	formula  *Formula
	phase    phase
	subtotal bool // SUBTOTAL leaves out what others of its kind have added up
	err      error
}

type place struct{ row, col int }

type phase uint8

const (
	waiting phase = iota
	running
	done
	failed
)

// NewEngine prepares to calculate formulas of the workbook.
func NewEngine(book Workbook) *Engine {
	return &Engine{book: book, cells: make(map[int]map[place]*cell), names: make(map[string]*Formula), known: allFunctions(), left: maxSteps}
}

// Add notes the formula of a cell that is Waiting; nil where it is not known.
func (e *Engine) Add(at Address, f *Formula) {
	list := e.cells[at.Sheet]
	if list == nil {
		list = make(map[place]*cell)
		e.cells[at.Sheet] = list
	}
	list[place{at.Row, at.Col}] = &cell{formula: f}
}

// Forget lets go of the formulas of a sheet.
func (e *Engine) Forget(sheet int) { delete(e.cells, sheet) }

// find is the cell with a formula at that place, nil when there is none.
func (e *Engine) find(at Address) *cell { return e.cells[at.Sheet][place{at.Row, at.Col}] }

// Calculate calculates a cell and whatever it waits for. With a
// *NeedsSheetError it may be asked again once the sheet is at hand; any other
// error is the reason for which the cell has no value.
func (e *Engine) Calculate(at Address) error {
	// Cells that wait for one another in a long chain (each row counts on from
	// the one above) are no deep recursion: the one at which it becomes too
	// deep is calculated first, by itself.
	for stack := []Address{at}; len(stack) > 0; {
		top := stack[len(stack)-1]
		c := e.find(top)
		if c == nil {
			return ErrNoText
		}
		if c.phase == waiting || c.phase == running {
			e.stop, e.chain, e.within = nil, e.chain[:0], 0
			e.run(top, c)
			if errors.Is(e.stop, errDeeper) {
				e.settle(waiting, nil)
				c.phase = running
				stack = append(stack, e.deeper)
				continue
			}
			if missing := (*NeedsSheetError)(nil); errors.As(e.stop, &missing) {
				e.settle(waiting, nil)
				for _, a := range stack {
					e.find(a).phase = waiting
				}
				return missing
			}
			e.settle(failed, e.stop)
		}
		stack = stack[:len(stack)-1]
	}
	return e.find(at).err
}

// settle ends the calculation of the cells that were waiting for one another
// when it stopped.
func (e *Engine) settle(p phase, err error) {
	for _, c := range e.chain {
		c.phase, c.err = p, err
	}
	e.chain = e.chain[:0]
}

// run calculates a cell and keeps its value.
func (e *Engine) run(at Address, c *cell) {
	c.phase = running
	e.chain = append(e.chain, c)
	if c.formula == nil {
		e.fail(ErrNoText)
		return
	}
	x, err := c.formula.read(e.known)
	if err != nil {
		e.fail(err)
		return
	}
	outer := e.frame
	e.frame = frame{at: at, array: c.formula.array}
	v := e.value(x)
	e.frame = outer
	switch v.Kind {
	case Blank:
		v = number(0) // what a reference to nothing shows
	case Number:
		v.Num = digits15(v.Num)
	}
	if e.stop == nil {
		e.fail(e.book.Set(at, v))
	}
	if e.stop != nil {
		return
	}
	c.phase = done
	c.subtotal = addsUp(x)
	if !c.formula.shared {
		c.formula.x = nil // there may be very many
	}
	e.chain = e.chain[:len(e.chain)-1]
}

// addsUp says whether a formula is a SUBTOTAL, perhaps within other functions.
func addsUp(x expr) bool {
	switch x := x.(type) {
	case *callExpr:
		return x.fn.name == "SUBTOTAL" || slices.ContainsFunc(x.args, addsUp)
	case *chain:
		return addsUp(x.first) || slices.ContainsFunc(x.rest, func(l link) bool { return addsUp(l.of) })
	case *sign:
		return addsUp(x.of)
	}
	return false
}

// fail stops the calculation that goes on; the first reason counts.
func (e *Engine) fail(err error) {
	if e.stop == nil {
		e.stop = err
	}
}

// step counts work; false once the calculation has to end.
func (e *Engine) step(n int) bool {
	if e.left -= n; e.left < 0 {
		e.left = 0
		e.fail(ErrBudget)
	}
	return e.stop == nil
}

// cell is the value of a cell, calculated where it waits.
func (e *Engine) cell(at Address) Value {
	if !e.step(1) || !e.atHand(at.Sheet) {
		return Value{}
	}
	return e.waited(at, e.book.Cell(at))
}

// waited is the value that the workbook has for the cell, calculated where it
// waits.
func (e *Engine) waited(at Address, v Value) Value {
	if v.Kind != Waiting {
		return v
	}
	c := e.find(at)
	switch {
	case c == nil:
		e.fail(ErrNoText)
	case c.phase == running:
		e.fail(ErrCircular)
	case c.phase == failed:
		e.fail(c.err)
	case len(e.chain) >= maxChain:
		e.deeper = at
		e.fail(errDeeper)
	default:
		e.run(at, c)
	}
	if e.stop != nil {
		return Value{}
	}
	return e.book.Cell(at)
}

func (e *Engine) atHand(sheet int) bool {
	if e.book.AtHand(sheet) {
		return true
	}
	e.fail(&NeedsSheetError{sheet})
	return false
}
