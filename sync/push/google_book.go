package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"google.golang.org/api/sheets/v4"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
)

// BookResult is what WriteBook did and found.
type BookResult struct {
	// Written: the spreadsheet was changed.
	Written bool
	// Decisions are those that stood in the tab of findings right before the
	// write. Seen and the source of their origin are left to the caller.
	Decisions []reconcile.Decision
	// Digests tell, by the names of the report's tabs, what each of them says
	// now; the next WriteBook is given them.
	Digests map[string]string
	// Shape is the TabShape of the tab of findings.
	Shape string
}

// WriteBook brings a workbook of reports into a spreadsheet of the office: one
// read, and one atomic write of the tabs that say something else than known
// (the digests of the last WriteBook), which only a large report makes several.
//
// Tabs are made once and found again by developer metadata. All but the tab of
// findings are the service's own and written anew from edge to edge; in that
// tab people decide, and it is kept as WriteTab keeps an agency's. Tabs that
// people added are never touched.
func WriteBook(ctx context.Context, client *google.Client, spreadsheet string, w report.Workbook, known map[string]string) (BookResult, error) {
	var result BookResult
	b := &googleBook{client: client, id: spreadsheet, report: &w, known: known}
	err := client.Converge(ctx, func(ctx context.Context) error {
		err := b.write(ctx, &result)
		for again := 0; errors.Is(err, google.ErrRefused) && again < maxRepairs; again++ {
			err = b.write(ctx, &result)
		}
		return err
	})
	if err != nil {
		return result, fmt.Errorf("report %q: %w", w.Title, err)
	}
	return result, nil
}

// bookKey is the key of the metadata that marks a tab of the report.
func bookKey(tab *report.Tab) string {
	if isFindings(tab) {
		return google.DecisionsKey
	}
	return "doisoat.report." + tab.Name
}

// googleBook is one report on its way into a spreadsheet.
type googleBook struct {
	client *google.Client
	id     string
	report *report.Workbook
	known  map[string]string

	old      map[string]*sheets.Sheet // the tabs that are there, by the report's names
	titles   map[string]int64
	ids      map[string]int64 // of all tabs of the report, those to be made too
	findings *findingsTab     // nil when the report has none
	state    *tabState        // of the findings
	plan     *tabPlan
	requests []*sheets.Request
}

func (b *googleBook) write(ctx context.Context, result *BookResult) error {
	result.Digests = make(map[string]string)
	b.requests, b.plan, b.findings = nil, nil, nil
	if err := b.read(ctx); err != nil {
		return err
	}
	if b.state != nil && b.state.tab != nil {
		result.Decisions = b.state.decisions()
		result.Shape = b.state.shape()
	}
	for i := range b.report.Tabs {
		tab := &b.report.Tabs[i]
		result.Digests[tab.Name] = b.digest(tab)
		if err := b.tab(tab, i); err != nil {
			return err
		}
	}
	if err := b.charts(); err != nil {
		return err
	}
	if len(b.requests) == 0 {
		return nil
	}
	left, err := b.send(ctx)
	result.Written = result.Written || err == nil
	if left != nil {
		result.Shape = left.shape()
	}
	return err
}

// send writes the batches. The last answer shows the tab of findings, and what
// an edit between read and write led astray there is put right.
func (b *googleBook) send(ctx context.Context) (left *tabState, err error) {
	all := batches(b.requests)
	for i, batch := range all {
		title := ""
		if i == len(all)-1 && b.findings != nil {
			title = b.findingsTitle()
		}
		if left, err = b.sender().update(ctx, batch, title); err != nil {
			return nil, err
		}
	}
	if left == nil || b.plan == nil {
		return left, nil
	}
	left.titles, left.links = b.state.titles, b.state.links
	left, _, err = b.findings.carryOut(ctx, left, b.findings.repair(b.state, left, b.plan))
	return left, err
}

// sender writes for the tab of findings, or for a report that has none.
func (b *googleBook) sender() *findingsTab {
	if b.findings != nil {
		return b.findings
	}
	return &findingsTab{client: b.client, id: b.id}
}

// findingsTitle is the name of the tab of findings, also of one just made.
func (b *googleBook) findingsTitle() string {
	if b.state.tab != nil {
		return b.state.title()
	}
	return freeTitle(b.findings.layout.tab.Name, b.state.titles)
}

// digest is of what the tab says, and of where its charts' tables stand.
func (b *googleBook) digest(tab *report.Tab) string {
	digest := tab.ServiceContent()
	for i := range tab.Charts {
		holder := tab
		if name := tab.Charts[i].Tab; name != "" {
			holder = b.report.Tab(name)
		}
		if holder == nil {
			continue
		}
		if block := holder.Block(tab.Charts[i].Block); block != nil {
			row, _ := holder.RowOf(block.ID)
			digest += fmt.Sprintf(" %d+%d", row, len(block.Rows))
		}
	}
	return digest
}

// isFindings tells the tab that people fill in.
func isFindings(tab *report.Tab) bool {
	return slices.ContainsFunc(tab.Blocks, func(block report.Block) bool {
		return slices.ContainsFunc(block.Columns, func(c report.Column) bool { return c.Staff })
	})
}

// tab adds the requests that a tab needs.
func (b *googleBook) tab(tab *report.Tab, index int) error {
	old := b.old[tab.Name]
	if isFindings(tab) {
		if old == nil {
			b.requests = append(b.requests, b.findings.create(b.state)...)
			return nil
		}
		if p := b.findings.plan(b.state); p.needed() {
			b.plan = p
			// First of all: its guards look at the tab as it was read.
			b.requests = append(p.requests(), b.requests...)
		}
		return nil
	}
	if old != nil && b.known[tab.Name] == b.digest(tab) {
		return nil
	}
	t := newBookTab(tab, b.ids[tab.Name], links{ids: b.ids, away: true})
	if old != nil {
		b.requests = append(b.requests, t.replace(old)...)
		return nil
	}
	title := freeTitle(tab.Name, b.titles)
	b.titles[title] = t.id
	b.requests = append(b.requests, t.make(title, index)...)
	return nil
}

// charts draws the charts of the tabs that are written, when all cells are there.
func (b *googleBook) charts() error {
	for i := range b.report.Tabs {
		tab := &b.report.Tabs[i]
		if isFindings(tab) || b.old[tab.Name] != nil && b.known[tab.Name] == b.digest(tab) {
			continue
		}
		for j := range tab.Charts {
			r, err := googleChart(b.report, &tab.Charts[j], tab.Name, b.ids)
			if err != nil {
				return err
			}
			if r != nil {
				b.requests = append(b.requests, r)
			}
		}
	}
	return nil
}

// batchBytes is about how large one write may be: Google recommends 2 MB.
const batchBytes = 2 << 20

// batches cuts the requests where they are too many for one write.
func batches(all []*sheets.Request) [][]*sheets.Request {
	var cut [][]*sheets.Request
	size, from := 0, 0
	for i, r := range all {
		raw, err := json.Marshal(r)
		if err != nil {
			raw = nil // the client will say so
		}
		if size += len(raw); size > batchBytes && i > from {
			cut = append(cut, all[from:i])
			size, from = len(raw), i
		}
	}
	return append(cut, all[from:])
}
