package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// kp06 compares the learners that an estimate is reckoned for with the places
// of the plan and with the valid registrations. It must be one of the two:
// before the deadline the places, after it the people.
func kp06() Rule {
	return Rule{
		ID: "KP06", Title: "Số học viên trong dự toán không khớp",
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 {
				report(estimatesMissing(in))
				return
			}
			heads := in.headcounts()
			for _, h := range heads {
				if places := in.Plan.PlacesOf(h.programs); places > 0 {
					headcount(in, h, places, report)
				}
			}
			for i := range in.Plan.Groups {
				if g := &in.Plan.Groups[i]; g.Shared && g.Quota.Places > 0 {
					if h, ok := together(g.Programs, heads); ok {
						headcount(in, h, g.Quota.Places, report)
					}
				}
			}
		},
	}
}

// heads are the learners that estimates state for programs together.
type heads struct {
	programs []string // sorted
	learners int
	at       []reconcile.Origin
}

// headcounts gathers what the lines of programs state, the office's own lines
// before the lists'.
func (in *Input) headcounts() []heads {
	var all []heads
	index := make(map[string]int)
	for _, kind := range []reconcile.EstimateKind{reconcile.BudgetedLine, reconcile.ProgramLine} {
		settled := len(all)
		for i := range in.Estimates {
			l := &in.Estimates[i]
			if l.Kind != kind || l.Learners <= 0 || len(l.Programs) == 0 {
				continue
			}
			programs := sortedSet(l.Programs)
			id := strings.Join(programs, "+")
			at, ok := index[id]
			switch {
			case !ok:
				at = len(all)
				index[id] = at
				all = append(all, heads{programs: programs})
			case at < settled:
				continue // the office has the word
			}
			all[at].learners += l.Learners
			all[at].at = append(all[at].at, fieldPlace(l, reconcile.FieldLearners))
		}
	}
	for i := range all {
		slices.SortFunc(all[i].at, in.comparePlaces)
	}
	slices.SortFunc(all, func(a, b heads) int { return slices.Compare(a.programs, b.programs) })
	return all
}

// together adds the learners of all members of a group; false when not all of
// them are stated, or some together with programs outside it.
func together(members []string, all []heads) (heads, bool) {
	sum := heads{programs: sortedSet(members)}
	seen := 0
	for _, h := range all {
		inside := 0
		for _, code := range h.programs {
			if slices.Contains(members, code) {
				inside++
			}
		}
		switch {
		case inside == 0:
			continue
		case inside < len(h.programs), inside == len(members):
			return sum, false // common with others, or compared by itself
		}
		seen += inside
		sum.learners += h.learners
		sum.at = append(sum.at, h.at...)
	}
	return sum, seen == len(sum.programs)
}

func headcount(in *Input, h heads, places int, report Report) {
	people := len(in.valid(h.programs))
	if h.learners == places || h.learners == people {
		return
	}
	severity := reconcile.SeverityWarning
	if quota, ok := in.quotaOf(h.programs); ok && h.learners > places && h.learners <= limit(quota) {
		severity = reconcile.SeverityInfo // still about the number that the plan calls approximate
	}
	report(reconcile.Finding{
		Severity: severity,
		Subject:  strings.Join(h.programs, "+"),
		Program:  only(h.programs),
		Place:    h.at[0],
		Related:  h.at[1:],
		Message: fmt.Sprintf("%s: dự toán tính cho %s học viên, không bằng chỉ tiêu %s và cũng không bằng %s đăng ký hợp lệ.",
			in.groupName(h.programs), count(h.learners), count(places), count(people)),
		Found:      fmt.Sprintf("%s học viên (%s)", count(h.learners), cells(h.at)),
		Expected:   fmt.Sprintf("%s chỉ tiêu, hoặc %s đăng ký hợp lệ", count(places), count(people)),
		LegalBasis: moneyBasis(in),
		Remedy:     "Lập lại dự toán theo chỉ tiêu của Kế hoạch, hoặc theo số đăng ký hợp lệ sau khi hết hạn đăng ký.",
	})
}

// groupName is the group that the programs are the whole of, else their names.
func (in *Input) groupName(programs []string) string {
	for i := range in.Plan.Groups {
		if g := &in.Plan.Groups[i]; len(programs) > 1 && slices.Equal(sortedSet(g.Programs), programs) {
			return g.Name
		}
	}
	return in.programNames(programs)
}
