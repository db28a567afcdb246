package match

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func personOf(rows ...*reconcile.Registration) reconcile.Person {
	return reconcile.Person{Members: rows}
}

// at sets where somebody works.
func at(r *reconcile.Registration, agency, position string) *reconcile.Registration {
	r.Agency, r.Position = agency, position
	return r
}

func TestSame(t *testing.T) {
	const id, other = "051079001234", "051079009876"
	khue := func(id string) *reconcile.Registration { return row("Đinh Văn Khuê", "1979-08-15", id) }
	tests := []struct {
		name  string
		own   []reconcile.Person
		had   []int
		known []reconcile.Person
		apart [][2]int
		want  []int
	}{
		{"nobody is known", []reconcile.Person{personOf(khue(""))}, []int{-1}, nil, nil, []int{-1}},
		{"same name and date", []reconcile.Person{personOf(khue(""))}, []int{-1}, []reconcile.Person{personOf(khue(id))}, nil, []int{0}},
		{"same name, other date", []reconcile.Person{personOf(row("Đinh Văn Khuê", "1979-11-02", ""))}, []int{-1}, []reconcile.Person{personOf(khue(id))}, nil, []int{-1}},
		{"same name and date, other ID", []reconcile.Person{personOf(khue(other))}, []int{-1}, []reconcile.Person{personOf(khue(id))}, nil, []int{-1}},
		{"same name and year only", []reconcile.Person{personOf(row("Đinh Văn Khuê", "1979", ""))}, []int{-1}, []reconcile.Person{personOf(khue(id))}, nil, []int{-1}},
		{"same ID, a digit of the date", []reconcile.Person{personOf(row("Đinh Văn Khuê", "1979-08-16", id))}, []int{-1}, []reconcile.Person{personOf(khue(id))}, nil, []int{0}},
		{
			"another registration of the known one contradicts",
			[]reconcile.Person{personOf(khue(""))},
			[]int{-1},
			[]reconcile.Person{personOf(khue(""), row("Đinh Văn Khuê", "1988-01-30", id))},
			nil,
			[]int{-1},
		},
		{"either of two", []reconcile.Person{personOf(khue(""))}, []int{-1}, []reconcile.Person{personOf(khue(id)), personOf(khue(other))}, nil, []int{-1}},
		{"either of two who were told apart", []reconcile.Person{personOf(khue(""))}, []int{-1}, []reconcile.Person{personOf(khue("")), personOf(khue(""))}, [][2]int{{0, 1}}, []int{-1}},
		{
			"the one of the same office",
			[]reconcile.Person{personOf(at(khue(""), "S03", "Chánh Thanh tra"))},
			[]int{-1},
			[]reconcile.Person{personOf(at(khue(id), "H05", "Kế toán")), personOf(at(khue(other), "S03", "Chánh Thanh tra"))},
			nil,
			[]int{1},
		},
		{"two cannot be one", []reconcile.Person{personOf(khue("")), personOf(khue(id))}, []int{-1, -1}, []reconcile.Person{personOf(khue(id))}, nil, []int{-1, 0}},
		{"who had the ID stays", []reconcile.Person{personOf(row("Đinh Văn Khuê", "1979", "")), personOf(khue(""))}, []int{0, -1}, []reconcile.Person{personOf(khue(id))}, nil, []int{0, -1}},
		{"a mended digit of the ID", []reconcile.Person{personOf(khue("051079001235"))}, []int{0}, []reconcile.Person{personOf(khue(id))}, nil, []int{0}},
		{"another human being under the key", []reconcile.Person{personOf(row("Đinh Văn Khuê", "1990-01-02", ""))}, []int{0}, []reconcile.Person{personOf(khue(id))}, nil, []int{-1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Same(reconcile.Newcomers{Persons: tt.own, Had: tt.had, Known: tt.known, Apart: tt.apart, Population: 20_000}, nil)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever comes, nobody becomes one with a person whose full birth date or
// citizen ID is another by more than a typing error, and no two become one.
func TestSameContradictsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var n reconcile.Newcomers
		for _, r := range drawRows(t) {
			n.Persons, n.Had = append(n.Persons, personOf(r)), append(n.Had, -1)
		}
		known, _ := Persons(drawRows(t), Options{})
		n.Known, n.Population = known, 100
		seen := make(map[int]bool)
		for i, whom := range Same(n, nil) {
			if whom < 0 {
				continue
			}
			if seen[whom] {
				t.Fatalf("two are %d", whom)
			}
			seen[whom] = true
			own := n.Persons[i].Members[0]
			for _, m := range n.Known[whom].Members {
				if compareDates(own.BirthDate, m.BirthDate) == otherDate {
					t.Fatalf("born on %v and %v", own.BirthDate, m.BirthDate)
				}
				if own.CitizenID != "" && m.CitizenID != "" && own.CitizenID != m.CitizenID {
					t.Fatalf("with %s and %s", own.CitizenID, m.CitizenID)
				}
			}
		}
	})
}

// What was said in one plan holds in another: of registrations that are of one
// or the other of two people, those of the two are not joined. Nothing else is
// changed by it.
func TestToldApartElsewhere(t *testing.T) {
	khue := func(agency, position string) *reconcile.Registration {
		return at(row("Đinh Văn Khuê", "1979-08-15", ""), agency, position)
	}
	a, b := khue("S01", "Chánh Thanh tra"), khue("H05", "Kế toán")
	told := [][2]*reconcile.Registration{{a, b}}
	persons := func(elsewhere [][2]*reconcile.Registration, rows ...*reconcile.Registration) (sizes []int) {
		for i, r := range rows {
			r.Origin = reconcile.Origin{Source: "folder:a.xlsx", Sheet: "DS", Row: i + 8}
		}
		reconcile.AssignKeys(rows)
		all, unsure := Persons(rows, Options{Elsewhere: elsewhere})
		for _, p := range all {
			sizes = append(sizes, len(p.Members))
			if slices.Contains(p.Members, a) || slices.Contains(p.Members, b) {
				t.Fatal("a registration of the other plan is in a person")
			}
		}
		for _, pair := range unsure {
			if !pair.Apart {
				t.Errorf("doubt %+v", pair)
			}
		}
		slices.Sort(sizes)
		return sizes
	}
	for _, tt := range []struct {
		name      string
		rows      []*reconcile.Registration
		elsewhere [][2]*reconcile.Registration
		want      []int
	}{
		{"nothing was said", []*reconcile.Registration{khue("S01", "Chánh Thanh tra"), khue("H05", "Kế toán")}, nil, []int{2}},
		{"one of each", []*reconcile.Registration{khue("S01", "Chánh Thanh tra"), khue("H05", "Kế toán")}, told, []int{1, 1}},
		{"two of one", []*reconcile.Registration{khue("S01", "Chánh Thanh tra"), khue("S01", "Phó Giám đốc")}, told, []int{2}},
		{"two of one and one of the other", []*reconcile.Registration{khue("S01", "Chánh Thanh tra"), khue("S01", "Phó Giám đốc"), khue("H05", "Kế toán")}, told, []int{1, 2}},
		{"of neither office", []*reconcile.Registration{khue("S07", "Chuyên viên"), khue("S08", "Chuyên viên")}, told, []int{2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := persons(tt.elsewhere, tt.rows...); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("persons of %v registrations, want %v", got, tt.want)
			}
		})
	}
}
