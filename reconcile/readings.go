package reconcile

import (
	"iter"
	"maps"
	"slices"
)

// Readings tells by field where each value of a row was read and what stood
// there. It is a list and no map because every row of every sheet has one, of
// some fifteen fields: a list is made at a single stroke and takes an eighth of
// the memory. The zero value has no field. A copy of it shares its readings
// with the original; whoever changes one of the two takes a Clone.
//
// As JSON it is an object, {"full_name": {"cell": "B7", …}}, its fields in
// order, so that equal readings are equal byte for byte.
type Readings struct {
	list []packedReading // as they were set
	// rare has what does not fit the list: see pack. Nil for nearly every row.
	rare map[Field]Reading
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
	return Readings{list: make([]packedReading, 0, n)}
}

// ReadingsMaker makes the readings of many rows, which share their memory: as
// long as one of them is kept, so are its neighbours. The zero value is ready.
type ReadingsMaker struct{ room []packedReading }

// Make is MakeReadings. The memory is asked for rows at a time.
func (m *ReadingsMaker) Make(n, rows int) Readings {
	if len(m.room) < n {
		m.room = make([]packedReading, n*max(1, rows))
	}
	list := m.room[:0:n]
	m.room = m.room[n:]
	return Readings{list: list}
}

// Len is the number of fields.
func (r Readings) Len() int { return len(r.list) + len(r.rare) }

// Get is the reading of a field, the zero Reading when there is none.
func (r Readings) Get(f Field) Reading {
	reading, _ := r.Lookup(f)
	return reading
}

// Lookup is Get that tells whether the field has a reading.
func (r Readings) Lookup(f Field) (Reading, bool) {
	if i := r.index(f); i >= 0 {
		return r.list[i].unpack(), true
	}
	reading, ok := r.rare[f]
	return reading, ok
}

// Has reports whether the field has a reading, be it of an empty cell.
func (r Readings) Has(f Field) bool {
	if r.index(f) >= 0 {
		return true
	}
	_, ok := r.rare[f]
	return ok
}

// Set puts the field's reading, in place of the one that it has.
func (r *Readings) Set(f Field, reading Reading) {
	if col, row, ok := parseCell(reading.Cell); ok {
		r.SetAt(f, col, row, reading.Text, reading.Fault)
		return
	}
	r.setRare(f, reading)
}

// SetAt is Set for the cell of that column and row, both counted from 1; it
// spares writing the cell's name, which nobody asks for of most readings.
func (r *Readings) SetAt(f Field, col, row int, text string, fault Fault) {
	p, ok := pack(f, col, row, text, fault)
	if !ok {
		r.setRare(f, Reading{Cell: cellName(col, row), Text: text, Fault: fault})
		return
	}
	for i := range r.list {
		if r.list[i].field == p.field {
			r.list[i] = p
			return
		}
	}
	if r.rare != nil {
		r.Delete(f)
	}
	r.list = append(r.list, p)
}

func (r *Readings) setRare(f Field, reading Reading) {
	r.Delete(f)
	if r.rare == nil {
		r.rare = make(map[Field]Reading, 1)
	}
	r.rare[f] = reading
}

// Delete takes the field's reading away, if it has one.
func (r *Readings) Delete(f Field) {
	if i := r.index(f); i >= 0 {
		r.list = slices.Delete(r.list, i, i+1)
	}
	delete(r.rare, f)
}

// index is the field's place in the list, -1 when it has none. For so few
// fields a search from the beginning is quicker than halving, and putting them
// in order would cost more than it saves.
func (r Readings) index(f Field) int {
	code, ok := fieldCode(f)
	if !ok {
		return -1
	}
	for i := range r.list {
		if r.list[i].field == code {
			return i
		}
	}
	return -1
}

// Clone is a copy that shares nothing that can change.
func (r Readings) Clone() Readings {
	return Readings{list: slices.Clone(r.list), rare: maps.Clone(r.rare)}
}

// All gives the fields and their readings, in the order of the fields' words.
func (r Readings) All() iter.Seq2[Field, Reading] {
	return func(yield func(Field, Reading) bool) {
		for _, f := range r.Fields() {
			if !yield(f, r.Get(f)) {
				return
			}
		}
	}
}

// Fields are the fields that have a reading, in the order of their words.
func (r Readings) Fields() []Field {
	fields := make([]Field, 0, r.Len())
	for i := range r.list {
		fields = append(fields, packedFields[r.list[i].field])
	}
	fields = slices.AppendSeq(fields, maps.Keys(r.rare))
	slices.Sort(fields)
	return fields
}

// Mark adds the fields that have a reading to the set, as Fields lists them.
func (r Readings) Mark(set map[Field]bool) {
	for i := range r.list {
		set[packedFields[r.list[i].field]] = true
	}
	for f := range r.rare {
		set[f] = true
	}
}

// Equal reports whether both have the same fields and the same of each.
func (r Readings) Equal(other Readings) bool {
	for i := range r.list {
		k := slices.IndexFunc(other.list, func(p packedReading) bool { return p.field == r.list[i].field })
		if k < 0 || other.list[k] != r.list[i] {
			return false
		}
	}
	return len(r.list) == len(other.list) && maps.Equal(r.rare, other.rare)
}
