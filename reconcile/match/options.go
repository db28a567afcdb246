package match

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"doisoat/reconcile"
)

// Options is what is known besides the registrations. The zero value is good:
// nobody was told apart and no two units are known to lie in one district.
type Options struct {
	// Register tells which units lie in one district; may be nil.
	Register *reconcile.Register
	// Apart are pairs of marks (see Mark) of registrations that people said
	// are not of one person. They are never joined, neither directly nor
	// through others.
	Apart []Apart
}

// Apart is two registrations, by their marks, of two people.
type Apart struct{ A, B string }

// markDigits is the length of the digest in a mark: enough to tell the handful
// of rows apart that share agency, program and name.
const markDigits = 12

// Mark is how a registration is known again in a later run: its key, and a
// digest of what tells it from others of the same agency, program and name.
// The number that such rows carry in their keys moves when another one comes,
// the digest changes when a value is mended; it takes both to lose the row.
func Mark(r *reconcile.Registration) string {
	sum := sha256.Sum256([]byte(r.BirthDate.String() + "\x00" + r.CitizenID + "\x00" + reconcile.Key(r.Position) + "\x00" + r.Phone))
	return r.Key + "~" + hex.EncodeToString(sum[:])[:markDigits]
}

// marks finds registrations by their marks.
type marks struct {
	byKey  map[string]int
	byName map[string][]int // by the key without its number
	mark   []string
}

// newMarks knows the records whose keys occur in the pairs.
func newMarks(records []record, pairs []Apart) *marks {
	wanted := make(map[string]bool, 2*len(pairs))
	for _, p := range pairs {
		wanted[unnumbered(keyOf(p.A))], wanted[unnumbered(keyOf(p.B))] = true, true
	}
	m := &marks{byKey: make(map[string]int), byName: make(map[string][]int), mark: make([]string, len(records))}
	if len(pairs) == 0 {
		return m
	}
	for i := range records {
		key := records[i].r.Key
		if name := unnumbered(key); wanted[name] {
			m.byKey[key] = i
			m.byName[name] = append(m.byName[name], i)
			m.mark[i] = Mark(records[i].r)
		}
	}
	return m
}

// find returns the record that the mark is of, -1 when it is gone: the one with
// the same values among those of its agency, program and name, else the one
// with its key.
func (m *marks) find(mark string) int {
	found := -1
	for _, i := range m.byName[unnumbered(keyOf(mark))] {
		if digestOf(m.mark[i]) != digestOf(mark) {
			continue
		}
		if found >= 0 { // alike in every value: only the number tells them apart
			found = -1
			break
		}
		found = i
	}
	if found >= 0 {
		return found
	}
	if i, ok := m.byKey[keyOf(mark)]; ok {
		return i
	}
	return -1
}

func keyOf(mark string) string {
	if i := strings.LastIndexByte(mark, '~'); i >= 0 && len(mark)-i-1 == markDigits {
		return mark[:i]
	}
	return mark
}

func digestOf(mark string) string { return mark[len(keyOf(mark)):] }

func unnumbered(key string) string {
	if i := strings.LastIndexByte(key, '#'); i >= 0 {
		return key[:i]
	}
	return key
}
