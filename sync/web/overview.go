package web

import (
	"cmp"
	"errors"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/pipeline"
)

// overviewPage is what the template of the first page sees.
type overviewPage struct {
	pipeline.Status
	Last    reconcile.Run
	HasLast bool
	Running bool
	Whole   bool // the figures are of all agencies
	RunNow  bool // the visitor may start a run

	Figures *report.Summary // nil before the first run
	Quotas  []quotaBar
	Money   []bar
	Open    bySeverity
	ByRule, ByAgency,
	ByAge []line
	Failed   []reconcile.SourceRun
	ViewOnly []postgres.ViewOnly
	Held     int
}

// quotaBar is one row of the chart of quotas. Its drawing is 150 % of the limit
// wide, and what passes that ends at its edge.
type quotaBar struct {
	Name string
	report.ProgramFigures
	Valid, Registered int // of barWidth
}

// The drawing's units: the limit stands at barLimit.
const (
	barWidth = 150
	barLimit = 100
)

// overview shows how the plan stands to those who look after it, and its own
// part to an agency.
func (v *visit) overview() error {
	if v.user.Role == reconcile.UserAgency {
		return v.ownOverview()
	}
	state, err := v.Service.Status(v.r.Context())
	if err != nil {
		return err
	}
	state.Next = v.Schedule.Next(state.Now)
	page := overviewPage{Status: state, Whole: v.user.SeesAll(), RunNow: v.user.Role == reconcile.UserOffice}
	page.Last, page.HasLast = lastFinished(state.Runs)
	page.Running = len(state.Runs) > 0 && state.Runs[0].Finished.IsZero()
	for _, source := range state.Sources {
		if source.Status == reconcile.SourceFailed && v.sees(source.Agency) {
			page.Failed = append(page.Failed, source)
		}
	}
	if page.ViewOnly, err = v.viewOnly(); err != nil {
		return err
	}
	if page.Figures, err = v.Service.Figures(v.r.Context(), v.user.Bloc()); err != nil && !errors.Is(err, postgres.ErrNotFound) {
		return err
	}
	if page.Figures != nil {
		page.Quotas = v.quotaBars(page.Figures)
		page.Money = bars(v.Plan.Approved, page.Last.Counts)
	}
	counts, err := v.counts()
	if err != nil {
		return err
	}
	v.openFindings(&page, counts)
	return v.show("overview", "Tổng quan", page)
}

func (v *visit) openFindings(page *overviewPage, counts []postgres.FindingCount) {
	titles := v.Service.RuleTitles()
	page.ByRule = openBy(counts, func(c *postgres.FindingCount) string { return c.Rule }, func(id string) string { return cmp.Or(titles[id], id) })
	page.ByAgency = openBy(counts, func(c *postgres.FindingCount) string { return cmp.Or(c.Agency, officeAgency) }, func(code string) string {
		if code == officeAgency {
			return v.agencyName("")
		}
		return v.agencyName(code)
	})
	for _, a := range ages() {
		l := line{Key: a.Key, Name: a.Name}
		for i := range counts {
			if c := &counts[i]; c.Status == reconcile.StatusOpen && a.holds(v.at, c.FirstSeen) {
				l.add(c)
			}
		}
		page.ByAge = append(page.ByAge, l)
		page.Open.Errors += l.Errors
		page.Open.Warnings += l.Warnings
		page.Open.Infos += l.Infos
	}
}

// quotaBars are the programs of the plan and, after their programs, the groups
// that share places.
func (v *visit) quotaBars(s *report.Summary) []quotaBar {
	var all []quotaBar
	for i := range s.Programs {
		f := s.Programs[i]
		name := v.Plan.ProgramName(f.Code)
		if f.Code == "" {
			name = "Chưa rõ chương trình"
		}
		all = append(all, newQuotaBar(name, f))
	}
	for i := range s.Groups {
		if g := &s.Groups[i]; g.Shared {
			all = append(all, newQuotaBar(v.Plan.Group(g.Code).Name+" (chung)", g.ProgramFigures))
		}
	}
	return slices.DeleteFunc(all, func(b quotaBar) bool {
		return !b.HasLimit && b.ProgramFigures.Registered == 0 && b.Allocated == 0
	})
}

func newQuotaBar(name string, f report.ProgramFigures) quotaBar {
	b := quotaBar{Name: name, ProgramFigures: f}
	if f.HasLimit && f.Limit > 0 {
		b.Valid = min(barWidth, f.Count.Valid*barLimit/f.Limit)
		b.Registered = min(barWidth, f.Count.Registered*barLimit/f.Limit)
	}
	return b
}

// runNow queues a run.
func (v *visit) runNow() error {
	queued, err := v.Service.RunNow(v.r.Context())
	if err != nil {
		return err
	}
	if queued {
		v.redirect("/overview?ok=queued")
	} else {
		v.redirect("/overview?ok=waiting")
	}
	return nil
}

// ownPage is what the template of an agency's first page sees.
type ownPage struct {
	Agency  *reconcile.Agency
	Last    reconcile.Run
	HasLast bool
	Count   report.Count
	Sources []sourceLine
	Open    bySeverity
	ByRule  []line
	Reports []reportFile
}

// ownOverview shows an agency its own part.
func (v *visit) ownOverview() error {
	if err := v.log(seenSources, v.user.Agency); err != nil {
		return err
	}
	page := ownPage{Agency: v.Register.Agency(v.user.Agency)}
	lines, state, err := v.sourceLines()
	if err != nil {
		return err
	}
	page.Sources = lines
	page.Last, page.HasLast = lastFinished(state.Runs)
	counts, err := v.counts()
	if err != nil {
		return err
	}
	titles := v.Service.RuleTitles()
	page.ByRule = openBy(counts, func(c *postgres.FindingCount) string { return c.Rule }, func(id string) string { return cmp.Or(titles[id], id) })
	for _, l := range page.ByRule {
		page.Open.Errors += l.Errors
		page.Open.Warnings += l.Warnings
		page.Open.Infos += l.Infos
	}
	if page.Count, err = v.ownCount(); err != nil {
		return err
	}
	if page.Reports, err = v.reportFiles(); err != nil {
		return err
	}
	return v.show("own", v.who(v.user), page)
}

func (v *visit) ownCount() (report.Count, error) {
	figures, err := v.Service.Figures(v.r.Context(), "")
	if errors.Is(err, postgres.ErrNotFound) {
		return report.Count{}, nil
	}
	if err != nil {
		return report.Count{}, err
	}
	for i := range figures.Agencies {
		if figures.Agencies[i].Code == v.user.Agency {
			return figures.Agencies[i].Count, nil
		}
	}
	return report.Count{}, nil
}
