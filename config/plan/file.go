package plan

// planFile is the YAML shape of a plan.
type planFile struct {
	Plan     string `yaml:"plan" need:"true"`
	Year     int    `yaml:"year" need:"true"`
	Province string `yaml:"province" need:"true"`
	Title    string `yaml:"title" need:"true"`
	Issuer   string `yaml:"issuer" need:"true"`
	Duty     string `yaml:"duty"`
	From     date   `yaml:"from" need:"true"`
	To       date   `yaml:"to" need:"true"`
	Register string `yaml:"register" need:"true"`
	// Standards names the dated standards that the plan goes by; without them
	// no rule of eligibility can be checked.
	Standards    string         `yaml:"standards"`
	OwnStandards []standardFile `yaml:"own_standards"`
	Classes      []classFile    `yaml:"classes"`
	StatedPlaces int            `yaml:"stated_places" need:"true"`
	Tolerance    map[string]int `yaml:"tolerance"`
	Budget       budgetFile     `yaml:"budget" need:"true"`
	Sections     []sectionFile  `yaml:"sections" need:"true"`
	Programs     []programFile  `yaml:"programs" need:"true"`
	Groups       []groupFile    `yaml:"groups"`
	// Exclusions are programs that one person cannot be in at once.
	Exclusions []exclusionFile `yaml:"exclusions"`
	// Outside are classes that are no program of the plan.
	Outside outsideFile `yaml:"outside"`
}

type budgetFile struct {
	Approved money  `yaml:"approved" need:"true"`
	Stated   string `yaml:"stated" need:"true"`
	Basis    string `yaml:"basis" need:"true"`
}

type sectionFile struct {
	Number     string `yaml:"number" need:"true"`
	Title      string `yaml:"title" need:"true"`
	Directs    string `yaml:"directs"`
	CarriesOut string `yaml:"carries_out"`
	Period     string `yaml:"period"`
	LegalBasis string `yaml:"legal_basis"`
	Annex      string `yaml:"annex"`
}

type programFile struct {
	Code           string         `yaml:"code" need:"true"`
	Section        string         `yaml:"section" need:"true"`
	Kind           programKind    `yaml:"kind"`
	Name           string         `yaml:"name" need:"true"`
	Form           form           `yaml:"form"`
	Quota          quotaFile      `yaml:"quota" need:"true"`
	Providers      []providerFile `yaml:"providers"`
	Directs        string         `yaml:"directs"`
	CarriesOut     string         `yaml:"carries_out"`
	Period         string         `yaml:"period"`
	LegalBasis     string         `yaml:"legal_basis"`
	Annex          string         `yaml:"annex"`
	SelfPaid       bool           `yaml:"self_paid"`
	NeedsBirthDate bool           `yaml:"needs_birth_date"`
	Aliases        []string       `yaml:"aliases"`
	WholeNames     []string       `yaml:"whole_names"`
	TabNames       []string       `yaml:"tab_names"`
}

type quotaFile struct {
	Places  int       `yaml:"places"`
	Kind    quotaKind `yaml:"kind" need:"true"`
	Wording wording   `yaml:"wording"`
	Strict  bool      `yaml:"strict"`
}

type providerFile struct {
	Name   string `yaml:"name" need:"true"`
	Places int    `yaml:"places"`
}

type groupFile struct {
	Code     string    `yaml:"code" need:"true"`
	Name     string    `yaml:"name" need:"true"`
	Quota    quotaFile `yaml:"quota" need:"true"`
	Shared   bool      `yaml:"shared"`
	Programs []string  `yaml:"programs" need:"true"`
}
