package reconcile

import (
	"slices"
	"strings"
)

// Class is what is known of a class before it opens. A program has one or more.
type Class struct {
	Program string
	// Name is the single class's ("K75", "Lớp 2"), and Aliases are other
	// wordings of it; "" where the program has but one.
	Name    string
	Aliases []string
	// Opens and Closes are its first and last day, zero when not known.
	Opens, Closes Date
	Weeks         int // length of the course, 0 when not known
}

// daysPerWeek turns the length of a course into days of the calendar.
const daysPerWeek = 7

// Period is the first and the last day of the class; ok is false when one of
// them is not known and cannot be reckoned from the length.
func (c *Class) Period() (from, to Date, ok bool) {
	from, to = c.Opens, c.Closes
	if to.IsZero() && from.IsFull() && c.Weeks > 0 {
		to = from.AddDays(c.Weeks*daysPerWeek - 1)
	}
	return from, to, from.IsFull() && to.IsFull()
}

// Named reports whether the text names the class.
func (c *Class) Named(text string) bool {
	words := spacedWords(text)
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		if name != "" && strings.Contains(words, spacedWords(name)) {
			return true
		}
	}
	return false
}

// Date adds what became known of classes; of two words on one class the later
// stands.
func (p *Plan) Date(classes []Class) {
	for _, c := range classes {
		p.Classes = slices.DeleteFunc(p.Classes, func(known Class) bool {
			return known.Program == c.Program && Key(known.Name) == Key(c.Name)
		})
		p.Classes = append(p.Classes, c)
	}
}

// ClassesOf returns the known classes of the program.
func (p *Plan) ClassesOf(program string) []*Class {
	var all []*Class
	for i := range p.Classes {
		if p.Classes[i].Program == program {
			all = append(all, &p.Classes[i])
		}
	}
	return all
}

// Class returns the class of the program that the first of the texts names
// which names just one; where none of them does, the program's only class; nil
// when it is not known which class is meant.
func (p *Plan) Class(program string, texts ...string) *Class {
	all := p.ClassesOf(program)
	if len(all) < 2 {
		return only(all)
	}
	for _, text := range texts {
		named := slices.DeleteFunc(slices.Clone(all), func(c *Class) bool { return !c.Named(text) })
		if c := only(named); c != nil {
			return c
		}
	}
	return nil
}

func only(classes []*Class) *Class {
	if len(classes) == 1 {
		return classes[0]
	}
	return nil
}
