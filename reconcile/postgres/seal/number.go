package seal

// personal are the numbers of digits of what may be a person's number: the
// citizen's identity card and the personal identification number (12; Law
// 26/2023/QH15 on identity, Article 12), the identity card before it (9), and
// one of the former with a digit too few or too many (11, 13). Ten are a phone.
func personal(digits int) bool { return digits == 9 || digits == 11 || digits == 12 || digits == 13 }

// nextNumber finds the first part of the text that may be a person's number:
// that many digits behind one another, or in groups with separators between
// them, "051 079 001 234". Without one, first is -1.
func nextNumber[T string | []byte](text T) (first, end int) {
	for at := 0; ; {
		for at < len(text) && !isDigit(text[at]) {
			at++
		}
		if at == len(text) {
			return -1, 0
		}
		run, digits := at, 0
		for {
			group := at
			for at < len(text) && isDigit(text[at]) {
				at++
			}
			if personal(at - group) {
				return group, at
			}
			digits += at - group
			gap := separators(text[at:])
			if gap == 0 || at+gap == len(text) || !isDigit(text[at+gap]) {
				break
			}
			at += gap
		}
		if personal(digits) {
			return run, at
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// maxSeparators is how many signs may stand between two groups: "051079 - 001234".
const maxSeparators = 3

// separators is the length of the separators at the text's beginning, 0 for
// none.
func separators[T string | []byte](text T) int {
	length := 0
	for range maxSeparators {
		one := separator(text[length:])
		if one == 0 {
			break
		}
		length += one
	}
	return length
}

// separator is the length of one: a space, also one that does not break, a full
// stop, a comma, a hyphen.
func separator[T string | []byte](text T) int {
	switch {
	case len(text) == 0:
		return 0
	case text[0] == ' ', text[0] == '.', text[0] == ',', text[0] == '-':
		return 1
	case len(text) > 1 && text[0] == 0xc2 && text[1] == 0xa0:
		return 2
	}
	return 0
}
