package rule

import (
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// ct05 finds columns of the allocation that do not add up to the plan's number,
// and subtotals of the allocation that are not the sum of their lines.
func ct05() Rule {
	return Rule{
		ID: "CT05", Title: "Phân bổ không khớp với chỉ tiêu của kế hoạch",
		Plan: func(in *Input, report Report) {
			shares := in.shares()
			if len(shares) == 0 {
				report(allocationsMissing(in))
				return
			}
			for _, s := range shares {
				if quota, ok := in.quotaOf(s.programs); ok && s.total != quota.Places {
					report(notTheQuota(in, s, quota))
				}
			}
			allocationSums(in, report)
		},
	}
}

// quotaOf is the plan's number for a set of programs: the program's own, the
// group's when the set is a whole group, the sum where all have numbers. There
// is none for a part of the programs that share one number.
func (in *Input) quotaOf(programs []string) (reconcile.Quota, bool) {
	for i := range in.Plan.Groups {
		g := &in.Plan.Groups[i]
		if slices.Equal(sortedSet(g.Programs), programs) {
			return g.Quota, g.Quota.Places > 0
		}
	}
	var sum reconcile.Quota
	for i, code := range programs {
		p := in.Plan.Program(code)
		if p == nil || p.Quota.Places == 0 {
			return reconcile.Quota{}, false
		}
		places := sum.Places + p.Quota.Places
		if i == 0 || severityRank(overSeverity(p.Quota)) < severityRank(overSeverity(sum)) {
			sum = p.Quota
		}
		sum.Places = places
	}
	return sum, sum.Places > 0
}

func notTheQuota(in *Input, s *share, quota reconcile.Quota) reconcile.Finding {
	f := reconcile.Finding{
		Severity:   overSeverity(quota),
		Subject:    s.id(),
		Program:    only(s.programs),
		Place:      in.firstPlace(s),
		Found:      "tổng phân bổ " + count(s.total),
		Expected:   quotaWords(quota),
		LegalBasis: programBasis(in, s.programs[0]),
		Remedy:     "Rà soát bảng phân bổ để tổng các cơ quan bằng chỉ tiêu của Kế hoạch, hoặc ghi căn cứ điều chỉnh.",
	}
	name := in.programNames(s.programs)
	if s.total > quota.Places {
		f.Message = fmt.Sprintf("Tổng phân bổ cho các cơ quan vượt %s so với chỉ tiêu (%s).", count(s.total-quota.Places), name)
		if s.total <= limit(quota) {
			f.Severity = reconcile.SeverityInfo
		}
		return f
	}
	// Fewer places than the plan has hurt nobody's right, they are only not
	// shared out yet.
	f.Message = fmt.Sprintf("Còn %s chỉ tiêu chưa phân bổ cho cơ quan nào (%s).", count(quota.Places-s.total), name)
	if f.Severity == reconcile.SeverityError {
		f.Severity = reconcile.SeverityWarning
	} else {
		f.Severity = reconcile.SeverityInfo
	}
	return f
}

// firstPlace is the topmost number of the column.
func (in *Input) firstPlace(s *share) reconcile.Origin {
	var first reconcile.Origin
	for _, at := range s.origins {
		if first == (reconcile.Origin{}) || in.comparePlaces(at, first) < 0 {
			first = at
		}
	}
	return first
}
