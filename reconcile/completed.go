package reconcile

// CompletedProgram is a program that a person completed under the plan of an earlier
// year, as that plan's lists of results say. It holds what any agency may know:
// neither who sent the person nor a date of birth, a number or a row.
type CompletedProgram struct {
	Plan string // ID of the earlier plan
	Year int    // of the class: of its end, else its beginning, else of the plan
	// Program is the code in the earlier plan, which may mean something else in
	// another; Kind, Form and Name say what it was.
	Program  string
	Kind     ProgramKind
	Form     Form
	Name     string // with the form, as Plan.ProgramName
	Provider string // the school, "" when the plan names none or several
	Closed   Date   // as far as the list says
}

// CompletedOf is what the result says of a completed program of the plan,
// false when it says no such thing.
func CompletedOf(p *Plan, r *Result) (CompletedProgram, bool) {
	program := p.Program(r.Learner.Program)
	if r.Outcome != Completed || program == nil {
		return CompletedProgram{}, false
	}
	c := CompletedProgram{
		Plan: p.ID, Year: r.Held(), Program: program.Code, Kind: program.Kind, Form: program.Form,
		Name: p.ProgramName(program.Code), Closed: r.To,
	}
	if c.Year == 0 {
		c.Year = p.Year
	}
	if len(program.Providers) == 1 {
		c.Provider = program.Providers[0].Name
	}
	return c, true
}

// Earlier is what the plans of earlier years in the same database know.
type Earlier struct {
	// Plans are the earlier plans that hold results, by ID, in their order.
	Plans []string
	// Completed are the completions by the keys of this plan's registrations:
	// those of persons that are surely the same, the latest first.
	Completed map[string][]CompletedProgram
}
