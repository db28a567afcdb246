package match

import "slices"

// nameKind says how two names differ, the most different first.
type nameKind uint8

const (
	otherName  nameKind = iota
	fewerWords          // one lacks one or two middle words of the other
	slipGiven           // a mark or letter differs in the given name
	brokenText          // one has letters of an old encoding left over
	shortened           // one has abbreviations that fit the other
	iForY               // Lý and Lí
	noMarks             // one is written without any marks
	slip                // a mark or letter differs before the given name
	spacing             // a space is lost or too many
	sameName            // the same but for case and where tones stand
)

// wordKind says how two words of names differ.
type wordKind uint8

const (
	otherWord wordKind = iota
	letterSlip
	markSlip
	ySlip
	brokenWord
	shortWord
	unmarked
	sameWord
)

// names compares names by a dictionary and its frequencies.
type names struct {
	*dictionary
	*frequencies
}

// compare says how the names of two records differ and what that weighs. It is
// symmetric.
func (n names) compare(a, b *record) (nameKind, float64) {
	switch {
	case a.name == 0 || b.name == 0:
		return otherName, 0
	case a.name == b.name:
		return sameName, bits(mName, n.nameOf(a))
	case a.letters == b.letters && len(a.words) != len(b.words) && n.sameTones(a, b):
		return spacing, bits(mName, max(n.nameOf(a), n.nameOf(b)))
	case len(a.words) == len(b.words):
		return n.compareWords(a.words, b.words)
	}
	long, short := a.words, b.words
	if len(long) < len(short) {
		long, short = short, long
	}
	if len(long)-len(short) > mostLeftOut {
		return differ()
	}
	return n.compareFewer(long, short)
}

// mostLeftOut is how many middle words a name may lack: Nguyễn Lan is what
// Nguyễn Thị Ngọc Lan is called.
const mostLeftOut = 2

func differ() (nameKind, float64) { return otherName, bits(mOtherName, uOtherName) }

// sameTones reports whether the names have the same letters with marks; where
// tones stand is lost with the space.
func (n names) sameTones(a, b *record) bool {
	all := func(rec *record) []rune {
		var runes []rune
		for _, w := range rec.words {
			for _, r := range n.entry(w).key {
				if r != '\'' {
					runes = append(runes, r)
				}
			}
		}
		slices.Sort(runes)
		return runes
	}
	return slices.Equal(all(a), all(b))
}

func (n names) entry(w int32) *word { return &n.dictionary.words[w] }

// compareWords aligns names of one length. One slip is allowed; a name without
// any marks is compared by its letters.
func (n names) compareWords(a, b []int32) (nameKind, float64) {
	bare := n.bare(a) != n.bare(b) && !oneBefore(a, b)
	kind, sum, slips := sameName, 0.0, 0
	for i := range a {
		at := roleOf(i, len(a))
		wordKind, weight := n.compareWord(at, a[i], b[i], bare)
		sum += weight
		here := sameName
		switch wordKind {
		case otherWord:
			return differ()
		case letterSlip, markSlip:
			slips++
			here = slip
			if at == given {
				here = slipGiven
			}
		case ySlip:
			slips++
			here = iForY
		case brokenWord:
			here = brokenText
		case shortWord:
			here = shortened
		case unmarked:
			here = noMarks
		}
		kind = min(kind, here)
	}
	if slips > 1 {
		return differ()
	}
	return kind, sum
}

// oneBefore reports whether just one word before the given name differs: where
// that held the name's only mark, to lose it is one slip like any other.
func oneBefore(a, b []int32) bool {
	differ := 0
	for i := range a {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ == 1 && a[len(a)-1] == b[len(b)-1]
}

// bare reports whether the name has no mark at all.
func (n names) bare(words []int32) bool {
	return !slices.ContainsFunc(words, func(w int32) bool { return !n.entry(w).plain })
}

// compareFewer leaves out neighbouring middle words of the longer name; the
// others must agree without a slip.
func (n names) compareFewer(long, short []int32) (nameKind, float64) {
	if len(short) < 2 {
		return differ()
	}
	best, found, missing := 0.0, false, len(long)-len(short)
	for out := 1; out < len(long)-missing; out++ {
		sum, same := 0.0, true
		for i := range short {
			w := long[i]
			if i >= out {
				w = long[i+missing]
			}
			kind, weight := n.compareWord(roleOf(i, len(short)), w, short[i], false)
			if same = kind >= shortWord; !same {
				break
			}
			sum += weight
		}
		if same && (!found || sum > best) {
			best, found = sum, true
		}
	}
	if !found {
		return differ()
	}
	return fewerWords, best + float64(missing)*bits(mFewerWords, uFewerWords)
}

// compareWord weighs two words in one place. What a slip weighs depends on how
// common both words are: Hùng and Hưng are two names, Nguyễn and Nguyển are one.
func (n names) compareWord(at role, a, b int32, bare bool) (wordKind, float64) {
	if a == b {
		return sameWord, bits(1, n.frequencies.words[at][a])
	}
	x, y := n.entry(a), n.entry(b)
	switch {
	case x.broken || y.broken:
		if x.reads(y) || y.reads(x) {
			return brokenWord, bits(1, max(n.frequencies.letters[at][x.ascii], n.frequencies.letters[at][y.ascii]))
		}
		return otherWord, 0
	case x.short && x.stands(y):
		return shortWord, bits(1, n.beginning(n.dictionary, at, a))
	case y.short && y.stands(x):
		return shortWord, bits(1, n.beginning(n.dictionary, at, b))
	case x.sound == y.sound:
		return ySlip, n.slipBits(at, a, b, mIY)
	case x.ascii == y.ascii && bare:
		return unmarked, bits(1, n.frequencies.letters[at][x.ascii])
	case x.ascii == y.ascii:
		return markSlip, n.slipBits(at, a, b, mMark)
	case at == family && isFamily(x.letters) && isFamily(y.letters):
		return otherWord, 0
	case oneLetter(x.letters, y.letters):
		return letterSlip, n.slipBits(at, a, b, mLetter)
	}
	return otherWord, 0
}

// slipBits weighs a certain slip: the truth is the commoner of the words. Another
// person has the rarer one by name, or the commoner one written wrong like this.
func (n names) slipBits(at role, a, b int32, m float64) float64 {
	p, q := n.frequencies.words[at][a], n.frequencies.words[at][b]
	rare, common := min(p, q), max(p, q)
	return bits(m, rare+m*common)
}

// isFamily knows the common family names by their letters: one letter apart
// (Vũ and Võ, Phan and Phạm) they are still two families' names.
func isFamily(letters string) bool {
	switch letters {
	case "vu", "vo", "phan", "pham", "ho", "do", "ha", "bui", "mai", "thai", "cao", "dao", "le", "ly", "to", "ta", "tran", "trinh",
		"dang", "doan", "dinh", "duong", "huynh", "hoang", "nguyen", "truong", "ngo", "lam", "luong":
		return true
	}
	return false
}

// oneLetter reports whether two different words are one typing slip apart: a
// letter replaced, left out, doubled, or two neighbours swapped.
func oneLetter(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) < 2 || len(a)-len(b) > 1 {
		return false
	}
	head := 0
	for head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	restA, restB := a[head:len(a)-tail], b[head:len(b)-tail]
	switch {
	case len(restA) <= 1:
		return true
	case len(restA) == 2 && len(restB) == 2:
		return restA[0] == restB[1] && restA[1] == restB[0]
	}
	return false
}
