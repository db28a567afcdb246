package report

import (
	"math/big"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// MoneyFigures are the plan's money in VND.
type MoneyFigures struct {
	Approved reconcile.VND // by the plan
	// Estimated, Projected and Spent leave out what is not paid from the
	// provincial budget (SelfPaid).
	Estimated, Projected, Spent reconcile.VND
	HasEstimates, HasSpent      bool
	// Unpriced counts valid registrations of programs for which no money is
	// loaded; the projection knows nothing of them.
	Unpriced int
	Lines    []MoneyLine
}

// MoneyLine is the money of one program, or of several that share a budget
// line.
type MoneyLine struct {
	Programs []string // none when the sheet names no program that is known
	Text     string   // what the sheet calls it
	Line     reconcile.VND
	HasLine  bool
	// Detailed is the sum of the detailed estimates' items.
	Detailed    reconcile.VND
	HasDetailed bool
	// Estimated is Detailed when the detailed estimates cover all programs of
	// the line, else the larger of the two.
	Estimated reconcile.VND
	// Learners is the line's own number, or the programs' quota; PerLearner
	// is the line's (else the detailed) amount divided by it.
	Learners   int
	PerLearner reconcile.VND
	Valid      int // valid registrations
	// Projected is Valid × amount ÷ Learners, rounded to the đồng.
	Projected reconcile.VND
	Spent     reconcile.VND
	HasSpent  bool
	SelfPaid  bool
	Origin    reconcile.Origin

	covered map[string]bool // programs with a detailed estimate
}

func (v *view) money(byProgram map[string]Count) MoneyFigures {
	m := MoneyFigures{Approved: v.Plan.Approved, HasEstimates: len(v.Estimates) > 0, Lines: v.moneyLines()}
	priced := make(map[string]bool)
	for i := range m.Lines {
		line := &m.Lines[i]
		v.settle(line, byProgram)
		for _, code := range line.Programs {
			priced[code] = true
		}
		if line.SelfPaid {
			continue
		}
		m.Estimated += line.Estimated
		m.Projected += line.Projected
		m.Spent += line.Spent
		m.HasSpent = m.HasSpent || line.HasSpent
	}
	for i := range v.Plan.Programs {
		if p := &v.Plan.Programs[i]; !priced[p.Code] && !p.SelfPaid {
			m.Unpriced += byProgram[p.Code].Valid
		}
	}
	return m
}

// moneyLines joins the program lines, and the items of detailed estimates, of
// the same programs.
func (v *view) moneyLines() []MoneyLine {
	var lines []MoneyLine
	at := make(map[string]int)
	get := func(e *reconcile.EstimateLine) *MoneyLine {
		key := strings.Join(slices.Sorted(slices.Values(e.Programs)), "+")
		if len(e.Programs) == 0 {
			key = "?" + reconcile.Key(e.Text) // unknown things are not one thing
			if e.Kind == reconcile.ItemLine {
				key = "?" + e.Origin.Source + "\x00" + e.Origin.Sheet
			}
		}
		i, ok := at[key]
		if !ok {
			i = len(lines)
			at[key] = i
			lines = append(lines, MoneyLine{Programs: e.Programs, Text: lineText(e), Origin: e.Origin, covered: map[string]bool{}})
		}
		return &lines[i]
	}
	for i := range v.Estimates {
		if e := &v.Estimates[i]; e.Kind == reconcile.ProgramLine {
			line := get(e)
			line.Line += e.Amount
			line.HasLine = line.HasLine || e.HasAmount
			line.Learners += e.Learners
			line.addSpent(e)
		}
	}
	for i := range v.Estimates {
		if e := &v.Estimates[i]; e.Kind == reconcile.ItemLine {
			line := lineAround(lines, e.Programs)
			if line == nil {
				line = get(e)
			}
			line.Detailed += e.Amount
			line.HasDetailed = line.HasDetailed || e.HasAmount
			line.addSpent(e)
			for _, code := range e.Programs {
				line.covered[code] = true
			}
		}
	}
	return lines
}

func lineText(e *reconcile.EstimateLine) string {
	if e.Kind == reconcile.ItemLine {
		return e.Origin.Sheet
	}
	return e.Text
}

// lineAround finds the program line that a detailed estimate spells out.
func lineAround(lines []MoneyLine, programs []string) *MoneyLine {
	for i := range lines {
		if len(programs) > 0 && lines[i].HasLine && within(programs, lines[i].Programs) {
			return &lines[i]
		}
	}
	return nil
}

func (l *MoneyLine) addSpent(e *reconcile.EstimateLine) {
	l.Spent += e.Spent
	l.HasSpent = l.HasSpent || e.HasSpent
}

// settle computes what follows from the line's sums.
func (v *view) settle(l *MoneyLine, byProgram map[string]Count) {
	l.SelfPaid = len(l.Programs) > 0
	places := 0
	for _, code := range l.Programs {
		l.Valid += byProgram[code].Valid
		if p := v.Plan.Program(code); p != nil {
			l.SelfPaid = l.SelfPaid && p.SelfPaid
			places += p.Quota.Places
		} else {
			l.SelfPaid = false
		}
	}
	if places == 0 {
		places = v.sharedPlaces(l.Programs)
	}
	if l.Learners == 0 {
		l.Learners = places
	}
	l.Estimated = l.Line
	if l.HasDetailed && (len(l.covered) == len(l.Programs) || l.Detailed > l.Line) {
		l.Estimated = l.Detailed
	}
	base := l.Line
	if !l.HasLine {
		base = l.Detailed
	}
	l.PerLearner = perLearner(base, 1, l.Learners)
	l.Projected = perLearner(base, l.Valid, l.Learners)
}

// sharedPlaces is the quota that all of the programs share, 0 when they are not
// the whole of a group.
func (v *view) sharedPlaces(programs []string) int {
	for i := range v.Plan.Groups {
		if g := &v.Plan.Groups[i]; within(g.Programs, programs) && within(programs, g.Programs) {
			return g.Quota.Places
		}
	}
	return 0
}

// perLearner is amount × n ÷ learners, rounded to the nearest đồng, halves up;
// 0 without learners.
func perLearner(amount reconcile.VND, n, learners int) reconcile.VND {
	if learners <= 0 || amount < 0 {
		return 0
	}
	product := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(n)))
	product.Add(product, big.NewInt(int64(learners/2)))
	product.Quo(product, big.NewInt(int64(learners)))
	return reconcile.VND(product.Int64())
}
