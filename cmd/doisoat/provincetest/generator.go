package provincetest

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"doisoat/reconcile"
)

// Options say what province to make.
type Options struct {
	Plan     *reconcile.Plan
	Register *reconcile.Register
	Seed     uint64
	// OverBudget lets the estimates pass the budget by a đồng.
	OverBudget bool
	// Scale is the part of the large programs' places that is filled: 1 makes a
	// province of some 8,600 registrations.
	Scale float64
}

// Deadline is the last day for sending lists, Sent the time at which they came,
// Late that of those that came too late, and Day that of the reconciliation:
// after the year's classes, when their results are there.
var (
	Deadline = reconcile.Date{Year: 2024, Month: 3, Day: 31}
	Sent     = time.Date(2024, 3, 20, 3, 0, 0, 0, time.UTC)
	Late     = time.Date(2024, 4, 9, 3, 0, 0, 0, time.UTC)
	Day      = time.Date(2024, 12, 20, 3, 0, 0, 0, time.UTC)
)

// Province is the paper of a province and what is planted in it.
type Province struct {
	Files []File
	// Later are files as they come anew for a second run: lists that lost most
	// of their people by accident, and go on counting as they were.
	Later  []File
	Plants []Plant
	// Registrations counts the people's rows, in all lists.
	Registrations int
}

// File is a file of the office, its path with slashes: of the inbox, of the
// allocations, or the office's own inputs.yaml.
type File struct {
	Path    string
	Content []byte
	Changed time.Time
}

// Plant is a discrepancy that one rule has to find.
type Plant struct {
	Rule string
	What string // in words: "a birth date that no calendar has"
	Place
	// Maybe: to find it is right, and not to find it is no miss.
	Maybe bool
}

// Place is where a plant has to be found; what is zero may be anything. Rows
// are the rows of which it may be any.
type Place struct {
	File, Sheet     string
	Rows            []int
	Agency, Program string
}

type share struct{ agency, program string }

// generator makes one province.
type generator struct {
	plan      *reconcile.Plan
	register  *reconcile.Register
	rng       *rand.Rand
	scale     float64
	serial    int
	allocated map[share]int
	lists     map[string]*list // by agency
	plants    []Plant
	files     []File
	later     []File
	silent    map[string]bool // agencies that send nothing
	over      bool            // the estimates pass the budget
	pairs     []pairPlant
	filled    map[share]int // rows that count
}

// list is what one agency sends.
type list struct {
	agency *reconcile.Agency
	file   string
	rows   []*row
	late   bool
	again  string // the name under which it came once more, later
	left   int    // how many people it has when it comes anew
	loses  bool
	layout layout
	// faults of the sheet as a whole
	legacy, numericIDs, unknownColumn, unknownRow bool
	wrongTotal                                    bool
}

// row is one registration as it is written, or several in one row.
type row struct {
	human   *human
	program string
	texts   map[string]string // what is written otherwise than the human is, by column
	hidden  bool
	page    string // the program of the sheet it stands in, where that is another
	counts  bool   // uses a place: no error makes it invalid
	touched bool   // planted, or made for a plant: leave it alone
	people  int    // when it is several: how many
	plants  []planted
	maybe   []string // rules that may find it
	// where it was written
	sheet string
	at    int
}

// planted is a plant of a row that is not written yet.
type planted struct{ rule, what string }

// Make makes the province. The same options give the same bytes.
func Make(o Options) (*Province, error) {
	g := &generator{
		plan: o.Plan, register: o.Register, rng: rand.New(rand.NewPCG(o.Seed, 11)), scale: o.Scale, over: o.OverBudget,
		allocated: make(map[share]int), lists: make(map[string]*list), silent: make(map[string]bool),
	}
	g.shareOut()
	g.fill()
	for _, plant := range plantings() {
		plant(g)
	}
	if err := g.writeLists(); err != nil {
		return nil, err
	}
	g.countPlaces()
	for _, write := range []func() error{g.writeAllocation, g.writeMoney, g.writeResults, g.writeInputs} {
		if err := write(); err != nil {
			return nil, err
		}
	}
	p := &Province{Files: g.files, Later: g.later, Plants: g.plants}
	for _, l := range g.lists {
		p.Registrations += len(l.rows)
	}
	return p, nil
}

// fill registers as many people as each agency has places.
func (g *generator) fill() {
	for i := range g.plan.Programs {
		program := g.plan.Programs[i].Code
		for j := range g.register.Agencies {
			a := &g.register.Agencies[j]
			for range g.allocated[share{a.Code, program}] {
				g.register1(a, program)
			}
		}
	}
}

// register1 puts a new person down for the program.
func (g *generator) register1(a *reconcile.Agency, program string) *row {
	r := &row{human: g.newHuman(program, a), program: program, counts: true, texts: make(map[string]string)}
	l := g.list(a)
	l.rows = append(l.rows, r)
	return r
}

func (g *generator) list(a *reconcile.Agency) *list {
	l := g.lists[a.Code]
	if l == nil {
		l = &list{agency: a, layout: g.newLayout(a)}
		l.file = "inbox/" + a.Code + "/" + l.layout.fileName
		g.lists[a.Code] = l
	}
	return l
}

// sorted are the lists in the order of their agencies' codes.
func (g *generator) sorted() []*list {
	var all []*list
	for _, l := range g.lists {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *list) int { return cmp.Compare(a.agency.Code, b.agency.Code) })
	return all
}

func (g *generator) plant(rule, what string, at Place) {
	g.plants = append(g.plants, Plant{Rule: rule, What: what, Place: at})
}

// few is how many of a kind are planted: n in the whole province, fewer in a
// small one, at least one.
func (g *generator) few(n int) int { return max(1, int(float64(n)*g.scale+0.5)) }

// untouched are the rows, of all lists that send something, that fit and that
// nothing was done to, in random order.
func (g *generator) untouched(fits func(l *list, r *row) bool) []spot {
	var all []spot
	for _, l := range g.sorted() {
		if g.silent[l.agency.Code] || l.legacy {
			continue
		}
		for _, r := range l.rows {
			if !r.touched && fits(l, r) {
				all = append(all, spot{l, r})
			}
		}
	}
	g.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

type spot struct {
	l *list
	r *row
}

func of(programs ...string) func(*list, *row) bool {
	return func(_ *list, r *row) bool { return slices.Contains(programs, r.program) }
}
