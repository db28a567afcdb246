package discovery

import (
	"fmt"
	"strings"
)

// checkMask reads a field mask ("a,b/c,d(e,f)", "a.b", "*") and holds every name
// in it against the schema.
func (a *API) checkMask(s *Schema, mask string) error {
	rest, err := a.maskFields(s, mask)
	if err == nil && rest != "" {
		err = fmt.Errorf("unexpected %q", rest)
	}
	if err != nil {
		return fmt.Errorf("invalid field selection: %w", err)
	}
	return nil
}

// maskFields reads a list of fields and returns what stands behind it.
func (a *API) maskFields(s *Schema, mask string) (rest string, err error) {
	for {
		if mask, err = a.maskField(s, mask); err != nil || !strings.HasPrefix(mask, ",") {
			return mask, err
		}
		mask = mask[1:]
	}
}

func (a *API) maskField(s *Schema, mask string) (rest string, err error) {
	n := strings.IndexAny(mask, ",()/.")
	if n < 0 {
		n = len(mask)
	}
	name := strings.TrimSpace(mask[:n])
	below, err := a.field(s, name)
	if err != nil {
		return mask, err
	}
	rest = mask[n:]
	switch {
	case rest != "" && (rest[0] == '/' || rest[0] == '.'):
		return a.maskField(below, rest[1:])
	case strings.HasPrefix(rest, "("):
		if rest, err = a.maskFields(below, rest[1:]); err != nil {
			return rest, err
		}
		if !strings.HasPrefix(rest, ")") {
			return rest, fmt.Errorf("a bracket is not closed behind %s", name)
		}
		return rest[1:], nil
	}
	return rest, nil
}

// field is what a name stands for; masks go through arrays.
func (a *API) field(s *Schema, name string) (*Schema, error) {
	s = a.resolve(s)
	for s != nil && s.Type == "array" {
		s = a.resolve(s.Items)
	}
	switch {
	case s == nil:
		return nil, fmt.Errorf("%s of nothing", name)
	case name == "*":
		return s, nil
	case s.Properties[name] != nil:
		return s.Properties[name], nil
	case s.Additional != nil:
		return s.Additional, nil
	}
	return nil, fmt.Errorf("%q is no field", name)
}
