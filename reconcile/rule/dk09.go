package rule

import "doisoat/reconcile"

// dk09 asks whether title and level fit each of the four courses of Party
// building. What the plan says of the audience of the first three is definite,
// so a title that was understood as a whole and is another one is an error.
func dk09() Rule {
	return eligibility("DK09", "Chức vụ chưa phù hợp lớp công tác xây dựng Đảng",
		criterion{
			id: "audience", name: "đối tượng theo chức vụ", field: reconcile.FieldPosition, judge: judgePartyCourse,
			kinds: []reconcile.ProgramKind{reconcile.PartyCommissions, reconcile.PartySecretaries, reconcile.PartyOffices},
		},
		criterion{
			id: "commune", name: "đối tượng cấp xã", field: reconcile.FieldPosition, judge: judgeCommuneParty,
			kinds: []reconcile.ProgramKind{reconcile.PartyOrganisation},
		})
}

func judgePartyCourse(c *candidate) answer {
	s := c.standard(reconcile.Audience)
	if a, ok := settled(s); !ok {
		return a
	}
	switch fit, open := c.held().fit(s.Words); {
	case fit:
		return answer{verdict: holds}
	case open:
		return c.unknown(reconcile.FieldPosition, s.Act)
	}
	return failing(s, "Chức vụ không thuộc đối tượng của lớp "+c.in.Plan.ProgramName(c.program.Code)+".", "chức vụ, cấp công tác đúng đối tượng mà Kế hoạch nêu",
		"Kiểm tra lại chức vụ, đơn vị công tác; nếu đúng thì chuyển sang lớp phù hợp hoặc rút đăng ký.")
}

// judgeCommuneParty: of a commune only secretary and deputy secretary.
func judgeCommuneParty(c *candidate) answer {
	s := c.standard(reconcile.CommuneAudience)
	if a, ok := settled(s); !ok {
		return a
	}
	if c.level() != reconcile.CommuneLevel {
		return answer{verdict: holds}
	}
	switch fit, open := c.held().fit(s.Words); {
	case fit:
		return answer{verdict: holds}
	case open:
		return c.unknown(reconcile.FieldPosition, s.Act)
	}
	return warning(failing(s, "Ở cấp xã, lớp này chỉ dành cho bí thư, phó bí thư.", "bí thư, phó bí thư cấp xã",
		"Kiểm tra lại chức vụ; nếu đúng thì chuyển sang lớp dành cho cán bộ, công chức cấp xã."))
}
