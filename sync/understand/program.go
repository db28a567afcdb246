package understand

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// Mention is one program that a text names.
type Mention struct {
	// Codes holds one code when the program is known, several when the text
	// leaves open which (for want of the form), none when it is not recognised.
	Codes []string
	Form  reconcile.Form // "" when the text does not say it
	Text  string
	// Fault is Contradictory when the text names two forms.
	Fault reconcile.Fault
}

// sure returns the code when there is exactly one.
func (m Mention) sure() string {
	if len(m.Codes) == 1 {
		return m.Codes[0]
	}
	return ""
}

// programWords is the form in which names of programs are compared: words,
// abbreviations written out, the form of study, years and noise left out.
func programWords(text string) []string {
	return slices.DeleteFunc(without(wholeWords(text), programNoise), isYear)
}

// wholeWords is programWords with the noise.
func wholeWords(text string) []string {
	return withoutForm(programShort.apply(arabic(words(text))))
}

// arabic writes the number of a group of learners in figures: "đối tượng III"
// is "đối tượng 3". A Roman numeral elsewhere numbers a section and stays.
func arabic(list []string) []string {
	for i := 1; i < len(list); i++ {
		if n := romans[list[i]]; n != "" && graded[list[i-1]] {
			list[i] = n
		}
	}
	return list
}

var (
	graded = wordSet("đt dt tượng tuong bậc bac")
	romans = map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}
)

func isYear(w string) bool {
	return len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && number(w) > 0
}

// unmark strips the marks of words that are in the form of words.
func unmark(list []string) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = reconcile.ASCII(w)
	}
	return out
}

// mentions returns the programs that the text names, in their order. A text
// that names none yields one Mention without codes, unless it is empty.
func (p *programs) mentions(text string, tab bool) []Mention {
	clean := reconcile.Clean(text)
	if saysNone(clean) {
		return nil
	}
	if list, ok := p.refine(clean); ok && !strings.ContainsAny(text, "+;|") {
		m := Mention{Text: clean, Codes: list}
		m.Form, m.Fault = formOf(clean)
		return []Mention{m}
	}
	whole := p.find(clean, tab)
	if parts := strongParts(text); len(parts) > 1 && !p.wraps(whole, parts, tab) {
		if list := p.parts(parts, tab, true); len(list) > 1 {
			return list
		}
	}
	if len(whole) > 1 {
		for _, sep := range []string{",", "/", "&", " và ", " - "} {
			if list := p.parts(nonEmpty(strings.Split(clean, sep)), tab, false); len(list) > 1 {
				return list
			}
		}
	}
	m := Mention{Text: clean}
	m.Form, m.Fault = formOf(clean)
	if len(whole) > 0 {
		m.Codes = best(whole).closer(wholeWords(clean))
	}
	return []Mention{m}
}

// wraps tells whether a text that names one program goes on over its parts, so
// that none of them has the whole wording.
func (p *programs) wraps(whole []match[*codes], parts []string, tab bool) bool {
	if len(whole) != 1 {
		return false
	}
	for _, part := range parts {
		for _, m := range p.find(part, tab) {
			if m.end-m.start >= whole[0].end-whole[0].start {
				return false
			}
		}
	}
	return true
}

// itemMark numbers the classes in one cell: "1. … 2. …", "a) … b) …".
var itemMark = regexp.MustCompile(`(^|\s)(\d{1,2}[.)]|[a-d]\))\s+`)

// strongParts cuts where a text can only be a list.
func strongParts(text string) []string {
	if marks := itemMark.FindAllStringIndex(text, -1); len(marks) > 1 {
		text = itemMark.ReplaceAllString(text, "\n")
	}
	parts := nonEmpty(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("+;|\n", r) }))
	for i, part := range parts {
		parts[i] = reconcile.Clean(part)
	}
	return parts
}

// parts reads each part on its own. When strict, a part that is no program
// still counts as a mention as long as another one is; a line that goes on in
// the next one is not cut.
func (p *programs) parts(parts []string, tab, strict bool) []Mention {
	var list []Mention
	known := 0
	for _, part := range parts {
		found := p.find(part, tab)
		m := Mention{Text: part}
		m.Form, m.Fault = formOf(part)
		if list, ok := p.refine(part); ok {
			m.Codes = list
			known++
		} else if len(found) > 0 {
			m.Codes = best(found).closer(wholeWords(part))
			known++
		} else if !strict || len(words(part)) == 0 || len(withoutForm(without(words(part), programNoise))) == 0 {
			continue
		}
		if !slices.ContainsFunc(list, func(o Mention) bool {
			return len(m.Codes) > 0 && slices.Equal(o.Codes, m.Codes) && (o.Form == m.Form || m.Form == "")
		}) {
			list = append(list, m)
		}
	}
	if known == 0 || strict && known < 2 && len(list) > known && !looksListed(list) {
		return nil
	}
	return list
}

// looksListed: an unknown part beside a known one is a program of its own only
// if it is short, like "QLNN" in "CCLLCT + QLNN"; else the text just goes on.
func looksListed(list []Mention) bool {
	for _, m := range list {
		if len(m.Codes) == 0 && len(words(m.Text)) > 4 {
			return false
		}
	}
	return true
}

func (p *programs) find(text string, tab bool) []match[*codes] {
	list := programWords(text)
	index := p.wordings
	if tab {
		index = p.tabs
	}
	found := p.alone.exact(list)
	if len(found) == 0 {
		found = index.all(list)
	}
	if len(found) == 0 {
		found = p.gapped(index.phrases, list)
	}
	if len(found) == 0 && unmarked(text) {
		if found = p.alonePlain.exact(unmark(list)); len(found) == 0 {
			found = p.plain.all(unmark(list))
		}
	}
	return distinct(found)
}

// maxGap is how many foreign words may stand between those of a wording:
// "quốc phòng, an ninh cho cán bộ đối tượng 3".
const maxGap = 3

// gapped finds the longest wording whose words all stand in the text in their
// order, with a few others between them.
func (p *programs) gapped(index *phrases[*codes], text []string) []match[*codes] {
	var found match[*codes]
	longest := 2
	for start, first := range text {
		for _, candidate := range index.byFirst[first] {
			if len(candidate.words) <= longest {
				break
			}
			if end, ok := inOrder(text[start:], candidate.words); ok {
				longest = len(candidate.words)
				found = match[*codes]{start, start + end, candidate.value}
				break
			}
		}
	}
	if found.value == nil {
		return nil
	}
	return []match[*codes]{found}
}

func inOrder(text, phrase []string) (end int, ok bool) {
	i, gap := 0, 0
	for j, w := range text {
		if w == phrase[i] {
			i++
			if i == len(phrase) {
				return j + 1, true
			}
			continue
		}
		if gap++; gap > maxGap {
			break
		}
	}
	return 0, false
}

// distinct drops mentions of the same programs.
func distinct(found []match[*codes]) []match[*codes] {
	var kept []match[*codes]
	for _, m := range found {
		if !slices.ContainsFunc(kept, func(k match[*codes]) bool { return slices.Equal(k.value.list, m.value.list) }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// best is the longest wording; of equally long ones the last, since what is
// meant more narrowly is said last.
func best(found []match[*codes]) *codes {
	return slices.MaxFunc(found, func(a, b match[*codes]) int {
		return cmp.Or(cmp.Compare(a.end-a.start, b.end-b.start), cmp.Compare(a.start, b.start))
	}).value
}

// settle leaves of the codes those that the form allows. A form that none of
// them has contradicts the program, unless it is the completion course, which
// stands beside the others in the plan's section.
func (p *programs) settle(list []string, form reconcile.Form) ([]string, reconcile.Fault) {
	if form == "" || len(list) == 0 {
		return list, reconcile.NoFault
	}
	var fits []string
	open := true
	for i, code := range list {
		own := p.byCode[code].Form
		switch {
		case own != form:
		case fits == nil:
			fits = list[i : i+1 : i+1]
		default:
			fits = append(fits, code)
		}
		open = open && own == ""
	}
	switch {
	case len(fits) > 0:
		return fits, reconcile.NoFault
	case open:
		return list, reconcile.NoFault
	}
	if form == reconcile.Completion {
		section := p.byCode[list[0]].Section
		for i := range p.plan.Programs {
			if program := &p.plan.Programs[i]; program.Section == section && program.Form == form {
				return []string{program.Code}, reconcile.NoFault
			}
		}
	}
	return list, reconcile.Contradictory
}
