package match

import (
	"math"
	"slices"

	"doisoat/reconcile"
)

// newRecordsWith makes the records of the registrations, and beside them those
// of pairs of other plans, so that both are numbered alike.
func newRecordsWith(registrations []*reconcile.Registration, pairs [][2]*reconcile.Registration, d *dictionary, register *reconcile.Register) ([]record, [][2]record) {
	if len(pairs) == 0 {
		return newRecords(registrations, d, register), nil
	}
	others := make(map[*reconcile.Registration]*record, 2*len(pairs))
	all := slices.Clone(registrations)
	for _, p := range pairs {
		for _, r := range p {
			if others[r] == nil {
				others[r] = new(record)
				all = append(all, r)
			}
		}
	}
	own := make([]record, 0, len(registrations))
	for _, rec := range newRecords(all, d, register) {
		if other := others[rec.r]; other != nil {
			*other = rec
		} else {
			own = append(own, rec)
		}
	}
	elsewhere := make([][2]record, len(pairs))
	for i, p := range pairs {
		elsewhere[i] = [2]record{*others[p[0]], *others[p[1]]}
	}
	return own, elsewhere
}

// nearer is by how many bits a record must be nearer to one of two people than
// to the other to be taken for the first: twice as likely.
const nearer = 1

// toldElsewhere finds the records that are surely of one or the other of two
// people who were told apart in another plan, and tells them apart.
func (l *linker) toldElsewhere(pairs [][2]record) [][2]int32 {
	if len(pairs) == 0 {
		return nil
	}
	alike := make(map[uint64][]int32)
	for i := range l.records {
		if l.records[i].name != 0 {
			alike[l.records[i].letters] = append(alike[l.records[i].letters], int32(i))
		}
	}
	var apart [][2]int32
	for i := range pairs {
		a, b := &pairs[i][0], &pairs[i][1]
		near := slices.Clone(alike[a.letters])
		if b.letters != a.letters {
			near = append(near, alike[b.letters]...)
		}
		var sides [2][]int32
		for _, n := range near {
			if side, ok := l.side(&l.records[n], a, b); ok {
				sides[side] = append(sides[side], n)
			}
		}
		for _, x := range sides[0] {
			for _, y := range sides[1] {
				apart = append(apart, [2]int32{x, y})
				l.records[x].apart, l.records[y].apart = true, true
			}
		}
	}
	return apart
}

// side says whether the record is of a (0) or of b (1), if it surely is of one
// of them and nearer to that one.
func (l *linker) side(rec, a, b *record) (int, bool) {
	x, y := l.judge(rec, a), l.judge(rec, b)
	switch {
	case !x.sure() && !y.sure():
		return 0, false
	case !y.sure():
		return 0, true
	case !x.sure():
		return 1, true
	case math.Abs(x.bits-y.bits) < nearer:
		return 0, false
	case x.bits > y.bits:
		return 0, true
	}
	return 1, true
}
