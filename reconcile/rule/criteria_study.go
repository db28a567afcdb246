package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// The criteria of this file are shared by the rules about political theory.

// fullMember asks for a full member of the Party on the day of the class.
func fullMember(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "party", name: "tư cách đảng viên chính thức", kinds: kinds, field: reconcile.FieldOfficialDate, judge: judgeFullMember}
}

func judgeFullMember(c *candidate) answer {
	s := c.standard(reconcile.PartyStatus)
	if a, ok := settled(s); !ok {
		return a
	}
	failed := func(message string) answer {
		return failing(s, message, "đảng viên chính thức, có ngày công nhận chính thức trước ngày học",
			"Ghi ngày công nhận đảng viên chính thức theo hồ sơ đảng viên; nếu chưa được công nhận thì cử người khác.")
	}
	reading, own := c.r.Readings.Lookup(reconcile.FieldOfficialDate)
	switch {
	case !c.r.OfficialDate.IsZero():
		if c.day.SurelyBefore(c.r.OfficialDate) {
			return failed("Đến ngày học vẫn chưa là đảng viên chính thức.")
		}
		return answer{verdict: holds}
	case memberReply(c.r) == reconcile.No:
		a := failed("Người được cử không phải là đảng viên.")
		a.field = reconcile.FieldPartyMember
		return a
	case own && reconcile.Clean(reading.Text) == "" && c.r.PartyDate.IsZero() && c.in.has(c.r, reconcile.FieldPartyDate):
		if party := c.r.Readings.Get(reconcile.FieldPartyDate); party.Fault != reconcile.NoFault {
			return answer{verdict: told}
		}
		return failed("Chưa ghi ngày vào Đảng và ngày công nhận đảng viên chính thức.")
	case own && reconcile.Clean(reading.Text) == "":
		return failed("Chưa ghi ngày công nhận đảng viên chính thức.")
	case c.stillOnProbation():
		return warning(failed("Theo ngày vào Đảng thì đến ngày học vẫn còn trong thời gian dự bị."))
	}
	return c.unknown(reconcile.FieldOfficialDate, s.Act)
}

// stillOnProbation: by the date of joining the time of probation surely lasts
// beyond the day. How long it lasts is no verified figure.
func (c *candidate) stillOnProbation() bool {
	s := c.standard(reconcile.ProbationMonths)
	return s != nil && !s.NotKnown && c.r.PartyDate.IsFull() && c.day.SurelyBefore(c.r.PartyDate.AddMonths(s.Number))
}

// memberReply is what a column "Đảng viên" answers.
func memberReply(r *reconcile.Registration) reconcile.Reply {
	reading, ok := r.Readings.Lookup(reconcile.FieldPartyMember)
	switch key := reconcile.ASCII(reading.Text); {
	case !ok || key == "":
		return reconcile.NoReply
	case key == "khong" || key == "chua" || key == "quan chung" || key == "0" || key == "-":
		return reconcile.No
	}
	return reconcile.Yes
}

// member asks for a member of the Party, on probation or full.
func member(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "party", name: "tư cách đảng viên", kinds: kinds, field: reconcile.FieldPartyDate, judge: judgeMember}
}

func judgeMember(c *candidate) answer {
	s := c.standard(reconcile.PartyStatus)
	if a, ok := settled(s); !ok {
		return a
	}
	failed := func(message string) answer {
		return failing(s, message, "đảng viên, dự bị hoặc chính thức",
			"Ghi ngày vào Đảng theo hồ sơ đảng viên; nếu chưa là đảng viên thì cử người khác.")
	}
	reading, own := c.r.Readings.Lookup(reconcile.FieldPartyDate)
	switch {
	case !c.r.OfficialDate.IsZero() && !c.day.SurelyBefore(c.r.OfficialDate):
		return answer{verdict: holds}
	case !c.r.PartyDate.IsZero():
		if c.day.SurelyBefore(c.r.PartyDate) {
			return failed("Đến ngày học vẫn chưa vào Đảng.")
		}
		return answer{verdict: holds}
	case memberReply(c.r) == reconcile.Yes:
		return answer{verdict: holds}
	case memberReply(c.r) == reconcile.No:
		a := failed("Người được cử không phải là đảng viên.")
		a.field = reconcile.FieldPartyMember
		return a
	case own && reading.Fault == reconcile.NoFault:
		return failed("Chưa ghi ngày vào Đảng.")
	}
	return c.unknown(reconcile.FieldPartyDate, s.Act)
}

// educated asks for a level of education; where the standard lets members of
// ethnic minorities have less, theirs is a warning.
func educated(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "education", name: "trình độ chuyên môn", kinds: kinds, field: reconcile.FieldEducation, judge: judgeEducation}
}

func judgeEducation(c *candidate) answer {
	s := c.standard(reconcile.MinEducation)
	if a, ok := settled(s); !ok {
		return a
	}
	least := reconcile.Education(s.Words[0])
	have := c.r.Education
	switch {
	case have == "":
		return c.unknown(reconcile.FieldEducation, s.Act)
	case have.Level() >= least.Level():
		return answer{verdict: holds}
	}
	a := failing(s, fmt.Sprintf("Trình độ chuyên môn (%s) thấp hơn yêu cầu của lớp.", have.Vietnamese()), least.Vietnamese()+" trở lên",
		"Kiểm tra lại trình độ chuyên môn theo hồ sơ; nếu đúng thì cử người khác đủ điều kiện.")
	relaxed := c.standard(reconcile.MinorityMinimum)
	if relaxed == nil || relaxed.NotKnown {
		return a
	}
	least = reconcile.Education(relaxed.Words[0])
	a.expected += fmt.Sprintf(" (cán bộ người dân tộc thiểu số: xem xét từ %s)", least.Vietnamese())
	if have.Level() >= least.Level() && c.minority() == reconcile.Yes {
		a.severity, a.basis = reconcile.SeverityWarning, relaxed.Act
		a.message = fmt.Sprintf("Trình độ chuyên môn (%s) chỉ được xem xét vì là cán bộ người dân tộc thiểu số.", have.Vietnamese())
		a.remedy = "Xin ý kiến Ban Tổ chức Tỉnh ủy về việc áp dụng điều kiện đối với cán bộ người dân tộc thiểu số."
	}
	return a
}

// notYetTrained asks that the learner does not have already what the class
// leads to.
func notYetTrained(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "theory", name: "trình độ lý luận chính trị", kinds: kinds, field: reconcile.FieldPoliticalTheory, judge: func(c *candidate) answer {
		s := c.standard(reconcile.TheoryBelow)
		if a, ok := settled(s); !ok {
			return a
		}
		have, below := c.r.PoliticalTheory, reconcile.PoliticalTheory(s.Words[0])
		switch {
		case have == "":
			return c.unknown(reconcile.FieldPoliticalTheory, s.Act)
		case have.Level() < below.Level():
			return answer{verdict: holds}
		}
		return failing(s, fmt.Sprintf("Đã có trình độ %s lý luận chính trị, không học lại lớp này.", have.Vietnamese()),
			"chưa có trình độ "+below.Vietnamese()+" lý luận chính trị", "Kiểm tra lại trình độ lý luận chính trị theo hồ sơ; nếu đúng thì rút đăng ký.")
	}}
}
