package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kp08 projects what the valid registrations will cost and tells when that
// passes 80, 95 or 100 per cent of a program's line or of the whole budget.
// The finding stays the same while its severity rises.
func kp08() Rule {
	return Rule{
		ID: "KP08", Title: "Kinh phí dự kiến theo đăng ký gần hết hoặc vượt",
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 {
				report(estimatesMissing(in))
				return
			}
			b := BudgetOf(in)
			unknown := 0
			for i := range b.Lines {
				l := &b.Lines[i]
				switch {
				case l.SelfPaid || l.Cost() == 0:
				case l.Learners == 0 && l.Registered > 0:
					unknown++
				case l.Learners > 0:
					projectedLine(in, l, report)
				}
			}
			if unknown > 0 {
				report(notChecked("learners", fmt.Sprintf("%d khoản dự toán có đăng ký nhưng không ghi số học viên", unknown), moneyBasis(in),
					"Ghi số học viên của từng khoản dự toán để tính được kinh phí cho một học viên."))
			}
			projectedTotal(in, b, report)
		},
	}
}

func projectedLine(in *Input, l *reconcile.BudgetLine, report Report) {
	name := in.programNames(l.Programs)
	f, ok := passed(l.Projected, l.Cost())
	if !ok {
		return
	}
	f.Subject = "line|" + lineID(l)
	f.Program = only(l.Programs)
	f.Place = l.Origin
	f.Message = fmt.Sprintf("%s: kinh phí dự kiến theo đăng ký hợp lệ %s.", name, f.Message)
	f.Found = fmt.Sprintf("%s cho %s đăng ký hợp lệ", l.Projected, count(l.Registered))
	f.Expected = fmt.Sprintf("%s cho %s học viên", l.Cost(), count(l.Learners))
	f.LegalBasis = moneyBasis(in)
	f.Remedy = "Cân đối số người cử học với dự toán của lớp, hoặc điều chỉnh dự toán."
	report(f)
}

func projectedTotal(in *Input, b reconcile.Budget, report Report) {
	f, ok := passed(b.Projected, in.Plan.Approved)
	if !ok {
		return
	}
	f.Subject = "total"
	f.Message = fmt.Sprintf("Kinh phí dự kiến cho mọi đăng ký hợp lệ %s.", f.Message)
	f.Found = b.Projected.String()
	f.Expected = fmt.Sprintf("không quá %s", in.Plan.Approved)
	f.LegalBasis = moneyBasis(in)
	f.Remedy = "Giãn lịch mở lớp, giảm số người cử học, hoặc trình bổ sung kinh phí."
	report(f)
}

// passed begins the finding that spent is more than one of the marks of whole:
// an early word at 80 per cent, a warning at 95 while there is still time, and
// an error when the money is at its end.
func passed(spent, whole reconcile.VND) (reconcile.Finding, bool) {
	beyond := func(percent int) bool { return whole > 0 && spent > whole.Share(percent, 100) }
	switch {
	case beyond(100):
		return reconcile.Finding{Severity: reconcile.SeverityError, Message: "vượt 100% số tiền dự toán"}, true
	case beyond(95):
		return reconcile.Finding{Severity: reconcile.SeverityWarning, Message: "vượt 95% số tiền dự toán"}, true
	case beyond(80):
		return reconcile.Finding{Severity: reconcile.SeverityInfo, Message: "vượt 80% số tiền dự toán"}, true
	}
	return reconcile.Finding{}, false
}
