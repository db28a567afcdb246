//go:build chrome

package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"doisoat/reconcile"
)

// tab is a browser's window on the site, in which nobody is signed in yet.
type tab struct{ *chrome }

func (s *site) tab() *tab {
	s.t.Helper()
	b := &tab{s.openChrome(somebody(reconcile.UserOffice))}
	tell(b, network.ClearBrowserCookies, cdp.Empty{})
	b.wide(1280)
	return b
}

// ask gets a value from the browser.
func ask[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// tell sends a command of the browser's protocol.
func tell[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.t.Fatal(err)
	}
}

// visit opens a page and waits for it.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.URL+path), chromedp.WaitReady(chromedp.CSS("main")))
}

// press clicks what brings another page, and waits for that.
func (b *tab) press(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("press %s: %v", selector, err)
	}
	b.do(chromedp.WaitReady(chromedp.CSS("main")))
}

// words is the text of an element.
func (b *tab) words(selector string) string {
	b.t.Helper()
	return ask(b, chromedp.Text(chromedp.CSS(selector)))
}

// yes asks the page something in JavaScript.
func (b *tab) yes(question string) bool {
	b.t.Helper()
	return ask(b, chromedp.Evaluate[bool](question))
}

// wide makes the window that wide, as a phone's below 500 pixels.
func (b *tab) wide(width int64) {
	b.t.Helper()
	tell(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500,
	})
}

// becomes gives the browser the session of a user.
func (b *tab) becomes(user reconcile.User) {
	b.t.Helper()
	cookie := b.as(user).cookie[0]
	tell(b, network.ClearBrowserCookies, cdp.Empty{})
	tell(b, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: b.URL, HTTPOnly: new(true)})
}

// shot keeps a picture of the page for people to look at, in the folder that
// DOISOAT_SCREENSHOTS names.
func (b *tab) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("DOISOAT_SCREENSHOTS")
	if folder == "" {
		return
	}
	png := ask(b, chromedp.FullScreenshot(100))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// TestBrowser goes the ways of an office and of an agency as people do: with
// the keyboard, without scripts, on a phone, on paper.
func TestBrowser(t *testing.T) {
	s := newReportingSite(t)
	office := somebody(reconcile.UserOffice)
	s.anonymous().post(s.link(office), url.Values{"password": {password}, "again": {password}})
	b := s.tab()
	tell(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})

	t.Run("sign in by keyboard", func(t *testing.T) {
		b.visit("/findings?severity=error")
		b.shot("sign-in")
		b.do(chromedp.Focus(chromedp.CSS("#login")), chromedp.KeyEvent(office.Login+kb.Tab+password))
		if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
			t.Fatal(err)
		}
		if got := b.words("main"); !strings.Contains(got, ownPerson) || !strings.Contains(got, "2 sai lệch khớp bộ lọc") {
			t.Errorf("after the sign-in: %s", got)
		}
	})
	t.Run("decide", func(t *testing.T) {
		code := s.codes(otherPerson)[0]
		b.do(chromedp.Click(chromedp.CSS(`input[value="`+code+`"]`)), chromedp.SetValue(chromedp.CSS("#verdict"), "ý kiến"), chromedp.SendKeys(chromedp.CSS("#text"), "Gửi bản chụp giấy khai sinh"))
		b.press(".decide button")
		if got := b.words(".notice"); !strings.Contains(got, "Đã ghi quyết định") || s.verdict(code) != "ý kiến" {
			t.Errorf("after the decision: %q, %q stands", got, s.verdict(code))
		}
		b.press(`a[href="/findings/` + code + `"]`)
		if got := b.words("main"); !strings.Contains(got, "Gửi bản chụp giấy khai sinh") {
			t.Errorf("the finding: %s", got)
		}
	})
	t.Run("on paper", func(t *testing.T) {
		b.visit("/findings")
		tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		if !b.yes(`getComputedStyle(document.querySelector("nav")).display === "none" && getComputedStyle(document.querySelector(".decide")).display === "none"`) {
			t.Error("menus and forms are printed")
		}
		tell(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		if pdf := ask(b, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize())); len(pdf) < 1000 {
			t.Errorf("a print of %d bytes", len(pdf))
		}
	})
	t.Run("answer", func(t *testing.T) {
		agency := somebody(reconcile.UserAgency)
		b.becomes(agency)
		b.visit("/findings/" + s.codes(otherPerson)[0])
		if got := b.words("h1"); got != "Không thực hiện được" {
			t.Errorf("another agency's finding: %s", got)
		}
		code := s.codes(ownPerson)[0]
		b.visit("/findings/" + code)
		b.do(chromedp.Click(chromedp.CSS(`input[value="dữ liệu đúng"]`)), chromedp.SendKeys(chromedp.CSS("#text"), "Theo giấy khai sinh gốc"))
		b.press(`form[action$="/answer"] button`)
		if got := b.words("main"); !strings.Contains(got, "Đã ghi câu trả lời") || !strings.Contains(got, "Theo giấy khai sinh gốc") {
			t.Errorf("after the answer: %s", got)
		}
	})
}

// TestEveryPageInTheBrowser looks at all pages, wide and narrow, for what makes
// them hard to use.
func TestEveryPageInTheBrowser(t *testing.T) {
	s := newReportingSite(t)
	b := s.tab()
	own := "/findings/" + s.codes(ownPerson)[0]
	for role, paths := range map[reconcile.UserRole]map[string]string{
		"":                      {"status": "/", "signin": "/sign-in", "guides": "/guides", "guide": "/guides/huong-dan-don-vi.md", "guide-office": "/guides/huong-dan-ban-to-chuc.md", "guide-admin": "/guides/huong-dan-quan-tri.md", "refusal": "/khong-co"},
		reconcile.UserOffice:    {"overview": "/overview", "findings": "/findings", "finding": own, "sources": "/sources", "people": "/people?name=lan", "reports": "/reports", "access-log": "/access-log"},
		reconcile.UserAgency:    {"own": "/overview", "own-findings": "/findings", "own-finding": own, "uploads": "/uploads"},
		reconcile.UserStateBloc: {"bloc": "/overview"},
	} {
		tell(b, network.ClearBrowserCookies, cdp.Empty{})
		if role != "" {
			b.becomes(somebody(role))
		}
		for name, path := range paths {
			for _, width := range []int64{1280, 360} {
				b.wide(width)
				b.visit(path)
				b.check(t, name, width)
				b.shot(name + map[int64]string{1280: "", 360: "-360"}[width])
			}
		}
	}
}

// check looks for what keeps people out: a page that is wider than the window,
// controls and pictures without a name, faint text, missing landmarks, headings
// that skip a level. With DOISOAT_AXE (the path of axe.min.js) axe looks, too.
func (b *tab) check(t *testing.T, name string, width int64) {
	t.Helper()
	for _, fault := range ask(b, chromedp.Evaluate[[]string](faultsScript)) {
		t.Errorf("%s at %d pixels: %s", name, width, fault)
	}
	path := os.Getenv("DOISOAT_AXE")
	if path == "" {
		return
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Evaluate[chromedp.Void](string(axe)))
	found := ask(b, chromedp.Evaluate[[]string](`axe.run().then(r => r.violations.map(v => v.impact + " " + v.id + ": " + v.nodes.map(n => n.html).slice(0, 3).join(" | ")))`,
		chromedp.EvalAwaitPromise))
	for _, violation := range found {
		t.Errorf("%s at %d pixels, axe: %s", name, width, violation)
	}
}
