package main

import (
	"fmt"
	"strings"
)

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

// errorf is fmt.Errorf in the language of the screen.
func (a *app) errorf(vi, en string, args ...any) error {
	return fmt.Errorf(a.lang.pick(vi, en), args...)
}

// languageOf finds the language in a command line before the commands are
// built: help texts have to be in it, too. What is wrong with the flag is told
// when the command line is parsed.
func languageOf(args []string) language {
	chosen := vietnamese
	for i, arg := range args {
		value, isValue := strings.CutPrefix(arg, "--lang=")
		switch {
		case arg == "--":
			return chosen
		case arg == "--lang" && i+1 < len(args):
			value = args[i+1]
		case !isValue:
			continue
		}
		_ = chosen.Set(value)
	}
	return chosen
}
