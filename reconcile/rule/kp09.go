package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kp09 compares what was spent with what was estimated, program by program, and
// the whole with the plan's budget.
func kp09() Rule {
	return Rule{
		ID: "KP09", Title: "Đã chi vượt dự toán",
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 {
				report(estimatesMissing(in))
				return
			}
			b := BudgetOf(in)
			if !b.HasSpent {
				report(notChecked("spent", "chưa có số đã chi", moneyBasis(in),
					"Ghi số đã chi vào cột “Đã chi” của bảng dự toán, hoặc mục spent trong tệp dữ liệu."))
				return
			}
			for i := range b.Lines {
				overspent(in, &b.Lines[i], report)
			}
			if b.Spent > in.Plan.Approved {
				report(reconcile.Finding{
					Severity:   reconcile.SeverityError,
					Subject:    "total",
					Message:    fmt.Sprintf("Tổng số đã chi vượt kinh phí của Kế hoạch %s.", b.Spent.Plus(-in.Plan.Approved)),
					Found:      b.Spent.String(),
					Expected:   fmt.Sprintf("không quá %s", in.Plan.Approved),
					LegalBasis: moneyBasis(in),
					Remedy:     "Đối chiếu chứng từ; phần vượt phải được cấp có thẩm quyền bổ sung kinh phí.",
				})
			}
		},
	}
}

func overspent(in *Input, l *reconcile.BudgetLine, report Report) {
	if !l.HasSpent || l.Estimate <= 0 || l.Spent <= l.Estimate {
		return
	}
	at := l.SpentAt
	if len(at) == 0 {
		at = []reconcile.Origin{l.Origin}
	}
	report(reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    lineID(l),
		Program:    only(l.Programs),
		Place:      at[0],
		Related:    at[1:],
		Message:    fmt.Sprintf("%s: đã chi vượt dự toán %s.", in.lineName(l), l.Spent.Plus(-l.Estimate)),
		Found:      fmt.Sprintf("đã chi %s (%s)", l.Spent, cells(at)),
		Expected:   fmt.Sprintf("không quá dự toán %s", l.Estimate),
		LegalBasis: moneyBasis(in),
		Remedy:     "Đối chiếu chứng từ và số đã chi; nếu đúng thì trình điều chỉnh dự toán.",
	})
}
