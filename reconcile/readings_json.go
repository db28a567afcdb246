package reconcile

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// MarshalJSON makes the object of the fields.
func (r Readings) MarshalJSON() ([]byte, error) {
	const usual = 64 // bytes of a reading
	return r.AppendJSON(make([]byte, 0, usual*(r.Len()+1))), nil
}

// AppendJSON appends what MarshalJSON makes: byte for byte what encoding/json
// makes of a map of the readings, since hashes of it are stored.
func (r Readings) AppendJSON(b []byte) []byte {
	if len(r.rare) > 0 {
		return append(b, r.generalJSON()...)
	}
	var places [256]uint8 // of the readings by the code of their field, from 1
	for i := range r.list {
		places[r.list[i].field] = uint8(i + 1)
	}
	b = append(b, '{')
	first := true
	for _, code := range fieldOrder {
		if places[code] == 0 {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = AppendJSONText(b, string(packedFields[code]))
		b = r.list[places[code]-1].appendJSON(append(b, ':'))
	}
	return append(b, '}')
}

// generalJSON is for readings of fields or cells that nobody thought of.
func (r Readings) generalJSON() []byte {
	m := make(map[Field]Reading, r.Len())
	for i := range r.list {
		m[packedFields[r.list[i].field]] = r.list[i].unpack()
	}
	maps.Copy(m, r.rare)
	encoded, _ := json.Marshal(m) // texts alone, which nothing can be wrong with
	return encoded
}

// fieldOrder has the codes of all fields in the order of the fields' words.
var fieldOrder = func() []uint8 {
	codes := make([]uint8, len(packedFields))
	for i := range codes {
		codes[i] = uint8(i)
	}
	slices.SortFunc(codes, func(a, b uint8) int {
		return strings.Compare(string(packedFields[a]), string(packedFields[b]))
	})
	return codes
}()

func (p *packedReading) appendJSON(b []byte) []byte {
	b = append(b, '{')
	start := len(b)
	if p.col > 0 {
		b = append(b, `"cell":"`...)
		b = append(appendCellName(b, int(p.col), int(p.row)), '"')
	}
	member := func(name, text string) {
		if text == "" {
			return
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = AppendJSONText(append(b, name...), text)
	}
	member(`"text":`, p.text)
	member(`"fault":`, string(packedFaults[p.fault]))
	return append(b, '}')
}

// UnmarshalJSON reads what MarshalJSON makes. It keeps fields that it does not
// know: a later release may have written them.
func (r *Readings) UnmarshalJSON(b []byte) error {
	var m map[Field]Reading
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	*r = ReadingsOf(m)
	return nil
}

// AppendJSONText appends the text as encoding/json writes it. Nearly all texts
// are themselves between quotation marks.
func AppendJSONText(b []byte, text string) []byte {
	if isPlain(text) {
		return append(append(append(b, '"'), text...), '"')
	}
	encoded, _ := json.Marshal(text) // every text can be written
	return append(b, encoded...)
}

// isPlain reports whether JSON has the text as it is.
func isPlain(text string) bool {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return false
		}
		i += size
	}
	return true
}
