package web_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
	"doisoat/sync/web"
)

const password = "bốn từ dễ nhớ này"

// link gives the user an account and a one-time link.
func (s *site) link(user reconcile.User) (path string) {
	s.t.Helper()
	ctx := s.t.Context()
	if _, err := s.store.Account(ctx, s.plan.ID, user.Login); err != nil {
		if err := s.store.AddAccount(ctx, s.plan.ID, user, s.now); err != nil {
			s.t.Fatal(err)
		}
	}
	path, hash := web.NewLink()
	if err := s.store.SaveLink(ctx, s.plan.ID, user.Login, hash, s.now.Add(web.LinkLife)); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (b *browser) signIn(login, password string) answer {
	return b.post("/sign-in", url.Values{"login": {login}, "password": {password}, "next": {"/access-log"}})
}

func (b *browser) isIn() bool { return b.get("/access-log").status == http.StatusOK }

func TestLinkAndPassword(t *testing.T) {
	s := newSite(t, nil)
	office := somebody(reconcile.UserOffice)
	path := s.link(office)
	b := s.anonymous()
	if got := b.signIn(office.Login, ""); got.status != http.StatusUnauthorized {
		t.Errorf("without a password that was ever set: %d", got.status)
	}
	says(t, "the link", b.get(path).body, office.Login)
	for form, want := range map[[2]string]string{
		{"ngắn quá", "ngắn quá"}:                         "từ 12 đến 256 ký tự",
		{password, password + "x"}:                       "không giống nhau",
		{"office@example.vn", office.Login}:              "khác tên đăng nhập",
		{strings.Repeat("d", 300), ""}:                   "không giống nhau",
		{"xx office@example.vn", "xx office@example.vn"}: "khác tên đăng nhập",
	} {
		got := b.post(path, url.Values{"password": {form[0]}, "again": {form[1]}})
		if got.status != http.StatusUnprocessableEntity {
			t.Errorf("password %q: %d", form[0], got.status)
		}
		says(t, form[0], got.body, want)
	}
	if b.isIn() {
		t.Fatal("signed in without a password")
	}
	got := b.post(path, url.Values{"password": {password}, "again": {password}})
	if got.status != http.StatusSeeOther || !b.isIn() {
		t.Fatalf("the password is set: %d %q", got.status, got.header.Get("Location"))
	}
	if again := s.anonymous().post(path, url.Values{"password": {password}, "again": {password}}); again.status != http.StatusNotFound {
		t.Errorf("the link used again: %d", again.status)
	}

	// The cookie is out of the reach of scripts and other sites; signing in
	// again gives another one and ends the first.
	first := b.cookie[0]
	if set := got.header.Get("Set-Cookie"); !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Lax") || strings.Contains(set, "Secure") {
		t.Errorf("the cookie %q", set)
	}
	if got := b.signIn(" Office@example.vn ", password); got.status != http.StatusSeeOther || got.header.Get("Location") != "/access-log" || !b.isIn() {
		t.Errorf("signed in again: %d to %q", got.status, got.header.Get("Location"))
	}
	old := s.anonymous()
	old.cookie = []*http.Cookie{first}
	if old.isIn() || first.Value == b.cookie[0].Value {
		t.Error("the session from before the sign-in goes on")
	}

	// A session ends by signing out, by idleness, and by its age.
	stolen := s.anonymous()
	stolen.cookie = b.cookie
	if got := b.post("/sign-out", nil); got.status != http.StatusSeeOther || len(b.cookie) != 0 || stolen.isIn() {
		t.Errorf("signed out: %+v", got)
	}
	b.signIn(office.Login, password)
	for range 11 {
		s.now = s.now.Add(50 * time.Minute)
		if !b.isIn() {
			t.Fatalf("out at %v although it was used", s.now)
		}
	}
	if s.now = s.now.Add(51 * time.Minute); b.isIn() {
		t.Error("in after ten hours")
	}
	b.signIn(office.Login, password)
	if s.now = s.now.Add(61 * time.Minute); b.isIn() {
		t.Error("in after an hour in which nobody worked")
	}

	// An account that is barred is out at once.
	b.signIn(office.Login, password)
	if err := s.store.DisableAccount(t.Context(), s.plan.ID, office.Login, true); err != nil || b.isIn() {
		t.Errorf("barred, and still in (%v)", err)
	}
	if got := b.signIn(office.Login, password); got.status != http.StatusUnauthorized {
		t.Errorf("barred: %d", got.status)
	}
}

func TestSignInGoesNowhereElse(t *testing.T) {
	s := newSite(t, nil)
	b := s.as(somebody(reconcile.UserOffice))
	for next, want := range map[string]string{
		"/access-log?login=an": "/access-log?login=an", "": "/overview", "https://example.com": "/overview", "//example.com": "/overview",
		`/\example.com`: "/overview", "/\texample.com": "/overview", "javascript:alert(1)": "/overview",
	} {
		if got := b.get("/sign-in?next=" + url.QueryEscape(next)); got.header.Get("Location") != want {
			t.Errorf("next=%q leads to %q", next, got.header.Get("Location"))
		}
	}
}

func TestGuessingIsSlowed(t *testing.T) {
	s := newSite(t, func(o *web.Options) { o.Site.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	office := somebody(reconcile.UserOffice)
	b := s.anonymous()
	b.post(s.link(office), url.Values{"password": {password}, "again": {password}})
	from := func(address, login, password string) int {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/sign-in",
			strings.NewReader(url.Values{"login": {login}, "password": {password}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Forwarded-For", "1.1.1.1, "+address)
		got, err := b.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		return got.StatusCode
	}
	for i := range 5 {
		if got := from("203.0.113.1", office.Login, fmt.Sprintf("đoán lần thứ %d", i)); got != http.StatusUnauthorized {
			t.Errorf("guess %d: %d", i, got)
		}
	}
	if got := from("203.0.113.1", office.Login, password); got != http.StatusTooManyRequests {
		t.Errorf("the sixth: %d", got)
	}
	if got := from("203.0.113.2", office.Login, password); got != http.StatusSeeOther {
		t.Errorf("the owner, from elsewhere: %d", got)
	}
	if got := from("203.0.113.1", "other@example.vn", "x"); got != http.StatusUnauthorized {
		t.Errorf("somebody else from there: %d", got)
	}
	s.now = s.now.Add(16 * time.Minute)
	if got := from("203.0.113.1", office.Login, password); got != http.StatusSeeOther {
		t.Errorf("a quarter of an hour later: %d", got)
	}
}

func TestNobodyCanSignIn(t *testing.T) {
	s := newSite(t, nil)
	says(t, "a page without accounts", s.anonymous().get("/sign-in").body, "doisoat accounts add", "!<form")
	s.as(somebody(reconcile.UserOffice))
	says(t, "a page with one", s.anonymous().get("/sign-in").body, `action="/sign-in"`, "!doisoat accounts add", "!oidc")
}

func TestBehindTLS(t *testing.T) {
	s := newSite(t, func(o *web.Options) { o.Site.URL = "https://doisoat.example.vn" })
	b := s.anonymous()
	got := b.post(s.link(somebody(reconcile.UserOffice)), url.Values{"password": {password}, "again": {password}})
	says(t, "the cookie", got.header.Get("Set-Cookie"), "__Host-doisoat=", "Secure", "HttpOnly", "Path=/;", "!Domain")
	says(t, "the head", got.header.Get("Strict-Transport-Security"), "max-age=31536000")
}

func TestAccessLogPage(t *testing.T) {
	s := newSite(t, nil)
	for i := range 205 {
		user := somebody(reconcile.UserAgency)
		if i == 3 {
			user = somebody(reconcile.UserAuditor)
		}
		if err := s.store.LogAccess(t.Context(), s.plan.ID, user, "10.0.0.1", "finding", fmt.Sprintf("DL02-%03d<b>", i), s.now); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as(somebody(reconcile.UserAuditor))
	first := b.get("/access-log").body
	says(t, "the first page", first, "DL02-204&lt;b&gt;", "DL02-105&lt;", "!DL02-104&lt;", "xem sai lệch", "Sở Nội vụ")
	_, older, _ := strings.Cut(first, `<p class="pages"><a href="`)
	older, _, _ = strings.Cut(older, `"`)
	says(t, "the second page", b.get(strings.ReplaceAll(older, "&amp;", "&")).body, "DL02-104&lt;", "DL02-005&lt;", "!DL02-105&lt;", "!DL02-004&lt;")
	says(t, "of one login", b.get("/access-log?login=auditor@example.vn").body, "DL02-003&lt;", "!DL02-004&lt;")
}
