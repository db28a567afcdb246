package match

import "doisoat/reconcile"

// Options is what is known besides the registrations. The zero value is good:
// nobody was told apart and no two units are known to lie in one district.
type Options struct {
	// Register tells which units lie in one district; may be nil.
	Register *reconcile.Register
	// Apart are pairs of registrations that people said
	// are not of one person. They are never joined, neither directly nor
	// through others.
	Apart []reconcile.Couple
	// Elsewhere are pairs of registrations of other plans that people said are
	// not of one person. They are in no result. What they tell is that there are
	// two such people: registrations that are surely of one or the other are not
	// joined, where it can be said which is of which.
	Elsewhere [][2]*reconcile.Registration
}

// marks finds registrations by their marks.
type marks struct {
	byKey   map[string]int
	byName  map[string][]int // by the key without its number
	records []record
}

// newMarks knows the records whose keys occur in the pairs.
func newMarks(records []record, pairs []reconcile.Couple) *marks {
	m := &marks{byKey: make(map[string]int), byName: make(map[string][]int)}
	if len(pairs) == 0 {
		return m
	}
	wanted := make(map[string]bool, 2*len(pairs))
	for _, p := range pairs {
		for _, mark := range []string{p.A, p.B} {
			key, _ := reconcile.SplitMark(mark)
			wanted[reconcile.Unnumbered(key)] = true
		}
	}
	for i := range records {
		key := records[i].r.Key
		if name := reconcile.Unnumbered(key); wanted[name] {
			m.byKey[key] = i
			m.byName[name] = append(m.byName[name], i)
		}
	}
	m.records = records
	return m
}

// find returns the record that the mark is of, -1 when it is gone: the one with
// the same values among those of its agency, program and name, else the one
// with its key.
func (m *marks) find(mark string) int {
	key, digest := reconcile.SplitMark(mark)
	found := -1
	for _, i := range m.byName[reconcile.Unnumbered(key)] {
		if reconcile.Digest(m.records[i].r) != digest {
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
	if i, ok := m.byKey[key]; ok {
		return i
	}
	return -1
}
