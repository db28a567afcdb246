package rule

import (
	"cmp"
	"slices"

	"doisoat/reconcile"
)

// Run applies the rules to the input and returns what they found, each finding
// once, in a stable order: rules as in the catalogue, then agency, program and
// place. The order of the input's documents and registrations changes nothing.
func Run(rules []Rule, in *Input, opts Options) []reconcile.Finding {
	in.invalid = make(map[string]bool)
	in.until = reconcile.Date{}
	in.alone = opts.Alone
	in.index = newIndex(in)
	e := &engine{in: in, opts: opts, rank: make(map[string]int, len(rules))}
	for i, r := range rules {
		e.rank[r.ID] = i
	}
	active := opts.active(rules)
	e.rows(active)
	e.documents(active)
	for _, r := range active {
		if r.Plan != nil {
			r.Plan(in, e.reporter(r.ID))
		}
	}
	return e.result()
}

type engine struct {
	in    *Input
	opts  Options
	rank  map[string]int // place of a rule in the catalogue
	found []reconcile.Finding
}

func (e *engine) reporter(id string) Report {
	return func(f reconcile.Finding) {
		f.Rule = id
		e.opts.grade(&f)
		withoutIDs(&f)
		for _, key := range f.Invalidates {
			e.in.invalid[key] = true
		}
		e.found = append(e.found, f)
	}
}

func (e *engine) rows(rules []Rule) {
	for _, rule := range rules {
		if rule.Row == nil {
			continue
		}
		report := e.reporter(rule.ID)
		for _, r := range e.in.Registrations {
			rule.Row(e.in, r, report)
		}
	}
}

// documents applies the Sheet functions, then the Document functions, to what
// no later file took the place of. A document that cannot be read at present
// holds what it said last, which counts, and which nobody has mended.
func (e *engine) documents(rules []Rule) {
	for _, rule := range rules {
		if rule.Sheet == nil {
			continue
		}
		report := e.reporter(rule.ID)
		for _, d := range e.in.Documents {
			for i := range d.Sheets {
				if !e.in.index.replaced[sheetRef{d.Source, d.Sheets[i].Name}] {
					rule.Sheet(e.in, d, &d.Sheets[i], report)
				}
			}
		}
	}
	for _, rule := range rules {
		if rule.Document == nil {
			continue
		}
		report := e.reporter(rule.ID)
		for _, d := range e.in.Documents {
			if !e.in.index.outOfUse(d) {
				rule.Document(e.in, d, report)
			}
		}
	}
}

// outOfUse reports whether later files took the place of all that the document
// holds.
func (x *index) outOfUse(d *reconcile.Document) bool {
	out := false
	for i := range d.Sheets {
		switch s := &d.Sheets[i]; {
		case x.replaced[sheetRef{d.Source, s.Name}]:
			out = true
		case s.Role != reconcile.RoleOther && s.Role != reconcile.RoleDiscrepancies && s.Role != "":
			return false
		}
	}
	return out
}

// result sorts the findings and joins those of one identity: the one that
// sorts first stands, the others add their places and what they invalidate.
func (e *engine) result() []reconcile.Finding {
	sorted := make([]*reconcile.Finding, len(e.found)) // findings are large: move pointers
	for i := range e.found {
		sorted[i] = &e.found[i]
	}
	slices.SortStableFunc(sorted, e.compare)
	type identity struct{ rule, subject string }
	at := make(map[identity]int, len(sorted))
	kept := make([]reconcile.Finding, 0, len(sorted))
	for _, f := range sorted {
		id := identity{f.Rule, f.Subject}
		if i, ok := at[id]; ok {
			join(&kept[i], f)
			continue
		}
		at[id] = len(kept)
		kept = append(kept, *f)
	}
	for i := range kept {
		slices.Sort(kept[i].Invalidates)
		kept[i].Invalidates = slices.Compact(kept[i].Invalidates)
	}
	return kept
}

// join adds to a finding what another of the same identity knows besides.
// Places go together only inside one agency, since Related is shown to it.
func join(f, other *reconcile.Finding) {
	f.Invalidates = append(slices.Clip(f.Invalidates), other.Invalidates...)
	if f.Agency != other.Agency {
		return
	}
	for _, place := range append([]reconcile.Origin{other.Place}, other.Related...) {
		if place != f.Place && !slices.Contains(f.Related, place) {
			f.Related = append(slices.Clip(f.Related), place)
		}
	}
}

func (e *engine) compare(a, b *reconcile.Finding) int {
	if c := cmp.Compare(e.rank[a.Rule], e.rank[b.Rule]); c != 0 {
		return c
	}
	if c := cmp.Or(cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Program, b.Program)); c != 0 {
		return c
	}
	if c := e.in.comparePlaces(a.Place, b.Place); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(severityRank(a.Severity), severityRank(b.Severity)),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Found, b.Found),
		cmp.Compare(a.Expected, b.Expected),
		cmp.Compare(a.Remedy, b.Remedy),
	)
}

func severityRank(s reconcile.Severity) int {
	switch s {
	case reconcile.SeverityError:
		return 0
	case reconcile.SeverityWarning:
		return 1
	}
	return 2
}
