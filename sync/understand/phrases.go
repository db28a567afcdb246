package understand

import (
	"cmp"
	"slices"
)

// phrases finds, in a text cut into words, the wordings of a list.
type phrases[T any] struct {
	byFirst map[string][]phrase[T]
}

type phrase[T any] struct {
	words []string
	value T
}

// match is a wording that was found: the words from start up to end are it.
type match[T any] struct {
	start, end int
	value      T
}

func newPhrases[T any]() *phrases[T] { return &phrases[T]{byFirst: map[string][]phrase[T]{}} }

// add adds a wording; one without any word is left out.
func (p *phrases[T]) add(words []string, value T) {
	if len(words) == 0 {
		return
	}
	list := append(p.byFirst[words[0]], phrase[T]{words, value})
	slices.SortStableFunc(list, func(a, b phrase[T]) int { return cmp.Compare(len(b.words), len(a.words)) })
	p.byFirst[words[0]] = list
}

// at returns the longest wording that begins at the i-th word.
func (p *phrases[T]) at(text []string, i int) (match[T], bool) {
	for _, candidate := range p.byFirst[text[i]] {
		if hasPrefix(text[i:], candidate.words) {
			return match[T]{i, i + len(candidate.words), candidate.value}, true
		}
	}
	return match[T]{}, false
}

// all returns the wordings in the text that lie in no longer one, longest
// first, then from the left.
func (p *phrases[T]) all(text []string) []match[T] {
	var found []match[T]
	for i := range text {
		if m, ok := p.at(text, i); ok {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b match[T]) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	})
	var kept []match[T]
	for _, m := range found {
		if !slices.ContainsFunc(kept, func(k match[T]) bool { return m.start < k.end && k.start < m.end }) {
			kept = append(kept, m)
		}
	}
	return kept
}
