package rule

import (
	"fmt"
	"slices"

	"doisoat/reconcile"
)

// kq02 finds people who were registered and never came to the class, or are
// missing from its results. It speaks only where the lists of all the program's
// classes have come.
func kq02() Rule {
	return Rule{
		ID: "KQ02", Title: "Đã cử đi học nhưng không nhập học hoặc không có kết quả",
		Plan: func(in *Input, report Report) {
			if len(in.Results) == 0 {
				report(resultsMissing(in))
				return
			}
			for _, code := range in.withResults() {
				missingLearners(in, code, report)
			}
		},
	}
}

func missingLearners(in *Input, code string, report Report) {
	a := in.attendance(code)
	rows := slices.SortedFunc(slices.Values(in.valid([]string{code})), in.index.compareRows)
	planned, _ := in.plannedClasses(code)
	classes, final := a.classes(code)
	why := ""
	switch {
	case planned > classes:
		why = fmt.Sprintf("mới có danh sách của %d trong %d lớp", classes, planned)
	case planned == 0 && 2*a.learners(code) < len(rows):
		why = fmt.Sprintf("danh sách mới có %s người trong khi %s người đã đăng ký, có thể còn lớp chưa gửi danh sách", count(a.learners(code)), count(len(rows)))
	}
	for _, r := range rows {
		results := a.links[r]
		enrolled := slices.ContainsFunc(results, (*reconcile.Result).Enrolled)
		switch {
		case len(results) > 0 && !enrolled:
			report(neverCame(in, r, results[0], "danh sách lớp ghi không nhập học, không tham gia"))
		case len(results) == 0 && why == "":
			report(neverCame(in, r, nil, "không có trong danh sách lớp, danh sách kết quả"))
		case enrolled && final >= max(planned, classes) && final > 0 && !slices.ContainsFunc(results, func(r *reconcile.Result) bool { return r.Final }):
			report(neverCame(in, r, results[0], "có trong danh sách lớp nhưng không có trong danh sách kết quả"))
		}
	}
	if why != "" {
		f := notChecked("lists|"+code, in.Plan.ProgramName(code)+": "+why, duty(in),
			"Đề nghị cơ sở đào tạo gửi đủ danh sách, kết quả các lớp rồi đối soát lại.")
		f.Program = code
		report(f)
	}
}

// neverCame names no row of the school's list: the agency need not see it.
func neverCame(in *Input, r *reconcile.Registration, result *reconcile.Result, found string) reconcile.Finding {
	f := reconcile.Finding{
		Severity: reconcile.SeverityWarning,
		Subject:  r.Key,
		Agency:   r.Agency,
		Program:  r.Program,
		Person:   r.FullName,
		Place:    r.Place(nameField(r)),
		Message:  fmt.Sprintf("%s đã đăng ký %s nhưng %s.", personWord(r.FullName), in.Plan.ProgramName(r.Program), found),
		Found:    found,
		Expected: "nhập học và có kết quả của lớp đã đăng ký",

		LegalBasis: programBasis(in, r.Program),
		Remedy:     "Báo cáo lý do không tham gia, hoặc đề nghị cơ sở đào tạo bổ sung vào danh sách.",
	}
	if result != nil && result.Class != "" {
		f.Found += " (" + cellText(result.Class) + ")"
	}
	return f
}
