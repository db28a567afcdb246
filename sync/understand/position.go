package understand

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
)

// positionHeads are the words with which the name of a position begins. The
// value tells whether what follows directly is always the unit ("Trưởng phòng
// Nội vụ"): for the others it may belong to the position.
var positionHeads = func() *phrases[bool] {
	p := newPhrases[bool]()
	for _, w := range []string{
		"trưởng phòng", "phó trưởng phòng", "phó phòng", "quyền trưởng phòng", "q trưởng phòng", "phụ trách phòng",
		"p trưởng phòng", "p trưởng ban", "p hiệu trưởng", "p giám đốc", "p chánh văn phòng", "p chánh thanh tra", "q hiệu trưởng",
		"trưởng ban", "phó trưởng ban", "phó ban", "chủ nhiệm", "phó chủ nhiệm", "chánh văn phòng", "phó chánh văn phòng",
		"phó văn phòng", "chánh thanh tra", "phó chánh thanh tra", "giám đốc", "phó giám đốc", "q giám đốc", "chi cục trưởng", "phó chi cục trưởng",
		"cục trưởng", "phó cục trưởng", "hiệu trưởng", "phó hiệu trưởng", "viện trưởng", "phó viện trưởng", "chánh án", "phó chánh án",
		"trưởng khoa", "phó trưởng khoa", "phó khoa", "trưởng bộ môn", "hạt trưởng", "trạm trưởng", "đội trưởng", "phó đội trưởng",
		"chánh ttr", "phó chánh ttr", "ht", "pht", "tp", "ptp",
		"tổng biên tập", "phó tổng biên tập", "tổng giám đốc", "phó tổng giám đốc", "quản đốc", "phó quản đốc", "phó cục", "phó chi cục",
	} {
		p.add(words(w), true)
	}
	for _, w := range []string{
		"bí thư", "phó bí thư", "bí thư thường trực", "phó bí thư thường trực", "phó bí thư tt", "chủ tịch", "phó chủ tịch", "phó chủ tịch thường trực",
		"ủy viên", "ủy viên thường trực", "uvtv", "uv btv", "chuyên viên", "chuyên viên chính", "chuyên viên cao cấp", "kế toán", "kế toán trưởng",
		"kế toán viên", "thanh tra viên", "kiểm tra viên", "giáo viên", "giảng viên", "giảng viên chính", "nhân viên", "viên chức", "công chức",
		"cán bộ", "văn thư", "thủ quỹ", "thủ kho", "lái xe", "tổ trưởng", "tổ phó", "trưởng thôn", "người hoạt động không chuyên trách", "đại biểu",
		"chỉ huy trưởng", "phó chỉ huy trưởng", "chính trị viên", "trưởng công an", "phó trưởng công an", "bác sĩ", "điều dưỡng", "kỹ sư", "kỹ thuật viên",
		"cán sự", "đảng ủy viên", "huyện ủy viên", "thị ủy viên", "thành ủy viên", "tỉnh ủy viên", "chi ủy viên", "kế toán viên chính", "hướng dẫn viên", "thư viện viên", "kiểm lâm viên", "dược sĩ", "y sĩ", "hộ sinh", "thư ký", "phóng viên", "biên tập viên", "ủy viên ubkt", "thẩm phán", "kiểm sát viên", "chấp hành viên", "trưởng trạm", "phụ trách", "quyền",
		"pct", "ct", "pbt", "bt", "cv", "cvc", "cvcc", "gđ", "pgđ", "cvp", "pcvp", "cht", "pcht",
	} {
		p.add(words(w), false)
	}
	return p
}()

// unitHeads are the words with which the name of a unit begins.
var unitHeads = wordings("phòng", "p", "ban", "sở", "ubnd", "ủy ban nhân dân", "ubkt", "ủy ban kiểm tra", "ubmttq", "ubmttqvn", "ủy ban mttq",
	"ủy ban mặt trận", "mttq", "huyện ủy", "hu", "tu", "tỉnh ủy", "thị ủy", "thành ủy", "văn phòng", "vp", "trung tâm", "tt", "ttct", "trường",
	"hội", "chi cục", "cục", "btc", "btg", "bdv", "bnc", "thanh tra", "ttr", "chi nhánh", "công ty", "bệnh viện", "bv", "trạm", "hạt",
	"đài", "báo", "liên minh", "liên đoàn", "lđlđ", "hđnd", "khoa", "tổ", "đội", "công an", "bộ chỉ huy", "bchqs", "ban chqs", "huyện", "thị xã",
	"thành phố", "tỉnh", "tx", "tp", "h", "kho bạc", "bhxh", "bảo hiểm", "tòa án", "viện", "ngân hàng", "huyện đoàn", "tỉnh đoàn", "thành đoàn", "thị đoàn",
	"mầm non", "tiểu học", "thcs", "thpt", "mn", "th", "xã", "phường", "thị trấn", "x", "đảng ủy khối", "đảng ủy công an", "đảng ủy quân sự", "học viện", "quỹ",
	"bql", "bqlda", "đơn vị", "cơ quan", "đảng bộ", "chi bộ cơ quan", "thư viện", "bảo tàng", "nhà hát", "nhà văn hóa", "nhà máy", "xí nghiệp", "phân xưởng", "xưởng", "bưu điện",
	"viễn thông", "điện lực", "tổng công ty", "tập đoàn", "doanh nghiệp", "lâm trường", "cảng", "nhà khách", "nhà thiếu nhi", "cung thiếu nhi", "hợp tác xã", "htx", "liên hiệp",
	"ttyt", "ttgdnn", "ttdvnn", "bvđk", "bvđkt", "vpub", "vpubnd", "vphu", "btchu", "btghu", "bdvhu", "ubkthu", "btctu", "btgtu", "bdvtu", "ubkttu", "bnctu", "vptu", "đuk")

// committees begin the name of a unit behind a mark; within a title they are
// part of it ("Bí thư Đảng ủy").
var committees = wordings("đảng ủy", "đảng ủy bộ phận", "chi bộ", "đảng bộ bộ phận", "ban chấp hành", "ban thường vụ")

func startsPosition(s string) bool {
	list := words(s)
	if len(list) == 0 {
		return false
	}
	_, ok := positionHeads.at(list, 0)
	return ok
}

func startsUnit(s string) bool {
	list := words(s)
	if len(list) == 0 {
		return false
	}
	_, ok := unitHeads.at(list, 0)
	return ok
}

var (
	// A commune is a type and a name with a capital: "xã Bình An", not "Xã hội".
	communeAt = regexp.MustCompile(`[\s,;–—-]+((tại|ở)\s+)?(([Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Tt]hị trấn|THỊ TRẤN)\s+|([Xx]|TT|Tt)\.\s*)\p{Lu}`)
	// Behind an office "TT" is the town; elsewhere it may be "thường trực".
	townAt = regexp.MustCompile(`(?:UBND|HĐND|MTTQ|MTTQVN|Đảng (?:ủy|uỷ))(\s+TT\s+)\p{Lu}\p{Ll}`)
	// bracketed is a position behind which the unit stands in brackets, or the
	// other way round.
	bracketed = regexp.MustCompile(`^([^()]+)\(([^()]+)\)$`)
	// pieces are cut where offices put position and unit side by side.
	pieceMark = regexp.MustCompile(`\s*[,;\n]\s*|\s+[–—-]\s*|\s*[–—]\s+|\s*-\s+`)
)

// splitPosition tells the position from the unit in a cell that holds both. It
// drops from the end: the commune, then whole pieces that are units, then what
// follows a head of a unit ("Trưởng phòng Nội vụ"). Of "Chủ tịch Hội Nông dân
// xã Bình Minh" the commune is the unit; alone, the association is.
func splitPosition(text string) (position, unit string) {
	if position, unit, ok := splitLines(text); ok {
		return position, unit
	}
	clean := reconcile.Clean(text)
	if m := bracketed.FindStringSubmatch(clean); m != nil {
		switch {
		case startsPosition(m[1]) && startsUnit(m[2]) && !startsPosition(m[2]):
			return withoutPart(trimEnds(m[1])), trimEnds(m[2])
		case startsUnit(m[1]) && !startsPosition(m[1]) && startsPosition(m[2]):
			return withoutPart(trimEnds(m[2])), trimEnds(m[1])
		}
	}
	if at := townAt.FindStringSubmatchIndex(clean); at != nil {
		if title, body, ok := bodyBefore(clean, at[2]); ok {
			return withoutPart(title), body
		}
		return withoutOffice(clean[:at[2]], clean[at[2]:])
	}
	if at := communeAt.FindStringIndex(clean); at != nil {
		if title, body, ok := bodyBefore(clean, at[0]); ok {
			return withoutPart(title), body
		}
		return withoutOffice(clean[:at[0]], clean[at[0]:])
	}
	marks := pieceMark.FindAllStringIndex(clean, -1)
	for _, m := range marks {
		left, right := clean[:m[0]], clean[m[1]:]
		behind := startsUnit(right) || startsPosition(left) && (startsCommittee(right) || strings.ContainsAny(clean[m[0]:m[1]], ",;") && isProper(right))
		if behind && !startsPosition(right) && (!startsUnit(left) || startsPosition(left)) {
			position, _ := splitTail(left)
			return position, trimEnds(right)
		}
		if startsUnit(left) && !startsPosition(left) && startsPosition(right) {
			position, _ := splitTail(right)
			return position, trimEnds(left)
		}
	}
	return splitTail(clean)
}

// splitLines is splitPosition for a cell of two lines, the title above and the
// unit below, or the other way round. A line break within either is none.
func splitLines(text string) (position, unit string, ok bool) {
	lines := nonEmpty(strings.Split(text, "\n"))
	if len(lines) != 2 {
		return "", "", false
	}
	above, below := reconcile.Clean(lines[0]), reconcile.Clean(lines[1])
	switch {
	case startsPosition(above) && !startsPosition(below) && (startsUnit(below) || startsCommittee(below)):
		return withoutPart(trimEnds(above)), trimEnds(below), true
	case startsUnit(above) && !startsPosition(above) && startsPosition(below):
		return withoutPart(trimEnds(below)), trimEnds(above), true
	}
	return "", "", false
}

// withoutPart drops the part of a unit that stands behind a title when the
// unit itself stands elsewhere: of "Trưởng phòng Nội vụ" the room goes, while
// "Chủ tịch Hội Nông dân" is a title as a whole.
func withoutPart(s string) string {
	if head, ok := positionHeads.at(words(s), 0); ok && head.value {
		s, _ = splitTail(s)
	}
	return s
}

func startsCommittee(s string) bool {
	list := words(s)
	if len(list) == 0 {
		return false
	}
	_, ok := committees.at(list, 0)
	return ok
}

// bodyBefore cuts a text where a body of the commune at the index stands behind
// a mark and a title: "Văn thư, Trạm Y tế xã Phổ An".
func bodyBefore(s string, at int) (title, body string, ok bool) {
	marks := pieceMark.FindAllStringIndex(s[:at], -1)
	if len(marks) == 0 {
		return "", "", false
	}
	last := marks[len(marks)-1]
	title, body = trimEnds(s[:last[0]]), s[last[1]:]
	if list := words(body); len(list) > 0 {
		if _, isCommune := communeTypes.at(list, 0); isCommune {
			return "", "", false // "Văn hóa - Xã hội xã Bình An"
		}
	}
	ok = (startsCommittee(body) || startsUnit(body)) && !startsPosition(body) && startsPosition(title)
	return title, trimEnds(body), ok
}

// isProper tells whether a text is a name of a body by its place: behind a
// comma, at least two words, the first with a capital and no word that joins a
// second title.
func isProper(s string) bool {
	list := words(s)
	if len(list) < 2 || joinsTitle[list[0]] {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

var joinsTitle = wordSet("kiêm phụ quyền nguyên đồng thạc tiến cử phó trưởng ủy uv uvbtv uvbch btv thường thành chánh tổ đảng")

// chairShort are the chairman and the deputy in short.
var chairShort = wordSet("ct pct")

var officeEnd = regexp.MustCompile(`(?i)[\s,;–—-]+(ubnd|hđnd|ủy ban nhân dân)$`)

// withoutOffice leaves "UBND" with the titles that need it ("Phó Chủ tịch UBND
// xã Hành Đức") and counts it to the unit otherwise ("Công chức UBND xã …").
func withoutOffice(before, commune string) (position, unit string) {
	before = trimEnds(before)
	at := officeEnd.FindStringIndex(before)
	if at == nil {
		return before, trimEnds(commune)
	}
	list := words(before[:at[0]])
	if n := len(words("chủ tịch")); len(list) >= n && hasPrefix(list[len(list)-n:], words("chủ tịch")) || len(list) > 0 && chairShort[list[len(list)-1]] {
		return before, trimEnds(commune)
	}
	return trimEnds(before[:at[0]]), trimEnds(before[at[0]:] + commune)
}

// splitTail cuts the unit off a text without a mark between the two.
func splitTail(s string) (position, unit string) {
	fields := strings.Fields(s)
	start := lastPiece(fields)
	list, of := fieldWords(fields[start:])
	if len(list) == 0 {
		return trimEnds(s), ""
	}
	head, ok := positionHeads.at(list, 0)
	if !ok || head.end == len(list) {
		return trimEnds(s), ""
	}
	rest := strings.Join(fields[start+of[head.end]:], " ")
	cut := func(i int) (string, string) {
		at := start + of[i]
		return trimEnds(strings.Join(fields[:at], " ")), trimEnds(strings.Join(fields[at:], " "))
	}
	if continuesPosition(list[head.end:]) {
		return afterBody(list, head.end, cut, s)
	}
	if (head.value || startsUnit(rest)) && !strings.HasPrefix(rest, "(") {
		return cut(head.end)
	}
	return trimEnds(s), ""
}

// afterBody handles "Chủ tịch UBND huyện Bình Sơn": the body belongs to the
// title, the place behind it is the unit.
func afterBody(list []string, i int, cut func(int) (string, string), s string) (position, unit string) {
	for j := i + 1; j < len(list); j++ {
		if placeTypes[list[j]] || j+1 < len(list) && placePairs[list[j]+" "+list[j+1]] {
			return cut(j)
		}
	}
	return trimEnds(s), ""
}

var (
	bodies4    = wordings("tt đảng ủy", "tt ubnd", "tt hđnd", "thường trực đảng ủy", "thường trực ubnd", "thường trực hđnd", "ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân", "đảng ủy", "chi bộ", "đoàn", "đoàn tncs", "bchqs", "ban chqs")
	placeTypes = wordSet("huyện tỉnh h tx tp")
	placePairs = map[string]bool{strings.Join(words("thị xã"), " "): true, strings.Join(words("thành phố"), " "): true}
)

// continuesPosition: these bodies are part of a title, "Phó Chủ tịch UBND".
func continuesPosition(rest []string) bool {
	if len(rest) == 0 {
		return false
	}
	_, ok := bodies4.at(rest, 0)
	return ok
}

// lastPiece is the index of the field after the last comma: of "Phó Bí thư
// Đảng ủy, Chủ tịch UBND huyện" only the last title can carry the unit.
func lastPiece(fields []string) int {
	for i := len(fields) - 2; i >= 0; i-- {
		if strings.HasSuffix(fields[i], ",") || strings.HasSuffix(fields[i], ";") || fields[i] == "kiêm" {
			return i + 1
		}
	}
	return 0
}

// fieldWords are the words of the fields and, for each, the field it is in.
func fieldWords(fields []string) (list []string, of []int) {
	for i, f := range fields {
		for _, w := range words(f) {
			list = append(list, w)
			of = append(of, i)
		}
	}
	return list, of
}

func trimEnds(s string) string { return strings.Trim(s, " ,;:–—-") }
