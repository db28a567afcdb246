package reconcile

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReadings(t *testing.T) {
	var r Readings
	if _, ok := r.Lookup(FieldSex); ok || r.Len() != 0 || r.Get(FieldSex) != (Reading{}) {
		t.Error("the zero value has a reading")
	}
	name := Reading{Cell: "B7", Text: "Đinh Thị Hòa"}
	r.Set(FieldSex, Reading{Cell: "D7"})
	r.Set(FieldFullName, name)
	r.Set(FieldBirthDate, Reading{Cell: "C7", Text: "30/02/1980", Fault: Impossible})
	if got := r.Fields(); !slices.Equal(got, []Field{FieldBirthDate, FieldFullName, FieldSex}) {
		t.Errorf("fields %v", got)
	}
	if !r.Has(FieldSex) || r.Has(FieldPhone) || r.Get(FieldFullName) != name {
		t.Errorf("has %v", r)
	}

	other := r.Clone()
	other.Set(FieldFullName, Reading{Cell: "B7", Text: "Đinh Thị Hoa"})
	other.Delete(FieldSex)
	other.Delete(FieldPhone)
	if r.Get(FieldFullName) != name || r.Len() != 3 {
		t.Error("a clone changes what it is of")
	}
	if other.Len() != 2 || other.Has(FieldSex) || other.Equal(r) {
		t.Errorf("the clone has %v", other)
	}
}

// What is stored must not depend on the order of setting, and is the JSON that
// a map of the readings has.
func TestReadingsJSON(t *testing.T) {
	var r Readings
	r.Set(FieldSex, Reading{Cell: "D7", Text: "x", Fault: Contradictory})
	r.Set(FieldFullName, Reading{Cell: "B7", Text: "Hồ <Ngọc> Ánh"})
	r.Set(FieldNote, Reading{})
	r.Set(FieldUnit, Reading{Text: "hỏng \xff"})
	got, err := json.Marshal(r)
	want := `{"full_name":{"cell":"B7","text":"Hồ \u003cNgọc\u003e Ánh"},"note":{},"sex":{"cell":"D7","text":"x","fault":"contradictory"},"unit":{"text":"hỏng \ufffd"}}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := json.Marshal(Readings{}); err != nil || string(got) != "{}" {
		t.Errorf("none: %s, %v", got, err)
	}
	for _, broken := range []string{`[]`, `{"sex": 3}`, `{`} {
		if err := json.Unmarshal([]byte(broken), &r); err == nil {
			t.Errorf("%s is taken", broken)
		}
	}
}

// A cell by its column and row is the cell by its name.
func TestReadingsAt(t *testing.T) {
	for _, test := range []struct {
		col, row int
		name     string
	}{
		{1, 1, "A1"},
		{26, 7, "Z7"},
		{27, 1048576, "AA1048576"},
		{16384, 50004, "XFD50004"},
		{70000, 12, "CYNH12"}, // more than any program has, and kept all the same
	} {
		var named, at Readings
		named.Set(FieldPhone, Reading{Cell: test.name, Text: "0905123456", Fault: Repaired})
		at.SetAt(FieldPhone, test.col, test.row, "0905123456", Repaired)
		if !named.Equal(at) || at.Get(FieldPhone).Cell != test.name {
			t.Errorf("%s is kept as %+v", test.name, at.Get(FieldPhone))
		}
	}
}

// Readings that share their memory do not get in each other's way when they
// outgrow it.
func TestReadingsMaker(t *testing.T) {
	var maker ReadingsMaker
	rows := make([]Readings, 7)
	for i := range rows {
		rows[i] = maker.Make(2, 3)
		rows[i].Set(FieldPriority, Reading{Text: strconv.Itoa(i)})
	}
	fields := ColumnFields()[:5]
	for i := range rows {
		for _, f := range fields {
			rows[i].Set(f, Reading{Text: strconv.Itoa(10 * i)})
		}
	}
	for i := range rows {
		if rows[i].Len() != 1+len(fields) || rows[i].Get(FieldPriority).Text != strconv.Itoa(i) || rows[i].Get(fields[4]).Text != strconv.Itoa(10*i) {
			t.Errorf("row %d has %v", i, rows[i])
		}
	}
}

// Readings do what a map of them does, whatever a cell is called.
func TestReadingsAsMap(t *testing.T) {
	cells := rapid.OneOf(
		rapid.StringMatching(`[A-Z]{1,3}[1-9][0-9]{0,6}`),
		rapid.SampledFrom([]string{"", "B", "7", "b7", "B07", "B0", "$B$7", "B7:C8", "ABCD7", "B12345678901", "XFD1048576", "ZZZ999999999"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		var r Readings
		m := map[Field]Reading{}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			f := rapid.SampledFrom(append(ColumnFields()[:9:9], FieldCost, "of_a_later_release")).Draw(t, "field")
			if rapid.IntRange(0, 3).Draw(t, "step") == 0 {
				r.Delete(f)
				delete(m, f)
				continue
			}
			reading := Reading{
				Cell:  cells.Draw(t, "cell"),
				Text:  rapid.OneOf(rapid.StringN(0, 3, -1), rapid.SampledFrom([]string{"Hồ \"Ngọc\" Ánh", "a\\b", "<&>", "x\u2028y", "\ufffd", "\x7f\x00"})).Draw(t, "text"),
				Fault: rapid.SampledFrom([]Fault{NoFault, Ambiguous, "of_a_later_release"}).Draw(t, "fault"),
			}
			r.Set(f, reading)
			m[f] = reading
			if r.Get(f) != reading {
				t.Fatalf("%+v is kept as %+v", reading, r.Get(f))
			}
		}
		got := map[Field]Reading{}
		for f, reading := range r.All() {
			got[f] = reading
		}
		if diff := cmp.Diff(m, got); diff != "" || r.Len() != len(m) || !r.Equal(ReadingsOf(m)) || !slices.IsSorted(r.Fields()) {
			t.Fatalf("%s", diff)
		}
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		asMap, err := json.Marshal(m)
		if err != nil || string(asMap) != string(b) {
			t.Fatalf("%s, as a map %s", b, asMap)
		}
		var read Readings
		if err := json.Unmarshal(b, &read); err != nil || !read.Equal(r) {
			t.Fatalf("%s is read as %v, %v", b, read, err)
		}
	})
}
