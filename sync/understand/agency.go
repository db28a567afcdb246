package understand

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// agencies knows the names of the bodies that submit.
type agencies struct {
	register *reconcile.Register
	names    *phrases[*bodies]
	plain    *phrases[*bodies] // without marks
	communes map[string]*bodies
}

func newAgencies(register *reconcile.Register) *agencies {
	a := &agencies{register: register, names: newPhrases[*bodies](), plain: newPhrases[*bodies](), communes: map[string]*bodies{}}
	for i := range register.Agencies {
		agency := &register.Agencies[i]
		for _, c := range agency.Communes {
			key := communeKey(c.Name)
			if a.communes[key] == nil {
				a.communes[key] = &bodies{}
			}
			a.communes[key].list = append(a.communes[key].list, bounded(agency, c.From, c.To))
		}
	}
	names, plain := map[string]*bodies{}, map[string]*bodies{}
	at := func(in *phrases[*bodies], seen map[string]*bodies, list []string) *bodies {
		key := strings.Join(list, " ")
		if seen[key] == nil {
			seen[key] = &bodies{}
			in.add(list, seen[key])
		}
		return seen[key]
	}
	name := func(text string, add func(*bodies)) {
		list := agencyWords(text)
		add(at(a.names, names, list))
		add(at(a.plain, plain, unmark(list)))
	}
	for i := range register.Agencies {
		agency := &register.Agencies[i]
		texts := append([]reconcile.Alias{{Text: agency.Name}, {Text: agency.Code}}, agency.Aliases...)
		for _, alias := range texts {
			name(alias.Text, func(b *bodies) { b.list = append(b.list, bounded(agency, alias.From, alias.To)) })
		}
	}
	a.addHeirs(name)
	return a
}

func agencyWords(text string) []string {
	return without(agencyShort.apply(without(words(text), agencyNoise)), agencyNoise)
}

// resolve names the agency that a text means. sure is true when the whole text
// is its name; otherwise the name stands inside the text.
func (a *agencies) resolve(text string, at asOf) (code string, sure bool) {
	clean := reconcile.Clean(text)
	list := agencyWords(clean)
	if len(list) == 0 {
		return "", false
	}
	if code, sure := lookup(a.names, list, at); code != "" {
		return code, sure
	}
	if unmarked(clean) {
		return lookup(a.plain, unmark(list), at)
	}
	return "", false
}

// lookup takes the longest name in the text; two of the same length that mean
// different bodies decide nothing.
func lookup(index *phrases[*bodies], list []string, at asOf) (code string, sure bool) {
	longest := 0
	for _, m := range index.all(list) {
		here := m.value.during(at)
		if here == "" {
			continue
		}
		switch length := m.end - m.start; {
		case code == "":
			code, longest, sure = here, length, length == len(list)
		case length == longest && here != code:
			return "", false
		}
	}
	return code, sure
}

// unit names the agency to which a unit in a row belongs, only when the unit's
// text says so beyond doubt: it is the agency, its last part is ("Thanh tra, Sở
// Tài chính"), it holds a long name, or it is a commune of one district.
func (a *agencies) unit(text string, at asOf) string {
	clean := reconcile.Clean(text)
	if code, sure := a.resolve(clean, at); sure {
		return code
	}
	for _, sep := range []string{",", " - ", ";"} {
		if i := strings.LastIndex(clean, sep); i > 0 {
			if code, sure := a.resolve(clean[i+len(sep):], at); sure {
				return code
			}
		}
	}
	list := agencyWords(clean)
	found := a.names.all(list)
	if len(found) > 0 && found[0].end-found[0].start >= 3 && !slices.ContainsFunc(found[1:], func(m match[*bodies]) bool { return m.end-m.start >= 3 }) {
		if code := found[0].value.during(at); code != "" {
			return code
		}
	}
	return a.commune(list, at)
}

// commune finds the district of a commune that the words name with its type.
func (a *agencies) commune(list []string, at asOf) string {
	list = communeShort.apply(list)
	for i := range list {
		if _, ok := communeTypes.at(list, i); !ok {
			continue
		}
		for end := len(list); end > i+1; end-- {
			if b := a.communes[strings.Join(list[i:end], " ")]; b != nil {
				return b.during(at)
			}
		}
	}
	return ""
}

var (
	communeTypes = wordings("xã", "phường", "thị trấn")
	communeShort = newRewrite([][2]string{{"x", "xã"}, {"p", "phường"}, {"tt", "thị trấn"}})
)
