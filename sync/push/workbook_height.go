package push

import (
	"math"
	"strings"
	"unicode"
)

// Heights of rows in points. Programs that open the file do not all fit rows to
// their text, and none fits them to merged cells, so each row says its height.
const (
	rowHeight = 15 // the standard, 20 pixels, on which charts reckon
	// standardSize is the size of the font whose digits are as wide as columns
	// are measured in: 7 pixels, to which those of size 11, 7.3 wide, are rounded.
	standardSize = 10.5
)

// cellHeight is what a cell needs that is that many digits of the standard font
// wide.
func cellHeight(l look, v cellValue, room float64) float64 {
	line := l.size * 1.3
	if padded(l) {
		room -= 1.3
	}
	switch {
	case l.turned:
		return textWidth(v.text, l)*5.6 + 10
	case v.numeric || v.text == "" || !l.wrap:
		return line + 2
	}
	return float64(wrappedLines(v.text, room, l))*line + 2
}

// wrappedLines is how many lines the text fills.
func wrappedLines(text string, room float64, l look) int {
	if widest(len(text), l) <= room && strings.IndexByte(text, '\n') < 0 {
		return 1
	}
	space := textWidth(" ", l)
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		used, n := 0.0, 1
		for word := range strings.SplitSeq(part, " ") {
			w := textWidth(word, l)
			if used > 0 && used+space+w > room {
				n++
				used = 0
			}
			if used > 0 {
				used += space
			}
			if w > room { // broken in the middle
				n += int(math.Ceil(w/room)) - 1
				w = math.Mod(w, room)
			}
			used += w
		}
		lines += n
	}
	return lines
}

// widest is more than any text of so many letters needs.
func widest(letters int, l look) float64 { return float64(letters) * 1.5 * l.size / standardSize }

// textWidth estimates the width of a text in digits of the standard font: small
// letters of the face are a little narrower than digits, capitals wider.
func textWidth(text string, l look) float64 {
	w := 0.0
	for _, r := range text {
		if int(r) < len(letterWidths) {
			w += letterWidths[r]
		} else {
			w += letterWidth(r)
		}
	}
	if l.bold {
		w *= 1.06
	}
	return w * l.size / standardSize
}

// letterWidths are the widths of the letters that nearly all texts are made of,
// those of Vietnamese among them.
var letterWidths = func() (widths [0x2040]float64) {
	for r := range widths {
		widths[r] = letterWidth(rune(r))
	}
	return widths
}()

func letterWidth(r rune) float64 {
	switch {
	case r == ' ' || unicode.IsPunct(r):
		return 0.6
	case unicode.IsUpper(r):
		return 1.4
	case unicode.IsDigit(r):
		return 1
	}
	return 0.92
}
