package strict

import (
	"fmt"
	"strings"
)

// Invalid is what UnmarshalText returns to say in Vietnamese what is wrong
// with a value and what to write instead.
type Invalid struct {
	Message string
	Remedy  string
}

// Error returns the message alone.
func (e *Invalid) Error() string { return e.Message }

// Choose returns the allowed word that the text is, or an Invalid that lists
// the words and names the nearest.
func Choose[T ~string](text string, allowed ...T) (T, error) {
	words := make([]string, len(allowed))
	for i, a := range allowed {
		if text == string(a) {
			return a, nil
		}
		words[i] = string(a)
	}
	remedy := "dùng một trong các từ: " + strings.Join(words, ", ")
	if near := Nearest(text, words); near != "" {
		remedy = fmt.Sprintf("có phải là %q? Các từ dùng được: %s", near, strings.Join(words, ", "))
	}
	return "", &Invalid{Message: fmt.Sprintf("không có giá trị %q", text), Remedy: remedy}
}
