package report

import "doisoat/reconcile"

// MoneyFigures are the plan's money in VND.
type MoneyFigures struct {
	reconcile.Budget
	HasEstimates bool
	// Unpriced counts valid registrations of programs for which no money is
	// loaded; the projection knows nothing of them.
	Unpriced int
}

func (v *view) money(byProgram map[string]Count) MoneyFigures {
	m := MoneyFigures{
		Budget: reconcile.BudgetOf(v.Plan, v.Estimates, func(code string) int {
			return byProgram[code].Valid
		}),
		HasEstimates: len(v.Estimates) > 0,
	}
	priced := make(map[string]bool)
	for i := range m.Lines {
		for _, code := range m.Lines[i].Programs {
			priced[code] = true
		}
	}
	for i := range v.Plan.Programs {
		if p := &v.Plan.Programs[i]; !priced[p.Code] && !p.SelfPaid {
			m.Unpriced += byProgram[p.Code].Valid
		}
	}
	return m
}
