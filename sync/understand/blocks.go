package understand

import (
	"regexp"
	"slices"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// blocks tells lists apart that stand side by side, and learns from the rows
// under the header what its words leave open.
func (s *sheetReader) blocks(h header, end int) []*block {
	var all []*block
	for _, columns := range sideBySide(h.columns) {
		otherNames(columns)
		b := &block{columns: columns}
		s.learn(b, h, end)
		b.group()
		all = append(all, b)
	}
	s.headings(h, all)
	return all
}

// sideBySide cuts the columns where a second ordinal or name begins another
// list, which has at least its name and one thing more.
func sideBySide(columns []column) [][]column {
	starts := []int{0}
	names, since := 0, map[string]bool{}
	for i := range columns {
		c := &columns[i]
		if c.field == reconcile.FieldFullName && c.exact {
			names++
		}
		begins := c.field == reconcile.FieldOrdinal || c.field == reconcile.FieldFullName
		if begins && c.exact && names > 0 && since[c.header] && repeats(columns[starts[len(starts)-1]:i], columns[i:]) {
			starts = append(starts, i)
			names, since = 0, map[string]bool{}
			if c.field == reconcile.FieldFullName {
				names = 1
			}
		}
		since[c.header] = true
	}
	out := make([][]column, len(starts))
	for k, from := range starts {
		to := len(columns)
		if k+1 < len(starts) {
			to = starts[k+1]
		}
		out[k] = columns[from:to]
	}
	return out
}

// repeats: the columns to the right name a person again and share at least two
// headers with those to the left.
func repeats(left, right []column) bool {
	headers := map[string]bool{}
	for i := range left {
		headers[left[i].header] = true
	}
	shared, name := 0, false
	for i := range right {
		if headers[right[i].header] {
			shared++
		}
		name = name || right[i].field == reconcile.FieldFullName
	}
	return name && shared >= 2
}

// learn settles by the values what the words of the header leave open: whether
// Nam and Nữ hold dates or ticks, whether a column of a class is ticked, how
// the sheet writes its dates.
func (s *sheetReader) learn(b *block, h header, end int) {
	samples := map[int][]cell{}
	marked, middle := false, false
	male, female := -1, -1
	values := false
	for i := range b.columns {
		c := &b.columns[i]
		sample := s.sample(c.col, h.last+1, end)
		learnGrade(c, sample)
		learnCareer(c, sample)
		switch {
		case c.field == reconcile.FieldSex && c.holds == aMark:
			if mostly(sample, isDateCell) {
				c.meaning = meaning{field: reconcile.FieldBirthDate, sex: c.sex}
			} else if c.sex == reconcile.Male {
				male = i
			} else {
				female = i
				marked = len(sample) > 0
			}
		case c.field == reconcile.FieldSex && tickedSex(c, sample):
			if c.sex == reconcile.Male {
				male = i
			} else {
				female, marked = i, true
			}
		case c.field == reconcile.FieldSex:
			values = true
			s.explainSex(c, sample, h)
		case c.field == reconcile.FieldBirthDate && c.sex != "":
			if mostly(sample, func(c cell) bool { return isMark(c.text) }) {
				c.meaning = meaning{field: reconcile.FieldSex, holds: aMark, sex: c.sex}
				if c.sex == reconcile.Male {
					male = i
				}
			}
			values = true
		case c.field == reconcile.FieldFullName:
			middle = middle || anyThi(sample)
		case c.field == reconcile.FieldIgnored && !b.namesProgram() && mostly(sample, s.namesClass):
			c.meaning = meaning{field: reconcile.FieldProgram} // the codes of the classes are all that names them
		case s.codesOfAgencies(c, sample):
			c.meaning = meaning{field: reconcile.FieldAgency}
		case c.field == reconcile.FieldOfficialDate && mostly(sample, holdsTwoDates) && !b.has(reconcile.FieldPartyDate):
			c.meaning = meaning{field: reconcile.FieldPartyDate} // "Ngày vào Đảng/chính thức"
		case c.field == reconcile.FieldForm && c.holds == aValue && mostly(sample, s.namesClass):
			c.meaning = meaning{field: reconcile.FieldProgram}
		case c.field == reconcile.FieldProgram && c.holds == aMark:
			if !mostly(sample, isTick) {
				c.meaning = s.unticked(c, sample)
			}
		}
		samples[i] = sample
	}
	s.learnUnknown(b, h, end)
	b.learnOrders(samples)
	// One column "Nữ" ticks the women; were nobody ticked in a list that has
	// women by name, the column was just not filled in.
	b.femaleOnly = female >= 0 && male < 0 && !values && (marked || !middle)
}

// namesProgram tells whether a column says which class a person is put down for.
func (b *block) namesProgram() bool {
	return slices.ContainsFunc(b.columns, func(c column) bool { return c.field == reconcile.FieldProgram })
}

// unticked is what a column is whose header names a program and whose cells
// are no ticks: a column of classes after all, or something else.
func (s *sheetReader) unticked(c *column, sample []cell) meaning {
	programs, forms := 0, 0
	for i := range sample {
		if list := s.reader.programs.mentions(sample[i].Text, false); len(list) > 0 && len(list[0].Codes) > 0 {
			programs++
		} else if f, _ := formOf(sample[i].text); f != "" {
			forms++
		}
	}
	switch {
	case len(sample) == 0 || forms*2 > len(sample):
		return c.meaning
	case mostly(sample, namesPosition):
		return meaning{field: reconcile.FieldPosition}
	case programs*2 > len(sample):
		return meaning{field: reconcile.FieldProgram}
	}
	if own, ok := s.reader.header(c.levels[len(c.levels)-1]); ok {
		return own
	}
	return meaning{field: reconcile.FieldUnclear}
}

// sample is the column's cells with a value in the first rows under the header, past
// the headers that repeat it on each page.
func (s *sheetReader) sample(col, from, to int) []cell {
	var cells []cell
	for i := from; i < to && len(cells) < sampleRows*2; i++ {
		if s.rows[i].kind == reconcile.RowHeader || len(s.view.rows[i].cells) < 3 || isNumbering(&s.view.rows[i]) {
			continue
		}
		if c, ok := s.view.rows[i].at(col); ok && !isBroken(c) {
			cells = append(cells, c)
		}
	}
	return cells
}

func mostly(cells []cell, is func(cell) bool) bool {
	n := 0
	for i := range cells {
		if is(cells[i]) {
			n++
		}
	}
	return n > 0 && n*2 > len(cells)
}

// isTick tells whether a cell under a class can be a tick or its absence: a
// mark, a number (1, a priority, a year), 0 or "không". Files without types
// hold the numbers as texts.
func isTick(c cell) bool {
	return isMark(c.text) || c.Kind == sheet.Number || c.Kind == sheet.Bool || shortNumber.MatchString(c.text) ||
		unticks(c.text) || saysNone(c.text)
}

var shortNumber = regexp.MustCompile(`^\d{1,4}$`)

// unticks tells whether the cell under a class says that it is not wanted.
func unticks(text string) bool { return text == "0" || strings.EqualFold(text, "false") }

// has tells whether a column of the list holds the field.
func (b *block) has(f reconcile.Field) bool {
	for i := range b.columns {
		if b.columns[i].field == f {
			return true
		}
	}
	return false
}

var fullDate = regexp.MustCompile(`\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}`)

func holdsTwoDates(c cell) bool { return len(fullDate.FindAllString(c.text, 3)) == 2 }

func isDateCell(c cell) bool {
	if c.Kind == sheet.Date {
		return true
	}
	if isMark(c.text) {
		return false
	}
	numbers, strange := dateNumbers(c.text)
	return len(numbers) > 0 && !strange && !unticks(c.text)
}

func (s *sheetReader) namesClass(c cell) bool {
	list := s.mentions(c.Text)
	return len(list) > 0 && len(list[0].Codes) > 0
}

func anyThi(cells []cell) bool {
	for i := range cells {
		if contains(words(cells[i].text), middleThi) {
			return true
		}
	}
	return false
}

var middleThi = wordings("thị")
