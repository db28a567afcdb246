package web_test

import (
	"net/http"
	"strings"
	"testing"

	"doisoat/reconcile"
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
		"Lần chạy gần nhất: 01:01 05/03/2024", "xong, có nguồn lỗi", "1.277", "168", "36.757.988.780 đồng",
		"không đọc được", "Sở Nội vụ</th>", "Chưa rõ cơ quan", "1m30s", `<tr class="over">`, "!Nguyễn Văn An", "!hong.xlsx")
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
