package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// ofCivilService applies an answer to cadres and civil servants only. Of whom
// nobody knows what they are, only a condition that is met anyway is settled.
func (c *candidate) ofCivilService(a answer) answer {
	switch c.employment() {
	case reconcile.Cadre, reconcile.CivilServant:
		return a
	case "":
		if a.verdict == fails || a.verdict == lacking || a.verdict == unread {
			return c.unknown(reconcile.FieldEmployment, a.basis)
		}
		return a
	}
	return answer{verdict: holds}
}

// servedLongEnough asks for full years of service without probation.
func servedLongEnough(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "service", name: "thời gian công tác", kinds: kinds, field: reconcile.FieldRecruited, judge: func(c *candidate) answer {
		return c.ofCivilService(judgeService(c))
	}}
}

func judgeService(c *candidate) answer {
	s := c.standard(reconcile.MinServiceYears)
	if a, ok := settled(s); !ok {
		return a
	}
	since := c.r.Career.Recruited
	if since.IsZero() {
		return c.unknown(reconcile.FieldRecruited, s.Act)
	}
	failed := func(message string) answer {
		return failing(s, message, fmt.Sprintf("đủ %d năm công tác, không kể thời gian tập sự", s.Number),
			"Kiểm tra ngày tuyển dụng và thời gian tập sự theo hồ sơ; nếu chưa đủ thời gian thì để đợt sau.")
	}
	if c.day.SurelyBefore(since.AddYears(s.Number)) {
		return failed(fmt.Sprintf("Chưa đủ %d năm công tác tính đến ngày học.", s.Number))
	}
	if probation := c.standard(reconcile.ProbationMonths); probation != nil && !probation.NotKnown &&
		c.day.SurelyBefore(since.AddYears(s.Number).AddMonths(probation.Number)) {
		return warning(failed(fmt.Sprintf("Có thể chưa đủ %d năm công tác nếu trừ thời gian tập sự.", s.Number)))
	}
	return answer{verdict: holds}
}

// wellRated asks for good ratings in the years just before. everybody applies
// it to public servants as well.
func wellRated(everybody bool, kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "rating", name: "xếp loại hai năm liền kề", kinds: kinds, field: reconcile.FieldRating, judge: func(c *candidate) answer {
		if everybody {
			return judgeRatings(c)
		}
		return c.ofCivilService(judgeRatings(c))
	}}
}

func judgeRatings(c *candidate) answer {
	s, least := c.standard(reconcile.GoodYears), c.standard(reconcile.MinRating)
	for _, one := range []*reconcile.Standard{s, least} {
		if a, ok := settled(one); !ok {
			return a
		}
	}
	known, years := 0, make(map[int]bool)
	for _, rating := range c.r.Career.Ratings {
		if rating.Year != 0 && (rating.Year >= c.day.Year || rating.Year < c.day.Year-s.Number) {
			continue // of another year than those that count
		}
		if rating.Grade.Level() < reconcile.Grade(least.Words[0]).Level() {
			year := ""
			if rating.Year != 0 {
				year = fmt.Sprintf(" năm %d", rating.Year)
			}
			a := failing(s, fmt.Sprintf("Xếp loại%s là %s, chưa đạt điều kiện.", year, gradeWord(rating.Grade)),
				fmt.Sprintf("%d năm liền kề được xếp loại từ %s trở lên", s.Number, gradeWord(reconcile.Grade(least.Words[0]))),
				"Kiểm tra lại kết quả xếp loại; nếu đúng thì cử người khác đủ điều kiện.")
			a.found, a.cell = gradeWord(rating.Grade), rating.Cell
			return a
		}
		if rating.Year == 0 || !years[rating.Year] { // as an official and as a member of the Party: one year
			known++
		}
		years[rating.Year] = true
	}
	if known < s.Number {
		return c.unknown(reconcile.FieldRating, s.Act)
	}
	return answer{verdict: holds}
}

func gradeWord(g reconcile.Grade) string {
	switch g {
	case reconcile.GradeExcellent:
		return "hoàn thành xuất sắc nhiệm vụ"
	case reconcile.GradeGood:
		return "hoàn thành tốt nhiệm vụ"
	case reconcile.GradeCompleted:
		return "hoàn thành nhiệm vụ"
	}
	return "không hoàn thành nhiệm vụ"
}

// committed asks for the promise to serve on after the training.
func committed(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "commitment", name: "cam kết phục vụ", kinds: kinds, field: reconcile.FieldCommitment, judge: func(c *candidate) answer {
		s := c.standard(reconcile.CommitmentTimes)
		if a, ok := settled(s); !ok {
			return a
		}
		switch c.r.Career.Commitment {
		case reconcile.Yes:
			return answer{verdict: holds}
		case reconcile.No:
			return failing(s, "Chưa có cam kết phục vụ sau đào tạo.", fmt.Sprintf("cam kết phục vụ ít nhất %d lần thời gian đào tạo", s.Number),
				"Lập bản cam kết thực hiện nhiệm vụ sau khi hoàn thành chương trình đào tạo.")
		}
		return c.unknown(reconcile.FieldCommitment, s.Act)
	}}
}

// ofLevel asks that the learner works at one of the levels.
func ofLevel(severity reconcile.Severity, kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "level", name: "cấp công tác", kinds: kinds, field: reconcile.FieldPosition, judge: func(c *candidate) answer {
		s := c.standard(reconcile.AgencyLevels)
		if a, ok := settled(s); !ok {
			return a
		}
		have := c.level()
		if have == "" {
			return c.unknown(reconcile.FieldPosition, s.Act)
		}
		expected := ""
		for i, level := range s.Words {
			if reconcile.Level(level) == have {
				return answer{verdict: holds}
			}
			if i > 0 {
				expected += ", "
			}
			expected += levelWord(reconcile.Level(level))
		}
		a := failing(s, "Người được cử công tác ở "+levelWord(have)+", không thuộc đối tượng của lớp.", "công tác ở "+expected,
			"Kiểm tra lại chức vụ, đơn vị công tác; nếu đúng thì rút đăng ký hoặc chuyển sang lớp phù hợp.")
		a.severity = severity
		return a
	}}
}

func levelWord(l reconcile.Level) string {
	switch l {
	case reconcile.ProvinceLevel:
		return "cấp tỉnh"
	case reconcile.DistrictLevel:
		return "cấp huyện"
	case reconcile.CommuneLevel:
		return "cấp xã"
	}
	return "cơ quan Trung ương"
}
