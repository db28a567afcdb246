package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"doisoat/reconcile"
)

// words splits a text into the words by which headers, programs and bodies are
// compared: reconcile.Key, cut at everything that is neither a letter nor a
// digit and between letters and digits ("ĐT3" is "đt", "3"), with y written as
// i, since "lý luận" and "lí luận" are one wording.
func words(s string) []string {
	return split(reconcile.Key(s))
}

// plainWords is words without any marks, for texts typed without them.
func plainWords(s string) []string {
	return split(reconcile.ASCII(s))
}

func split(key string) []string {
	var out []string
	start, digits := -1, false
	for i, r := range key {
		letter := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		digit := r >= '0' && r <= '9'
		if start >= 0 && (!letter && !digit || digit != digits) {
			out = append(out, strings.ReplaceAll(key[start:i], "y", "i"))
			start = -1
		}
		if start < 0 && (letter || digit) {
			start, digits = i, digit
		}
	}
	if start >= 0 {
		out = append(out, strings.ReplaceAll(key[start:], "y", "i"))
	}
	return out
}

// isLetter is unicode.IsLetter, quicker for the letters of Vietnamese.
func isLetter(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', 'Ạ' <= r && r <= 'ỹ':
		return true
	case r < utf8.RuneSelf:
		return false
	}
	return unicode.IsLetter(r)
}

// unmarked reports whether the text has letters and none of them carries a
// mark: it was typed without Vietnamese letters, or needs none.
func unmarked(s string) bool {
	letters := false
	for _, r := range s {
		if r >= 0x80 {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters
}

// splitCamel puts spaces into "HoTen", "NgaySinh" and "SoCCCD", as systems
// write the headers of their exports; other texts stay as they are.
func splitCamel(s string) string {
	if strings.ContainsAny(s, " \t\n") {
		return strings.ReplaceAll(s, "_", " ")
	}
	s = strings.ReplaceAll(s, "_", " ")
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) {
			before := unicode.IsLower(runes[i-1])
			after := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1])
			if before || after {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hasPrefix reports whether the words begin with those of the phrase.
func hasPrefix(text, phrase []string) bool {
	if len(text) < len(phrase) {
		return false
	}
	for i, w := range phrase {
		if text[i] != w {
			return false
		}
	}
	return true
}

// indexOf is the position of the phrase among the words, or -1.
func indexOf(text, phrase []string) int {
	for i := range text {
		if len(phrase) > 0 && hasPrefix(text[i:], phrase) {
			return i
		}
	}
	return -1
}

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
