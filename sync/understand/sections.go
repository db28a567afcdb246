package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// section is a row that heads a group of rows: a bloc, a unit, a class.
type section struct {
	marker  markerKind
	text    string
	cell    string
	program Mention
	agency  string // code, when it is a body of the register
	unit    bool   // names a unit
}

// markerKind is how a section is numbered: A., I., 1., 1.1, or not at all.
type markerKind uint8

const (
	unnumbered markerKind = iota
	byLetter
	byRoman
	byNumber
	byDotted
)

var (
	sectionMark = regexp.MustCompile(`^(Phần\s+|Mục\s+)?([A-ZĐ]|[IVXLC]{1,7}|\d{1,3}|\d{1,3}(?:\.\d{1,3})+|[a-zđ])\s*(?:[.):/]|[-–—])\s*(\S.*)$`)
	romanMark   = regexp.MustCompile(`^[IVX]{1,7}$`)
	dottedMark  = regexp.MustCompile(`^\d{1,3}(\.\d{1,3})+$`)
	peopleCount = regexp.MustCompile(`(?i)\s*[(:,–-]?\s*\d+\s*(đ/c|đồng chí|người|học viên|cán bộ|hv|chỉ tiêu)\s*\)?\s*$`)
)

func markerOf(s string) (markerKind, bool) {
	s = strings.TrimRight(s, ".):/-– ")
	switch {
	case romanMark.MatchString(s):
		return byRoman, true
	case dottedMark.MatchString(s):
		return byDotted, true
	case plainNumber.MatchString(s):
		return byNumber, true
	case len([]rune(s)) == 1 && unicode.IsLetter([]rune(s)[0]):
		return byLetter, true
	}
	return unnumbered, false
}

// sectionOf reads a row as a section, when it is one: a text with or without a
// number, and beside it at most a count.
func (s *sheetReader) sectionOf(row *line) (section, bool) {
	if len(row.cells) == 0 || len(row.cells) > 4 {
		return section{}, false
	}
	first := &row.cells[0]
	rest := row.cells[1:]
	sec := section{text: withoutStar(first.text), cell: cellName(first.Col, row.number)}
	if marker, ok := markerOf(first.text); ok && len(rest) > 0 {
		sec.marker, sec.text, sec.cell = marker, rest[0].text, cellName(rest[0].Col, row.number)
		first, rest = &rest[0], rest[1:]
	} else if m := sectionMark.FindStringSubmatch(first.text); m != nil {
		sec.marker, _ = markerOf(m[2])
		sec.text = m[3]
	}
	for j := range rest {
		if _, ok := count(rest[j]); !ok && !peopleCount.MatchString(rest[j].text) {
			return section{}, false
		}
	}
	if !strings.ContainsFunc(sec.text, unicode.IsLetter) {
		return section{}, false
	}
	s.resolveSection(&sec)
	return sec, s.isSection(sec, row, first)
}

// withoutStar drops the mark with which an unnumbered section can begin.
func withoutStar(text string) string { return strings.TrimLeft(text, "*+-–• ") }

// isStarred tells whether a row that begins like a remark heads a class: "* Lớp
// Cao cấp LLCT".
func (s *sheetReader) isStarred(row *line) bool {
	bare := words(withoutStar(row.cells[0].text))
	if len(row.cells) > 2 || len(bare) == 0 {
		return false
	}
	if _, ok := classStart.at(bare, 0); !ok {
		return false
	}
	sec, ok := s.sectionOf(row)
	return ok && len(sec.program.Codes) > 0
}

// resolveSection finds out what the section names: a program, a body, a unit.
func (s *sheetReader) resolveSection(sec *section) {
	name := peopleCount.ReplaceAllString(sec.text, "")
	sec.unit = startsUnit(name)
	if !sec.unit || contains(words(name), classStart) {
		sec.program = s.oneProgram([]string{name}, len(words(name)) <= 3)
	}
	if len(sec.program.Codes) == 0 {
		sec.agency = s.reader.agencies.unit(name, s.book.day)
	}
}

var classStart = wordings("lớp", "khóa", "lop")

// isSection decides whether the text heads a group. Roman numerals and letters
// do; Arabic numbers also stand before people, so that there, and without any
// number, the words or the width of the cell have to show it.
func (s *sheetReader) isSection(sec section, row *line, first *cell) bool {
	if len(sec.program.Codes) > 0 && s.isWholeClass(sec.text) {
		return true // "Cao cấp lý luận chính trị" has the family name of nobody
	}
	if len(words(sec.text)) > 40 || looksLikeName(sec.text) && sec.marker != byRoman && !startsUnit(sec.text) {
		return false
	}
	if sec.marker == byLetter || sec.marker == byRoman || sec.marker == byDotted {
		return true
	}
	list := words(sec.text)
	if sec.unit || sec.agency != "" || len(sec.program.Codes) > 0 {
		return true
	}
	if _, ok := groupStart.at(list, 0); ok {
		return true
	}
	if sec.marker == byNumber {
		return false
	}
	_, lastCol := s.view.reach(row.number, first.Col)
	return lastCol-first.Col >= 2 && len(row.cells) == 1 && len(list) <= 20 || isUpper(sec.text) && len(list) >= 2 && len(row.cells) == 1
}

// isWholeClass tells whether a text is the name of a class and nothing else.
func (s *sheetReader) isWholeClass(text string) bool {
	list := programWords(peopleCount.ReplaceAllString(text, ""))
	for _, m := range s.reader.programs.find(text, false) {
		if m.start == 0 && m.end >= len(list) {
			return true
		}
	}
	return false
}

// nested completes a section that names no class by those that it stands in:
// "Đối tượng 3" under "Kiến thức quốc phòng, an ninh".
func (s *sheetReader) nested(open sections) {
	last := len(open) - 1
	if _, said := open.program(); said || open[last].unit || open[last].agency != "" {
		return
	}
	text := peopleCount.ReplaceAllString(open[last].text, "")
	for i := last - 1; i >= 0; i-- {
		text = open[i].text + " " + text
		if m := s.oneProgram([]string{text}, false); len(m.Codes) > 0 {
			open[last].program = m
			return
		}
	}
}

var groupStart = wordings("khối", "lớp", "cấp xã", "cấp huyện", "cấp tỉnh", "các", "nhóm", "hệ", "đối tượng", "khóa", "chương trình", "đơn vị", "cán bộ", "công chức", "viên chức",
	"lãnh đạo", "bồi dưỡng", "đào tạo", "đảng ủy", "chi bộ", "cơ quan", "mặt trận")

func isUpper(s string) bool {
	return strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsLetter)
}

// sections are the open ones, the outermost first.
type sections []section

// open adds a section: one of the same numbering, and all below it, end.
func (l sections) open(sec section) sections {
	if i := slices.IndexFunc(l, func(o section) bool { return o.marker == sec.marker }); i >= 0 {
		l = l[:i]
	}
	return append(slices.Clone(l), sec)
}

// program is the nearest section's that names one.
func (l sections) program() (section, bool) {
	for i := len(l) - 1; i >= 0; i-- {
		if len(l[i].program.Codes) > 0 {
			return l[i], true
		}
	}
	return section{}, false
}

// unit is the text of the nearest section that names a unit.
func (l sections) unit() (text, agency string) {
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].unit || l[i].agency != "" {
			text = l[i].text
			break
		}
	}
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].agency != "" {
			return text, l[i].agency
		}
	}
	return text, ""
}

// form is the nearest section's that says it ("Hệ tập trung").
func (l sections) form() reconcile.Form {
	for i := len(l) - 1; i >= 0; i-- {
		if f, _ := formOf(l[i].text); f != "" {
			return f
		}
	}
	return ""
}
