package reconcile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns the text as it should be stored and shown: NFC, look-alikes of
// Đ mended, zero-width characters removed, every run of white space (the
// non-breaking space too) one space, none at the ends. Nothing else changes:
// case, tone placement and punctuation stay as they were.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r) || r == '\u00a0' || r == '\u3000':
			space = b.Len() > 0
			continue
		case isInvisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(mendD(r))
	}
	return norm.NFC.String(b.String())
}

// CleanLines is Clean for what people say in sentences: line by line, without
// the blank lines before and after, so that it is shown as it was written.
func CleanLines(s string) string {
	if isClean(s) {
		return s
	}
	lines := strings.Split(lineBreaks.Replace(s), "\n")
	for i, line := range lines {
		lines[i] = Clean(line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// lineBreaks writes each kind of line break as \n.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n")

// isClean reports whether Clean has nothing to change, as with nearly every
// text; it costs no memory.
func isClean(s string) bool { return isKnown(s) || isCleanAnyhow(s) }

func isCleanAnyhow(s string) bool {
	space := true // at the start and behind another one
	composed := true
	for i, r := range s {
		switch {
		case r == ' ':
			if space {
				return false
			}
			space = true
			continue
		case '!' <= r && r <= '~', 'Ạ' <= r && r <= 'ỹ':
			// What Vietnamese mostly consists of is as it should be.
		case unicode.IsSpace(r) || r == '\u3000' || isInvisible(r) || mendD(r) != r:
			return false
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)): // not UTF-8
			return false
		default:
			composed = composed && r < firstCombining
		}
		space = false
	}
	return s == "" || !space && (composed || norm.NFC.IsNormalString(s))
}

// firstCombining is the first character that NFC may compose with others; all
// before it stand for themselves, and so do the letters of Vietnamese.
const firstCombining = '\u0300'

func isInvisible(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsControl(r)
}

// mendD maps the letters that are typed for Đ and look the same: eth (U+00D0,
// U+00F0) and African D (U+0189, U+0256).
func mendD(r rune) rune {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ'
	case 'ð', 'ɖ':
		return 'đ'
	}
	return r
}

// Key returns the form in which two Vietnamese texts are compared: Clean,
// lower case, and the tone of each syllable moved to its end, so that "Hòa"
// and "hoà" have one key while "Hoa" and "Hỏa" have others.
func Key(s string) string {
	if key, ok := quickKey(s); ok {
		return key
	}
	var b, tone strings.Builder
	flush := func() {
		b.WriteString(tone.String())
		tone.Reset()
	}
	for _, r := range norm.NFD.String(strings.ToLower(Clean(s))) {
		switch {
		case isTone(r):
			tone.WriteRune(r)
			continue
		case !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r):
			flush()
		}
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

// isTone reports whether r is one of the five Vietnamese tone marks, as
// combining characters: grave, acute, tilde, hook above, dot below.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

// ASCII returns the text without any marks, in lower case: "Đoàn Thùy" becomes
// "doan thuy". Different Vietnamese words meet in it (Sơn Hà, Sơn Hạ), so it
// finds candidates and decides nothing.
func ASCII(s string) string {
	if ascii, ok := quickASCII(s); ok {
		return ascii
	}
	return withoutMarks(Clean(s))
}

func withoutMarks(clean string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(clean)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
