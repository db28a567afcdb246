package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
	"doisoat/sync/web"
)

func TestStatusBeforeTheFirstRun(t *testing.T) {
	b := newSite(t, nil).anonymous()
	got := b.get("/")
	if got.status != http.StatusOK {
		t.Errorf("status %d", got.status)
	}
	says(t, "the page", got.body, "Chưa có lần chạy nào hoàn thành", "01:00 06/03/2024")
	says(t, "the policy", got.header.Get("Content-Security-Policy"), "default-src 'none'", "frame-ancestors 'none'", "!unsafe", "!script")
}

func TestStatusAfterARun(t *testing.T) {
	s := newSite(t, nil)
	b := s.anonymous()
	s.ran(
		reconcile.RunCounts{RowsRegistrations: 1277, FindingsOpen: 168, SourcesFailed: 1, BudgetEstimated: 36_757_988_780, BudgetProjected: 2_429_698_747},
		reconcile.SourceRun{Source: "folder:inbox/a.xlsx", File: "DS ông Nguyễn Văn An.xlsx", Agency: "S03", Status: reconcile.SourceRead, Registrations: 41},
		reconcile.SourceRun{Source: "folder:inbox/b.xlsx", File: "hong.xlsx", Status: reconcile.SourceFailed, Error: "«hong.xlsx» bị hỏng."},
	)
	says(t, "the page", b.get("/").body,
		"Lần chạy gần nhất: 01:01 05/03/2024", "(xong một phần)", "1.277", "168", "36.757.988.780 đồng",
		"không đọc được", "Sở Nội vụ</th>", "Chưa rõ cơ quan", "1 phút 30 giây", `<tr class="over">`, "!Nguyễn Văn An", "!hong.xlsx")
	if got := b.get("/style.css"); got.status != http.StatusOK || !strings.Contains(got.body, "font") {
		t.Errorf("the style sheet: status %d", got.status)
	}
	if got := b.get("/templates/status.html"); got.status != http.StatusNotFound {
		t.Errorf("the template itself is handed out: status %d", got.status)
	}
}

func TestMetrics(t *testing.T) {
	s := newSite(t, nil)
	b := s.anonymous()
	says(t, "before the first run", b.get("/metrics").body, "doisoat_ledger_up 1", "!doisoat_findings")
	s.ran(reconcile.RunCounts{FindingsOpen: 168, RowsRegistrations: 277},
		reconcile.SourceRun{Source: "folder:inbox/a.xlsx", File: "a.xlsx", Status: reconcile.SourceRead})
	says(t, "after a run", b.get("/metrics").body,
		`doisoat_findings{state="open"} 168`, `doisoat_rows{kind="registrations"} 277`, `doisoat_sources{state="read"} 1`,
		`doisoat_last_run_duration_seconds 90`, `doisoat_last_run_timestamp_seconds{status="done"}`)
}

// TestWatched: what this process does is counted from its first job on.
func TestWatched(t *testing.T) {
	watch := web.NewWatch()
	s := newSite(t, func(o *web.Options) { o.Watch = watch })
	watch.Job(pipeline.Job{Kind: "pull", Took: 20 * time.Millisecond})
	watch.Job(pipeline.Job{Kind: "pull", Took: time.Second, Err: errors.New("tệp hỏng")})
	watch.Google(false, false, true, 3*time.Second, 0)
	watch.Google(false, true, false, 0, 5*time.Second)
	says(t, "the metrics", s.anonymous().get("/metrics").body,
		`doisoat_stage_duration_seconds_bucket{outcome="ok",stage="pull",le="0.03"} 1`,
		`doisoat_stage_duration_seconds_count{outcome="error",stage="pull"} 1`,
		`doisoat_google_requests_total{kind="read",outcome="error"} 1`, `doisoat_google_requests_total{kind="write",outcome="ok"} 0`,
		"doisoat_google_retries_total 1", `doisoat_google_wait_seconds_total{reason="quota"} 3`, `doisoat_google_wait_seconds_total{reason="retry"} 5`)
}

// TestRunsSeenFromOutside: a run that fails and one that does not happen show in
// the metrics and in /healthz, and the next good one clears both.
func TestRunsSeenFromOutside(t *testing.T) {
	s := newSite(t, nil)
	b := s.anonymous()
	s.ran(reconcile.RunCounts{}) // at one o'clock of 5 March, due then
	says(t, "after a good run", b.get("/metrics").body, "doisoat_run_overdue 0", `doisoat_runs_total{outcome="done"} 1`,
		fmt.Sprintf("doisoat_next_run_timestamp_seconds %g", float64(s.now.Add(17*time.Hour).Unix())), "doisoat_last_success_timestamp_seconds")
	s.now = s.now.Add(24 * time.Hour)
	says(t, "after a night without one", b.get("/metrics").body, "doisoat_run_overdue 1")
	says(t, "after a night without one", b.get("/healthz").body, "degraded: the run due at 2024-03-06T01:00:00+07:00 has not reached its end", "!ok")
	if got := b.get("/healthz"); got.status != http.StatusOK {
		t.Errorf("a restart would mend nothing: %d", got.status)
	}
	if got := b.get("/healthz?strict=1"); got.status != http.StatusServiceUnavailable {
		t.Errorf("whoever asks for it is not told by the status: %d", got.status)
	}
	err := s.store.InTx(t.Context(), func(ctx context.Context, tx postgres.Tx) error {
		_, err := s.store.StartRun(ctx, tx, s.plan.ID, "schedule", s.now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.FailRun(t.Context(), s.plan.ID, 2, "Nguyễn Văn An 051079001234", s.now); err != nil {
		t.Fatal(err)
	}
	says(t, "after a failed run", b.get("/metrics").body, `doisoat_runs_total{outcome="failed"} 1`, "doisoat_run_overdue 1")
	says(t, "after a failed run", b.get("/healthz").body, "degraded: run 2 failed at", "!Nguyễn", "!051079001234")
}

// TestMetricsOfTheReadme: what the README names, alerts included, is there.
func TestMetricsOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, nil)
	s.ran(reconcile.RunCounts{})
	got := s.anonymous().get("/metrics").body
	later := []string{"doisoat_stage_duration_seconds", "doisoat_rule_findings", "doisoat_jobs", "doisoat_oldest_job_age_seconds"} // once there are any
	names := regexp.MustCompile(`doisoat_[a-z_]+`).FindAllString(string(readme), -1)
	if len(names) < 20 {
		t.Fatalf("the README names only %v", names)
	}
	for _, name := range names {
		if !slices.Contains(later, name) && !strings.Contains(got, "# TYPE "+name+" ") {
			t.Errorf("the README names %s, which is not there", name)
		}
	}
}

func TestReady(t *testing.T) {
	s := newSite(t, nil)
	if got := s.anonymous().get("/readyz"); got.status != http.StatusServiceUnavailable {
		t.Errorf("without workers: %+v", got)
	}
}

func TestHealth(t *testing.T) {
	s := newSite(t, nil)
	b, office := s.anonymous(), s.as(somebody(reconcile.UserOffice))
	if got := b.get("/healthz"); got.status != http.StatusOK || got.body != "ok\n" {
		t.Errorf("healthy: %+v", got)
	}
	s.store.Close()
	if got := b.get("/healthz"); got.status != http.StatusServiceUnavailable {
		t.Errorf("without a database: %+v", got)
	}
	for _, who := range []*browser{b, office} {
		if got := who.get("/"); got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "Thử lại sau") {
			t.Errorf("the page without a database: %+v", got)
		}
	}
	says(t, "without a database", b.get("/metrics").body, "doisoat_ledger_up 0")
}
