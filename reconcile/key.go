package reconcile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// AssignKeys gives each registration its Key: agency, program (or the folded
// program text), folded name. Row, sheet and file are not part of it, so the
// key survives moved rows, renamed sheets and files that are sent again; nor
// are birth date and the other values, so that mending one of them leaves the
// other findings of the row what they were. Registrations that agree in all of
// this are numbered in an order that does not depend on where they stand:
// birth date, citizen ID, position, all that was read, then place.
func AssignKeys(registrations []*Registration) {
	groups := make(map[string][]*Registration)
	for _, r := range registrations {
		base := baseKey(r)
		groups[base] = append(groups[base], r)
	}
	for base, group := range groups {
		slices.SortStableFunc(group, func(a, b *Registration) int {
			return cmp.Or(
				a.BirthDate.Compare(b.BirthDate),
				cmp.Compare(a.CitizenID, b.CitizenID),
				cmp.Compare(Key(a.Position), Key(b.Position)),
				compareReadings(a, b),
				cmp.Compare(a.Origin.Source, b.Origin.Source),
				cmp.Compare(a.Origin.Sheet, b.Origin.Sheet),
				cmp.Compare(a.Origin.Row, b.Origin.Row),
			)
		})
		for i, r := range group {
			r.Key = base
			if i > 0 {
				r.Key += "#" + strconv.Itoa(i+1)
			}
		}
	}
}

// compareReadings orders registrations by the texts of their cells, whatever
// the cells, so that only rows alike in every word are told apart by place.
func compareReadings(a, b *Registration) int {
	fields := a.Readings.Fields()
	fields = append(fields, b.Readings.Fields()...)
	slices.Sort(fields)
	for _, f := range slices.Compact(fields) {
		if f == FieldOrdinal {
			continue // it numbers the place
		}
		x, y := a.Readings.Get(f), b.Readings.Get(f)
		if c := cmp.Or(cmp.Compare(x.Text, y.Text), cmp.Compare(x.Fault, y.Fault)); c != 0 {
			return c
		}
	}
	return 0
}

func baseKey(r *Registration) string {
	program := r.Program
	if program == "" {
		program = "?" + Key(r.ProgramText)
	}
	name := Key(r.FullName)
	if name == "" {
		// Without a name the rest of the row has to say who it is.
		name = "?" + r.BirthDate.String() + "/" + Key(r.Position) + "/" + Key(r.AgencyText)
	}
	agency := r.Agency
	if agency == "" {
		agency = "?" + r.Origin.Source
	}
	return strings.Join([]string{agency, program, name}, "|")
}
