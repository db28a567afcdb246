package reconcile

// Outcome is how a class ended for a learner, or how it stands.
type Outcome string

// The outcomes that lists of classes and of results tell apart. Dropped out is
// leaving without leave (tự ý bỏ học, nghỉ học, bị buộc thôi học); withdrawn is
// a learner let go or taken off (thôi học, rút tên), for whatever reason; absent
// never came; studying is enrolled and not done. "" means that the list does
// not say.
const (
	NoOutcome    Outcome = ""
	Completed    Outcome = "completed"
	NotCompleted Outcome = "not_completed" // sat through it and failed, no diploma
	DroppedOut   Outcome = "dropped_out"
	Withdrawn    Outcome = "withdrawn"
	Studying     Outcome = "studying"
	Absent       Outcome = "absent"
)

// Result is what a list of a class, or of its results, says of one learner.
type Result struct {
	// Learner is the person and the class, as a roster's row would put them
	// down: Agency is the body that the list says sent the person, Program and
	// Form are the class's; Origin and Readings are the result's own. Learners
	// are in no way registered: no count of registrations may take them in.
	Learner Registration
	// Class is the single class as the list names it ("Lớp K15", else the
	// list's title); with the program it tells classes of one program apart.
	Class   string
	Outcome Outcome
	// Final: the list tells how the class ended, and is no mere list of the
	// class; so who is not on it has no result.
	Final    bool
	Grade    string // xếp loại, as the list has it
	ScoreMil int64  // điểm in thousandths, valid when HasScore
	HasScore bool
	Decision string // number of the decision or diploma, as the list has it
	From, To Date   // opening and closing of the class, as far as the list says
	// Months of service owed after the class and served since, in whole
	// months; valid when the flag beside them is set.
	MonthsOwed, MonthsServed int
	HasOwed, HasServed       bool
	// Cost is what the class cost for this learner (học phí and the other
	// costs of the course, no salary), valid when HasCost.
	Cost    VND
	HasCost bool
}

// Origin is the place of the result.
func (r *Result) Origin() Origin { return r.Learner.Origin }

// Enrolled reports whether the person was in the class at all.
func (r *Result) Enrolled() bool { return r.Outcome != Absent }

// Held is the year of the class: of its end, else of its beginning, 0 when the
// list says neither.
func (r *Result) Held() int {
	if r.To.Year != 0 {
		return r.To.Year
	}
	return r.From.Year
}

// BeforePlan reports whether the class surely was over before the plan's year,
// so that it belongs to an earlier plan.
func (r *Result) BeforePlan(p *Plan) bool { return r.Held() != 0 && r.Held() < p.Year }

// Learners returns the learners of the results, in their order.
func Learners(results []*Result) []*Registration {
	all := make([]*Registration, len(results))
	for i, r := range results {
		all[i] = &r.Learner
	}
	return all
}
