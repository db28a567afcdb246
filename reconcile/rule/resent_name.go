package rule

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// fileName is a file's name taken apart: what it is about, and which sending it
// says it is.
type fileName struct {
	about string // the words without marks of sendings, "" when none is left
	// edition orders sendings of one name: 0 for one without a mark.
	edition int
	// day is a date in the name, zero when there is none.
	day reconcile.Date
}

// The marks by which people tell a later sending from an earlier one. "Bổ sung"
// is none of them: such a list adds people to the one before. Nor is "hoàn
// chỉnh", which names a program.
var (
	numberedCopy = regexp.MustCompile(`[ _]*\((\d{1,2})\)\s*$`)
	numberedSent = regexp.MustCompile(`(^| )(?:lan|ban|v|ver|version|rev) ?(\d{1,2})( |$)`)
	mendedSent   = regexp.MustCompile(`(^| )(?:ban sao|copy of|copy|da sua lai|da sua|ban sua|sua doi|chinh sua|da chinh sua|sua lai|sua|dieu chinh|gui lai|nop lai|thay the|ban moi|moi nhat|cap nhat lai)( |$)`)
	lastSent     = regexp.MustCompile(`(^| )(?:final|ban cuoi|cuoi cung|ban chinh thuc|chinh thuc|chot)( |$)`)
	dayInName    = regexp.MustCompile(`(^|[^0-9])(\d{1,2})[._-](\d{1,2})(?:[._-](\d{4}))?($|[^0-9])`)
	compactDay   = regexp.MustCompile(`(^|[^0-9])(20\d\d)(\d\d)(\d\d)($|[^0-9])`)
)

// The editions that words stand for: behind every number, and the last behind
// all.
const (
	mendedEdition = 1
	lastEdition   = 1000
)

// readFileName takes a name apart. Year is that of the plan, for days without
// one.
func readFileName(name string, year int) fileName {
	stem := strings.TrimSuffix(name, path.Ext(name))
	var f fileName
	text := reconcile.ASCII(stem)
	if m := numberedCopy.FindStringSubmatch(text); m != nil {
		f.edition, _ = strconv.Atoi(m[1])
		text = text[:len(text)-len(m[0])]
	}
	text, f.day = cutDay(text, year)
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" _-.,()[]+", r) }), " ")
	if m := numberedSent.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[2])
		f.edition = max(f.edition, n)
		text = numberedSent.ReplaceAllString(text, " ")
	}
	if lastSent.MatchString(text) {
		f.edition = lastEdition
		text = lastSent.ReplaceAllString(text, " ")
	}
	for mendedSent.MatchString(text) {
		f.edition = max(f.edition, mendedEdition)
		text = mendedSent.ReplaceAllString(text, " ")
	}
	f.about = strings.Join(strings.Fields(text), " ")
	return f
}

// cutDay takes a date out of a name: "DS CCLLCT 15.3", "DS_20240315".
func cutDay(text string, year int) (string, reconcile.Date) {
	if m := compactDay.FindStringSubmatchIndex(text); m != nil {
		if d, ok := dayOf(text[m[4]:m[5]], text[m[6]:m[7]], text[m[8]:m[9]]); ok {
			return text[:m[4]] + " " + text[m[9]:], d
		}
	}
	m := dayInName.FindStringSubmatchIndex(text)
	if m == nil {
		return text, reconcile.Date{}
	}
	y, end := strconv.Itoa(year), m[7]
	if m[8] >= 0 {
		y, end = text[m[8]:m[9]], m[9]
	}
	if d, ok := dayOf(y, text[m[6]:m[7]], text[m[4]:m[5]]); ok {
		return text[:m[4]] + " " + text[end:], d
	}
	return text, reconcile.Date{}
}

func dayOf(year, month, day string) (reconcile.Date, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if m == 0 || d == 0 {
		return reconcile.Date{}, false
	}
	date, err := reconcile.NewDate(y, m, d)
	return date, err == nil
}

// compare orders two names that are about the same: negative when f is the
// earlier sending, 0 when the names do not say.
func (f fileName) compare(other fileName) int {
	switch {
	case !f.day.IsZero() && !other.day.IsZero() && f.day != other.day:
		return f.day.Compare(other.day)
	case f.edition < other.edition:
		return -1
	case f.edition > other.edition:
		return 1
	}
	return 0
}

// SameFileName reports whether two files have one name but for the marks of a
// later sending. Year is that of the plan.
func SameFileName(a, b string, year int) bool {
	about := readFileName(a, year).about
	return about != "" && about == readFileName(b, year).about
}
