package pipeline_test

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"doisoat/sync/pipeline"
)

// Once a run has seen that every report is as it should be, the next ones look
// at none, until somebody touches a list or a report. (Of the office's three
// workbooks, the Party bloc's says nothing of the list.)
func TestSettledReportsAreLeftAlone(t *testing.T) {
	b := newBench(t)
	list := filepath.Join(b.inbox, "S03", "dang ky.xlsx")
	b.roster(list, an, cuong)
	report := filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx")
	var looked atomic.Int32
	b.config.Progress = func(e pipeline.Event) {
		if e.Stage == "publish" {
			looked.Add(1)
		}
	}
	steps := []struct {
		name    string
		change  func()
		looks   bool
		written int
	}{
		{name: "first", looks: true, written: 4}, // the list's and three of the office
		{name: "nothing", looks: true},
		{name: "nothing once more"},
		{name: "and more"},
		{name: "a report is deleted", change: func() { b.remove(report) }, looks: true, written: 1},
		{name: "it is there again", looks: true},
		{name: "still there"},
		{name: "a report is damaged", change: func() { b.write(report, "hỏng") }, looks: true, written: 1},
		{name: "it was written anew", looks: true},
		{name: "nothing after the damage"},
		{name: "a file that cannot be read arrives", change: func() { b.write(filepath.Join(b.inbox, "S05", "hong.xlsx"), "hỏng") }, looks: true, written: 3},
		{name: "it is still there", looks: true},
		{name: "and still cannot be read"},
		{name: "the list is mended", change: func() { b.roster(list, an, mended(cuong, "28/02/1980")) }, looks: true, written: 3},
	}
	for _, step := range steps {
		if step.change != nil {
			step.change()
		}
		looked.Store(0)
		run := b.run()
		if got := looked.Load() > 0; got != step.looks {
			t.Errorf("%s: looked at the reports: %v, want %v", step.name, got, step.looks)
		}
		if got := run.Counts.ReportsWritten; got != step.written {
			t.Errorf("%s: %d reports written, want %d", step.name, got, step.written)
		}
		if _, err := os.Stat(report); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
}

func (b *bench) remove(path string) {
	b.t.Helper()
	if err := os.Remove(path); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) write(path, content string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
}
