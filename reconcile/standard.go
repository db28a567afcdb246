package reconcile

import "slices"

// ProgramKind says what a program trains for, whatever a plan's code and name
// of it, so that standards and rules hold for every plan.
type ProgramKind string

// The kinds of program.
const (
	AdvancedTheory     ProgramKind = "advanced_theory"     // cao cấp lý luận chính trị
	AdvancedCompletion ProgramKind = "advanced_completion" // hoàn chỉnh chương trình cao cấp
	IntermediateStudy  ProgramKind = "intermediate_theory" // trung cấp lý luận chính trị
	UniversityStudy    ProgramKind = "university"          // đại học
	PostgraduateStudy  ProgramKind = "postgraduate"        // sau đại học
	DefenceGroup1      ProgramKind = "defence_1"           // quốc phòng và an ninh, đối tượng 1
	DefenceGroup2      ProgramKind = "defence_2"
	DefenceGroup3      ProgramKind = "defence_3"
	DefenceGroup4      ProgramKind = "defence_4"
	DefenceReligious   ProgramKind = "defence_religious"      // chức sắc, chức việc tôn giáo
	PartyCommissions   ProgramKind = "party_commission_heads" // lãnh đạo các ban đảng cấp tỉnh
	PartySecretaries   ProgramKind = "party_secretaries"      // bí thư, phó bí thư cấp huyện
	PartyOffices       ProgramKind = "party_offices"          // ban, văn phòng cấp ủy cấp huyện
	PartyOrganisation  ProgramKind = "party_organisation"     // nghiệp vụ tổ chức xây dựng Đảng
	UpdateGroup3       ProgramKind = "update_3"               // cập nhật kiến thức, đối tượng 3
	UpdateGroup4       ProgramKind = "update_4"
	CommuneStaff       ProgramKind = "commune_staff"    // cán bộ, công chức, người KCT cấp xã
	CommuneOfficers    ProgramKind = "commune_officers" // cán bộ, công chức cấp xã
	LeadDepartment     ProgramKind = "lead_department"  // lãnh đạo, quản lý cấp sở
	LeadDistrict       ProgramKind = "lead_district"
	LeadDivision       ProgramKind = "lead_division"
	LeadCommune        ProgramKind = "lead_commune"
	RankSenior         ProgramKind = "rank_senior_expert" // ngạch chuyên viên cao cấp
	RankPrincipal      ProgramKind = "rank_principal_expert"
	RankExpert         ProgramKind = "rank_expert"
	JobPosition        ProgramKind = "job_position" // vị trí việc làm
)

// ProgramKinds are all kinds, in the order above.
func ProgramKinds() []ProgramKind {
	return []ProgramKind{
		AdvancedTheory, AdvancedCompletion, IntermediateStudy, UniversityStudy, PostgraduateStudy, DefenceGroup1, DefenceGroup2,
		DefenceGroup3, DefenceGroup4, DefenceReligious, PartyCommissions, PartySecretaries, PartyOffices, PartyOrganisation,
		UpdateGroup3, UpdateGroup4, CommuneStaff, CommuneOfficers, LeadDepartment, LeadDistrict, LeadDivision, LeadCommune,
		RankSenior, RankPrincipal, RankExpert, JobPosition,
	}
}

// StandardKey names what a standard is about.
type StandardKey string

// The keys. Those of numbers say in what the number counts; the others take
// words, of which one must hold.
const (
	MinAgeMen        StandardKey = "min_age_men"        // years, by year of birth
	MinAgeWomen      StandardKey = "min_age_women"      // years, by year of birth
	MaxFirstAge      StandardKey = "max_first_age"      // full years when first sent
	MinServiceYears  StandardKey = "min_service_years"  // full years without probation
	ProbationMonths  StandardKey = "probation_months"   // months
	GoodYears        StandardKey = "good_years"         // years before, rated at least MinRating
	MinRating        StandardKey = "min_rating"         // a Grade
	MinRankYears     StandardKey = "min_rank_years"     // years as chuyên viên chính
	MinTeachingYears StandardKey = "min_teaching_years" // years of teaching political theory
	CommitmentTimes  StandardKey = "commitment_times"   // times the training
	MaxWeeks         StandardKey = "max_weeks"          // of a course
	PartyStatus      StandardKey = "party_status"       // member, full_member
	MinEducation     StandardKey = "min_education"      // an Education
	MinorityMinimum  StandardKey = "minority_education" // an Education, for ethnic minorities
	TheoryBelow      StandardKey = "theory_below"       // a PoliticalTheory not yet reached
	Audience         StandardKey = "audience"           // offices, see package title
	CommuneAudience  StandardKey = "commune_audience"   // the only offices of a commune that fit
	AgencyLevels     StandardKey = "levels"             // Levels of the bodies
	Employments      StandardKey = "employments"        // Employments
)

// StandardKeys are all keys, in the order above.
func StandardKeys() []StandardKey {
	return []StandardKey{
		MinAgeMen, MinAgeWomen, MaxFirstAge, MinServiceYears, ProbationMonths, GoodYears, MinRating, MinRankYears, MinTeachingYears, CommitmentTimes,
		MaxWeeks, PartyStatus, MinEducation, MinorityMinimum, TheoryBelow, Audience, CommuneAudience, AgencyLevels, Employments,
	}
}

// Sureness says how sure it is that a standard says what the law says.
type Sureness string

// Verified: read in the cited source. Secondary: the source is weak, such as a
// practice elsewhere. Unverified: nobody found it written.
const (
	Verified   Sureness = "verified"
	Secondary  Sureness = "secondary"
	Unverified Sureness = "unverified"
)

// Standard is a condition or a figure that a legal act sets for programs, for
// as long as the act is in force.
type Standard struct {
	Key    StandardKey
	Kinds  []ProgramKind
	Form   Form     // "" for every form
	Number int      // for keys that count
	Words  []string // for the others
	// NotKnown: the act is in force and sets this, but nobody here has read
	// what; the rule is then not checked, never an older figure applied.
	NotKnown bool
	From, To Date   // first and last day, To zero while in force
	Act      string // as findings quote it
	Sure     Sureness
	Note     string // why it is as sure as it is, and from where
	// Line of the file in which it stands, for messages about the file.
	File string
	Line int
}

// ValidAt reports whether the standard is in force on the day.
func (s *Standard) ValidAt(day Date) bool { return within(day, s.From, s.To) }

// Binding reports whether a failure is an error: figures that are not verified
// may only warn.
func (s *Standard) Binding() bool { return s.Sure == Verified }

// Standards are the dated standards of a plan, its own before the general ones.
type Standards []Standard

// At returns the standard that holds on the day, nil when there is none. One
// for the program's form goes before one for every form.
func (s Standards) At(key StandardKey, kind ProgramKind, form Form, day Date) *Standard {
	var general *Standard
	for i := range s {
		one := &s[i]
		if one.Key != key || !slices.Contains(one.Kinds, kind) || !one.ValidAt(day) {
			continue
		}
		switch one.Form {
		case form:
			return one
		case "":
			if general == nil {
				general = one
			}
		}
	}
	return general
}

// Changes are the days inside a period on which another standard of the kind
// begins to hold, the period's own first day not among them.
func (s Standards) Changes(kind ProgramKind, from, to Date) []Date {
	var days []Date
	for i := range s {
		day := s[i].From
		if slices.Contains(s[i].Kinds, kind) && from.SurelyBefore(day) && !to.SurelyBefore(day) && !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return days
}
