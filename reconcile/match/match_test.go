package match

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func row(name, born, id string) *reconcile.Registration {
	d, err := reconcile.ParseDate(born)
	if err != nil {
		panic(err)
	}
	return &reconcile.Registration{FullName: name, BirthDate: d, CitizenID: id}
}

func keyed(rows ...*reconcile.Registration) []*reconcile.Registration {
	for i, r := range rows {
		r.Agency = fmt.Sprintf("S%02d", i+1)
		r.Origin = reconcile.Origin{Source: "folder:a.xlsx", Sheet: "DS", Row: i + 8}
	}
	reconcile.AssignKeys(rows)
	return rows
}

func TestTwoRows(t *testing.T) {
	const id = "051079001234"
	tests := []struct {
		name string
		a, b *reconcile.Registration
		want string // joined, unsure, apart
	}{
		{"same name and date", row("Hồ Hoài Ánh", "1977-08-12", ""), row("HỒ HOÀI ÁNH", "1977-08-12", ""), "joined"},
		{"tone placement", row("Lâm Thị Hoà", "1986-09-17", ""), row("Lâm Thị Hòa", "1986-09-17", ""), "joined"},
		{"tone slip in the family name", row("Nguyển Văn Bình", "1980-01-05", ""), row("Nguyễn Văn Bình", "1980-01-05", ""), "joined"},
		{"letter slip in the middle", row("Lê Thij Sáu", "1980-01-05", ""), row("Lê Thị Sáu", "1980-01-05", ""), "joined"},
		{"lost space", row("NguyễnVăn Bình", "1980-01-05", ""), row("Nguyễn Văn Bình", "1980-01-05", ""), "joined"},
		{"twins", row("Nguyễn Văn Hùng", "1980-01-05", ""), row("Nguyễn Văn Hưng", "1980-01-05", ""), "unsure"},
		{"slip in the given name, same ID", row("Nguyễn Văn Hùng", "1980-01-05", id), row("Nguyễn Văn Hưng", "1980-01-05", id), "joined"},
		{"dropped middle name", row("Nguyễn Thị Mỹ Thủy", "1999-01-04", ""), row("Nguyễn Thị Thủy", "1999-01-04", ""), "unsure"},
		{"same name, other date", row("Lê Thọ", "1994-11-21", ""), row("Lê Thọ", "1994-09-14", ""), "apart"},
		{"same name, years only", row("Phan Ngọc Mai", "1971", ""), row("Phan Ngọc Mai", "1971", ""), "apart"},
		{"same name, a year and a date", row("Cao Văn Duy", "1978", ""), row("Cao Văn Duy", "1978-09-22", ""), "apart"},
		{"other surname", row("Võ Thị Hoa", "1980-01-05", ""), row("Vũ Thị Hoa", "1980-01-05", ""), "apart"},
		{"two slips", row("Nguyển Vân Bình", "1980-01-05", ""), row("Nguyễn Văn Bình", "1980-01-05", ""), "apart"},
		{"same ID, a year and a date", row("Cao Văn Duy", "1979", id), row("Cao Văn Duy", "1979-09-22", id), "joined"},
		{"same ID, no date", row("Cao Văn Duy", "", id), row("Cao Văn Duy", "", id), "joined"},
		{"same ID, other date", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-23", id), "unsure"},
		{"same ID, other name and date", row("Cao Văn Duy", "1979-09-22", id), row("Lê Thị Sáu", "1985-02-01", id), "unsure"},
		{"same ID, other name", row("Cao Văn Duy", "1979-09-22", id), row("Lê Thị Sáu", "1979-09-22", id), "unsure"},
		{"all the same but the ID", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-22", "052079009999"), "apart"},
		{"all the same but one digit", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-22", "051079001235"), "unsure"},
		{"no names", row("", "1979-09-22", ""), row("", "1979-09-22", ""), "apart"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, rows := range [][]*reconcile.Registration{keyed(tt.a, tt.b), keyed(tt.b, tt.a)} {
				persons, unsure := Persons(rows)
				got := "apart"
				if len(unsure) > 0 {
					got = "unsure"
				}
				if len(persons) == 1 {
					got = "joined"
				}
				if got != tt.want {
					t.Errorf("got %s, want %s (%+v)", got, tt.want, unsure)
				}
			}
		})
	}
}

// A row without an ID fits two people who have different ones: it joins one,
// never both.
func TestNoPersonWithTwoIDs(t *testing.T) {
	rows := keyed(
		row("Đinh Văn Khuê", "1998-03-09", "051098007045"),
		row("Đinh Văn Khuê", "1998-03-09", ""),
		row("Đinh Văn Khuê", "1998-03-09", "052098001111"),
	)
	persons, unsure := Persons(rows)
	if len(persons) != 2 || len(unsure) != 1 {
		t.Fatalf("got %d persons and %d doubts, want 2 and 1", len(persons), len(unsure))
	}
	if !strings.Contains(unsure[0].Why, "chưa gộp") {
		t.Errorf("the doubt does not say why it was not joined: %q", unsure[0].Why)
	}
}

// names are drawn from a small stock, so that slips and chance meetings occur.
func drawRows(t *rapid.T) []*reconcile.Registration {
	name := rapid.SampledFrom([]string{
		"Nguyễn Văn Hùng", "Nguyển Văn Hùng", "Nguyễn Văn Hưng", "NGUYỄN VĂN HÙNG", "Nguyễn Hùng",
		"Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Thu Hòa", "Phạm Ba", "",
	})
	born := rapid.SampledFrom([]string{"1980-01-05", "1980-01-06", "1980", ""})
	id := rapid.SampledFrom([]string{"", "", "051080001111", "051080001112", "052080009999"})
	n := rapid.IntRange(0, 14).Draw(t, "rows")
	var rows []*reconcile.Registration
	for range n {
		rows = append(rows, row(name.Draw(t, "name"), born.Draw(t, "born"), id.Draw(t, "id")))
	}
	return keyed(rows...)
}

// outline is what Persons says, free of pointers.
func outline(rows []*reconcile.Registration) []string {
	persons, unsure := Persons(rows)
	var lines []string
	for _, p := range persons {
		line := "person"
		for _, m := range p.Members {
			line += " " + m.Key
		}
		for _, pair := range p.Pairs {
			line += fmt.Sprintf(" [%s ~ %s %v %s]", pair.A.Key, pair.B.Key, pair.Probability, pair.Why)
		}
		lines = append(lines, line)
	}
	for _, pair := range unsure {
		lines = append(lines, fmt.Sprintf("unsure %s ~ %s %v %s", pair.A.Key, pair.B.Key, pair.Probability, pair.Why))
	}
	return lines
}

func TestOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		want := outline(rows)
		got := outline(rapid.Permutation(rows).Draw(t, "order"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPersonsArePartition(t *testing.T) {
	longNumber := regexp.MustCompile(`\d{2,}`)
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		persons, unsure := Persons(rows)
		seen := make(map[*reconcile.Registration]bool)
		for _, p := range persons {
			dates, ids := map[reconcile.Date]bool{}, map[string]bool{}
			for _, m := range p.Members {
				if seen[m] {
					t.Fatalf("%s is in two persons", m.Key)
				}
				seen[m] = true
				if m.BirthDate.IsFull() {
					dates[m.BirthDate] = true
				}
				if m.CitizenID != "" {
					ids[m.CitizenID] = true
				}
			}
			if len(dates) > 1 || len(ids) > 1 {
				t.Fatalf("a person with dates %v and IDs %v", dates, ids)
			}
			// Joining is transitive: the pairs connect all members.
			if len(p.Pairs) < len(p.Members)-1 {
				t.Fatalf("%d pairs do not connect %d members", len(p.Pairs), len(p.Members))
			}
		}
		if len(seen) != len(rows) {
			t.Fatalf("%d of %d registrations are in a person", len(seen), len(rows))
		}
		for _, pair := range unsure {
			if pair.Sure || longNumber.MatchString(pair.Why) {
				t.Fatalf("doubt %+v", pair)
			}
		}
	})
}

// Equal rows by the thousand must not make the work square.
func TestManyEqualRows(t *testing.T) {
	var rows []*reconcile.Registration
	for i := range 20_000 {
		r := row("Nguyễn Văn Hùng", "1980-01-05", "")
		r.FullName = []string{"Nguyễn Văn Hùng", fmt.Sprintf("Nguyễn %s Hùng", letters(i))}[i%2]
		rows = append(rows, r)
	}
	if persons, _ := Persons(keyed(rows...)); len(persons) == 0 {
		t.Fatal("no persons")
	}
}

func letters(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 26 {
		b.WriteByte(byte('a' + n%26))
	}
	return b.String()
}

func BenchmarkPersons100k(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	family := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đinh", "Hồ", "Huỳnh", "Bùi", "Phan"}
	middle := []string{"Văn", "Thị", "Ngọc", "Thanh", "Minh", "Quốc", "Thị Thu", "Thị Mỹ"}
	given := []string{"An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hùng", "Khoa", "Lan", "Mai", "Nam", "Phúc", "Sơn", "Thảo", "Tuấn", "Vy"}
	var rows []*reconcile.Registration
	for i := range 100_000 {
		name := family[rng.IntN(len(family))] + " " + middle[rng.IntN(len(middle))] + " " + given[rng.IntN(len(given))]
		r := row(name, fmt.Sprintf("%d-%02d-%02d", 1965+rng.IntN(32), 1+rng.IntN(12), 1+rng.IntN(28)), "")
		r.Key = fmt.Sprintf("%06d", i)
		rows = append(rows, r)
	}
	rows = slices.Clip(rows)
	b.ReportAllocs()
	for b.Loop() {
		Persons(rows)
	}
}
