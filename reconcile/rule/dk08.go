package rule

import (
	"fmt"

	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// dk08 asks whether a learner of defence training is in the group of the class:
// by the group that the row names, and by position. Group 4 is outside of the
// plan. Of positions it only warns, since the official list is not at hand.
func dk08() Rule {
	groups := []reconcile.ProgramKind{reconcile.DefenceGroup1, reconcile.DefenceGroup2, reconcile.DefenceGroup3}
	religious := []reconcile.ProgramKind{reconcile.DefenceReligious}
	return eligibility("DK08", "Đối tượng bồi dưỡng quốc phòng và an ninh chưa phù hợp",
		criterion{id: "group", name: "đối tượng ghi trong danh sách", kinds: groups, field: reconcile.FieldDefenceGroup, judge: judgeGroup},
		criterion{id: "position", name: "đối tượng theo chức vụ", kinds: groups, field: reconcile.FieldPosition, judge: judgeDefencePosition},
		criterion{id: "religious", name: "chức sắc, chức việc", kinds: religious, field: reconcile.FieldPosition, judge: judgeReligious})
}

// groupOf is the number of the group that a kind of program is for, 0 for none.
func groupOf(kind reconcile.ProgramKind) int {
	for i, k := range []reconcile.ProgramKind{reconcile.DefenceGroup1, reconcile.DefenceGroup2, reconcile.DefenceGroup3, reconcile.DefenceGroup4} {
		if k == kind {
			return i + 1
		}
	}
	return 0
}

func judgeGroup(c *candidate) answer {
	own, stated := groupOf(c.program.Kind), c.r.Career.DefenceGroup
	if stated == 0 || stated == own {
		return answer{verdict: holds} // most lists name the group by the class alone
	}
	a := answer{
		verdict: fails, severity: reconcile.SeverityError, basis: programBasis(c.in, c.program.Code),
		message:  fmt.Sprintf("Danh sách ghi đối tượng %d nhưng đăng ký lớp đối tượng %d.", stated, own),
		expected: fmt.Sprintf("đối tượng %d", own),
		remedy:   "Kiểm tra lại đối tượng và lớp đăng ký, sửa chỗ ghi sai.",
	}
	if stated == groupOf(reconcile.DefenceGroup4) {
		a.message = "Đối tượng 4 không thuộc các lớp quốc phòng và an ninh của Kế hoạch."
		a.expected = "đối tượng 1, 2, 3"
		a.remedy = "Rút đăng ký và đăng ký lớp đối tượng 4 do cấp huyện tổ chức."
	}
	return a
}

func judgeDefencePosition(c *candidate) answer {
	held := c.held()
	own := c.standard(reconcile.Audience)
	if c.program.Kind == reconcile.DefenceGroup3 && c.staffOfParty() {
		return answer{verdict: holds}
	}
	if own != nil && !own.NotKnown {
		if fit, _ := held.fit(own.Words); fit {
			return answer{verdict: holds}
		}
	}
	for _, kind := range []reconcile.ProgramKind{reconcile.DefenceReligious, reconcile.DefenceGroup2, reconcile.DefenceGroup3, reconcile.DefenceGroup4} {
		s := c.in.standard(standardRef{reconcile.Audience, kind, "", c.day})
		if kind == c.program.Kind || s == nil || s.NotKnown {
			continue
		}
		if fit, _ := held.fit(s.Words); fit {
			return suggestGroup(c, s, kind)
		}
	}
	if a, ok := settled(own); !ok {
		return a
	}
	return c.unknown(reconcile.FieldPosition, own.Act)
}

// staffOfParty: the staff of Party commissions are in group 3, as practised,
// while other staff are in group 4; titles alone do not tell them apart.
func (c *candidate) staffOfParty() bool {
	agency := c.in.agency(c.r.Agency)
	return agency != nil && agency.Bloc == reconcile.PartyBloc && c.level() != reconcile.CommuneLevel && c.held().holdsAny(title.Expert, title.PrincipalExpert, title.Staff)
}

func suggestGroup(c *candidate, s *reconcile.Standard, kind reconcile.ProgramKind) answer {
	if kind == reconcile.DefenceReligious {
		return warning(failing(s, "Chức sắc, chức việc tôn giáo học lớp riêng, không học lớp dành cho cán bộ.", "cán bộ, công chức, viên chức",
			"Chuyển đăng ký sang lớp dành cho chức sắc, chức việc các tôn giáo."))
	}
	remedy := fmt.Sprintf("Kiểm tra lại chức vụ; nếu đúng thì chuyển sang lớp đối tượng %d.", groupOf(kind))
	if kind == reconcile.DefenceGroup4 {
		remedy = "Kiểm tra lại chức vụ; nếu đúng thì rút đăng ký, vì đối tượng 4 không thuộc Kế hoạch."
	}
	return warning(failing(s, fmt.Sprintf("Theo chức vụ, người này thuộc đối tượng %d, không phải đối tượng %d.", groupOf(kind), groupOf(c.program.Kind)),
		fmt.Sprintf("chức vụ thuộc đối tượng %d", groupOf(c.program.Kind)), remedy))
}

// judgeReligious warns of officials in the class of dignitaries.
func judgeReligious(c *candidate) answer {
	s := c.standard(reconcile.Audience)
	if a, ok := settled(s); !ok {
		return a
	}
	held := c.held()
	if fit, _ := held.fit(s.Words); fit || c.r.Career.ReligiousRank != "" {
		return answer{verdict: holds}
	}
	official := len(held.titles) > 0 || c.r.Career.Employment != "" && c.r.Career.Employment != reconcile.PartTimer
	if official && !held.holdsAny(title.Village, title.PartTime) {
		return warning(failing(s, "Theo chức vụ, người này là cán bộ, công chức, viên chức, không phải chức sắc, chức việc tôn giáo.",
			"chức sắc, chức việc tôn giáo", "Kiểm tra lại; nếu là cán bộ thì chuyển sang lớp theo đối tượng của chức vụ."))
	}
	return c.unknown(reconcile.FieldPosition, s.Act)
}
