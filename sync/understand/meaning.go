package understand

import (
	"strings"

	"doisoat/reconcile"
)

// meaning is what a header's wording says about its column.
type meaning struct {
	field reconcile.Field
	holds holds
	sex   reconcile.Sex
	form  reconcile.Form
	// education and theory are the levels that a marked column stands for.
	education reconcile.Education
	theory    reconcile.PoliticalTheory
	// program is what a column of a needs matrix stands for.
	program Mention
	// family is what the classes of a column have in common.
	family family
	// agency is the code of the body that a column of a table of counts stands
	// for.
	agency string
	exact  bool // the whole header is a known wording
}

// holds says in which way a column gives its field.
type holds uint8

const (
	aValue   holds = iota
	aMark          // x under the thing itself
	aDay           // the day of a date over three columns
	aMonth         // its month
	aYear          // its year
	withUnit       // position and unit in one cell
	aGrade         // the group of learners, which completes the name of a class
	aFamily        // what completes the name of one of the family's classes
)

// dictionary finds the meaning of a wording: as a whole, or as a part of a
// longer header.
type dictionary struct {
	whole, wholePlain map[string]meaning
	// joined are the whole wordings without marks and spaces, as systems that
	// know only capitals write them: HOTEN, NGAYSINH.
	joined          map[string]meaning
	part, partPlain *phrases[meaning]
}

// entry is a meaning and its wordings, separated by " | ". A wording after "="
// counts only when it is the whole header, since it is short or ambiguous.
type entry struct {
	meaning  meaning
	wordings string
}

func newDictionary(entries []entry) *dictionary {
	d := &dictionary{
		whole: map[string]meaning{}, wholePlain: map[string]meaning{}, joined: map[string]meaning{},
		part: newPhrases[meaning](), partPlain: newPhrases[meaning](),
	}
	for _, e := range entries {
		for wording := range strings.SplitSeq(e.wordings, "|") {
			text, exactOnly := strings.CutPrefix(strings.TrimSpace(wording), "=")
			list, plain := words(text), plainWords(text)
			if len(list) == 0 {
				continue
			}
			exact := e.meaning
			exact.exact = true
			setOnce(d.whole, strings.Join(list, " "), exact)
			setOnce(d.wholePlain, strings.Join(plain, " "), exact)
			if joined := strings.Join(plain, ""); len(plain) > 1 && len(joined) >= minJoined {
				setOnce(d.joined, joined, exact)
			}
			if !exactOnly {
				d.part.add(list, e.meaning)
				d.partPlain.add(plain, e.meaning)
			}
		}
	}
	return d
}

// minJoined keeps short wordings from being found inside one word.
const minJoined = 4

func setOnce(m map[string]meaning, key string, value meaning) {
	if _, taken := m[key]; !taken {
		m[key] = value
	}
}

// look returns the meaning of a header. A hint in brackets counts only if the
// header means nothing without it ("Nữ (x)", "Ngày sinh (dd/mm/yyyy)"). Of the
// wordings inside a longer header the longest decides. Abbreviations are
// written out when the header means nothing as it stands.
func (d *dictionary) look(header string) (meaning, bool) {
	if m, ok := d.lookWhole(header); ok {
		return m, true
	}
	if m, ok := d.lookInside(header); ok {
		return m, true
	}
	if found := d.part.all(headerShort.apply(words(withoutBrackets(header)))); len(found) > 0 {
		return found[0].value, true
	}
	return meaning{}, false
}

// together is the meaning of a header in which several wordings stand. The
// longest decides, but a header that begins with the name is the name's
// ("Họ tên, ngày tháng năm sinh"), and a position beside a unit is both
// ("Chức vụ, đơn vị đang công tác").
func (d *dictionary) together(list []string) (meaning, bool) {
	found := d.part.all(list)
	if len(found) == 0 {
		return meaning{}, false
	}
	for _, m := range found {
		if m.start == 0 && m.value.field == reconcile.FieldFullName {
			return m.value, true
		}
	}
	// What stands beside the longest wording can overlap it as part of another.
	longest := found[0]
	for _, beside := range [][]string{list[:longest.start], list[longest.end:]} {
		for _, m := range d.part.all(beside) {
			a, b := longest.value.field, m.value.field
			if a == reconcile.FieldPosition && b == reconcile.FieldUnit || a == reconcile.FieldUnit && b == reconcile.FieldPosition {
				return meaning{field: reconcile.FieldPosition, holds: withUnit}, true
			}
		}
	}
	return longest.value, true
}

// lookInside finds a wording within a longer header.
func (d *dictionary) lookInside(header string) (meaning, bool) {
	for _, text := range []string{withoutBrackets(header), header} {
		if m, ok := d.together(words(text)); ok {
			return m, true
		}
	}
	if !unmarked(header) {
		return meaning{}, false
	}
	if found := d.partPlain.all(plainWords(splitCamel(header))); len(found) > 0 {
		return found[0].value, true
	}
	return meaning{}, false
}

// lookWhole is look for headers that are a known wording as a whole.
func (d *dictionary) lookWhole(header string) (meaning, bool) {
	if len(d.whole) == 0 {
		return meaning{}, false // nothing was taught
	}
	bare := withoutBrackets(header)
	texts := []string{header, bare}
	if bare == header {
		texts = texts[1:]
	}
	var list []string
	for _, text := range texts {
		list = words(text)
		if m, ok := d.whole[strings.Join(list, " ")]; ok {
			return m, true
		}
	}
	if m, ok := d.whole[strings.Join(headerShort.apply(list), " ")]; ok {
		return m, true
	}
	if !unmarked(header) {
		return meaning{}, false
	}
	for _, text := range texts {
		if m, ok := d.wholePlain[strings.Join(plainWords(splitCamel(text)), " ")]; ok {
			return m, true
		}
	}
	if list := plainWords(header); len(list) == 1 {
		m, ok := d.joined[list[0]]
		return m, ok
	}
	return meaning{}, false
}

func withoutBrackets(s string) string {
	if !strings.ContainsRune(s, '(') {
		return s
	}
	return strings.TrimSpace(inBrackets.ReplaceAllString(s, " "))
}
