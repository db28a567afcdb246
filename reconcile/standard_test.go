package reconcile

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChanges(t *testing.T) {
	s := Standards{
		{Kinds: []ProgramKind{AdvancedTheory}, From: Date{2022, 2, 8}, To: Date{2025, 8, 28}},
		{Kinds: []ProgramKind{AdvancedTheory, IntermediateStudy}, From: Date{2025, 8, 29}},
		{Kinds: []ProgramKind{AdvancedTheory}, From: Date{2025, 8, 29}},
		{Kinds: []ProgramKind{UpdateGroup3}, From: Date{2025, 5, 10}},
	}
	for _, test := range []struct {
		from, to Date
		want     []Date
	}{
		{Date{2025, 1, 1}, Date{2025, 12, 31}, []Date{{2025, 8, 29}}},
		{Date{2024, 1, 1}, Date{2024, 12, 31}, nil},
		{Date{2025, 8, 29}, Date{2025, 12, 31}, nil}, // it holds from the first day
	} {
		if diff := cmp.Diff(test.want, s.Changes(AdvancedTheory, test.from, test.to)); diff != "" {
			t.Errorf("%s to %s: %s", test.from, test.to, diff)
		}
	}
}

func TestLaterWordOfAClassStands(t *testing.T) {
	p := &Plan{Classes: []Class{{Program: "A", Weeks: 3}, {Program: "B", Weeks: 4}}}
	p.Date([]Class{{Program: "A", Opens: Date{2024, 9, 16}}})
	if c := p.Class("A"); c == nil || c.Weeks != 0 || c.Opens.IsZero() {
		t.Errorf("%+v", c)
	}
	if c := p.Class("C"); c != nil || len(p.Classes) != 2 {
		t.Errorf("%+v", p.Classes)
	}
}

func TestClassesOfAProgram(t *testing.T) {
	p := &Plan{}
	p.Date([]Class{
		{Program: "A", Name: "K75", Aliases: []string{"Lớp phía Bắc"}, Opens: Date{2024, 3, 1}},
		{Program: "A", Name: "K76", Opens: Date{2024, 9, 16}},
		{Program: "B", Name: "Lớp 1", Weeks: 2},
	})
	p.Date([]Class{{Program: "A", Name: "k76", Opens: Date{2024, 10, 1}, Closes: Date{2024, 12, 1}}})
	for _, tt := range []struct {
		program string
		texts   []string
		want    string
	}{
		{"A", []string{"Cao cấp LLCT lớp K75 (tập trung)"}, "K75"},
		{"A", []string{"", "DANH SÁCH LỚP PHÍA BẮC"}, "K75"},
		{"A", []string{"lớp K75, K76", "ghi chú: k76"}, "k76"},
		{"A", []string{"lớp K7", "K755"}, ""},
		{"A", nil, ""},
		{"B", []string{"lớp gì đó"}, "Lớp 1"}, // it has no other
		{"C", []string{"K75"}, ""},
	} {
		got := ""
		if c := p.Class(tt.program, tt.texts...); c != nil {
			got = c.Name
		}
		if got != tt.want {
			t.Errorf("%s, %q: the class %q, want %q", tt.program, tt.texts, got, tt.want)
		}
	}
}

func TestPeriodOfAClass(t *testing.T) {
	for _, tt := range []struct {
		class Class
		to    Date
		ok    bool
	}{
		{Class{Opens: Date{2024, 2, 26}, Weeks: 1}, Date{2024, 3, 3}, true},
		{Class{Opens: Date{2024, 2, 26}, Closes: Date{2024, 3, 9}, Weeks: 1}, Date{2024, 3, 9}, true},
		{Class{Opens: Date{2024, 2, 26}}, Date{}, false},
		{Class{Weeks: 3}, Date{}, false},
	} {
		if _, to, ok := tt.class.Period(); to != tt.to || ok != tt.ok {
			t.Errorf("%+v ends on %s, known %v", tt.class, to, ok)
		}
	}
}

func TestLevels(t *testing.T) {
	if !(College.Level() < University.Level() && IntermediateTheory.Level() < AdvancedPoliticalTheory.Level() &&
		Expert.Level()+1 == PrincipalExpert.Level() && GradeCompleted.Level() < GradeGood.Level()) {
		t.Error("a ladder is upside down")
	}
	if Professional.Level() != 0 || Education("").Level() != 0 {
		t.Error("what is on no ladder has a level")
	}
}

func TestNeighbouringDays(t *testing.T) {
	for _, test := range []struct{ day, before Date }{
		{Date{2025, 8, 29}, Date{2025, 8, 28}}, {Date{2024, 3, 1}, Date{2024, 2, 29}}, {Date{2025, 1, 1}, Date{2024, 12, 31}}, {Date{2025, 0, 0}, Date{2025, 0, 0}},
	} {
		if got := test.day.DayBefore(); got != test.before {
			t.Errorf("before %s: %s", test.day, got)
		}
	}
	if got := (Date{2023, 12, 15}).AddMonths(14); got != (Date{2025, 2, 15}) {
		t.Errorf("14 months later: %s", got)
	}
	if got := (Date{Year: 2023}).AddMonths(24); got != (Date{Year: 2025}) {
		t.Errorf("24 months after 2023: %s", got)
	}
}
