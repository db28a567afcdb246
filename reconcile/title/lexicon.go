package title

import (
	"strings"

	"doisoat/reconcile"
)

// lexicon finds wordings among words.
type lexicon[T any] struct{ byFirst map[string][]wording[T] }

type wording[T any] struct {
	words []string
	value T
}

type found[T any] struct {
	start, end int
	value      T
}

// add adds wordings separated by " | ".
func (l *lexicon[T]) add(value T, wordings string) {
	for text := range strings.SplitSeq(wordings, "|") {
		words := splitWords(text)
		if len(words) == 0 {
			continue
		}
		l.byFirst[words[0]] = append(l.byFirst[words[0]], wording[T]{words, value})
	}
}

// at is the longest wording that begins at the i-th word.
func (l *lexicon[T]) at(text []string, i int) (best found[T], ok bool) {
	for _, w := range l.byFirst[text[i]] {
		if len(text)-i >= len(w.words) && equal(text[i:i+len(w.words)], w.words) && i+len(w.words) > best.end {
			best, ok = found[T]{i, i + len(w.words), w.value}, true
		}
	}
	return best, ok
}

// first is the leftmost wording, the longest that begins there.
func (l *lexicon[T]) first(text []string) (found[T], bool) {
	for i := range text {
		if m, ok := l.at(text, i); ok {
			return m, true
		}
	}
	return found[T]{}, false
}

// all are the wordings from left to right; one that has begun hides those
// inside of it.
func (l *lexicon[T]) all(text []string) []found[T] {
	var list []found[T]
	for i := 0; i < len(text); {
		m, ok := l.at(text, i)
		if !ok {
			i++
			continue
		}
		list = append(list, m)
		i = m.end
	}
	return list
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// The lexicons are made once from the wordings and only read.
var (
	titleWords = func() *lexicon[Kind] {
		l := newLexicon[Kind]()
		for _, e := range titles {
			l.add(e.kind, e.wordings)
		}
		return l
	}()
	headWords = func() *lexicon[int] {
		l := newLexicon[int]()
		for i := range heads {
			l.add(i, heads[i].wordings)
		}
		return l
	}()
	bodyWords = func() *lexicon[body] {
		l := newLexicon[body]()
		for _, b := range bodies {
			l.add(b.body, b.wordings)
		}
		return l
	}()
	levelWords = func() *lexicon[reconcile.Level] {
		l := newLexicon[reconcile.Level]()
		for _, v := range levels {
			l.add(v.level, v.wordings)
		}
		return l
	}()
)

func newLexicon[T any]() *lexicon[T] { return &lexicon[T]{byFirst: make(map[string][]wording[T])} }
