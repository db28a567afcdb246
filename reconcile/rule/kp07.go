package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// kp07 finds classes that those who ask for them pay, and that stand in a list
// of what the provincial budget pays.
func kp07() Rule {
	return Rule{
		ID: "KP07", Title: "Lớp do đơn vị cử đi học chi trả được tính vào ngân sách tỉnh", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			e := &estimates{lines: s.Estimates, key: in.sheet(d, s).key, agency: in.sheet(d, s).agency}
			paidByOthers(in, e, ofTheBudget(s.Title), report)
		},
		Plan: func(in *Input, report Report) {
			if len(in.Estimates) == 0 && !in.alone {
				report(estimatesMissing(in))
				return
			}
			// The office's own lines are the provincial budget's.
			paidByOthers(in, &estimates{lines: in.Estimates, key: "configuration", fromDocuments: in.index.documents}, true, report)
		},
	}
}

func paidByOthers(in *Input, e *estimates, budget bool, report Report) {
	e.each(func(l *reconcile.EstimateLine, id string) {
		listed := l.Kind == reconcile.ProgramLine || l.Kind == reconcile.BudgetedLine
		if !listed && (l.Kind != reconcile.TotalLine || !budget) {
			return // a detailed estimate counts only where it says whose money it is
		}
		if !l.HasAmount || l.Amount <= 0 || !in.selfPaid(l.Programs) || saysWhoPays(l) {
			return
		}
		f := reconcile.Finding{
			Severity: reconcile.SeverityError,
			Subject:  id,
			Agency:   e.agency,
			Program:  only(l.Programs),
			Place:    amountPlace(l),
			Message: fmt.Sprintf("%s: kinh phí do cơ quan, đơn vị có nhu cầu đào tạo bảo đảm nhưng được tính vào ngân sách tỉnh %s.",
				in.programNames(l.Programs), l.Amount),
			Found:      fmt.Sprintf("%s (%s)", l.Amount, amountPlace(l)),
			Expected:   "0 đồng từ ngân sách tỉnh",
			LegalBasis: programBasis(in, l.Programs[0]),
			Remedy:     "Bỏ khoản này khỏi kinh phí ngân sách tỉnh, hoặc ghi rõ ở cột ghi chú là do đơn vị cử đi học chi trả.",
		}
		if !budget {
			f.Severity = reconcile.SeverityWarning
			f.Message = fmt.Sprintf("%s: kinh phí do cơ quan, đơn vị có nhu cầu đào tạo bảo đảm; dự toán %s chưa ghi rõ nguồn chi trả.",
				in.programNames(l.Programs), l.Amount)
		}
		report(f)
	})
}

// selfPaid: there are programs, and those who ask for them pay for them all.
func (in *Input) selfPaid(programs []string) bool {
	return len(programs) > 0 && !slices.ContainsFunc(programs, func(code string) bool {
		p := in.Plan.Program(code)
		return p == nil || !p.SelfPaid
	})
}

// ofTheBudget: the title says that the provincial budget pays.
func ofTheBudget(title string) bool {
	return strings.Contains(costWords(title), costWords("ngân sách"))
}

// saysWhoPays: the line itself says that the budget does not pay.
func saysWhoPays(l *reconcile.EstimateLine) bool {
	text := costWords(l.Text + " | " + l.Readings.Get(reconcile.FieldNote).Text)
	for _, words := range []string{
		"tự túc", "tự chi trả", "tự bảo đảm", "tự đảm bảo", "đơn vị chi trả", "đơn vị bảo đảm", "đơn vị đảm bảo", "đơn vị cử", "cơ quan cử",
		"đơn vị có nhu cầu", "xã hội hóa", "không sử dụng ngân sách", "không từ ngân sách", "ngoài ngân sách", "học viên đóng", "thu học phí", "đơn vị đóng góp",
	} {
		if strings.Contains(text, costWords(words)) {
			return true
		}
	}
	return false
}
