package plan

import (
	"slices"

	"doisoat/reconcile"
)

// Teach adds wordings of classes and of bodies, by their codes, to a plan and
// its register. A class's wording counts where it stands alone; codes that do
// not exist are left out. It changes its arguments.
func Teach(p *reconcile.Plan, r *reconcile.Register, programs, agencies map[string][]string) {
	for code, words := range programs {
		if program := p.Program(code); program != nil {
			program.WholeNames = append(slices.Clone(program.WholeNames), words...)
		}
	}
	for code, words := range agencies {
		agency := r.Agency(code)
		if agency == nil {
			continue
		}
		agency.Aliases = slices.Clone(agency.Aliases)
		for _, word := range words {
			agency.Aliases = append(agency.Aliases, reconcile.Alias{Text: word})
		}
	}
}

// ProgramsNamed returns a function that finds the codes of the programs that a
// word names: by code, name or one of the other names. Programs that differ in
// their form alone share names.
func ProgramsNamed(p *reconcile.Plan) func(word string) []string {
	codes := make(map[string][]string)
	for i := range p.Programs {
		program := &p.Programs[i]
		for _, name := range slices.Concat([]string{program.Code, program.Name}, program.Aliases, program.WholeNames) {
			if key := reconcile.Key(name); !slices.Contains(codes[key], program.Code) {
				codes[key] = append(codes[key], program.Code)
			}
		}
	}
	return func(word string) []string { return codes[reconcile.Key(word)] }
}
