package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doisoat/reconcile"
)

// BenchmarkPages measures every page that shows findings over a hundred
// thousand of them, the sign-in's look-up and the log of accesses included. A
// page should take less than a tenth of a second.
func BenchmarkPages(b *testing.B) {
	s := newSite(b, nil)
	s.generate(b, 100_000)
	s.decideOnSome(b, 20_000)
	s.settle(b)
	office, agency := s.as(somebody(reconcile.UserOffice)), s.as(somebody(reconcile.UserAgency))
	party := s.as(somebody(reconcile.UserPartyBloc))
	deep := url.QueryEscape("warning." + time.Now().Format("0") + ".DL02-M")
	for _, page := range []struct {
		name string
		who  *browser
		path string
	}{
		{"overview", office, "/overview"},
		{"overview of an agency", agency, "/overview"},
		{"findings", office, "/findings"},
		{"findings, deep in the list", office, "/findings?after=" + deep},
		{"findings of an agency", office, "/findings?agency=S03"},
		{"findings of an agency and a rule", office, "/findings?agency=S03&rule=DL02&severity=error"},
		{"findings of a rule", office, "/findings?rule=TL02"},
		{"findings of a program, old", office, "/findings?program=CCLLCT-TT&age=30"},
		{"findings of a person", office, "/findings?person=" + url.QueryEscape("Nguyễn Văn Số 77")},
		{"findings without a decision", office, "/findings?said=undecided"},
		{"findings with a decision", office, "/findings?said=decided"},
		{"findings of a bloc", party, "/findings"},
		{"findings of an agency, its own", agency, "/findings"},
		{"finding", office, "/findings/" + s.codes("Nguyễn Văn Số 77")[0]},
		{"sources", office, "/sources"},
		{"people", office, "/people?name=an"},
		{"log of accesses", office, "/access-log"},
	} {
		b.Run(page.name, func(b *testing.B) {
			for b.Loop() {
				if got := page.who.get(page.path); got.status != http.StatusOK {
					b.Fatalf("%s: %d", page.path, got.status)
				} else {
					b.ReportMetric(float64(len(got.body))/1024, "KB")
				}
			}
		})
	}
}

// TestFirstLoadIsSmall: a page and its style sheet are below 100 KB.
func TestFirstLoadIsSmall(t *testing.T) {
	s := newSite(t, nil)
	s.generate(t, 120)
	style := len(s.anonymous().get("/style.css").body)
	for _, path := range []string{"/", "/sign-in"} {
		if n := style + len(s.anonymous().get(path).body); n > 100<<10 {
			t.Errorf("%s: %d KB", path, n>>10)
		}
	}
	office := s.as(somebody(reconcile.UserOffice))
	for _, path := range []string{"/overview", "/findings", "/sources"} {
		if n := style + len(office.get(path).body); n > 100<<10 {
			t.Errorf("%s: %d KB", path, n>>10)
		}
	}
}
