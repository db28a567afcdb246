package main

import "fmt"

// language of the words on the screen. Findings and reports are Vietnamese
// always: they quote Vietnamese law to Vietnamese staff.
type language string

const (
	vietnamese language = "vi"
	english    language = "en"
)

// Set makes language a command-line flag.
func (l *language) Set(s string) error {
	switch language(s) {
	case vietnamese, english:
		*l = language(s)
		return nil
	}
	return fmt.Errorf("%q: vi | en", s)
}

// String and Type complete the flag's interface.
func (l *language) String() string { return string(*l) }

// Type names the flag's values in help texts.
func (l *language) Type() string { return "vi|en" }

// pick returns the text in the language chosen.
func (l language) pick(vi, en string) string {
	if l == english {
		return en
	}
	return vi
}

// pickf is pick with the arguments of fmt.Sprintf.
func (l language) pickf(vi, en string, args ...any) string {
	return fmt.Sprintf(l.pick(vi, en), args...)
}
