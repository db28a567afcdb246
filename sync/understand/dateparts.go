package understand

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// A date can stand in columns of its own for the day, the month and the year:
// "Ngày | Tháng | Năm sinh", with or without a common group above them.

// splitDates gives such columns their part of the date. The group, or the word
// "sinh" in any of them, tells which date it is; without either it is that of
// birth when no other column gives it.
func splitDates(columns []column) {
	for i := range columns {
		n := datePartsAt(columns[i:])
		if n == 0 {
			continue
		}
		run := columns[i : i+n]
		field := dateOfParts(run)
		if field == "" && !slices.ContainsFunc(columns, func(c column) bool {
			return c.field == reconcile.FieldBirthDate && c.holds == aValue && !slices.ContainsFunc(run, func(r column) bool { return r.col == c.col })
		}) {
			field = reconcile.FieldBirthDate
		}
		if field == reconcile.FieldOtherInfo || field == "" {
			continue
		}
		for k := range run {
			run[k].meaning = meaning{field: field, holds: datePart(&run[k])}
		}
	}
}

// datePartsAt is how many of the columns from the first on are the parts of one
// date: day, month and year in any order with the month between, month and
// year, or day and month together before the year.
func datePartsAt(columns []column) int {
	part := func(k int) holds {
		if k >= len(columns) || k > 0 && columns[k].col != columns[k-1].col+1 {
			return aValue
		}
		return datePart(&columns[k])
	}
	first, second, third := part(0), part(1), part(2)
	switch {
	case first == aDay && second == aMonth && third == aYear, first == aYear && second == aMonth && third == aDay:
		return 3
	case first == aMonth && second == aYear, first == aDay && second == aYear && strings.Contains(partName(&columns[0]), "thang"):
		return 2
	}
	return 0
}

// datePart is the part of a date that a column is named after.
func datePart(c *column) holds { return dateParts[partName(c)] }

// dateParts are the names of such columns, by their words without marks and
// spaces.
var dateParts = func() map[string]holds {
	m := map[string]holds{}
	for part, names := range map[holds]string{
		aDay:   "ngày | ngày sinh | sinh ngày | ngày tháng | ngày tháng sinh",
		aMonth: "tháng | tháng sinh | sinh tháng",
		aYear:  "năm | năm sinh | sinh năm",
	} {
		for name := range strings.SplitSeq(names, "|") {
			m[strings.Join(plainWords(name), "")] = part
		}
	}
	return m
}()

func partName(c *column) string {
	return strings.Join(plainWords(splitCamel(withoutBrackets(c.levels[len(c.levels)-1]))), "")
}

// dateOfParts is the date that the parts make up: by the word "sinh" or by
// their group, OtherInfo when the group is of something else, "" when nothing
// says it.
func dateOfParts(run []column) reconcile.Field {
	group := ""
	for k := range run {
		if strings.Contains(partName(&run[k]), "sinh") {
			return reconcile.FieldBirthDate
		}
		if above := strings.Join(run[k].levels[:len(run[k].levels)-1], " "); above != "" {
			group = above
		}
	}
	if group == "" {
		return ""
	}
	switch m, _ := generalMeaning(group); m.field {
	case reconcile.FieldBirthDate, reconcile.FieldPartyDate, reconcile.FieldOfficialDate:
		return m.field
	case reconcile.FieldPartyMember:
		return reconcile.FieldPartyDate
	}
	return reconcile.FieldOtherInfo
}

// isPart tells whether the column holds a part of a date.
func (c *column) isPart() bool { return c.holds == aDay || c.holds == aMonth || c.holds == aYear }

// parts are the texts of a date's day, month and year in this row, and the
// first of their columns, nil when the date does not stand in parts.
func (d *draft) parts(f reconcile.Field, columns []*column) (first *column, day, month, year string) {
	for _, c := range columns {
		if c.field != f || !c.isPart() {
			continue
		}
		if first == nil {
			first = c
		}
		switch found, _ := d.own(c); c.holds {
		case aDay:
			day = found.text
		case aMonth:
			month = found.text
		default:
			year = found.text
		}
	}
	return first, day, month, year
}

func joinDate(day, month, year string) string {
	out := year
	for _, part := range []string{month, day} {
		if part != "" {
			out = part + "/" + out
		}
	}
	return out
}

func splitDate(r dateReader, day, month, year string) dates {
	switch {
	case year == "" && month == "" && day == "":
		return dates{}
	case year == "":
		return dates{fault: reconcile.Malformed}
	}
	return r.text(joinDate(day, month, year))
}
