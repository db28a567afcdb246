package postgres_test

import (
	"context"
	"errors"
	"testing"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSavePlan(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store := pgtest.New(t)
	if _, _, err := store.LoadPlan(ctx, planID); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("loading before saving: %v, want ErrNotFound", err)
	}
	plan, register := testPlan(), testRegister()
	more := testPlan()
	more.Programs[0].Quota.Places = 55
	fewer := testRegister()
	fewer.Agencies = fewer.Agencies[1:]
	other := testRegister()
	other.Agencies[1].Aliases = []reconcile.Alias{{Text: "Bình Sơn"}}

	for _, step := range []struct {
		name     string
		plan     *reconcile.Plan
		register *reconcile.Register
		changed  bool
	}{
		{"first", plan, register, true},
		{"again", plan, register, false},
		{"another quota", more, register, true},
		{"an agency less", more, fewer, true},
		{"another alias", more, other, true},
		{"again", more, other, false},
	} {
		changed, err := store.SavePlan(ctx, step.plan, step.register)
		if err != nil {
			t.Fatal(err)
		}
		if changed != step.changed {
			t.Errorf("%s: changed %t, want %t", step.name, changed, step.changed)
		}
		gotPlan, gotRegister, err := store.LoadPlan(ctx, planID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.plan, gotPlan, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: plan (-saved +loaded):\n%s", step.name, diff)
		}
		if diff := cmp.Diff(step.register, gotRegister, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: register (-saved +loaded):\n%s", step.name, diff)
		}
	}
	var programs, versions int
	err := store.Pool().QueryRow(ctx, `SELECT (SELECT sum(places) FROM program), (SELECT count(*) FROM plan_version)`).Scan(&programs, &versions)
	if err != nil || programs != 115 || versions != 4 {
		t.Errorf("%d places, %d versions (%v), want 115 and 4", programs, versions, err)
	}
	plans, err := store.Plans(ctx)
	if err != nil || len(plans) != 1 || plans[0].ID != planID || plans[0].Year != 2024 {
		t.Errorf("Plans: %+v, %v", plans, err)
	}
}

// After a merger the province is called as before, and codes mean other bodies:
// saving one plan's register leaves the other's what it was.
func TestRegistersOfTwoPlansAreApart(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	store := pgtest.New(t)
	later := testPlan()
	later.ID, later.Year = "quang-ngai-2026", 2026
	merged := testRegister()
	merged.Agencies = []reconcile.Agency{{Code: "H01", Name: "xã Bình Sơn", Bloc: reconcile.StateBloc, Level: reconcile.CommuneLevel}}
	registers := map[*reconcile.Plan]*reconcile.Register{testPlan(): testRegister(), later: merged}
	for _, want := range []bool{true, false} { // a second time there is nothing to save
		for plan, register := range registers {
			if changed, err := store.SavePlan(ctx, plan, register); err != nil || changed != want {
				t.Errorf("%s: changed %t (%v), want %t", plan.ID, changed, err, want)
			}
		}
	}
	for plan, register := range registers {
		_, got, err := store.LoadPlan(ctx, plan.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(register, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: register (-saved +loaded):\n%s", plan.ID, diff)
		}
	}
}

// people makes one person per list of registration keys.
func people(groups ...[]string) []reconcile.Person {
	persons := make([]reconcile.Person, len(groups))
	for i, keys := range groups {
		for _, key := range keys {
			persons[i].Members = append(persons[i].Members, &reconcile.Registration{Key: key})
		}
	}
	return persons
}

func TestSavePersonsKeepsIDs(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	save := func(persons []reconcile.Person) []string {
		if err := l.SavePersons(context.Background(), planID, l.run, persons, nil, day(2)); err != nil {
			t.Fatal(err)
		}
		var ids []string
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
		{"first", people([]string{"a", "b", "c"}, []string{"d"}), []string{"P1", "P2"}},
		{"another order", people([]string{"d"}, []string{"c", "b", "a"}), []string{"P2", "P1"}},
		{"one falls into two: the larger part keeps the number", people([]string{"a"}, []string{"b", "c"}, []string{"d"}), []string{"P3", "P1", "P2"}},
		{"two become one: the more registrations", people([]string{"b", "c", "d"}, []string{"a"}), []string{"P1", "P3"}},
		{"gone, and a new one", people([]string{"e"}), []string{"P4"}},
		{"back again", people([]string{"e"}, []string{"a"}, []string{"b"}), []string{"P4", "P3", "P1"}},
		{"two want one number: the smaller key", people([]string{"c"}, []string{"b"}), []string{"P5", "P1"}},
	} {
		if diff := cmp.Diff(step.want, save(step.persons)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	ids, err := l.PersonIDs(context.Background(), planID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"c": "P5", "b": "P1"}, ids); diff != "" {
		t.Errorf("PersonIDs (-want +got):\n%s", diff)
	}
	versions := func() (all string) {
		err := l.Pool().QueryRow(context.Background(), `
			SELECT string_agg(registration_key || xmin::text || ctid::text, ' ' ORDER BY registration_key) FROM person_registration`).Scan(&all)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := versions()
	if err := l.SavePersons(context.Background(), planID, l.run, people([]string{"b"}, []string{"c"}), nil, day(3)); err != nil {
		t.Fatal(err)
	}
	if after := versions(); after != before {
		t.Errorf("saving the same persons again wrote rows: %s, then %s", before, after)
	}
}
