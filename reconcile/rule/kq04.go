package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kq04 compares the size of the classes, as the lists have it, with the places
// of the plan and with the learners that the estimate is for.
func kq04() Rule {
	return Rule{
		ID: "KQ04", Title: "Sĩ số lớp khác chỉ tiêu hoặc dự toán",
		Plan: func(in *Input, report Report) {
			if len(in.Results) == 0 {
				report(resultsMissing(in))
				return
			}
			for _, code := range in.withResults() {
				a := in.attendance(code)
				overPlaces(in, code, a, report)
				againstEstimate(in, code, a, report)
			}
		},
	}
}

func overPlaces(in *Input, code string, a *attendance, report Report) {
	quota, ok := in.quotaOf([]string{code})
	n := a.learners(code)
	if !ok || n <= limit(quota) {
		return
	}
	report(reconcile.Finding{
		Severity:   overSeverity(quota),
		Subject:    "quota|" + code,
		Program:    code,
		Place:      firstOf(a, code),
		Message:    fmt.Sprintf("%s: các lớp có %s người học, vượt %s so với chỉ tiêu.", in.Plan.ProgramName(code), count(n), count(n-quota.Places)),
		Found:      count(n) + " người học",
		Expected:   quotaWords(quota),
		LegalBasis: programBasis(in, code),
		Remedy:     "Báo cáo cấp có thẩm quyền về số vượt, hoặc đính chính danh sách lớp.",
	})
}

// againstEstimate speaks once the lists of all planned classes have come.
func againstEstimate(in *Input, code string, a *attendance, report Report) {
	planned, line := in.plannedClasses(code)
	classes, _ := a.classes(code)
	if line == nil || line.Learners == 0 || planned == 0 || classes < planned {
		return
	}
	n := a.learners(code)
	if n == line.Learners {
		return
	}
	cost := line.Cost().Share(n, line.Learners)
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    "estimate|" + code,
		Program:    code,
		Place:      firstOf(a, code),
		Found:      fmt.Sprintf("%s người học, tương ứng %s theo mức bình quân", count(n), cost),
		Expected:   fmt.Sprintf("%s học viên, %s (%s)", count(line.Learners), line.Cost(), cells(line.LineAt)),
		LegalBasis: moneyBasis(in),
		Remedy:     "Quyết toán theo số người học thực tế; điều chỉnh dự toán nếu cần.",
	}
	f.Message = fmt.Sprintf("%s: các lớp có %s người học, nhiều hơn %s so với dự toán.", in.Plan.ProgramName(code), count(n), count(n-line.Learners))
	if n < line.Learners {
		f.Severity = reconcile.SeverityInfo
		f.Message = fmt.Sprintf("%s: các lớp có %s người học, ít hơn %s so với dự toán.", in.Plan.ProgramName(code), count(n), count(line.Learners-n))
	}
	report(f)
}

// firstOf is the place of the first of the program's learners.
func firstOf(a *attendance, code string) reconcile.Origin {
	for _, r := range a.results {
		if r.Learner.Program == code {
			return r.Origin()
		}
	}
	return reconcile.Origin{}
}
