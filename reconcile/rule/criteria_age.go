package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// oldEnough asks for a least age by year of birth, another for men than for
// women. Where the year is reached and the birthday is not, it warns.
func oldEnough(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "age", name: "tuổi", kinds: kinds, field: reconcile.FieldBirthDate, judge: judgeAge}
}

func judgeAge(c *candidate) answer {
	men, women := c.standard(reconcile.MinAgeMen), c.standard(reconcile.MinAgeWomen)
	for _, s := range []*reconcile.Standard{men, women} {
		if a, ok := settled(s); !ok {
			return a
		}
	}
	born := c.r.BirthDate
	if born.IsZero() {
		return c.unknown(reconcile.FieldBirthDate, men.Act)
	}
	s, years := men, c.day.Year-born.Year
	switch {
	case c.r.Sex == reconcile.Female:
		s = women
	case c.r.Sex == reconcile.Male:
	case years >= max(men.Number, women.Number) || years < min(men.Number, women.Number):
		// The sex does not matter.
		if women.Number < men.Number {
			s = women
		}
	default:
		return c.unknown(reconcile.FieldSex, men.Act)
	}
	expected := fmt.Sprintf("nam từ %d tuổi, nữ từ %d tuổi trở lên, tính theo năm sinh", men.Number, women.Number)
	const remedy = "Chuyển đăng ký sang hệ tập trung, hoặc cử người đủ tuổi; trường hợp đặc biệt xin ý kiến cấp có thẩm quyền."
	switch {
	case years < s.Number:
		a := failing(s, fmt.Sprintf("Chưa đủ tuổi học hệ không tập trung: năm %d mới %d tuổi tính theo năm sinh.", c.day.Year, years), expected, remedy)
		return a
	case years == s.Number && c.dated && born.IsFull() && c.day.SurelyBefore(born.AddYears(s.Number)):
		return warning(failing(s, fmt.Sprintf("Đủ %d tuổi nếu tính theo năm sinh, nhưng đến ngày khai giảng chưa đủ tuổi tròn.", s.Number), expected,
			"Xin ý kiến Ban Tổ chức Tỉnh ủy về cách tính tuổi đối với trường hợp này."))
	}
	return answer{verdict: holds}
}

// youngEnough asks that somebody who is first sent to postgraduate training is
// not beyond an age in full years.
func youngEnough(kinds ...reconcile.ProgramKind) criterion {
	return criterion{id: "age", name: "tuổi", kinds: kinds, field: reconcile.FieldBirthDate, judge: func(c *candidate) answer {
		return c.ofCivilService(judgeFirstAge(c))
	}}
}

func judgeFirstAge(c *candidate) answer {
	s := c.standard(reconcile.MaxFirstAge)
	if a, ok := settled(s); !ok {
		return a
	}
	born := c.r.BirthDate
	switch {
	case c.r.Career.FirstPostgraduate == reconcile.No:
		return answer{verdict: holds}
	case born.IsZero():
		return c.unknown(reconcile.FieldBirthDate, s.Act)
	}
	failed := func(message string) answer {
		a := failing(s, message, fmt.Sprintf("không quá %d tuổi khi được cử đi sau đại học lần đầu", s.Number),
			"Kiểm tra ngày sinh và việc được cử đi học lần đầu; nếu đúng thì cử người khác, hoặc ghi rõ không phải lần đầu.")
		if c.r.Education.Level() >= reconcile.Master.Level() && c.r.Career.FirstPostgraduate == reconcile.NoReply {
			return warning(a) // perhaps sent before
		}
		return a
	}
	// The day after which the person is surely one year too old.
	tooOld, reached := born.AddYears(s.Number+1), born.AddYears(s.Number)
	switch {
	case c.dated && (tooOld == c.day || tooOld.SurelyBefore(c.day)), c.day.Year-born.Year > s.Number+1:
		return failed(fmt.Sprintf("Đã quá %d tuổi khi được cử đi học sau đại học lần đầu.", s.Number))
	case c.day.Year-born.Year == s.Number+1 || c.dated && (reached == c.day || reached.SurelyBefore(c.day)):
		return warning(failed(fmt.Sprintf("Sát giới hạn %d tuổi: đã hoặc sẽ tròn tuổi giới hạn trong năm học, cần xác định theo ngày cử đi học.", s.Number)))
	}
	return answer{verdict: holds}
}
