//go:build chrome

package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"doisoat/reconcile"
)

// TestTakingBackInTheBrowser takes a file back as people do, without scripts,
// and looks at the pages wide and narrow.
func TestTakingBackInTheBrowser(t *testing.T) {
	s := newSendingSite(t)
	user := reconcile.User{Login: "an@vpub.example.vn", Role: reconcile.UserAgency, Agency: "S01"}
	agency := s.as(user)
	agency.sendFiles("", goodFile(t))
	sent := agency.sendDraft("0")
	agency.reconciled(sent)
	b := s.tab()
	b.becomes(user)
	look := func(name, path string) {
		t.Helper()
		for _, width := range []int64{1280, 360} {
			b.wide(width)
			b.visit(path)
			b.check(t, name, width)
			b.shot(name + map[int64]string{1280: "", 360: "-360"}[width])
		}
	}
	look("sent", sent)
	tell(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.do(chromedp.Click(chromedp.CSS(`input[name="sure"]`)))
	b.press(`form[action$="/withdraw"] button`)
	if got := b.words("main"); !strings.Contains(got, "Đã rút tệp") || !strings.Contains(got, "đã rút, chờ") {
		t.Errorf("after taking it back: %s", got)
	}
	tell(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	agency.reconciled(sent)
	look("taken-back", sent)
	look("uploads-taken-back", "/uploads")
}
