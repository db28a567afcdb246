package match

import "doisoat/reconcile"

// A block is the records that share a key. Within a block of up to blockSize
// each record is compared with each; a larger block falls apart by a second
// key, the place of work; a part that is still larger is walked with a window,
// each record meeting the next few. So no input, however odd, makes the work
// grow with the square of its size: a record meets at most blockSize others in
// each of some ten blocks. What that costs: of namesakes by the dozen born in
// one year, only those of one agency are compared with each other.
const (
	blockSize = 48
	window    = 16
)

// blocking is one way of putting records together. The keys are hashes: two
// keys that meet by chance cost a comparison and decide nothing.
type blocking func(b *blocker, rec *record, add func(hash uint64))

// blockings are made one after the other, so that no more than one set of keys
// is in memory: sixteen bytes a key.
func blockings() []blocking {
	return []blocking{
		// The same citizen ID; the same phone, unless it is an office's.
		func(_ *blocker, rec *record, add func(uint64)) {
			if rec.id != "" {
				add(hashText(rec.id))
			}
		},
		func(_ *blocker, rec *record, add func(uint64)) {
			if rec.phone != "" {
				add(hashText(rec.phone))
			}
		},
		// The same date, and the same letters in the name, spaces apart.
		dated(func(_ *blocker, rec *record, add func(uint64)) { add(rec.letters) }),
		// The same date, and the same name but for one word: a slip of the pen
		// is in one word, and a dropped middle name is one.
		dated(func(b *blocker, rec *record, add func(uint64)) {
			for out := -1; out < len(rec.words) && len(rec.words) > 1; out++ {
				add(b.without(rec.words, out))
			}
		}),
		// The same date, and the same initials: abbreviations, broken letters.
		dated(func(b *blocker, rec *record, add func(uint64)) { add(b.initials(rec.words)) }),
		// The same name, and a date that is typed wrong in one place.
		mistyped,
		// The same name and year, where days are not known.
		func(_ *blocker, rec *record, add func(uint64)) {
			if rec.name != 0 && rec.born.Year != 0 {
				add(mix(rec.letters, uint64(rec.born.Year)))
			}
		},
	}
}

// dated makes keys for records with a full birth date only, and mixes it in.
func dated(keys blocking) blocking {
	return func(b *blocker, rec *record, add func(uint64)) {
		if rec.name == 0 || !rec.born.IsFull() {
			return
		}
		day := uint64(dayNumber(rec.born))
		keys(b, rec, func(hash uint64) { add(mix(hash, day)) })
	}
}

// mistyped makes keys that leave out the day, the month or the year, or forget
// which of day and month is which.
func mistyped(_ *blocker, rec *record, add func(uint64)) {
	if rec.name == 0 || !rec.born.IsFull() {
		return
	}
	y, m, d := rec.born.Year, rec.born.Month, rec.born.Day
	for part, date := range []reconcile.Date{{Year: y, Month: m}, {Year: y, Day: d}, {Month: m, Day: d}, {Year: y, Month: min(m, d), Day: max(m, d)}} {
		add(mix(rec.letters, uint64(dayNumber(date))<<3|uint64(part)))
	}
}

// blocker brings the first records of classes together.
type blocker struct {
	dictionary *dictionary
	records    []record
	classes    []class
	entries    []entry
	spare      []entry
}

// entry is a class under one of its keys.
type entry struct {
	hash  uint64
	class int32
}

// pairs calls meet for classes a < b that share a block, in the order of the
// blockings; a pair may come several times.
func (b *blocker) pairs(meet func(a, b int32)) {
	for _, keys := range blockings() {
		b.meet(keys, meet)
	}
}

// meet does so for one blocking.
func (b *blocker) meet(keys blocking, meet func(a, b int32)) {
	b.entries = b.entries[:0]
	for i, c := range b.classes {
		keys(b, &b.records[c.first()], func(hash uint64) { b.entries = append(b.entries, entry{hash, int32(i)}) })
	}
	b.entries, b.spare = sortEntries(b.entries, b.spare)
	eachRun(b.entries, func(block []entry) { b.block(block, meet) })
}

// block compares the records of one block.
func (b *blocker) block(block []entry, meet func(a, b int32)) {
	if len(block) <= blockSize {
		allPairs(block, meet)
		return
	}
	for i := range block {
		rec := &b.records[b.classes[block[i].class].first()]
		block[i].hash = mix(uint64(rec.agency), uint64(rec.district))
	}
	parts, _ := sortEntries(block, nil)
	eachRun(parts, func(part []entry) {
		if len(part) <= blockSize {
			allPairs(part, meet)
			return
		}
		for i := range part {
			for _, other := range part[i+1 : min(len(part), i+1+window)] {
				meet(part[i].class, other.class)
			}
		}
	})
}

// allPairs meets each with each. A class that has a key twice is there twice.
func allPairs(block []entry, meet func(a, b int32)) {
	for i := range block {
		for _, other := range block[i+1:] {
			if block[i].class != other.class {
				meet(block[i].class, other.class)
			}
		}
	}
}

// eachRun calls do for the runs of entries with one key, if longer than one.
func eachRun(entries []entry, do func([]entry)) {
	for start := 0; start < len(entries); {
		end := start + 1
		for end < len(entries) && entries[end].hash == entries[start].hash {
			end++
		}
		if end-start > 1 {
			do(entries[start:end])
		}
		start = end
	}
}

// without hashes the letters of the words but one; none is left out for -1, so
// that a short name meets a long one without its middle word.
func (b *blocker) without(words []int32, out int) uint64 {
	hash := uint64(1)
	for i, w := range words {
		if i != out {
			hash = mix(hash, uint64(b.dictionary.words[w].ascii)+1)
		}
	}
	return hash
}

func (b *blocker) initials(words []int32) uint64 {
	hash := uint64(1)
	for _, w := range words {
		initial := byte('d') // a broken initial is a Đ
		if letters := b.dictionary.words[w].letters; letters != "" && letters[0] != '?' {
			initial = letters[0]
		}
		hash = mix(hash, uint64(initial))
	}
	return hash
}
