package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
)

// kq03 finds people who left a class or failed it, or who left the service
// before they served the time owed, and reckons the cost to recover.
func kq03() Rule {
	return Rule{
		ID: "KQ03", Title: "Bỏ học, không đạt hoặc thôi việc trước cam kết: chi phí phải đền bù",
		Plan: func(in *Input, report Report) {
			if len(in.Results) == 0 {
				report(resultsMissing(in))
				return
			}
			for _, r := range in.Results {
				if what, left := lostWhat(r); what != "" {
					report(in.recover(r, what, left))
				}
			}
		},
	}
}

// lostWhat says what went wrong; left: the class was completed and the service
// left before its time. A completed class is only lost when the list says that
// the person left: who is still serving owes nothing yet.
func lostWhat(r *reconcile.Result) (what string, left bool) {
	switch r.Outcome {
	case reconcile.DroppedOut:
		return "bỏ học", false
	case reconcile.Withdrawn:
		return "thôi học", false
	case reconcile.NotCompleted:
		return "không được cấp văn bằng, chứng chỉ", false
	case reconcile.Completed:
		if r.HasOwed && r.HasServed && r.MonthsServed < r.MonthsOwed && leftService(r.Learner.Note) {
			return "tốt nghiệp nhưng thôi việc khi chưa phục vụ đủ thời gian cam kết", true
		}
	}
	return "", false
}

func leftService(note string) bool {
	text := costWords(note)
	for _, w := range []string{"thôi việc", "nghỉ việc", "bỏ việc", "chấm dứt hợp đồng", "buộc thôi việc", "chuyển ra ngoài", "xin nghỉ công tác"} {
		if strings.Contains(text, costWords(w)) {
			return true
		}
	}
	return false
}

// recover is the finding about one learner.
func (in *Input) recover(r *reconcile.Result, what string, left bool) reconcile.Finding {
	f := reconcile.Finding{
		Severity:   reconcile.SeverityError,
		Subject:    r.Learner.Key + "|" + reconcile.Key(r.Class),
		Program:    r.Learner.Program,
		Person:     r.Learner.FullName,
		Place:      resultPlace(r, reconcile.FieldOutcome),
		Found:      what,
		Expected:   "hoàn thành khóa học và phục vụ đủ thời gian cam kết",
		LegalBasis: planTitle(in),
	}
	basis := in.Plan.Basis(reconcile.BasisCompensation, ended(in, r))
	if basis != nil {
		f.LegalBasis = basis.Text
	}
	who := personWord(r.Learner.FullName) + in.sentBy(r)
	switch compensable(in.Plan.Program(r.Learner.Program)) {
	case noCompensation:
		f.Severity = reconcile.SeverityInfo
		f.Message = fmt.Sprintf("%s %s. Lớp bồi dưỡng không thuộc diện đền bù chi phí đào tạo (chỉ áp dụng với đào tạo từ trình độ trung cấp trở lên).", who, what)
		f.Remedy = "Thông báo cơ quan cử đi học để xem xét, xử lý theo quy chế đào tạo, bồi dưỡng."
		return f
	case perhaps:
		f.Severity = reconcile.SeverityWarning
		f.Message = fmt.Sprintf("%s %s; cần xem xét trách nhiệm đền bù chi phí đào tạo%s.", who, what, in.amountWords(r, left, &f))
	default:
		f.Message = fmt.Sprintf("%s %s; phải xem xét đền bù chi phí đào tạo%s.", who, what, in.amountWords(r, left, &f))
	}
	if r.Outcome == reconcile.Withdrawn {
		f.Severity = reconcile.SeverityWarning // the reason decides, and the list does not give it
	}
	if basis == nil || basis.Sure != reconcile.Verified {
		f.Severity = reconcile.SeverityWarning
	}
	f.Remedy = "Cơ quan cử đi học lập hội đồng xét đền bù, ra quyết định và thu hồi theo quy định; trường hợp có lý do chính đáng thì ghi rõ căn cứ miễn, giảm."
	return f
}

// ended is the day by which the decree on compensation is chosen: when the class
// was over, as far as the list says, else the end of the plan's period.
func ended(in *Input, r *reconcile.Result) reconcile.Date {
	for _, day := range []reconcile.Date{r.To, r.From} {
		if !day.IsZero() {
			return day
		}
	}
	return in.Plan.To
}

// amountWords reckons the amount and adds to the finding where its figures
// stand.
func (in *Input) amountWords(r *reconcile.Result, left bool, f *reconcile.Finding) string {
	if !r.HasCost {
		return ": chưa tính được số tiền vì danh sách không ghi chi phí của khóa học"
	}
	f.Related = append(f.Related, resultPlace(r, reconcile.FieldCost))
	cost := fmt.Sprintf("%s (%s)", r.Cost, resultPlace(r, reconcile.FieldCost))
	if !left {
		f.Found += ", chi phí " + cost
		return fmt.Sprintf(" 100%%: %s, không tính lương và phụ cấp", reconcile.Compensation{Cost: r.Cost}.Whole())
	}
	f.Related = append(f.Related, resultPlace(r, reconcile.FieldOwed), resultPlace(r, reconcile.FieldServed))
	amount, ok := reconcile.Compensation{Cost: r.Cost, Owed: r.MonthsOwed, Served: r.MonthsServed}.Remaining()
	if !ok {
		return ": chưa tính được số tiền vì không rõ thời gian phải phục vụ"
	}
	f.Found += fmt.Sprintf(", chi phí %s, phải phục vụ %d tháng (%s), đã phục vụ %d tháng (%s)", cost,
		r.MonthsOwed, resultPlace(r, reconcile.FieldOwed), r.MonthsServed, resultPlace(r, reconcile.FieldServed))
	return fmt.Sprintf(": %s : %d × (%d − %d) = %s (tháng làm tròn, số tiền làm tròn đến đồng; không tính lương và phụ cấp)",
		r.Cost.Format(), r.MonthsOwed, r.MonthsOwed, r.MonthsServed, amount)
}

// duePart is whether a class of the program has to be paid back.
type duePart uint8

const (
	noCompensation duePart = iota
	perhaps                // political theory is trained and examined like a degree, yet is none
	due
)

// compensable: the decree is about training from the intermediate level up, not
// about courses that keep knowledge up to date.
func compensable(p *reconcile.Program) duePart {
	if p == nil {
		return perhaps
	}
	switch p.Kind {
	case reconcile.UniversityStudy, reconcile.PostgraduateStudy:
		return due
	case reconcile.AdvancedTheory, reconcile.AdvancedCompletion, reconcile.IntermediateStudy:
		return perhaps
	}
	return noCompensation
}
