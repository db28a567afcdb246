package reconcile

import "time"

// RunStatus is how a run, or one source in it, went.
type RunStatus string

// The states of a run. Partial: done, but some sources could not be read, or not
// be written into, or some report could not be written.
const (
	RunRunning RunStatus = "running"
	RunDone    RunStatus = "done"
	RunPartial RunStatus = "partial"
	RunFailed  RunStatus = "failed"
)

// Run is one line of the run ledger.
type Run struct {
	ID       int64
	Plan     string
	Started  time.Time
	Finished time.Time // zero while it runs
	Status   RunStatus
	Trigger  string // "manual", "schedule", "demo", "upload"
	Error    string // in plain Vietnamese, "" when none
	Counts   RunCounts
}

// RunCounts are the figures of a run, as `run --json` prints them.
type RunCounts struct {
	SourcesRead, SourcesUnchanged, SourcesFailed            int
	SourcesViewOnly                                         int // read, but shared for reading only
	RowsNonEmpty, RowsRegistrations, RowsNotUnderstood      int
	FindingsNew, FindingsOpen, FindingsGone, FindingsWaived int
	ReportsWritten                                          int
	BudgetApproved, BudgetEstimated, BudgetProjected        VND
	Persons                                                 int
}

// SourceRun is what one run did with one document.
type SourceRun struct {
	Run           int64
	Source        string
	File          string
	Agency        string
	Status        SourceStatus
	Version       string
	Rows          int
	Registrations int
	NotUnderstood int
	Started       time.Time
	Finished      time.Time
	Error         string
}

// SourceStatus is what became of a document in a run.
type SourceStatus string

// The outcomes for one document.
const (
	SourceRead      SourceStatus = "read"
	SourceUnchanged SourceStatus = "unchanged"
	SourceFailed    SourceStatus = "failed"
	SourceGone      SourceStatus = "gone"
)
