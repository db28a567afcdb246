package web

import (
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// peopleAtOnce bounds what a search returns; whoever gets as many writes the
// whole name.
const peopleAtOnce = 300

// peoplePage is what the template of a search sees.
type peoplePage struct {
	Name   string
	People []person
	Many   bool // there may be more
}

// person is a human being as far as the registrations tell.
type person struct {
	ID      int64
	Name    string
	Entries []entry
}

// entry is one registration of a person.
type entry struct {
	postgres.PersonEntry
	Program string
}

// mayLookUp reports whether the visitor may search for people.
func (v *visit) mayLookUp() bool {
	return slices.Contains(overseers(), v.user.Role)
}

// people finds those whose name holds all words that are asked for, the last
// of them as their given name.
func (v *visit) people() error {
	page := peoplePage{Name: reconcile.Clean(v.r.URL.Query().Get("name"))}
	if page.Name == "" {
		return v.show("people", "Tìm người", page)
	}
	if err := v.log(seenPeople, page.Name); err != nil {
		return err
	}
	scope, _ := v.user.Scope(v.Register)
	entries, err := v.Store.PeopleNamed(v.r.Context(), v.Plan.ID, page.Name, scope, peopleAtOnce)
	if err != nil {
		return err
	}
	page.Many = len(entries) == peopleAtOnce
	words := strings.Fields(reconcile.ASCII(page.Name))
	entries = slices.DeleteFunc(entries, func(e postgres.PersonEntry) bool {
		name := strings.Fields(reconcile.ASCII(e.Name))
		return slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(name, word) })
	})
	page.People = grouped(entries)
	return v.show("people", "Tìm người", page)
}

// grouped puts the registrations of one person together.
func grouped(entries []postgres.PersonEntry) []person {
	var people []person
	at := make(map[int64]int)
	for _, e := range entries {
		i, seen := at[e.Person]
		if !seen {
			i = len(people)
			at[e.Person] = i
			people = append(people, person{ID: e.Person, Name: e.Name})
		}
		people[i].Entries = append(people[i].Entries, entryOf(e))
	}
	return people
}

// entryOf finds the program in the registration's key (agency, program, name).
func entryOf(e postgres.PersonEntry) entry {
	parts := strings.SplitN(e.Key, "|", 3)
	program := ""
	if len(parts) == 3 && !strings.HasPrefix(parts[1], "?") {
		program = parts[1]
	}
	return entry{e, program}
}

// personPage is what the template of one person sees.
type personPage struct {
	Entries  []entry
	Findings []reconcile.Discrepancy
}

// person shows the registrations of one person, and the findings about them.
func (v *visit) person() error {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil {
		return errNotFound
	}
	scope, _ := v.user.Scope(v.Register)
	entries, err := v.Store.PersonEntries(v.r.Context(), v.Plan.ID, id, scope)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return errNotFound
	}
	if err := v.log(seenPerson, strconv.FormatInt(id, 10)); err != nil {
		return err
	}
	var page personPage
	type known struct{ agency, name string }
	asked := make(map[known]bool)
	for _, e := range entries {
		page.Entries = append(page.Entries, entryOf(e))
		if k := (known{e.Agency, e.Name}); !asked[k] {
			asked[k] = true
			if err := v.findingsAbout(&page, e); err != nil {
				return err
			}
		}
	}
	return v.show("person", entries[0].Name, page)
}

// findingsAbout adds the findings that name the person in the agency.
func (v *visit) findingsAbout(page *personPage, e postgres.PersonEntry) error {
	if !v.sees(e.Agency) {
		return nil
	}
	for _, status := range []reconcile.Status{reconcile.StatusOpen, reconcile.StatusWaived, reconcile.StatusGone} {
		found, err := v.Store.FindingList(v.r.Context(), v.Plan.ID, postgres.FindingQuery{
			Status: status, Agency: e.Agency, Office: e.Agency == "", Person: e.Name, Limit: 100,
		})
		if err != nil {
			return err
		}
		page.Findings = append(page.Findings, found...)
	}
	return nil
}
