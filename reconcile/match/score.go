package match

import (
	"slices"
	"strings"
)

// likeness says how two names differ.
type likeness uint8

const (
	otherName  likeness = iota
	fewerWords          // one lacks a middle word of the other
	slipGiven           // one letter or tone differs, in the given name
	slip                // one letter or tone differs, before the given name
	sameLetter          // the same but for spaces
	sameName            // the same but for case and where tones stand
)

// verdict is what the comparison of two records says.
type verdict struct {
	related     bool // worth keeping at all
	sure        bool
	probability float64
	why         string
}

// judge compares two records. It is symmetric. Two full birth dates or two
// citizen IDs that differ never make a sure pair.
func judge(a, b *record) verdict {
	names := compareNames(a, b)
	sameID := a.id != "" && a.id == b.id
	otherID := a.id != "" && b.id != "" && a.id != b.id
	switch {
	case sameID:
		return judgeSameID(names, a, b)
	case !a.born.IsFull() || a.born != b.born:
		return verdict{}
	case otherID:
		if names >= sameLetter && oneSlip([]rune(a.id), []rune(b.id)) {
			return unsure(0.8, whyIDSlip)
		}
		return verdict{}
	}
	switch names {
	case sameName, sameLetter:
		return sure(0.999, whyNameAndDate)
	case slip:
		return sure(0.98, whySlip)
	case slipGiven:
		// Twins have one birth date and given names one mark apart (Hùng,
		// Hưng): something else has to agree.
		if a.r.Phone != "" && a.r.Phone == b.r.Phone {
			return sure(0.98, whySlipPhone)
		}
		return unsure(0.6, whySlipGiven)
	case fewerWords:
		return unsure(0.7, whyFewerWords)
	}
	return verdict{}
}

// judgeSameID compares two records with one citizen ID: the ID alone joins
// nothing, since it may be copied into the wrong row.
func judgeSameID(names likeness, a, b *record) verdict {
	sameDate := a.born.IsFull() && a.born == b.born
	otherDate := a.born.SurelyBefore(b.born) || b.born.SurelyBefore(a.born)
	switch {
	case otherDate && names == otherName:
		return unsure(0.3, whyIDConflict)
	case otherDate:
		return unsure(0.7, whyIDOtherDate)
	case names == otherName, names == fewerWords && !sameDate:
		return unsure(0.6, whyIDOtherName)
	case sameDate && names >= sameLetter:
		return sure(0.9999, whyAll)
	}
	return sure(0.99, whyNameAndID)
}

func sure(p float64, why string) verdict {
	return verdict{related: true, sure: true, probability: p, why: why}
}

func unsure(p float64, why string) verdict { return verdict{related: true, probability: p, why: why} }

func compareNames(a, b *record) likeness {
	switch {
	case a.key == "" || b.key == "":
		return otherName
	case a.key == b.key:
		return sameName
	case sameLetters(a, b):
		return sameLetter
	case len(a.words) == len(b.words):
		return compareWords(a, b)
	case len(a.words) == len(b.words)+1 && lacksOne(a.ascii, b.ascii), len(b.words) == len(a.words)+1 && lacksOne(b.ascii, a.ascii):
		return fewerWords
	}
	return otherName
}

// sameLetters reports whether two names differ in their spaces alone. Tones are
// compared without their places, since a lost space moves them in the key.
func sameLetters(a, b *record) bool {
	if strings.Join(a.ascii, "") != strings.Join(b.ascii, "") || len(a.words) == len(b.words) {
		return false
	}
	letters := func(words []string) []rune { return slices.Sorted(slices.Values([]rune(strings.Join(words, "")))) }
	return slices.Equal(letters(a.words), letters(b.words))
}

// compareWords allows one slip in one word.
func compareWords(a, b *record) likeness {
	differs := -1
	for i := range a.words {
		if a.words[i] == b.words[i] {
			continue
		}
		if differs >= 0 {
			return otherName
		}
		differs = i
	}
	switch {
	case a.ascii[differs] != b.ascii[differs] && !oneSlip([]rune(a.ascii[differs]), []rune(b.ascii[differs])):
		return otherName
	case a.ascii[differs] != b.ascii[differs] && differs == 0 && isOtherSurname(a.ascii[0], b.ascii[0]):
		return otherName
	case differs == len(a.words)-1:
		return slipGiven
	}
	return slip
}

// isOtherSurname knows pairs of common surnames that are one letter apart and
// yet different families' names: Vũ and Võ, Phan and Phạm.
func isOtherSurname(a, b string) bool {
	common := []string{"vu", "vo", "phan", "pham", "ho", "do", "ha", "bui", "mai", "thai", "cao", "dao", "le", "ly", "to", "ta", "tran", "trinh", "dang", "doan", "dinh", "duong", "huynh", "hoang"}
	return slices.Contains(common, a) && slices.Contains(common, b)
}

// lacksOne reports whether short is long without one of its middle words.
func lacksOne(long, short []string) bool {
	for i := 1; i < len(long)-1; i++ {
		if slices.Equal(slices.Delete(slices.Clone(long), i, i+1), short) {
			return true
		}
	}
	return false
}

// oneSlip reports whether two different words are one typing slip apart: a
// letter replaced, left out, doubled, or two neighbours swapped.
func oneSlip(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
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
