package understand

import (
	"strings"

	"doisoat/reconcile"
)

// asOf is when a text was written: on one day, or some day from the one to the
// other where the sheet does not say which. What two bodies went by in that time
// names neither.
type asOf struct{ from, to reconcile.Date }

func on(day reconcile.Date) asOf { return asOf{day, day} }

// bodies are the agencies that share a name, each while the name is valid.
type bodies struct {
	list []named
	// heirs are the agencies whose duties a body of the name took over, when it
	// is none of the register itself.
	heirs []named
	// commune is the same name as that of a commune, or nil.
	commune *bodies
}

type named struct {
	code     string
	from, to reconcile.Date
}

func (n *named) validOn(day reconcile.Date) bool {
	return day.IsZero() || !day.SurelyBefore(n.from) && !n.to.SurelyBefore(day)
}

// during is the one agency that goes by the name at both ends of the time.
func (b *bodies) during(at asOf) string {
	code := b.at(at.from)
	if at.to == at.from {
		return code
	}
	later := b.at(at.to)
	switch {
	case later == "" || later == code:
		return code
	case code == "" && !b.wasElsewhere(at.from, later):
		return later
	}
	return ""
}

// wasElsewhere reports whether the name was then that of a commune of another
// agency.
func (b *bodies) wasElsewhere(day reconcile.Date, code string) bool {
	return b.commune != nil && len(valid(b.commune.list, day)) > 0 && b.commune.at(day) != code
}

// at returns the one agency that goes by the name on that day, or "": the body
// that has it then, before the one whose duties a body of that name took over,
// before one that had or will have it. Several, and it is nobody's: a body with
// two predecessors does not say of which it sends people.
func (b *bodies) at(day reconcile.Date) string {
	for _, candidates := range [][]named{valid(b.list, day), valid(b.heirs, day), b.list} {
		if len(candidates) > 0 {
			return sole(candidates)
		}
	}
	if b.commune != nil && len(valid(b.commune.list, day)) > 0 {
		return "" // then still the commune's name
	}
	return sole(b.heirs)
}

func valid(list []named, day reconcile.Date) []named {
	var kept []named
	for i := range list {
		if list[i].validOn(day) {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// sole is the code that all of them have, or "".
func sole(list []named) string {
	code := ""
	for i := range list {
		if code != "" && code != list[i].code {
			return ""
		}
		code = list[i].code
	}
	return code
}

// addHeirs adds the names of bodies that took over duties and are no agencies of
// the register. Who stands in it goes by its own names.
func (a *agencies) addHeirs(name func(text string, add func(*bodies))) {
	for i := range a.register.Agencies {
		agency := &a.register.Agencies[i]
		for _, s := range agency.Successors {
			if s.Code != "" {
				continue
			}
			heir := named{code: agency.Code, from: s.On}
			commune := a.communes[communeKey(s.Name)]
			if commune != nil {
				commune.heirs = append(commune.heirs, heir)
			}
			for _, before := range []string{"", "Ủy ban nhân dân ", "UBND ", "Đảng ủy ", "Đảng bộ "} {
				name(before+s.Name, func(b *bodies) {
					b.heirs, b.commune = append(b.heirs, heir), commune
				})
			}
		}
	}
}

// contested reports whether the text names a body with several predecessors
// among the agencies, so that it must not be taken for one of them.
func (a *agencies) contested(text string, at asOf) bool {
	for _, m := range a.names.all(agencyWords(reconcile.Clean(text))) {
		if b := m.value; len(b.heirs) > 0 && len(b.list) == 0 && sole(b.heirs) == "" && b.during(at) == "" {
			return b.commune == nil || b.commune.during(at) == ""
		}
	}
	return false
}

// bounded is the name's time within the agency's.
func bounded(agency *reconcile.Agency, from, to reconcile.Date) named {
	if from.IsZero() {
		from = agency.From
	}
	if to.IsZero() {
		to = agency.To
	}
	return named{agency.Code, from, to}
}

// communeKey is the words of a commune's name with its type.
func communeKey(name string) string { return strings.Join(agencyWords(name), " ") }
