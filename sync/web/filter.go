package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
)

// filter is what a list of findings shows. It stands in the address, so that a
// list can be kept, sent and gone back to.
type filter struct {
	Status   string // open, waived, gone
	Agency   string // code, or officeAgency
	Rule     string
	Severity string
	Program  string
	Age      string // the key of an age
	Said     string // answered, unanswered, decided, undecided
	Person   string
	after    string
}

// officeAgency stands in addresses for what belongs to no agency.
const officeAgency = "-"

// filterOf reads the filter out of an address; what is no value of it is left
// out.
func (v *visit) filterOf(q url.Values) filter {
	f := filter{
		Status: q.Get("status"), Agency: q.Get("agency"), Rule: q.Get("rule"), Severity: q.Get("severity"), Program: q.Get("program"),
		Age: q.Get("age"), Said: q.Get("said"), Person: reconcile.Clean(q.Get("person")), after: q.Get("after"),
	}
	one := func(value *string, of ...string) {
		if !slices.Contains(of, *value) {
			*value = ""
		}
	}
	if one(&f.Status, "open", "waived", "gone"); f.Status == "" {
		f.Status = string(reconcile.StatusOpen)
	}
	one(&f.Severity, "error", "warning", "info")
	one(&f.Said, "answered", "unanswered", "decided", "undecided")
	if _, ok := ageOf(f.Age); !ok {
		f.Age = ""
	}
	if f.Agency != officeAgency && v.Register.Agency(f.Agency) == nil {
		f.Agency = ""
	}
	return f
}

// values is the filter as an address has it, without the place in the list.
func (f *filter) values() url.Values {
	q := url.Values{}
	for _, p := range []struct{ key, value string }{
		{"agency", f.Agency},
		{"rule", f.Rule},
		{"severity", f.Severity},
		{"program", f.Program},
		{"age", f.Age},
		{"said", f.Said},
		{"person", f.Person},
	} {
		if p.value != "" {
			q.Set(p.key, p.value)
		}
	}
	if f.Status != string(reconcile.StatusOpen) {
		q.Set("status", f.Status)
	}
	return q
}

func listAddress(q url.Values) string {
	if len(q) == 0 {
		return "/findings"
	}
	return "/findings?" + q.Encode()
}

// Any reports whether the filter leaves anything out, the status apart.
func (f *filter) Any() bool {
	g := *f
	g.Status, g.after = string(reconcile.StatusOpen), ""
	return len(g.values()) > 0
}

// query is the filter for the store, within what the visitor may see.
func (v *visit) query(f *filter) postgres.FindingQuery {
	q := postgres.FindingQuery{
		Status: reconcile.Status(f.Status), Agency: f.Agency, Rule: f.Rule, Severity: reconcile.Severity(f.Severity),
		Program: f.Program, Person: f.Person, After: keyOf(f.after),
	}
	if f.Agency == officeAgency {
		q.Agency, q.Office = "", true
	}
	if codes, all := v.user.Scope(v.Register); !all {
		q.Scope = codes
	}
	if a, ok := ageOf(f.Age); ok {
		q.From, q.Until = a.span(v.at)
	}
	switch f.Said {
	case "answered":
		q.Answered = new(true)
	case "unanswered":
		q.Answered = new(false)
	case "decided":
		q.Decided = new(true)
	case "undecided":
		q.Decided = new(false)
	}
	return q
}

// total counts what the filter chooses, where the tally knows it.
func (v *visit) total(f *filter, counts []postgres.FindingCount) (int, bool) {
	if f.Said != "" || f.Person != "" || f.Status == string(reconcile.StatusGone) {
		return 0, false
	}
	chosen, n := age{}, 0
	if f.Age != "" {
		chosen, _ = ageOf(f.Age)
	}
	agency := strings.TrimPrefix(f.Agency, officeAgency)
	for i := range counts {
		c := &counts[i]
		if string(c.Status) == f.Status && (f.Agency == "" || c.Agency == agency) && (f.Rule == "" || c.Rule == f.Rule) &&
			(f.Severity == "" || string(c.Severity) == f.Severity) && (f.Program == "" || c.Program == f.Program) && chosen.holds(v.at, c.FirstSeen) {
			n += c.N
		}
	}
	return n, true
}

// placeOf writes a place of the list into an address, and keyOf reads it; what
// is none is the list's start.
func placeOf(k postgres.FindingKey) string {
	return fmt.Sprintf("%s.%d.%s", k.Severity, k.FirstSeen.UnixMicro(), k.Code)
}

func keyOf(text string) postgres.FindingKey {
	parts := strings.SplitN(text, ".", 3)
	if len(parts) != 3 {
		return postgres.FindingKey{}
	}
	micro, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return postgres.FindingKey{}
	}
	return postgres.FindingKey{Severity: reconcile.Severity(parts[0]), FirstSeen: time.UnixMicro(micro), Code: parts[2]}
}
