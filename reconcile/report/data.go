package report

import (
	"slices"
	"time"

	"doisoat/reconcile"
)

// Data is everything that reports are made from, as one run left it. Reports
// read it and change nothing.
type Data struct {
	Plan     *reconcile.Plan
	Register *reconcile.Register
	// Run is the run that the reports are of; Previous is the last one
	// before it whose reports were all written, nil for the first.
	Run      reconcile.Run
	Previous *reconcile.Run
	Runs     []reconcile.Run       // the ledger, newest first, Run included
	Sources  []reconcile.SourceRun // what Run did with each document
	// Documents of all sources, unreadable ones too, in a stable order.
	Documents     []*reconcile.Document
	Registrations []*reconcile.Registration // keys assigned, in a stable order
	Allocations   []reconcile.Allocation
	Estimates     []reconcile.EstimateLine
	Persons       []reconcile.Person
	Unsure        []reconcile.Pair // perhaps the same person
	// Discrepancies that are open or waived, and gone ones; of the latter only
	// those that Run was the first not to find (Solved) are shown.
	Discrepancies []reconcile.Discrepancy
	// Rules gives the title of a rule by its ID.
	Rules  map[string]string
	Grades []Grade
	// Zone in which times are shown; nil is Vietnam's, seven hours ahead of UTC.
	Zone *time.Location
}

// Grade is a rule that the office switched off or gave another severity. The
// reports show it, so that nobody takes silence for agreement.
type Grade struct {
	Rule     string
	Off      bool
	Severity reconcile.Severity // when it is not off
	Reason   string
}

// off reports whether the office switched the rule off.
func (d *Data) off(rule string) bool {
	return slices.ContainsFunc(d.Grades, func(g Grade) bool { return g.Rule == rule && g.Off })
}

// RuleTitle names a rule in words, by its ID when no title is known.
func (d *Data) RuleTitle(id string) string {
	if title := d.Rules[id]; title != "" {
		return title
	}
	return id
}

// document returns the document of that source, or nil.
func (d *Data) document(source string) *reconcile.Document {
	for _, doc := range d.Documents {
		if doc.Source == source {
			return doc
		}
	}
	return nil
}

// local is the time as a clock in the reports' zone shows it.
func (d *Data) local(t time.Time) time.Time {
	if d.Zone == nil {
		return t.In(time.FixedZone("ICT", 7*60*60))
	}
	return t.In(d.Zone)
}

// agencyName is the name of the agency, or words for rows that name none.
func (d *Data) agencyName(code string) string {
	if code == "" {
		return unknownAgency
	}
	return d.Register.AgencyName(code)
}

// programName is the name of the program, or words for rows that name none.
func (d *Data) programName(code string) string {
	if code == "" {
		return unknownProgram
	}
	return d.Plan.ProgramName(code)
}
