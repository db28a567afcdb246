package web_test

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/reconcile/rule"
	"doisoat/sync/pipeline"
	"doisoat/sync/understand"
	"doisoat/sync/web"
)

// site is the page over a real database, on the morning of 5 March 2024.
type site struct {
	*httptest.Server
	t        testing.TB
	store    *postgres.Store
	plan     *reconcile.Plan
	register *reconcile.Register
	reports  string
	now      time.Time
	page     *web.Server
}

// newSite starts a page; adapt changes its options, and may be nil.
func newSite(t testing.TB, adapt func(*web.Options)) *site {
	t.Helper()
	p, register, err := plan.Load("quang-ngai-2024")
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("ICT", 7*60*60)
	url := pgtest.Prepared(t, "job queue", func(ctx context.Context, store *postgres.Store) error {
		return pipeline.Migrate(ctx, store, slog.New(slog.DiscardHandler))
	})
	s := &site{t: t, store: pgtest.Open(t, url, postgres.Options{}), plan: p, register: register, reports: t.TempDir(), now: time.Date(2024, 3, 5, 8, 0, 0, 0, zone)}
	if _, err := s.store.SavePlan(context.Background(), p, register); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	clock := func() time.Time { return s.now }
	jobs, err := pipeline.New(context.Background(), pipeline.Config{
		Store: s.store, Plan: p, Register: register, Rules: rule.All(), Reports: s.reports, Location: zone, Log: log, Now: clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := pipeline.ParseSchedule("0 1 * * *", zone)
	if err != nil {
		t.Fatal(err)
	}
	options := web.Options{
		Service: jobs, Store: s.store, Plan: p, Register: register, Zone: zone,
		Schedule: schedule, Now: clock, Log: log, Reports: s.reports,
		Checker: &pipeline.Checker{
			Plan: p, Register: register, Reader: understand.New(p, register), Rules: rule.All(),
			Today: func() reconcile.Date { return reconcile.DateOf(s.now) },
		},
	}
	if adapt != nil {
		adapt(&options)
	}
	if s.page, err = web.New(options); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(s.page)
	t.Cleanup(s.Close)
	return s
}

// newReportingSite is a page after a run that found something.
func newReportingSite(t testing.TB) *site {
	t.Helper()
	s := newSite(t, nil)
	s.province(t)
	return s
}

// somebody is a user of each role; those of agencies are of Sở Nội vụ, a
// department of the State bloc.
func somebody(role reconcile.UserRole) reconcile.User {
	u := reconcile.User{Login: strings.ReplaceAll(string(role), "_", "-") + "@example.vn", Role: role}
	if role == reconcile.UserAgency {
		u.Agency = "S03"
	}
	return u
}

// browser is somebody's browser. It follows no redirect by itself.
type browser struct {
	*site
	client *http.Client
	cookie []*http.Cookie // kept by hand, so that tests see what is sent
}

// anonymous is a browser that is not signed in.
func (s *site) anonymous() *browser {
	return &browser{site: s, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// as is the browser of a user who has an account and is signed in.
func (s *site) as(user reconcile.User) *browser {
	s.t.Helper()
	ctx := context.Background()
	if _, err := s.store.Account(ctx, s.plan.ID, user.Login); err != nil {
		if err := s.store.AddAccount(ctx, s.plan.ID, user, s.now); err != nil {
			s.t.Fatal(err)
		}
	}
	b := s.anonymous()
	b.cookie = []*http.Cookie{{Name: "doisoat", Value: "token-of-" + user.Login}}
	hash := sha256.Sum256([]byte(b.cookie[0].Value))
	err := s.store.OpenSession(ctx, s.plan.ID, hash[:], hash[:], postgres.Session{
		Login: user.Login, Via: postgres.ViaPassword, Created: s.now, Until: s.now.Add(10 * time.Hour),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// answer is what a request got.
type answer struct {
	status int
	body   string
	header http.Header
}

func (b *browser) get(path string) answer { return b.do(http.MethodGet, path, nil) }

func (b *browser) post(path string, form url.Values) answer {
	return b.do(http.MethodPost, path, form)
}

func (b *browser) do(method, path string, form url.Values) answer {
	b.t.Helper()
	target := path
	if strings.HasPrefix(path, "/") {
		target = b.URL + path
	}
	request, err := http.NewRequestWithContext(context.Background(), method, target, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range b.cookie {
		request.AddCookie(c)
	}
	got, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range got.Cookies() {
		b.keep(c)
	}
	return answer{got.StatusCode, string(content), got.Header}
}

// keep takes a cookie as a browser does.
func (b *browser) keep(c *http.Cookie) {
	kept := []*http.Cookie{}
	for _, old := range b.cookie {
		if old.Name != c.Name {
			kept = append(kept, old)
		}
	}
	if c.MaxAge >= 0 {
		kept = append(kept, c)
	}
	b.cookie = kept
}

// ran puts one finished run into the ledger.
func (s *site) ran(counts reconcile.RunCounts, lines ...reconcile.SourceRun) {
	s.t.Helper()
	started := time.Date(2024, 3, 4, 18, 0, 0, 0, time.UTC)
	err := s.store.InTx(context.Background(), func(ctx context.Context, tx postgres.Tx) error {
		run, err := s.store.StartRun(ctx, tx, s.plan.ID, "schedule", started)
		if err != nil {
			return err
		}
		for _, line := range lines {
			line.Run = run
			if err := s.store.RecordSource(ctx, tx, s.plan.ID, line); err != nil {
				return err
			}
		}
		if err := s.store.SaveRunCounts(ctx, tx, s.plan.ID, run, counts); err != nil {
			return err
		}
		return s.store.CloseRun(ctx, tx, s.plan.ID, run, started.Add(90*time.Second))
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// says reports what the text lacks, and has although it should not ("!word").
func says(t testing.TB, where, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if unwanted, not := strings.CutPrefix(word, "!"); not && strings.Contains(text, unwanted) {
			t.Errorf("%s has %q", where, unwanted)
		} else if !not && !strings.Contains(text, word) {
			t.Errorf("%s lacks %q", where, word)
		}
	}
}
