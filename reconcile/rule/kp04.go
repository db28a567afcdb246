package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kp04 finds subtotals and totals of an estimate that are not the sum of the
// lines they stand for.
func kp04() Rule {
	return Rule{
		ID: "KP04", Title: "Cộng dự toán không khớp các dòng", Alone: true,
		Sheet: ofSheet(sums), Plan: ofConfiguration(sums),
	}
}

func sums(in *Input, e *estimates, report Report) {
	e.each(func(l *reconcile.EstimateLine, id string) {
		if l.Kind != reconcile.SubtotalLine && l.Kind != reconcile.TotalLine || !l.HasAmount {
			return
		}
		f := reconcile.Finding{
			Severity:   reconcile.SeverityError,
			Subject:    id,
			Agency:     e.agency,
			Program:    only(l.Programs),
			Place:      amountPlace(l),
			Found:      l.Amount.String(),
			LegalBasis: moneyBasis(in),
		}
		if len(l.Lines) == 0 {
			f.NotChecked = true
			f.Message = fmt.Sprintf("Chưa kiểm tra được dòng cộng “%s”: không rõ dòng này cộng những dòng nào.", cellText(l.Text))
			f.Expected = "dòng cộng cho thấy rõ gồm những dòng nào"
			f.Remedy = "Đánh số mục (I, 1, 2…) để thấy dòng cộng gồm những dòng nào."
			report(f)
			return
		}
		sum, empty := e.sum(l)
		if sum == l.Amount {
			return
		}
		f.Message = fmt.Sprintf("Dòng “%s” không bằng tổng %d dòng mà nó cộng.", cellText(l.Text), len(l.Lines))
		if empty > 0 && sum < l.Amount {
			// What is missing may make up the difference.
			f.NotChecked = true
			f.Message = fmt.Sprintf("Chưa kiểm tra được dòng cộng “%s”: %d trong %d dòng chưa có số tiền.", cellText(l.Text), empty, len(l.Lines))
			f.Expected = "mỗi dòng được cộng có số tiền"
			f.Remedy = "Ghi số tiền của từng dòng, dạng số."
			report(f)
			return
		}
		f.Expected = sum.String()
		f.Remedy = "Tính lại dòng cộng, hoặc sửa dòng chi tiết ghi sai."
		report(f)
	})
}

// sum adds the lines that a subtotal refers to. A line whose amount is not
// there (a formula that was never calculated) counts with what its factors
// make; empty counts the lines that have neither.
func (e *estimates) sum(l *reconcile.EstimateLine) (sum reconcile.VND, empty int) {
	for _, i := range l.Lines {
		if i < 0 || i >= len(e.lines) {
			empty++
			continue
		}
		switch line := &e.lines[i]; {
		case line.HasAmount:
			sum = sum.Plus(line.Amount)
		case line.HasQuantity && line.HasRate:
			amount, _ := product(line)
			sum = sum.Plus(amount)
		default:
			empty++
		}
	}
	return sum, empty
}
