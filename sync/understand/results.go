package understand

import (
	"math"
	"regexp"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// resultList is what a list of a class says of everybody on it.
type resultList struct {
	listKind
	class    string
	decision string
}

// resultList reads the head of the list whose header stands at the row first.
func (l *rosterReader) resultList(first int) resultList {
	s := l.sheet
	list := resultList{listKind: kindOfList(l.top.title), class: l.top.title}
	if list.class == "" {
		list.class = s.out.Name
	}
	for i := first - 1; i >= max(0, first-maxHeadRows); i-- {
		text := s.view.rows[i].text()
		if s.rows[i].kind != reconcile.RowTitle {
			break
		}
		no, date := decisionIn(text)
		if no != "" && list.decision == "" {
			list.decision = no
			if list.from.IsZero() && list.to.IsZero() {
				list.to = date
			}
		}
		if from, to := classDates(text); list.from.IsZero() && !from.IsZero() {
			list.from, list.to = from, to
		}
	}
	if list.outcome == reconcile.NoOutcome && list.to.Year > s.reader.plan.Year && s.reader.plan.Year > 0 {
		list.outcome, list.final = reconcile.Studying, false // the class goes on
	}
	return list
}

const maxHeadRows = 15

// result reads the learners of a row. Who has been in a class is no
// registration for one: the row is an item.
func (l *rosterReader) result(i int) {
	s := l.sheet
	row := &s.view.rows[i]
	s.rows[i].kind = reconcile.RowItem
	people := 0
	for _, b := range l.blocks {
		if e := b.evidence(row); e.name == "" && e.others < 2 {
			continue
		}
		each := b.oneEach(s, row)
		for _, one := range each {
			d := l.draft(b, one, row, len(each) > 1)
			for _, learner := range d.registrations(nil) {
				s.out.Results = append(s.out.Results, l.resultOf(d, learner))
			}
		}
		people += len(each)
	}
	l.signing = false
	l.tally.people(row.number, people)
}

func (l *rosterReader) resultOf(d *draft, learner *reconcile.Registration) *reconcile.Result {
	r := &reconcile.Result{
		Learner: *learner, Class: l.results.class, Final: l.results.final, Decision: l.results.decision,
		From: l.results.from, To: l.results.to,
	}
	if learner.ProgramText != "" {
		if learner.Readings.Has(reconcile.FieldProgram) && learner.ProgramText != l.top.title {
			r.Class = learner.ProgramText
		}
	}
	l.readOutcome(d, r)
	costs := resultCosts{}
	for k := range d.block.columns {
		c := &d.block.columns[k]
		found, ok := d.cell(c)
		if !ok {
			continue
		}
		if fault, read := l.resultValue(r, c, found, &costs); read {
			if !r.Learner.Readings.Has(c.field) {
				r.Learner.Readings.SetAt(c.field, c.col, d.row.number, found.text, fault)
			}
		}
	}
	r.Cost, r.HasCost = costs.sum()
	return r
}

// resultValue reads a cell of a column that only such lists have.
func (l *rosterReader) resultValue(r *reconcile.Result, c *column, found cell, costs *resultCosts) (fault reconcile.Fault, read bool) {
	ok := true
	switch c.field {
	case reconcile.FieldGrade:
		r.Grade = found.text
	case reconcile.FieldScore:
		r.ScoreMil, r.HasScore = thousandths(found)
		ok = r.HasScore
	case reconcile.FieldDecision:
		r.Decision = found.text
	case reconcile.FieldOpened:
		days := l.sheet.dates.cell(found)
		if days.n > 0 {
			r.From = days.list[0]
		}
		if days.n > 1 {
			r.To = days.list[1]
		}
		fault = days.fault
	case reconcile.FieldClosed:
		days := l.sheet.dates.cell(found)
		if days.n > 0 {
			r.To = days.list[days.n-1]
		}
		fault = days.fault
	case reconcile.FieldOwed:
		r.MonthsOwed, r.HasOwed = months(found)
		ok = r.HasOwed
	case reconcile.FieldServed:
		r.MonthsServed, r.HasServed = months(found)
		ok = r.HasServed
	case reconcile.FieldCost:
		ok = costs.add(c, found, l.unit)
	case reconcile.FieldOutcome:
	default:
		return fault, false
	}
	if !ok && !saysNone(found.text) {
		fault = reconcile.Malformed
	}
	return fault, true
}

// readOutcome takes what the row itself says before what its grade, its note,
// its section and the title say.
func (l *rosterReader) readOutcome(d *draft, r *reconcile.Result) {
	var own, grade, note reconcile.Outcome
	for k := range d.block.columns {
		c := &d.block.columns[k]
		found, ok := d.cell(c)
		if !ok {
			continue
		}
		switch {
		case c.field == reconcile.FieldOutcome && c.holds == aMark:
			if !saysNone(found.text) {
				own = outcomeOf(c.levels[len(c.levels)-1])
			}
		case c.field == reconcile.FieldOutcome && own == reconcile.NoOutcome:
			own = gradeOutcome(found.text)
		case c.field == reconcile.FieldGrade:
			grade = gradeOutcome(found.text)
		case c.field == reconcile.FieldNote:
			note = outcomeOf(found.text)
		}
	}
	for _, outcome := range []reconcile.Outcome{own, note, grade, l.sectionOutcome(), l.results.outcome} {
		if outcome != reconcile.NoOutcome {
			r.Outcome = outcome
			return
		}
	}
}

// sectionOutcome is that of the nearest section that says one ("II. Học viên
// không hoàn thành khóa học").
func (l *rosterReader) sectionOutcome() reconcile.Outcome {
	for i := len(l.sections) - 1; i >= 0; i-- {
		if outcome := outcomeOf(l.sections[i].text); outcome != reconcile.NoOutcome {
			return outcome
		}
	}
	return reconcile.NoOutcome
}

// resultCosts adds the costs of one learner: the sheet's own total where it has
// one, else the sum of the single costs.
type resultCosts struct {
	total, single       reconcile.VND
	hasTotal, hasSingle bool
}

func (c *resultCosts) add(col *column, found cell, unit int64) bool {
	amount, ok := money(found, unit)
	if !ok {
		return false
	}
	if contains(words(col.levels[len(col.levels)-1]), totalCost) {
		c.total, c.hasTotal = amount, true
		return true
	}
	c.single += amount // amounts are below 2^53, a row has few of them
	c.hasSingle = true
	return true
}

func (c *resultCosts) sum() (reconcile.VND, bool) {
	if c.hasTotal {
		return c.total, true
	}
	return c.single, c.hasSingle
}

var timeSpan = regexp.MustCompile(`(?i)^\s*(\d+(?:[.,]\d+)?)\s*(tháng|năm|thang|nam)?\.?\s*$`)

// months reads a time of service in whole months: a number is one of months,
// "2 năm" are 24. A part of a month is rounded, half a month up, as Decree
// 101/2017, article 8, has it rounded.
func months(c cell) (n int, ok bool) {
	value := c.Number
	if c.Kind != sheet.Number {
		m := timeSpan.FindStringSubmatch(c.text)
		if m == nil {
			return 0, false
		}
		mil, read := thousandths(cell{Cell: noCell.Cell, text: m[1]})
		if !read {
			return 0, false
		}
		value = float64(mil) / 1000
		if unit := strings.ToLower(m[2]); unit == "năm" || unit == "nam" {
			value *= 12
		}
	}
	value = math.Floor(value + 0.5)
	if math.IsNaN(value) || value < 0 || value > maxMonths {
		return 0, false
	}
	return int(value), true
}

// maxMonths is a working life; a longer time is no time of service.
const maxMonths = 600
