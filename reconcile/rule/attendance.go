package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
)

// attendance says which registered people were in the classes of a program, as
// far as lists of classes and results have come.
type attendance struct {
	// results of the plan's own classes of the programs, in a stable order.
	results []*reconcile.Result
	// links are the results of the same person, or perhaps the same, by
	// registration; registered are the results that have such a registration.
	links      map[*reconcile.Registration][]*reconcile.Result
	registered map[*reconcile.Result]bool
}

const noResults = "chưa có danh sách lớp hoặc kết quả học tập"

func resultsMissing(in *Input) reconcile.Finding {
	return notChecked("results", noResults, duty(in),
		"Nạp danh sách lớp, kết quả học tập do cơ sở đào tạo gửi (mục sources hoặc allocations trong cấu hình) rồi đối soát lại.")
}

// family are the programs that people mix up: those of one kind, whatever their
// form and provider. Who is down for one and attends the other was registered.
func (in *Input) family(code string) []string {
	p := in.Plan.Program(code)
	if p == nil || p.Kind == "" {
		return []string{code}
	}
	var all []string
	for i := range in.Plan.Programs {
		if in.Plan.Programs[i].Kind == p.Kind {
			all = append(all, in.Plan.Programs[i].Code)
		}
	}
	return all
}

// withResults are the programs for which the plan's own classes have lists, in
// the plan's order.
func (in *Input) withResults() []string {
	seen := make(map[string]bool)
	for _, r := range in.Results {
		if !r.BeforePlan(in.Plan) {
			seen[r.Learner.Program] = true
		}
	}
	var codes []string
	for i := range in.Plan.Programs {
		if code := in.Plan.Programs[i].Code; seen[code] {
			codes = append(codes, code)
		}
	}
	return codes
}

// attendance compares the registrations of the program's family with the lists
// of its classes. A pair that only may be one person links too: nobody is
// called missing whom a human eye might find. It is made once a run.
func (in *Input) attendance(code string) *attendance {
	family := in.family(code)
	id := strings.Join(family, "+")
	a := in.index.attendances[id]
	if a == nil {
		a = in.newAttendance(family)
		in.index.attendances[id] = a
	}
	return a
}

func (in *Input) newAttendance(family []string) *attendance {
	a := &attendance{
		links: make(map[*reconcile.Registration][]*reconcile.Result), registered: make(map[*reconcile.Result]bool),
	}
	var people []*reconcile.Registration
	for _, member := range family {
		people = append(people, in.index.programs[member]...)
	}
	registrations := len(people)
	of := make(map[*reconcile.Registration]*reconcile.Result)
	for _, r := range in.Results {
		if slices.Contains(family, r.Learner.Program) && !r.BeforePlan(in.Plan) {
			a.results = append(a.results, r)
			of[&r.Learner] = r
			people = append(people, &r.Learner)
		}
	}
	slices.SortFunc(a.results, func(x, y *reconcile.Result) int { return in.comparePlaces(x.Origin(), y.Origin()) })
	persons, unsure := match.Persons(people, match.Options{Register: in.Register})
	for i := range persons {
		a.join(persons[i].Members, of)
	}
	for i := range unsure {
		a.join([]*reconcile.Registration{unsure[i].A, unsure[i].B}, of)
	}
	a.joinNamesakes(people[:registrations])
	return a
}

// join links the registrations among the members with the results among them.
func (a *attendance) join(members []*reconcile.Registration, of map[*reconcile.Registration]*reconcile.Result) {
	for _, m := range members {
		if of[m] != nil {
			continue
		}
		for _, other := range members {
			if r := of[other]; r != nil {
				a.link(m, r)
			}
		}
	}
}

func (a *attendance) link(m *reconcile.Registration, r *reconcile.Result) {
	if !slices.Contains(a.links[m], r) {
		a.links[m] = append(a.links[m], r)
	}
	a.registered[r] = true
}

// joinNamesakes links results that say too little of the person with those of
// the same name whose birth dates do not contradict.
func (a *attendance) joinNamesakes(registrations []*reconcile.Registration) {
	byName := make(map[string][]*reconcile.Registration)
	for _, m := range registrations {
		byName[reconcile.Key(m.FullName)] = append(byName[reconcile.Key(m.FullName)], m)
	}
	for _, r := range a.results {
		for _, m := range byName[reconcile.Key(r.Learner.FullName)] {
			x, y := m.BirthDate, r.Learner.BirthDate
			if !(x.IsFull() && y.IsFull()) && !x.SurelyBefore(y) && !y.SurelyBefore(x) {
				a.link(m, r)
			}
		}
	}
}

// classes are the single classes of the program that the lists are of, those
// whose outcome is known apart.
func (a *attendance) classes(code string) (all, final int) {
	any, done := make(map[string]bool), make(map[string]bool)
	for _, r := range a.results {
		if r.Learner.Program != code {
			continue
		}
		any[reconcile.Key(r.Class)] = true
		if r.Final {
			done[reconcile.Key(r.Class)] = true
		}
	}
	return len(any), len(done)
}

// learners counts who was in the program's classes: the lists of results or
// those of the classes, whichever hold more, since both hold the same people.
func (a *attendance) learners(code string) int {
	final, enrolled := 0, 0
	for _, r := range a.results {
		switch {
		case r.Learner.Program != code || !r.Enrolled():
		case r.Final:
			final++
		default:
			enrolled++
		}
	}
	return max(final, enrolled)
}

// plannedClasses is how many classes the estimates have for the program alone,
// 0 when they do not say.
func (in *Input) plannedClasses(code string) (classes int, line *reconcile.BudgetLine) {
	b := BudgetOf(in)
	for i := range b.Lines {
		if l := &b.Lines[i]; only(l.Programs) == code {
			return l.Classes, l
		}
	}
	return 0, nil
}

// resultPlace is the cell of a field of the result, else of the name.
func resultPlace(r *reconcile.Result, f reconcile.Field) reconcile.Origin {
	if reading, ok := r.Learner.Readings.Lookup(f); ok && reading.Cell != "" {
		return r.Learner.Place(f)
	}
	return r.Learner.Place(nameField(&r.Learner))
}

// sentBy says which body the list names for the learner.
func (in *Input) sentBy(r *reconcile.Result) string {
	name := cmp.Or(in.agencyName(r.Learner.Agency), cellText(r.Learner.AgencyText))
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" (%s)", name)
}
