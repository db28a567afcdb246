package sheet

import "strings"

// timeFormat is how a number format shows a number as a time.
type timeFormat uint8

const (
	noTime  timeFormat = iota
	day                // a date, perhaps with the time of day
	clock              // the time of day alone
	elapsed            // a duration, like [h]:mm
)

// builtinFormats are the codes of the number formats that a workbook uses
// without defining them (ECMA-376 part 1, 18.8.30). Those of 27 to 36 and 50
// to 58 are dates and times whose look depends on the language of Excel; they
// stand here as a Vietnamese Excel shows them.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"$"#,##0_);\("$"#,##0\)`, 6: `"$"#,##0_);[Red]\("$"#,##0\)`,
	7: `"$"#,##0.00_);\("$"#,##0.00\)`, 8: `"$"#,##0.00_);[Red]\("$"#,##0.00\)`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
	27: "dd/mm/yyyy", 28: "dd/mm/yyyy", 29: "dd/mm/yyyy", 30: "dd/mm/yyyy", 31: "dd/mm/yyyy",
	32: "h:mm:ss", 33: "h:mm:ss", 34: "h:mm:ss", 35: "h:mm:ss", 36: "dd/mm/yyyy",
	37: `#,##0_);\(#,##0\)`, 38: `#,##0_);[Red]\(#,##0\)`,
	39: `#,##0.00_);\(#,##0.00\)`, 40: `#,##0.00_);[Red]\(#,##0.00\)`,
	41: `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`,
	42: `_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`,
	44: `_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: "dd/mm/yyyy", 51: "dd/mm/yyyy", 52: "dd/mm/yyyy", 53: "dd/mm/yyyy", 54: "dd/mm/yyyy",
	55: "h:mm:ss", 56: "h:mm:ss", 57: "dd/mm/yyyy", 58: "dd/mm/yyyy",
}

// classifyFormat tells whether a number format shows numbers as times. A code
// has up to four sections (positive; negative; zero; text), any of which makes
// it a time format: the first may be no more than a condition.
func classifyFormat(code string) timeFormat {
	var section formatSection
	for code != "" {
		if code[0] == ';' {
			if t := section.time(); t != noTime {
				return t
			}
			section = formatSection{}
			code = code[1:]
			continue
		}
		code = code[section.token(code):]
	}
	return section.time()
}

// formatSection is what a section of a number format has been found to hold.
type formatSection struct {
	date    bool // year, day, era
	month   bool // m, which is a minute beside hours or seconds
	clock   bool // hour, second, AM/PM
	elapsed bool // [h], [m], [s]
	digits  bool // 0 # ? outside of fractions of a second
	seconds bool // the last time token was s, whose fraction may follow
}

func (f *formatSection) time() timeFormat {
	switch {
	case f.digits:
		// A unit that was left without quotes: 0 ngày.
		return noTime
	case f.date:
		return day
	case f.elapsed:
		return elapsed
	case f.clock:
		return clock
	case f.month:
		return day
	}
	return noTime
}

// token notes the token at the start of the code and gives its length.
func (f *formatSection) token(code string) int {
	switch c := code[0]; c {
	case '"':
		if end := strings.IndexByte(code[1:], '"'); end >= 0 {
			return end + 2
		}
		return len(code)
	case '\\', '_', '*': // the next character as it is, as a gap, as a filling
		return 1 + firstChar(code[1:])
	case '[':
		end := strings.IndexByte(code, ']')
		if end < 0 {
			return len(code)
		}
		f.bracket(code[1:end])
		return end + 1
	case '0', '#', '?':
		f.digits = f.digits || !f.seconds
		return 1
	case '.', ',':
		return 1
	}
	return f.word(code)
}

// bracket notes what stands in square brackets: a duration's unit. Colours,
// conditions, currencies and languages ([$-vi-VN]) say nothing about time.
func (f *formatSection) bracket(inside string) {
	unit := strings.ToLower(inside)
	if unit != "" && (strings.Trim(unit, "h") == "" || strings.Trim(unit, "m") == "" || strings.Trim(unit, "s") == "") {
		f.elapsed = true
		f.seconds = unit[0] == 's'
	}
}

// word notes letters that stand outside of quotes.
func (f *formatSection) word(code string) int {
	for _, w := range []string{"general", "am/pm", "a/p", "e+", "e-"} {
		if len(code) >= len(w) && strings.EqualFold(code[:len(w)], w) {
			f.clock = f.clock || w == "am/pm" || w == "a/p"
			f.digits = f.digits || w == "general"
			return len(w)
		}
	}
	switch code[0] {
	case 'y', 'Y', 'd', 'D', 'b', 'B', 'g', 'G', 'e', 'E':
		f.date, f.seconds = true, false
	case 'm', 'M':
		f.month, f.seconds = true, false
	case 'h', 'H':
		f.clock, f.seconds = true, false
	case 's', 'S':
		f.clock, f.seconds = true, true
	}
	return firstChar(code)
}

// firstChar is the length of the first character, 0 of nothing.
func firstChar(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}
