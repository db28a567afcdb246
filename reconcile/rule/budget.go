package rule

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// Budget is what the plan's classes are expected to cost, as rules and reports
// reckon it alike.
type Budget struct {
	Lines []BudgetLine // in a stable order
	// Approved is the plan's budget.
	Approved reconcile.VND
	// Estimated is the sum of all lines' estimates, Projected that of all
	// projections.
	Estimated, Projected reconcile.VND
	// Unread are lines of programs without a readable amount; they are in no sum.
	Unread []reconcile.Origin
}

// BudgetLine is the money of one program, or of several that one line of the
// estimate names together.
type BudgetLine struct {
	Programs []string // sorted; empty when the line names none of the plan
	Text     string
	// Line is the amount that the list of programs states, Detailed the sum of
	// the detailed estimates; zero where there is none.
	Line, Detailed reconcile.VND
	// Estimate is the one of the two that counts.
	Estimate reconcile.VND
	Learners int // that the amount is for; 0 when nobody says
	Classes  int
	// Registered counts the valid registrations, each in one line only.
	Registered int
	// Projected is Registered × cost per learner; zero when Learners is, or
	// when those who ask for the class pay for it.
	Projected reconcile.VND
	SelfPaid  bool
	Place     reconcile.Origin

	details int // detailed sheets
}

// Cost is the amount that a learner's cost is reckoned from: the program's
// line, else the detailed estimates.
func (l *BudgetLine) Cost() reconcile.VND {
	if l.Line != 0 {
		return l.Line
	}
	return l.Detailed
}

func (l *BudgetLine) id() string {
	if len(l.Programs) == 0 {
		return "?" + reconcile.Key(l.Text)
	}
	return strings.Join(l.Programs, "+")
}

// BudgetOf reckons the budget from the estimates and from the registrations
// that the last Run on the input left valid.
func BudgetOf(in *Input) Budget {
	if in.index == nil {
		in.index = newIndex(in)
	}
	b := Budget{Approved: in.Plan.Approved}
	lines := make(map[string]*BudgetLine)
	for _, sheet := range in.estimateSheets() {
		if sheet.detailed() {
			sheet.addDetail(lines)
		} else {
			b.Unread = append(b.Unread, sheet.addLines(lines)...)
		}
	}
	for _, l := range lines {
		b.Lines = append(b.Lines, *l)
	}
	slices.SortFunc(b.Lines, func(a, c BudgetLine) int {
		return cmp.Or(in.comparePlaces(a.Place, c.Place), cmp.Compare(a.id(), c.id()))
	})
	b.dropCovered()
	in.project(&b)
	return b
}

// estimateSheet is the lines of one sheet, in its order.
type estimateSheet []*reconcile.EstimateLine

func (in *Input) estimateSheets() []estimateSheet {
	bySheet := make(map[sheetRef]estimateSheet)
	for i := range in.Estimates {
		l := &in.Estimates[i]
		ref := sheetRef{l.Origin.Source, l.Origin.Sheet}
		bySheet[ref] = append(bySheet[ref], l)
	}
	sheets := make([]estimateSheet, 0, len(bySheet))
	for _, lines := range bySheet {
		slices.SortStableFunc(lines, func(a, b *reconcile.EstimateLine) int { return in.comparePlaces(a.Origin, b.Origin) })
		sheets = append(sheets, lines)
	}
	slices.SortFunc(sheets, func(a, b estimateSheet) int { return in.comparePlaces(a[0].Origin, b[0].Origin) })
	return sheets
}

// detailed reports whether the sheet lists the costs of one class rather than
// the programs of the plan.
func (s estimateSheet) detailed() bool {
	items := false
	for _, l := range s {
		if l.Kind == reconcile.ProgramLine {
			return false
		}
		items = items || l.Kind == reconcile.ItemLine
	}
	return items
}

// addDetail adds a detailed estimate: its last total, else the sum of its
// items.
func (s estimateSheet) addDetail(lines map[string]*BudgetLine) {
	var programs []string
	var total, items reconcile.VND
	for _, l := range s {
		programs = append(programs, l.Programs...)
		switch {
		case l.Kind == reconcile.TotalLine && l.HasAmount:
			total = l.Amount
		case l.Kind == reconcile.ItemLine && l.HasAmount:
			items += l.Amount
		}
	}
	if total == 0 {
		total = items
	}
	line := at(lines, programs, s[0].Origin.Sheet, s[0].Origin)
	line.Detailed += total
	line.details++
}

// addLines adds the lines of a list of programs and returns those whose amount
// is missing.
func (s estimateSheet) addLines(lines map[string]*BudgetLine) []reconcile.Origin {
	var unread []reconcile.Origin
	for _, l := range s {
		if l.Kind != reconcile.ProgramLine {
			continue
		}
		if !l.HasAmount {
			unread = append(unread, l.Origin)
			continue
		}
		line := at(lines, l.Programs, l.Text, l.Origin)
		line.Line += l.Amount
		line.Learners += l.Learners
		line.Classes += l.Classes
	}
	return unread
}

func at(lines map[string]*BudgetLine, programs []string, text string, place reconcile.Origin) *BudgetLine {
	fresh := &BudgetLine{Programs: sortedSet(programs), Text: text, Place: place}
	if known := lines[fresh.id()]; known != nil {
		return known
	}
	lines[fresh.id()] = fresh
	return fresh
}

// dropCovered takes detailed estimates out of the sum whose programs another
// line has together with others: their money is in that line already. Then it
// settles which amount of each line counts.
func (b *Budget) dropCovered() {
	stated := make(map[string]bool)
	for i := range b.Lines {
		if b.Lines[i].Line != 0 {
			for _, code := range b.Lines[i].Programs {
				stated[code] = true
			}
		}
	}
	b.Lines = slices.DeleteFunc(b.Lines, func(l BudgetLine) bool {
		return l.Line == 0 && slices.ContainsFunc(l.Programs, func(code string) bool { return stated[code] })
	})
	for i := range b.Lines {
		l := &b.Lines[i]
		l.Estimate = l.Line
		// Detailed estimates replace the line when they cover its classes. One
		// for the first of three classes says nothing of the others; then the
		// line stands, unless the details alone pass it.
		if l.details >= max(l.Classes, 1) || l.Detailed > l.Line {
			l.Estimate = l.Detailed
		}
		b.Estimated += l.Estimate
	}
}

// project counts each program's valid registrations in the line that names
// fewest programs besides it.
func (in *Input) project(b *Budget) {
	best := make(map[string]int)
	for i := range b.Lines {
		l := &b.Lines[i]
		if quota, ok := in.quotaOf(l.Programs); l.Learners == 0 && ok {
			l.Learners = quota.Places
		}
		l.SelfPaid = len(l.Programs) > 0 && !slices.ContainsFunc(l.Programs, func(code string) bool {
			p := in.Plan.Program(code)
			return p == nil || !p.SelfPaid
		})
		for _, code := range l.Programs {
			if j, ok := best[code]; !ok || len(l.Programs) < len(b.Lines[j].Programs) {
				best[code] = i
			}
		}
	}
	for code, i := range best {
		b.Lines[i].Registered += len(in.valid([]string{code}))
	}
	for i := range b.Lines {
		l := &b.Lines[i]
		if l.Learners > 0 && !l.SelfPaid {
			l.Projected = timesShare(l.Cost(), l.Registered, l.Learners)
			b.Projected += l.Projected
		}
	}
}

// timesShare is amount × n / of, rounded half up, exact at any size.
func timesShare(amount reconcile.VND, n, of int) reconcile.VND {
	product := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(n)))
	product.Add(product, big.NewInt(int64(of)/2))
	return reconcile.VND(product.Div(product, big.NewInt(int64(of))).Int64())
}
