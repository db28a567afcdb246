package discovery

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Check says what is wrong with a request, nil when the documents allow it: its
// path and method, the names, types and values of its parameters, its body to
// the last property, and every field mask.
func (d Documents) Check(r *http.Request, body []byte) error {
	api, m := d.methodFor(r.Method, r.URL.Path)
	if m == nil {
		return fmt.Errorf("no method for %s %s", r.Method, r.URL.Path)
	}
	if err := api.checkQuery(m, r.URL.Query()); err != nil {
		return fmt.Errorf("%s: %w", m.ID, err)
	}
	if err := api.checkBody(m, body); err != nil {
		return fmt.Errorf("%s: %w", m.ID, err)
	}
	return nil
}

func (a *API) checkQuery(m *method, query url.Values) error {
	for name, values := range query {
		p, ok := m.Parameters[name]
		if !ok || p.Location != "query" {
			p, ok = a.Parameters[name]
		}
		switch {
		case !ok:
			return fmt.Errorf("unknown name %q: cannot bind query parameter", name)
		case len(values) > 1 && !p.Repeated:
			return fmt.Errorf("parameter %s is given %d times", name, len(values))
		}
		for _, v := range values {
			if err := checkParameter(p, v); err != nil {
				return fmt.Errorf("parameter %s: %w", name, err)
			}
		}
	}
	for name, p := range m.Parameters {
		if p.Required && p.Location == "query" && !query.Has(name) {
			return fmt.Errorf("parameter %s is required", name)
		}
	}
	if query.Get("alt") == "media" && !m.MediaDownload {
		return fmt.Errorf("it has no media to download")
	}
	if fields := query.Get("fields"); fields != "" && m.Response != nil {
		return a.checkMask(m.Response, fields)
	}
	return nil
}

func checkParameter(p *Schema, value string) error {
	switch p.Type {
	case "boolean":
		if value != "true" && value != "false" {
			return fmt.Errorf("%q is no boolean", value)
		}
	case "integer", "number":
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("%q is no number", value)
		}
		if least, err := strconv.ParseFloat(p.Minimum, 64); err == nil && n < least {
			return fmt.Errorf("%s is below %s", value, p.Minimum)
		}
		if most, err := strconv.ParseFloat(p.Maximum, 64); err == nil && n > most {
			return fmt.Errorf("%s is above %s", value, p.Maximum)
		}
	}
	if len(p.Enum) > 0 && !slices.Contains(p.Enum, value) {
		return fmt.Errorf("invalid value %q", value)
	}
	return nil
}

func (a *API) checkBody(m *method, body []byte) error {
	switch {
	case m.Request == nil && len(body) == 0:
		return nil
	case m.Request == nil:
		return fmt.Errorf("it takes no body")
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return fmt.Errorf("invalid JSON payload: %w", err)
	}
	if decoder.More() {
		return fmt.Errorf("invalid JSON payload: more than one value")
	}
	return a.checkValue(m.Request, value, "")
}

// resolve follows a reference to its schema.
func (a *API) resolve(s *Schema) *Schema {
	for s != nil && s.Ref != "" {
		s = a.Schemas[s.Ref]
	}
	return s
}

func (a *API) checkValue(s *Schema, value any, at string) error {
	s = a.resolve(s)
	if s == nil || s.Type == "any" || value == nil {
		return nil
	}
	switch s.Type {
	case "object":
		return a.checkObject(s, value, at)
	case "array":
		list, ok := value.([]any)
		if !ok {
			return fmt.Errorf("at %q: no array", at)
		}
		for i, v := range list {
			if err := a.checkValue(s.Items, v, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := checkScalar(s, value); err != nil {
		return fmt.Errorf("at %q: %w", at, err)
	}
	return nil
}

func (a *API) checkObject(s *Schema, value any, at string) error {
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("at %q: no object", at)
	}
	for name, v := range object {
		below := s.Properties[name]
		if below == nil {
			below = s.Additional
		}
		if below == nil {
			return fmt.Errorf("unknown name %q at %q: cannot find field", name, at)
		}
		if err := a.checkValue(below, v, strings.TrimPrefix(at+"."+name, ".")); err != nil {
			return err
		}
	}
	return a.checkMasksOf(s, object, at)
}

// checkScalar goes by how protocol buffers are read from JSON: 64-bit integers
// are text, or numbers without a fraction.
func checkScalar(s *Schema, value any) error {
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	switch s.Type {
	case "boolean":
		if _, ok := value.(bool); !ok {
			return fmt.Errorf("%v is no boolean", value)
		}
	case "integer", "number":
		if !isNumber {
			return fmt.Errorf("%v is no number", value)
		}
		if _, err := number.Int64(); s.Type == "integer" && err != nil {
			return fmt.Errorf("%v is no integer", value)
		}
	case "string":
		isInt := s.Format == "int64" || s.Format == "uint64"
		switch {
		case isInt && isNumber:
			text = number.String()
		case !isText:
			return fmt.Errorf("%v is no text", value)
		}
		if _, err := strconv.ParseInt(text, 10, 64); isInt && err != nil {
			return fmt.Errorf("%q is no integer", text)
		}
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, text) {
			return fmt.Errorf("invalid value %q", text)
		}
	}
	return nil
}

// checkMasksOf checks the field masks of an update request: they name fields of
// what stands beside them.
func (a *API) checkMasksOf(s *Schema, object map[string]any, at string) error {
	for name, p := range s.Properties {
		mask, given := object[name].(string)
		if p.Format != "google-fieldmask" || !given {
			continue
		}
		subject := a.subjectOf(s)
		if subject == nil {
			continue
		}
		if err := a.checkMask(subject, strings.Map(camel(), mask)); err != nil {
			return fmt.Errorf("at %q: %w", at+"."+name, err)
		}
	}
	return nil
}

// camel turns the underscores of snake_case, which masks may have, into capitals.
func camel() func(rune) rune {
	up := false
	return func(r rune) rune {
		switch {
		case r == '_':
			up = true
			return -1
		case up:
			up = false
			return unicode.ToUpper(r)
		}
		return r
	}
}

// subjectOf is the schema that the mask of a request is about: that of the one
// thing in the request that is no place, or that of cells where it has rows.
func (a *API) subjectOf(s *Schema) *Schema {
	var subjects []*Schema
	for _, p := range s.Properties {
		switch p.Ref {
		case "":
			if p.Items != nil && p.Items.Ref == "RowData" {
				return a.Schemas["CellData"]
			}
		case "GridRange", "GridCoordinate", "DimensionRange", "DataSourceSheetDimensionRange":
		default:
			subjects = append(subjects, p)
		}
	}
	if len(subjects) != 1 {
		return nil
	}
	return subjects[0]
}
