package push

import (
	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// repair plans what is left to do after a write. Mostly that is nothing. When
// somebody moved rows or columns between the read and the write, cells were
// written beside their place: these are cleared where they hit a row that is no
// finding, and an answer that was hit is written again as it was read.
func (w *findingsTab) repair(before, after *tabState, done *tabPlan) *tabPlan {
	p := w.plan(after)
	if before.header < 0 || after.header < 0 || after.lost {
		return p
	}
	for at, text := range done.shown {
		stray := at.row > after.header && after.codes[at.row] == "" && text != "" && after.wrote(at, done)
		if stray {
			p.cells[at] = &sheets.CellData{}
			p.shown[at] = ""
			p.reason = true
		}
	}
	for code, row := range before.byCode {
		if before.answered(row) {
			p.restore(code, before, done)
		}
	}
	return p
}

// wrote reports whether the cell holds just what the plan put there.
func (s *tabState) wrote(at place, done *tabPlan) bool {
	text, ok := done.shown[at]
	if !ok {
		return false
	}
	c := s.cell(at.row, at.col)
	if c == nil || c.EffectiveValue == nil {
		return text == ""
	}
	if d := done.cells[at].UserEnteredValue; d != nil && d.NumberValue != nil {
		return c.EffectiveValue.NumberValue != nil && *c.EffectiveValue.NumberValue == *d.NumberValue
	}
	return c.EffectiveValue.StringValue != nil && *c.EffectiveValue.StringValue == text
}

// restore brings back the answers of a code where the write hit them.
func (p *tabPlan) restore(code string, before *tabState, done *tabPlan) {
	l := p.layout
	row, ok := p.state.byCode[code]
	if !ok {
		p.restoreRow(code, before, done)
		return
	}
	for _, column := range []int{l.answer, l.text} {
		at := place{row, p.at[column]}
		was := before.staff(before.byCode[code], column)
		if was != "" && p.state.staff(row, column) != was && p.state.wrote(at, done) {
			w := wanted{value: cellValue{text: was}}
			p.set(at, w, lookOf(report.StaffCell, true))
			p.reason = true
		}
	}
}

// restoreRow brings back a row whose code was hit. A row that somebody deleted
// is gone by their will.
func (p *tabPlan) restoreRow(code string, before *tabState, done *tabPlan) {
	hit := false
	for at := range done.shown {
		hit = hit || (at.col == p.at[p.layout.code] && p.state.wrote(at, done))
	}
	if !hit {
		return
	}
	row := before.byCode[code]
	answers := map[int]string{
		p.layout.answer: before.staff(row, p.layout.answer),
		p.layout.text:   before.staff(row, p.layout.text),
	}
	cells := []report.Cell(nil)
	for _, r := range p.layout.rows() {
		if p.layout.rowCode(r) == code {
			cells = r
		}
	}
	if cells == nil {
		cells = make([]report.Cell, len(p.layout.columns))
		cells[p.layout.code] = report.Cell{Value: code, Style: report.Bold}
		cells[p.layout.status] = report.Cell{Value: archived, Style: report.SolvedMark}
	}
	p.dropAppended(code)
	p.append(cells, answers)
	p.reason = true
}

// dropAppended takes back the row without answers that the plan would append.
func (p *tabPlan) dropAppended(code string) {
	col := p.at[p.layout.code]
	for i, r := range p.rows {
		if v := r.Values[col].UserEnteredValue; v != nil && v.StringValue != nil && reconcile.DiscrepancyCode(*v.StringValue) == code {
			p.rows = append(p.rows[:i], p.rows[i+1:]...)
			return
		}
	}
}
