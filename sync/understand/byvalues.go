package understand

import "doisoat/reconcile"

// What the words of a header leave open, the values can say beyond doubt: a
// column of names of classes is the classes', whatever stands above it.

// learnUnknown gives columns without a known wording the meaning that most of
// their values show, where no other column of the list has that meaning.
func (s *sheetReader) learnUnknown(b *block, h header, end int) {
	taken := map[reconcile.Field]bool{}
	for i := range b.columns {
		taken[b.columns[i].field] = true
	}
	for i := range b.columns {
		c := &b.columns[i]
		if c.field != reconcile.FieldUnclear && c.field != reconcile.FieldItem && c.field != reconcile.FieldPlaces {
			continue
		}
		f := s.fieldOf(s.sample(c.col, h.last+1, end), taken)
		if f != "" && !taken[f] {
			c.meaning = meaning{field: f}
			taken[f] = true
		}
	}
}

// fieldOf is the field that the values of a column show, "" when they show
// none. "Chuyên viên" is a position where nothing else gives it, and only then
// the class of that name.
func (s *sheetReader) fieldOf(sample []cell, taken map[reconcile.Field]bool) reconcile.Field {
	if f := shapeOf(sample); f != "" {
		return f
	}
	switch {
	case all(sample, func(c cell) bool { f, _ := formOf(c.text); return f != "" && len(withoutForm(words(c.text))) == 0 }):
		return reconcile.FieldForm
	case mostly(sample, namesPosition) && !taken[reconcile.FieldPosition]:
		return reconcile.FieldPosition
	case mostly(sample, s.namesClass):
		return reconcile.FieldProgram
	}
	return ""
}

func namesPosition(c cell) bool { return startsPosition(c.text) }

func all(cells []cell, is func(cell) bool) bool {
	for i := range cells {
		if !is(cells[i]) {
			return false
		}
	}
	return len(cells) > 0
}

// tickedSex tells whether a column for the sex is ticked for one of them, and
// makes it that one's: "Giới tính (nữ đánh dấu x)".
func tickedSex(c *column, sample []cell) bool {
	if !mostly(sample, func(c cell) bool { return isMark(c.text) }) {
		return false
	}
	var said reconcile.Sex
	for _, w := range words(c.header) {
		sex := sexWords[w]
		if sex == "" || len(w) == 1 {
			continue
		}
		if said != "" && said != sex {
			return false
		}
		said = sex
	}
	if said == "" {
		return false
	}
	c.meaning = meaning{field: reconcile.FieldSex, holds: aMark, sex: said}
	return true
}

// headingRows is how many rows above a header are searched for the headings of
// lists that stand side by side.
const headingRows = 3

// headings gives each of several lists side by side the class that stands over
// it. One heading over all of them is the sheet's title and not looked at here.
func (s *sheetReader) headings(h header, blocks []*block) {
	if len(blocks) < 2 {
		return
	}
	for i := h.first - 1; i >= 0 && i >= h.first-headingRows; i-- {
		row := &s.view.rows[i]
		if len(row.cells) < 2 {
			continue
		}
		named := 0
		for k, b := range blocks {
			from, to := 0, 1<<20
			if k > 0 {
				from = b.columns[0].col
			}
			if k+1 < len(blocks) {
				to = blocks[k+1].columns[0].col
			}
			for j := range row.cells {
				c := &row.cells[j]
				if c.Col < from || c.Col >= to {
					continue
				}
				if m := s.oneProgram([]string{c.text}, false); len(m.Codes) > 0 {
					b.heading, b.headingCell = m, cellName(c.Col, row.number)
					named++
				}
			}
		}
		if named > 0 {
			return
		}
	}
}
