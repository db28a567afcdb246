package rule

import (
	"slices"
	"strings"

	"doisoat/reconcile"
)

// dk10 asks whether learners of the courses for communes work in a commune, and
// in a relation that the course is for: part-time workers only in the first.
func dk10() Rule {
	kinds := []reconcile.ProgramKind{reconcile.CommuneStaff, reconcile.CommuneOfficers}
	return eligibility("DK10", "Không thuộc đối tượng lớp dành cho cấp xã", ofLevel(reconcile.SeverityWarning, kinds...), criterion{
		id: "employment", name: "loại cán bộ", kinds: kinds, field: reconcile.FieldEmployment, judge: judgeEmployment,
	})
}

func judgeEmployment(c *candidate) answer {
	s := c.standard(reconcile.Employments)
	if a, ok := settled(s); !ok {
		return a
	}
	level := c.level()
	if level != "" && level != reconcile.CommuneLevel {
		return answer{verdict: holds} // the level is told of by itself
	}
	have := c.employment()
	if have == "" {
		if held := c.held(); held.whole && level == reconcile.CommuneLevel {
			// The offices of a commune are held by cadres and civil servants,
			// and part-time work is named as such.
			return answer{verdict: holds}
		}
		return c.unknown(reconcile.FieldEmployment, s.Act)
	}
	if slices.Contains(s.Words, string(have)) {
		return answer{verdict: holds}
	}
	allowed := make([]string, len(s.Words))
	for i, w := range s.Words {
		allowed[i] = employmentWord(reconcile.Employment(w))
	}
	a := failing(s, "Lớp này không dành cho "+employmentWord(have)+".", strings.Join(allowed, ", "),
		"Kiểm tra lại loại cán bộ; nếu đúng thì chuyển sang lớp phù hợp hoặc rút đăng ký.")
	if c.r.Career.Employment == "" { // inferred from the title
		a.field = reconcile.FieldPosition
	}
	return a
}

func employmentWord(e reconcile.Employment) string {
	switch e {
	case reconcile.Cadre:
		return "cán bộ"
	case reconcile.CivilServant:
		return "công chức"
	case reconcile.PublicServant:
		return "viên chức"
	case reconcile.PartTimer:
		return "người hoạt động không chuyên trách"
	}
	return "người lao động hợp đồng"
}
