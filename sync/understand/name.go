package understand

import (
	"regexp"
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// person is what a cell of names says of one person.
type person struct {
	name  string
	birth reconcile.Date // where a year or date shares the cell
	sex   reconcile.Sex  // where "(nữ)" shares the cell
	role  string         // where a position shares the cell
	fault reconcile.Fault
}

// people reads a cell of names: usually one, several where people share a
// cell, none when the text is no name.
func people(text string, r dateReader) []person {
	if isOneName(text) {
		return []person{{name: titleCase(text)}}
	}
	var all []person
	for _, part := range splitPeople(text) {
		p := onePerson(part, r)
		if p.name == "" && p.fault == reconcile.NoFault {
			continue
		}
		all = append(all, p)
	}
	if len(all) > 1 {
		for i := range all {
			if all[i].fault == reconcile.NoFault {
				all[i].fault = reconcile.Several
			}
		}
	}
	return all
}

// isOneName tells whether a text is the bare name of one person, so that there
// is nothing to cut and to strip.
func isOneName(text string) bool {
	return isBareName(text) && !joinsNames(text) && reconcile.Clean(text) == text
}

func joinsNames(text string) bool { return strings.Contains(text, " và ") }

var listMark = regexp.MustCompile(`(^|[\s;,])(\d{1,2}|[-+•*])[.)/]?\s+`)

// splitPeople cuts the text where another name begins: at line breaks,
// semicolons, list numbers, and at commas or "và" when a whole name stands on
// both sides. What is no list stays whole.
func splitPeople(text string) []string {
	if !strings.ContainsAny(text, "\n;+,&-•*0123456789") && !strings.Contains(text, " và ") {
		return []string{text}
	}
	for _, sep := range []string{"\n", ";", " + ", ",", " và ", " & "} {
		parts := nonEmpty(strings.Split(text, sep))
		if len(parts) > 1 && allNames(parts) {
			return parts
		}
	}
	if marks := listMark.FindAllStringIndex(text, -1); len(marks) > 1 {
		parts := nonEmpty(listMark.Split(text, -1))
		if len(parts) > 1 && allNames(parts) {
			return parts
		}
	}
	return []string{text}
}

func nonEmpty(parts []string) []string {
	kept := parts[:0]
	for _, p := range parts {
		if reconcile.Clean(p) != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

func allNames(parts []string) bool {
	for _, p := range parts {
		if startsPosition(p) && p != parts[0] {
			return false // "Văn thư" behind a name is no second person
		}
		one := onePerson(p, dateReader{})
		if list := strings.Fields(one.name); len(list) < 2 || one.fault != reconcile.NoFault || !surnames[reconcile.Key(list[0])] {
			return false
		}
	}
	return true
}

var (
	inBrackets = regexp.MustCompile(`\(([^()]*)\)?`)
	leadNumber = regexp.MustCompile(`^\d{1,4}\s*[.)/-]\s*`)
	honorific  = regexp.MustCompile(`(?i)^(ông/bà|anh/chị|ông|bà|đ/c|đc|đồng chí|anh|chị|cô|thầy|em|mr|ms|mrs|` +
		`pgs|gs|ts|tiến sĩ|tiến sỹ|th\.?s|thạc sĩ|thạc sỹ|(thiếu|trung|thượng|đại) (úy|tá|tướng)|đại đức|thượng tọa|hòa thượng|linh mục|mục sư|bs(cki{1,2})?|ck\s*i{1,2}|bác sĩ|bác sỹ|ks|kỹ sư|cn|cử nhân|ls|luật sư|ds|dược sĩ|nsưt)[.:,]*(\s+|$)`)
	dottedTitle = regexp.MustCompile(`(?i)^(đ[/.]?c|pgs|gs|ts|th\.?s|bs(cki{1,2})?|ks|cn|ls|ds)[.:/]+\s*`)
	trailing    = regexp.MustCompile(`(?i)[\s,;:/–—-]*(sinh\s+)?(năm\s+|ngày\s+|sn\.?\s*|sinh\s+)?((\d{1,2}\s*[./-]\s*){0,2}(19|20)\d\d)\s*$`)
	calling     = regexp.MustCompile(`(?i)[\s,;:/–—-]*((sđt|số đt|đt|dđ|điện thoại|tel|phone)[\s:.]*)?(\+?84|0)\d([\s.-]?\d){8}\s*$`)
	roleMark    = regexp.MustCompile(`\s*[,;–—-]\s+|\s*,\s*|\s+[–—-]\s*`)
)

// onePerson reads the name of one person and strips what else stands there:
// list number, honorific, degree, year, position, remarks in brackets.
func onePerson(text string, r dateReader) person {
	var p person
	if lines := nonEmpty(strings.Split(text, "\n")); len(lines) > 1 && startsPosition(lines[len(lines)-1]) {
		// The position stands in the line below the name.
		p.role = reconcile.Clean(lines[len(lines)-1])
		text = strings.Join(lines[:len(lines)-1], " ")
	}
	s := reconcile.Clean(text)
	if isBareName(s) {
		p.name = titleCase(s)
		return p
	}
	for _, m := range inBrackets.FindAllStringSubmatch(s, -1) {
		p.remark(m[1], r)
	}
	s = reconcile.Clean(inBrackets.ReplaceAllString(s, " "))
	s = leadNumber.ReplaceAllString(s, "")
	s = calling.ReplaceAllString(s, "")
	if at := trailing.FindStringSubmatchIndex(s); at != nil && at[0] > 0 {
		p.birth = r.text(s[at[6]:at[7]]).first()
		s = s[:at[0]]
	}
	s, addressed := stripHonorifics(s)
	switch {
	case offersBoth.MatchString(text):
		p.sex = ""
	case p.sex == "":
		p.sex = addressed
	}
	if parts := roleMark.Split(s, 2); len(parts) == 2 && startsPosition(parts[1]) {
		s, p.role = parts[0], parts[1]
	}
	s = strings.Trim(s, " .,;:*-–—_\"“”")
	switch {
	case s == "" && (saysNone(text) || p.birth.IsZero() && p.sex == ""):
		if !saysNone(text) {
			p.fault = reconcile.Unrecognised
		}
		return p
	case !nameLike(s):
		p.fault = reconcile.Unrecognised
		return p
	}
	p.name = titleCase(s)
	return p
}

// isBareName tells whether a text is a name and nothing else, as most are: a
// known family name, letters and spaces.
func isBareName(s string) bool {
	first, rest, ok := strings.Cut(s, " ")
	if !ok || rest == "" || !bareSurnames[first] && !bareSurnames[strings.ToLower(first)] {
		return false
	}
	list, last := 0, ' '
	for _, r := range s {
		if r != ' ' && !isLetter(r) {
			return false
		}
		if r != ' ' && last == ' ' {
			list++
		}
		last = r
	}
	return list <= 5
}

// bareName remembers of the text that was asked for last whether it is a bare
// name: a row asks several times for its own.
type bareName struct {
	text string
	is   bool
}

func (n *bareName) isBare(text string) bool {
	if text != n.text {
		n.text, n.is = text, isBareName(text)
	}
	return n.is
}

// remark reads what stands in brackets behind a name.
func (p *person) remark(text string, r dateReader) {
	if sex, ok := sexOf(text); ok {
		p.sex = sex
		return
	}
	if d := r.text(text); d.fault == reconcile.NoFault {
		if d := d.first(); !d.IsZero() {
			p.birth = d
		}
	}
	if startsPosition(text) {
		p.role = text
	}
}

// stripHonorifics drops the titles before a name; some of them tell the sex.
func stripHonorifics(s string) (name string, sex reconcile.Sex) {
	for range 4 {
		stripped := dottedTitle.ReplaceAllString(s, "")
		if at := honorific.FindStringSubmatchIndex(stripped); at != nil && !isSurnameHere(stripped) {
			if said := addressOf[strings.ToLower(stripped[at[2]:at[3]])]; said != "" {
				sex = said
			}
			stripped = stripped[at[1]:]
		}
		if stripped == s {
			break
		}
		s = stripped
	}
	return s, sex
}

var (
	addressOf = map[string]reconcile.Sex{
		"ông": reconcile.Male, "anh": reconcile.Male, "mr": reconcile.Male,
		"bà": reconcile.Female, "chị": reconcile.Female, "cô": reconcile.Female, "ms": reconcile.Female, "mrs": reconcile.Female,
	}
	// offersBoth: "Ông (bà)" is left over from a form.
	offersBoth = regexp.MustCompile(`(?i)(ông|anh)\s*[(/,]\s*(bà|chị)`)
)

// isSurnameHere: Ông is a family name too, and shows it by the middle name.
func isSurnameHere(s string) bool {
	list := words(s)
	return len(list) >= 3 && list[0] == words("ông")[0] && (list[1] == words("thị")[0] || list[1] == words("văn")[0])
}

// nameLike reports whether a text can be a person's name: letters, at least
// two of them, no digits, not a sentence.
func nameLike(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case isLetter(r) || unicode.Is(unicode.Mn, r):
			letters++
		case unicode.IsDigit(r):
			return false
		case !strings.ContainsRune(" '’‘`.-", r):
			return false
		}
	}
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return letters >= 2 && n >= 1 && n <= 8
}

// titleCase writes each word of a name with a capital first letter. Words of
// mixed case ("H'Re", "McA") are kept as they are.
func titleCase(s string) string {
	if isTitled(s) {
		return s
	}
	list := strings.Fields(s)
	for i, w := range list {
		if !isMixed(w) || surnames[reconcile.Key(w)] { // "NGuyễn" is a slip of the shift key
			list[i] = capitalised(w)
		}
	}
	return strings.Join(list, " ")
}

// isTitled tells of a text of words with one blank between them whether each is
// a capital and small letters, as most names are written.
func isTitled(s string) bool {
	start := true
	for _, r := range s {
		switch {
		case r == ' ':
			if start {
				return false
			}
			start = true
			continue
		case start && !unicode.IsUpper(r), !start && !unicode.IsLower(r):
			return false
		}
		start = false
	}
	return !start
}

// isMixed tells whether a word has both capitals and small letters.
func isMixed(w string) bool {
	capital, small := false, false
	for _, r := range w {
		capital = capital || unicode.ToLower(r) != r
		small = small || unicode.ToUpper(r) != r
	}
	return capital && small
}

func capitalised(w string) string {
	runes := []rune(strings.ToLower(w))
	up := true
	for i, r := range runes {
		if up && unicode.IsLetter(r) {
			runes[i] = unicode.ToUpper(r)
			up = false
		}
		if r == '-' || r == '.' {
			up = true
		}
	}
	return string(runes)
}

// familyNames are those by which a second name in a cell is told from other
// words; a name with another family name is still a name.
const familyNames = `Nguyễn,Trần,Lê,Phạm,Huỳnh,Hoàng,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Đinh,Đoàn,Trương,Lâm,Mai,` +
	`Cao,Châu,Tạ,Tô,Tôn,Thái,Trịnh,Từ,Vương,Lương,Lưu,Hà,Kiều,La,Lữ,Phùng,Quách,Tăng,Thân,Thới,Tống,Triệu,Văn,Vi,Viên,` +
	`Bạch,Biện,Chu,Cù,Diệp,Đàm,Đào,Giang,Hứa,Khổng,Khương,Kim,Lại,Mạc,Nghiêm,Nhan,Nông,Ông,Phí,Phương,Quản,Sầm,Sử,Tiêu,` +
	`Tiết,Trà,Ung,Uông,Vòng,Y,A,Đồng,Đới,Bành,Cấn,Chử,Doãn,Đậu,Đường,Hàn,Hạ,Hùng,Khuất,Khúc,Lục,Ninh,Ngụy,Ngạc,Thạch,Thi,Tưởng,Vy,Xa`

// surnames holds their keys, bareSurnames their common spelling, also in lower case;
// Ông and Đồng (chí) begin forms of address as well and are no bare ones.
var surnames, bareSurnames = spellings(familyNames)

func spellings(names string) (keys, bare map[string]bool) {
	keys, bare = map[string]bool{}, map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		keys[reconcile.Key(name)] = true
		if name != "Ông" && name != "Đồng" {
			bare[strings.ToLower(name)], bare[name] = true, true
		}
	}
	return keys, bare
}
