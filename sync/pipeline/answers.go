package pipeline

import (
	"context"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// answersOf is the part of a copy in the reports folder that is not ours: what
// people wrote into the discrepancy tab. The lists in such a copy are the
// agency's own, which are read where the agency keeps them.
func answersOf(d *reconcile.Document) *reconcile.Document {
	answers := *d
	answers.Sheets = nil
	for _, s := range d.Sheets {
		if s.Role == reconcile.RoleDiscrepancies {
			answers.Sheets = append(answers.Sheets, s)
		}
	}
	// A copy that cannot be read (someone has it open, a half-made upload)
	// has no answers now; the next run looks again.
	return &answers
}

// holdsOnlyAnswers reports whether the document is a copy from the reports
// folder, which takes no part in the reconciliation itself.
func (p *Pipeline) holdsOnlyAnswers(d *reconcile.Document) bool {
	return p.isCopy(d.Source)
}

// IsCopy reports whether the source is a copy from the reports folder, which
// only gives answers.
func (p *Pipeline) IsCopy(source string) bool { return p.isCopy(source) }

// isCopy reports whether the source is a report of our own: a copy from the
// reports folder, or the office's spreadsheet.
func (p *Pipeline) isCopy(source string) bool {
	return p.cfg.Answers != nil && owns(p.cfg.Answers, source) || p.isOffice(source)
}

// saveAnswers keeps the responses and decisions that the document holds.
// It returns how many of them were new. Answers to findings that nobody knows
// are named in the log by their code.
func (p *Pipeline) saveAnswers(ctx context.Context, tx postgres.Tx, run int64, d *reconcile.Document) (changed int, err error) {
	var responses []reconcile.Response
	var decisions []reconcile.Decision
	var tabs []string
	for i := range d.Sheets {
		if d.Sheets[i].Role == reconcile.RoleDiscrepancies {
			tabs = append(tabs, d.Sheets[i].Tab)
		}
		responses = append(responses, d.Sheets[i].Responses...)
		decisions = append(decisions, d.Sheets[i].Decisions...)
		if d.Format == reconcile.GoogleSheet {
			for _, r := range cleared(d, &d.Sheets[i]) {
				responses = append(responses, r)
				decisions = append(decisions, reconcile.Decision{Code: r.Code, Tab: r.Tab, Origin: r.Origin})
			}
		}
	}
	if d.Editor != "" {
		for i := range responses {
			responses[i].By, responses[i].Edited = d.Editor, d.Received
		}
		for i := range decisions {
			decisions[i].By, decisions[i].Edited = d.Editor, d.Received
		}
	}
	r, err := p.cfg.Store.SaveResponses(ctx, tx, p.cfg.Plan.ID, run, responses, p.now())
	if err != nil {
		return 0, err
	}
	v, err := p.cfg.Store.SaveDecisions(ctx, tx, p.cfg.Plan.ID, run, decisions, p.now())
	if err != nil {
		return 0, err
	}
	if err := p.cfg.Store.NoteTabs(ctx, tx, p.cfg.Plan.ID, run, d.Source, tabs...); err != nil {
		return 0, err
	}
	for _, code := range append(r.Unknown, v.Unknown...) {
		p.cfg.Log.WarnContext(ctx, "an answer to a finding that is not in the database", "code", code, "document", d.Source)
	}
	return r.Saved + r.Withdrawn + v.Saved + v.Withdrawn, nil
}

// cleared are the findings whose answers are empty in a live tab. Only there
// does an empty cell say that an answer was taken back: a file may be an older
// copy that never had the answer, and the next report shows it again.
func cleared(d *reconcile.Document, s *reconcile.Sheet) []reconcile.Response {
	answered := make(map[string]bool, len(s.Responses)+len(s.Decisions))
	for i := range s.Responses {
		answered[s.Responses[i].Code] = true
	}
	for i := range s.Decisions {
		answered[s.Decisions[i].Code] = true
	}
	var empty []reconcile.Response
	for _, code := range s.Codes {
		if !answered[code] {
			empty = append(empty, reconcile.Response{Code: code, Tab: s.Tab, Origin: reconcile.Origin{Source: d.Source, Sheet: s.Name}})
		}
	}
	return empty
}
