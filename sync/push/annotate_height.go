package push

import (
	"math"
	"strings"
	"unicode"
)

// Heights are estimated, since not every program fits rows when it opens a
// file, and none fits a row to text over merged cells.

// textHeight is the height in points that a text needs in cells with room for
// that many digits of the default font.
func textHeight(l look, text string, room float64) float64 {
	lines := 1
	if l.wrap {
		lines = textLines(text, room*11/l.size)
	}
	return float64(lines)*l.size*1.27 + 4
}

// textLines is how many lines a text fills when words are kept whole as long as
// they fit.
func textLines(text string, room float64) int {
	room = math.Max(2, room-0.5)
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0.0
		for word := range strings.FieldsSeq(part) {
			width := wordWidth(word)
			if used > 0 {
				if used+0.5+width <= room {
					used += 0.5 + width
					continue
				}
				lines++
			}
			lines += int(width / room)
			used = math.Mod(width, room)
		}
	}
	return lines
}

// wordWidth counts in digits: the face's small letters are about as wide as a
// digit is, capitals wider.
func wordWidth(word string) float64 {
	width := 0.0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			width += 1.28
		case strings.ContainsRune("iltj.,:;'|!()", r):
			width += 0.6
		default:
			width += 0.9
		}
	}
	return width
}
