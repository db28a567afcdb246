package reconcile_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func person(name string, birthYear, row int) *reconcile.Registration {
	return &reconcile.Registration{
		FullName: name, Agency: "S03", Program: "QPAN-3",
		BirthDate: reconcile.Date{Year: birthYear},
		Origin:    reconcile.Origin{Source: "folder:S03/ds.xlsx", Sheet: "Sheet1", Row: row},
	}
}

func keys(registrations []*reconcile.Registration) []string {
	reconcile.AssignKeys(registrations)
	all := make([]string, len(registrations))
	for i, r := range registrations {
		all[i] = r.Key
	}
	return all
}

func TestAssignKeys(t *testing.T) {
	a, b, c := person("Nguyễn Văn An", 1980, 9), person("NGUYỄN VĂN AN", 1975, 10), person("Lê Thị Hòa", 1980, 11)
	got := keys([]*reconcile.Registration{a, b, c})
	if got[0] == got[1] || got[0] == got[2] {
		t.Fatalf("keys are not unique: %q", got)
	}
	if b.Key+"#2" != a.Key {
		t.Errorf("namesakes are numbered by birth date, got %q and %q", a.Key, b.Key)
	}

	before := c.Key
	c.Origin = reconcile.Origin{Source: "folder:S03/ds (gui lai).xlsx", Sheet: "Tổng hợp", Row: 40}
	c.FullName, c.BirthDate, c.Phone = "LÊ THỊ HOÀ", reconcile.Date{Year: 1981}, "0905000000"
	keys([]*reconcile.Registration{c, a, b})
	if c.Key != before {
		t.Errorf("a moved, re-sent and corrected row changed its key: %q, %q", before, c.Key)
	}

	c.Program = "QPAN-2"
	keys([]*reconcile.Registration{c})
	if c.Key == before {
		t.Error("another program must give another key")
	}
}

func TestAssignKeysProperties(t *testing.T) {
	names := []string{"Nguyễn Văn An", "Trần Thị Bình", "Lê Cường", ""}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		all := make([]*reconcile.Registration, n)
		for i := range all {
			all[i] = person(rapid.SampledFrom(names).Draw(t, "name"), rapid.IntRange(1970, 1972).Draw(t, "year"), i+1)
		}
		first := keys(all)
		sorted := slices.Clone(first)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != n {
			t.Fatalf("keys are not unique: %q", first)
		}
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		keys(shuffled)
		for i, r := range all {
			if r.Key != first[i] {
				t.Fatalf("the order of input changed a key: %q, %q", first[i], r.Key)
			}
		}
	})
}
