package postgres_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"doisoat/reconcile"
)

// byCitizenID introduces people by their numbers.
func byCitizenID(n reconcile.Newcomers) []int {
	found := make([]int, len(n.Persons))
	for i := range found {
		found[i] = slices.IndexFunc(n.Known, func(p reconcile.Person) bool {
			return p.Members[0].CitizenID == n.Persons[i].Members[0].CitizenID
		})
	}
	return found
}

// citizens are people with the numbers of that many from first on, in one list.
func citizens(first, n int) []reconcile.Person {
	persons := make([]reconcile.Person, n)
	for i := range persons {
		id := fmt.Sprintf("0512%08d", first+i)
		persons[i].Members = []*reconcile.Registration{{
			Key: "S03|CCLLCT-TT|nguyễn thị " + id, FullName: "Nguyễn Thị Hạnh", CitizenID: id, Agency: "S03",
			BirthDate: reconcile.Date{Year: 1980, Month: 5, Day: 1 + i%28},
		}}
	}
	return persons
}

// Lists that come at the same moment, in whatever order their steps mix, end
// with one number for each human being.
func TestListsAtOnceShareTheirPersons(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	ctx := context.Background()
	const lists, people, shift = 6, 40, 10 // each shares people with the next three
	plans := make([]string, lists)
	for i := range plans {
		p := testPlan()
		p.ID = fmt.Sprintf("tinh-%d-2024", i)
		if _, err := l.SavePlan(ctx, p, testRegister()); err != nil {
			t.Fatal(err)
		}
		plans[i] = p.ID
	}
	for round := range 2 { // the first time, and with newcomers among known people
		var group sync.WaitGroup
		for i, plan := range plans {
			group.Go(func() {
				if err := l.SavePersons(ctx, plan, l.run, citizens(i*shift+round*500, people+5*round), byCitizenID, day(2)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		numbers, humans := make(map[string]string), make(map[string]string)
		for _, plan := range plans {
			ids, err := l.PersonIDs(ctx, plan)
			if err != nil {
				t.Fatal(err)
			}
			for key, id := range ids {
				human := key[len(key)-12:]
				if other, ok := numbers[human]; ok && other != id {
					t.Errorf("round %d: %s is %s and %s", round, human, other, id)
				}
				if other, ok := humans[id]; ok && other != human {
					t.Errorf("round %d: %s is %s and %s", round, id, other, human)
				}
				numbers[human], humans[id] = id, human
			}
		}
		if want := (lists-1)*shift + people + 5*round; len(humans) != want {
			t.Errorf("round %d: %d persons, want %d", round, len(humans), want)
		}
	}
}

// A program that ends after it saved a list, and before it compared it with the
// others, leaves that to the next run.
func TestIntroducingIsMadeUpFor(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	later := testPlan()
	later.ID = "quang-ngai-2026"
	if _, err := l.SavePlan(context.Background(), later, testRegister()); err != nil {
		t.Fatal(err)
	}
	save := func(ctx context.Context, plan string, introduce reconcile.Introduce) (string, error) {
		persons := citizens(0, 1)
		err := l.SavePersons(ctx, plan, l.run, persons, introduce, day(2))
		return persons[0].ID, err
	}
	first, err := save(context.Background(), planID, byCitizenID)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if _, err := save(ctx, later.ID, func(n reconcile.Newcomers) []int { cancel(); return byCitizenID(n) }); err == nil {
		t.Fatal("saved although the program ended")
	}
	met := false
	second, err := save(context.Background(), later.ID, func(n reconcile.Newcomers) []int { met = true; return byCitizenID(n) })
	if err != nil || !met || second != first {
		t.Errorf("compared: %v; %s in one list and %s in the other, %v", met, first, second, err)
	}
	again := 0
	if _, err := save(context.Background(), later.ID, func(n reconcile.Newcomers) []int { again++; return byCitizenID(n) }); err != nil || again != 0 {
		t.Errorf("compared once more with nothing new: %d, %v", again, err)
	}
}

// Three lists that came at once: the third met the second, whose own comparing
// was still to come, before it met the first. The second has to bring all of
// them together, though it knows the third already.
func TestIntroducingJoinsThoseWhoMissedEachOther(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	plans := []string{"tinh-1-2024", "tinh-2-2024", "tinh-3-2024"}
	for _, plan := range plans {
		p := testPlan()
		p.ID = plan
		if _, err := l.SavePlan(context.Background(), p, testRegister()); err != nil {
			t.Fatal(err)
		}
	}
	save := func(ctx context.Context, plan string, introduce reconcile.Introduce) error {
		return l.SavePersons(ctx, plan, l.run, citizens(0, 1), introduce, day(2))
	}
	lastOf := func(n reconcile.Newcomers) []int { return []int{len(n.Known) - 1} }
	if err := save(context.Background(), plans[0], byCitizenID); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := save(ctx, plans[1], func(n reconcile.Newcomers) []int { cancel(); return byCitizenID(n) }); err == nil {
		t.Fatal("saved although the program ended")
	}
	once := false
	err := save(context.Background(), plans[2], func(n reconcile.Newcomers) []int {
		if once {
			return slices.Repeat([]int{-1}, len(n.Persons)) // it missed the first
		}
		once = true
		return lastOf(n)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := save(context.Background(), plans[1], byCitizenID); err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]bool)
	for _, plan := range plans {
		found, err := l.PersonIDs(context.Background(), plan)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range found {
			ids[id] = true
		}
	}
	if len(ids) != 1 {
		t.Errorf("one human being is %v", ids)
	}
}
