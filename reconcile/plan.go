package reconcile

// QuotaKind says how binding a number of places is.
type QuotaKind string

// The kinds of quota (see design/domain): a stated number; a number that the
// plan calls expected or approximate; a number "and by further need"; none.
const (
	Ceiling  QuotaKind = "ceiling"
	Estimate QuotaKind = "estimate"
	Open     QuotaKind = "open"
	NoQuota  QuotaKind = "none"
)

// Quota is a number of places and how binding it is.
type Quota struct {
	Places int
	Kind   QuotaKind
	// Strict: the number is given by the centre, so that going over it is an
	// error although the plan calls it expected.
	Strict bool
	// Tolerance in percent of Places that may be passed without a finding,
	// for numbers the plan calls approximate.
	Tolerance int
}

// Plan is one province's training plan of one year.
type Plan struct {
	ID       string // "quang-ngai-2024"
	Year     int
	Province string
	Title    string
	Issuer   string
	From, To Date // the period in which classes are held
	// Approved is the budget from the provincial budget for the plan's classes.
	Approved   VND
	MoneyBasis string // legal basis of the budget and of the norms
	// DutyBasis is where the plan makes the agencies see to it that those they
	// send are the right ones: "mục IV.4".
	DutyBasis string
	// StatedPlaces is the sum of all numbers that the plan states.
	StatedPlaces int
	Sections     []Section
	Programs     []Program
	Groups       []QuotaGroup
	// Exclusions are the programs that one person cannot be in at once.
	Exclusions []Exclusion
	// Outside are classes that are known to be no program of the plan, and
	// OutsideBasis is where the plan says what to do about such classes.
	Outside      []OutsideProgram
	OutsideBasis string
	// Standards decide who may be sent, the plan's own before the general ones.
	Standards Standards
	// Bases are the acts that rules about data and results go by.
	Bases []Basis
	// Classes that are dated: the register of classes.
	Classes []Class
	// File is the name of the plan's file and Lines tells where in it a thing
	// stands, by section, program or group code, for messages about the file.
	File  string
	Lines map[string]int
}

// Section is a numbered section of the plan; programs belong to one.
type Section struct {
	Number     string // "1.1.1"
	Title      string
	Directs    string // cơ quan chỉ đạo thực hiện
	CarriesOut string // cơ quan tham mưu, tổ chức thực hiện
	Period     string
	LegalBasis string
	Annex      string // "Phụ lục 1", "" when none
}

// Program is one line of the plan for which people are registered.
type Program struct {
	Code    string // "CCLLCT-TT"
	Section string // number of its section
	// Kind says what it trains for, "" when no rule of eligibility applies.
	Kind  ProgramKind
	Name  string // "Cao cấp lý luận chính trị"
	Form  Form   // "" when the plan gives none
	Quota Quota
	// Group is the code of the QuotaGroup whose places it shares, or "".
	Group     string
	Providers []Provider
	// The following override the section's when they are not empty.
	Directs, CarriesOut, Period, LegalBasis, Annex string
	// SelfPaid: the bodies that ask for the class pay it, not the province.
	SelfPaid bool
	// NeedsBirthDate: a year alone is not enough.
	NeedsBirthDate bool
	// Aliases are other wordings by which sheets name the program, without
	// the form. They help the reader; they are no part of the plan.
	Aliases []string
	// WholeNames are wordings that mean the program only where nothing else
	// stands beside them, since a longer text may name something else.
	WholeNames []string
	// TabNames are short names that offices give to a tab or file of it.
	TabNames []string
}

// Provider is a school and its share of a program's places, 0 when the plan
// does not split them.
type Provider struct {
	Name   string
	Places int
}

// QuotaGroup is a number of places that several programs make up or share.
type QuotaGroup struct {
	Code  string
	Name  string
	Quota Quota
	// Programs are the member codes, in order.
	Programs []string
	// Shared: the members have no numbers of their own and share Quota.
	// Otherwise the members' numbers must add up to Quota.Places.
	Shared bool
}

// Program returns the program with that code, or nil.
func (p *Plan) Program(code string) *Program {
	for i := range p.Programs {
		if p.Programs[i].Code == code {
			return &p.Programs[i]
		}
	}
	return nil
}

// Section returns the section with that number, or nil.
func (p *Plan) Section(number string) *Section {
	for i := range p.Sections {
		if p.Sections[i].Number == number {
			return &p.Sections[i]
		}
	}
	return nil
}

// Group returns the group with that code, or nil.
func (p *Plan) Group(code string) *QuotaGroup {
	for i := range p.Groups {
		if p.Groups[i].Code == code {
			return &p.Groups[i]
		}
	}
	return nil
}

// ProgramName returns what people call the program: its name and, where the
// plan has several forms, the form. An unknown code is returned as it is.
func (p *Plan) ProgramName(code string) string {
	program := p.Program(code)
	if program == nil {
		return code
	}
	switch program.Form {
	case FullTime:
		return program.Name + ", hệ tập trung"
	case PartTime:
		return program.Name + ", hệ không tập trung"
	}
	return program.Name
}

// LegalBasisOf returns the program's legal basis, its section's when it has
// none of its own.
func (p *Plan) LegalBasisOf(code string) string {
	program := p.Program(code)
	if program == nil {
		return ""
	}
	if program.LegalBasis != "" {
		return program.LegalBasis
	}
	if s := p.Section(program.Section); s != nil {
		return s.LegalBasis
	}
	return ""
}
