package understand

import (
	"slices"
	"strings"
	"unicode"
)

// letterOf is a Vietnamese letter taken apart: the vowel without its tone (or
// the consonant), and the tone as its place in a row of vowelRows.
type letterOf struct {
	base rune
	tone int
}

// Tones as places in the rows of vowelRows.
const (
	toneAcute = 4
	toneDot   = 5
)

var lettersOfSyllables = lettersBySyllable()

func lettersBySyllable() map[rune]letterOf {
	letters := map[rune]letterOf{'đ': {base: 'đ'}}
	for _, row := range vowelRows {
		for tone, vowel := range strings.Fields(row) {
			letters[only(vowel)] = letterOf{only(row), tone}
		}
	}
	for _, consonant := range "bcdghklmnpqrstvx" {
		letters[consonant] = letterOf{base: consonant}
	}
	return letters
}

var onsets = strings.Fields("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")

// rhymes are the ends of Vietnamese syllables without their tone; -k is how
// place names of the highlands end (Đắk, Lắk, Krông Pắk).
var rhymes = rhymeSet(`
	a ac ach ai am an ang anh ao ap at au ay ak  ăc ăm ăn ăng ăp ăt ăk  âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
	i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
	o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ok
	ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
	u ua uân uâng uât uây uc uê uêch uênh ui um un ung up ut uy uya uych uynh uyn uyt uyp uyu uyên uyêt uơ
	uôc uôi uôm uôn uông uôt
	ư ưa ưc ưi ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
	y ych ynh yt yêm yên yêng yêt yêu`)

func rhymeSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, r := range strings.Fields(list) {
		set[r] = true
	}
	return set
}

// isSyllable reports whether the word is one that Vietnamese could have: an
// onset, a rhyme and a tone that goes with it, in small letters, capitals or
// with a capital first.
func isSyllable(word []rune) bool {
	if len(word) == 0 || len(word) > 7 || !evenCase(word) {
		return false
	}
	var plain strings.Builder
	tone := 0
	for _, r := range word {
		letter, ok := lettersOfSyllables[unicode.ToLower(r)]
		if !ok || letter.tone != 0 && tone != 0 {
			return false
		}
		plain.WriteRune(letter.base)
		tone += letter.tone
	}
	text := plain.String()
	if isRhyme(text, tone) {
		return true
	}
	return slices.ContainsFunc(onsets, func(onset string) bool {
		rest, ok := strings.CutPrefix(text, onset)
		return ok && isRhyme(rest, tone)
	})
}

// isRhyme: syllables that end in c, ch, k, p or t have the acute tone or the
// dot, and no other.
func isRhyme(text string, tone int) bool {
	if !rhymes[text] {
		return false
	}
	return !strings.HasSuffix(strings.TrimSuffix(text, "h"), "c") && !strings.ContainsRune("kpt", rune(text[len(text)-1])) ||
		tone == toneAcute || tone == toneDot
}

// evenCase: all small, all large, or large first and small after.
func evenCase(word []rune) bool {
	large := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			large++
		}
	}
	return large == 0 || large == len(word) || large == 1 && unicode.IsUpper(word[0])
}
