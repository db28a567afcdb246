package understand

import (
	"slices"

	"doisoat/reconcile"
)

// A class can be another one of a narrower circle: the plan calls it by the
// other's name and more ("Trung cấp LLCT", "Trung cấp LLCT lớp Đảng ủy Khối").
// Sheets put that more anywhere behind the name, in brackets or on another
// line: "Trung cấp LLCT hệ KTT (lớp do Đảng ủy Khối … phối hợp mở)".

// refinements know what narrows the programs of one section down.
type refinements struct {
	qualifiers, plain *phrases[string] // to the code of the narrower program
	of                map[string]map[string]bool
}

// minQualifier keeps short ones ("Trung ương") from narrowing a name from afar;
// directly behind it they are a wording of their own.
const minQualifier = 3

// newRefinements derives them from the wordings that the plan gives.
func newRefinements(p *programs) refinements {
	r := refinements{newPhrases[string](), newPhrases[string](), map[string]map[string]bool{}}
	for i := range p.plan.Programs {
		narrow := &p.plan.Programs[i]
		for j := range p.plan.Programs {
			if wide := &p.plan.Programs[j]; narrow.Section == wide.Section && narrow.Kind == wide.Kind {
				r.compare(narrow, wide)
			}
		}
	}
	return r
}

// compare takes what the wordings of narrow add to those of wide. Programs that
// share a wording narrow nothing; their form tells them apart.
func (r refinements) compare(narrow, wide *reconcile.Program) {
	var added, apart [][]string
	for _, name := range wordingsOf(narrow) {
		longest := 0
		for _, base := range wordingsOf(wide) {
			if slices.Equal(name, base) {
				return
			}
			if hasPrefix(name, base) {
				longest = max(longest, len(base))
			}
		}
		if longest == 0 {
			apart = append(apart, name)
		} else {
			added = append(added, name[longest:])
		}
	}
	if len(added) == 0 {
		return
	}
	if r.of[narrow.Code] == nil {
		r.of[narrow.Code] = map[string]bool{}
	}
	r.of[narrow.Code][wide.Code] = true
	for _, q := range slices.Concat(added, apart) {
		if len(q) >= minQualifier {
			r.qualifiers.add(q, narrow.Code)
			r.plain.add(unmark(q), narrow.Code)
		}
	}
}

func wordingsOf(p *reconcile.Program) [][]string {
	names := append([]string{p.Name}, p.Aliases...)
	list := make([][]string, 0, len(names))
	for _, name := range names {
		if w := programWords(name); len(w) > 0 {
			list = append(list, w)
		}
	}
	return list
}

// refine returns the program of a text that names a wide one once and what
// narrows it elsewhere, and no other program. Where the narrow one does not fit,
// what seemed to narrow is only whose list it is: "Cán bộ Đảng ủy Khối đăng ký
// lớp Trung cấp LLCT" names the wide one.
func (p *programs) refine(text string) (list []string, ok bool) {
	text = reconcile.Clean(text)
	said, index, qualifiers := programWords(text), p.wordings.phrases, p.narrower.qualifiers
	if unmarked(text) {
		said, index, qualifiers = unmark(said), p.plain.phrases, p.narrower.plain
	}
	narrowing := qualifiers.all(said)
	if len(narrowing) == 0 {
		return nil, false
	}
	code := narrowing[0].value
	var base *match[*codes]
	for _, m := range index.all(said) {
		switch {
		case slices.ContainsFunc(m.value.list, func(c string) bool { return p.narrower.of[code][c] }):
			if base != nil {
				return nil, false
			}
			base = &m
		case len(m.value.list) != 1 || m.value.list[0] != code:
			return nil, false
		}
	}
	if base == nil || slices.ContainsFunc(narrowing, func(m match[string]) bool { return m.value != code }) {
		return nil, false
	}
	form, _ := formOf(text)
	own := p.plan.Program(code).Form
	if form != "" && own != "" && form != own || narrowing[0].start < base.start && contains(words(text), listingWords) {
		return base.value.list, true
	}
	return []string{code}, true
}

// listingWords stand in titles of lists and not in names of classes.
var listingWords = wordings("danh sách", "đăng ký", "cử", "nhu cầu", "danh sach", "dang ky")
