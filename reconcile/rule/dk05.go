package rule

import (
	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// dk05 asks whether position or planned position fits the audience of a
// program. It only warns, since titles are free text.
func dk05() Rule {
	return eligibility("DK05", "Chức vụ, quy hoạch chưa phù hợp đối tượng của lớp", criterion{
		id: "audience", name: "đối tượng theo chức vụ, quy hoạch", field: reconcile.FieldPosition, judge: judgeAudience,
		kinds: []reconcile.ProgramKind{reconcile.AdvancedTheory, reconcile.IntermediateStudy, reconcile.UpdateGroup3, reconcile.UpdateGroup4},
	})
}

func judgeAudience(c *candidate) answer {
	s := c.standard(reconcile.Audience)
	if a, ok := settled(s); !ok {
		return a
	}
	fit, open := c.held().fit(s.Words)
	planned, plannedOpen := false, c.r.Career.PlannedPosition == "" && !c.in.has(c.r, reconcile.FieldPlannedPosition)
	if c.r.Career.PlannedPosition != "" {
		planned, plannedOpen = c.planned().fit(s.Words)
	}
	other := c.otherWays()
	switch {
	case fit || planned || other.verdict == holds:
		return answer{verdict: holds}
	case open:
		return c.unknown(reconcile.FieldPosition, s.Act)
	case plannedOpen:
		return c.unknown(reconcile.FieldPlannedPosition, s.Act)
	case other.verdict != fails:
		return other
	}
	return warning(failing(s, "Chức vụ và quy hoạch ghi trong danh sách chưa thuộc đối tượng của lớp.",
		"chức vụ hoặc chức danh quy hoạch thuộc đối tượng của lớp",
		"Kiểm tra lại chức vụ, chức danh quy hoạch; nếu thuộc trường hợp tương đương hoặc đặc biệt thì ghi rõ căn cứ."))
}

// otherWays are the ways into the advanced course besides offices: years as
// chuyên viên chính, years of teaching political theory.
func (c *candidate) otherWays() answer {
	if s := c.standard(reconcile.MinRankYears); s != nil && !s.NotKnown {
		if c.r.Career.Rank == reconcile.PrincipalExpert || c.r.Career.Rank == "" && c.held().holdsAny(title.PrincipalExpert) {
			return c.yearsOf(s, c.r.Career.RankSince, c.r.Career.RankMonths, reconcile.FieldRankSince)
		}
		if c.r.Career.Rank == reconcile.SeniorExpert || c.held().holdsAny(title.SeniorExpert) {
			return answer{verdict: holds}
		}
	}
	if s := c.standard(reconcile.MinTeachingYears); s != nil && !s.NotKnown && c.held().holdsAny(title.Lecturer) {
		return c.yearsOf(s, c.r.Career.Recruited, 0, reconcile.FieldRecruited)
	}
	return answer{verdict: fails}
}

// yearsOf asks for years counted from a date, or given in months.
func (c *candidate) yearsOf(s *reconcile.Standard, since reconcile.Date, months int, f reconcile.Field) answer {
	switch {
	case months == 0 && since.IsZero():
		return c.unknown(f, s.Act)
	case months >= s.Number*12, months == 0 && !c.day.SurelyBefore(since.AddYears(s.Number)):
		return answer{verdict: holds}
	}
	return answer{verdict: fails}
}
