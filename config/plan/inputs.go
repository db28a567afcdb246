package plan

import "doisoat/reconcile"

// Inputs is what a plan does not say itself and an office gives as YAML: how
// places are shared out, what programs may cost, and the norms of rates.
type Inputs struct {
	Allocations []reconcile.Allocation
	// Budget holds one line of kind BudgetedLine for each budget line.
	Budget []reconcile.EstimateLine
	Norms  []Norm
	// Classes are dates of classes that became known after the plan was made.
	Classes []reconcile.Class
}

// Norm is the ceiling of a rate, or a fixed rate, as a legal act sets it.
type Norm struct {
	Code string // the office's own short name of the norm
	Item string // nội dung chi
	// Rank is the class of person that the rate is for ("Giáo sư, chuyên gia
	// cao cấp"), "" when the rate depends on none.
	Rank string
	Unit string // "buổi", "tiết", "người/ngày"
	Rate reconcile.VND
	// Fixed: the rate is exact; otherwise it may not be passed.
	Fixed bool
	// PeriodsPerSession is how many tiết one buổi has, 0 when it does not matter.
	PeriodsPerSession int
	// WithPreparation: the rate includes preparing the lesson.
	WithPreparation bool
	From, To        reconcile.Date // first and last day, zero when open
	Source          string         // the legal act
	// Verified: somebody compared the figure with the act. A figure that is
	// not verified may only warn.
	Verified bool
	Origin   reconcile.Origin
}

// ValidAt reports whether the norm is in force on the day.
func (n *Norm) ValidAt(day reconcile.Date) bool {
	return !day.SurelyBefore(n.From) && !n.To.SurelyBefore(day)
}

type inputsFile struct {
	Plan        string           `yaml:"plan" need:"true"`
	Allocations []allocationFile `yaml:"allocations"`
	Budget      []budgetLineFile `yaml:"budget"`
	Norms       []normFile       `yaml:"norms"`
	Classes     []classFile      `yaml:"classes"`
}

type allocationFile struct {
	Agency   string   `yaml:"agency" need:"true"`
	Programs []string `yaml:"programs" need:"true"`
	Places   int      `yaml:"places" need:"true"`
}

type budgetLineFile struct {
	Text     string   `yaml:"text"`
	Programs []string `yaml:"programs" need:"true"`
	Classes  int      `yaml:"classes"`
	Learners int      `yaml:"learners"`
	Amount   money    `yaml:"amount" need:"true"`
	Spent    money    `yaml:"spent"`
}

type normFile struct {
	Code              string `yaml:"code" need:"true"`
	Item              string `yaml:"item" need:"true"`
	Rank              string `yaml:"rank"`
	Unit              string `yaml:"unit" need:"true"`
	Rate              money  `yaml:"rate" need:"true"`
	Fixed             bool   `yaml:"fixed"`
	PeriodsPerSession int    `yaml:"periods_per_session"`
	WithPreparation   bool   `yaml:"with_preparation"`
	From              date   `yaml:"from" need:"true"`
	To                date   `yaml:"to"`
	Source            string `yaml:"source" need:"true"`
	Verified          bool   `yaml:"verified"`
}
