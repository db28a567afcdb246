package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"doisoat/reconcile"
)

// ct07 finds classes outside of the plan, which have to be put to the Standing
// Committee: those that the plan is known not to hold, in lists, allocations,
// estimates and results; lines of an estimate that name no program; more classes
// held of a program than the estimate plans; and single classes that are not in
// the register of classes. What nobody can make out in a list of people stays
// with DL05.
func ct07() Rule {
	return Rule{
		ID: "CT07", Title: "Lớp, chương trình ngoài Kế hoạch", Alone: true,
		Sheet: func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
			outsideColumns(in, d, s, report)
			outsideEstimates(in, d, s, report)
		},
		Plan: func(in *Input, report Report) {
			in.outsideRegistrations(report)
			if in.alone {
				return
			}
			in.outsideResults(report)
			in.moreClasses(report)
			in.unlistedClasses(report)
		},
	}
}

// outsideNamed is the known class outside of the plan that the text names.
func (in *Input) outsideNamed(text string) *reconcile.OutsideProgram {
	if len(in.Plan.Outside) == 0 || text == "" {
		return nil
	}
	o, known := in.index.outside[text]
	if !known {
		o = in.Plan.OutsideProgram(text)
		in.index.outside[text] = o
	}
	return o
}

// outsideOf is the class outside of the plan that a registration is for: as the
// row says or, where it says nothing, the title or the name of its sheet.
func (in *Input) outsideOf(r *reconcile.Registration) *reconcile.OutsideProgram {
	if r.Program != "" {
		return nil
	}
	if text := cmp.Or(r.ProgramText, r.Readings.Get(reconcile.FieldProgram).Text); text != "" {
		return in.outsideNamed(text)
	}
	d := in.index.documents[r.Origin.Source]
	if d == nil {
		return nil
	}
	for i := range d.Sheets {
		if s := &d.Sheets[i]; s.Name == r.Origin.Sheet {
			return cmp.Or(in.outsideNamed(s.Title), in.outsideNamed(s.Name))
		}
	}
	return nil
}

// outside begins a finding about a class; its document must name the class.
func (in *Input) outside(subject, agency string, o *reconcile.OutsideProgram) reconcile.Finding {
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    subject,
		Agency:     agency,
		Expected:   "lớp có trong " + planTitle(in) + ", hoặc đã được " + in.issuer() + " cho ý kiến",
		LegalBasis: outsideBasis(in),
		Remedy:     "Báo cáo, xin ý kiến " + in.issuer() + " trước khi mở lớp; nếu thuộc một chương trình của Kế hoạch thì ghi đúng tên chương trình.",
	}
	if o != nil {
		f.Found = o.Name
		if o.Note != "" {
			f.Remedy = "Rút khỏi danh sách, bảng của Kế hoạch này vì " + o.Note + "; nếu vẫn cần mở trong Kế hoạch thì báo cáo, xin ý kiến " + in.issuer() + "."
		}
	}
	return f
}

// issuer is the body that decides on what the plan does not hold.
func (in *Input) issuer() string { return cmp.Or(in.Plan.Issuer, "cấp ban hành Kế hoạch") }

func outsideBasis(in *Input) string {
	if in.Plan.OutsideBasis == "" {
		return planTitle(in)
	}
	return planTitle(in) + ", " + in.Plan.OutsideBasis
}

// outsideRegistrations tells each agency once of each such class. Its people
// count in no quota, so they are not valid.
func (in *Input) outsideRegistrations(report Report) {
	type group struct {
		agency string
		of     *reconcile.OutsideProgram
	}
	rows := make(map[group][]*reconcile.Registration)
	for _, r := range in.Registrations {
		if o := in.outsideOf(r); o != nil && r.Readings.Get(reconcile.FieldProgram).Fault != reconcile.Several {
			g := group{r.Agency, o}
			rows[g] = append(rows[g], r)
		}
	}
	for g, people := range rows {
		slices.SortFunc(people, in.index.compareRows)
		f := in.outside(cmp.Or(g.agency, "?")+"|"+reconcile.Key(g.of.Name), g.agency, g.of)
		f.Severity = reconcile.SeverityError
		f.Place = people[0].Place(reconcile.FieldProgram)
		f.Message = fmt.Sprintf("%s người đăng ký lớp “%s”, là lớp ngoài Kế hoạch, nên không tính vào chỉ tiêu.", count(len(people)), g.of.Name)
		for _, r := range people {
			f.Invalidates = append(f.Invalidates, r.Key)
		}
		for _, r := range people[1:] {
			f.Related = append(f.Related, r.Place(reconcile.FieldProgram))
		}
		report(f)
	}
}

// outsideColumns finds columns that share out places of such a class.
func outsideColumns(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	if s.Role != reconcile.RoleAllocation {
		return
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Field != reconcile.FieldUnclear {
			continue
		}
		if o := in.outsideNamed(c.Header); o != nil {
			info := in.sheet(d, s)
			f := in.outside(info.key+"|column|"+reconcile.Key(o.Name), info.agency, o)
			f.Place = headerCell(d, s, c)
			f.Message = fmt.Sprintf("Bảng phân bổ có chỉ tiêu của lớp “%s”, là lớp ngoài Kế hoạch.", o.Name)
			report(f)
		}
	}
}

// outsideEstimates finds lines that stand for a whole class and name no program
// of the plan; here also those that nobody knows, since money is asked for them.
func outsideEstimates(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report) {
	info := in.sheet(d, s)
	seen := make(map[string]int)
	for i := range s.Estimates {
		l := &s.Estimates[i]
		if len(l.Programs) > 0 || l.Kind != reconcile.ProgramLine {
			continue
		}
		o := in.outsideNamed(l.Text)
		text := reconcile.Key(l.Text)
		seen[text]++
		f := in.outside(info.key+"|"+text+"#"+strconv.Itoa(seen[text]), info.agency, o)
		f.Place = amountPlace(l)
		f.Found = cellText(l.Text)
		f.Message = fmt.Sprintf("Dự toán có “%s”, là lớp ngoài Kế hoạch.", cellText(l.Text))
		if o == nil {
			f.Message = fmt.Sprintf("Dự toán có “%s”, không nhận ra là chương trình nào của Kế hoạch.", cellText(l.Text))
		}
		report(f)
	}
}

// outsideResults tells the office once of each such class that was held.
func (in *Input) outsideResults(report Report) {
	learners := make(map[*reconcile.OutsideProgram][]*reconcile.Result)
	for _, r := range in.Results {
		if in.Plan.Program(r.Learner.Program) != nil || r.BeforePlan(in.Plan) {
			continue
		}
		if o := cmp.Or(in.outsideNamed(r.Learner.ProgramText), in.outsideNamed(r.Class)); o != nil {
			learners[o] = append(learners[o], r)
		}
	}
	for o, results := range learners {
		slices.SortFunc(results, func(a, b *reconcile.Result) int { return in.comparePlaces(a.Origin(), b.Origin()) })
		f := in.outside("results|"+reconcile.Key(o.Name), "", o)
		f.Place = results[0].Origin()
		f.Message = fmt.Sprintf("Lớp “%s” có %s học viên trong danh sách kết quả nhưng là lớp ngoài Kế hoạch.", o.Name, count(len(results)))
		report(f)
	}
}
