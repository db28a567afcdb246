package pipeline_test

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pipeline"
)

// What a run has written itself is not read by the next one; what somebody
// saved since is, whatever it is.
func TestOwnReportsAreNotReadBack(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	report := filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx")
	b.roster(list, an, cuong)
	var mu sync.Mutex
	var pulled int
	b.config.Observe = func(j pipeline.Job) {
		mu.Lock()
		defer mu.Unlock()
		if j.Kind == "pull" {
			pulled++
		}
	}
	const words = "đã đối chiếu với hồ sơ gốc"
	for _, step := range []struct {
		name   string
		change func()
		pulled int
	}{
		{name: "first", pulled: 1}, // the list; there is no report yet
		{name: "after four reports were written"},
		{name: "the list is mended", change: func() { b.roster(list, an, mended(cuong, "31/02/1980")) }, pulled: 1},
		{name: "after some were written anew"},
		{name: "somebody answers", change: func() {
			code := b.one(postgres.Filter{Rule: "DL02"}).Code
			b.edit(report, func(f *excelize.File) { write(t, f, reconcile.DiscrepancyTab, code, reconcile.ColumnText, words) })
		}, pulled: 1},
		{name: "after the answer was taken up"},
		{name: "a report is deleted", change: func() { b.remove(report) }},
		{name: "after it was written again"},
	} {
		if step.change != nil {
			step.change()
		}
		pulled = 0
		b.run()
		if pulled != step.pulled {
			t.Errorf("%s: %d documents were read, want %d", step.name, pulled, step.pulled)
		}
	}
	if d := b.one(postgres.Filter{Rule: "DL02"}); d.Response == nil || d.Response.Text != words {
		t.Errorf("the answer is %v", d.Response)
	}
}
