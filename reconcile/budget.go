package reconcile

import (
	"slices"
	"strings"
)

// Budget is what the plan's classes are expected to cost.
type Budget struct {
	Lines []BudgetLine // in the order in which the estimates first name them
	// Approved is the plan's budget.
	Approved VND
	// Estimated is the sum of all lines' estimates, Projected that of all
	// projections, Spent what the estimates say is spent.
	Estimated, Projected, Spent VND
	HasSpent                    bool
	// Unread are lines of programs without a readable amount; they are in no sum.
	Unread []Origin
}

// BudgetLine is the money of one program, or of several that one line of an
// estimate names together.
type BudgetLine struct {
	Programs []string // sorted; empty when the line names none
	Text     string   // what the estimate calls it
	// Line is the program's budget line: the amount that the office gives in
	// its inputs, else the one that a list of programs states. Listed is what
	// lists of programs estimate, Detailed the sum of the detailed estimates.
	// Each is zero where there is none.
	Line, Listed, Detailed VND
	// Estimate is what counts as the program's estimate: the detailed ones when
	// they cover the line's classes, or alone pass the list; else the list's,
	// else the line itself.
	Estimate VND
	// LineAt, ListedAt and DetailedAt are the cells of the amounts that make up
	// those three.
	LineAt, ListedAt, DetailedAt []Origin
	SpentAt                      []Origin // the cells of what was spent
	Learners                     int      // that the amount is for, else the plan's places; 0 when nobody says
	Classes                      int
	// Registered counts the valid registrations, each in one line only.
	Registered int
	// Projected is Registered × cost per learner; zero when Learners is, or
	// when those who ask for the class pay for it.
	Projected VND
	Spent     VND
	HasSpent  bool
	SelfPaid  bool
	Origin    Origin // where the estimates first name it

	given, listed, detailed part
}

// part is what one kind of source says of a line.
type part struct {
	amount            VND
	learners, classes int
	spent             VND
	hasSpent          bool
	at, spentAt       []Origin // of the amounts, and of what was spent
}

func (p *part) add(e *EstimateLine) {
	p.amount = p.amount.Plus(e.Amount)
	p.learners += e.Learners
	p.classes += e.Classes
	p.spent = p.spent.Plus(e.Spent)
	p.hasSpent = p.hasSpent || e.HasSpent
	p.at = append(p.at, e.Origin)
	if e.HasSpent {
		o := e.Origin
		if cell := e.Readings.Get(FieldSpent).Cell; cell != "" {
			o.Cell = cell
		}
		p.spentAt = append(p.spentAt, o)
	}
}

// Cost is the amount that a learner's cost is reckoned from: the program's
// line, else the detailed estimates.
func (l *BudgetLine) Cost() VND {
	if l.Line != 0 {
		return l.Line
	}
	return l.Detailed
}

// PerLearner is what one learner costs, rounded to the đồng; 0 when the number
// of learners is not known.
func (l *BudgetLine) PerLearner() VND { return l.Cost().Share(1, l.Learners) }

// BudgetOf reckons the plan's money from the estimates and from the number of
// valid registrations of each program. Budgeted lines are the office's own; a
// sheet with program lines is a list of programs, and its items are detailed
// estimates of what they cost; one with items alone is the detailed estimate of
// the programs that it names, and its last total counts, else the sum of its
// items, which also counts where it has several classes.
func BudgetOf(plan *Plan, estimates []EstimateLine, valid func(program string) int) Budget {
	k := &reckoning{plan: plan, at: make(map[string]int)}
	for _, sheet := range estimateSheets(estimates) {
		k.addSheet(sheet)
	}
	k.settleLines()
	k.dropCovered()
	k.settle()
	k.project(valid)
	k.Approved = plan.Approved
	return k.Budget
}

// reckoning is a budget in the making.
type reckoning struct {
	Budget
	plan *Plan
	at   map[string]int // index of a line by its programs
}

func estimateSheets(estimates []EstimateLine) [][]*EstimateLine {
	var sheets [][]*EstimateLine
	at := make(map[[2]string]int)
	for i := range estimates {
		key := [2]string{estimates[i].Origin.Source, estimates[i].Origin.Sheet}
		j, ok := at[key]
		if !ok {
			j = len(sheets)
			at[key] = j
			sheets = append(sheets, nil)
		}
		sheets[j] = append(sheets[j], &estimates[i])
	}
	return sheets
}

func (k *reckoning) line(programs []string, text string, origin Origin) *BudgetLine {
	programs = slices.Compact(slices.Sorted(slices.Values(programs)))
	id := strings.Join(programs, "+")
	if id == "" {
		id = "?" + Key(text)
	}
	i, ok := k.at[id]
	if !ok {
		i = len(k.Lines)
		k.at[id] = i
		k.Lines = append(k.Lines, BudgetLine{Programs: programs, Text: text, Origin: origin})
	}
	return &k.Lines[i]
}

func (k *reckoning) addSheet(sheet []*EstimateLine) {
	kinds := make(map[EstimateKind]bool)
	for _, e := range sheet {
		kinds[e.Kind] = true
	}
	switch {
	case kinds[ProgramLine], kinds[BudgetedLine]:
		k.addPrograms(sheet)
		k.addClasses(sheet) // classes of which the sheet gives the costs
	case kinds[ItemLine]:
		k.addDetail(sheet)
	}
}

func (k *reckoning) addPrograms(sheet []*EstimateLine) {
	for _, e := range sheet {
		if e.Kind != ProgramLine && e.Kind != BudgetedLine {
			continue
		}
		if !e.HasAmount {
			k.Unread = append(k.Unread, e.Origin)
			continue
		}
		l := k.line(e.Programs, e.Text, e.Origin)
		if e.Kind == BudgetedLine {
			l.given.add(e)
		} else {
			l.listed.add(e)
		}
	}
}

// settleLines decides what is the budget line of each: the office's amount goes
// before that of the list of programs, which then is an estimate.
func (k *reckoning) settleLines() {
	for i := range k.Lines {
		l := &k.Lines[i]
		l.Listed, l.ListedAt = l.listed.amount, l.listed.at
		l.Detailed, l.DetailedAt = l.detailed.amount, l.detailed.at
		l.Line, l.LineAt = l.Listed, l.ListedAt
		if len(l.given.at) > 0 {
			l.Line, l.LineAt = l.given.amount, l.given.at
		}
		l.Learners = first(l.given.learners, l.listed.learners)
		l.Classes = first(l.given.classes, l.listed.classes)
		for _, p := range []*part{&l.given, &l.listed, &l.detailed} {
			if p.hasSpent && !l.HasSpent { // the list of programs has the word
				l.Spent, l.HasSpent, l.SpentAt = p.spent, true, p.spentAt
			}
		}
	}
}

func first(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

// dropCovered takes out detailed estimates whose programs another line has
// together with others: their money is in that line already.
func (k *reckoning) dropCovered() {
	stated := make(map[string]bool)
	for i := range k.Lines {
		if k.Lines[i].Line != 0 {
			for _, code := range k.Lines[i].Programs {
				stated[code] = true
			}
		}
	}
	k.Lines = slices.DeleteFunc(k.Lines, func(l BudgetLine) bool {
		return l.Line == 0 && slices.ContainsFunc(l.Programs, func(code string) bool { return stated[code] })
	})
}

// settle decides which amount of each line counts. An estimate for the first of
// three classes says nothing of the others; then the line stands.
func (k *reckoning) settle() {
	for i := range k.Lines {
		l := &k.Lines[i]
		l.Estimate = l.Line
		if l.Listed != 0 {
			l.Estimate = l.Listed
		}
		if l.detailed.classes >= max(l.Classes, 1) || l.Detailed > l.Estimate {
			l.Estimate = l.Detailed
		}
		if l.Learners == 0 {
			l.Learners = k.plan.PlacesOf(l.Programs)
		}
		l.SelfPaid = len(l.Programs) > 0 && !slices.ContainsFunc(l.Programs, func(code string) bool {
			p := k.plan.Program(code)
			return p == nil || !p.SelfPaid
		})
		k.Estimated = k.Estimated.Plus(l.Estimate)
		k.Spent = k.Spent.Plus(l.Spent)
		k.HasSpent = k.HasSpent || l.HasSpent
	}
}

// project counts each program's valid registrations in the line that names
// fewest programs besides it.
func (k *reckoning) project(valid func(program string) int) {
	best := make(map[string]int)
	for i := range k.Lines {
		for _, code := range k.Lines[i].Programs {
			if j, ok := best[code]; !ok || len(k.Lines[i].Programs) < len(k.Lines[j].Programs) {
				best[code] = i
			}
		}
	}
	for code, i := range best {
		k.Lines[i].Registered += valid(code)
	}
	for i := range k.Lines {
		if l := &k.Lines[i]; !l.SelfPaid {
			l.Projected = l.Cost().Share(l.Registered, l.Learners)
			k.Projected = k.Projected.Plus(l.Projected)
		}
	}
}

// PlacesOf is the plan's number of places for programs together: the group's
// when they are the whole of one, else the sum where all have numbers; 0 for a
// part of the programs that share one number.
func (p *Plan) PlacesOf(programs []string) int {
	programs = slices.Compact(slices.Sorted(slices.Values(programs)))
	for i := range p.Groups {
		if slices.Equal(slices.Sorted(slices.Values(p.Groups[i].Programs)), programs) {
			return p.Groups[i].Quota.Places
		}
	}
	sum := 0
	for _, code := range programs {
		program := p.Program(code)
		if program == nil || program.Quota.Places == 0 {
			return 0
		}
		sum += program.Quota.Places
	}
	return sum
}
