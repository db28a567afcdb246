package rule

import (
	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// dk07 asks whether a learner of a first degree is one of the plan's cases: of
// an ethnic minority at commune level, a profession that it names, a second
// degree. It only warns: reorganisations and hardship are not in any list.
func dk07() Rule {
	kinds := []reconcile.ProgramKind{reconcile.UniversityStudy}
	return eligibility("DK07", "Chưa rõ thuộc đối tượng đào tạo đại học", committed(kinds...), criterion{
		id: "case", name: "đối tượng đào tạo đại học", kinds: kinds, field: reconcile.FieldPosition, judge: judgeUniversityCase,
	})
}

func judgeUniversityCase(c *candidate) answer {
	s := c.standard(reconcile.Audience)
	if a, ok := settled(s); !ok {
		return a
	}
	fit, open := c.held().fit(s.Words)
	if fit || c.r.Education.Level() >= reconcile.University.Level() { // a second degree
		return answer{verdict: holds}
	}
	commune := c.level() == reconcile.CommuneLevel || c.held().holdsAny(title.PartTime)
	switch {
	case commune && c.minority() == reconcile.Yes:
		return answer{verdict: holds}
	case open && c.level() == "":
		return c.unknown(reconcile.FieldPosition, s.Act)
	case commune && c.minority() == reconcile.NoReply:
		return c.unknown(reconcile.FieldEthnicity, s.Act)
	case c.r.Education == "":
		return c.unknown(reconcile.FieldEducation, s.Act)
	case open:
		return c.unknown(reconcile.FieldPosition, s.Act)
	}
	return warning(failing(s, "Chưa thấy người này thuộc trường hợp nào được cử đi đào tạo đại học theo Kế hoạch.",
		"cán bộ, công chức cấp xã là người dân tộc thiểu số, viên chức giáo dục, y tế, hoặc trường hợp khác mà Kế hoạch nêu",
		"Ghi rõ ở cột Ghi chú thuộc trường hợp nào (vùng đặc biệt khó khăn, sắp xếp tổ chức, văn bằng hai …)."))
}
