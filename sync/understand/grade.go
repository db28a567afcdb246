package understand

import (
	"regexp"

	"doisoat/reconcile"
)

// The class of defence training, or of updating knowledge, goes by the group of
// its learners. Some lists name the class once and give the group in a column
// of its own: "Đối tượng" with "ĐT3" or 3.

var gradeCell = regexp.MustCompile(`(?i)^(?:nhóm\s+)?(?:đối tượng|đt)?\s*([1-4]|I{1,3}|IV)$`)

func isGrade(c cell) bool { return gradeCell.MatchString(c.text) }

var gradeHeader = wordings("đối tượng", "doi tuong")

// grade is what the row's column of groups adds to the name of a class.
func (d *draft) grade() (text, cell string) {
	for _, c := range d.block.grades {
		if found, ok := d.cell(c); ok {
			if m := gradeCell.FindStringSubmatch(found.text); m != nil {
				return "đối tượng " + m[1], d.cellName(c)
			}
		}
	}
	return "", ""
}

// graded completes the name of a class by the row's group: the name in the row
// itself, else in a section, the title or the tab.
func (d *draft) graded(own string) (class, bool) {
	grade, at := d.grade()
	if grade == "" {
		return class{}, false
	}
	texts := []string{own}
	if own == "" {
		texts = texts[:0]
		for i := len(d.list.sections) - 1; i >= 0; i-- {
			texts = append(texts, d.list.sections[i].text)
		}
		texts = append(texts, d.list.top.title, d.list.sheet.out.Name)
	}
	for _, text := range texts {
		if m := d.list.sheet.oneProgram([]string{text + " " + grade}, false); len(m.Codes) > 0 {
			return class{mention: m, cell: at, text: text}, true
		}
	}
	return class{}, false
}

// learnGrade turns a column of other information into one of groups when its
// header and its values say so.
func learnGrade(c *column, sample []cell) {
	if c.field == reconcile.FieldOtherInfo && contains(words(c.header), gradeHeader) && mostly(sample, isGrade) {
		c.meaning = meaning{field: reconcile.FieldOtherInfo, holds: aGrade}
	}
}
