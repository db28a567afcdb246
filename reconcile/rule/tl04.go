package rule

import (
	"cmp"
	"fmt"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/match"
)

// tl04 finds people who already completed what they are registered for: by what
// the plans of earlier years know, by the lists of results of earlier years, of
// this plan where the class was over
// before the one registered for opens, or by what the row itself declares. What
// the rules of eligibility tell of a declared level of theory is not told again.
func tl04() Rule {
	return Rule{
		ID: "TL04", Title: "Đã hoàn thành chương trình đăng ký", Alone: true,
		Row: declaresCompletion,
		Plan: func(in *Input, report Report) {
			if in.alone {
				return
			}
			told := in.completedEarlier(report)
			if len(in.Earlier.Plans) == 0 && !slices.ContainsFunc(in.Results, func(r *reconcile.Result) bool { return r.BeforePlan(in.Plan) }) {
				report(notChecked("earlier results", "chưa có danh sách kết quả các lớp của những năm trước", duty(in),
					"Nạp danh sách kết quả các lớp đã mở những năm trước (mục allocations trong cấu hình) rồi đối soát lại."))
			}
			for _, ladder := range in.ladders() {
				in.completedBefore(ladder, told, report)
			}
		},
	}
}

// rung is what completing a program leads to: who stands on a rung of a ladder
// needs none at or below it.
type rung struct {
	ladder string
	height int
}

// rungOf is the program's rung, false for what people attend again and again:
// courses that the law wants every year (Decree 101/2017 on the week of training
// a year), which bring knowledge up to date and lead to nothing once for all.
func rungOf(p *reconcile.Program) (rung, bool) {
	switch p.Kind {
	case reconcile.CommuneStaff, reconcile.CommuneOfficers, reconcile.JobPosition, reconcile.UpdateGroup3, reconcile.UpdateGroup4:
		return rung{}, false
	case reconcile.IntermediateStudy:
		return rung{"theory", 1}, true
	case reconcile.AdvancedTheory, reconcile.AdvancedCompletion:
		return rung{"theory", 2}, true
	case reconcile.RankExpert:
		return rung{"rank", 1}, true
	case reconcile.RankPrincipal:
		return rung{"rank", 2}, true
	case reconcile.RankSenior:
		return rung{"rank", 3}, true
	case "":
		return rung{"program " + p.Code, 1}, true
	}
	return rung{"kind " + string(p.Kind), 1}, true
}

// ladders are the programs of each ladder, in the plan's order.
func (in *Input) ladders() [][]*reconcile.Program {
	at := make(map[string]int)
	var all [][]*reconcile.Program
	for i := range in.Plan.Programs {
		p := &in.Plan.Programs[i]
		r, ok := rungOf(p)
		if !ok {
			continue
		}
		n, seen := at[r.ladder]
		if !seen {
			n = len(all)
			at[r.ladder] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], p)
	}
	return all
}

// completedBefore compares those registered for the programs with those who
// completed one of them, and adds to surely whom it is told of.
func (in *Input) completedBefore(ladder []*reconcile.Program, surely map[*reconcile.Registration]bool, report Report) {
	var people []*reconcile.Registration
	for _, p := range ladder {
		people = append(people, in.index.programs[p.Code]...)
	}
	done := make(map[*reconcile.Registration]*reconcile.Result)
	for _, r := range in.Results {
		if r.Outcome == reconcile.Completed && slices.ContainsFunc(ladder, func(p *reconcile.Program) bool { return p.Code == r.Learner.Program }) {
			done[&r.Learner] = r
			people = append(people, &r.Learner)
		}
	}
	if len(done) == 0 {
		return
	}
	persons, unsure := match.Persons(people, match.Options{Register: in.Register})
	for i := range persons {
		in.tellCompleted(persons[i].Members, done, surely, report)
	}
	for i := range unsure {
		for _, pair := range [][2]*reconcile.Registration{{unsure[i].A, unsure[i].B}, {unsure[i].B, unsure[i].A}} {
			own, result := pair[0], done[pair[1]]
			if done[own] == nil && result != nil && !surely[own] && in.repeats(own, result) {
				report(in.alreadyDone(own, in.classOfResult(result), in.accordingTo(result), unsure[i].Why))
			}
		}
	}
}

// tellCompleted reports the registrations of one person that come after a
// completed class, each with the latest such class.
func (in *Input) tellCompleted(members []*reconcile.Registration, done map[*reconcile.Registration]*reconcile.Result, surely map[*reconcile.Registration]bool, report Report) {
	var results []*reconcile.Result
	for _, m := range members {
		if r := done[m]; r != nil {
			results = append(results, r)
		}
	}
	slices.SortFunc(results, func(a, b *reconcile.Result) int {
		return cmp.Or(cmp.Compare(b.Held(), a.Held()), in.comparePlaces(a.Origin(), b.Origin()))
	})
	for _, m := range members {
		if done[m] != nil || surely[m] {
			continue
		}
		for _, r := range results {
			if in.repeats(m, r) {
				surely[m] = true
				report(in.alreadyDone(m, in.classOfResult(r), in.accordingTo(r), ""))
				break
			}
		}
	}
}

// repeats reports whether the completed class makes the registration needless.
// Completing a class of this plan is what the registration was for, unless it
// led higher or was over before the class registered for opens.
func (in *Input) repeats(own *reconcile.Registration, done *reconcile.Result) bool {
	wanted, completed := in.index.byCode[own.Program], in.index.byCode[done.Learner.Program]
	to, _ := rungOf(wanted)
	from, _ := rungOf(completed)
	if from.height < to.height || in.declaredToEligibility(own, wanted) {
		return false
	}
	if done.BeforePlan(in.Plan) || from.height > to.height {
		return true
	}
	days, dated := in.judgingDays(own, wanted)
	return dated && done.To.SurelyBefore(days[0])
}

// declaredToEligibility: the row itself declares the level of theory, of which
// DK01 or DK03 speaks.
func (in *Input) declaredToEligibility(r *reconcile.Registration, p *reconcile.Program) bool {
	s := in.onceOnly(r, p)
	return s != nil && r.PoliticalTheory != "" && r.PoliticalTheory.Level() >= reconcile.PoliticalTheory(s.Words[0]).Level()
}

// onceOnly is the standard that lets a program be completed but once, nil where
// no act that is known says so.
func (in *Input) onceOnly(r *reconcile.Registration, p *reconcile.Program) *reconcile.Standard {
	days, _ := in.judgingDays(r, p)
	s := in.standard(standardRef{reconcile.TheoryBelow, p.Kind, p.Form, days[0]})
	if s == nil || s.NotKnown || len(s.Words) == 0 {
		return nil
	}
	return s
}

// classOfResult names the class of a result.
func (in *Input) classOfResult(done *reconcile.Result) string {
	return classInYear(in.Plan.ProgramName(done.Learner.Program), done.Held())
}

func classInYear(program string, year int) string {
	if year == 0 {
		return "lớp " + program
	}
	return fmt.Sprintf("lớp %s năm %d", program, year)
}

// alreadyDone names the class and who says so, and no row of a list: it is the
// school's, with other agencies' people. Why, when not empty, says why this may
// be the same person.
func (in *Input) alreadyDone(own *reconcile.Registration, class, according, why string) reconcile.Finding {
	wanted := in.index.byCode[own.Program]
	f := about(own, nameField(own), reconcile.SeverityWarning)
	f.Found = "đã hoàn thành " + class + according
	f.Expected = "chưa hoàn thành chương trình đăng ký"
	f.LegalBasis = programBasis(in, own.Program)
	f.Remedy = "Rút đăng ký; nếu người này chưa học hoặc được cử học lại theo quy định thì chọn “dữ liệu đúng” và nêu căn cứ ở cột Giải trình."
	f.Message = fmt.Sprintf("%s đã hoàn thành %s, nay lại được đăng ký.", personWord(own.FullName), class)
	if s := in.onceOnly(own, wanted); s != nil {
		f.LegalBasis = s.Act
		if s.Binding() {
			f.Severity = reconcile.SeverityError
		}
	}
	if wanted.Kind == "" { // nothing is known of whether it can be repeated
		f.Severity = reconcile.SeverityInfo
	}
	if why != "" {
		if f.Severity == reconcile.SeverityError {
			f.Severity = reconcile.SeverityWarning // a human eye must say whether it is one person
		}
		f.Message = fmt.Sprintf("%s có thể là người đã hoàn thành %s: %s.", personWord(own.FullName), class, why)
		f.Remedy = "Đối chiếu hồ sơ: nếu là một người thì rút đăng ký; nếu là hai người khác nhau thì chọn “dữ liệu đúng”."
	}
	return f
}

// accordingTo names the list that a result stands in.
func (in *Input) accordingTo(r *reconcile.Result) string {
	if d := in.index.documents[r.Origin().Source]; d != nil && d.File != "" {
		return ", theo danh sách “" + cellText(d.File) + "”"
	}
	return ""
}

// declaresCompletion finds rows that themselves say that nothing is left to be
// completed, where no rule of eligibility asks.
func declaresCompletion(in *Input, r *reconcile.Registration, report Report) {
	p := in.index.byCode[r.Program]
	if p == nil || in.declaredToEligibility(r, p) {
		return
	}
	switch {
	case p.Kind == reconcile.AdvancedCompletion && r.PoliticalTheory == reconcile.AdvancedPoliticalTheory:
		f := about(r, reconcile.FieldPoliticalTheory, reconcile.SeverityWarning)
		f.Message = fmt.Sprintf("%s đã ghi trình độ cao cấp lý luận chính trị, không còn phải hoàn chỉnh chương trình cao cấp.", personWord(r.FullName))
		f.Expected = "chưa có bằng cao cấp lý luận chính trị"
		f.LegalBasis = programBasis(in, r.Program)
		f.Remedy = "Kiểm tra hồ sơ: nếu đã có bằng cao cấp thì rút đăng ký; nếu chưa thì sửa cột Trình độ lý luận chính trị."
		report(f)
	case p.Kind == reconcile.PostgraduateStudy && r.Education == reconcile.Doctor && degreeOf(r.ProgramText) == "":
		f := about(r, reconcile.FieldEducation, reconcile.SeverityWarning)
		f.Message = fmt.Sprintf("%s đã có trình độ tiến sĩ, là bậc cao nhất của đào tạo sau đại học.", personWord(r.FullName))
		f.Expected = "chưa hoàn thành bậc đào tạo đăng ký"
		f.LegalBasis = programBasis(in, r.Program)
		f.Remedy = "Kiểm tra lại trình độ chuyên môn; nếu đúng thì rút đăng ký, hoặc ghi rõ bậc, ngành đào tạo được cử đi học."
		report(f)
	}
}
