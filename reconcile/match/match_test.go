package match

import (
	"fmt"
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
		{"same ID, both middle names dropped", row("Nguyễn Thị Ngọc Thủy", "1999-01-04", id), row("Nguyễn Thủy", "1999-01-04", id), "joined"},
		{"both middle names dropped", row("Nguyễn Thị Ngọc Thủy", "1999-01-04", ""), row("Nguyễn Thủy", "1999-01-04", ""), "apart"},
		{"same ID, middle names of another", row("Nguyễn Thị Ngọc Thủy", "1999-01-04", id), row("Nguyễn Thị Hồng Nga", "1999-01-04", id), "unsure"},
		{"same ID, the given name dropped", row("Nguyễn Thị Ngọc Thủy", "1999-01-04", id), row("Nguyễn Thị", "1999-01-04", id), "unsure"},
		{"same name, other date", row("Lê Thọ", "1994-11-21", ""), row("Lê Thọ", "1994-09-14", ""), "apart"},
		{"same rare name, years only", row("Phan Ngọc Mai", "1971", ""), row("Phan Ngọc Mai", "1971", ""), "unsure"},
		{"same common name, years only", row("Nguyễn Thị Linh", "1971", ""), row("Nguyễn Thị Linh", "1971", ""), "apart"},
		{"same name, a year and a date", row("Cao Văn Duy", "1978", ""), row("Cao Văn Duy", "1978-09-22", ""), "unsure"},
		{"same name, day and month swapped", row("Cao Văn Duy", "1978-09-02", ""), row("Cao Văn Duy", "1978-02-09", ""), "unsure"},
		{"same ID, day and month swapped", row("Cao Văn Duy", "1978-09-02", id), row("Cao Văn Duy", "1978-02-09", id), "joined"},
		{"other surname", row("Võ Thị Hoa", "1980-01-05", ""), row("Vũ Thị Hoa", "1980-01-05", ""), "apart"},
		{"two slips", row("Nguyển Vân Bình", "1980-01-05", ""), row("Nguyễn Văn Bình", "1980-01-05", ""), "apart"},
		{"same ID, a year and a date", row("Cao Văn Duy", "1979", id), row("Cao Văn Duy", "1979-09-22", id), "joined"},
		{"same ID, no date", row("Cao Văn Duy", "", id), row("Cao Văn Duy", "", id), "joined"},
		{"same ID, one digit of the date", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-23", id), "joined"},
		{"same ID, other date", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-10-14", id), "unsure"},
		{"Lý and Lí", row("Trần Hồ Lý", "1980-01-05", ""), row("Trần Hồ Lí", "1980-01-05", ""), "unsure"},
		{"Thúy and Thúi are no spellings of one name", row("Lê Hồ Thúy", "1975", id), row("Trần Hồ Thúi", "1980-01-05", ""), "apart"},
		{"without marks", row("Tran Quoc Khanh", "1980-01-05", ""), row("Trần Quốc Khánh", "1980-01-05", ""), "unsure"},
		{"without its only mark", row("Phan Thi Lan", "1980-01-05", ""), row("Phan Thị Lan", "1980-01-05", ""), "joined"},
		{"the given name without its only mark", row("Phan Thanh Tung", "1980-01-05", ""), row("Phan Thanh Tùng", "1980-01-05", ""), "unsure"},
		{"abbreviated", row("Ng. T. Hường", "1980-03-05", ""), row("Nguyễn Thị Hường", "1980-03-05", ""), "unsure"},
		{"abbreviated, same ID", row("Ng.Th.Hường", "1980-03-05", id), row("Nguyễn Thị Hường", "1980-03-05", id), "joined"},
		{"abbreviation of another", row("Tr. Văn Nam", "1980-03-05", ""), row("Phạm Văn Nam", "1980-03-05", ""), "apart"},
		{"TCVN3 left over", row("TrÇn Quèc Kh¸nh", "1980-03-05", ""), row("Trần Quốc Khánh", "1980-03-05", ""), "unsure"},
		{"TCVN3 of another name", row("TrÇn Quèc Kh¸nh", "1980-03-05", ""), row("Trần Quốc Thắng", "1980-03-05", ""), "apart"},
		{"ethnic name", row("Y Ngọc", "1980-03-05", ""), row("Y NGỌC", "1980-03-05", ""), "joined"},
		{"ethnic prefix with apostrophe", row("H'Hen Niê", "1980-03-05", ""), row("H Hen Niê", "1980-03-05", ""), "joined"},
		{"two ethnic names", row("A Viết", "1980-03-05", ""), row("A Việt", "1980-03-05", ""), "unsure"},
		{"two prefixes", row("Y Ngọc", "1980-03-05", ""), row("A Ngọc", "1980-03-05", ""), "apart"},
		{"same ID, other name and date", row("Cao Văn Duy", "1979-09-22", id), row("Lê Thị Sáu", "1985-02-01", id), "unsure"},
		{"same ID, other name", row("Cao Văn Duy", "1979-09-22", id), row("Lê Thị Sáu", "1979-09-22", id), "unsure"},
		{"all the same but the ID", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-22", "052079009999"), "apart"},
		{"all the same but one digit", row("Cao Văn Duy", "1979-09-22", id), row("Cao Văn Duy", "1979-09-22", "051079001235"), "unsure"},
		{"no names", row("", "1979-09-22", ""), row("", "1979-09-22", ""), "apart"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, rows := range [][]*reconcile.Registration{keyed(tt.a, tt.b), keyed(tt.b, tt.a)} {
				persons, unsure := Persons(rows, Options{})
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
	persons, unsure := Persons(rows, Options{})
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
	persons, unsure := Persons(rows, Options{})
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
		persons, unsure := Persons(rows, Options{})
		seen := make(map[*reconcile.Registration]bool)
		for _, p := range persons {
			ids := map[string]bool{}
			for i, m := range p.Members {
				if seen[m] {
					t.Fatalf("%s is in two persons", m.Key)
				}
				seen[m] = true
				if m.CitizenID != "" {
					ids[m.CitizenID] = true
				}
				for _, other := range p.Members[:i] {
					if compareDates(m.BirthDate, other.BirthDate) == otherDate {
						t.Fatalf("a person born on %v and %v", m.BirthDate, other.BirthDate)
					}
				}
			}
			if len(ids) > 1 {
				t.Fatalf("a person with the IDs %v", ids)
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

// However the rows are alike, a row meets a bounded number of others.
func TestWorkIsLinear(t *testing.T) {
	alike := map[string]func(i int) *reconcile.Registration{
		"one name and date":       func(int) *reconcile.Registration { return row("Nguyễn Văn Hùng", "1980-01-05", "") },
		"one name and year":       func(int) *reconcile.Registration { return row("Nguyễn Văn Hùng", "1980", "") },
		"one date, middle differ": func(i int) *reconcile.Registration { return row("Nguyễn "+letters(i)+" Hùng", "1980-01-05", "") },
		"one ID":                  func(i int) *reconcile.Registration { return row("Nguyễn "+letters(i)+" Hùng", "", "051080001111") },
	}
	for name, of := range alike {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{1000, 10_000} {
				var rows []*reconcile.Registration
				for i := range n {
					r := of(i)
					r.Position = letters(i) // or they would be one class
					rows = append(rows, r)
				}
				if met := meetings(keyed(rows...)); met > 3*blockSize {
					t.Errorf("each of %d rows meets %d others", n, met)
				}
				if persons, _ := Persons(rows, Options{}); len(persons) == 0 {
					t.Fatal("no persons")
				}
			}
		})
	}
}

// meetings is how many others a row meets on average.
func meetings(rows []*reconcile.Registration) int {
	d := newDictionary()
	records := newRecords(rows, d, nil)
	b := blocker{dictionary: d, records: records, classes: newClasses(records)}
	met := 0
	b.pairs(func(int32, int32) { met++ })
	return met / max(1, len(rows))
}

func letters(n int) string {
	var b strings.Builder
	for ; n > 0; n /= 26 {
		b.WriteByte(byte('a' + n%26))
	}
	return b.String()
}

// People who were told apart stay apart: directly, through a third row that is
// like both, and when another row of the name moves the numbers in the keys.
func TestToldApart(t *testing.T) {
	a, b := row("Đinh Văn Khuê", "1998-03-09", ""), row("Đinh Văn Khuê", "1998-03-09", "")
	b.Position = "Kế toán"
	rows := keyed(a, b)
	a.Agency, b.Agency = "S01", "S01"
	reconcile.AssignKeys(rows)
	if persons, _ := Persons(rows, Options{}); len(persons) != 1 {
		t.Fatal("the two rows are not one person to begin with")
	}
	told := Options{Apart: []reconcile.Couple{{A: reconcile.Mark(a), B: reconcile.Mark(b)}}}
	persons, unsure := Persons(rows, told)
	if len(persons) != 2 || len(unsure) != 1 || !unsure[0].Apart || unsure[0].Sure {
		t.Fatalf("%d persons, doubts %+v", len(persons), unsure)
	}

	c := row("Đinh Văn Khuê", "1998-03-09", "")
	c.Agency, c.Program = "S01", "CAPXA"
	early := row("Đinh Văn Khuê", "1970-01-05", "")
	early.Agency = "S01"
	rows = append(rows, c, early)
	reconcile.AssignKeys(rows)
	if !strings.HasSuffix(b.Key, "#3") && !strings.HasSuffix(a.Key, "#3") {
		t.Fatalf("the numbers did not move: %s, %s", a.Key, b.Key)
	}
	persons, _ = Persons(rows, told)
	for _, p := range persons {
		if slices.Contains(p.Members, a) && slices.Contains(p.Members, b) {
			t.Errorf("joined through %v", p.Members)
		}
	}
	if len(persons) != 3 {
		t.Errorf("%d persons, want 3", len(persons))
	}
}
