package rule

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// BudgetOf reckons the budget from the estimates and from the registrations
// that the last Run on the input left valid. The order of the input does not
// matter.
func BudgetOf(in *Input) reconcile.Budget {
	if in.index == nil {
		in.index = newIndex(in)
	}
	estimates := slices.Clone(in.Estimates)
	slices.SortStableFunc(estimates, func(a, b reconcile.EstimateLine) int { return in.comparePlaces(a.Origin, b.Origin) })
	return reconcile.BudgetOf(in.Plan, estimates, func(program string) int {
		return len(in.valid([]string{program}))
	})
}

// lineID identifies a budget line by its programs, by its text when it names
// none.
func lineID(l *reconcile.BudgetLine) string {
	if len(l.Programs) == 0 {
		return "?" + reconcile.Key(l.Text)
	}
	return strings.Join(l.Programs, "+")
}
