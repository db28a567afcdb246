package pipeline

import (
	"strings"
	"time"

	"github.com/riverqueue/river"

	"doisoat/sync/pull"
)

// listArgs is the job that looks which documents a source has and queues a
// pull for each one that changed.
type listArgs struct {
	Plan   string `json:"plan"`
	Run    int64  `json:"run"`
	Source string `json:"source"` // the configured source's ID
}

func (listArgs) Kind() string { return "list" }

// pullArgs is the job that reads, understands and stores one document.
type pullArgs struct {
	Plan   string    `json:"plan"`
	Run    int64     `json:"run"`
	Source string    `json:"source"`
	Item   pull.Item `json:"item"`
}

func (pullArgs) Kind() string { return "pull" }

// reconcileArgs is the job that matches persons, applies the rules and stores
// the findings of a plan.
type reconcileArgs struct {
	Plan string `json:"plan"`
	Run  int64  `json:"run"`
}

func (reconcileArgs) Kind() string { return "reconcile" }

// publishArgs is the job that brings one agency's reports, or the office's
// workbooks, up to date.
type publishArgs struct {
	Plan   string `json:"plan"`
	Run    int64  `json:"run"`
	Target string `json:"target"` // an agency's code, or consolidated
}

// consolidated is the publish target that stands for the office's workbooks.
const consolidated = "consolidated"

func (publishArgs) Kind() string { return "publish" }

// nightlyArgs is the job that starts a run. Due makes it unique: the schedule
// and the catching-up of a missed night queue the same job. One that somebody
// asked for has a trigger and no such moment.
type nightlyArgs struct {
	Plan    string    `json:"plan"`
	Due     time.Time `json:"due"`
	Trigger string    `json:"trigger,omitempty"`
}

// What starts a run, as the ledger has it.
const (
	triggerSchedule = "schedule"
	triggerManual   = "manual"
)

func (nightlyArgs) Kind() string { return "nightly" }

// The stages of a run that wait for several jobs, as the ledger names them.
const (
	stagePull    = "pull"
	stagePublish = "publish"
)

// attempts bounds how often a job is tried in one run; what still fails is
// recorded and left to the next run.
const attempts = 3

// queueOf is the queue of a plan's jobs, so that a process works only the
// plans whose sources it has. River allows letters, digits, _ and -.
func queueOf(plan string) string {
	return "plan-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, strings.ToLower(plan))
}

func (p *Pipeline) insertOpts() *river.InsertOpts {
	return &river.InsertOpts{Queue: queueOf(p.cfg.Plan.ID), MaxAttempts: attempts}
}
