package understand

import (
	"regexp"
	"strings"

	"doisoat/reconcile"
)

// A list can write a code into its column of classes and say beside the table
// what each code means: "1: Cao cấp LLCT tập trung; 2: QPAN đối tượng 3".

// legend is what the codes of a list mean.
type legend map[string]Mention

const (
	maxLegendKey  = 4  // letters and digits of a code
	maxLegendRows = 60 // rows from the table's edge that are searched
)

var (
	legendLine = regexp.MustCompile(`^[(\[]?\s*(\d{1,2}|\p{L}{1,3}\d{0,2})\s*[)\]]?\s*[:=.)–-]\s*(\S.*)$`)
	legendHead = regexp.MustCompile(`(?i)^\(?[*•]*\)?\s*(ghi chú|chú thích|chú giải|ký hiệu|mã lớp|quy ước|ghi chu)[^:]*:\s*`)
	legendKeys = regexp.MustCompile(`[\s,;+/&.-]+`)
)

// learnLegend finds the meanings of the codes in the column of classes, when
// most of its values are codes that a line above or below the table explains.
// It is nil when they are not. Lines below the table are marked as notes.
func (s *sheetReader) learnLegend(h header, blocks []*block, end int) legend {
	var used []cell
	for _, b := range blocks {
		for i := range b.columns {
			if c := &b.columns[i]; c.field == reconcile.FieldProgram && c.holds == aValue {
				used = append(used, s.sample(c.col, h.last+1, end)...)
			}
		}
	}
	isCode := func(c cell) bool { return len([]rune(c.text)) <= maxLegendKey || len(legendKeys.Split(c.text, -1)) > 1 }
	if !mostly(used, isCode) {
		return nil
	}
	meant, lines := s.legendLines(h)
	if len(meant) == 0 || !mostly(used, func(c cell) bool { return meant.classes(c.text) != nil }) {
		return nil
	}
	for _, i := range lines {
		s.rows[i].kind = reconcile.RowNote
	}
	return meant
}

// legendLines reads the rows above and below a table that explain codes, with
// the indexes of those below it.
func (s *sheetReader) legendLines(h header) (legend, []int) {
	meant := legend{}
	var lines []int
	explain := func(i int) bool {
		row := &s.view.rows[i]
		if len(row.cells) > 2 {
			return false
		}
		text := legendHead.ReplaceAllString(row.cells[0].Text, "")
		if len(row.cells) == 2 {
			text += ": " + row.cells[1].Text
		}
		return meant.read(s, text)
	}
	for i := max(0, h.first-maxLegendRows); i < h.first; i++ {
		explain(i)
	}
	for i := len(s.view.rows) - 1; i > h.last && i >= len(s.view.rows)-maxLegendRows; i-- {
		if explain(i) {
			lines = append(lines, i)
		}
	}
	return meant, lines
}

// read adds the codes that a text explains: one, or several after each other.
func (l legend) read(s *sheetReader, text string) bool {
	found := false
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		m := legendLine.FindStringSubmatch(reconcile.Clean(part))
		if m == nil {
			continue
		}
		if list := s.mentions(strings.TrimRight(m[2], " .,;")); len(list) == 1 && len(list[0].Codes) > 0 {
			if _, taken := l[codeKey(m[1])]; !taken {
				l[codeKey(m[1])] = list[0]
			}
			found = true
		}
	}
	return found
}

// classes are the classes whose codes a cell holds, nil when one of its words
// is no code.
func (l legend) classes(text string) []Mention {
	if len(l) == 0 {
		return nil
	}
	var list []Mention
	for _, key := range legendKeys.Split(strings.Trim(text, " ,;.()"), -1) {
		m, ok := l[codeKey(key)]
		if !ok {
			return nil
		}
		list = append(list, m)
	}
	return list
}

// codeKey compares "01" with "1" and "a" with "A".
func codeKey(text string) string { return strings.TrimLeft(reconcile.Key(text), "0") }
