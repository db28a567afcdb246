package understand

import (
	"regexp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// top is what the rows above a table say.
type top struct {
	title   string
	agency  string  // that the letterhead or the title names
	program Mention // that the title names, without codes when it names none
}

// readTop reads the rows [from, to) above a header. All of it is title, but
// for a lone unit of measure and a note.
func (s *sheetReader) readTop(from, to int) top {
	var lines topLines
	if from == 0 {
		for _, text := range s.view.above {
			lines.add(reconcile.Clean(text))
		}
	}
	for i := from; i < to; i++ {
		row := &s.view.rows[i]
		s.rows[i].kind = s.topKind(row)
		if s.rows[i].kind != reconcile.RowTitle {
			continue
		}
		for j := range row.cells {
			for _, text := range cellLines(&row.cells[j]) {
				lines.add(text)
			}
		}
	}
	title := lines.title
	var t top
	t.title = joined(title)
	t.agency = s.topAgency(lines.owners, lines.letterhead, lines.sources, title)
	t.program = s.oneProgram(slices.Concat(title, lines.classes), false)
	if len(t.program.Codes) == 0 {
		t.program = s.oneProgram(title, false)
	}
	if len(title) == 0 {
		t.title = joined(lines.letterhead)
	}
	s.titles = append(s.titles, t.title)
	return t
}

// topLines are the lines above a table, sorted by what they can tell.
type topLines struct {
	letterhead, title, owners, sources []string
	classes                            []string // what lines in brackets say of the class
	inTitle                            bool
}

func (t *topLines) add(text string) {
	list := words(text)
	switch {
	case len(list) == 0 || isMotto(list) || placeDate.MatchString(text):
	case ownerMark.MatchString(text):
		t.owners = append(t.owners, ownerMark.ReplaceAllString(text, ""))
	case superiorMark.MatchString(text):
	case t.inTitle && !bracketedForm(text) && classMark.MatchString(text):
		t.classes = append(t.classes, strings.Trim(text, "()[] "))
	case !(t.inTitle && bracketedForm(text)) && (strings.HasPrefix(text, "(") || strings.HasPrefix(text, "Kèm theo")):
		t.sources = append(t.sources, text)
	case startsTitle(list):
		t.inTitle = true
		t.title = append(t.title, text)
	case t.inTitle:
		t.title = append(t.title, text)
	default:
		t.letterhead = append(t.letterhead, text)
	}
}

// bracketedForm tells whether a line in brackets says the form of the class
// that the title names ("(Hệ tập trung) năm 2024") and not where it comes from.
func bracketedForm(text string) bool {
	form, _ := formOf(text)
	return form != "" && strings.HasPrefix(text, "(") && len(withoutForm(words(text))) <= 4
}

// cellLines are the lines of a cell, each as a clean text.
func cellLines(c *cell) []string {
	if !strings.Contains(c.Text, "\n") {
		return []string{c.text}
	}
	lines := strings.Split(c.Text, "\n")
	for i := range lines {
		lines[i] = reconcile.Clean(lines[i])
	}
	return lines
}

func (s *sheetReader) topKind(row *line) reconcile.RowKind {
	first := row.cells[0].text
	switch {
	case len(row.cells) == 1 && measureMark.MatchString(first):
		return reconcile.RowNote
	case len(row.cells) == 1 && pageMark.MatchString(first):
		return reconcile.RowTotal
	case len(row.cells) == 1 && noteMark.MatchString(first) && !strings.HasPrefix(first, "*"):
		return reconcile.RowNote
	case isNilReturn(row):
		return reconcile.RowNilReturn
	}
	return reconcile.RowTitle
}

// topAgency tries the texts that can name the submitting body, the surest
// first. In a letterhead the lowest line is the body itself, and two lines
// belong together in either order: "THÀNH ỦY QUẢNG NGÃI / BAN TỔ CHỨC".
func (s *sheetReader) topAgency(owners, letterhead, sources, title []string) string {
	texts := owners
	for i := len(letterhead) - 1; i >= 0; i-- {
		if i > 0 {
			texts = append(texts, letterhead[i]+" "+letterhead[i-1], letterhead[i-1]+" "+letterhead[i])
		}
		texts = append(texts, letterhead[i])
	}
	for _, text := range sources {
		// The last "của" names who sent the letter; its number may hold another's.
		// What was "ban hành" is the form, by the body that asks for the list.
		if strings.HasPrefix(strings.ToLower(text), "(ban hành") {
			continue
		}
		if i := strings.LastIndex(text, " của "); i > 0 {
			texts = append(texts, strings.Trim(text[i+len(" của "):], ")"))
		}
	}
	texts = append(texts, joined(title))
	for _, text := range texts {
		if code, _ := s.reader.agencies.resolve(text, s.book.day); code != "" {
			return code
		}
		s.contested = s.contested || s.reader.agencies.contested(text, s.book.day)
	}
	return ""
}

// oneProgram is the program that the lines of a title, or a section, name
// together, when it is one and they speak of a class and not of people.
func (s *sheetReader) oneProgram(lines []string, tab bool) Mention {
	var kept []string
	for _, l := range lines {
		if !strings.HasPrefix(l, "(") || bracketedForm(l) {
			kept = append(kept, l)
		}
	}
	text := joined(kept)
	list := s.reader.programs.mentions(text, tab)
	if len(list) != 1 || len(list[0].Codes) == 0 || !tab && !s.isOfClass(text) {
		return Mention{}
	}
	return list[0]
}

// isOfClass tells whether a title names a class where it has the wording of
// one. Two words of a wording can meet by chance, so that they count only where
// the title speaks of a class; and "cán bộ, công chức cấp xã" are a class only
// behind a word such as "bồi dưỡng", otherwise just those whom the list holds.
func (s *sheetReader) isOfClass(text string) bool {
	found := s.reader.programs.find(text, false)
	list := programWords(text)
	if len(found) == 0 || found[0].start >= len(list) {
		return true // found without marks
	}
	if !contains(words(text), classWords) && found[0].end-found[0].start < 3 {
		return false
	}
	first := list[found[0].start]
	if !peopleStart[first] {
		return true
	}
	whole := wholeWords(text)
	for i, w := range whole {
		if w == first && contains(whole[max(0, i-4):i], classWords) {
			return true
		}
	}
	return whole[0] == first
}

// peopleStart begin the wordings of classes that are named after their
// learners.
var peopleStart = wordSet("cán công chuyên lãnh bí kế giáo người")

var classWords = wordings("lớp", "khóa", "ngạch", "chương trình", "bồi dưỡng", "đào tạo", "bd", "bdkt", "tập huấn", "lop", "boi duong")

func isMotto(list []string) bool {
	_, ok := mottos.at(list, 0)
	return ok
}

// startsTitle looks behind the number that titles of several lists on one
// sheet have ("1. Danh sách …", "II. DANH SÁCH …").
func startsTitle(list []string) bool {
	_, ok := titleStarts.at(list, 0)
	if !ok && len(list) > 1 && titleNumber.MatchString(list[0]) {
		_, ok = listStarts.at(list, 1)
	}
	return ok
}

// opensTitle tells whether a row begins the head of another list.
func opensTitle(row *line) bool {
	for j := range row.cells {
		text := row.cells[j].text
		list := words(text)
		if len(list) == 0 || strings.HasPrefix(text, "(") || isCountSentence(list) {
			continue
		}
		if isMotto(list) || startsTitle(list) {
			return true
		}
	}
	return false
}

// nextTop returns the first row in [from, to) from which on everything up to
// the next header is the head of another list, or to when there is none.
func (s *sheetReader) nextTop(from, to int) int {
	if to == len(s.view.rows) {
		return to
	}
	start := to
	for i := to - 1; i >= from && to-i < 40; i-- {
		row := &s.view.rows[i]
		if opensTitle(row) {
			start = i
		}
		if len(row.cells) > 4 && !opensTitle(row) {
			break
		}
	}
	return s.letterheadBefore(start, from, to)
}

// letterheadBefore includes the lines of a letterhead that stand before the
// motto or the title.
func (s *sheetReader) letterheadBefore(start, from, to int) int {
	if start == to {
		return to
	}
	for start > from {
		before := &s.view.rows[start-1]
		if len(before.cells) > 2 || before.number+2 < s.view.rows[start].number {
			break
		}
		code, _ := s.reader.agencies.resolve(before.cells[0].text, s.book.day)
		if code == "" || isSignature(before) {
			break
		}
		start--
	}
	return start
}

var (
	mottos = wordings("cộng hòa xã hội chủ nghĩa", "cộng hoà xã hội chủ nghĩa", "độc lập tự do hạnh phúc", "đảng cộng sản việt nam",
		"cong hoa xa hoi", "doc lap tu do", "dang cong san viet nam")
	titleStarts = wordings("danh sách", "danh bạ", "ds", "biểu", "biểu mẫu", "mẫu số", "mẫu", "phụ lục", "tổng hợp", "bảng", "đăng ký", "dự toán", "dự kiến", "phân bổ",
		"kế hoạch", "danh sach", "bieu", "phu luc", "tong hop", "kết quả", "thống kê", "nhu cầu", "lớp", "v v", "kinh phí", "du toan", "phan bo", "trích ngang", "báo cáo")
	listStarts   = wordings("danh sách", "danh sach", "ds", "biểu", "bảng")
	titleNumber  = regexp.MustCompile(`^([ivx]{1,5}|[a-dđ]|\d{1,2})$`)
	placeDate    = regexp.MustCompile(`(?i)(^|,\s*|\s)(ngày|ngay)\s*[\d.…_]*\s*(tháng|thang)\s*[\d.…_]*\s*(năm|nam)|^([^,:]{2,40},\s*)?(ngày|ngay)\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\s*[.]?$`)
	ownerMark    = regexp.MustCompile(`(?i)^(tên\s+)?(cơ quan,?\s*)?(đơn vị|cơ quan|địa phương|don vi)(\s+(đăng ký|cử|gửi|báo cáo|công tác|lập))?\s*:\s*`)
	superiorMark = regexp.MustCompile(`(?i)^(tên\s+)?(đơn vị|cơ quan)\s+(chủ quản|cấp trên)`)
	measureMark  = regexp.MustCompile(`(?i)^\(?\s*(đvt|đơn vị tính|đv tính|dvt)\s*:`)
	classMark    = regexp.MustCompile(`(?i)^[(\[]\s*(lớp|khóa|khoá|hệ|do|dành cho|mở tại|mở ở|tổ chức tại|chương trình|phối hợp|học tại|liên kết)(\P{L})`)
	pageMark     = regexp.MustCompile(`(?i)^(trang|page)\s*(số\s*)?\d+(\s*/\s*\d+)?$`)
	noteMark     = regexp.MustCompile(`(?i)^\(?[*•]*\)?\s*(ghi chú|lưu ý|chú ý|chú thích|ghi chu|luu y)(\P{L}|$)|^\(\*+\)|^\*+\s*\S|^\(?\s*(số tiền\s*)?((viết|ghi)\s*)?bằng chữ`)
)
