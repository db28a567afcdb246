package match

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"doisoat/reconcile"
)

// word is one syllable of a name in the forms in which it is compared.
type word struct {
	key     string // reconcile.Key: lower case, the tone at the end
	letters string // of key without marks, dots and apostrophes: "h'hen" is "hhen"
	sound   string // key with a final y after a consonant as i: Lý and Lí, not Thúy and Thúi
	plain   bool   // written without any mark
	short   bool   // an abbreviation: "ng.", "t." or a lone consonant
	// broken: with letters that modern Vietnamese never uses, as text in an old
	// encoding has. Such letters are '?' in letters.
	broken bool
	ascii  int32 // number of letters among all letters
}

// dictionary numbers the words of all names, so that records hold numbers. Two
// spellings with one key are one word.
type dictionary struct {
	words     []word
	asciis    []string
	bySpelled map[string][]int32 // a text between spaces may be several words
	byKey     map[string]int32
	byLetters map[string]int32
}

func newDictionary() *dictionary {
	return &dictionary{
		bySpelled: make(map[string][]int32), byKey: make(map[string]int32), byLetters: make(map[string]int32),
	}
}

// split appends the numbers of the name's words.
func (d *dictionary) split(name string, words []int32) []int32 {
	for text := range strings.FieldsSeq(name) {
		known, ok := d.bySpelled[text]
		if !ok {
			for _, part := range spellings(text) {
				known = append(known, d.number(part))
			}
			d.bySpelled[strings.Clone(text)] = known
		}
		words = append(words, known...)
	}
	return words
}

// spellings cuts what was typed without a space: "Ng.Thị", "Y-Ngọc".
func spellings(text string) []string {
	var parts []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '-' || r == '–' || r == ',' }) {
		for {
			dot := strings.IndexByte(part, '.')
			if dot < 0 || dot == len(part)-1 {
				break
			}
			parts = append(parts, part[:dot+1])
			part = part[dot+1:]
		}
		if strings.Trim(part, ".") != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

func (d *dictionary) number(spelled string) int32 {
	key := strings.ReplaceAll(reconcile.Key(spelled), "’", "'")
	if n, ok := d.byKey[key]; ok {
		return n
	}
	w := newWord(key)
	ascii, ok := d.byLetters[w.letters]
	if !ok {
		ascii = int32(len(d.asciis))
		d.byLetters[w.letters] = ascii
		d.asciis = append(d.asciis, w.letters)
	}
	w.ascii = ascii
	n := int32(len(d.words))
	d.byKey[key] = n
	d.words = append(d.words, w)
	return n
}

func newWord(key string) word {
	w := word{key: key, plain: true}
	var b strings.Builder
	for _, r := range norm.NFD.String(key) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '~':
			w.plain = false
		case r == 'đ':
			w.plain = false
			b.WriteByte('d')
		case r >= 'a' && r <= 'z':
			b.WriteByte(byte(r))
		case unicode.IsLetter(r) || unicode.IsSymbol(r) || r == '§' || r == '\u00ad' || r == '¶':
			w.broken, w.plain = true, false
			b.WriteByte('?')
		}
	}
	w.letters = b.String()
	if odd(key) {
		w.broken, w.plain = true, false
	}
	// One letter that is no syllable stands for one; the prefixes Y, A, H of
	// ethnic names are not abbreviations.
	lone := len(w.letters) == 1 && strings.Contains("bcdgklmnpqrstvx", w.letters)
	w.short = w.letters != "" && !w.broken && (strings.HasSuffix(key, ".") || strings.HasSuffix(key, "~") || lone)
	w.sound = sound(key)
	return w
}

// odd finds accented letters that only an old encoding leaves behind: all
// accents of Vietnamese are among these, so any other combining mark is odd.
func odd(key string) bool {
	for _, r := range norm.NFD.String(key) {
		if unicode.Is(unicode.Mn, r) && !strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b", r) {
			return true
		}
	}
	return false
}

// sound folds a final y after a consonant (or qu) into i.
func sound(key string) string {
	letters := strings.TrimRightFunc(key, func(r rune) bool { return unicode.Is(unicode.Mn, r) })
	if !strings.HasSuffix(letters, "y") || len(letters) < 2 {
		return key
	}
	before := letters[:len(letters)-1]
	if strings.HasSuffix(before, "qu") || !strings.ContainsAny(before[len(before)-1:], "aeiouy") && before[len(before)-1] < 0x80 {
		return before + "i" + key[len(letters):]
	}
	return key
}

// stands reports whether an abbreviation can stand for the other word.
func (w *word) stands(other *word) bool {
	return w.short && !other.broken && len(other.letters) >= len(w.letters) && strings.HasPrefix(other.letters, w.letters)
}

// reads reports whether a word with broken letters can be the other word: the
// letters that survived are the same, each broken one is one letter.
func (w *word) reads(other *word) bool {
	if !w.broken || other.broken || len(w.letters) != len(other.letters) {
		return false
	}
	survived := 0
	for i := range len(w.letters) {
		switch {
		case w.letters[i] == other.letters[i]:
			survived++
		case w.letters[i] != '?' && !strings.Contains("aeiouyd", other.letters[i:i+1]):
			return false
		}
	}
	return survived > 0 || len(w.letters) == 1
}
