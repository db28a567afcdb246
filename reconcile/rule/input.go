package rule

import (
	"slices"

	"doisoat/reconcile"
)

// AddDocuments gives the input what the documents say, each list once: of a
// sheet that a later one takes the place of, nothing counts (see FindResent).
// What the input held already, such as the office's own allocations, stays.
// Keys are assigned. Guard and Decided of the input must be set before, Persons
// and Unsure are found afterwards.
func (in *Input) AddDocuments(documents []*reconcile.Document) {
	in.Documents = documents
	in.Resent = FindResent(in.Plan, documents, in.Guard.OrDefault(), in.Decided)
	gone := in.replaced()
	for _, d := range documents {
		for i := range d.Sheets {
			s := &d.Sheets[i]
			if gone[sheetRef{d.Source, s.Name}] {
				continue
			}
			in.Registrations = append(in.Registrations, s.Registrations()...)
			in.Allocations = append(in.Allocations, s.Allocations...)
			in.Estimates = appendEstimates(in.Estimates, s.Estimates)
			in.Results = append(in.Results, s.Results...)
		}
	}
	reconcile.AssignKeys(in.Registrations)
	reconcile.AssignKeys(reconcile.Learners(in.Results))
}

// replaced are the sheets that count no more.
func (in *Input) replaced() map[sheetRef]bool {
	gone := make(map[sheetRef]bool)
	for i := range in.Resent {
		if r := &in.Resent[i]; r.Counted {
			gone[sheetRef{r.Earlier.Source, r.Earlier.Sheet}] = true
		}
	}
	return gone
}

// appendEstimates joins two lists of lines; the references of subtotals to
// their lines move with them.
func appendEstimates(all, more []reconcile.EstimateLine) []reconcile.EstimateLine {
	offset := len(all)
	for _, line := range more {
		line.Lines = slices.Clone(line.Lines)
		for i := range line.Lines {
			line.Lines[i] += offset
		}
		all = append(all, line)
	}
	return all
}
