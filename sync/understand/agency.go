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

// bodies are the agencies that share a name, each while the name is valid.
type bodies struct{ list []named }

type named struct {
	code     string
	from, to reconcile.Date
}

func newAgencies(register *reconcile.Register) *agencies {
	a := &agencies{register: register, names: newPhrases[*bodies](), plain: newPhrases[*bodies](), communes: map[string]*bodies{}}
	names, plain := map[string]*bodies{}, map[string]*bodies{}
	add := func(to *phrases[*bodies], seen map[string]*bodies, list []string, n named) {
		key := strings.Join(list, " ")
		if seen[key] == nil {
			seen[key] = &bodies{}
			to.add(list, seen[key])
		}
		seen[key].list = append(seen[key].list, n)
	}
	for i := range register.Agencies {
		agency := &register.Agencies[i]
		texts := append([]reconcile.Alias{
			{Text: agency.Name, From: agency.From, To: agency.To}, {Text: agency.Code},
		}, agency.Aliases...)
		for _, alias := range texts {
			list := agencyWords(alias.Text)
			n := named{agency.Code, alias.From, alias.To}
			add(a.names, names, list, n)
			add(a.plain, plain, unmark(list), n)
		}
		for _, c := range agency.Communes {
			key := strings.Join(agencyWords(c.Name), " ")
			if a.communes[key] == nil {
				a.communes[key] = &bodies{}
			}
			a.communes[key].list = append(a.communes[key].list, named{agency.Code, c.From, c.To})
		}
	}
	return a
}

func agencyWords(text string) []string {
	return without(agencyShort.apply(without(words(text), agencyNoise)), agencyNoise)
}

// at returns the one agency that goes by the name on that day, or "".
func (b *bodies) at(day reconcile.Date) string {
	code := ""
	for _, n := range b.list {
		if !day.IsZero() && (day.SurelyBefore(n.from) || n.to.SurelyBefore(day)) {
			continue
		}
		if code != "" && code != n.code {
			return ""
		}
		code = n.code
	}
	return code
}

// resolve names the agency that a text means. sure is true when the whole text
// is its name; otherwise the name stands inside the text.
func (a *agencies) resolve(text string, day reconcile.Date) (code string, sure bool) {
	clean := reconcile.Clean(text)
	list := agencyWords(clean)
	if len(list) == 0 {
		return "", false
	}
	if code, sure := lookup(a.names, list, day); code != "" {
		return code, sure
	}
	if unmarked(clean) {
		return lookup(a.plain, unmark(list), day)
	}
	return "", false
}

// lookup takes the longest name in the text; two of the same length that mean
// different bodies decide nothing.
func lookup(index *phrases[*bodies], list []string, day reconcile.Date) (code string, sure bool) {
	longest := 0
	for _, m := range index.all(list) {
		here := m.value.at(day)
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
func (a *agencies) unit(text string, day reconcile.Date) string {
	clean := reconcile.Clean(text)
	if code, sure := a.resolve(clean, day); sure {
		return code
	}
	for _, sep := range []string{",", " - ", ";"} {
		if i := strings.LastIndex(clean, sep); i > 0 {
			if code, sure := a.resolve(clean[i+len(sep):], day); sure {
				return code
			}
		}
	}
	list := agencyWords(clean)
	found := a.names.all(list)
	if len(found) > 0 && found[0].end-found[0].start >= 3 && !slices.ContainsFunc(found[1:], func(m match[*bodies]) bool { return m.end-m.start >= 3 }) {
		return found[0].value.at(day)
	}
	return a.commune(list, day)
}

// commune finds the district of a commune that the words name with its type.
func (a *agencies) commune(list []string, day reconcile.Date) string {
	list = communeShort.apply(list)
	for i := range list {
		if _, ok := communeTypes.at(list, i); !ok {
			continue
		}
		for end := len(list); end > i+1; end-- {
			if b := a.communes[strings.Join(list[i:end], " ")]; b != nil {
				return b.at(day)
			}
		}
	}
	return ""
}

var (
	communeTypes = wordings("xã", "phường", "thị trấn")
	communeShort = newRewrite([][2]string{{"x", "xã"}, {"p", "phường"}, {"tt", "thị trấn"}})
)
