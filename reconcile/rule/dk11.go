package rule

import (
	"fmt"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/title"
)

// dk11 asks whether the rank that a course leads to is the learner's own or the
// next one, and whether a course is no longer than the decree allows. The days
// between opening and closing are no length: classes are held at weekends too.
func dk11() Rule {
	r := eligibility("DK11", "Lớp theo ngạch, vị trí việc làm chưa phù hợp", criterion{
		id: "rank", name: "ngạch", field: reconcile.FieldRank, judge: judgeRank,
		kinds: []reconcile.ProgramKind{reconcile.RankExpert, reconcile.RankPrincipal, reconcile.RankSenior},
	})
	unstated := r.Plan
	r.Plan = func(in *Input, report Report) {
		unstated(in, report)
		for i := range in.Plan.Classes {
			courseLength(in, &in.Plan.Classes[i], report)
		}
		if !in.alone {
			lengthsMissing(in, report)
		}
	}
	return r
}

func rankOfCourse(kind reconcile.ProgramKind) reconcile.Rank {
	switch kind {
	case reconcile.RankExpert:
		return reconcile.Expert
	case reconcile.RankPrincipal:
		return reconcile.PrincipalExpert
	}
	return reconcile.SeniorExpert
}

func judgeRank(c *candidate) answer {
	have, field := c.r.Career.Rank, reconcile.FieldRank
	if have == "" && !c.in.has(c.r, reconcile.FieldRank) {
		have, field = rankByTitle(c.held()), reconcile.FieldPosition
	}
	if have.Level() == 0 {
		switch held := c.held(); {
		case have == reconcile.Professional: // another ladder, which no standard compares
			return answer{verdict: holds}
		case field == reconcile.FieldPosition && c.program.Kind == reconcile.RankExpert && len(held.titles) == 1 && held.holdsAny(title.Expert):
			return answer{verdict: holds} // chuyên viên or cán sự: their own rank or the next
		}
		return c.unknown(reconcile.FieldRank, programBasis(c.in, c.program.Code))
	}
	to := rankOfCourse(c.program.Kind)
	if step := to.Level() - have.Level(); step == 0 || step == 1 {
		return answer{verdict: holds}
	}
	return answer{
		verdict: fails, severity: reconcile.SeverityWarning, basis: programBasis(c.in, c.program.Code), field: field,
		message:  fmt.Sprintf("Ngạch hiện giữ (%s) không phải ngạch của lớp hoặc ngạch thấp hơn liền kề.", rankWord(have)),
		expected: "ngạch " + rankWord(to) + " hoặc ngạch thấp hơn liền kề",
		remedy:   "Kiểm tra lại ngạch đang giữ và lớp đăng ký; nếu đúng thì chuyển sang lớp phù hợp với ngạch.",
	}
}

// rankByTitle is the rank that a title is the name of; leaders hold ranks that
// their titles do not show.
func rankByTitle(o offices) reconcile.Rank {
	for _, known := range []struct {
		kind title.Kind
		rank reconcile.Rank
	}{{title.SeniorExpert, reconcile.SeniorExpert}, {title.PrincipalExpert, reconcile.PrincipalExpert}} {
		if len(o.titles) == 1 && o.whole && o.holdsAny(known.kind) {
			return known.rank
		}
	}
	return ""
}

func rankWord(r reconcile.Rank) string {
	switch r {
	case reconcile.SupportStaff:
		return "nhân viên"
	case reconcile.Officer:
		return "cán sự"
	case reconcile.Expert:
		return "chuyên viên"
	case reconcile.PrincipalExpert:
		return "chuyên viên chính"
	}
	return "chuyên viên cao cấp"
}

// courseLength compares the length that is known of a class with the longest
// that the decree allows; it is for those who plan the class.
func courseLength(in *Input, class *reconcile.Class, report Report) {
	p := in.Plan.Program(class.Program)
	if p == nil || class.Weeks == 0 {
		return
	}
	s := in.longest(p, class.Opens)
	if s == nil || s.NotKnown || class.Weeks <= s.Number {
		return
	}
	subject, name := "weeks|"+p.Code, in.Plan.ProgramName(p.Code)
	if class.Name != "" {
		subject, name = subject+"|"+reconcile.Key(class.Name), name+" ("+class.Name+")"
	}
	report(reconcile.Finding{
		Severity: reconcile.SeverityWarning, Subject: subject, Program: p.Code,
		Message:    fmt.Sprintf("Lớp %s dài %d tuần, quá thời lượng tối đa.", name, class.Weeks),
		Found:      fmt.Sprintf("%d tuần", class.Weeks),
		Expected:   fmt.Sprintf("không quá %d tuần", s.Number),
		LegalBasis: s.Act,
		Remedy:     "Điều chỉnh thời lượng của lớp theo quy định.",
	})
}

// longest is the standard for the length of a course that opens on the day, or
// some time in the plan's period when that is not known.
func (in *Input) longest(p *reconcile.Program, day reconcile.Date) *reconcile.Standard {
	if day.IsZero() {
		day = in.Plan.To
	}
	return in.standard(standardRef{reconcile.MaxWeeks, p.Kind, p.Form, day})
}

// lengthsMissing says once which courses that people are registered for have no
// known length, so that nobody takes silence for a course that is short enough.
func lengthsMissing(in *Input, report Report) {
	var names []string
	basis := ""
	for i := range in.Plan.Programs {
		p := &in.Plan.Programs[i]
		s := in.longest(p, reconcile.Date{})
		if s == nil || len(in.index.programs[p.Code]) == 0 {
			continue
		}
		silent := silentClasses(in, p)
		if len(silent) > 0 {
			names, basis = append(names, silent...), s.Act
		}
	}
	if len(names) == 0 {
		return
	}
	report(notChecked("weeks", fmt.Sprintf("chưa biết thời lượng của %s lớp: %s", count(len(names)), listed(names)), basis,
		"Ghi số tuần (weeks) của từng lớp ở mục classes của tệp kế hoạch hoặc tệp dữ liệu rồi đối soát lại."))
}

// silentClasses names the program's classes without a length: the program
// itself where none of its classes is known.
func silentClasses(in *Input, p *reconcile.Program) []string {
	known := in.index.classes[p.Code]
	if len(known) == 0 {
		return []string{in.Plan.ProgramName(p.Code)}
	}
	var names []string
	for _, c := range known {
		if c.Weeks == 0 {
			names = append(names, strings.TrimSpace(in.Plan.ProgramName(p.Code)+" "+c.Name))
		}
	}
	return names
}
