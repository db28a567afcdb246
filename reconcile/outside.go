package reconcile

import (
	"strings"
	"unicode"
)

// OutsideProgram is a kind of class that offices ask for and that is no program
// of the plan, as far as the plan or its makers know of it beforehand.
type OutsideProgram struct {
	Name    string
	Aliases []string // other wordings
	// Note says where such a class belongs, for the remedy; "" when nobody says.
	Note string
}

// OutsideProgram returns the first known class outside of the plan that the
// text names, nil when it names none. Marks, case and punctuation do not
// matter. It is for texts that name no program of the plan.
func (p *Plan) OutsideProgram(text string) *OutsideProgram {
	words := spacedWords(text)
	for i := range p.Outside {
		o := &p.Outside[i]
		if strings.Contains(words, spacedWords(o.Name)) {
			return o
		}
		for _, alias := range o.Aliases {
			if strings.Contains(words, spacedWords(alias)) {
				return o
			}
		}
	}
	return nil
}

// spacedWords are the words without marks, a space around each.
func spacedWords(text string) string {
	return " " + strings.Join(strings.FieldsFunc(ASCII(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " "
}
