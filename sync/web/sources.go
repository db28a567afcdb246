package web

import (
	"slices"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// sourceLine is a document as the newest run that ended saw it.
type sourceLine struct {
	reconcile.SourceRun
	// Read is when the document was last read, zero when never.
	Read time.Time
	// ViewOnly: it is a spreadsheet that may not be written into.
	ViewOnly bool
}

// sourcesPage is what the template of the sources sees.
type sourcesPage struct {
	Sources []sourceLine
	Silent  []string // codes
	Known   bool     // Silent is known
	One     bool
}

// sources lists the documents that the visitor may see, those that cannot be
// read first, and the agencies that sent none.
func (v *visit) sources() error {
	if err := v.log(seenSources, ""); err != nil {
		return err
	}
	lines, _, err := v.sourceLines()
	if err != nil {
		return err
	}
	page := sourcesPage{Sources: lines, One: v.user.Role == reconcile.UserAgency}
	if figures, err := v.Service.Figures(v.r.Context(), v.user.Bloc()); err == nil && !page.One {
		page.Silent, page.Known = figures.Silent, true
	}
	return v.show("sources", "Nguồn dữ liệu", page)
}

func (v *visit) sourceLines() ([]sourceLine, pipeline.Status, error) {
	state, err := v.Service.Status(v.r.Context())
	if err != nil {
		return nil, state, err
	}
	last, err := v.Store.LastReadings(v.r.Context(), v.Plan.ID)
	if err != nil {
		return nil, state, err
	}
	closed, err := v.viewOnly()
	if err != nil {
		return nil, state, err
	}
	var lines []sourceLine
	for _, s := range state.Sources {
		if !v.sees(s.Agency) || v.Service.IsCopy(s.Source) {
			continue
		}
		l := sourceLine{SourceRun: s, ViewOnly: slices.ContainsFunc(closed, func(c postgres.ViewOnly) bool { return c.Source == s.Source })}
		if read, ok := last[s.Source]; ok {
			l.Read = read.Finished
		}
		lines = append(lines, l)
	}
	failedFirst := func(l sourceLine) int {
		if l.Status == reconcile.SourceFailed || l.Status == reconcile.SourceGone || l.ViewOnly {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(lines, func(a, b sourceLine) int { return failedFirst(a) - failedFirst(b) })
	return lines, state, nil
}

// viewOnly are the spreadsheets, of those that the visitor may see, that are
// shared for reading only.
func (v *visit) viewOnly() ([]postgres.ViewOnly, error) {
	all, err := v.Store.ViewOnly(v.r.Context(), v.Plan.ID)
	return slices.DeleteFunc(all, func(c postgres.ViewOnly) bool {
		if v.Service.IsCopy(c.Source) {
			return !v.user.SeesAll() // the office's own report
		}
		return !v.sees(c.Agency)
	}), err
}
