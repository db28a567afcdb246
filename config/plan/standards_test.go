package plan

import (
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
)

// TestStandardsByDay repeats the figures of the acts with the days between
// which they hold, so that a slip in the data shows.
func TestStandardsByDay(t *testing.T) {
	p, _ := quangNgai(t)
	day := func(y, m, d int) reconcile.Date { return reconcile.Date{Year: y, Month: m, Day: d} }
	for _, test := range []struct {
		key    reconcile.StandardKey
		kind   reconcile.ProgramKind
		form   reconcile.Form
		on     reconcile.Date
		number int
		act    string // "" when none holds
	}{
		{reconcile.MinAgeMen, reconcile.AdvancedTheory, reconcile.PartTime, day(2024, 12, 31), 40, "57-QĐ/TW"},
		{reconcile.MinAgeWomen, reconcile.AdvancedTheory, reconcile.PartTime, day(2025, 8, 28), 38, "57-QĐ/TW"},
		{reconcile.MinAgeMen, reconcile.AdvancedTheory, reconcile.FullTime, day(2024, 12, 31), 0, ""},
		{reconcile.MinAgeMen, reconcile.AdvancedTheory, reconcile.PartTime, day(2022, 2, 7), 0, ""},
		{reconcile.MinAgeMen, reconcile.AdvancedTheory, reconcile.PartTime, day(2025, 8, 29), 0, "350-QĐ/TW"},
		{reconcile.MinAgeMen, reconcile.IntermediateStudy, reconcile.PartTime, day(2025, 8, 28), 35, "57-QĐ/TW"},
		{reconcile.MinAgeWomen, reconcile.IntermediateStudy, reconcile.PartTime, day(2025, 8, 28), 33, "57-QĐ/TW"},
		{reconcile.MinAgeMen, reconcile.IntermediateStudy, reconcile.PartTime, day(2025, 8, 29), 30, "350-QĐ/TW"},
		{reconcile.MinAgeWomen, reconcile.IntermediateStudy, reconcile.PartTime, day(2025, 8, 29), 28, "350-QĐ/TW"},
		{reconcile.GoodYears, reconcile.IntermediateStudy, "", day(2025, 8, 28), 0, ""},
		{reconcile.GoodYears, reconcile.IntermediateStudy, "", day(2025, 8, 29), 2, "350-QĐ/TW"},
		{reconcile.MinServiceYears, reconcile.PostgraduateStudy, "", day(2024, 9, 1), 3, "101/2017"},
		{reconcile.MaxFirstAge, reconcile.PostgraduateStudy, "", day(2024, 9, 1), 40, "101/2017"},
		{reconcile.MaxWeeks, reconcile.RankExpert, "", day(2024, 9, 1), 4, "89/2021"},
		{reconcile.MaxWeeks, reconcile.RankSenior, "", day(2021, 12, 9), 0, ""},
		{reconcile.Audience, reconcile.UpdateGroup3, "", day(2024, 5, 9), 0, "164-QĐ/TW"},
		{reconcile.Audience, reconcile.UpdateGroup3, "", day(2024, 5, 10), 0, "145-QĐ/TW"},
	} {
		s := p.Standards.At(test.key, test.kind, test.form, test.on)
		switch {
		case s == nil:
			if test.act != "" {
				t.Errorf("%s of %s on %s: none", test.key, test.kind, test.on)
			}
		case s.Number != test.number || test.act == "" || !strings.Contains(s.Act, test.act) || s.NotKnown != (test.number == 0):
			t.Errorf("%s of %s on %s: %+v", test.key, test.kind, test.on, s)
		}
	}
	if after := p.Standards.At(reconcile.MaxFirstAge, reconcile.PostgraduateStudy, "", day(2025, 9, 1)); after == nil || after.Binding() {
		t.Errorf("a figure that may not hold any more binds: %+v", after)
	}
}

// A plan's own standard goes before the general one of the same key.
func TestOwnStandardsComeFirst(t *testing.T) {
	p, _ := quangNgai(t)
	own := reconcile.Standard{
		Key: reconcile.MinAgeMen, Kinds: []reconcile.ProgramKind{reconcile.AdvancedTheory}, Form: reconcile.PartTime, Number: 38,
		From: p.From, To: p.To, Act: "Công văn của Ban Tổ chức", Sure: reconcile.Verified,
	}
	p.Standards = slices.Insert(slices.Clone(p.Standards), 0, own)
	if s := p.Standards.At(own.Key, reconcile.AdvancedTheory, reconcile.PartTime, p.To); s == nil || s.Number != 38 {
		t.Errorf("%+v", s)
	}
	if s := p.Standards.At(own.Key, reconcile.AdvancedTheory, reconcile.PartTime, p.To.AddYears(-1)); s == nil || s.Number != 40 {
		t.Errorf("outside of its days: %+v", s)
	}
}
