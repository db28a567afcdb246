package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kp01 compares the sum of all estimates with the plan's budget. The plan says
// that its content gives way to the money the authority approves, not the
// money to the content: passing the sum is an error until it is approved.
func kp01() Rule {
	return Rule{
		ID: "KP01", Title: "Tổng dự toán vượt kinh phí của kế hoạch",
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 {
				report(estimatesMissing(in))
				return
			}
			b := BudgetOf(in)
			if n := len(b.Unread); n > 0 {
				f := notChecked("amounts", fmt.Sprintf("%d dòng dự toán chưa có số tiền nên chưa tính vào tổng", n), moneyBasis(in),
					"Ghi số tiền của từng dòng dự toán, dạng số.")
				f.Place, f.Related = b.Unread[0], b.Unread[1:]
				report(f)
			}
			if b.Estimated > in.Plan.Approved {
				report(overBudget(in, b))
			}
		},
	}
}

func overBudget(in *Input, b reconcile.Budget) reconcile.Finding {
	detailed := 0
	for i := range b.Lines {
		if b.Lines[i].Estimate != b.Lines[i].Line {
			detailed++
		}
	}
	over := b.Estimated - in.Plan.Approved
	return reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    "budget",
		Message:    fmt.Sprintf("Tổng dự toán các lớp vượt %s so với kinh phí của Kế hoạch.", over),
		Found:      fmt.Sprintf("%s (%d khoản, trong đó %d khoản theo dự toán chi tiết)", b.Estimated, len(b.Lines), detailed),
		Expected:   fmt.Sprintf("không quá %s", in.Plan.Approved),
		LegalBasis: moneyBasis(in),
		Remedy:     "Giảm dự toán hoặc số lớp, hoặc trình cấp có thẩm quyền phê duyệt bổ sung kinh phí.",
	}
}
