package reconcile

import "slices"

// Exclusion says that one person cannot be in two programs of the plan at once.
type Exclusion struct {
	// Programs are those that exclude With, or, when With is empty and FullTime
	// is not set, each other.
	Programs []string
	With     []string
	// FullTime: the programs exclude every other full-time class.
	FullTime bool
	// Overlapping: they exclude each other only while their classes are held at
	// one time, as FullTime does by its nature.
	Overlapping bool
	Reason      string // in plain Vietnamese
	Basis       string
	// Sure: the basis is certain enough for an error; otherwise it warns.
	Sure bool
}

// InTime reports whether it matters when the classes are held.
func (e *Exclusion) InTime() bool { return e.FullTime || e.Overlapping }

// Exclusion returns why one person cannot have both registrations, and whether
// there is a reason. It is symmetric; one program does not exclude itself.
func (p *Plan) Exclusion(a, b *Registration) (*Exclusion, bool) {
	if a.Program == "" || b.Program == "" || a.Program == b.Program {
		return nil, false
	}
	for i := range p.Exclusions {
		e := &p.Exclusions[i]
		if e.excludes(p, a, b) || e.excludes(p, b, a) {
			return e, true
		}
	}
	return nil, false
}

func (e *Exclusion) excludes(p *Plan, a, b *Registration) bool {
	switch {
	case !slices.Contains(e.Programs, a.Program):
		return false
	case e.FullTime:
		return p.fullTime(b)
	case len(e.With) > 0:
		return slices.Contains(e.With, b.Program)
	}
	return slices.Contains(e.Programs, b.Program)
}

// fullTime reports whether the registration is for a full-time class: by its
// program, else by what the row says.
func (p *Plan) fullTime(r *Registration) bool {
	if program := p.Program(r.Program); program != nil && program.Form != "" {
		return program.Form == FullTime
	}
	return r.Form == FullTime
}
