package rule

import (
	"strings"

	"doisoat/reconcile"
)

// dk06 finds learners of postgraduate training who do not meet the conditions:
// cadres and civil servants by service, ratings and age, public servants by the
// end of their probation, all by their promise to serve on.
func dk06() Rule {
	const kind = reconcile.PostgraduateStudy
	return eligibility("DK06", "Chưa đủ điều kiện đào tạo sau đại học",
		servedLongEnough(kind), wellRated(false, kind), youngEnough(kind), committed(kind),
		ofLevel(reconcile.SeverityWarning, kind),
		criterion{id: "probation", name: "tập sự", kinds: []reconcile.ProgramKind{kind}, field: reconcile.FieldEmployment, judge: judgeTrainee},
		criterion{id: "degree", name: "trình độ đầu vào", kinds: []reconcile.ProgramKind{kind}, field: reconcile.FieldEducation, judge: judgeDegree})
}

func judgeTrainee(c *candidate) answer {
	s := c.standard(reconcile.CommitmentTimes)
	if a, ok := settled(s); !ok {
		return a
	}
	if !c.r.Career.Trainee {
		return answer{verdict: holds}
	}
	return failing(s, "Người được cử còn đang tập sự.", "đã hết thời gian tập sự", "Để đợt sau, khi đã hết thời gian tập sự.")
}

// judgeDegree compares the degree that a person has with the one that the class
// leads to, as far as its name says which.
func judgeDegree(c *candidate) answer {
	s := c.standard(reconcile.CommitmentTimes)
	if a, ok := settled(s); !ok {
		return a
	}
	have := c.r.Education
	if have == "" {
		return c.unknown(reconcile.FieldEducation, s.Act)
	}
	warn := func(message, expected string) answer {
		a := warning(failing(s, message, expected, "Kiểm tra lại trình độ chuyên môn và bậc đào tạo đăng ký."))
		a.basis = programBasis(c.in, c.program.Code)
		return a
	}
	to := degreeOf(c.r.ProgramText)
	switch {
	case have.Level() < reconcile.University.Level():
		return warn("Chưa có bằng đại học mà đăng ký đào tạo sau đại học.", "đã tốt nghiệp đại học")
	case to != "" && have.Level() >= to.Level():
		return warn("Đã có trình độ bằng hoặc cao hơn bậc đào tạo đăng ký.", "bậc đào tạo cao hơn trình độ hiện có")
	}
	return answer{verdict: holds}
}

func degreeOf(text string) reconcile.Education {
	key := reconcile.ASCII(text)
	switch {
	case strings.Contains(key, "tien si") || strings.Contains(key, "tien sy") || strings.Contains(key, "nghien cuu sinh"):
		return reconcile.Doctor
	case strings.Contains(key, "thac si") || strings.Contains(key, "thac sy") || strings.Contains(key, "cao hoc"):
		return reconcile.Master
	}
	return ""
}
