package reconcile

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"
)

// Readings tells by field where each value of a row was read and what stood
// there. It is a list and no map because every row of every sheet has one, of
// some fifteen fields: a list is made at a single stroke and takes a third of
// the memory. The zero value has no field. A copy of it shares its readings
// with the original; whoever changes one of the two takes a Clone.
//
// As JSON it is an object, {"full_name": {"cell": "B7", …}}, its fields in
// order, so that equal readings are equal byte for byte.
type Readings struct {
	list []fieldReading // by field
}

type fieldReading struct {
	field Field
	Reading
}

// ReadingsOf has the readings of the map.
func ReadingsOf(m map[Field]Reading) Readings {
	r := MakeReadings(len(m))
	for f, reading := range m {
		r.Set(f, reading)
	}
	return r
}

// MakeReadings has no reading, and room for n of them.
func MakeReadings(n int) Readings {
	return Readings{list: make([]fieldReading, 0, n)}
}

// Len is the number of fields.
func (r Readings) Len() int { return len(r.list) }

// Get is the reading of a field, the zero Reading when there is none.
func (r Readings) Get(f Field) Reading {
	reading, _ := r.Lookup(f)
	return reading
}

// Lookup is Get that tells whether the field has a reading.
func (r Readings) Lookup(f Field) (Reading, bool) {
	// Equality of texts is told by their lengths mostly, their order is not:
	// for so few fields this is quicker than halving.
	for i := range r.list {
		if r.list[i].field == f {
			return r.list[i].Reading, true
		}
	}
	return Reading{}, false
}

// Has reports whether the field has a reading, be it of an empty cell.
func (r Readings) Has(f Field) bool {
	_, ok := r.Lookup(f)
	return ok
}

// Set puts the field's reading, in place of the one that it has.
func (r *Readings) Set(f Field, reading Reading) {
	i, ok := r.find(f)
	if !ok {
		r.list = slices.Insert(r.list, i, fieldReading{field: f})
	}
	r.list[i].Reading = reading
}

// Delete takes the field's reading away, if it has one.
func (r *Readings) Delete(f Field) {
	if i, ok := r.find(f); ok {
		r.list = slices.Delete(r.list, i, i+1)
	}
}

func (r Readings) find(f Field) (int, bool) {
	return slices.BinarySearchFunc(r.list, f, func(e fieldReading, f Field) int {
		return strings.Compare(string(e.field), string(f))
	})
}

// Clone is a copy that shares nothing that can change.
func (r Readings) Clone() Readings { return Readings{list: slices.Clone(r.list)} }

// All gives the fields and their readings, in the order of the fields' words.
func (r Readings) All() iter.Seq2[Field, Reading] {
	return func(yield func(Field, Reading) bool) {
		for i := range r.list {
			if !yield(r.list[i].field, r.list[i].Reading) {
				return
			}
		}
	}
}

// Fields gives the fields that have a reading, in the order of their words.
func (r Readings) Fields() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		for i := range r.list {
			if !yield(r.list[i].field) {
				return
			}
		}
	}
}

// Equal reports whether both have the same fields and the same of each.
func (r Readings) Equal(other Readings) bool { return slices.Equal(r.list, other.list) }

// MarshalJSON makes the object of the fields.
func (r Readings) MarshalJSON() ([]byte, error) {
	m := make(map[Field]Reading, len(r.list))
	for f, reading := range r.All() {
		m[f] = reading
	}
	return json.Marshal(m)
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
