package rule

import (
	"fmt"
	"math/big"

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
	f, ok := passed(l.Projected, l.Cost())
	if !ok {
		return
	}
	if f.Severity != reconcile.SeverityError {
		// A line that fills up is what its places are for: nothing is amiss as
		// long as the money lasts.
		f.Severity = reconcile.SeverityInfo
	}
	f.Subject = "line|" + lineID(l)
	f.Program = only(l.Programs)
	f.Place = l.Origin
	f.Message = fmt.Sprintf("%s: kinh phí dự kiến theo đăng ký hợp lệ %s.", in.programNames(l.Programs), f.Message)
	f.Found = fmt.Sprintf("%s cho %s đăng ký hợp lệ", l.Projected, count(l.Registered))
	f.Expected = fmt.Sprintf("không quá %s cho %s học viên", l.Cost(), count(l.Learners))
	f.LegalBasis = moneyBasis(in)
	switch left := l.Cost().Plus(-l.Projected); {
	case left < 0:
		f.Remedy = "Cân đối số người cử học với dự toán của lớp, hoặc trình điều chỉnh dự toán."
	case left == 0:
		f.Remedy = "Không nhận thêm đăng ký vào lớp này khi chưa được bổ sung kinh phí."
	default:
		f.Remedy = fmt.Sprintf("Cân nhắc số kinh phí còn lại (%s) trước khi nhận thêm đăng ký vào lớp này.", left)
	}
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
// an error when there is more to pay than money.
func passed(spent, whole reconcile.VND) (reconcile.Finding, bool) {
	beyond := func(percent int) bool { return whole > 0 && spent > whole.Share(percent, 100) }
	f := reconcile.Finding{Severity: reconcile.SeverityInfo, Message: "đã dùng " + percent(spent, whole) + " số tiền dự toán"}
	switch {
	case beyond(100):
		f.Severity, f.Message = reconcile.SeverityError, fmt.Sprintf("vượt %s so với số tiền dự toán", spent.Plus(-whole))
	case spent == whole && whole > 0:
		f.Severity, f.Message = reconcile.SeverityWarning, "vừa hết số tiền dự toán"
	case beyond(95):
		f.Severity = reconcile.SeverityWarning
	case !beyond(80):
		return f, false
	}
	return f, true
}

// percent is the share in per cent, cut after the first decimal, so that what
// is not the whole is never 100.
func percent(part, whole reconcile.VND) string {
	if whole <= 0 {
		return "0%"
	}
	n := new(big.Int).Mul(big.NewInt(int64(part)), big.NewInt(1000))
	return thousandths(100*n.Div(n, big.NewInt(int64(whole))).Int64()) + "%"
}
