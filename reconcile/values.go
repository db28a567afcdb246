package reconcile

// Sex of a person as the sheet states it.
type Sex string

// The sexes that Vietnamese rosters know.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Form is the form of study (hệ).
type Form string

// Full-time (tập trung), part-time (không tập trung) and completion (hoàn chỉnh).
const (
	FullTime   Form = "full_time"
	PartTime   Form = "part_time"
	Completion Form = "completion"
)

// Education is the highest general or professional education.
type Education string

// The levels of education, lowest first.
const (
	UpperSecondary        Education = "upper_secondary"
	EducationIntermediate Education = "intermediate"
	College               Education = "college"
	University            Education = "university"
	Master                Education = "master"
	Doctor                Education = "doctor"
)

// Vietnamese is the level in words, "" when it is not known.
func (e Education) Vietnamese() string {
	switch e {
	case UpperSecondary:
		return "trung học phổ thông"
	case EducationIntermediate:
		return "trung cấp"
	case College:
		return "cao đẳng"
	case University:
		return "đại học"
	case Master:
		return "thạc sĩ"
	case Doctor:
		return "tiến sĩ"
	}
	return ""
}

// PoliticalTheory is the level of political theory training (lý luận chính trị).
type PoliticalTheory string

// The levels of political theory, lowest first.
const (
	NoPoliticalTheory       PoliticalTheory = "none"
	ElementaryTheory        PoliticalTheory = "elementary"
	IntermediateTheory      PoliticalTheory = "intermediate"
	AdvancedPoliticalTheory PoliticalTheory = "advanced"
)

// Vietnamese is the level in words, "" when it is not known.
func (t PoliticalTheory) Vietnamese() string {
	switch t {
	case AdvancedPoliticalTheory:
		return "cao cấp"
	case IntermediateTheory:
		return "trung cấp"
	case ElementaryTheory:
		return "sơ cấp"
	case NoPoliticalTheory:
		return "chưa qua đào tạo"
	}
	return ""
}

// Bloc says through which body an agency reports.
type Bloc string

// The party bloc (Party, Front and mass organisations), the state bloc, and
// central bodies in the province.
const (
	PartyBloc   Bloc = "party"
	StateBloc   Bloc = "state"
	CentralBloc Bloc = "central"
)

// Level is the administrative level of an agency.
type Level string

// The levels of the 2024 administration.
const (
	ProvinceLevel Level = "province"
	DistrictLevel Level = "district"
	CommuneLevel  Level = "commune"
	CentralLevel  Level = "central"
)
