package understand

import "doisoat/reconcile"

// memo remembers what was read from a text, since the texts of a sheet repeat:
// a list of thousands has a handful of positions, classes and degrees.
type memo[T any] struct{ known map[string]T }

// memoSize bounds what is kept; texts beyond it are read each time.
const memoSize = 1 << 14

func (m *memo[T]) get(text string, read func(string) T) T {
	if v, ok := m.known[text]; ok {
		return v
	}
	v := read(text)
	if m.known == nil {
		m.known = map[string]T{}
	}
	if len(m.known) < memoSize {
		m.known[text] = v
	}
	return v
}

// reading is a value and the fault of reading it.
type reading[T any] struct {
	value T
	fault reconcile.Fault
}

func readingOf[T any](read func(string) (T, reconcile.Fault)) func(string) reading[T] {
	return func(text string) reading[T] {
		v, fault := read(text)
		return reading[T]{v, fault}
	}
}

// memos are what one sheet remembers.
type memos struct {
	meanings  map[string]known
	classes   memo[[]Mention]
	bodies    memo[string]
	positions memo[[2]string]
	education memo[reading[reconcile.Education]]
	theory    memo[reading[reconcile.PoliticalTheory]]
	forms     memo[reading[reconcile.Form]]
	peoples   memo[string]
	sexes     memo[reconcile.Sex]
	denials   memo[bool]
}

func (m *memos) saysNone(text string) bool {
	return !plainlySaysSome(text) && m.denials.get(text, saysNone)
}

func (m *memos) readEthnicity(text string) string { return m.peoples.get(text, ethnicity) }

// readSex reads a sex, "" when the text is none.
func (m *memos) readSex(text string) reconcile.Sex {
	return m.sexes.get(text, func(text string) reconcile.Sex {
		sex, _ := sexOf(text)
		return sex
	})
}

func (m *memos) readEducation(text string) (reconcile.Education, reconcile.Fault) {
	r := m.education.get(text, readingOf(education))
	return r.value, r.fault
}

func (m *memos) readTheory(text string) (reconcile.PoliticalTheory, reconcile.Fault) {
	r := m.theory.get(text, readingOf(politicalTheory))
	return r.value, r.fault
}

func (m *memos) readForm(text string) (reconcile.Form, reconcile.Fault) {
	r := m.forms.get(text, readingOf(formOf))
	return r.value, r.fault
}

func (m *memos) splitPosition(text string) (position, unit string) {
	both := m.positions.get(text, func(s string) [2]string {
		position, unit := splitPosition(s)
		return [2]string{position, unit}
	})
	return both[0], both[1]
}
