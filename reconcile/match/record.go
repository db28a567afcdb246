package match

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// record is a registration with what its comparison needs, reckoned once.
// Texts are numbers; 0 is the empty text.
type record struct {
	r        *reconcile.Registration
	words    []int32
	name     int32  // number of the words in their order
	letters  uint64 // hash of all letters without spaces and marks
	born     reconcile.Date
	party    reconcile.Date
	id       string
	phone    string
	sex      reconcile.Sex
	agency   int32
	unit     int32
	district int32
	position int32
	// apart: somebody said that it is not of the same person as another one,
	// so that it must not be taken together with its likes beforehand.
	apart bool
}

// numbers gives texts numbers from 1; 0 is the empty text.
type numbers map[string]int32

func (n numbers) of(text string) int32 {
	if text == "" {
		return 0
	}
	if known, ok := n[text]; ok {
		return known
	}
	number := int32(len(n) + 1)
	n[text] = number
	return number
}

// textNumbers numbers texts by their reconcile.Key, remembering each spelling.
type textNumbers struct {
	spelled map[string]int32
	keys    numbers
}

func newTextNumbers() textNumbers { return textNumbers{make(map[string]int32), make(numbers)} }

func (k textNumbers) of(text string) int32 {
	if n, ok := k.spelled[text]; ok {
		return n
	}
	n := k.keys.of(reconcile.Key(text))
	k.spelled[text] = n
	return n
}

// newRecords makes the records, in an order that depends on what the
// registrations are and never on how they came.
func newRecords(registrations []*reconcile.Registration, d *dictionary, register *reconcile.Register) []record {
	sorted := slices.Clone(registrations)
	slices.SortFunc(sorted, compare)
	records := make([]record, len(sorted))
	words := make([]int32, 0, 4*len(sorted))
	agencies, names := make(numbers), make(numbers)
	positions, units, places := newTextNumbers(), newTextNumbers(), newDistricts(register)
	var buffer []byte
	for i, r := range sorted {
		start := len(words)
		words = d.split(r.FullName, words)
		rec := &records[i]
		*rec = record{
			r: r, words: words[start:len(words):len(words)],
			born: r.BirthDate, party: r.PartyDate, id: r.CitizenID, phone: r.Phone, sex: r.Sex,
			agency: agencies.of(r.Agency), unit: units.of(r.AgencyText), position: positions.of(r.Position),
			district: places.of(r),
		}
		buffer = buffer[:0]
		for _, w := range rec.words {
			buffer = binary.LittleEndian.AppendUint32(buffer, uint32(w))
		}
		if known, ok := names[string(buffer)]; ok { // without a copy of the key
			rec.name = known
		} else {
			rec.name = names.of(string(buffer))
		}
		rec.letters = hashLetters(d, rec.words)
	}
	hideSharedPhones(records)
	return records
}

// compare orders registrations by what they are: their key in the plan, then
// values and place.
func compare(a, b *reconcile.Registration) int {
	if c := strings.Compare(a.Key, b.Key); c != 0 {
		return c
	}
	return cmp.Or(
		strings.Compare(a.FullName, b.FullName),
		a.BirthDate.Compare(b.BirthDate),
		strings.Compare(a.CitizenID, b.CitizenID),
		strings.Compare(a.Origin.Source, b.Origin.Source),
		strings.Compare(a.Origin.Sheet, b.Origin.Sheet),
		cmp.Compare(a.Origin.Row, b.Origin.Row),
		strings.Compare(a.Program, b.Program),
		strings.Compare(a.Agency, b.Agency),
		strings.Compare(a.AgencyText, b.AgencyText),
		strings.Compare(a.Position, b.Position),
		strings.Compare(a.Phone, b.Phone),
		a.PartyDate.Compare(b.PartyDate),
		strings.Compare(string(a.Sex), string(b.Sex)),
	)
}

// hideSharedPhones takes away numbers that stand beside several names: an
// office's own, which says nothing about a person.
func hideSharedPhones(records []record) {
	type use struct {
		first int32
		names int
	}
	uses := make(map[string]use)
	for i := range records {
		phone := records[i].phone
		if phone == "" {
			continue
		}
		u, ok := uses[phone]
		if !ok || u.first != records[i].name && u.names < phoneShared+1 {
			u.names++
			u.first = records[i].name
		}
		uses[phone] = u
	}
	for i := range records {
		if uses[records[i].phone].names > phoneShared {
			records[i].phone = ""
		}
	}
}

// class is the numbers of records that agree in every value: one person beyond
// any comparing, when their values are enough to know a person by.
type class []int32

func (c class) first() int32 { return c[0] }

// identity is all that a class shares.
type identity struct {
	name, agency, unit, position int32
	born, party                  reconcile.Date
	id, phone                    string
	sex                          reconcile.Sex
}

// newClasses groups the records by identity, in the order of their first.
func newClasses(records []record) []class {
	at := make(map[identity]int32, len(records))
	classes := make([]class, 0, len(records))
	backing := make([]int32, len(records))
	for i := range records {
		rec := &records[i]
		backing[i] = int32(i)
		if !rec.apart && rec.name != 0 && (rec.born.IsFull() || rec.id != "") {
			id := identity{rec.name, rec.agency, rec.unit, rec.position, rec.born, rec.party, rec.id, rec.phone, rec.sex}
			if n, ok := at[id]; ok {
				classes[n] = append(classes[n], int32(i))
				continue
			}
			at[id] = int32(len(classes))
		}
		classes = append(classes, backing[i:i+1:i+1])
	}
	return classes
}
