package understand

import (
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// judgement is what one text would be in one legacy encoding.
type judgement struct {
	text string // as Unicode
	// foreign: a letter of the text is none of the encoding's.
	foreign bool
	// marked words hold more than ASCII; of these, proofs become syllables and
	// cannot be Vietnamese in Unicode, misfits do not become syllables.
	marked, proofs, misfits int
}

// proven: the text can only be in this encoding.
func (j *judgement) proven() bool { return !j.foreign && j.proofs > 0 && 2*j.misfits <= j.proofs }

// possible: the text reads well in this encoding, and maybe in Unicode too.
func (j *judgement) possible() bool {
	return !j.foreign && j.marked > 0 && (j.misfits == 0 || j.proven())
}

// judge reads the text in the encoding, word by word.
func (c *codec) judge(text string) judgement {
	var j judgement
	var b strings.Builder
	b.Grow(len(text))
	runes := []rune(text)
	for i := 0; i < len(runes); {
		if !c.has(runes[i]) {
			b.WriteRune(runes[i])
			i++
			continue
		}
		end := i + 1
		for end < len(runes) && c.has(runes[end]) {
			end++
		}
		c.judgeWord(&j, &b, runes[i:end])
		i = end
	}
	j.text = b.String()
	return j
}

func (c *codec) judgeWord(j *judgement, b *strings.Builder, word []rune) {
	if isASCII(word) {
		b.WriteString(string(word))
		return
	}
	letters, ok := c.decode(word)
	b.WriteString(string(letters))
	j.foreign = j.foreign || !ok
	j.marked++
	switch {
	case isSyllable(letters):
		// A lone letter ("§", "·") may be any sign.
		if len(letters) > 1 && c.tells(word) && !isModernText(string(word)) {
			j.proofs++
		}
	case len(letters) > 1 && !isAbbreviation(letters):
		j.misfits++
	}
}

// isAbbreviation: capitals alone, as in LĐTBXH.
func isAbbreviation(word []rune) bool {
	for _, r := range word {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

func isASCII(word []rune) bool {
	for _, r := range word {
		if r > unicode.MaxASCII {
			return false
		}
	}
	return true
}

// isModernText: the text holds Vietnamese letters beyond ASCII, and each word
// with one is a syllable as it stands.
func isModernText(text string) bool {
	found := false
	for _, word := range strings.FieldsFunc(reconcile.Clean(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r)
	}) {
		letters := []rune(word)
		if isASCII(letters) {
			continue
		}
		if !isSyllable(letters) {
			return false
		}
		found = found || len(letters) > 1
	}
	return found
}

// fontCodec is the encoding that a font shows; capitals is true for those of
// TCVN3 whose small letters look like capitals (.VnTimeH, .VnArialH).
func fontCodec(font string) (c *codec, capitals bool) {
	name := strings.ToLower(font)
	switch {
	case strings.HasPrefix(name, ".vn"):
		return tcvn3, strings.HasSuffix(font, "H") || name == font && strings.HasSuffix(font, "h")
	case strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
		return vni, false
	}
	return nil, false
}
