package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
)

// The people and files of the tests' province. Two departments of the State
// bloc, a board of the Party's, and the office itself.
const (
	officeFinding = "Chưa nạp phân bổ chỉ tiêu"
	ownPerson     = "Nguyễn Thị Lan"
	otherPerson   = "Phạm Văn Đức"
	partyPerson   = "Trần Quốc Toản"
)

func finding(n int, agency, person string, severity reconcile.Severity) reconcile.Finding {
	return reconcile.Finding{
		Rule: "DL02", Severity: severity, Subject: fmt.Sprintf("%s|CCLLCT-TT|%s|%d", agency, person, n),
		Agency: agency, Program: "CCLLCT-TT", Person: person,
		Place:   reconcile.Origin{Source: "folder:inbox/" + agency + "/ds.xlsx", Sheet: "CCLLCT", Row: 9 + n, Cell: fmt.Sprintf("D%d", 9+n)},
		Message: "Ngày sinh của " + person + " không có thật.", Found: "31/02/1980", Expected: "một ngày có thật", Remedy: "Sửa lại ngày sinh.",
	}
}

// province puts a run with findings, files and figures into the site.
func (s *site) province(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	s.ran(reconcile.RunCounts{RowsRegistrations: 3, FindingsOpen: 5, BudgetEstimated: 30_000_000_000})
	err := s.store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		run, err := s.store.StartRun(ctx, tx, s.plan.ID, "manual", s.now)
		if err != nil {
			return err
		}
		for _, l := range []reconcile.SourceRun{
			{Source: "folder:inbox/S03/ds.xlsx", File: "DS Sở Nội vụ.xlsx", Agency: "S03", Status: reconcile.SourceRead, Rows: 41, Registrations: 40},
			{Source: "folder:inbox/S04/ds.xlsx", File: "DS Sở Tài chính.xlsx", Agency: "S04", Status: reconcile.SourceFailed, Error: "«DS Sở Tài chính.xlsx» bị hỏng."},
		} {
			l.Run, l.Finished = run, s.now
			if err := s.store.RecordSource(ctx, tx, s.plan.ID, l); err != nil {
				return err
			}
		}
		findings := []reconcile.Finding{
			finding(1, "S03", ownPerson, reconcile.SeverityError), finding(2, "S03", ownPerson, reconcile.SeverityWarning),
			finding(1, "S04", otherPerson, reconcile.SeverityError), finding(1, partyAgency(t, s), partyPerson, reconcile.SeverityInfo),
			{Rule: "CT05", Severity: reconcile.SeverityWarning, Subject: "x", Message: officeFinding},
		}
		if _, err := s.store.SaveFindings(ctx, tx, s.plan.ID, run, findings, s.now); err != nil {
			return err
		}
		counts := reconcile.RunCounts{RowsRegistrations: 1060, Persons: 1012, FindingsOpen: 5, FindingsNew: 5, BudgetEstimated: 30_112_400_000, BudgetProjected: 2_429_698_747}
		if err := s.store.SaveRunCounts(ctx, tx, s.plan.ID, run, counts); err != nil {
			return err
		}
		return s.store.CloseRun(ctx, tx, s.plan.ID, run, s.now.Add(75*time.Second))
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, words := range map[string]string{
		"Tổng hợp đối soát.xlsx": "all", "Tổng hợp đối soát - Khối Nhà nước.xlsx": "state",
		"Tổng hợp đối soát - Khối Đảng, Mặt trận, đoàn thể.xlsx": "party",
		"S03/DS Sở Nội vụ - SAI LỆCH.xlsx":                       "own", "S04/DS Sở Tài chính - SAI LỆCH.xlsx": "other", "S03/ghi chú.txt": "note", "S03/.ẩn.xlsx": "hidden",
		"CHƯA RÕ ĐƠN VỊ/lạ.xlsx": "nobody's",
	} {
		path := filepath.Join(s.reports, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	body, err := json.Marshal(&report.Summary{Figures: report.Figures{
		Programs: []report.ProgramFigures{{
			Code: "CCLLCT-TT", Quota: reconcile.Quota{Places: 50, Kind: reconcile.Ceiling}, HasLimit: true, Limit: 50, Over: 5,
			Count: report.Count{Registered: 60, Valid: 55, Persons: 60, Allocated: 48},
		}},
		Agencies: []report.AgencyFigures{{Code: "S03", Count: report.Count{Registered: 40, Valid: 38}}},
		Total:    report.Count{Registered: 1060, Valid: 55}, Quota: 8572, HasAllocations: true, Money: report.MoneyFigures{HasEstimates: true},
	}, Silent: []string{"S05"}, AgencyCount: 80})
	if err != nil {
		t.Fatal(err)
	}
	for _, bloc := range []reconcile.Bloc{"", reconcile.PartyBloc, reconcile.StateBloc} {
		if err := s.store.SaveFigures(ctx, s.plan.ID, bloc, 2, body); err != nil {
			t.Fatal(err)
		}
	}
}

// partyAgency is an agency of the Party's bloc.
func partyAgency(t testing.TB, s *site) string {
	for _, a := range s.register.Agencies {
		if a.Bloc == reconcile.PartyBloc {
			return a.Code
		}
	}
	t.Fatal("the register has no agency of the Party's bloc")
	return ""
}

// codes returns the codes of the findings that name the person, "" being the
// office's own.
func (s *site) codes(person string) []string {
	found, err := s.store.Discrepancies(context.Background(), s.plan.ID, postgres.Filter{})
	if err != nil {
		s.t.Fatal(err)
	}
	var codes []string
	for i := range found {
		if found[i].Person == person {
			codes = append(codes, found[i].Code)
		}
	}
	return codes
}

// verdict is the decision that stands on a finding.
func (s *site) verdict(code string) string {
	s.t.Helper()
	d, err := s.store.Finding(context.Background(), s.plan.ID, code)
	if err != nil {
		s.t.Fatal(err)
	}
	if d.Decision == nil {
		return ""
	}
	return d.Decision.Verdict
}

func TestOverview(t *testing.T) {
	s := newReportingSite(t)
	for role, words := range map[reconcile.UserRole][]string{
		reconcile.UserOffice:    {"1.060", "8.572", "Chạy ngay", "«DS Sở Tài chính.xlsx» bị hỏng.", "Theo cơ quan", "/findings?agency=S04", "/findings?agency=-", "vượt 5", "1/80"},
		reconcile.UserAuditor:   {"1.060", "!Chạy ngay", "/findings?agency=S04", "/findings?agency=-"},
		reconcile.UserStateBloc: {"!Chạy ngay", "«DS Sở Tài chính.xlsx» bị hỏng.", "/findings?agency=S04", "!/findings?agency=-", "của khối"},
		reconcile.UserPartyBloc: {"!«DS Sở Tài chính.xlsx»", "!/findings?agency=S04", "!/findings?agency=-"},
		reconcile.UserAgency:    {"<h1>Sở Nội vụ</h1>", "DS Sở Nội vụ.xlsx", "DS%20S%E1%BB%9F%20N%E1%BB%99i%20v%E1%BB%A5%20-%20SAI%20L%E1%BB%86CH.xlsx", "!Tài chính", "!Chạy ngay", "!ghi chú", "!.ẩn"},
	} {
		got := s.as(somebody(role)).get("/overview")
		if got.status != http.StatusOK {
			t.Fatalf("as %s: %d %s", role, got.status, got.body)
		}
		says(t, "the overview of "+string(role), got.body, words...)
		says(t, "the overview of "+string(role), got.body, "!<script", "!style=", "!"+otherPerson)
	}
	office := s.as(somebody(reconcile.UserOffice))
	for _, want := range []string{"/overview?ok=queued", "/overview?ok=waiting"} {
		if got := office.post("/runs", nil); got.header.Get("Location") != want {
			t.Errorf("run now leads to %q, want %q", got.header.Get("Location"), want)
		}
	}
	says(t, "after it", office.get("/overview?ok=queued").body, "Đã xếp hàng một lần đối soát")
}

func TestOverviewBeforeTheFirstRun(t *testing.T) {
	s := newSite(t, nil)
	for _, role := range reconcile.UserRoles() {
		for _, path := range []string{"/overview", "/findings", "/sources", "/reports"} {
			if got := s.as(somebody(role)).get(path); got.status != http.StatusOK {
				t.Errorf("%s as %s: %d", path, role, got.status)
			}
		}
	}
}

// TestBorders tries everything of another agency, and of the other bloc, with
// the browsers of those who may not see it.
func TestBorders(t *testing.T) {
	s := newReportingSite(t)
	own, other, party, none := s.codes(ownPerson)[0], s.codes(otherPerson)[0], s.codes(partyPerson)[0], s.codes("")[0]
	files := map[string]string{
		"own": "/reports/S03/DS%20S%E1%BB%9F%20N%E1%BB%99i%20v%E1%BB%A5%20-%20SAI%20L%E1%BB%86CH.xlsx", "other": "/reports/S04/" + url.PathEscape("DS Sở Tài chính - SAI LỆCH.xlsx"),
		"all": "/reports/" + url.PathEscape("Tổng hợp đối soát.xlsx"), "state": "/reports/" + url.PathEscape("Tổng hợp đối soát - Khối Nhà nước.xlsx"),
		"party":    "/reports/" + url.PathEscape("Tổng hợp đối soát - Khối Đảng, Mặt trận, đoàn thể.xlsx"),
		"nobody's": "/reports/" + url.PathEscape("CHƯA RÕ ĐƠN VỊ") + "/" + url.PathEscape("lạ.xlsx"),
	}
	for _, c := range []struct {
		role   reconcile.UserRole
		codes  []string // may be seen
		files  []string
		people []string
	}{
		{reconcile.UserOffice, []string{own, other, party, none}, []string{"own", "other", "all", "state", "party", "nobody's"}, []string{ownPerson, otherPerson, partyPerson}},
		{reconcile.UserAuditor, []string{own, other, party, none}, []string{"own", "other", "all", "state", "party", "nobody's"}, []string{ownPerson, otherPerson, partyPerson}},
		{reconcile.UserStateBloc, []string{own, other}, []string{"own", "other", "state"}, []string{ownPerson, otherPerson}},
		{reconcile.UserPartyBloc, []string{party}, []string{"party"}, []string{partyPerson}},
		{reconcile.UserAgency, []string{own}, []string{"own"}, []string{ownPerson}},
	} {
		b := s.as(somebody(c.role))
		for _, code := range []string{own, other, party, none} {
			want := http.StatusNotFound
			if slices.Contains(c.codes, code) {
				want = http.StatusOK
			}
			if got := b.get("/findings/" + code); got.status != want {
				t.Errorf("%s of %s: %d, want %d", code, c.role, got.status, want)
			}
		}
		for name, path := range files {
			got := b.get(path)
			if may := slices.Contains(c.files, name); may != (got.status == http.StatusOK) || may && got.body != name {
				t.Errorf("the report %q for %s: %d %q", name, c.role, got.status, got.body)
			}
		}
		// What lists and pages show, and what a filter for another's brings.
		all := ""
		for _, path := range []string{"/findings", "/findings?agency=S04", "/findings?agency=-", "/findings?person=" + url.QueryEscape(otherPerson), "/sources", "/reports", "/overview"} {
			all += b.get(path).body
		}
		for _, person := range []string{ownPerson, otherPerson, partyPerson} {
			if seen := strings.Contains(all, "Ngày sinh của "+person); seen != slices.Contains(c.people, person) {
				t.Errorf("%s sees %s: %t", c.role, person, seen)
			}
		}
		if c.role == reconcile.UserAgency {
			says(t, "all that an agency sees", all, "!"+other, "!DS Sở Tài chính", "!"+officeFinding, "!Khối Nhà nước")
		}
	}
	// What is not seen is neither answered nor decided on.
	agency, partyOffice := s.as(somebody(reconcile.UserAgency)), s.as(somebody(reconcile.UserPartyBloc))
	if got := agency.post("/findings/"+other+"/answer", url.Values{"answer": {"đã sửa"}}); got.status != http.StatusNotFound {
		t.Errorf("an answer for another agency: %d", got.status)
	}
	if got := partyOffice.post("/decisions", url.Values{"code": {party, other}, "verdict": {"chấp nhận"}}); got.status != http.StatusNotFound {
		t.Errorf("a decision on another bloc's: %d", got.status)
	}
	if got := partyOffice.post("/decisions", url.Values{"which": {"all"}, "total": {"2"}, "query": {"severity=error"}, "verdict": {"chấp nhận"}}); got.status != http.StatusConflict {
		t.Errorf("a decision on all, another bloc's included: %d", got.status)
	}
	if s.verdict(other) != "" || s.verdict(party) != "" {
		t.Error("something was decided")
	}
}

func TestReportPaths(t *testing.T) {
	s := newReportingSite(t)
	secret := filepath.Join(t.TempDir(), "secret.xlsx")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(s.reports, "S03", "link.xlsx")); err != nil {
		t.Fatal(err)
	}
	b := s.as(somebody(reconcile.UserOffice))
	for _, path := range []string{
		"/reports/S03/link.xlsx", "/reports/S03/" + url.PathEscape("ghi chú.txt"), "/reports/S03/" + url.PathEscape(".ẩn.xlsx"), "/reports/S03", "/reports/",
		"/reports/%2e%2e/secret.xlsx", "/reports/S03/%2e%2e%2f%2e%2e%2fsecret.xlsx", "/reports/S03/..%5csecret.xlsx", "/reports/" + url.PathEscape(secret), "/reports/a/b/c.xlsx", "/reports/x%00.xlsx",
	} {
		if got := b.get(path); got.status == http.StatusOK || strings.Contains(got.body, "secret") && !strings.Contains(got.body, "<h1>") {
			t.Errorf("%s: %d %q", path, got.status, got.body)
		}
	}
	got := b.get("/reports/S03/" + url.PathEscape("DS Sở Nội vụ - SAI LỆCH.xlsx"))
	says(t, "the head", got.header.Get("Content-Disposition"), "attachment", "filename*=utf-8''DS%20S")
}

func TestFindingsList(t *testing.T) {
	s := newReportingSite(t)
	b := s.as(somebody(reconcile.UserOffice))
	own := s.codes(ownPerson)
	list := func(query string) (codes []string) {
		for _, m := range regexp.MustCompile(`<a href="/findings/([^"]+)"`).FindAllStringSubmatch(b.get("/findings?"+query).body, -1) {
			codes = append(codes, m[1])
		}
		return codes
	}
	if all := list(""); len(all) != 5 || !slices.Contains(all[:2], own[0]) {
		t.Errorf("the list %q", all)
	}
	for query, want := range map[string]int{
		"agency=S03": 2, "agency=-": 1, "severity=error": 2, "rule=CT05": 1, "agency=S03&severity=error": 1, "program=CCLLCT-TT": 4,
		"age=0": 5, "age=7": 0, "status=waived": 0, "status=gone": 0, "said=undecided": 5, "said=answered": 0,
		"person=" + url.QueryEscape(ownPerson): 2, "rule=XX99": 0, "agency=XX99": 5, "after=x": 5, "after=error.9.": 5, "severity=%00": 5,
	} {
		if got := list(query); len(got) != want {
			t.Errorf("%s: %q, want %d", query, got, want)
		}
	}
	says(t, "the page", b.get("/findings?agency=S03").body, "2 sai lệch khớp bộ lọc", `<option value="S03" selected>Sở Nội vụ (2)</option>`, ownPerson)
	says(t, "the auditor's", s.as(somebody(reconcile.UserAuditor)).get("/findings").body, "!type=\"checkbox\"", "!Ghi quyết định")
	says(t, "the agency's", s.as(somebody(reconcile.UserAgency)).get("/findings").body, "!type=\"checkbox\"", "!id=\"agency\"", ownPerson)
}

// TestPages goes through a long list from page to page.
func TestPages(t *testing.T) {
	s := newSite(t, nil)
	s.generate(t, 120)
	b := s.as(somebody(reconcile.UserOffice))
	seen := map[string]int{}
	pages := 0
	for path := "/findings?said=undecided"; path != ""; pages++ {
		body := b.get(path).body
		for _, m := range regexp.MustCompile(`<a href="/findings/([^"]+)"`).FindAllStringSubmatch(body, -1) {
			seen[m[1]]++
		}
		next := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(body)
		path = ""
		if next != nil {
			path = strings.ReplaceAll(next[1], "&amp;", "&")
		}
	}
	if pages != 3 || len(seen) != 120 {
		t.Errorf("%d findings on %d pages", len(seen), pages)
	}
}

func TestDecisions(t *testing.T) {
	s := newReportingSite(t)
	b := s.as(somebody(reconcile.UserOffice))
	own, other, none := s.codes(ownPerson), s.codes(otherPerson)[0], s.codes("")[0]
	for form, want := range map[string]int{
		"code=" + own[0]: http.StatusUnprocessableEntity, "verdict=ch%E1%BA%A5p+nh%E1%BA%ADn": http.StatusUnprocessableEntity,
		"code=DL02-XXXXXXXX&verdict=ch%E1%BA%A5p+nh%E1%BA%ADn":                                    http.StatusNotFound,
		"code=" + own[0] + "&verdict=%C3%BD+ki%E1%BA%BFn&text=+":                                  http.StatusUnprocessableEntity,
		"which=all&total=4&verdict=ch%E1%BA%A5p+nh%E1%BA%ADn":                                     http.StatusConflict,
		"code=" + own[0] + "&verdict=x":                                                           http.StatusUnprocessableEntity,
		"verdict=ch%E1%BA%A5p+nh%E1%BA%ADn&code=" + own[0] + "&text=" + strings.Repeat("d", 9000): http.StatusUnprocessableEntity,
	} {
		values, err := url.ParseQuery(form)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.post("/decisions", values); got.status != want {
			t.Errorf("%.80s: %d, want %d", form, got.status, want)
		}
	}
	if got := b.post("/decisions", url.Values{"code": {own[0]}, "from": {"finding"}, "verdict": {"ý kiến"}, "text": {"Gửi giấy khai sinh"}}); got.header.Get("Location") != "/findings/"+own[0]+"?ok=decided" {
		t.Errorf("one decision leads to %d %q", got.status, got.header.Get("Location"))
	}
	says(t, "the finding", b.get("/findings/"+own[0]).body, "<strong>ý kiến</strong>: Gửi giấy khai sinh", "office@example.vn, trên trang này", "Phát hiện")
	says(t, "the agency's page", s.as(somebody(reconcile.UserAgency)).get("/findings/"+own[0]).body, "Gửi giấy khai sinh", "!office@example.vn")

	if got := b.post("/decisions", url.Values{"code": {own[1], none, none}, "query": {"agency=S03"}, "verdict": {"không chấp nhận"}}); got.header.Get("Location") != "/findings?agency=S03&ok=decided" {
		t.Errorf("two decisions lead to %d %q", got.status, got.header.Get("Location"))
	}
	if s.verdict(own[1]) != "không chấp nhận" || s.verdict(none) != "không chấp nhận" || s.verdict(other) != "" {
		t.Error("the decisions on two are wrong")
	}
	if got := b.post("/decisions", url.Values{"which": {"all"}, "total": {"2"}, "query": {"severity=error"}, "verdict": {"chấp nhận"}}); got.status != http.StatusSeeOther {
		t.Errorf("on all errors: %d %s", got.status, got.body)
	}
	if s.verdict(own[0]) != "chấp nhận" || s.verdict(other) != "chấp nhận" || s.verdict(own[1]) != "không chấp nhận" {
		t.Error("the decisions on all errors are wrong")
	}
	says(t, "the log", s.as(somebody(reconcile.UserAuditor)).get("/access-log").body, "quyết định", "2 sai lệch, /findings?severity=error", own[1])
}

func TestAnswer(t *testing.T) {
	s := newReportingSite(t)
	b := s.as(somebody(reconcile.UserAgency))
	own := s.codes(ownPerson)[0]
	says(t, "the finding", b.get("/findings/"+own).body, "Gửi trả lời", "!Ghi quyết định", "!/people?name=")
	if got := b.post("/findings/"+own+"/answer", url.Values{"answer": {"khác"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an answer that is none: %d", got.status)
	}
	if got := b.post("/findings/"+own+"/answer", url.Values{"answer": {"dữ liệu đúng"}, "text": {"<b>Theo</b> giấy khai sinh"}}); got.header.Get("Location") != "/findings/"+own+"?ok=answered" {
		t.Errorf("answered: %d %q", got.status, got.header.Get("Location"))
	}
	says(t, "the office's page", s.as(somebody(reconcile.UserOffice)).get("/findings/"+own).body, "dữ liệu đúng", "&lt;b&gt;Theo&lt;/b&gt;", "agency@example.vn", "!<b>Theo")
	says(t, "the list", s.as(somebody(reconcile.UserOffice)).get("/findings?said=answered").body, own, "&lt;b&gt;Theo")
}

func TestPeople(t *testing.T) {
	s := newReportingSite(t)
	ctx := t.Context()
	err := s.store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO person (first_seen) SELECT now() FROM generate_series(1, 3);
			INSERT INTO person_registration (plan_id, registration_key, person_id, active, from_run, roll, full_name, given_name, agency, birth_date)
			VALUES ('`+s.plan.ID+`', 'S03|CCLLCT-TT|nguyen thi lan', 1, true, 1, 'registration', '`+ownPerson+`', 'lan', 'S03', '1980-02-05'),
				('`+s.plan.ID+`', 'S04|QLNN-CV|nguyen thi lan', 1, true, 1, 'registration', '`+ownPerson+`', 'lan', 'S04', '1980'),
				('`+s.plan.ID+`', 'S03|?lop la|nguyen van lan', 2, true, 1, 'registration', 'Nguyễn Văn Lan', 'lan', 'S03', ''),
				('`+s.plan.ID+`', 'H01|CCLLCT-TT|le thi lan', 3, true, 1, 'registration', 'Lê Thị Lan', 'lan', '`+partyAgency(t, s)+`', '1981-03')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	office := s.as(somebody(reconcile.UserOffice))
	says(t, "a search", office.get("/people?name=nguyen+thi+lan").body, "Tìm thấy 1 người", "/people/1", "sinh 05/02/1980", "Sở Tài chính", "Cao cấp lý luận chính trị", "!Văn Lan")
	says(t, "a given name", office.get("/people?name=lan").body, "Tìm thấy 3 người")
	says(t, "nobody", office.get("/people?name=zzz").body, "Tìm thấy 0 người")
	says(t, "a person", office.get("/people/1").body, s.codes(ownPerson)[0], "05/02/1980", "Sở Tài chính")
	party := s.as(somebody(reconcile.UserPartyBloc))
	says(t, "the other bloc's search", party.get("/people?name=lan").body, "Tìm thấy 1 người", "!/people/1")
	for _, path := range []string{"/people/1", "/people/99", "/people/x"} {
		if got := party.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s for the other bloc: %d", path, got.status)
		}
	}
	says(t, "the log", s.as(somebody(reconcile.UserAuditor)).get("/access-log").body, "tìm người", "nguyen thi lan", "xem một người")
}
