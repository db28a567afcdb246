package web

import (
	"cmp"
	"net/url"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// findingsAtOnce is how many findings a page of the list shows.
const findingsAtOnce = 50

// findingsPage is what the template of the list sees.
type findingsPage struct {
	Filter   *filter
	Findings []reconcile.Discrepancy
	Total    int
	Counted  bool // Total is known
	// Start and More are the addresses of the list's start and of the next
	// page, "" where one is there already or there is none.
	Start, More string
	Query       string // the filter, for forms
	Agencies    []choice
	Rules       []choice
	Programs    []choice
	Ages        []age
	One         bool // the visitor has one agency only
	Decides     bool
	Verdicts    []reconcile.Verdict
	// Special are the rules in the list on whose findings a decision means more
	// than usual, when no rule is chosen.
	Special []string
}

// choice is an entry of a list to choose from.
type choice struct {
	Key, Name string
	N         int
}

// findings lists what the filter in the address chooses.
func (v *visit) findings() error {
	f := v.filterOf(v.r.URL.Query())
	if err := v.log(seenFindings, listAddress(f.values())); err != nil {
		return err
	}
	counts, err := v.counts()
	if err != nil {
		return err
	}
	q := v.query(&f)
	q.Limit = findingsAtOnce + 1
	found, err := v.Store.FindingList(v.r.Context(), v.Plan.ID, q)
	if err != nil {
		return err
	}
	page := findingsPage{
		Filter: &f, Findings: found, Query: f.values().Encode(), One: v.user.Role == reconcile.UserAgency,
		Decides: v.user.Decides() && f.Status != string(reconcile.StatusGone), Verdicts: reconcile.Verdicts(), Ages: ages(),
	}
	page.Total, page.Counted = v.total(&f, counts)
	if f.after != "" {
		page.Start = listAddress(f.values())
	}
	if len(found) > findingsAtOnce {
		page.Findings = found[:findingsAtOnce]
		next := f.values()
		next.Set("after", placeOf(postgres.KeyOf(&page.Findings[findingsAtOnce-1])))
		page.More = listAddress(next)
	}
	v.choices(&page, counts)
	return v.show("findings", "Sai lệch", page)
}

// choices fills the lists to choose from with what there is.
func (v *visit) choices(page *findingsPage, counts []postgres.FindingCount) {
	agencies, rules, programs := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range counts {
		if c := &counts[i]; string(c.Status) == page.Filter.Status {
			agencies[cmp.Or(c.Agency, officeAgency)] += c.N
			rules[c.Rule] += c.N
			programs[c.Program] += c.N
		}
	}
	delete(programs, "")
	titles := v.Service.RuleTitles()
	page.Agencies = sorted(agencies, page.Filter.Agency, func(key string) string {
		if key == officeAgency {
			return v.agencyName("")
		}
		return v.agencyName(key)
	})
	page.Rules = sorted(rules, page.Filter.Rule, func(key string) string { return key + " – " + cmp.Or(titles[key], key) })
	if page.Filter.Rule == "" && page.Decides {
		for _, c := range page.Rules {
			if m := v.Service.Meaning(c.Key); m.Accepted != "" || m.Refused != "" {
				page.Special = append(page.Special, c.Key)
			}
		}
	}
	page.Programs = sorted(programs, page.Filter.Program, v.Plan.ProgramName)
}

// sorted lists what was counted by key; what is chosen is there in any case.
func sorted(counted map[string]int, chosen string, name func(string) string) []choice {
	if _, there := counted[chosen]; chosen != "" && !there {
		counted[chosen] = 0
	}
	all := make([]choice, 0, len(counted))
	for key, n := range counted {
		all = append(all, choice{key, name(key), n})
	}
	slices.SortFunc(all, func(a, b choice) int { return cmp.Compare(a.Key, b.Key) })
	return all
}

// links to lists of findings, for templates: pairs of keys and values.
func findingsLink(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return listAddress(q)
}
