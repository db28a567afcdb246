package understand

import "doisoat/reconcile"

// sexOf reads the words for a person's sex.
func sexOf(text string) (reconcile.Sex, bool) {
	switch list := words(text); {
	case len(list) != 1:
		return "", false
	case sexWords[list[0]] != "":
		return sexWords[list[0]], true
	}
	return "", false
}

var sexWords = map[string]reconcile.Sex{
	words("nam")[0]: reconcile.Male, words("nữ")[0]: reconcile.Female,
	"nu": reconcile.Female, "male": reconcile.Male, "female": reconcile.Female, "m": reconcile.Male, "f": reconcile.Female,
	words("trai")[0]: reconcile.Male, words("gái")[0]: reconcile.Female,
}

// isMark reports whether a cell ticks its column: x, X, 1, v, +, √, TRUE.
func isMark(text string) bool { return marks[text] }

var marks = map[string]bool{
	"x": true, "X": true, "х": true, "Х": true, "1": true, "v": true, "V": true, "+": true, "*": true,
	"√": true, "✓": true, "✔": true, "☑": true, "TRUE": true, "True": true, "xx": true, "(x)": true, "[x]": true,
	"có": true, "Có": true, "●": true, "•": true,
}
