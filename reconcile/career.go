package reconcile

// Career is what a roster tells of a person's service besides position and
// unit. Conditions of some programs need it; most rosters give little of it.
type Career struct {
	PlannedPosition string     `json:"planned,omitempty"` // chức danh quy hoạch, as typed
	Employment      Employment `json:"employment,omitempty"`
	// Trainee: still on probation in the service (tập sự).
	Trainee   bool `json:"trainee,omitempty"`
	Rank      Rank `json:"rank,omitempty"`
	RankSince Date `json:"rank_since,omitzero"`
	// RankMonths is how long the rank has been held, where the sheet counts
	// instead of giving a date; 0 when it does not say.
	RankMonths int  `json:"rank_months,omitempty"`
	Recruited  Date `json:"recruited,omitzero"`
	// Major is the field of study (chuyên ngành), as typed.
	Major   string   `json:"major,omitempty"`
	Ratings []Rating `json:"ratings,omitempty"`
	// Commitment is whether the person has promised in writing to serve on
	// after the training.
	Commitment Reply `json:"commitment,omitempty"`
	// FirstPostgraduate is whether it is the first time that the person is sent
	// to postgraduate training.
	FirstPostgraduate Reply `json:"first_postgraduate,omitempty"`
	// DefenceGroup is the group of defence training that the row names, 1 to 4.
	DefenceGroup int `json:"defence_group,omitempty"`
	// Minority: of an ethnic minority, where the sheet ticks it instead of
	// naming the ethnicity.
	Minority Reply `json:"minority,omitempty"`
	// ReligiousRank is the rank or duty in a religion, as typed.
	ReligiousRank string `json:"religious_rank,omitempty"`
}

// Reply is an answer of a form: yes, no, or none given.
type Reply string

// The replies.
const (
	NoReply Reply = ""
	Yes     Reply = "yes"
	No      Reply = "no"
)

// Employment is in which relation a person serves.
type Employment string

// Cán bộ, công chức, viên chức, người hoạt động không chuyên trách, hợp đồng.
const (
	Cadre         Employment = "cadre"
	CivilServant  Employment = "civil_servant"
	PublicServant Employment = "public_servant"
	PartTimer     Employment = "part_timer"
	Contract      Employment = "contract"
)

// Rank is a rank of the civil service (ngạch công chức); professional titles
// of public servants are another ladder.
type Rank string

// The ranks, lowest first; Professional stands for a title of public servants
// (giáo viên hạng II) and of special services.
const (
	SupportStaff    Rank = "support"          // nhân viên
	Officer         Rank = "officer"          // cán sự
	Expert          Rank = "expert"           // chuyên viên
	PrincipalExpert Rank = "principal_expert" // chuyên viên chính
	SeniorExpert    Rank = "senior_expert"    // chuyên viên cao cấp
	Professional    Rank = "professional"
)

// Grade is the yearly rating of a person's work (xếp loại chất lượng).
type Grade string

// Không hoàn thành, hoàn thành, hoàn thành tốt, hoàn thành xuất sắc nhiệm vụ;
// lowest first.
const (
	GradeFailed    Grade = "failed"
	GradeCompleted Grade = "completed"
	GradeGood      Grade = "good"
	GradeExcellent Grade = "excellent"
)

// Rating is the rating of one year, 0 when the sheet does not say which, and the
// cell that says it ("K12").
type Rating struct {
	Year  int    `json:"year,omitempty"`
	Grade Grade  `json:"grade"`
	Cell  string `json:"cell,omitempty"`
}

// The ladders of ordered vocabularies, lowest first.
var (
	educations = []Education{UpperSecondary, EducationIntermediate, College, University, Master, Doctor}
	theories   = []PoliticalTheory{NoPoliticalTheory, ElementaryTheory, IntermediateTheory, AdvancedPoliticalTheory}
	ranks      = []Rank{SupportStaff, Officer, Expert, PrincipalExpert, SeniorExpert}
	grades     = []Grade{GradeFailed, GradeCompleted, GradeGood, GradeExcellent}
)

// Level is the place of the education on its ladder, from 1; 0 is unknown.
func (e Education) Level() int { return levelOn(educations, e) }

// Level is the place of the training on its ladder, from 1; 0 is unknown.
func (t PoliticalTheory) Level() int { return levelOn(theories, t) }

// Level is the place of the rank on its ladder, from 1; 0 is unknown or not of
// the civil service.
func (r Rank) Level() int { return levelOn(ranks, r) }

// Level is the place of the grade on its ladder, from 1; 0 is unknown.
func (g Grade) Level() int { return levelOn(grades, g) }

func levelOn[T comparable](ladder []T, step T) int {
	for i, s := range ladder {
		if s == step {
			return i + 1
		}
	}
	return 0
}
