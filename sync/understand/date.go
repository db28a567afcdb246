package understand

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// The years that a plain number in a column of dates can mean, and the serial
// day numbers (1900 system) that can be somebody's date: 1927 to 2064.
const (
	firstYear, lastYear     = 1900, 2100
	firstSerial, lastSerial = 10_000, 60_000
)

// dates is what a cell of dates says: usually one date, two where joining the
// Party and becoming a full member share a cell.
type dates struct {
	list [2]reconcile.Date // the first n of them
	n    int
	// fault says why there is no date, or Ambiguous why there is only a year.
	fault reconcile.Fault
}

func (d dates) first() reconcile.Date {
	return d.list[0]
}

// all are the dates in their order.
func (d *dates) all() []reconcile.Date { return d.list[:d.n] }

func oneDate(d reconcile.Date) dates { return dates{list: [2]reconcile.Date{d}, n: 1} }

// dateReader reads dates. Two digits of a year are taken for the latest such
// year that is not after its pivot.
type dateReader struct {
	pivot int
	order dateOrder // of day and month in text dates
	// swapped: a program has taken the days of the date cells for months.
	swapped bool
}

// cell reads a cell of any type.
func (r dateReader) cell(c cell) dates {
	switch c.Kind {
	case sheet.Date:
		read := dateCell(c)
		if d := read.first(); r.swapped && d.IsFull() && d.Day != d.Month {
			return yearOf(d)
		}
		return read
	case sheet.Number:
		return r.number(c)
	case sheet.Error:
		return dates{fault: reconcile.Unrecognised}
	}
	return r.text(c.Text)
}

// dateCell is a cell with a date format: as precise as the format shows it.
func dateCell(c cell) dates {
	d, ok := fromSerial(c.Number)
	if !ok {
		return dates{fault: reconcile.Impossible}
	}
	format := strings.ToLower(c.Format())
	if strings.Contains(format, "y") && !strings.Contains(format, "d") {
		d.Day = 0
		if !strings.Contains(format, "m") {
			d.Month = 0
		}
	}
	return oneDate(d)
}

// fromSerial is the date of a serial day number of the 1900 system.
func fromSerial(serial float64) (reconcile.Date, bool) {
	if !(serial >= 1 && serial < 2_958_466) { // 1 January 1900 to 31 December 9999
		return reconcile.Date{}, false
	}
	days := int(math.Floor(serial))
	if days > 60 {
		days-- // the system counts a 29 February 1900 that never was
	}
	return reconcile.DateOf(time.Unix(int64(days)*secondsPerDay-secondsBefore1900, 0).UTC()), true
}

// secondsBefore1900 lie between the zero of serial numbers, 31 December 1899,
// and that of Unix time.
const (
	secondsPerDay     = 24 * 60 * 60
	secondsBefore1900 = 25_568 * secondsPerDay
)

// number is a plain number in a column of dates: a year, a serial day number,
// a date typed without separators, or month.year.
func (r dateReader) number(c cell) dates {
	n := c.Number
	if n == math.Trunc(n) {
		switch {
		case n >= firstYear && n <= lastYear:
			return oneDate(reconcile.Date{Year: int(n)})
		case n >= firstSerial && n <= lastSerial:
			if d, ok := fromSerial(n); ok {
				return oneDate(d)
			}
		case n >= 1_000_000 && n < 100_000_000:
			return r.text(strconv.Itoa(int(n) + 100_000_000)[1:])
		case n >= 100_000:
			return r.single(strconv.Itoa(int(n)))
		}
		return dates{fault: reconcile.Malformed}
	}
	// 8.1979 typed for August 1979; 10.2010 has lost its last zero.
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	if len(fraction) <= 4 {
		return r.text(whole + "/" + fraction + "0000"[len(fraction):])
	}
	return dates{fault: reconcile.Malformed}
}

// text reads a text date in any of the ways offices write one.
func (r dateReader) text(s string) dates {
	if saysNone(s) {
		return dates{}
	}
	numbers, strange := dateNumbers(s)
	switch n := len(numbers); {
	case n == 0:
		return dates{fault: reconcile.Unrecognised}
	case strange && n != 3:
		return dates{fault: reconcile.Unrecognised}
	case n == 1:
		return r.single(numbers[0])
	case n == 2 && len(numbers[0]) == 4 && len(numbers[1]) == 4:
		return both(r.single(numbers[0]), r.single(numbers[1]))
	case n == 2:
		return r.monthYear(numbers[0], numbers[1])
	case n == 3:
		return r.full(numbers[0], numbers[1], numbers[2])
	case n == 4:
		return both(r.monthYear(numbers[0], numbers[1]), r.monthYear(numbers[2], numbers[3]))
	case n == 6:
		return both(r.full(numbers[0], numbers[1], numbers[2]), r.full(numbers[3], numbers[4], numbers[5]))
	}
	return dates{fault: reconcile.Malformed}
}

// both are two dates in one cell. Of an ambiguous one the year counts.
func both(a, b dates) dates {
	if a.n == 0 {
		return a
	}
	if b.n == 0 {
		return b
	}
	both := dates{list: [2]reconcile.Date{a.first(), b.first()}, n: 2, fault: a.fault}
	if both.fault == reconcile.NoFault {
		both.fault = b.fault
	}
	return both
}

// single is a date of one run of digits: a year, ddmmyyyy, or yyyymmdd where
// that alone makes sense, ddmmyy or mmyyyy, or a serial day number kept as text.
func (r dateReader) single(digits string) dates {
	switch len(digits) {
	case 4:
		return dated(number(digits), 0, 0)
	case 5:
		if n := number(digits); n >= firstSerial && n <= lastSerial {
			if d, ok := fromSerial(float64(n)); ok {
				return oneDate(d)
			}
		}
	case 6:
		// 150879, or 081979: no month is 19 or 20, so never both.
		if d := r.full(digits[:2], digits[2:4], digits[4:]); d.n > 0 {
			return d
		}
		return r.monthYear(digits[:2], digits[2:])
	case 8:
		if d := r.full(digits[:2], digits[2:4], digits[4:]); d.n > 0 && plausibleYear(d.first().Year) {
			return d
		}
		return r.full(digits[:4], digits[4:6], digits[6:])
	}
	return dates{fault: reconcile.Malformed}
}

func (r dateReader) monthYear(a, b string) dates {
	switch {
	case len(b) == 4 && len(a) <= 2 && number(a) > 0:
		return dated(number(b), number(a), 0)
	case len(a) == 4 && len(b) <= 2 && number(b) > 0:
		return dated(number(a), number(b), 0)
	case number(a) == 0 || number(b) == 0:
		return dates{fault: reconcile.Impossible}
	}
	return dates{fault: reconcile.Malformed}
}

func (r dateReader) full(a, b, c string) dates {
	switch {
	case len(a) == 4 && len(b) <= 2 && len(c) <= 2:
		return whole(number(a), number(b), number(c))
	case len(a) > 2 || len(b) > 2 || len(c) != 4 && len(c) != 2:
		return dates{fault: reconcile.Malformed}
	}
	year := number(c)
	if len(c) == 2 {
		year += r.pivot - r.pivot%100
		if year > r.pivot {
			year -= 100
		}
	}
	return r.inOrder(year, number(a), number(b))
}

// inOrder is a date whose first two numbers stand in the column's order. Where
// that is mixed, a date that has only one reading is read so.
func (r dateReader) inOrder(year, a, b int) dates {
	switch r.order {
	case monthFirst:
		return whole(year, a, b)
	case mixedOrder:
		read := whole(year, b, a)
		if other := whole(year, a, b); read.fault != reconcile.NoFault {
			return other
		} else if other.fault == reconcile.NoFault && a != b {
			return yearOf(read.first())
		}
		return read
	}
	return whole(year, b, a)
}

// whole is a date of three parts: none of them can be nought (00/00/1972).
func whole(year, month, day int) dates {
	if month == 0 || day == 0 {
		return dates{fault: reconcile.Impossible}
	}
	return dated(year, month, day)
}

// dated makes a date of the parts that are known; others are nought.
func dated(year, month, day int) dates {
	if !plausibleYear(year) {
		return dates{fault: reconcile.Impossible}
	}
	d, err := reconcile.NewDate(year, month, day)
	if err != nil {
		return dates{fault: reconcile.Impossible}
	}
	return oneDate(d)
}

func plausibleYear(y int) bool { return y >= firstYear && y <= lastYear }

// number reads up to eight digits; the callers have checked that they are some.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// dateNumbers returns the runs of digits of a date. A month in English letters
// counts as its number. strange tells of letters that belong to no date; a
// time of day is left out.
func dateNumbers(s string) (numbers []string, strange bool) {
	if strings.Contains(s, ":") {
		s = timeOfDay.ReplaceAllString(s, " ")
	}
	if isPlainDate(s) {
		return strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }), false
	}
	for _, w := range words(s) {
		switch {
		case w[0] >= '0' && w[0] <= '9':
			numbers = append(numbers, w)
		case dateWords[w]:
		case monthNames[w] != "":
			numbers = append(numbers, monthNames[w])
		default:
			strange = true
		}
	}
	return numbers, strange
}

// timeOfDay is what systems write behind a date; the colon of "DB: 03/02/2005"
// is none.
var timeOfDay = regexp.MustCompile(`(?i)t?\b?\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(\s*([ap]m|sa|ch)\b)?\s*(z\b|(gmt|utc)?\s*[+-]\d{1,2}(:?\d{2})?\b)?`)

// isPlainDate tells whether a text is digits and separators alone, as nearly
// all dates are.
func isPlainDate(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '/' && c != '.' && c != '-' && c != ' ' {
			return false
		}
	}
	return s != ""
}

// dateWords are the words that stand inside a date and mean nothing more.
var dateWords = wordSet("ngày tháng năm sinh ngay thang nam từ đến và dự bị chính thức kết nạp vào đảng công nhận " +
	"ng th n t s sn db ct kn")

var monthNames = map[string]string{
	"jan": "1", "feb": "2", "mar": "3", "apr": "4", "mai": "5", "jun": "6",
	"jul": "7", "aug": "8", "sep": "9", "oct": "10", "nov": "11", "dec": "12",
}

// saysNone reports whether a text says that there is no such thing: an empty
// dash, "chưa", "không", "quần chúng". It is a statement and no fault.
func saysNone(s string) bool {
	if plainlySaysSome(s) {
		return false
	}
	list := words(s)
	if len(list) == 0 {
		return !strings.ContainsFunc(s, unicode.IsLetter) && strings.Trim(s, "-–—−.*/_ \t\n\u00a0") == ""
	}
	if len(list) > 5 || notNone.all(list) != nil {
		return false
	}
	_, none := noneWords.at(list, 0)
	return none
}

// plainlySaysSome tells by its first character that none of the words that
// deny begins the text.
func plainlySaysSome(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case 'c', 'C', 'k', 'K', 'q', 'Q':
		return false
	}
	return isLetter(r) || unicode.IsDigit(r)
}

// "Không tập trung" and "không chuyên trách" begin like a denial and are none.
var (
	noneWords = wordings("chưa", "không", "quần chúng", "chua", "khong", "quan chung")
	notNone   = wordings("không tập trung", "không tt", "không chuyên trách", "khong tap trung")
)

// wordings is a list of wordings without values.
func wordings(list ...string) *phrases[bool] {
	p := newPhrases[bool]()
	for _, w := range list {
		p.add(words(w), true)
	}
	return p
}

// wordSet is the set of the words of a list, in the form of words.
func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(list) {
		set[w] = true
	}
	return set
}
