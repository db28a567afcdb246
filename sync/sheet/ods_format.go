package sheet

import (
	"strconv"
	"strings"
)

// scanFormat builds the code of the number format that the current element
// describes (ODF 1.3 part 3, 16.29), as Excel writes it; "" for General. The
// formats that it leads to on a condition, which the file has before it, are
// its first sections.
func (t *odsStyles) scanFormat(s *xmlScanner) (string, error) {
	// An hour that goes on beyond 24 makes the format one of a duration.
	duration := s.attr("x:truncate-on-overflow") == "false"
	sections, code, pieces, general := "", "", 0, false
	err := s.children(func() error {
		name := string(s.name)
		switch name {
		case "map":
			if section := t.formats[s.attr("x:apply-style-name")]; section != "" && len(sections)+len(section) < maxFormatCode {
				sections += section + ";"
			}
		case "number":
			general = s.attr("x:decimal-places") == "" && s.attr("x:grouping") == ""
		}
		piece := odsFormatPiece(s, name)
		if name == "hours" && duration {
			piece = "[" + piece + "]"
		}
		var err error
		if name == "text" || name == "currency-symbol" {
			var text []byte
			text, err = s.appendText(nil, maxFormatCode)
			piece = literal(string(text))
		} else {
			err = s.skip()
		}
		if piece != "" && len(code)+len(piece) <= maxFormatCode {
			code += piece
			pieces++
		}
		return err
	})
	if general && pieces == 1 && sections == "" {
		code = ""
	}
	return sections + code, err
}

// odsFormatPiece is the code for one element of a format, "" for those that
// have none or consist of text.
func odsFormatPiece(s *xmlScanner, name string) string {
	style := 0
	if s.attr("x:style") == "long" {
		style = 1
	}
	switch name {
	case "number":
		return numberCode(s)
	case "scientific-number":
		return numberCode(s) + "E+00"
	case "fraction":
		return "# ?/?"
	case "day":
		return [...]string{"d", "dd"}[style]
	case "month":
		if s.attr("x:textual") == "true" {
			return [...]string{"mmm", "mmmm"}[style]
		}
		return [...]string{"m", "mm"}[style]
	case "year":
		return [...]string{"yy", "yyyy"}[style]
	case "day-of-week":
		return [...]string{"ddd", "dddd"}[style]
	case "hours":
		return [...]string{"h", "hh"}[style]
	case "minutes":
		return [...]string{"m", "mm"}[style]
	case "seconds":
		return [...]string{"s", "ss"}[style]
	case "am-pm":
		return "AM/PM"
	case "text-content":
		return "@"
	}
	return ""
}

// maxFormatCode is ample: Excel takes 255 characters.
const maxFormatCode = 4096

// numberCode is the part of the code that stands for the digits.
func numberCode(s *xmlScanner) string {
	most := func(name string) int {
		n, err := strconv.Atoi(s.attr(name))
		if err != nil {
			return 0
		}
		return max(0, min(n, 30))
	}
	whole := strings.Repeat("0", most("x:min-integer-digits"))
	if s.attr("x:grouping") == "true" {
		whole = "#,##" + whole
		if strings.HasSuffix(whole, "#") {
			whole += "#"
		}
	} else if whole == "" {
		whole = "#"
	}
	if decimals := most("x:decimal-places"); decimals > 0 {
		return whole + "." + strings.Repeat("0", decimals)
	}
	return whole
}

// literal is text in a format code: separators as they are, the rest quoted.
func literal(text string) string {
	if strings.Trim(text, `/-:., ()%`) == "" {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, "") + `"`
}
