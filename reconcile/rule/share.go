package rule

import (
	"cmp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// share is one column of the allocation: the places of a set of programs, and
// how many of them each agency got.
type share struct {
	programs []string // sorted
	places   map[string]int
	// origins of the agencies' numbers, the topmost where one has several.
	origins map[string]reconcile.Origin
	total   int
}

// id names the column in subjects.
func (s *share) id() string { return strings.Join(s.programs, "+") }

// shares gathers the allocation by column, in a stable order. Subtotals are
// not shares; what goes to an agency that was not recognised counts in the
// total alone.
func (in *Input) shares() []*share {
	byID := make(map[string]*share)
	for i := range in.Allocations {
		a := &in.Allocations[i]
		if a.Subtotal || len(a.Programs) == 0 {
			continue
		}
		programs := sortedSet(a.Programs)
		id := strings.Join(programs, "+")
		s := byID[id]
		if s == nil {
			s = &share{programs: programs, places: make(map[string]int), origins: make(map[string]reconcile.Origin)}
			byID[id] = s
		}
		s.total += a.Places
		if a.Agency == "" {
			continue
		}
		s.places[a.Agency] += a.Places
		if at, ok := s.origins[a.Agency]; !ok || in.comparePlaces(a.Origin, at) < 0 {
			s.origins[a.Agency] = a.Origin
		}
	}
	return sortedShares(byID)
}

func sortedShares(byID map[string]*share) []*share {
	all := make([]*share, 0, len(byID))
	for _, s := range byID {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *share) int { return cmp.Compare(a.id(), b.id()) })
	return all
}

func sortedSet(list []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// programNames names a set of programs for people.
func (in *Input) programNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = in.Plan.ProgramName(code)
	}
	return strings.Join(names, "; ")
}

// only is the program when there is just one.
func only(programs []string) string {
	if len(programs) == 1 {
		return programs[0]
	}
	return ""
}
