package understand

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// isNumbering tells whether a row numbers the columns: 1 2 3, (1) (2) (3),
// A B 1 2, 1=2+…+9. At least three cells, all of that kind, the numbers going
// up by one (by two where a merged column is skipped) from the beginning.
func isNumbering(row *line) bool {
	if len(row.cells) < 3 {
		return false
	}
	numbers, last := 0, 0
	letter := ""
	for j := range row.cells {
		m := columnNumber.FindStringSubmatch(row.cells[j].text)
		if m == nil {
			return false
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			// Letters number the columns of text, on both sides of those of figures.
			if m[1] <= letter || letter == "" && (numbers > 0 || strings.ToUpper(m[1]) != "A") {
				return false
			}
			letter = m[1]
			continue
		}
		if n <= last || n > last+2 && numbers > 0 || n > 4 && numbers == 0 {
			return false
		}
		numbers++
		last = n
	}
	return true
}

var columnNumber = regexp.MustCompile(`^[(\[]?\s*(\d{1,2}|[a-zA-Z])\s*[)\]]?\s*(?:=\s*[\d\s+\-–x*×:./…()]+)?\s*[)\]]?$`)

// leadText is the first text of a row that is no mere ordinal.
func leadText(row *line) string {
	for j := range row.cells {
		if c := row.cells[j]; !isOrdinal(c.text) && !isBroken(c) {
			return c.text
		}
	}
	return ""
}

var (
	ordinalOnly = regexp.MustCompile(`^(\d{1,5}|[IVXLC]{1,7}|[A-ZĐa-zđ]|\d+(\.\d+)+)\s*[.)/:-]?$`)
	plainNumber = regexp.MustCompile(`^0*(\d{1,5})\s*[.)]?$`)
)

// isOrdinal tells whether a text is an ordinal and nothing else. Numbers of
// people and texts of several letters, which are nearly all, need no
// expression for it.
func isOrdinal(s string) bool {
	if s == "" {
		return false
	}
	if isDigits(s) {
		return len(s) <= 5
	}
	first, n := utf8.DecodeRuneInString(s)
	if isLetter(first) && len(s) > n && strings.IndexByte("IVXLC.)/:- \t\n\f\r", s[n]) < 0 {
		return false
	}
	return ordinalOnly.MatchString(s)
}

// isTotal tells whether a row states how many there are: "Tổng cộng: 05 đồng
// chí", "Cộng trang 1", "Danh sách này có 41 người./.", "Trang 2".
func isTotal(row *line) bool {
	text := leadText(row)
	if r, _ := utf8.DecodeRuneInString(text); isLetter(r) && !strings.ContainsRune(totalLetters, unicode.ToLower(r)) {
		return false
	}
	if isBareName(text) {
		return false // no family name begins a total
	}
	list := words(text)
	if len(list) == 0 {
		return false
	}
	if pageMark.MatchString(text) {
		return true
	}
	if m, ok := signers.at(list, 0); ok && m.end == len(list) {
		return false // "TỔNG BIÊN TẬP" counts nothing
	}
	if m, ok := totalStarts.at(list, 0); ok {
		return m.end == len(list) || !looksLikeName(text)
	}
	return isCountSentence(list)
}

// isPartCount tells whether a row under a total says how many of those people
// are of a kind: "Trong đó nữ: 5".
func isPartCount(row *line) bool {
	list := words(leadText(row))
	if len(list) == 0 {
		return false
	}
	_, ok := partStarts.at(list, 0)
	return ok
}

var partStarts = wordings("trong đó", "tổng số nữ", "tổng nữ", "cộng nữ", "số nữ", "tổng số đảng viên", "trong do")

// totalLetters begin the words of totals: cộng, tổng, trang, page, ấn định,
// danh sách, lũy kế, mang sang, bản, and the counts of people.
const totalLetters = "ctấadlbpđsxm"

var totalStarts = wordings("số lượng đăng ký", "số người đăng ký", "số lượng người đăng ký", "tổng số đăng ký",
	"cộng", "tổng cộng", "tổng số", "tổng", "tổng danh sách", "ấn định danh sách", "cộng trang", "cộng khối", "cộng mục",
	"tong cong", "tong so", "cong trang", "tổng kinh phí", "tổng cộng kinh phí", "total", "tổng toàn tỉnh", "toàn tỉnh",
	"cộng dồn", "lũy kế", "luỹ kế", "mang sang", "cộng mang sang", "chuyển sang", "cộng chuyển sang", "trang trước chuyển sang", "chuyển trang sau", "số mang sang")

// isCountSentence recognises "Danh sách này có 52 đồng chí" by its words: the
// list, a number, people.
func isCountSentence(list []string) bool {
	if !contains(list, listWords) || !contains(list, peopleWords) {
		return false
	}
	if _, ok := stateWords.at(list, 0); ok {
		return true
	}
	for _, w := range list {
		if w[0] >= '0' && w[0] <= '9' && !isYear(w) {
			return true
		}
	}
	return false
}

var (
	listWords   = wordings("danh sách này", "danh sách trên", "danh sách có", "danh sách gồm", "ấn định", "bản danh sách", "trong danh sách")
	stateWords  = wordings("ấn định danh sách", "danh sách này có", "danh sách này gồm", "danh sách có", "danh sách gồm", "danh sách trên có", "danh sách trên gồm")
	peopleWords = wordings("người", "đồng chí", "đ c", "cán bộ", "học viên", "công chức", "viên chức", "nguoi", "dong chi", "trường hợp")
)

// isSignature tells whether a row belongs to the block of place, date, titles
// and signatures under a list.
func isSignature(row *line) bool {
	for j := range row.cells {
		text := row.cells[j].text
		if placeDate.MatchString(text) && len(text) < 120 {
			return true
		}
		list := words(text)
		if len(list) == 0 || len(list) > 14 {
			continue
		}
		if m, ok := signers.at(list, 0); ok && (m.value || m.end == len(list)) {
			return true
		}
		if signHint.MatchString(text) {
			return true
		}
	}
	return false
}

// signers begin a line of the block. The value tells those that do so whatever
// follows from those that must be the whole line, as "PHÓ CHỦ TỊCH".
var signers = func() *phrases[bool] {
	p := newPhrases[bool]()
	for _, w := range []string{
		"người lập", "lập biểu", "lập bảng", "người tổng hợp", "kt", "tm", "t m", "tl", "tuq", "t l", "k t", "thừa lệnh", "thay mặt", "nơi nhận", "xác nhận của",
		"thủ trưởng", "nguoi lap", "thu truong", "người báo cáo", "cán bộ lập", "phê duyệt", "duyệt", "đại diện", "người kiểm tra", "cán bộ phụ trách", "t uq",
	} {
		p.add(words(w), true)
	}
	for _, w := range []string{
		"chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư", "giám đốc", "phó giám đốc", "trưởng ban", "phó trưởng ban", "hiệu trưởng", "phó hiệu trưởng",
		"chánh văn phòng", "trưởng phòng", "tổng biên tập", "phó tổng biên tập", "tổng giám đốc", "phó tổng giám đốc", "viện trưởng", "phó viện trưởng", "chánh án", "phó chánh án", "cục trưởng", "kế toán trưởng", "đã ký", "phó trưởng phòng", "phó bí thư thường trực", "phó cục trưởng", "kế toán",
	} {
		p.add(words(w), false)
	}
	return p
}()

var signHint = regexp.MustCompile(`(?i)^\(?\s*(đã )?(ký|ký tên|ky ten)(\P{L}.{0,80}|$)|đóng dấu|ghi rõ họ tên`)

// isNote tells whether a row is a remark about the list.
func isNote(row *line) bool {
	text := row.cells[0].text
	if noteMark.MatchString(text) || measureMark.MatchString(text) || len(row.cells) == 1 && requestMark.MatchString(text) {
		return true
	}
	if len(row.cells) > 1 {
		return noteMark.MatchString(leadText(row))
	}
	return strings.HasPrefix(text, "(") && strings.HasSuffix(strings.TrimRight(text, ". ;"), ")") && len(words(text)) > 2 &&
		!signHint.MatchString(text)
}

// isSentence tells whether a row is one cell of running text: at least eight
// words, not all capitals, with a full stop.
func isSentence(row *line) bool {
	text := row.cells[0].text
	return len(row.cells) == 1 && strings.HasSuffix(strings.TrimRight(text, "/ "), ".") && !isUpper(text) && len(words(text)) >= 8
}

// isNilReturn tells whether a row says that there is nobody to register.
func isNilReturn(row *line) bool {
	for j := range row.cells {
		if isBareName(row.cells[j].text) && !mayDeny(row.cells[j].text) {
			return false
		}
		if isOrdinal(row.cells[j].text) {
			continue
		}
		list := words(row.cells[j].text)
		if len(list) == 0 {
			continue
		}
		if len(list) > 30 {
			return false
		}
		return contains(list, nilWords) || len(list) <= 2 && (list[0] == nilWord[0] || list[0] == "khong") && standsAlone(row, j)
	}
	return false
}

// mayDeny tells whether one of the words of a clean text is that with which the
// wordings of nil returns begin.
func mayDeny(text string) bool {
	if !startsLikeDenial(text) {
		return false
	}
	for word := range strings.FieldsSeq(text) {
		if isDenial(word) {
			return true
		}
	}
	return false
}

func isDenial(word string) bool {
	return slices.ContainsFunc(denials, func(no string) bool { return strings.EqualFold(word, no) })
}

// startsLikeDenial spares most names the look at their words.
func startsLikeDenial(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		if before == ' ' && strings.IndexByte(denialStarts, c) >= 0 {
			return true
		}
		before = c
	}
	return false
}

var denials = []string{"không", "chưa", "khong"}

// denialStarts are the bytes that they begin with in either case, the last of
// them that of the Kelvin sign, which is a K.
const denialStarts = "kKcC\xE2"

// standsAlone tells whether the other cells of the row hold nothing but an
// ordinal, dashes and noughts.
func standsAlone(row *line, j int) bool {
	for k := range row.cells {
		if c := &row.cells[k]; k != j && !isOrdinal(c.text) && !saysNone(c.text) && c.text != "0" {
			return len(row.cells) <= 2
		}
	}
	return true
}

var (
	nilWords = wordings("không có nhu cầu", "không đăng ký", "không có đăng ký", "không có cán bộ", "không có người", "không có công chức", "không có trường hợp",
		"chưa có nhu cầu", "không có ai", "không cử", "không phát sinh", "không có đồng chí", "khong co nhu cau", "khong dang ky", "không có học viên", "không có danh sách",
		"chưa đăng ký", "chưa phát sinh", "không phát sinh", "chưa có trường hợp", "chưa có đăng ký", "không có viên chức", "không có nhân sự", "không tham gia", "không có ứng viên",
		"không có đối tượng", "chưa có cán bộ", "không đề nghị", "không có số liệu", "không có đc", "không có đ c")
	nilWord = words("không")
)

// looksLikeName tells whether a text is a person's name, by its family name.
func looksLikeName(text string) bool {
	fields := strings.Fields(text)
	return len(fields) >= 2 && len(fields) <= 6 && surnames[reconcile.Key(fields[0])] && nameLike(text)
}

// requestMark begins the sentence with which a letter ends under its list.
var requestMark = regexp.MustCompile(`(?i)^(kính đề nghị|kính mong|kính trình|kính gửi|kính báo cáo|trân trọng|rất mong|xin trân trọng|vậy đề nghị|vậy kính|đề nghị (quý|sở|ban|phòng|ủy ban|ubnd|thường trực))(\P{L}|$)`)

var (
	dotted      = regexp.MustCompile(`^[.…_\-–—\s]+$`)
	exampleMark = regexp.MustCompile(`(?i)^\(?\s*(ví dụ|vd|v/d|mẫu|vi du|example)(\P{L}|$)`)
	exampleName = regexp.MustCompile(`(?i)^(nguyễn|trần|lê|phạm|hoàng|đỗ|vũ|võ|bùi)\s+(văn|thị)\s+[abcdx]$`)
)

// isExample tells whether a row is the example that a template was sent with.
func isExample(row *line, name string) bool {
	if saysExample(name) {
		return true
	}
	for j := range row.cells {
		if text := row.cells[j].text; strings.IndexByte("(vVmMeE", text[0]) >= 0 && exampleMark.MatchString(text) {
			return true
		}
		if j > 1 {
			break
		}
	}
	return false
}

// saysExample tells whether a name is "Nguyễn Văn A". Its last word is a single
// letter, which spares the expression nearly all names.
func saysExample(name string) bool {
	n := len(name)
	if n < 3 || isLetter(rune(name[n-1])) && name[n-1] < utf8.RuneSelf && name[n-2] != ' ' {
		return false
	}
	name = strings.Trim(name, " .,…")
	n = len(name)
	return n > 2 && name[n-2] == ' ' && exampleName.MatchString(name)
}

// ordinalOf reads the ordinal of a row, 0 when the cell holds none.
func ordinalOf(c cell) int {
	if c.Kind == sheet.Number && c.Number > 0 && c.Number < 100_000 && c.Number == float64(int(c.Number)) {
		return int(c.Number)
	}
	if m := plainNumber.FindStringSubmatch(c.text); m != nil {
		return number(m[1])
	}
	return 0
}
