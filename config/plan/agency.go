package plan

import "doisoat/reconcile"

// AgencyCode returns a function that finds the code of the agency that a word
// names: its code, its name or one of its other names. It is false when no
// agency, or more than one, goes by the word.
func AgencyCode(r *reconcile.Register) func(word string) (code string, ok bool) {
	codes := make(map[string]string)
	const several = "*"
	add := func(word, code string) {
		key := reconcile.Key(word)
		if other, taken := codes[key]; taken && other != code {
			code = several
		}
		codes[key] = code
	}
	for i := range r.Agencies {
		a := &r.Agencies[i]
		add(a.Code, a.Code)
		add(a.Name, a.Code)
		for _, n := range a.Aliases {
			add(n.Text, a.Code)
		}
	}
	return func(word string) (string, bool) {
		code, known := codes[reconcile.Key(word)]
		if !known || code == several {
			return "", false
		}
		return code, true
	}
}
