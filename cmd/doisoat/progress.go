package main

import (
	"fmt"
	"sync"

	"github.com/schollz/progressbar/v3"

	"doisoat/reconcile"
	"doisoat/sync/pipeline"
)

// progress shows what a run is doing: a bar on a terminal, a line per document
// otherwise. Events come from several workers at once.
type progress struct {
	a *app

	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	total int
}

func (a *app) newProgress() *progress {
	p := &progress{a: a}
	if a.interactive {
		p.bar = progressbar.NewOptions(0,
			progressbar.OptionSetWriter(a.errOut),
			progressbar.OptionShowCount(),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetWidth(24),
			progressbar.OptionSetDescription(a.lang.pick("Liệt kê nguồn", "Listing sources")))
	}
	return p
}

// event is called by the pipeline for each step.
func (p *progress) event(e pipeline.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		p.log(e)
		return
	}
	switch e.Stage {
	case "list":
		p.total += e.Total
		p.bar.ChangeMax(p.total)
	case "pull":
		p.bar.Describe(p.a.lang.pick("Đọc ", "Reading ") + e.Subject)
		_ = p.bar.Add(1) // the terminal may be gone; the run is what matters
	case "reconcile":
		p.bar.Describe(p.a.lang.pick("Đối soát", "Reconciling"))
	case "publish":
		p.bar.Describe(p.a.lang.pick("Ghi báo cáo ", "Writing reports ") + e.Subject)
	}
}

// log writes a line for each document that was read or failed.
func (p *progress) log(e pipeline.Event) {
	if e.Stage != "pull" {
		return
	}
	switch e.Status {
	case reconcile.SourceRead:
		fmt.Fprintln(p.a.errOut, p.a.lang.pick("đọc        ", "read       ")+e.Subject)
	case reconcile.SourceFailed:
		fmt.Fprintln(p.a.errOut, p.a.lang.pick("KHÔNG ĐỌC  ", "FAILED     ")+e.Subject)
	}
}

// close removes the bar.
func (p *progress) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}
