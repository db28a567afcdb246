package understand

import (
	"strings"

	"doisoat/reconcile"
)

// Teach returns a reader that also knows the given wordings of headers. They
// count as a whole, as one line of the header or as all its lines together
// ("Thông tin / Tên học viên"), and before the wordings that the reader knows
// by itself. Wordings of classes and of bodies are taught through the plan and
// the register.
func (r *Reader) Teach(columns map[reconcile.Field][]string) *Reader {
	taught := *r
	taught.taught = newDictionary(nil)
	for field, list := range columns {
		for _, wording := range list {
			taught.taught.teach(meaning{field: field, exact: true}, wording)
		}
	}
	return &taught
}

func (d *dictionary) teach(m meaning, wording string) {
	if list := words(wording); len(list) > 0 {
		setOnce(d.whole, strings.Join(list, " "), m)
		setOnce(d.wholePlain, strings.Join(plainWords(wording), " "), m)
	}
}

// header is the meaning of a header's wording by itself.
func (r *Reader) header(text string) (meaning, bool) {
	if m, ok := r.taught.lookWhole(text); ok {
		return m, true
	}
	return generalMeaning(text)
}

// wholeHeader is header for wordings that are known as a whole.
func (r *Reader) wholeHeader(text string) (meaning, bool) {
	if m, ok := r.taught.lookWhole(text); ok {
		return m, true
	}
	return headers.lookWhole(text)
}

// taughtColumn is what was taught about a column: all lines of its header
// together, or the lowest.
func (r *Reader) taughtColumn(levels []string) (meaning, bool) {
	if m, ok := r.taught.lookWhole(strings.Join(levels, " / ")); ok {
		return m, true
	}
	return r.taught.lookWhole(levels[len(levels)-1])
}
