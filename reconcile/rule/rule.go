package rule

import "doisoat/reconcile"

// Rule is one rule of the catalogue. Exactly the functions that it needs are
// set; the engine calls Row for each registration, Sheet for each sheet of each
// readable document, Document for each document, and last the Plan functions
// in the order of the catalogue (data, duplicates, quotas, money), so that
// these can ask Input.Valid what the earlier rules left standing.
type Rule struct {
	ID    string // "DL02", public and stable
	Title string // in words, for the column Loại sai lệch
	// Alone: the rule needs nothing but the file itself, so that `check` can
	// apply it without a database.
	Alone bool
	// Meaning of what people answer and decide, where it is not the usual one.
	Meaning  reconcile.Meaning
	Row      func(in *Input, r *reconcile.Registration, report Report)
	Sheet    func(in *Input, d *reconcile.Document, s *reconcile.Sheet, report Report)
	Document func(in *Input, d *reconcile.Document, report Report)
	Plan     func(in *Input, report Report)
}

// Report takes a finding. The engine fills in the rule's ID. A rule names in
// Invalidates what an error of its kind makes invalid; the engine drops that
// when the finding is, or is graded down to, less than an error.
type Report func(reconcile.Finding)

// Input is everything that rules may look at. It is complete before the first
// rule runs and no rule changes it. One Input serves one Run at a time.
type Input struct {
	// Plan is never nil.
	Plan     *reconcile.Plan
	Register *reconcile.Register
	// Today is the reference date; rules have no clock, and ask of it only
	// through notYet and over.
	Today reconcile.Date
	// Deadline for sending lists, zero when the configuration gives none.
	Deadline reconcile.Date
	// Documents of every kind: rosters, allocations and estimates, unreadable
	// ones too.
	Documents []*reconcile.Document
	// Registrations of all documents, keys assigned.
	Registrations []*reconcile.Registration
	Allocations   []reconcile.Allocation
	Estimates     []reconcile.EstimateLine
	// Norms of the province, as the office gives them, and of the centre.
	Norms []reconcile.Norm
	// Results of all documents, of earlier years' classes too; their learners
	// have keys of their own and are no registrations.
	Results []*reconcile.Result
	// Earlier is what the plans of earlier years in the same database know of
	// this plan's persons.
	Earlier reconcile.Earlier
	// Persons as package match joined them: every registration is a member of
	// exactly one.
	Persons []reconcile.Person
	// Unsure are pairs that need a human eye.
	Unsure []reconcile.Pair
	// Guard bounds what may vanish unasked; zero is DefaultGuard's.
	Guard Guard
	// Withdrawals are documents that count as they were, since many of their
	// lines vanished and nobody has confirmed it.
	Withdrawals []Withdrawal
	// ViewOnly are spreadsheets that can be read and not be written into.
	ViewOnly []ViewOnly
	// Resent are the sheets that later files take the place of, or perhaps do.
	Resent []Resending
	// Decided gives the office's decision on a finding of NG06, by its subject.
	Decided map[string]reconcile.Verdict

	invalid map[string]bool
	until   reconcile.Date // see Until
	alone   bool
	index   *index
}

// Valid reports whether no finding so far invalidates the registration with
// that key. After Run it tells what the whole catalogue left standing.
func (in *Input) Valid(key string) bool { return !in.invalid[key] }
