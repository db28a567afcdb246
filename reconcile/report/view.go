package report

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// view is the data as one body may see it: all of it, or the part of a bloc.
// What is valid is always judged on the whole.
type view struct {
	Data // with the slices cut down to the bloc
	bloc reconcile.Bloc
	// agencies that exist in the plan's period, in the register's order.
	agencies []reconcile.Agency
	// faults gives the codes of the open errors that invalidate a
	// registration, by its key.
	faults map[string][]string
	// programRank and agencyRank give a code's 1-based place in the plan and
	// in the register.
	programRank, agencyRank map[string]int
	figures                 *Figures
	now                     reconcile.RunCounts       // of the whole
	ordered                 []*reconcile.Registration // once inRosterOrder was asked
}

func newView(d *Data, bloc reconcile.Bloc) *view {
	v := &view{Data: *d, bloc: bloc, faults: faultsOf(d.Discrepancies), now: countsOf(d)}
	v.programRank = make(map[string]int, len(d.Plan.Programs))
	for i := range d.Plan.Programs {
		v.programRank[d.Plan.Programs[i].Code] = i + 1
	}
	v.agencyRank = make(map[string]int, len(d.Register.Agencies))
	for i := range d.Register.Agencies {
		a := &d.Register.Agencies[i]
		v.agencyRank[a.Code] = i + 1
		if v.mine(a.Code) && (a.ValidAt(d.Plan.From) || a.ValidAt(d.Plan.To)) {
			v.agencies = append(v.agencies, *a)
		}
	}
	if bloc != "" {
		v.cut()
	}
	v.figures = v.count()
	return v
}

// mine reports whether the view shows the agency's rows.
func (v *view) mine(code string) bool {
	if v.bloc == "" {
		return true
	}
	a := v.Register.Agency(code)
	return a != nil && a.Bloc == v.bloc
}

// cut leaves only what belongs to the bloc. Estimates stay whole: the plan does
// not split its money over blocs.
func (v *view) cut() {
	v.Registrations = kept(v.Registrations, func(r *reconcile.Registration) bool { return v.mine(r.Agency) })
	v.Allocations = kept(v.Allocations, func(a reconcile.Allocation) bool { return v.mine(a.Agency) })
	v.Discrepancies = kept(v.Discrepancies, func(f reconcile.Discrepancy) bool { return v.mine(f.Agency) })
	v.Sources = kept(v.Sources, func(s reconcile.SourceRun) bool { return v.mine(s.Agency) })
	v.Documents = kept(v.Documents, func(doc *reconcile.Document) bool {
		return v.mine(doc.Agency) || slices.ContainsFunc(doc.Registrations(),
			func(r *reconcile.Registration) bool { return v.mine(r.Agency) })
	})
	v.Persons = kept(v.Persons, func(p reconcile.Person) bool {
		return slices.ContainsFunc(p.Members, func(r *reconcile.Registration) bool { return v.mine(r.Agency) })
	})
	v.Unsure = kept(v.Unsure, func(p reconcile.Pair) bool { return v.mine(p.A.Agency) || v.mine(p.B.Agency) })
}

// kept is the elements for which keep holds; the slice itself stays as it was.
func kept[T any](all []T, keep func(T) bool) []T {
	var part []T
	for _, x := range all {
		if keep(x) {
			part = append(part, x)
		}
	}
	return part
}

func faultsOf(all []reconcile.Discrepancy) map[string][]string {
	faults := make(map[string][]string)
	for i := range all {
		f := &all[i]
		if f.Status != reconcile.StatusOpen || f.Severity != reconcile.SeverityError {
			continue
		}
		for _, key := range f.Invalidates {
			faults[key] = append(faults[key], f.Code)
		}
	}
	for _, codes := range faults {
		slices.Sort(codes)
	}
	return faults
}

func (v *view) valid(r *reconcile.Registration) bool { return len(v.faults[r.Key]) == 0 }

// open lists the findings that are open, or open and accepted ones, most
// important first.
func (v *view) open(accepted bool) []*reconcile.Discrepancy {
	var list []*reconcile.Discrepancy
	for i := range v.Discrepancies {
		f := &v.Discrepancies[i]
		if f.Status == reconcile.StatusOpen || accepted && f.Status == reconcile.StatusWaived {
			list = append(list, f)
		}
	}
	sortFindings(&v.Data, list)
	return list
}

// silent lists the agencies of which no document came.
func (v *view) silent() []reconcile.Agency {
	sent := make(map[string]bool)
	for _, doc := range v.Documents {
		sent[doc.Agency] = true
	}
	for _, r := range v.Registrations {
		sent[r.Agency] = true
	}
	return kept(v.agencies, func(a reconcile.Agency) bool { return !sent[a.Code] })
}

// planned is the code when the plan has the program, else "".
func (v *view) planned(code string) string {
	if v.programRank[code] == 0 {
		return ""
	}
	return code
}

// registered is the code when the register has the agency, else "".
func (v *view) registered(code string) string {
	if v.agencyRank[code] == 0 {
		return ""
	}
	return code
}

// rank orders codes by their 1-based place, what has none last.
func rank(places map[string]int, code string) int {
	return cmp.Or(places[code], len(places)+1)
}
