package googletest

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/api/drive/v3"
)

// query is a search of files.list, as
// https://developers.google.com/workspace/drive/api/guides/search-files has it.
type query struct {
	match   func(*drive.File) bool
	parents []string // folders that it names
}

type queryParser struct {
	words   []string
	parents []string
}

// parseQuery reads terms joined by and, or, not and brackets; "" finds all.
func parseQuery(text string) (*query, error) {
	words, err := queryWords(text)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return &query{match: func(*drive.File) bool { return true }}, nil
	}
	p := &queryParser{words: words}
	match, err := p.either()
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("unexpected %q", p.words[0])
	}
	return &query{match, p.parents}, err
}

// queryWords splits a query; a quoted value keeps its opening quote.
func queryWords(text string) ([]string, error) {
	var words []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		switch c := text[0]; {
		case c == '\'':
			var value strings.Builder
			i := 1
			for ; i < len(text) && text[i] != '\''; i++ {
				if text[i] == '\\' && i+1 < len(text) {
					i++
				}
				value.WriteByte(text[i])
			}
			if i >= len(text) {
				return nil, fmt.Errorf("a quote is not closed")
			}
			words, text = append(words, "'"+value.String()), text[i+1:]
		case c == '(' || c == ')':
			words, text = append(words, text[:1]), text[1:]
		case strings.ContainsRune("=!<>", rune(c)):
			n := len(text) - len(strings.TrimLeft(text, "=!<>"))
			words, text = append(words, text[:n]), text[n:]
		default:
			n := strings.IndexAny(text, " ()=!<>'")
			if n < 0 {
				n = len(text)
			}
			words, text = append(words, text[:n]), text[n:]
		}
	}
	return words, nil
}

func (p *queryParser) next() string {
	if len(p.words) == 0 {
		return ""
	}
	word := p.words[0]
	p.words = p.words[1:]
	return word
}

func (p *queryParser) take(word string) bool {
	if len(p.words) == 0 || p.words[0] != word {
		return false
	}
	p.words = p.words[1:]
	return true
}

type fileTest = func(*drive.File) bool

func (p *queryParser) either() (fileTest, error) {
	match, err := p.both()
	for err == nil && p.take("or") {
		left := match
		var right fileTest
		right, err = p.both()
		match = func(f *drive.File) bool { return left(f) || right(f) }
	}
	return match, err
}

func (p *queryParser) both() (fileTest, error) {
	match, err := p.one()
	for err == nil && p.take("and") {
		left := match
		var right fileTest
		right, err = p.one()
		match = func(f *drive.File) bool { return left(f) && right(f) }
	}
	return match, err
}

func (p *queryParser) one() (fileTest, error) {
	switch {
	case p.take("not"):
		match, err := p.one()
		return func(f *drive.File) bool { return !match(f) }, err
	case p.take("("):
		match, err := p.either()
		if err == nil && !p.take(")") {
			err = fmt.Errorf("a bracket is not closed")
		}
		return match, err
	}
	left, operator, right := p.next(), p.next(), p.next()
	switch {
	case strings.HasPrefix(left, "'") && operator == "in" && right == "parents":
		p.parents = append(p.parents, left[1:])
		return func(f *drive.File) bool { return slices.Contains(f.Parents, left[1:]) }, nil
	case left == "trashed" && (operator == "=" || operator == "!=") && (right == "true" || right == "false"):
		return func(f *drive.File) bool { return f.Trashed == (right == "true") == (operator == "=") }, nil
	case !strings.HasPrefix(right, "'"):
		return nil, fmt.Errorf("no value after %q %q", left, operator)
	}
	return textTest(left, operator, right[1:])
}

func textTest(term, operator, value string) (fileTest, error) {
	var text func(*drive.File) string
	switch term {
	case "name":
		text = func(f *drive.File) string { return f.Name }
	case "mimeType":
		text = func(f *drive.File) string { return f.MimeType }
	case "modifiedTime":
		text = func(f *drive.File) string { return f.ModifiedTime }
	default:
		return nil, fmt.Errorf("unknown term %q", term)
	}
	switch operator {
	case "=":
		return func(f *drive.File) bool { return text(f) == value }, nil
	case "!=":
		return func(f *drive.File) bool { return text(f) != value }, nil
	case "contains":
		return func(f *drive.File) bool { return strings.Contains(text(f), value) }, nil
	case ">":
		return func(f *drive.File) bool { return text(f) > value }, nil
	case "<":
		return func(f *drive.File) bool { return text(f) < value }, nil
	}
	return nil, fmt.Errorf("unknown operator %q", operator)
}
