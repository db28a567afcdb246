package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"doisoat/reconcile"
	"doisoat/sync/web"
)

// TestRoutes tries every address of the table with the browser of every role
// and with one that is not signed in. With -v it prints who may.
func TestRoutes(t *testing.T) {
	s := newSite(t, nil)
	browsers := map[reconcile.UserRole]*browser{}
	for _, role := range reconcile.UserRoles() {
		browsers[role] = s.as(somebody(role))
	}
	t.Logf("%-44s %s", "", strings.Join(append([]string{"nobody"}, columns()...), " "))
	for _, route := range web.Routes() {
		line := fmt.Sprintf("%-4s %-39s", route.Method, route.Path)
		path := filled(route.Path)
		got := s.anonymous().do(route.Method, path, formFor(route))
		line += fmt.Sprintf(" %-6s", mark(letIn(got)))
		switch {
		case route.Public() != letIn(got):
			t.Errorf("%s %s without a session: %d", route.Method, path, got.status)
		case route.Public():
		case route.Method == http.MethodGet && got.header.Get("Location") != "/sign-in?next="+url.QueryEscape(path):
			t.Errorf("%s leads to %q", path, got.header.Get("Location"))
		}
		for _, role := range reconcile.UserRoles() {
			who := browsers[role]
			if route.Path == "/sign-out" { // it would end the session
				leaver := somebody(role)
				leaver.Login = "leaver-" + leaver.Login
				who = s.as(leaver)
			}
			got := who.do(route.Method, path, formFor(route))
			line += fmt.Sprintf(" %-*s", len(role), mark(letIn(got)))
			if route.Lets(role) != letIn(got) {
				t.Errorf("%s %s as %s: %d", route.Method, path, role, got.status)
			}
		}
		t.Log(line)
	}
}

func columns() []string {
	var all []string
	for _, role := range reconcile.UserRoles() {
		all = append(all, string(role))
	}
	return all
}

func mark(in bool) string {
	if in {
		return "yes"
	}
	return "-"
}

// letIn reports whether the visitor got as far as the handler.
func letIn(got answer) bool {
	toSignIn := got.status == http.StatusSeeOther && strings.HasPrefix(got.header.Get("Location"), "/sign-in?next=")
	turnedAway := got.status == http.StatusForbidden && strings.Contains(got.body, "không được làm việc này") ||
		got.status == http.StatusUnauthorized && strings.Contains(got.body, "Bạn chưa đăng nhập")
	return !toSignIn && !turnedAway
}

// filled puts something into the address's variables.
func filled(path string) string {
	return strings.NewReplacer("{$}", "", "{token}", "unknown", "{code}", "DL02-UNKNOWN", "{id}", "1", "{path...}", "khong-co.xlsx", "{name}", "huong-dan-don-vi.md").Replace(path)
}

// formFor is a form that the handler refuses, so that the try changes nothing.
func formFor(route web.Route) url.Values {
	if route.Method == http.MethodPost && route.Path != "/sign-in" {
		return url.Values{}
	}
	return nil
}

func TestUnknownAddresses(t *testing.T) {
	b := newSite(t, nil).anonymous()
	for _, path := range []string{"/khong-co", "/style.css/x", "/..%2fdoisoat.yaml", "/debug/pprof/", "/link/"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, got.status)
		}
	}
	if got := b.do(http.MethodDelete, "/", nil); got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: %d", got.status)
	}
}

func TestForeignRequests(t *testing.T) {
	s := newSite(t, nil)
	for _, route := range web.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		for _, head := range []map[string]string{{"Origin": "https://example.com"}, {"Sec-Fetch-Site": "cross-site"}} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+filled(route.Path), nil)
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range head {
				request.Header.Set(name, value)
			}
			got, err := s.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			got.Body.Close()
			if got.StatusCode != http.StatusForbidden {
				t.Errorf("a form of another site (%v) for %s gets %d", head, route.Path, got.StatusCode)
			}
		}
	}
}

// TestRoutesAreOrdered: whatever needs a sign-in says who may, by roles that
// exist, and no address stands twice.
func TestRoutesAreOrdered(t *testing.T) {
	seen := map[string]bool{}
	for _, route := range web.Routes() {
		at := route.Method + " " + route.Path
		if seen[at] {
			t.Errorf("%s stands twice", at)
		}
		seen[at] = true
		for _, role := range route.May {
			if !slices.Contains(reconcile.UserRoles(), role) {
				t.Errorf("%s lets %q in, which is no role", at, role)
			}
		}
		if route.May != nil && len(route.May) == 0 {
			t.Errorf("%s lets nobody in", at)
		}
	}
}
