package understand

import (
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// vowelRows are the vowels, each with its tones in the order that the tables
// below share: none, grave, hook, tilde, acute, dot.
var vowelRows = []string{
	"a à ả ã á ạ", "ă ằ ẳ ẵ ắ ặ", "â ầ ẩ ẫ ấ ậ", "e è ẻ ẽ é ẹ", "ê ề ể ễ ế ệ", "i ì ỉ ĩ í ị",
	"o ò ỏ õ ó ọ", "ô ồ ổ ỗ ố ộ", "ơ ờ ở ỡ ớ ợ", "u ù ủ ũ ú ụ", "ư ừ ử ữ ứ ự", "y ỳ ỷ ỹ ý ỵ",
}

// tcvnRows is TCVN 5712:1993, VN3: one byte a letter, here as the Latin-1
// character of that byte. ư is U+00AD, the soft hyphen.
var tcvnRows = []string{
	"a µ ¶ · ¸ ¹", "¨ » ¼ ½ ¾ Æ", "© Ç È É Ê Ë", "e Ì Î Ï Ð Ñ", "ª Ò Ó Ô Õ Ö", "i × Ø Ü Ý Þ",
	"o ß á â ã ä", "« å æ ç è é", "¬ ê ë ì í î", "u ï ñ ò ó ô", "\u00ad õ ö ÷ ø ù", "y ú û ü ý þ",
}

// tcvnCapitals are all capitals that VN3 has besides ASCII. Capitals with a
// tone exist only as small letters in a font whose small letters look large.
var (
	tcvnCapitals = []string{"¡", "¢", "£", "¤", "¥", "¦", "§"}
	wantCapitals = []string{"Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ"}
)

// vniRows is VNI-Windows: a base letter, then a character for tone and shape
// in one; i, ỵ, ơ, ư and đ have characters of their own.
var vniRows = []string{
	"a aø aû aõ aù aï", "aê aè aú aü aé aë", "aâ aà aå aã aá aä", "e eø eû eõ eù eï", "eâ eà eå eã eá eä", "i ì æ ó í ò",
	"o oø oû oõ où oï", "oâ oà oå oã oá oä", "ô ôø ôû ôõ ôù ôï", "u uø uû uõ uù uï", "ö öø öû öõ öù öï", "y yø yû yõ yù î",
}

// codec reads one legacy encoding.
type codec struct {
	name   reconcile.Encoding
	single map[rune]rune
	pair   map[[2]rune]rune
	// noCapitals: the encoding has no capitals with a tone, so that a word
	// typed in capitals holds small letters among them.
	noCapitals bool
}

var (
	tcvn3 = newTCVN3()
	vni   = newVNI()
	// codecs are tried in this order.
	codecs = [...]*codec{tcvn3, vni}
)

func newTCVN3() *codec {
	c := &codec{name: reconcile.TCVN3, single: map[rune]rune{'®': 'đ'}, noCapitals: true}
	c.addRows(tcvnRows)
	for i := range tcvnCapitals {
		c.add(tcvnCapitals[i], only(wantCapitals[i]))
	}
	return c
}

func newVNI() *codec {
	c := &codec{name: reconcile.VNI, single: map[rune]rune{'ñ': 'đ', 'Ñ': 'Đ'}, pair: map[[2]rune]rune{}}
	c.addRows(vniRows)
	for i := range vniRows {
		stored, wanted := strings.Fields(vniRows[i]), strings.Fields(vowelRows[i])
		for j := range stored {
			letters := []rune(stored[j])
			capital := unicode.ToUpper(only(wanted[j]))
			// The letter's case is its base's, also where the mark keeps another.
			c.add(strings.ToUpper(stored[j]), capital)
			if len(letters) == 2 {
				c.pair[[2]rune{unicode.ToUpper(letters[0]), letters[1]}] = capital
				c.pair[[2]rune{letters[0], unicode.ToUpper(letters[1])}] = only(wanted[j])
			}
		}
	}
	return c
}

func (c *codec) addRows(rows []string) {
	for i := range rows {
		wanted := strings.Fields(vowelRows[i])
		for j, stored := range strings.Fields(rows[i]) {
			c.add(stored, only(wanted[j]))
		}
	}
}

func (c *codec) add(stored string, letter rune) {
	switch letters := []rune(stored); {
	case len(letters) == 2:
		c.pair[[2]rune{letters[0], letters[1]}] = letter
	case letters[0] > unicode.MaxASCII:
		c.single[letters[0]] = letter
	}
}

func only(s string) rune { return []rune(s)[0] }

// windows1258 is what the bytes of a legacy encoding become in a text file
// that is read as Windows-1258: the character, and the one that stands in the
// tables above.
var windows1258 = map[rune]rune{
	'Ă': 'Ã', '\u0300': 'Ì', 'Đ': 'Ð', '\u0309': 'Ò', 'Ơ': 'Õ', 'Ư': 'Ý', '\u0303': 'Þ',
	'ă': 'ã', '\u0301': 'ì', 'đ': 'ð', '\u0323': 'ò', 'ơ': 'õ', 'ư': 'ý', '₫': 'þ',
}

// decode reads one word. ok is false when it holds a letter that the encoding
// does not have; such letters stay as they are.
func (c *codec) decode(word []rune) (letters []rune, ok bool) {
	ok = true
	letters = make([]rune, 0, len(word))
	for i := 0; i < len(word); i++ {
		r := latin(word[i])
		if i+1 < len(word) {
			if letter, found := c.pair[[2]rune{r, latin(word[i+1])}]; found {
				letters = append(letters, letter)
				i++
				continue
			}
		}
		letter, found := c.single[r]
		switch {
		case found:
			letters = append(letters, letter)
		default:
			ok = ok && r <= unicode.MaxASCII
			letters = append(letters, word[i])
		}
	}
	if c.noCapitals && typedInCapitals(word) {
		for i := range letters {
			letters[i] = unicode.ToUpper(letters[i])
		}
	}
	return letters, ok
}

func latin(r rune) rune {
	if folded, ok := windows1258[r]; ok {
		return folded
	}
	return r
}

// typedInCapitals: all ASCII letters of the word are capitals, and there are
// two at least. One is what any name begins with.
func typedInCapitals(word []rune) bool {
	capitals := 0
	for _, r := range word {
		switch {
		case r >= 'A' && r <= 'Z':
			capitals++
		case r >= 'a' && r <= 'z':
			return false
		}
	}
	return capitals > 1
}

// has reports whether the character is part of words in this encoding.
func (c *codec) has(r rune) bool {
	if _, ok := c.single[latin(r)]; ok {
		return true
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// tells reports whether the word holds what no Vietnamese word in Unicode does
// and this encoding's words do: a sign or foreign letter, a vowel followed by
// an accented one, an accented capital inside a word in small letters.
func (c *codec) tells(word []rune) bool {
	for i, r := range word {
		if _, ok := c.single[r]; ok && !isModern(r) {
			return true
		}
		if i == 0 {
			continue
		}
		before := word[i-1]
		if _, ok := c.pair[[2]rune{before, r}]; ok && !modernPair(before, r) {
			return true
		}
		smallBeside := unicode.IsLower(before) || i+1 < len(word) && unicode.IsLower(word[i+1])
		if _, ok := c.single[r]; ok && unicode.IsUpper(r) && smallBeside {
			return true
		}
	}
	return false
}

// isModern reports whether Vietnamese in Unicode has the character.
func isModern(r rune) bool {
	return r <= unicode.MaxASCII || lettersOfSyllables[unicode.ToLower(r)].base != 0
}

// modernPair reports whether the two letters, a pair of VNI, also stand side
// by side in Vietnamese: only in oà, oá, oã, as in "Hoà".
func modernPair(a, b rune) bool {
	return (a == 'o' || a == 'O') && strings.ContainsRune("àáãÀÁÃ", b)
}
