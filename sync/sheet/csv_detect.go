package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// csvSample is how much of a text is looked at to find the separator.
	csvSample = 256 << 10
	// csvRecords is how many of its records are.
	csvRecords = 1000
)

// declaredComma is the separator that a first line "sep=;" names, as Excel
// writes and reads it, and the text behind that line.
func declaredComma(text string) (comma byte, rest string, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.Trim(strings.TrimRight(line, "\r"), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") {
		return 0, "", false
	}
	return line[4], rest, true
}

// findComma finds the separator of a text: the one that most evenly divides
// its records. A list of one column has none, and gets a tab. ok is false for
// a text that is no table.
func findComma(text string) (comma byte, ok bool) {
	if isOtherText(text) {
		return 0, false
	}
	sample := text
	if len(sample) > csvSample {
		sample = sample[:csvSample]
		sample = sample[:strings.LastIndexByte(sample, '\n')+1]
	}
	best := 0
	for _, c := range []byte(";\t,|") {
		shape := shapeOf(sample, c)
		if score := shape.fitting * (shape.width - 1); shape.isTable(c) && score > best {
			best, comma = score, c
		}
	}
	if best > 0 {
		return comma, true
	}
	return '\t', isList(sample)
}

// csvShape is how a separator divides a text.
type csvShape struct {
	records int // that are not blank
	divided int // into several fields
	width   int // the number of fields that most of those have
	fitting int // that have it
	used    int // columns with a value
	marks   int // separators
	spaced  int // separators with a blank behind, as in a sentence
}

func shapeOf(text string, comma byte) csvShape {
	var s csvShape
	widths := make(map[int]int)
	used := make(map[int]bool)
	records := csvReader{text: text, comma: comma}
	for s.records < csvRecords {
		fields, ok := records.next()
		if !ok {
			break
		}
		filled := false
		for i, f := range fields {
			if !f.blank() {
				filled = true
				used[i] = true
			}
			if i > 0 {
				s.marks++
				if !f.quoted && strings.HasPrefix(f.raw, " ") {
					s.spaced++
				}
			}
		}
		if filled {
			s.records++
		}
		// Records of separators alone show how many there are, too.
		if filled && len(fields) > 1 {
			s.divided++
			widths[len(fields)]++
		}
	}
	for width, n := range widths {
		if n > s.fitting || n == s.fitting && width > s.width {
			s.width, s.fitting = width, n
		}
	}
	s.used = len(used)
	return s
}

// isTable is the rule by which a text counts as a table: nearly all records
// have the same number of fields, or if there are several columns, most have;
// with many columns it is enough that nearly all divided records agree, since
// a title and a signature stand around a table. A line that ends in a
// separator, as in program code, has no second column. Commas with blanks
// behind are those of sentences unless the lines are all alike.
func (s csvShape) isTable(comma byte) bool {
	switch {
	case s.width < 2 || s.used < 2:
		return false
	case comma == ',' && s.spaced*2 > s.marks:
		return s.width >= 3 && s.records >= 3 && s.fitting*100 >= s.records*95
	case s.records == 1:
		return s.width >= 3
	case s.fitting*100 >= s.records*80:
		return true
	case s.width >= 3 && s.fitting*100 >= s.records*60:
		return true
	case s.width >= 3 && comma != ',' && s.divided*100 >= s.records*60:
		return true // ragged, but by a sign that sentences hardly have
	}
	return s.width >= 4 && s.fitting >= 3 && s.fitting*100 >= s.divided*80
}

// isList says whether a text is a list of one column: at least three lines, all
// but a few of them short, with a letter or digit, and neither sentences nor
// "key: value" nor code.
func isList(text string) bool {
	lines, odd := 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		wordless := !strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		if wordless || utf8.RuneCountInString(line) > 60 || strings.ContainsAny(line[len(line)-1:], ".,:;!?{}()[]<>=\\") ||
			strings.Contains(line, ": ") || strings.ContainsAny(line, "={}<>") || strings.Contains(line, ", ") {
			odd++
		}
	}
	return lines >= 3 && odd*10 <= lines
}

var (
	logLine      = regexp.MustCompile(`(?m)^\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d\S*.{0,40}\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|NOTICE|trace|debug|info|warn|error|fatal)\b`)
	mailHeader   = regexp.MustCompile(`(?im)\A(from|to|cc|date|subject|received|return-path|delivered-to|message-id|mime-version|dkim-signature|x-[\w-]+): .*\n([ \t].*\n)*[\w-]+: `)
	markdownRule = regexp.MustCompile(`(?m)^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*$`)
	markdownLine = regexp.MustCompile("(?m)^(#{1,6} \\p{L}[^;,\t|]*$|```)")
)

// isOtherText knows texts that are no tables though signs in them may stand as
// evenly as in one: JSON, markup, e-mails, logs, Markdown, scripts.
func isOtherText(text string) bool {
	head := text[:min(len(text), csvSample)]
	head = strings.TrimSpace(head)
	switch {
	case head == "":
		return true
	case head[0] == '{', head[0] == '<', strings.HasPrefix(head, "[") && strings.ContainsAny(strings.TrimLeft(head[1:min(len(head), 80)], " \t\r\n"), `{["`),
		strings.HasPrefix(head, "#!"), strings.HasPrefix(head, "---\n"), strings.HasPrefix(head, "%!"):
		return true
	case mailHeader.MatchString(head), markdownRule.MatchString(head), markdownLine.MatchString(head):
		return true
	}
	return len(logLine.FindAllStringIndex(head, csvRecords))*2 > min(strings.Count(head, "\n")+1, csvRecords)
}
