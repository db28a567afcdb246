package plan

import (
	"fmt"

	"doisoat/config/strict"
	"doisoat/reconcile"
)

// Keys of Plan.Lines besides the codes of sections, programs and groups.
const (
	lineStatedPlaces = "stated_places"
	lineApproved     = "budget.approved"
	lineFrom         = "from"
	lineRegister     = "register"
	lineStandards    = "standards"
	// The following stand behind the code of a program, group or agency; a
	// name stands behind nameLine.
	quotaLine     = "/quota"
	providersLine = "/providers"
	nameLine      = "/name/"
)

// parser turns the YAML shape of a plan into a plan and notes where things
// stand.
type parser struct {
	doc  *strict.Document
	file planFile
	plan *reconcile.Plan
}

// references are the files that a plan goes by.
type references struct{ register, standards string }

// parsePlan reads the text of a plan file and returns the plan, the files that
// it names, and what keeps it from being read.
func parsePlan(file string, data []byte) (*reconcile.Plan, references, Faults) {
	p := &parser{}
	p.doc = strict.Decode(file, data, &p.file)
	f := &p.file
	p.plan = &reconcile.Plan{
		ID: text(f.Plan), Year: f.Year, Province: text(f.Province), Title: text(f.Title), Issuer: text(f.Issuer),
		From: f.From.Date, To: f.To.Date,
		Approved: reconcile.VND(f.Budget.Approved), MoneyBasis: text(f.Budget.Basis), DutyBasis: text(f.Duty),
		StatedPlaces: f.StatedPlaces,
		File:         file,
		Lines: map[string]int{
			lineStatedPlaces: p.doc.Line("stated_places"),
			lineApproved:     p.doc.Line("budget.approved"),
			lineFrom:         p.doc.Line("from"),
			lineRegister:     p.doc.Line("register"),
			lineStandards:    p.doc.Line("standards"),
		},
	}
	p.amount()
	p.tolerances()
	for i := range f.Sections {
		p.section(i)
	}
	for i := range f.Programs {
		p.program(i)
	}
	for i := range f.Groups {
		p.group(i)
	}
	p.exclusions()
	p.outside()
	p.standards()
	p.plan.Classes = readClasses(p.doc, f.Classes, p.plan)
	return p.plan, references{text(f.Register), text(f.Standards)}, p.doc.Faults()
}

// amount compares the budget with the words of the plan, since nothing else in
// a plan could show a slip of the finger in it.
func (p *parser) amount() {
	budget := p.file.Budget
	if !p.doc.Read("budget.approved") || !p.doc.Read("budget.stated") {
		return
	}
	if amount := reconcile.VND(budget.Approved); text(budget.Stated) != amount.String() {
		p.doc.Fault("budget.approved", fmt.Sprintf("kinh phí %s không khớp với số trong văn bản %q", amount, budget.Stated),
			"đối chiếu với văn bản kế hoạch và sửa approved hoặc stated")
	}
}

func (p *parser) tolerances() {
	for word, percent := range p.file.Tolerance {
		at := "tolerance." + word
		if word != string(about) && word != string(expected) {
			p.doc.Fault(at, fmt.Sprintf("không có từ %q", word), fmt.Sprintf("chỉ dùng %q và %q", about, expected))
		}
		if percent < 0 || percent > 100 {
			p.doc.Fault(at, fmt.Sprintf("tỷ lệ %d %% nằm ngoài khoảng 0 đến 100", percent), "ghi số phần trăm được vượt mà chưa cảnh báo")
		}
	}
}

// mark notes where a code stands; the same code twice is a fault.
func (p *parser) mark(code, path string) {
	if code == "" {
		return // the missing key is a fault already
	}
	line := p.doc.Line(path)
	if first, again := p.plan.Lines[code]; again {
		p.doc.Fault(path, fmt.Sprintf("%q đã có ở dòng %d", code, first), "mỗi mục, chương trình, nhóm có một mã riêng; đổi mã hoặc bỏ phần trùng")
		return
	}
	p.plan.Lines[code] = line
}

func (p *parser) section(i int) {
	s := p.file.Sections[i]
	p.plan.Sections = append(p.plan.Sections, reconcile.Section{
		Number: text(s.Number), Title: text(s.Title), Directs: text(s.Directs), CarriesOut: text(s.CarriesOut),
		Period: text(s.Period), LegalBasis: text(s.LegalBasis), Annex: text(s.Annex),
	})
	p.mark(text(s.Number), fmt.Sprintf("sections[%d].number", i))
}

func (p *parser) program(i int) {
	f, path := p.file.Programs[i], fmt.Sprintf("programs[%d]", i)
	program := reconcile.Program{
		Code: text(f.Code), Section: text(f.Section), Kind: reconcile.ProgramKind(f.Kind), Name: text(f.Name), Form: reconcile.Form(f.Form),
		Quota:   p.quota(f.Quota, path+".quota"),
		Directs: text(f.Directs), CarriesOut: text(f.CarriesOut), Period: text(f.Period),
		LegalBasis: text(f.LegalBasis), Annex: text(f.Annex),
		SelfPaid: f.SelfPaid, NeedsBirthDate: f.NeedsBirthDate,
		Aliases: texts(f.Aliases), WholeNames: texts(f.WholeNames), TabNames: texts(f.TabNames),
	}
	for _, school := range f.Providers {
		program.Providers = append(program.Providers, reconcile.Provider{Name: text(school.Name), Places: school.Places})
	}
	p.mark(program.Code, path+".code")
	p.plan.Lines[program.Code+quotaLine] = p.doc.Line(path + ".quota")
	p.plan.Lines[program.Code+providersLine] = p.doc.Line(path + ".providers")
	for j, name := range program.Aliases {
		p.plan.Lines[program.Code+nameLine+name] = p.doc.Line(fmt.Sprintf("%s.aliases[%d]", path, j))
	}
	for j, name := range program.WholeNames {
		p.plan.Lines[program.Code+nameLine+name] = p.doc.Line(fmt.Sprintf("%s.whole_names[%d]", path, j))
	}
	for j, name := range program.TabNames {
		p.plan.Lines[program.Code+nameLine+name] = p.doc.Line(fmt.Sprintf("%s.tab_names[%d]", path, j))
	}
	p.plan.Programs = append(p.plan.Programs, program)
}

func (p *parser) group(i int) {
	f, path := p.file.Groups[i], fmt.Sprintf("groups[%d]", i)
	group := reconcile.QuotaGroup{
		Code: text(f.Code), Name: text(f.Name), Quota: p.quota(f.Quota, path+".quota"),
		Programs: texts(f.Programs), Shared: f.Shared,
	}
	p.mark(group.Code, path+".code")
	p.plan.Lines[group.Code+quotaLine] = p.doc.Line(path + ".quota")
	p.plan.Groups = append(p.plan.Groups, group)
	if !group.Shared {
		return
	}
	for _, code := range group.Programs {
		if member := p.plan.Program(code); member != nil {
			member.Group = group.Code
		}
	}
}

// quota reads a number of places; the word that weakens it decides how far it
// may be passed without a finding.
func (p *parser) quota(f quotaFile, path string) reconcile.Quota {
	q := reconcile.Quota{Places: f.Places, Kind: reconcile.QuotaKind(f.Kind), Strict: f.Strict}
	switch {
	case q.Kind == reconcile.Estimate && f.Wording == "" && !p.doc.Has(path+".wording"):
		p.doc.Fault(path, "chỉ tiêu loại estimate chưa ghi từ mà kế hoạch dùng", fmt.Sprintf("thêm wording: %s hoặc wording: %s", about, expected))
	case q.Kind != reconcile.Estimate && q.Kind != "" && f.Wording != "":
		p.doc.Fault(path+".wording", fmt.Sprintf("chỉ tiêu loại %s không dùng wording", q.Kind), "bỏ wording, hoặc đổi kind thành estimate")
	case q.Kind == reconcile.Estimate && !q.Strict:
		q.Tolerance = p.file.Tolerance[string(f.Wording)]
	}
	return q
}

// standards reads the plan's own standards. One without dates holds for the
// plan's period.
func (p *parser) standards() {
	for i := range p.file.OwnStandards {
		at := fmt.Sprintf("own_standards[%d]", i)
		s := readStandard(p.doc, p.plan.File, &p.file.OwnStandards[i], at)
		if s.From.IsZero() && s.To.IsZero() {
			s.From, s.To = p.plan.From, p.plan.To
		}
		p.plan.Standards = append(p.plan.Standards, s)
	}
	overlaps(p.doc, p.plan.Standards, "own_standards")
}
