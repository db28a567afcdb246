package match

// mix hashes two numbers into one (the finaliser of splitmix64).
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func hashText(text string) uint64 {
	hash := uint64(len(text))
	for i := range len(text) {
		hash = mix(hash, uint64(text[i]))
	}
	return hash
}

func hashLetters(d *dictionary, words []int32) uint64 {
	hash := uint64(0)
	for _, w := range words {
		for i := range len(d.words[w].letters) {
			hash = mix(hash, uint64(d.words[w].letters[i]))
		}
	}
	return hash
}

// sortEntries sorts by hash and keeps the order of equals: a radix sort, since
// comparing would cost most of the blocking. It returns the sorted entries and
// the other of the two buffers.
func sortEntries(entries, spare []entry) (sorted, other []entry) {
	if len(entries) < 256 {
		insertionSort(entries)
		return entries, spare
	}
	if cap(spare) < len(entries) {
		spare = make([]entry, len(entries))
	}
	spare = spare[:len(entries)]
	const digit = 11 // bits; six passes see the 64
	for shift := 0; shift < 64; shift += digit {
		var starts [1<<digit + 1]int
		for i := range entries {
			starts[entries[i].hash>>shift&(1<<digit-1)+1]++
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for i := range entries {
			at := &starts[entries[i].hash>>shift&(1<<digit-1)]
			spare[*at] = entries[i]
			*at++
		}
		entries, spare = spare, entries
	}
	return entries, spare
}

func insertionSort(entries []entry) {
	for i := 1; i < len(entries); i++ {
		e := entries[i]
		j := i
		for ; j > 0 && entries[j-1].hash > e.hash; j-- {
			entries[j] = entries[j-1]
		}
		entries[j] = e
	}
}
