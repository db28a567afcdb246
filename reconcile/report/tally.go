package report

import (
	"slices"

	"doisoat/reconcile"
)

// tally is what one pass over registrations and shares counts.
type tally struct {
	total    Count
	programs map[string]Count // by code, "" for what names no program
	groups   map[string]Count
	agencies map[string]*AgencyFigures
	counted  map[thing]int32 // numbers them
	seen     map[headcount]struct{}
}

// thing is what human beings are counted for.
type thing struct {
	kind            thingKind
	program, agency string // or the code of a group
}

type thingKind uint8

const (
	everything thingKind = iota
	ofProgram
	ofGroup
	ofAgency
	ofProgramAndAgency
)

// headcount is one human being counted for one thing, both by number.
type headcount struct{ of, who int32 }

func (v *view) tally() *tally {
	t := &tally{
		programs: make(map[string]Count),
		groups:   make(map[string]Count),
		agencies: make(map[string]*AgencyFigures),
		counted:  make(map[thing]int32),
		seen:     make(map[headcount]struct{}, 4*len(v.Registrations)),
	}
	who := v.whoIsWho()
	groups := v.groupsOf()
	for _, r := range v.Registrations {
		n := Count{Registered: 1}
		if v.valid(r) {
			n.Valid = 1
		}
		program := v.planned(r.Program)
		t.add(n, v.registered(r.Agency), program, groups[program], who(r))
	}
	for i := range v.Allocations {
		a := &v.Allocations[i]
		n := Count{Allocated: share(a)}
		if len(a.Programs) == 1 {
			program := v.planned(a.Programs[0])
			t.add(n, v.registered(a.Agency), program, groups[program], nobody)
			continue
		}
		t.addShared(n, v.registered(a.Agency), v.groupsAround(a.Programs))
	}
	return t
}

// nobody is no human being's number.
const nobody = 0

// add counts n for an agency and a program.
func (t *tally) add(n Count, agency, program string, groups []string, who int32) {
	t.total = t.total.plus(n, t.first(thing{}, who))
	t.programs[program] = t.programs[program].plus(n, t.first(thing{kind: ofProgram, program: program}, who))
	for _, g := range groups {
		t.groups[g] = t.groups[g].plus(n, t.first(thing{kind: ofGroup, program: g}, who))
	}
	a := t.agency(agency)
	a.Count = a.Count.plus(n, t.first(thing{kind: ofAgency, agency: agency}, who))
	both := thing{kind: ofProgramAndAgency, program: program, agency: agency}
	a.Programs[program] = a.Programs[program].plus(n, t.first(both, who))
}

// addShared counts a share that several programs have together: no single
// program can claim it.
func (t *tally) addShared(n Count, agency string, groups []string) {
	t.total = t.total.plus(n, 0)
	for _, g := range groups {
		t.groups[g] = t.groups[g].plus(n, 0)
	}
	a := t.agency(agency)
	a.Count = a.Count.plus(n, 0)
}

func (t *tally) agency(code string) *AgencyFigures {
	a := t.agencies[code]
	if a == nil {
		a = &AgencyFigures{Code: code, Programs: make(map[string]Count)}
		t.agencies[code] = a
	}
	return a
}

// first is 1 when the human being is counted for the thing for the first time.
func (t *tally) first(of thing, who int32) int {
	if who == nobody {
		return 0
	}
	number, ok := t.counted[of]
	if !ok {
		number = int32(len(t.counted))
		t.counted[of] = number
	}
	before := len(t.seen)
	t.seen[headcount{number, who}] = struct{}{}
	return len(t.seen) - before
}

func (c Count) plus(n Count, persons int) Count {
	return Count{
		Registered: c.Registered + n.Registered,
		Valid:      c.Valid + n.Valid,
		Persons:    c.Persons + persons,
		Allocated:  c.Allocated + n.Allocated,
	}
}

// share is the number of places of an allocation that count: a sum that a
// sheet states over several agencies is checked, not counted.
func share(a *reconcile.Allocation) int {
	if a.Subtotal {
		return 0
	}
	return a.Places
}

// whoIsWho numbers the human being of a registration. One that belongs to no
// known person is one of its own.
func (v *view) whoIsWho() func(*reconcile.Registration) int32 {
	person := make(map[string]int32, len(v.Registrations))
	for i := range v.Persons {
		for _, r := range v.Persons[i].Members {
			person[r.Key] = int32(i) + 1
		}
	}
	last := int32(len(v.Persons))
	return func(r *reconcile.Registration) int32 {
		if who := person[r.Key]; who != nobody {
			return who
		}
		last++
		return last
	}
}

// groupsOf gives the codes of the groups that a program is in.
func (v *view) groupsOf() map[string][]string {
	groups := make(map[string][]string)
	for i := range v.Plan.Groups {
		for _, program := range v.Plan.Groups[i].Programs {
			groups[program] = append(groups[program], v.Plan.Groups[i].Code)
		}
	}
	return groups
}

// groupsAround lists the groups that hold all of the programs.
func (v *view) groupsAround(programs []string) []string {
	var codes []string
	for i := range v.Plan.Groups {
		if len(programs) > 0 && within(programs, v.Plan.Groups[i].Programs) {
			codes = append(codes, v.Plan.Groups[i].Code)
		}
	}
	return codes
}

// within reports whether all of part is in whole.
func within(part, whole []string) bool {
	return !slices.ContainsFunc(part, func(code string) bool { return !slices.Contains(whole, code) })
}
