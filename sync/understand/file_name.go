package understand

import (
	"slices"

	"doisoat/reconcile"
)

// SameByName reports whether two names of one file tell the reader the same: a
// file that was renamed need then not be read again. A name can say whose the
// file is, which program it is for, and what kind of counts it holds.
func (r *Reader) SameByName(a, b string, at reconcile.Date) bool {
	if a == b {
		return true
	}
	if r.agencyOfFile(a, on(at)) != r.agencyOfFile(b, on(at)) {
		return false
	}
	same := func(x, y Mention) bool { return x.Form == y.Form && slices.Equal(x.Codes, y.Codes) }
	if !slices.EqualFunc(r.ResolveProgram(fileWords(a), ""), r.ResolveProgram(fileWords(b), ""), same) {
		return false
	}
	x, y := words(fileWords(a)), words(fileWords(b))
	return !slices.ContainsFunc([]*phrases[bool]{shareWords, needWords, quotaWords}, func(p *phrases[bool]) bool {
		return contains(x, p) != contains(y, p)
	})
}
