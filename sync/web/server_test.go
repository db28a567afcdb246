package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"doisoat/config/plan"
	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/postgres/pgtest"
	"doisoat/sync/pipeline"
	"doisoat/sync/web"
)

// site is the page over a real database.
type site struct {
	*httptest.Server
	t     *testing.T
	store *postgres.Store
	plan  *reconcile.Plan
}

func newSite(t *testing.T) *site {
	t.Helper()
	p, register, err := plan.Load("quang-ngai-2024")
	if err != nil {
		t.Fatal(err)
	}
	store := pgtest.New(t)
	if _, err := store.SavePlan(t.Context(), p, register); err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("ICT", 7*60*60)
	log := slog.New(slog.DiscardHandler)
	jobs, err := pipeline.New(t.Context(), pipeline.Config{
		Store: store, Plan: p, Register: register, Location: zone, Log: log,
		Now: func() time.Time { return time.Date(2024, 3, 5, 8, 0, 0, 0, zone) },
	})
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := pipeline.ParseSchedule("0 1 * * *", zone)
	if err != nil {
		t.Fatal(err)
	}
	page, err := web.New(jobs, zone, schedule.Next, log)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(page)
	t.Cleanup(server.Close)
	return &site{Server: server, t: t, store: store, plan: p}
}

func (s *site) get(path string) (status int, body string, header http.Header) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := s.Client().Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(content), answer.Header
}

// ran puts one finished run into the ledger.
func (s *site) ran(counts reconcile.RunCounts, lines ...reconcile.SourceRun) {
	s.t.Helper()
	started := time.Date(2024, 3, 4, 18, 0, 0, 0, time.UTC)
	err := s.store.InTx(s.t.Context(), func(ctx context.Context, tx postgres.Tx) error {
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

func TestPageBeforeTheFirstRun(t *testing.T) {
	s := newSite(t)
	status, body, header := s.get("/")
	if status != http.StatusOK || !strings.Contains(body, "Chưa có lần chạy nào hoàn thành") || !strings.Contains(body, "01:00 06/03/2024") {
		t.Errorf("status %d, page:\n%s", status, body)
	}
	if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("content security policy %q", policy)
	}
}

func TestPageAfterARun(t *testing.T) {
	s := newSite(t)
	s.ran(
		reconcile.RunCounts{RowsRegistrations: 277, FindingsOpen: 168, BudgetEstimated: 36_757_988_780, BudgetProjected: 2_429_698_747},
		reconcile.SourceRun{Source: "folder:inbox/a.xlsx", File: "DS <b>Sở Nội vụ</b>.xlsx", Agency: "S03", Status: reconcile.SourceRead, Registrations: 41},
		reconcile.SourceRun{Source: "folder:inbox/b.xlsx", File: "hong.xlsx", Status: reconcile.SourceFailed, Error: "«hong.xlsx» bị hỏng."},
	)
	_, body, _ := s.get("/")
	for _, want := range []string{
		"Lần chạy gần nhất: 01:01 05/03/2024", "xong, có nguồn lỗi", "277", "168", "36.757.988.780 đồng",
		"«hong.xlsx» bị hỏng.", "Sở Nội vụ</td>", "DS &lt;b&gt;Sở Nội vụ", "1m30s",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if !strings.Contains(body, `<tr class="over">`) {
		t.Error("an estimate above the budget is not marked")
	}
	if status, css, _ := s.get("/style.css"); status != http.StatusOK || !strings.Contains(css, "font") {
		t.Errorf("the style sheet: status %d", status)
	}
	if status, _, _ := s.get("/status.html"); status != http.StatusNotFound {
		t.Errorf("the template itself is handed out: status %d", status)
	}
}

func TestMetrics(t *testing.T) {
	s := newSite(t)
	if _, body, _ := s.get("/metrics"); !strings.Contains(body, "doisoat_ledger_up 1") || strings.Contains(body, "doisoat_findings") {
		t.Errorf("metrics before the first run:\n%s", body)
	}
	s.ran(reconcile.RunCounts{FindingsOpen: 168, RowsRegistrations: 277},
		reconcile.SourceRun{Source: "folder:inbox/a.xlsx", File: "a.xlsx", Status: reconcile.SourceRead})
	_, body, _ := s.get("/metrics")
	for _, want := range []string{
		`doisoat_findings{state="open"} 168`, `doisoat_rows{kind="registrations"} 277`, `doisoat_sources{state="read"} 1`,
		`doisoat_last_run_duration_seconds 90`, `doisoat_last_run_timestamp_seconds{status="done"}`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("metrics lack %q", want)
		}
	}
}

func TestHealth(t *testing.T) {
	s := newSite(t)
	if status, body, _ := s.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("healthy: %d %q", status, body)
	}
	s.store.Close()
	if status, _, _ := s.get("/healthz"); status != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", status)
	}
	if status, body, _ := s.get("/"); status != http.StatusServiceUnavailable || !strings.Contains(body, "Thử lại sau") {
		t.Errorf("the page without a database: %d %q", status, body)
	}
	if _, body, _ := s.get("/metrics"); !strings.Contains(body, "doisoat_ledger_up 0") {
		t.Error("metrics without a database claim that the ledger is there")
	}
}

func TestForeignRequests(t *testing.T) {
	s := newSite(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://example.com")
	answer, err := s.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site gets %d", answer.StatusCode)
	}
}
