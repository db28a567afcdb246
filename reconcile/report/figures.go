package report

import "doisoat/reconcile"

// Figures are the numbers that reports, the screen and the run's record show.
// They are computed here and nowhere else, so that two places cannot disagree.
type Figures struct {
	Programs []ProgramFigures // in the plan's order; last, code "", what names no program
	Groups   []GroupFigures   // in the plan's order
	Agencies []AgencyFigures  // in the register's order; last, code "", rows of no known agency
	Total    Count
	// Quota is the sum of all places that the plan gives, those of shared
	// groups counted once.
	Quota int
	// HasAllocations: at least one share of a quota was loaded.
	HasAllocations bool
	Money          MoneyFigures
}

// Count is what was registered for something.
type Count struct {
	Registered int // registrations
	Valid      int // registrations that no open error invalidates
	Persons    int // human beings among the registered
	Allocated  int // places that the loaded shares give
}

// ProgramFigures are one program's numbers. Limit is what Over and Left are
// measured against: the quota, or for a bloc its allocated places. There is
// none where HasLimit is false; Over and Left count valid registrations.
type ProgramFigures struct {
	Code  string
	Quota reconcile.Quota
	Count
	Limit      int
	HasLimit   bool
	Over, Left int
}

// GroupFigures are the numbers of programs that make up or share one quota.
type GroupFigures struct {
	ProgramFigures
	Shared bool
}

// AgencyFigures are one agency's numbers.
type AgencyFigures struct {
	Code string
	Count
	// Programs are its numbers by program code. Shares that several programs
	// have together are in Count alone.
	Programs map[string]Count
}

// Figures computes the numbers over all agencies.
func (d *Data) Figures() *Figures { return newView(d, "").figures }

func (v *view) count() *Figures {
	t := v.tally()
	f := &Figures{HasAllocations: len(v.Allocations) > 0, Total: t.total}
	for i := range v.Plan.Programs {
		p := &v.Plan.Programs[i]
		row := ProgramFigures{Code: p.Code, Quota: p.Quota, Count: t.programs[p.Code]}
		v.limit(&row, v.sharedGroup(p.Group))
		f.Programs = append(f.Programs, row)
		f.Quota += p.Quota.Places
	}
	if lost := t.programs[""]; lost != (Count{}) {
		f.Programs = append(f.Programs, ProgramFigures{Count: lost, Quota: reconcile.Quota{Kind: reconcile.NoQuota}})
	}
	for i := range v.Plan.Groups {
		g := &v.Plan.Groups[i]
		if g.Shared {
			f.Quota += g.Quota.Places
		}
		row := GroupFigures{ProgramFigures: ProgramFigures{Code: g.Code, Quota: g.Quota, Count: t.groups[g.Code]}, Shared: g.Shared}
		v.limit(&row.ProgramFigures, false)
		f.Groups = append(f.Groups, row)
	}
	f.Agencies = v.agencyFigures(t.agencies)
	f.Money = v.money(t.programs)
	return f
}

func (v *view) sharedGroup(code string) bool {
	g := v.Plan.Group(code)
	return g != nil && g.Shared
}

// limit measures the valid registrations against the places there are.
func (v *view) limit(p *ProgramFigures, shared bool) {
	switch {
	case v.bloc != "":
		p.Limit, p.HasLimit = p.Allocated, p.Allocated > 0
	case p.Quota.Kind != reconcile.NoQuota && !shared:
		p.Limit, p.HasLimit = p.Quota.Places, true
	}
	if p.HasLimit {
		p.Over, p.Left = max(0, p.Valid-p.Limit), max(0, p.Limit-p.Valid)
	}
}

func (v *view) agencyFigures(byCode map[string]*AgencyFigures) []AgencyFigures {
	var rows []AgencyFigures
	listed := make(map[string]bool)
	for i := range v.agencies {
		code := v.agencies[i].Code
		row := AgencyFigures{Code: code}
		if a := byCode[code]; a != nil {
			row = *a
		}
		rows = append(rows, row)
		listed[code] = true
	}
	for i := range v.Register.Agencies { // outside their time, and yet they sent something
		if a := byCode[v.Register.Agencies[i].Code]; a != nil && !listed[a.Code] {
			rows = append(rows, *a)
		}
	}
	if unknown := byCode[""]; unknown != nil {
		rows = append(rows, *unknown)
	}
	return rows
}
