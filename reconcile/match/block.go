package match

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// window bounds how many neighbours in a block a record is compared with, so
// that no input, however odd, makes the work grow with the square of its size.
// Blocks of real people have a handful of records.
const window = 64

// class is a set of records with the same name, date and ID.
type class []*record

func (c class) first() *record { return c[0] }

// classes groups the sorted records by identity, in the order of their first.
func classes(records []*record) []class {
	at := make(map[identity]int, len(records))
	var all []class
	for _, rec := range records {
		id := rec.identity()
		if rec.key == "" || !rec.born.IsFull() && rec.id == "" {
			all = append(all, class{rec}) // nothing to know the person by
			continue
		}
		if i, ok := at[id]; ok {
			all[i] = append(all[i], rec)
			continue
		}
		at[id] = len(all)
		all = append(all, class{rec})
	}
	return all
}

// blockKey is what all records of a block share: a citizen ID, or a full birth
// date and (part of) a name without marks.
type blockKey struct {
	born reconcile.Date
	text string
}

// blocks returns, for each block of at least two, the indexes of its classes
// in ascending order.
func blocks(all []class) [][]int {
	byKey := make(map[blockKey][]int, 4*len(all))
	for i, c := range all {
		for _, key := range c.first().blockKeys() {
			if list := byKey[key]; len(list) == 0 || list[len(list)-1] != i {
				byKey[key] = append(list, i)
			}
		}
	}
	var shared [][]int
	for _, list := range byKey {
		if len(list) > 1 {
			shared = append(shared, list)
		}
	}
	return shared
}

// blockKeys puts a record beside those with the same ID, the same letters in
// the name, and the same name but for one word: a slip of the pen is in one
// word, and a dropped middle name is one word too.
func (a *record) blockKeys() []blockKey {
	var keys []blockKey
	if a.id != "" {
		keys = append(keys, blockKey{text: "id " + a.id})
	}
	if !a.born.IsFull() || len(a.ascii) == 0 {
		return keys
	}
	keys = append(keys, blockKey{a.born, strings.Join(a.ascii, "")})
	for i := range a.ascii {
		if len(a.ascii) < 2 {
			break
		}
		rest := slices.Delete(slices.Clone(a.ascii), i, i+1)
		keys = append(keys, blockKey{a.born, strings.Join(rest, "")})
	}
	return keys
}

// candidates are the pairs of classes that share a block, each once, in a
// stable order.
func candidates(all []class) [][2]int {
	seen := make(map[[2]int]bool)
	for _, block := range blocks(all) {
		for n, i := range block {
			for _, j := range block[n+1 : min(len(block), n+1+window)] {
				seen[[2]int{i, j}] = true
			}
		}
	}
	pairs := make([][2]int, 0, len(seen))
	for pair := range seen {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return a[1] - b[1]
	})
	return pairs
}
