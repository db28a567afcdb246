package report

import "doisoat/reconcile"

// Summary is what a page shows of a view without loading what the reports are
// made from: their figures, as the last run left them.
type Summary struct {
	Figures
	// Silent are the codes of the agencies of which no document came, and
	// AgencyCount is how many there are in the plan's time.
	Silent      []string
	AgencyCount int
}

// Summary is that of the bloc, or of all when it is "".
func (d *Data) Summary(bloc reconcile.Bloc) *Summary { return newView(d, bloc).summary() }

func (v *view) summary() *Summary {
	s := &Summary{Figures: *v.figures, AgencyCount: len(v.agencies)}
	for _, a := range v.silent() {
		s.Silent = append(s.Silent, a.Code)
	}
	return s
}
