package googletest

import (
	"fmt"
	"reflect"
	"strings"
)

// mask is a parsed field mask: names of fields and what is wanted of each, nil
// for all of it.
type mask map[string]mask

// parseMask reads "a,b/c,d(e,f)" and "a.b".
func parseMask(s string) (mask, error) {
	m, rest, err := parseFields(s)
	if err == nil && rest != "" {
		err = fmt.Errorf("unexpected %q in the field mask", rest)
	}
	return m, err
}

func parseFields(s string) (m mask, rest string, err error) {
	m = make(mask)
	for {
		var path []string
		for {
			n := strings.IndexAny(s, ",()/.")
			if n < 0 {
				n = len(s)
			}
			if n == 0 {
				return nil, s, fmt.Errorf("an empty name in the field mask")
			}
			path = append(path, strings.TrimSpace(s[:n]))
			s = s[n:]
			if s == "" || (s[0] != '/' && s[0] != '.') {
				break
			}
			s = s[1:]
		}
		var sub mask
		if strings.HasPrefix(s, "(") {
			if sub, s, err = parseFields(s[1:]); err != nil {
				return nil, s, err
			}
			if !strings.HasPrefix(s, ")") {
				return nil, s, fmt.Errorf("a missing ) in the field mask")
			}
			s = s[1:]
		}
		m.add(path, sub)
		if !strings.HasPrefix(s, ",") {
			return m, s, nil
		}
		s = s[1:]
	}
}

func (m mask) add(path []string, sub mask) {
	for _, name := range path[:len(path)-1] {
		if m[name] == nil {
			m[name] = make(mask)
		}
		m = m[name]
	}
	last := path[len(path)-1]
	if m[last] == nil {
		m[last] = sub
		return
	}
	for name, below := range sub {
		m[last][name] = below
	}
}

// check refuses names that the type has no field for.
func (m mask) check(t reflect.Type) error {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	for name, sub := range m {
		if name == "*" {
			continue
		}
		field, ok := fieldByJSON(t, name)
		if !ok {
			return fmt.Errorf("invalid field: %s", name)
		}
		if sub != nil {
			if err := sub.check(field); err != nil {
				return err
			}
		}
	}
	return nil
}

func fieldByJSON(t reflect.Type, name string) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	if i := fieldIndex(t, name); i >= 0 {
		return t.Field(i).Type, true
	}
	return nil, false
}

// keep is the part of a value that the mask names, ready to be marshalled.
// Empty fields are left out, as the API does.
func (m mask) keep(v reflect.Value) any {
	if _, all := m["*"]; m == nil || all {
		return v.Interface()
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return m.keep(v.Elem())
	case reflect.Slice:
		kept := make([]any, v.Len())
		for i := range kept {
			kept[i] = m.keep(v.Index(i))
		}
		return kept
	}
	kept := make(map[string]any)
	for name, sub := range m {
		i := fieldIndex(v.Type(), name)
		f := v.Field(i)
		switch {
		case f.IsZero():
		case strings.HasSuffix(v.Type().Field(i).Tag.Get("json"), ",string"):
			kept[name] = fmt.Sprint(f.Interface()) // as Google writes int64
		default:
			kept[name] = sub.keep(f)
		}
	}
	return kept
}

// masked is the answer with only the fields that were asked for.
func masked(answer any, fields string) (any, *apiError) {
	m, err := parseMask(fields)
	if err == nil {
		err = m.check(reflect.TypeOf(answer))
	}
	if err != nil {
		return nil, invalid("Request contains an invalid argument: fields: " + err.Error())
	}
	return m.keep(reflect.ValueOf(answer)), nil
}

// assign copies what the mask names from one value to another of the same
// type; what the source lacks is cleared, as in Google's update requests.
func assign[T any](dst, src *T, fields string) error {
	m, err := parseMask(fields)
	if err != nil {
		return err
	}
	if err := m.check(reflect.TypeOf(dst)); err != nil {
		return err
	}
	m.copy(reflect.ValueOf(dst).Elem(), reflect.ValueOf(src).Elem())
	return nil
}

// copy never changes what the destination points to, which others may share.
func (m mask) copy(to, from reflect.Value) {
	if _, all := m["*"]; all {
		to.Set(from)
		return
	}
	for name, sub := range m {
		i := fieldIndex(to.Type(), name)
		dst, src := to.Field(i), from.Field(i)
		if sub == nil || dst.Kind() != reflect.Pointer {
			dst.Set(src)
			continue
		}
		fresh := reflect.New(dst.Type().Elem())
		if !dst.IsNil() {
			fresh.Elem().Set(dst.Elem())
		}
		below := reflect.Zero(dst.Type().Elem())
		if !src.IsNil() {
			below = src.Elem()
		}
		sub.copy(fresh.Elem(), below)
		dst.Set(fresh)
	}
}

// fieldIndex is the field with that JSON name; check has made sure of it.
func fieldIndex(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name {
			return i
		}
	}
	return -1
}
