package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kp09 compares what was spent with what was estimated: cost item by cost item,
// program by program, and the whole with the plan's budget. An item alone only
// warns, since a class may spend on one what it saves on another.
func kp09() Rule {
	return Rule{
		ID: "KP09", Title: "Đã chi vượt dự toán",
		Sheet: ofSheet(overspentItems),
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
					Message:    fmt.Sprintf("Tổng số đã chi vượt %s so với kinh phí của Kế hoạch.", b.Spent.Plus(-in.Plan.Approved)),
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
		Message:    fmt.Sprintf("%s: đã chi vượt %s so với dự toán.", in.lineName(l), l.Spent.Plus(-l.Estimate)),
		Found:      fmt.Sprintf("đã chi %s (%s)", l.Spent, cells(at)),
		Expected:   fmt.Sprintf("không quá dự toán %s", l.Estimate),
		LegalBasis: moneyBasis(in),
		Remedy:     "Đối chiếu chứng từ và số đã chi; nếu đúng thì trình điều chỉnh dự toán.",
	})
}

func overspentItems(in *Input, e *estimates, report Report) {
	e.each(func(l *reconcile.EstimateLine, id string) {
		if l.Kind != reconcile.ItemLine || !l.HasSpent || !l.HasAmount || l.Spent <= l.Amount {
			return
		}
		at := l.Origin
		if cell := l.Readings.Get(reconcile.FieldSpent).Cell; cell != "" {
			at.Cell = cell
		}
		report(reconcile.Finding{
			Severity:   reconcile.SeverityWarning,
			Subject:    "item|" + id,
			Agency:     e.agency,
			Program:    only(l.Programs),
			Place:      at,
			Message:    fmt.Sprintf("Mục chi “%s”: đã chi vượt %s so với dự toán của mục.", cellText(l.Text), l.Spent.Plus(-l.Amount)),
			Found:      "đã chi " + l.Spent.String(),
			Expected:   fmt.Sprintf("không quá dự toán %s (%s)", l.Amount, cells([]reconcile.Origin{amountPlace(l)})),
			LegalBasis: moneyBasis(in),
			Remedy:     "Đối chiếu chứng từ và số đã chi của mục này; nếu đúng thì điều chỉnh giữa các mục trong dự toán của lớp, hoặc trình bổ sung.",
		})
	})
}
