package postgres

import (
	"bytes"
	"encoding/json"

	"doisoat/reconcile"
)

// readingsReader reads the column readings: an object of small objects whose
// members are texts. Whatever looks otherwise (an escaped letter, a member of
// another kind) is left to the general reader of JSON.
type readingsReader struct {
	fields map[string]reconcile.Field
	faults map[string]reconcile.Fault
	// texts are all cells and texts of a row behind each other, so that one
	// piece of memory holds them.
	texts []byte
	found []foundReading
}

// foundReading is a reading whose cell and text are still parts of texts.
type foundReading struct {
	field      reconcile.Field
	fault      reconcile.Fault
	cell, text [2]int
}

func (c *readingsReader) read(b []byte) (reconcile.Readings, error) {
	if string(b) == "{}" {
		return reconcile.Readings{}, nil
	}
	c.texts, c.found = c.texts[:0], c.found[:0]
	if !c.object(&scanner{b}) {
		var readings reconcile.Readings
		err := json.Unmarshal(b, &readings)
		return readings, err
	}
	texts := string(c.texts)
	readings := reconcile.MakeReadings(len(c.found))
	for i := range c.found {
		f := &c.found[i]
		readings.Set(f.field, reconcile.Reading{Cell: texts[f.cell[0]:f.cell[1]], Text: texts[f.text[0]:f.text[1]], Fault: f.fault})
	}
	return readings, nil
}

func (c *readingsReader) object(s *scanner) bool {
	return s.object(func(name []byte) bool {
		c.found = append(c.found, foundReading{field: known(&c.fields, name)})
		f := &c.found[len(c.found)-1]
		return s.object(func(name []byte) bool {
			value, ok := s.text()
			if !ok {
				return false
			}
			switch string(name) {
			case "cell":
				f.cell = c.keep(value)
			case "text":
				f.text = c.keep(value)
			case "fault":
				f.fault = known(&c.faults, value)
			default:
				return false
			}
			return true
		})
	}) && s.atEnd()
}

func (c *readingsReader) keep(text []byte) [2]int {
	start := len(c.texts)
	c.texts = append(c.texts, text...)
	return [2]int{start, len(c.texts)}
}

// known holds each of the few words once.
func known[T ~string](words *map[string]T, text []byte) T {
	if word, ok := (*words)[string(text)]; ok {
		return word
	}
	if *words == nil {
		*words = make(map[string]T)
	}
	word := T(text)
	(*words)[string(text)] = word
	return word
}

// scanner walks over JSON that the server wrote, and stops at what it does not
// expect.
type scanner struct{ rest []byte }

// object calls member at the value of each member, which it must consume.
func (s *scanner) object(member func(name []byte) bool) bool {
	if !s.symbol('{') {
		return false
	}
	if s.symbol('}') {
		return true
	}
	for {
		name, ok := s.text()
		if !ok || !s.symbol(':') || !member(name) {
			return false
		}
		if s.symbol('}') {
			return true
		}
		if !s.symbol(',') {
			return false
		}
	}
}

// text is a text without escaped letters.
func (s *scanner) text() ([]byte, bool) {
	if !s.symbol('"') {
		return nil, false
	}
	end := bytes.IndexByte(s.rest, '"')
	if end < 0 || bytes.IndexByte(s.rest[:end], '\\') >= 0 {
		return nil, false
	}
	text := s.rest[:end]
	s.rest = s.rest[end+1:]
	return text, true
}

func (s *scanner) symbol(symbol byte) bool {
	for len(s.rest) > 0 && s.rest[0] == ' ' {
		s.rest = s.rest[1:]
	}
	if len(s.rest) == 0 || s.rest[0] != symbol {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) atEnd() bool { return len(bytes.TrimSpace(s.rest)) == 0 }
