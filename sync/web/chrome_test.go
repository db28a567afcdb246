//go:build chrome

package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"doisoat/reconcile"
)

// chrome is a real browser. Its tests need Chromium and the build tag chrome.
type chrome struct {
	*site
	ctx context.Context
}

// openChrome starts a browser that is signed in as the user.
func (s *site) openChrome(user reconcile.User) *chrome {
	s.t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		s.t.Fatal("no Chromium is installed, which the tests with the tag chrome need")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(s.t.TempDir()))
	for _, flag := range []string{"disable-gpu", "disable-quic", "disable-component-update", "hide-scrollbars"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	s.t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	s.t.Cleanup(cancel)
	c := &chrome{site: s, ctx: ctx}
	cookie := s.as(user).cookie[0]
	c.do(chromedp.EmulateViewport(1280, 900), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.SetCookie, network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, URL: s.URL})
		return err
	}))
	return c
}

// do takes steps, in a minute at most.
func (c *chrome) do(steps ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	// The first steps start the browser, which would end with a deadline of theirs.
	ctx := c.ctx
	if chromedp.FromContext(ctx).Target != nil {
		limited, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		ctx = limited
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		c.t.Fatalf("%v; the page says:\n%s", err, c.text())
	}
}

// text is what a person sees of the page.
func (c *chrome) text() string {
	text, err := chromedp.Run(c.ctx, chromedp.Evaluate[string]("document.getElementById('main')?.innerText ?? ''"))
	if err != nil {
		c.t.Log(err)
	}
	return text
}

// open goes to an address of the page.
func (c *chrome) open(path string) { c.do(chromedp.Navigate(c.URL + path)) }

// fits checks that nothing stands out of a telephone's screen.
func (c *chrome) fits(what string) {
	c.t.Helper()
	c.do(chromedp.EmulateViewport(360, 800))
	wide, err := chromedp.Run(c.ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
	if err != nil || wide > 360 {
		c.t.Errorf("%s is %d wide on a screen of 360: %v", what, wide, err)
	}
	c.do(chromedp.EmulateViewport(1280, 900))
}

// store writes a file to where the browser can choose it.
func (c *chrome) store(f file) string {
	c.t.Helper()
	path := filepath.Join(c.t.TempDir(), f.name)
	if err := os.WriteFile(path, f.content, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

const (
	chooseFiles = `#files`
	checkButton = `form[data-upload] button, form[action="/uploads/check"] button`
	sendButton  = `.send button:not(.quiet)`
)

func TestUploadInABrowser(t *testing.T) {
	s := newSendingSite(t)
	c := s.openChrome(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	good := c.store(goodFile(t))
	hostile := c.store(file{`<img src=x onerror=document.title='hit'>.xlsx`, []byte("PK\x03\x04" + strings.Repeat("\x00", 200))})

	c.open("/uploads")
	c.fits("the empty page")
	c.do(chromedp.SetUploadFiles(chooseFiles, []string{hostile}), chromedp.Click(checkButton), chromedp.WaitVisible(`#checked`))
	says(t, "a hostile file", c.text(), "<img src=x", "Không gửi được", "Chưa có tệp nào được gửi")
	if title, err := chromedp.Run(c.ctx, chromedp.Evaluate[string]("document.title")); err != nil || title == "hit" {
		t.Errorf("the file's name became a part of the page: %q, %v", title, err)
	}

	c.do(chromedp.SetUploadFiles(chooseFiles, []string{good}), chromedp.Click(checkButton), chromedp.WaitVisible(sendButton))
	says(t, "a good file", c.text(), "VPUB_Mau 03.xlsx", "đăng ký", "Gửi cho: Văn phòng UBND tỉnh")
	c.fits("the check")
	c.do(chromedp.Click(sendButton), chromedp.WaitVisible(`#found`))
	says(t, "the result, which came by itself", c.text(), "đã đối soát", "Tải bản có trang SAI LỆCH")
	c.fits("the result")
}

func TestUploadWithoutScript(t *testing.T) {
	s := newSendingSite(t)
	c := s.openChrome(reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"})
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	bad := goodFile(t)
	bad.content = bad.content[:len(bad.content)/2]

	c.open("/uploads")
	c.do(chromedp.SetUploadFiles(chooseFiles, []string{c.store(bad)}), chromedp.Click(checkButton), chromedp.WaitVisible(`#checked`))
	says(t, "half of a file", c.text(), "bị hỏng", "Không gửi được")
	c.do(chromedp.SetUploadFiles(chooseFiles, []string{c.store(goodFile(t))}), chromedp.Click(checkButton), chromedp.WaitVisible(sendButton),
		chromedp.Click(sendButton), chromedp.WaitVisible(`#versions`))
	location, err := chromedp.Run(c.ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(location, s.URL), "?")
	says(t, "the result", s.as(somebody(reconcile.UserOffice)).reconciled(path), "đã đối soát")
	c.open(path)
	says(t, "the page", c.text(), "đã đối soát")
}
