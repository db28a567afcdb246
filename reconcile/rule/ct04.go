package rule

import (
	"fmt"
	"maps"
	"slices"

	"doisoat/reconcile"
)

// nearDays is how long before the deadline unused places become a finding: two
// working weeks, in which an agency can still choose people and have its
// committee agree. Earlier, empty places are only lists that are not finished.
const nearDays = 14

// ct04 finds places left unused when the deadline is near or has passed: per
// agency and column of the allocation, and per number of the plan.
func ct04() Rule {
	return Rule{
		ID: "CT04", Title: "Còn chỉ tiêu chưa sử dụng khi sắp hết hạn",
		Plan: func(in *Input, report Report) {
			if in.Deadline.IsZero() {
				report(notChecked("deadline", noDeadline, duty(in), "Đặt hạn gửi danh sách (mục deadline trong cấu hình)."))
				return
			}
			if in.notYet(nearFrom(in.Deadline)) {
				return
			}
			shares := in.shares()
			if len(shares) == 0 {
				report(allocationsMissing(in))
			}
			sent := in.senders()
			for _, s := range shares {
				agencies := byAgency(in.valid(s.programs))
				for _, agency := range slices.Sorted(maps.Keys(s.places)) {
					// Of those that sent nothing NG01 tells all there is to tell.
					if left := s.places[agency] - len(agencies[agency]); left > 0 && sent[agency] {
						report(unusedShare(in, s, agency, left))
					}
				}
			}
			wholes, _ := in.targets()
			for _, t := range wholes {
				if left := t.quota.Places - len(in.valid(t.programs)); left > 0 {
					report(unusedPlaces(in, t, left))
				}
			}
		},
	}
}

// nearFrom is the first day on which the deadline is near.
func nearFrom(deadline reconcile.Date) reconcile.Date {
	return reconcile.Date{Year: deadline.Year, Month: max(deadline.Month, 1), Day: max(deadline.Day, 1)}.AddDays(-nearDays)
}

func unusedShare(in *Input, s *share, agency string, left int) reconcile.Finding {
	places := s.places[agency]
	return reconcile.Finding{
		Severity: reconcile.SeverityWarning,
		Subject:  agency + "|" + s.id(),
		Agency:   agency,
		Program:  only(s.programs),
		Message: fmt.Sprintf("Còn %s trong %s chỉ tiêu được phân bổ chưa có đăng ký hợp lệ (%s), hạn gửi %s.",
			count(left), count(places), in.programNames(s.programs), in.Deadline.Vietnamese()),
		Found:      count(places-left) + " đăng ký hợp lệ",
		Expected:   count(places) + " chỉ tiêu được phân bổ",
		LegalBasis: programBasis(in, s.programs[0]),
		Remedy:     "Cử thêm người đủ điều kiện, sửa các dòng còn lỗi, hoặc trả lại chỉ tiêu không dùng.",
	}
}

func unusedPlaces(in *Input, t target, left int) reconcile.Finding {
	return reconcile.Finding{
		Severity: reconcile.SeverityInfo,
		Subject:  "plan|" + t.id,
		Program:  only(t.programs),
		Message: fmt.Sprintf("%s còn %s trong %s chỉ tiêu chưa có đăng ký hợp lệ, hạn gửi %s.",
			t.name, count(left), count(t.quota.Places), in.Deadline.Vietnamese()),
		Found:      count(t.quota.Places-left) + " đăng ký hợp lệ",
		Expected:   quotaWords(t.quota),
		LegalBasis: programBasis(in, t.programs[0]),
		Remedy:     "Đôn đốc các cơ quan cử người, hoặc điều chuyển chỉ tiêu không dùng.",
	}
}
