package main

import (
	"doisoat/config"
	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/sync/understand"
)

// taughtReader builds the reader with the wordings of the configuration, and
// adds those of classes and bodies to the plan and the register.
func taughtReader(cfg config.Config, p *reconcile.Plan, r *reconcile.Register) (*understand.Reader, error) {
	programs := make([]string, len(p.Programs))
	for i := range p.Programs {
		programs[i] = p.Programs[i].Code
	}
	agency := plan.AgencyCode(r)
	named := func(word string) []string {
		if code, ok := agency(word); ok {
			return []string{code}
		}
		return nil
	}
	w := cfg.Wordings
	if err := cfg.CheckWordings(programs, agencyCodes(r), plan.ProgramsNamed(p), named); err != nil {
		return nil, err
	}
	plan.Teach(p, r, w.Programs, w.Agencies)
	return understand.New(p, r).Teach(w.Columns), nil
}

// readerVersion is part of the version under which documents are stored: they
// are read again when the reader, or what it was taught, has changed.
func readerVersion(w config.Wordings) string {
	if taught := w.Fingerprint(); taught != "" {
		return understand.Version + "-" + taught
	}
	return understand.Version
}

func agencyCodes(r *reconcile.Register) []string {
	codes := make([]string, len(r.Agencies))
	for i := range r.Agencies {
		codes[i] = r.Agencies[i].Code
	}
	return codes
}
