package push

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// maxCellText is the longest text that a cell holds, in UTF-16 units.
const maxCellText = 32767

// vietnam is the reports' time zone; it has had no other offset since 1975.
var vietnam = time.FixedZone("ICT", 7*60*60)

// cellValue is what stands in a cell: a text, a number, or nothing.
type cellValue struct {
	text    string
	number  string
	format  string
	numeric bool
}

// valueOf turns a value of a report into what the file holds.
func valueOf(v any, date1904 bool) cellValue {
	switch v := v.(type) {
	case nil:
		return cellValue{}
	case string:
		return cellValue{text: v}
	case int:
		return cellValue{number: strconv.Itoa(v), format: wholeFormat, numeric: true}
	case int64:
		return cellValue{number: strconv.FormatInt(v, 10), format: wholeFormat, numeric: true}
	case reconcile.VND:
		return cellValue{number: strconv.FormatInt(int64(v), 10), format: wholeFormat, numeric: true}
	case report.Percent:
		return cellValue{number: strconv.FormatFloat(float64(v), 'f', -1, 64), format: percentFormat, numeric: true}
	case reconcile.Date:
		return dateValue(v, date1904)
	case time.Time:
		return timeValue(v, date1904)
	}
	return cellValue{text: fmt.Sprint(v)}
}

// dateValue makes a date a number where it is a full one that every program
// counts the same (Excel's calendar has a 29 February 1900).
func dateValue(d reconcile.Date, date1904 bool) cellValue {
	if !d.IsFull() || d.Compare(reconcile.Date{Year: 1904, Month: 1, Day: 2}) < 0 {
		return cellValue{text: d.Vietnamese()}
	}
	day := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return cellValue{number: serial(day, date1904), format: dayFormat, numeric: true}
}

func timeValue(t time.Time, date1904 bool) cellValue {
	if t.IsZero() {
		return cellValue{}
	}
	t = t.In(vietnam)
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	if wall.Year() < 1905 {
		return cellValue{text: report.MomentWord(t)}
	}
	return cellValue{number: serial(wall, date1904), format: momentFormat, numeric: true}
}

// serial counts days from the workbook's day zero.
func serial(t time.Time, date1904 bool) string {
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	seconds := t.Unix() - zero.Unix()
	return strconv.FormatFloat(float64(seconds)/86400, 'f', -1, 64)
}

// formulaLike reports whether a person who edits the text would make a formula
// of it.
func formulaLike(s string) bool {
	return s != "" && strings.IndexByte("=+-@\t", s[0]) >= 0
}

// plainText makes a text that a cell can hold: one kind of line end, no
// characters that XML forbids, no longer than a cell may be.
func plainText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if legalRune(r) {
			return r
		}
		return -1
	}, s)
	units := 0
	for i, r := range s {
		n := max(1, utf16.RuneLen(r))
		if units+n > maxCellText-1 && len(s)-i > 1 {
			return s[:i] + "…"
		}
		units += n
	}
	return s
}

// stringXML is a text between <t> tags. In strings of this format "_x0041_"
// means the letter A, so that the underscore of a text that looks like it has
// to be written as such an escape itself.
func stringXML(s string) string {
	if isPlain(s) {
		return s
	}
	s = plainText(s)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && isEscape(s[i:]) {
			b.WriteString("_x005F_")
			continue
		}
		b.WriteByte(s[i])
	}
	return escapeXML(b.String())
}

// isPlain reports whether the text can stand in XML as it is, as nearly all do.
// It may say no of one that could.
func isPlain(s string) bool {
	if len(s) >= maxCellText {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' && c != '\n' && c != '\t', c == '&', c == '<', c == '>', c == '"', c == '_', c == 0xEF: // where U+FFFE begins
			return false
		}
	}
	return utf8.ValidString(s)
}

// isEscape reports whether s begins with _xHHHH_.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' && s[1] != 'X' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
