package plan

import "doisoat/reconcile"

// Inputs is what a plan does not say itself and an office gives as YAML: how
// places are shared out, what programs may cost, and the norms of rates.
type Inputs struct {
	Allocations []reconcile.Allocation
	// Budget holds one line of kind BudgetedLine for each budget line.
	Budget []reconcile.EstimateLine
	Norms  []reconcile.Norm
	// Classes are dates of classes that became known after the plan was made.
	Classes []reconcile.Class
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
