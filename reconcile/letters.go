package reconcile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Nearly every text is made of Latin letters, figures and signs that stand by
// themselves: none of them is changed by Clean, and none joins the one before
// it. What Key and ASCII make of each is reckoned once; texts of such letters
// alone need no normalising, which is most of what comparing texts costs.

// letter is what becomes of one character.
type letter struct {
	known bool
	// separates: it is no letter, so that it ends a syllable.
	separates bool
	key       string // in lower case, decomposed, without its tone
	tone      string
	ascii     string
}

// The blocks of the letters: Latin with its accents, and the block that has
// the Vietnamese vowels with a tone.
const (
	latinEnd    = 0x250
	toneStart   = 0x1e00
	toneEnd     = 0x1f00
	lettersSize = latinEnd + toneEnd - toneStart
)

var letters = func() (all [lettersSize]letter) {
	for i := range all {
		r := rune(i)
		if i >= latinEnd {
			r += toneStart - latinEnd
		}
		if s := string(r); r != ' ' && isCleanAnyhow(s) {
			all[i] = newLetter(s)
		}
	}
	return all
}()

func newLetter(s string) letter {
	l := letter{known: true, ascii: withoutMarks(s)}
	for i, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case isTone(r):
			l.tone += string(r)
			continue
		case i == 0:
			l.separates = !unicode.IsLetter(r)
		case !unicode.Is(unicode.Mn, r):
			return letter{}
		}
		l.key += string(r)
	}
	return l
}

// letterOf is what is known of the character; its zero value is unknown.
func letterOf(r rune) *letter {
	switch {
	case r < latinEnd:
		return &letters[r]
	case r >= toneStart && r < toneEnd:
		return &letters[r-toneStart+latinEnd]
	}
	return &letter{}
}

// known are the letters that are known, apart from the rest of the table so
// that looking at a text stays within the processor's nearest memory.
var known = func() (all [lettersSize]bool) {
	for i := range letters {
		all[i] = letters[i].known
	}
	return all
}()

// isKnown reports whether the text is of known letters and single spaces. Every
// cell of a sheet is asked, so that it takes the letters out of UTF-8 itself:
// those of two bytes, and of three the block of the tones.
func isKnown(s string) bool {
	space := true // at the start and behind another one
	for i := 0; i < len(s); {
		var at rune // in the table
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
			i++
			continue
		case c < utf8.RuneSelf:
			at = rune(c)
			i++
		case c < firstOfTwo || i+1 == len(s) || !isTail(s[i+1]):
			return false
		case c < firstOfThree:
			if at = rune(c&0x1F)<<6 | rune(s[i+1]&0x3F); at >= latinEnd {
				return false
			}
			i += 2
		case c == toneFirst && s[i+1] >= toneSecond && s[i+1] <= toneSecond+3 && i+2 < len(s) && isTail(s[i+2]):
			at = latinEnd + rune(s[i+1]-toneSecond)<<6 + rune(s[i+2]&0x3F)
			i += 3
		default:
			return false
		}
		if !known[at] {
			return false
		}
		space = false
	}
	return !space || s == ""
}

// The bytes by which UTF-8 begins a letter of two bytes and of three, and those
// by which it begins the block of the tones.
const (
	firstOfTwo, firstOfThree = 0xC2, 0xE0
	toneFirst, toneSecond    = 0xE1, 0xB8 // U+1E00; the second goes up to 0xBB
)

func isTail(c byte) bool { return c&0xC0 == 0x80 }

// quickKey is Key of a text of known letters and single spaces.
func quickKey(s string) (string, bool) {
	var buffer [128]byte
	var tones [16]byte
	key, tone := buffer[:0], tones[:0]
	space := true // at the start and behind another one
	for _, r := range s {
		if r == ' ' {
			if space {
				return "", false
			}
			key = append(append(key, tone...), ' ')
			tone, space = tone[:0], true
			continue
		}
		l := letterOf(r)
		if !l.known {
			return "", false
		}
		if l.separates {
			key, tone = append(key, tone...), tone[:0]
		}
		key, tone, space = append(key, l.key...), append(tone, l.tone...), false
	}
	if space && s != "" {
		return "", false
	}
	key = append(key, tone...)
	if string(key) == s {
		return s, true
	}
	return string(key), true
}

// quickASCII is ASCII of a text of known letters and single spaces.
func quickASCII(s string) (string, bool) {
	var buffer [128]byte
	ascii := buffer[:0]
	space := true
	for _, r := range s {
		if r == ' ' {
			if space {
				return "", false
			}
			ascii, space = append(ascii, ' '), true
			continue
		}
		l := letterOf(r)
		if !l.known {
			return "", false
		}
		ascii, space = append(ascii, l.ascii...), false
	}
	if space && s != "" {
		return "", false
	}
	if string(ascii) == s {
		return s, true
	}
	return string(ascii), true
}
