package web

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// statusPage is what the public page's template sees: how the plan stands,
// and nobody's name. Files' names stay inside, too: people put names into them.
type statusPage struct {
	pipeline.Status
	Last    reconcile.Run
	HasLast bool
	Senders []sender
	Bars    []bar
}

// sender is what the newest run read of one agency.
type sender struct {
	Agency                                string
	Files, Failed, Registrations, Unclear int
}

// bar is an amount of money against the approved budget.
type bar struct {
	Label  string
	Amount reconcile.VND
	Share  int // percent of the budget, not above 100
	Over   bool
}

// status shows how the plan stands.
func (v *visit) status() error {
	state, err := v.Service.Status(v.r.Context())
	if err != nil {
		return err
	}
	state.Next = v.Schedule.Next(state.Now)
	page := statusPage{Status: state, Senders: senders(state.Sources)}
	page.Last, page.HasLast = lastFinished(state.Runs)
	if page.HasLast {
		page.Bars = bars(state.Plan.Approved, page.Last.Counts)
	}
	return v.show("status", "Tình hình đối soát", page)
}

// senders counts the documents of each agency, in the order of codes; those of
// nobody known come last.
func senders(sources []reconcile.SourceRun) []sender {
	byAgency := make(map[string]*sender)
	for i := range sources {
		source := &sources[i]
		s := byAgency[source.Agency]
		if s == nil {
			s = &sender{Agency: source.Agency}
			byAgency[source.Agency] = s
		}
		s.Files++
		s.Registrations += source.Registrations
		s.Unclear += source.NotUnderstood
		if source.Status == reconcile.SourceFailed {
			s.Failed++
		}
	}
	all := make([]sender, 0, len(byAgency))
	for _, s := range byAgency {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b sender) int {
		if (a.Agency == "") != (b.Agency == "") {
			return cmp.Compare(len(b.Agency), len(a.Agency))
		}
		return cmp.Compare(a.Agency, b.Agency)
	})
	return all
}

func bars(approved reconcile.VND, c reconcile.RunCounts) []bar {
	all := []bar{{Label: "Dự toán", Amount: c.BudgetEstimated}, {Label: "Dự kiến theo đăng ký hợp lệ", Amount: c.BudgetProjected}}
	for i := range all {
		b := &all[i]
		b.Over = b.Amount > approved
		b.Share = 100
		if !b.Over && approved > 0 {
			b.Share = int(b.Amount * 100 / approved)
		}
	}
	return all
}
