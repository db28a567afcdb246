package understand

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// A needs matrix can head its columns by what classes have in common, and leave
// it to the cells to say which one is meant: "QPAN" over "ĐT 3", "QLNN" over
// "CVC", "LLCT" over "TC". The same headers stand over what people hold.

// family is what the classes of a column have in common.
type family struct {
	name   string // with which the names of its classes begin
	header string // as the sheet writes it
}

// families are the names with which those of the classes begin, each with the
// headers that stand for it. To teach one, add it to its line.
var families = []struct{ name, headers string }{
	{"quốc phòng an ninh", "QPAN | quốc phòng"},
	{theoryFamily, "LLCT | chính trị"},
	{"quản lý nhà nước", "QLNN"},
	{"ngạch", "ngạch | QLNN ngạch"},
	{"lãnh đạo quản lý", "lãnh đạo, quản lý"},
	{"chức danh nghề nghiệp", "chức danh nghề nghiệp"},
	{"cập nhật kiến thức", "cập nhật kiến thức"},
	{"xây dựng đảng", "xây dựng Đảng"},
	{"ngoại ngữ", "ngoại ngữ"},
	{"tiếng anh", "tiếng Anh"},
	{"tiếng dân tộc", "tiếng dân tộc | tiếng dân tộc thiểu số | tiếng đồng bào dân tộc"},
	{"tin học", "tin học"},
}

// theoryFamily has classes that go by their levels alone.
const theoryFamily = "lý luận chính trị"

// familyHeaders finds a family's name by the words of its headers, with and
// without marks.
var familyHeaders = func() map[string]string {
	index := map[string]string{}
	for _, f := range families {
		for header := range strings.SplitSeq(f.headers, "|") {
			list := programWords(header)
			index[strings.Join(list, " ")] = f.name
			index[strings.Join(unmark(list), " ")] = f.name
		}
	}
	return index
}()

// plainNoise is programNoise without marks.
var plainNoise = func() map[string]bool {
	plain := map[string]bool{}
	for word := range programNoise {
		plain[reconcile.ASCII(word)] = true
	}
	return plain
}()

// familyOf is the family that a header names and nothing else.
func familyOf(header string) (family, bool) {
	list := programWords(header)
	if unmarked(header) {
		list = without(unmark(list), plainNoise)
	}
	name, ok := familyHeaders[strings.Join(list, " ")]
	return family{name, header}, ok
}

// wish tells how plainly a header asks for the classes under it.
type wish uint8

const (
	asksNot  wish = iota // it says what people have
	asksOpen             // it says neither
	asksSome             // it speaks of lessons, past or to come
	asksSure
)

var (
	heldWords   = wordings("trình độ", "chứng chỉ", "văn bằng", "bằng cấp", "hiện nay", "đang giữ", "hiện giữ", "đang học", "trinh do", "chung chi", "da hoc", "đang theo học")
	wantedWords = wordings("đăng ký", "nhu cầu", "đề nghị", "cử đi", "cử tham gia", "cử học", "dự kiến", "dang ky", "nhu cau", "de nghi", "du kien")
	taughtWords = wordings("bồi dưỡng", "bd", "đào tạo", "đtbd", "tập huấn", "boi duong", "dao tao")
)

func wishOf(levels []string) wish {
	list := words(strings.Join(levels, " "))
	switch {
	case contains(list, wantedWords):
		return asksSure
	case contains(list, heldWords), contains(list, pastWords):
		return asksNot
	case contains(list, classStart):
		return asksSure
	case contains(list, taughtWords):
		return asksSome
	}
	return asksOpen
}

// askedFamilies gives the columns that are headed by a family, and plainly ask
// for its classes, to the classes. A lone column of classes that is headed so
// ("Đăng ký LLCT") stays one.
func askedFamilies(columns []column) {
	asked := map[*column]family{}
	beside := false
	for i := range columns {
		c := &columns[i]
		if f, ok := familyColumn(c); ok && wishOf(c.levels) == asksSure {
			asked[c] = f
			beside = beside || c.field != reconcile.FieldProgram
		}
	}
	for c, f := range asked {
		if beside {
			c.meaning = meaning{field: reconcile.FieldProgram, holds: aFamily, family: f}
		}
	}
}

// familyColumn is the family of a column whose header alone says no more.
func familyColumn(c *column) (family, bool) {
	if c.holds != aValue {
		return family{}, false
	}
	switch c.field {
	case reconcile.FieldUnclear, reconcile.FieldOtherInfo, reconcile.FieldPoliticalTheory, reconcile.FieldProgram:
		return familyOf(c.levels[len(c.levels)-1])
	}
	return family{}, false
}

// impliedFamilies does so where the header only speaks of lessons, or is just
// ticked, and nothing else on the sheet names a class: these are the classes
// that it is about. Beside another class they are what people have.
func (l *rosterReader) impliedFamilies(h header, end int) {
	var implied []*column
	for _, b := range l.blocks {
		if b.namesProgram() || len(b.heading.Codes) > 0 {
			return
		}
		implied = append(implied, l.sheet.implied(b, h, end)...)
	}
	if len(implied) == 0 || l.namesClass(h, end) {
		return
	}
	for _, c := range implied {
		f, _ := familyColumn(c)
		c.meaning = meaning{field: reconcile.FieldProgram, holds: aFamily, family: f}
	}
	for _, b := range l.blocks {
		b.group()
	}
}

// implied are the columns of families whose header leaves it open that it asks,
// and whose cells are what answers that: ticks, or under a header that speaks
// of lessons what completes a class, in most cells of its group. Years are of
// classes that people have been to.
func (s *sheetReader) implied(b *block, h header, end int) []*column {
	type group struct {
		columns        []*column
		cells, answers int
	}
	var columns []*column
	groups := map[string]*group{}
	for k := range b.columns {
		c := &b.columns[k]
		f, ok := familyColumn(c)
		if !ok {
			continue
		}
		sample := s.sample(c.col, h.last+1, end)
		wished := wishOf(c.levels)
		switch {
		case wished == asksOpen && mostly(sample, func(c cell) bool { return isMark(c.text) }):
			columns = append(columns, c)
		case wished == asksSome && !besideEducation(c, b):
			name := ""
			if len(c.levels) > 1 {
				name = c.levels[0]
			}
			g := groups[name]
			if g == nil {
				g = &group{}
				groups[name] = g
			}
			g.columns = append(g.columns, c)
			g.cells += len(sample)
			for i := range sample {
				if isMark(sample[i].text) || isGrade(sample[i]) || len(s.ofFamily(f, sample[i].text).Codes) > 0 {
					g.answers++
				}
			}
		}
	}
	for _, g := range groups {
		if g.answers*2 > g.cells {
			columns = append(columns, g.columns...)
		}
	}
	return columns
}

// besideEducation tells whether the group of the column also has the degrees:
// then it is one of what people have learnt.
func besideEducation(c *column, b *block) bool {
	return len(c.levels) > 1 && slices.ContainsFunc(b.columns, func(o column) bool {
		return o.field == reconcile.FieldEducation && len(o.levels) > 1 && o.levels[0] == c.levels[0]
	})
}

// namesClass tells whether the title, the tab, the file or a section between
// the header and the row end names a class.
func (l *rosterReader) namesClass(h header, end int) bool {
	s := l.sheet
	if len(l.top.program.Codes) > 0 || len(s.tabProgram().Codes) > 0 || len(s.fileProgram().Codes) > 0 {
		return true
	}
	for i := h.last + 1; i < end; i++ {
		if sec, ok := s.sectionOf(&s.view.rows[i]); ok && len(sec.program.Codes) > 0 {
			return true
		}
	}
	return false
}

// ofFamily is the class that a text names, by itself or together with the
// family. What stays unclear keeps both in words.
func (s *sheetReader) ofFamily(f family, text string) Mention {
	if isMark(text) {
		return Mention{Text: f.header}
	}
	said := text
	if m := gradeCell.FindStringSubmatch(text); m != nil {
		said = "đối tượng " + m[1]
	}
	for _, name := range []string{text, f.name + " " + said} {
		if list := s.mentions(name); len(list) == 1 && len(list[0].Codes) > 0 {
			m := list[0]
			m.Text = text
			return m
		}
	}
	if f.name == theoryFamily {
		own := Mention{Text: text}
		own.Form, own.Fault = formOf(text)
		if m, ok := s.theoryLevel(own); ok {
			return m
		}
	}
	return Mention{Text: f.header + " " + text}
}

// familyClasses are the classes that the row's cell in a column of a family
// asks for: several where it lists them.
func (d *draft) familyClasses(c *column, found cell, list []class) []class {
	s := d.list.sheet
	mentioned := []Mention{d.narrowed(c.family, s.ofFamily(c.family, found.text))}
	parts := nonEmpty(strings.FieldsFunc(found.Text, func(r rune) bool { return strings.ContainsRune(",;+&\n", r) }))
	if len(parts) > 1 {
		var each []Mention
		known := 0
		for _, part := range parts {
			part = reconcile.Clean(part)
			m := s.ofFamily(c.family, part)
			if len(m.Codes) > 0 {
				known++
			} else if !gradeCell.MatchString(part) {
				known = -len(parts)
			}
			each = append(each, m)
		}
		if known > 0 {
			mentioned = each
		}
	}
	for _, m := range mentioned {
		list = append(list, class{mention: m, cell: d.cellName(c), text: found.text, several: len(mentioned) > 1})
	}
	return list
}

// narrowed completes a family that is only ticked by what stands above the row:
// a section ("Đối tượng 3"), or a class of the family.
func (d *draft) narrowed(f family, m Mention) Mention {
	if len(m.Codes) > 0 || m.Text != f.header {
		return m
	}
	for i := len(d.list.sections) - 1; i >= 0; i-- {
		if list := d.list.sheet.mentions(f.name + " " + d.list.sections[i].text); len(list) == 1 && len(list[0].Codes) > 0 {
			return list[0]
		}
	}
	if above := d.inherited().mention; len(above.Codes) > 0 && indexOf(programWords(above.Text), programWords(f.name)) >= 0 {
		return above
	}
	return m
}
