package push

import (
	"context"
	"errors"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
)

const bookMask = tabsMask + ",charts(chartId)"

// read gets the spreadsheet's tabs, and of the findings the cells. Only these
// are asked for with their content, by the names that the tabs were given; when
// people renamed some, Google refuses the ranges, and the names are asked first.
func (b *googleBook) read(ctx context.Context) error {
	var ranges []string
	for i := range b.report.Tabs {
		tab := &b.report.Tabs[i]
		ranges = append(ranges, quoteSheet(tab.Name)+"!A1")
		if isFindings(tab) {
			ranges[i] = quoteSheet(tab.Name)
		}
	}
	mask := bookMask + "," + cellMask + ")"
	answer, err := b.client.Spreadsheet(ctx, b.id, mask, ranges...)
	if err == nil && b.holds(answer) {
		return b.take(answer)
	}
	if err != nil && !errors.Is(err, google.ErrRefused) {
		return err
	}
	if answer, err = b.client.Spreadsheet(ctx, b.id, bookMask+")"); err != nil {
		return err
	}
	if tab := google.MarkedTab(answer.Sheets, google.DecisionsKey); tab != nil {
		full, err := b.client.Spreadsheet(ctx, b.id, mask, quoteSheet(tab.Properties.Title))
		if err != nil {
			return err
		}
		for _, t := range full.Sheets {
			if t.Properties.SheetId == tab.Properties.SheetId {
				tab.Data = t.Data
			}
		}
	}
	return b.take(answer)
}

// holds reports whether the answer shows all tabs of the report by their marks.
func (b *googleBook) holds(answer *sheets.Spreadsheet) bool {
	for i := range b.report.Tabs {
		if google.MarkedTab(answer.Sheets, bookKey(&b.report.Tabs[i])) == nil {
			return false
		}
	}
	return true
}

// take sorts out what was read, and gives tabs that are to be made their ids.
func (b *googleBook) take(answer *sheets.Spreadsheet) error {
	b.old, b.ids, b.titles = make(map[string]*sheets.Sheet), make(map[string]int64), titlesOf(answer)
	taken := titlesOf(answer)
	for i := range b.report.Tabs {
		name := b.report.Tabs[i].Name
		key := bookKey(&b.report.Tabs[i])
		if old := google.MarkedTab(answer.Sheets, key); old != nil {
			b.old[name], b.ids[name] = old, old.Properties.SheetId
			continue
		}
		id := newTabID(key+b.id, taken)
		b.ids[name], taken["\x00"+name] = id, id
	}
	for i := range b.report.Tabs {
		if tab := &b.report.Tabs[i]; isFindings(tab) {
			return b.takeFindings(tab, i, answer)
		}
	}
	return nil
}

func (b *googleBook) takeFindings(tab *report.Tab, index int, answer *sheets.Spreadsheet) error {
	layout, err := layoutOf(tab)
	if err != nil {
		return err
	}
	b.findings = &findingsTab{
		client: b.client, id: b.id, layout: layout, key: bookKey(tab), index: int64(index), newTab: b.ids[tab.Name],
	}
	b.state = layout.state(answer, b.findings.key)
	b.state.links = links{ids: b.ids, away: true}
	return nil
}

// decisions are what the office decided in the tab, in the order of the rows.
func (s *tabState) decisions() []reconcile.Decision {
	var all []reconcile.Decision
	for _, r := range s.responses("") {
		all = append(all, reconcile.Decision{Code: r.Code, Verdict: r.Answer, Text: r.Text, Origin: r.Origin})
	}
	return all
}
