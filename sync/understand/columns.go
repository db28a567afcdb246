package understand

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// column is a column of a table.
type column struct {
	meaning
	col    int
	at     int // its place among the columns of its block
	shows  shows
	header string
	levels []string // from the top line of the header to the bottom one
	hidden bool
	sexes  map[string]reconcile.Sex // codes that the header explains, nil when none
	// How a column of dates writes them, see learnOrders.
	order   dateOrder
	swapped bool
}

// readColumns gives each column of the header its meaning.
func (s *sheetReader) readColumns(h header) []column {
	var columns []column
	for _, col := range s.headerColumns(h) {
		levels := s.levels(h, col)
		if len(levels) == 0 {
			continue
		}
		if whole, ok := s.unwrapped(h, col); ok {
			levels = []string{whole}
		}
		columns = append(columns, column{
			meaning: s.columnMeaning(levels, h.kind), col: col, levels: levels,
			header: strings.Join(levels, " / "), hidden: s.view.hiddenCols[col], sexes: sexCodes(levels),
		})
	}
	s.splitNames(h, columns)
	if h.kind == roster {
		splitDates(columns)
		s.askedGroups(columns)
		askedFamilies(columns)
	}
	return columns
}

// askedGroups finds the classes among the columns of a needs matrix whose group
// has the name of a qualification: "Quản lý nhà nước" over "CV" and "CVC"
// beside "QPAN" over "ĐT3". Where the sheet has a column of classes, or sets
// those that it asks for apart, such a group is what people have, unless it is
// among those set apart itself.
func (s *sheetReader) askedGroups(columns []column) {
	ticked, apart := false, false
	for i := range columns {
		c := &columns[i]
		if c.field == reconcile.FieldProgram {
			ticked = ticked || c.holds == aMark
			apart = apart || c.holds != aMark || asks(c.levels)
		}
	}
	for i := range columns {
		c := &columns[i]
		if c.field != reconcile.FieldOtherInfo || len(c.levels) < 2 || !asks(c.levels) && (apart || !ticked) ||
			slices.ContainsFunc(c.levels, func(l string) bool { return contains(words(l), levelWords) }) {
			continue
		}
		if m, ok := s.programColumn(c.levels, meaning{}); ok && m.field == reconcile.FieldProgram && m.holds == aMark {
			c.meaning = m
		}
	}
}

// asks tells whether a line of a header says that what stands below is asked
// for.
func asks(levels []string) bool {
	return slices.ContainsFunc(levels, func(l string) bool { return contains(words(l), askWords) })
}

var levelWords = wordings("trình độ", "chứng chỉ", "văn bằng", "bằng cấp", "hiện có", "hiện nay", "đang giữ", "hiện giữ")

// otherNames tells the name of the person from names of others: "Họ tên vợ",
// "Họ và tên người liên hệ" only contain the wording.
func otherNames(columns []column) {
	kept := -1
	for i := range columns {
		c := &columns[i]
		if c.field != reconcile.FieldFullName {
			continue
		}
		switch {
		case kept < 0:
			kept = i
		case c.exact && !columns[kept].exact:
			columns[kept].meaning = meaning{field: reconcile.FieldOtherInfo}
			kept = i
		default:
			c.meaning = meaning{field: reconcile.FieldOtherInfo}
		}
	}
}

// headerColumns are the columns in which the header has a cell, merged cells
// spread out.
func (s *sheetReader) headerColumns(h header) []int {
	seen := map[int]bool{}
	for i := h.first; i <= h.last; i++ {
		row := &s.view.rows[i]
		for j := range row.cells {
			_, last := s.view.reach(row.number, row.cells[j].Col)
			for col := row.cells[j].Col; col <= min(last, row.cells[j].Col+64); col++ {
				seen[col] = true
			}
		}
	}
	cols := make([]int, 0, len(seen))
	for col := range seen {
		cols = append(cols, col)
	}
	slices.Sort(cols)
	return cols
}

// levels are the texts of the header over a column, from the top. Without
// merged cells, a text reaches to the right until the next one, as far as the
// lines below it have texts.
func (s *sheetReader) levels(h header, col int) []string {
	var texts []string
	add := func(t string) {
		if len(texts) == 0 || texts[len(texts)-1] != t {
			texts = append(texts, t)
		}
	}
	for i := h.first; i <= h.last; i++ {
		row := &s.view.rows[i]
		if c, ok := s.view.merged(row.number, col); ok {
			add(c.text)
			continue
		}
		if i < h.last && s.textBelow(h, i, col) {
			if t, ok := s.fromLeft(h, i, col); ok {
				add(t)
			}
		}
	}
	return texts
}

func (s *sheetReader) textBelow(h header, i, col int) bool {
	for j := i + 1; j <= h.last; j++ {
		if _, ok := s.view.rows[j].at(col); ok {
			return true
		}
	}
	return false
}

// fromLeft finds the group to whose right the column stands: the nearest text
// to the left in that line, as long as every column in between, and its own,
// has a text below it.
func (s *sheetReader) fromLeft(h header, i, col int) (string, bool) {
	row := &s.view.rows[i]
	for back := col - 1; back > 0 && back > col-32; back-- {
		if c, ok := row.at(back); ok {
			lastRow, lastCol := s.view.reach(row.number, back)
			if lastRow > row.number || lastCol > back || !s.textBelow(h, i, back) {
				return "", false
			}
			return c.text, true
		}
		if _, covered := s.view.over[cellAt{row.number, back}]; covered || !s.textBelow(h, i, back) {
			return "", false
		}
	}
	return "", false
}

// columnMeaning goes from the lowest text upwards: what the wording means under
// its group, what it means by itself, whether it names a program.
func (s *sheetReader) columnMeaning(levels []string, kind tableKind) meaning {
	if m, ok := s.reader.taughtColumn(levels); ok {
		return m
	}
	leaf := levels[len(levels)-1]
	if kind == matrix {
		if m, ok := s.countColumn(levels, leaf); ok {
			return m
		}
	}
	if form, _ := formOf(leaf); form != "" && len(levels) > 1 {
		if m, ok := s.programColumn(levels, meaning{}); ok {
			return m
		}
	}
	for i := len(levels) - 2; i >= 0; i-- {
		group, ok := s.reader.header(levels[i])
		if !ok {
			continue
		}
		if table := under[group.field]; table != nil {
			if m, ok := table.lookWhole(leaf); ok {
				return m
			}
		}
		if group.field == reconcile.FieldEducation && kind == roster && !contains(words(strings.Join(levels, " ")), askWords) {
			if level, _ := education(leaf); level != "" && len(words(leaf)) <= 4 {
				return meaning{field: reconcile.FieldEducation, holds: aMark, education: level}
			}
		}
		if group.field == reconcile.FieldOtherInfo && kind == roster && !contains(words(levels[i]), classWords) {
			return group
		}
	}
	own, ok := generalMeaning(leaf)
	if ok && own.exact && !(kind == matrix && own.field == reconcile.FieldForm) {
		return own
	}
	if m, isProgram := s.programColumn(levels, own); isProgram {
		return m
	}
	if ok {
		return own
	}
	return meaning{field: reconcile.FieldUnclear}
}

// countColumn is a column of a table of counts that stands for a body or for a
// program. "LLCT" over "Cao cấp" counts learners there and is nobody's level.
func (s *sheetReader) countColumn(levels []string, leaf string) (meaning, bool) {
	if code, sure := s.reader.agencies.resolve(leaf, s.book.day); sure {
		return meaning{field: reconcile.FieldPlaces, agency: code}, true
	}
	own, ok := headers.look(leaf)
	if ok && own.field == reconcile.FieldSex {
		return meaning{field: reconcile.FieldUnclear}, true // how many of them are women
	}
	if len(levels) > 1 && !ok {
		own, ok = headers.look(levels[0])
	}
	if !ok || own.field != reconcile.FieldPoliticalTheory && own.field != reconcile.FieldEducation && own.field != reconcile.FieldOtherInfo {
		return meaning{}, false
	}
	if m, isProgram := s.programColumn(levels, meaning{}); isProgram {
		return m, true
	}
	return meaning{field: reconcile.FieldUnclear}, true
}

// programColumn tells whether a column stands for one program: "CCLLCT" over
// "Hệ TT", "QPAN đối tượng 3". A column that asks for the class is none.
func (s *sheetReader) programColumn(levels []string, own meaning) (meaning, bool) {
	if own.field == reconcile.FieldProgram || own.field == reconcile.FieldFullName {
		return meaning{}, false
	}
	if s.ofThePast(levels) {
		return meaning{field: reconcile.FieldOtherInfo}, true
	}
	var names []string
	for _, level := range levels {
		if m, ok := headers.lookWhole(level); ok && (m.field == reconcile.FieldProgram || m.field == reconcile.FieldPlaces || m.field == reconcile.FieldQuantity) {
			continue
		}
		names = append(names, level)
	}
	for start := len(names) - 1; start >= 0; start-- {
		list := s.headed(strings.Join(names[start:], " "))
		if len(list) != 1 || len(list[0].Codes) == 0 {
			continue
		}
		if start > 0 && list[0].Form == "" {
			if form, _ := formOf(names[start-1]); form != "" {
				list[0].Form = form
			}
		}
		list[0].Codes, _ = s.reader.programs.settle(list[0].Codes, list[0].Form)
		return meaning{field: reconcile.FieldProgram, holds: aMark, program: list[0]}, true
	}
	return meaning{}, false
}

// headed are the programs that a header names. The short names of tabs ("CX",
// "LDP") count only as the whole header.
func (s *sheetReader) headed(text string) []Mention {
	if list := s.reader.programs.mentions(text, false); len(list) != 1 || len(list[0].Codes) > 0 {
		return list
	}
	found := s.reader.programs.find(text, true)
	if len(found) != 1 || found[0].end-found[0].start != len(programWords(text)) {
		return nil
	}
	return s.reader.programs.mentions(text, true)
}

// splitNames finds the name that is split without the header saying so: "Họ và
// tên" over two columns that both hold text.
func (s *sheetReader) splitNames(h header, columns []column) {
	for i := 0; i+1 < len(columns); i++ {
		a, b := &columns[i], &columns[i+1]
		if a.field == reconcile.FieldFullName && b.field == reconcile.FieldFullName && b.col == a.col+1 && a.header == b.header {
			if s.filled(h, b.col) {
				a.field, b.field = reconcile.FieldFamilyName, reconcile.FieldGivenName
			} else {
				b.field = reconcile.FieldIgnored
			}
		}
	}
}

// sampleRows is how many rows under a header are looked at to learn how a
// column is used.
const sampleRows = 40

// filled tells whether most rows under the header hold text in the column.
func (s *sheetReader) filled(h header, col int) bool {
	rows, filled := 0, 0
	for i := h.last + 1; i < len(s.view.rows) && rows < sampleRows; i++ {
		if len(s.view.rows[i].cells) < 3 {
			continue
		}
		rows++
		if _, ok := s.view.rows[i].at(col); ok {
			filled++
		}
	}
	return filled*2 > rows
}

// ofThePast tells whether the column holds what people have completed: "Đã qua
// đào tạo" over "QPAN ĐT3". A tick there registers for nothing.
func (s *sheetReader) ofThePast(levels []string) bool {
	for _, level := range levels {
		if list := words(level); contains(list, pastWords) && !contains(list, askWords) {
			return len(s.headed(strings.Join(levels, " "))) > 0
		}
	}
	return false
}

var (
	pastWords = wordings("đã qua", "đã học", "đã được đào tạo", "đã được bồi dưỡng", "đã đào tạo", "đã bồi dưỡng", "đã tham gia", "đã có chứng chỉ", "đã hoàn thành", "hiện có",
		"đã tốt nghiệp", "da qua", "da hoc", "đã có")
	askWords = wordings("đăng ký", "nhu cầu", "dang ky", "nhu cau", "đề nghị", "chưa")
)
