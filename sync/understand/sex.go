package understand

import (
	"regexp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// sexOf reads the words for a person's sex.
func sexOf(text string) (reconcile.Sex, bool) {
	list := words(text)
	if len(list) > 1 && len(list) <= 4 {
		list = slices.DeleteFunc(list, func(w string) bool { return besideSex[w] })
	}
	if len(list) != 1 || sexWords[list[0]] == "" {
		return "", false
	}
	return sexWords[list[0]], true
}

// besideSex are the words that stand with those for the sex: "Nam giới", "Phụ
// nữ", "Giới tính: nữ", "Đàn ông".
var besideSex = wordSet("giới tính phái phụ là cán bộ đàn đồng chí gioi tinh phu")

var sexWords = map[string]reconcile.Sex{
	words("nam")[0]: reconcile.Male, words("nữ")[0]: reconcile.Female,
	"nu": reconcile.Female, "male": reconcile.Male, "female": reconcile.Female, "m": reconcile.Male, "f": reconcile.Female,
	words("trai")[0]: reconcile.Male, words("gái")[0]: reconcile.Female,
	words("ông")[0]: reconcile.Male, words("bà")[0]: reconcile.Female,
	words("anh")[0]: reconcile.Male, words("chị")[0]: reconcile.Female,
	"mr": reconcile.Male, "mrs": reconcile.Female, "ms": reconcile.Female, "man": reconcile.Male, "woman": reconcile.Female,
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
		if !ok || d.list.sheet.saysNone(found.text) || c.holds == aMark && unticks(found.text) {
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

var doubledMarks = strings.NewReplacer(" ", "  ", ",", ",,", ";", ";;", "/", "//")

// sexCodes are the codes that a header explains for both sexes: "Giới tính
// (Nam: 1; Nữ: 0)", "Phái (1-Nam, 2-Nữ)"; nil when it explains none.
func sexCodes(levels []string) map[string]reconcile.Sex {
	// The marks are doubled since each can end one code and begin the next.
	text := doubledMarks.Replace(strings.Join(levels, " "))
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

// explainSex finds the codes of a column of the sex in a line above or below
// the table, where its header explains none: "Ghi chú: giới tính 1 = Nam, 0 = Nữ".
func (s *sheetReader) explainSex(c *column, sample []cell, h header) {
	if c.sexes != nil || !mostly(sample, func(c cell) bool { return len(c.text) == 1 && !sexLetters[c.text] }) {
		return
	}
	for _, rows := range [][2]int{{max(0, h.first-maxLegendRows), h.first}, {max(h.last+1, len(s.view.rows)-maxLegendRows), len(s.view.rows)}} {
		for i := rows[0]; i < rows[1]; i++ {
			row := &s.view.rows[i]
			if len(row.cells) > 2 {
				continue
			}
			for j := range row.cells {
				if codes := sexCodes([]string{row.cells[j].text}); codes != nil {
					c.sexes = codes
					return
				}
			}
		}
	}
}

// sexLetters need no explanation.
var sexLetters = map[string]bool{"M": true, "F": true, "m": true, "f": true}

// isMark reports whether a cell ticks its column: x, X, 1, v, +, √, TRUE.
func isMark(text string) bool { return marks[text] }

var marks = map[string]bool{
	"x": true, "X": true, "х": true, "Х": true, "1": true, "v": true, "V": true, "+": true, "*": true,
	"√": true, "✓": true, "✔": true, "☑": true, "TRUE": true, "True": true, "xx": true, "(x)": true, "[x]": true,
	"có": true, "Có": true, "●": true, "•": true,
}
