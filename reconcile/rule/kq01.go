package rule

import (
	"fmt"

	"doisoat/reconcile"
)

// kq01 finds people who completed a class of the plan and whom no agency has
// registered for it.
func kq01() Rule {
	return Rule{
		ID: "KQ01", Title: "Hoàn thành lớp nhưng không có trong danh sách đăng ký",
		Plan: func(in *Input, report Report) {
			if len(in.Results) == 0 {
				report(resultsMissing(in))
				return
			}
			unknownClasses(in, report)
			for _, code := range in.withResults() {
				a := in.attendance(code)
				if len(in.registeredFor(code)) == 0 {
					f := notChecked("registrations|"+code, "chưa có danh sách đăng ký của lớp "+in.Plan.ProgramName(code), duty(in),
						"Nạp danh sách đăng ký của các cơ quan rồi đối soát lại.")
					f.Program = code
					report(f)
					continue
				}
				for _, r := range a.results {
					if r.Learner.Program == code && r.Outcome == reconcile.Completed && !a.registered[r] {
						report(neverRegistered(in, r))
					}
				}
			}
		},
	}
}

// registeredFor are the registrations of the program's family.
func (in *Input) registeredFor(code string) []*reconcile.Registration {
	var all []*reconcile.Registration
	for _, member := range in.family(code) {
		all = append(all, in.index.programs[member]...)
	}
	return all
}

func neverRegistered(in *Input, r *reconcile.Result) reconcile.Finding {
	f := reconcile.Finding{
		Severity: reconcile.SeverityError,
		Subject:  r.Learner.Key,
		Program:  r.Learner.Program,
		Person:   r.Learner.FullName,
		Place:    resultPlace(r, nameField(&r.Learner)),
		Message: fmt.Sprintf("%s%s hoàn thành lớp nhưng không cơ quan nào đăng ký.",
			personWord(r.Learner.FullName), in.sentBy(r)),
		Found:      "không có trong danh sách đăng ký",
		Expected:   "người học có trong danh sách đăng ký của cơ quan cử đi học",
		LegalBasis: programBasis(in, r.Learner.Program),
		Remedy:     "Đối chiếu quyết định cử đi học; bổ sung đăng ký, hoặc đề nghị cơ sở đào tạo đính chính danh sách.",
	}
	if !r.Learner.BirthDate.IsFull() && r.Learner.CitizenID == "" {
		f.Severity = reconcile.SeverityWarning // a name and a year are weak
	}
	return f
}

func personWord(name string) string {
	if name == "" {
		return "Một người học không ghi họ tên"
	}
	return name
}

// unknownClasses tells once how many results are of no known program.
func unknownClasses(in *Input, report Report) {
	var places []reconcile.Origin
	for _, r := range in.Results {
		if in.Plan.Program(r.Learner.Program) == nil {
			places = append(places, r.Origin())
		}
	}
	if len(places) == 0 {
		return
	}
	f := notChecked("programs of results", fmt.Sprintf("%s dòng kết quả không nhận ra chương trình, lớp", count(len(places))), duty(in),
		"Ghi tên lớp trong tiêu đề danh sách đúng như trong Kế hoạch.")
	for _, at := range places[1:] {
		if in.comparePlaces(at, places[0]) < 0 {
			places[0] = at
		}
	}
	f.Place = places[0]
	report(f)
}
