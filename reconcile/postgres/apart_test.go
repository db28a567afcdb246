package postgres_test

import (
	"context"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"

	"github.com/google/go-cmp/cmp"
)

// doubt is a TL05 about the registrations a and b.
func doubt(a, b string, settled bool) reconcile.Finding {
	f := reconcile.Finding{Rule: "TL05", Severity: reconcile.SeverityWarning, Agency: "S03"}
	f.Subject, f.Same, f.Settled = a+"~"+b, []reconcile.Couple{{A: a, B: b}}, settled
	return f
}

func (l *ledger) respond(code, word, source string) {
	l.t.Helper()
	l.in(func(ctx context.Context, tx postgres.Tx) error {
		_, err := l.SaveResponses(ctx, tx, planID, l.run, []reconcile.Response{{Code: code, Answer: word, Origin: reconcile.Origin{Source: source}}}, day(2))
		return err
	})
}

func (l *ledger) wantApart(what string, want ...reconcile.Couple) {
	l.t.Helper()
	got, err := l.Apart(context.Background(), planID)
	if err != nil {
		l.t.Fatal(err)
	}
	if len(want) == 0 && len(got) == 0 {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		l.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// "Not one person" is kept for ever: over runs that no longer find anything,
// and until whoever said it takes it back or the office says otherwise.
func TestApartIsKept(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	ab := reconcile.Couple{A: "a~0123456789ab", B: "b~0123456789ab"}
	f := doubt(ab.A, ab.B, false)
	code := f.Code(planID)
	l.find(day(2), f)
	l.wantApart("before anybody answered")
	l.respond(code, string(reconcile.AnswerAdvice), "S03.xlsx")
	l.wantApart("a question says nothing")
	l.respond(code, string(reconcile.AnswerCorrect), "S03.xlsx")
	l.wantApart("answered", ab)

	l.next(day(3))
	l.find(day(2))
	l.wantApart("the finding is gone", ab)
	l.next(day(4))
	l.find(day(2), doubt(ab.A, ab.B, true))
	d, err := l.Discrepancies(context.Background(), planID, postgres.Filter{Rule: "TL05"})
	if err != nil || len(d) != 1 || d[0].Status != reconcile.StatusWaived {
		t.Fatalf("a settled finding is %+v (%v)", d, err)
	}

	l.decide(day(2), code, string(reconcile.Refused))
	l.wantApart("the office's word goes before the agency's")
	l.decide(day(2), code, string(reconcile.Opinion))
	l.wantApart("the office took its word back", ab)
	l.respond(code, "", "S03.xlsx")
	l.wantApart("the agency emptied its answer")
	l.decide(day(2), code, string(reconcile.Accepted))
	l.wantApart("the office accepts", ab)
}

// The pairs are those of the moment of the answer, whatever the finding says
// later.
func TestApartKeepsThePairsThatWereAnswered(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	twice := reconcile.Finding{Rule: "TL01", Severity: reconcile.SeverityError, Agency: "S03"}
	twice.Subject, twice.Same = "a", []reconcile.Couple{{A: "a", B: "b"}}
	l.find(day(2), twice)
	l.respond(twice.Code(planID), string(reconcile.AnswerCorrect), "S03.xlsx")
	l.next(day(3))
	twice.Same = []reconcile.Couple{{A: "a", B: "c"}}
	l.find(day(2), twice)
	l.respond(twice.Code(planID), string(reconcile.AnswerCorrect), "S03.xlsx")
	l.wantApart("another row came", reconcile.Couple{A: "a", B: "b"})
}

// When the registration is gone of which it was said, it holds for the others
// of the same person.
func TestApartHoldsForThePerson(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	save := func(persons []reconcile.Person) {
		if err := l.SavePersons(context.Background(), planID, l.run, persons, nil, day(2)); err != nil {
			t.Fatal(err)
		}
	}
	save(people([]string{"a", "a2"}, []string{"b"}))
	f := doubt("a", "b", false)
	l.find(day(2), f)
	l.respond(f.Code(planID), string(reconcile.AnswerCorrect), "S03.xlsx")
	l.wantApart("both are there", reconcile.Couple{A: "a", B: "b"})
	save(people([]string{"a2"}, []string{"b"}))
	l.wantApart("one is gone", reconcile.Couple{A: "a2", B: "b"})
	save(people([]string{"a", "a2"}, []string{"b"}))
	l.wantApart("it is back", reconcile.Couple{A: "a", B: "b"})
}

// A person keeps its number when the only registration's name is mended, but
// not when anything else could be meant.
func TestMendedNameKeepsThePerson(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	one := func(key string, year int) reconcile.Person {
		return reconcile.Person{Members: []*reconcile.Registration{{Key: key, BirthDate: reconcile.Date{Year: year, Month: 3, Day: 9}}}}
	}
	save := func(persons ...reconcile.Person) (ids []string) {
		if err := l.SavePersons(context.Background(), planID, l.run, persons, nil, day(2)); err != nil {
			t.Fatal(err)
		}
		for _, p := range persons {
			ids = append(ids, p.ID)
		}
		return ids
	}
	for _, step := range []struct {
		name    string
		persons []reconcile.Person
		want    []string
	}{
		{"first", []reconcile.Person{one("S03|CV|nguyển bình", 1980), one("S03|CV|lê an", 1981)}, []string{"P1", "P2"}},
		{"the name is mended", []reconcile.Person{one("S03|CV|nguyễn bình", 1980), one("S03|CV|lê an", 1981)}, []string{"P1", "P2"}},
		{"the birth date is mended", []reconcile.Person{one("S03|CV|nguyễn bình", 1980), one("S03|CV|lê an", 1982)}, []string{"P1", "P2"}},
		{"somebody else instead", []reconcile.Person{one("S03|CV|nguyễn bình", 1980), one("S03|CV|hồ chín", 1990)}, []string{"P1", "P3"}},
	} {
		if diff := cmp.Diff(step.want, save(step.persons...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}
