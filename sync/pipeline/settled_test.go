package pipeline_test

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/xuri/excelize/v2"

	"doisoat/sync/pipeline"
)

// Once a run has left every report as it should be, the next ones look at none,
// until somebody touches a list or a report. (Of the office's three workbooks,
// the Party bloc's says nothing of the list.)
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
		{name: "nothing"},
		{name: "and more"},
		{name: "a report is deleted", change: func() { b.remove(report) }, looks: true, written: 1},
		{name: "it is there again"},
		{name: "a report is damaged", change: func() { b.write(report, "hỏng") }, looks: true, written: 1},
		{name: "it was written anew"},
		{name: "a report is saved without an answer", change: func() { b.edit(report, func(*excelize.File) {}) }, looks: true},
		{name: "it is as it was saved"},
		{name: "a file that cannot be read arrives", change: func() { b.write(filepath.Join(b.inbox, "S05", "hong.xlsx"), "hỏng") }, looks: true, written: 3},
		{name: "it is still there"},
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

// What somebody does to a report after it was written, and before its run has
// ended, is seen by the next one.
func TestReportsTouchedBeforeTheEndAreLookedAt(t *testing.T) {
	b := newBench(t)
	b.roster(filepath.Join(b.inbox, "S03", "dang ky.xlsx"), an, cuong)
	report := filepath.Join(b.reports, "S03", "dang ky - SAI LỆCH.xlsx")
	var looked atomic.Int32
	b.config.Workers = 1 // the office's reports are the last
	b.config.Progress = func(e pipeline.Event) {
		if e.Stage != "publish" {
			return
		}
		if looked.Add(1) == 1 {
			b.write(report, "hỏng")
		}
	}
	b.run()
	looked.Store(1)
	if run := b.run(); looked.Load() == 1 || run.Counts.ReportsWritten != 1 {
		t.Errorf("%d reports were written after one was damaged", run.Counts.ReportsWritten)
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
