package match

import (
	"strings"

	"doisoat/reconcile"
)

// role is where a word stands in a name.
type role uint8

const (
	family role = iota
	middle
	given
	roles
)

// stated are frequencies of words as published. What is not listed has the
// frequency rest of its role.
//
// Families: 207,000 names of Đắk Lắk, the nearest province with a count
// (hoten.org/100-ho-pho-bien-daklak). Huỳnh and Hoàng, Võ and Vũ are one origin
// and two names: they are never equated.
//
// Middle words: only "Thị and Ngọc over 17 % of girls, Văn under 3 % of boys
// born 2007 to 2011" is published (hoten.org/dem-pho-bien-o-nu-gioi, -nam-gioi);
// for officials born 1965 to 1990 both were far more common: estimated.
//
// Given names: Đắk Lắk's most common (hoten.org/100-ten-nam-pho-bien-dak-lak,
// 100-ten-nu-pho-bien-dak-lak), halved, since half of all people are of the
// other sex; the rest is the chance that two people share one (0.0096 for men,
// 0.0131 for women), halved as well.
func stated() [roles]map[string]float64 {
	return [roles]map[string]float64{
		family: {
			"Nguyễn": 0.2964, "Trần": 0.1014, "Lê": 0.0837, "Phạm": 0.0593, "Hoàng": 0.0406, "Phan": 0.0318, "Bùi": 0.0268,
			"Võ": 0.0257, "Hồ": 0.0217, "Vũ": 0.0199, "Đặng": 0.0190, "Đỗ": 0.0178, "Trương": 0.0168, "Huỳnh": 0.0162,
		},
		middle: {"Thị": 0.25, "Văn": 0.12, "Ngọc": 0.05},
		given:  {"Tuấn": 0.0135, "Hoàng": 0.0125, "Huy": 0.011, "Trang": 0.021, "Thảo": 0.0175, "Linh": 0.015},
	}
}

// rest is how common an unlisted word is.
var rest = [roles]float64{family: 0.003, middle: 0.015, given: 0.006}

// learnt is how many people weigh as much as a published figure, and unlisted
// how many as much as the guess for a word of which nothing is published.
const (
	learnt   = 2000
	unlisted = 200
)

// enough is how often a full name, a date or the like has to occur before its
// own share counts rather than the product of its parts.
const enough = 5

// frequencies tell how often a value occurs among different people.
type frequencies struct {
	people    float64
	words     [roles][]float64 // by word
	letters   [roles][]float64 // by letters
	names     counts
	dates     map[int32]int
	years     map[int]int
	positions counts
	units     counts
	agencies  counts
	parties   map[int32]int
	prefixes  map[prefix]float64
}

type prefix struct {
	role role
	word int32
}

// counts is how often each number occurs.
type counts []int32

func (c *counts) add(n int32) {
	for int(n) >= len(*c) {
		*c = append(*c, 0)
	}
	(*c)[n]++
}

func (c counts) of(n int32) int {
	if int(n) >= len(c) {
		return 0
	}
	return int(c[n])
}

// newFrequencies counts in one record of each class, so that one person's many
// registrations count once.
func newFrequencies(d *dictionary, records []record, classes []class) *frequencies {
	f := &frequencies{
		people: float64(len(classes)), dates: make(map[int32]int), years: make(map[int]int), parties: make(map[int32]int),
		prefixes: make(map[prefix]float64),
	}
	var seen [roles]counts
	var total [roles]float64
	for _, c := range classes {
		rec := &records[c.first()]
		f.add(rec)
		for i, w := range rec.words {
			at := roleOf(i, len(rec.words))
			seen[at].add(w)
			total[at]++
		}
	}
	for at, published := range stated() {
		f.words[at], f.letters[at] = make([]float64, len(d.words)), make([]float64, len(d.asciis))
		known, letters := make(map[string]float64), make(map[string]bool)
		for text, share := range published {
			known[reconcile.Key(text)], letters[reconcile.ASCII(text)] = share, true
		}
		for n := range d.words {
			p := float64(seen[at].of(int32(n)))
			if share, ok := known[d.words[n].key]; ok {
				p = (p + learnt*share) / (total[at] + learnt)
			} else {
				// Other people than the one whose name it is.
				p = (max(0, p-1) + unlisted*guess(role(at), &d.words[n], letters)) / (total[at] + unlisted)
			}
			f.words[at][n] = p
			f.letters[at][d.words[n].ascii] += p
		}
	}
	return f
}

// guess is how common a word may be of which nothing is published. With the
// letters of a listed one (Nguyển) it is more often a slip than a name; letters
// that Vietnamese does not have are left over from typing (Thij).
func guess(at role, w *word, listed map[string]bool) float64 {
	switch {
	case strings.ContainsAny(w.letters, "fjwz"):
		return rest[at] / 100
	case listed[w.letters]:
		return rest[at] / 10
	}
	return rest[at]
}

func (f *frequencies) add(rec *record) {
	f.names.add(rec.name)
	f.positions.add(rec.position)
	f.units.add(rec.unit)
	f.agencies.add(rec.agency)
	if rec.born.Year != 0 {
		f.years[rec.born.Year]++
	}
	if rec.born.IsFull() {
		f.dates[dayNumber(rec.born)]++
	}
	if rec.party.IsFull() {
		f.parties[dayNumber(rec.party)]++
	}
}

func roleOf(i, n int) role {
	switch i {
	case n - 1:
		return given
	case 0:
		return family
	}
	return middle
}

// share is the part of all people that n of them are, 0 when n is too small to
// tell. The people of a short list say little: they are a few of many.
func (f *frequencies) share(n int) float64 {
	if n < enough {
		return 0
	}
	return float64(n) / max(f.people, population)
}

// nameOf is how often somebody has just this name.
func (f *frequencies) nameOf(rec *record) float64 {
	p := shareThree
	switch len(rec.words) {
	case 1, 2:
		p = shareTwo
	case 3:
	default:
		p = shareMore
	}
	for i, w := range rec.words {
		p *= f.words[roleOf(i, len(rec.words))][w]
	}
	return max(p, f.share(f.names.of(rec.name)))
}

// beginning is how often a word begins with the letters of an abbreviation.
func (f *frequencies) beginning(d *dictionary, at role, short int32) float64 {
	key := prefix{at, short}
	if p, ok := f.prefixes[key]; ok {
		return p
	}
	p := 0.0
	for n, letters := range d.asciis {
		if strings.HasPrefix(letters, d.words[short].letters) {
			p += f.letters[at][n]
		}
	}
	p = min(max(p, rest[at]), 1)
	f.prefixes[key] = p
	return p
}
