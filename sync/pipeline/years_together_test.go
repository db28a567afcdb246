//go:build !race

package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// These runs start nothing that others do not: the detector sees the same jobs
// in every other test of a run, and would take minutes for these.

// However the runs of two plans follow on each other in one database, each plan
// ends as it would alone, byte for byte.
func TestPlansNeverDisturbEachOther(t *testing.T) {
	var alone []ending
	for _, y := range years() {
		b := newBenchOn(t, newStore(t), y.plan)
		for _, step := range y.steps {
			step(b)
			b.run()
		}
		alone = append(alone, b.ending().timeless())
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint("order ", seed), func(t *testing.T) {
			store := newStore(t)
			var benches []*bench
			var turns []int
			for i, y := range years() {
				benches = append(benches, newBenchOn(t, store, y.plan))
				turns = append(turns, slices.Repeat([]int{i}, len(y.steps))...)
			}
			rng := rand.New(rand.NewPCG(seed, 1))
			rng.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
			done := make([]int, len(benches))
			for _, i := range turns {
				years()[i].steps[done[i]](benches[i])
				benches[i].run()
				done[i]++
			}
			for i, b := range benches {
				if diff := cmp.Diff(alone[i], b.ending().timeless()); diff != "" {
					t.Errorf("turns %v: %s (-alone +together):\n%s", turns, b.plan.ID, diff)
				}
			}
		})
	}
}
