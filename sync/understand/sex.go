package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
)

// sexOf reads the words for a person's sex.
func sexOf(text string) (reconcile.Sex, bool) {
	switch list := words(text); {
	case len(list) != 1:
		return "", false
	case sexWords[list[0]] != "":
		return sexWords[list[0]], true
	}
	return "", false
}

var sexWords = map[string]reconcile.Sex{
	words("nam")[0]: reconcile.Male, words("nữ")[0]: reconcile.Female,
	"nu": reconcile.Female, "male": reconcile.Male, "female": reconcile.Female, "m": reconcile.Male, "f": reconcile.Female,
	words("trai")[0]: reconcile.Male, words("gái")[0]: reconcile.Female,
	words("ông")[0]: reconcile.Male, words("bà")[0]: reconcile.Female,
}

// readSex reads the sex from its column, from ticks, from the column in which
// the birth date stands, or from the name's cell.
func (d *draft) readSex() {
	said := make([]reconcile.Sex, 0, 4) // seldom more than one
	var at *column
	text := ""
	fault := reconcile.NoFault
	for _, c := range d.block.sexes {
		if at == nil || text == "" {
			at = c
		}
		found, ok := d.at(c)
		if d.broken(c) {
			fault = reconcile.Unrecognised
		}
		if ok && len(c.sexes) > 0 {
			if coded := c.sexes[reconcile.Key(found.text)]; coded != "" {
				said, text, at = append(said, coded), found.text, c
				continue
			}
		}
		if !ok || d.list.sheet.saysNone(found.text) {
			continue
		}
		text = found.text
		switch sex := d.list.sheet.readSex(found.text); {
		case c.sex != "":
			said = append(said, c.sex)
			if c.field == reconcile.FieldSex && sex != "" && sex != c.sex {
				said = append(said, sex)
			}
			at = c
		case sex != "":
			said = append(said, sex)
		default:
			fault = reconcile.Unrecognised
		}
	}
	if at == nil {
		if d.found.sex != "" {
			d.reg.Sex = d.found.sex
			d.reg.Readings.Set(reconcile.FieldSex, d.reg.Readings.Get(reconcile.FieldFullName))
		}
		return
	}
	switch {
	case len(said) == 0 && d.block.femaleOnly && fault == reconcile.NoFault:
		d.reg.Sex = reconcile.Male
	case len(said) > 0:
		d.reg.Sex = said[0]
		for _, other := range said[1:] {
			if other != said[0] {
				d.reg.Sex, fault = "", reconcile.Contradictory
			}
		}
	}
	d.note(reconcile.FieldSex, at, text, fault)
}

var (
	sexThenCode = regexp.MustCompile(`(?i)(nam|nữ|nu)\s*(?:[:=–-]|là|ghi)\s*["“']?([\p{L}\d])["”']?(?:$|[^\p{L}\d])`)
	codeThenSex = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d])["“']?([\p{L}\d])["”']?\s*(?:[:=–-]|là)\s*(nam|nữ|nu)(?:$|[^\p{L}\d])`)
)

// sexCodes are the codes that a header explains for both sexes: "Giới tính
// (Nam: 1; Nữ: 0)", "Phái (1-Nam, 2-Nữ)"; nil when it explains none.
func sexCodes(levels []string) map[string]reconcile.Sex {
	text := strings.Join(levels, " ")
	for _, p := range []struct {
		pattern   *regexp.Regexp
		sex, code int
	}{{sexThenCode, 1, 2}, {codeThenSex, 2, 1}} {
		codes := map[string]reconcile.Sex{}
		said := map[reconcile.Sex]bool{}
		for _, m := range p.pattern.FindAllStringSubmatch(text, -1) {
			sex := sexWords[words(m[p.sex])[0]]
			codes[reconcile.Key(m[p.code])] = sex
			said[sex] = true
		}
		if len(said) == 2 && len(codes) == 2 {
			return codes
		}
	}
	return nil
}

// isMark reports whether a cell ticks its column: x, X, 1, v, +, √, TRUE.
func isMark(text string) bool { return marks[text] }

var marks = map[string]bool{
	"x": true, "X": true, "х": true, "Х": true, "1": true, "v": true, "V": true, "+": true, "*": true,
	"√": true, "✓": true, "✔": true, "☑": true, "TRUE": true, "True": true, "xx": true, "(x)": true, "[x]": true,
	"có": true, "Có": true, "●": true, "•": true,
}
