package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// A report is a function of the findings and of what became of each source. A
// run that wrote none has seen that all of them are as they should be, and one
// after which each file is as it was written or read; while inputs, sources and
// the reports themselves stay as that run left them, the next one need not load
// a plan to see it again. That a report still stands is seen from its file, that
// a spreadsheet does from its version.

// left is a digest of what a run leaves behind, and the next one finds, when
// nobody touches anything: the sources as the run saw them, and the reports.
func (p *Pipeline) left(ctx context.Context, run int64) ([]byte, error) {
	sources, err := p.cfg.Store.SourceRuns(ctx, p.cfg.Plan.ID, run)
	if err != nil {
		return nil, err
	}
	for i := range sources {
		s := &sources[i]
		s.Run, s.Started, s.Finished = 0, time.Time{}, time.Time{}
		s.Version = pull.Listed(s.Version)
		if s.Status == reconcile.SourceUnchanged { // as it is when it was read without anything new
			s.Status = reconcile.SourceRead
		}
	}
	reports, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	files := make(map[string]string, len(reports))
	for key := range reports {
		if files[key], err = p.reportFile(key); err != nil {
			return nil, err
		}
	}
	return digest(sources, reports, files)
}

// reportFile tells one state of a report's file from another, "" when there is
// none: a spreadsheet's report is no file.
func (p *Pipeline) reportFile(key string) (string, error) {
	if !filepath.IsLocal(key) {
		return "", nil
	}
	info, err := os.Lstat(filepath.Join(p.cfg.Reports, key))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look at the report %s: %w", key, err)
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano()), nil
}

// settle ends a run whose reports are all seen to, and notes when there was
// nothing to write.
func (p *Pipeline) settle(ctx context.Context, tx postgres.Tx, run int64) error {
	left, err := p.left(ctx, run)
	if err != nil {
		return err
	}
	untouched, err := p.untouched(ctx) // asked last: what is touched by then is not in left
	if err != nil {
		return err
	}
	if err := p.cfg.Store.SaveSettled(ctx, tx, p.cfg.Plan.ID, run, left, untouched); err != nil {
		return err
	}
	p.forgetReportData() // all of the plan, which nobody needs till the next run
	return p.cfg.Store.CloseRun(ctx, tx, p.cfg.Plan.ID, run, p.now())
}

// untouched reports whether each report is surely as it was last written or
// read. Of spreadsheets that is not known before they are read again.
func (p *Pipeline) untouched(ctx context.Context) (bool, error) {
	reports, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID)
	if err != nil || p.cfg.Answers == nil {
		return false, err
	}
	known, err := p.cfg.Store.Versions(ctx, p.cfg.Plan.ID)
	if err != nil {
		return false, err
	}
	for key := range reports {
		if !filepath.IsLocal(key) {
			return false, nil
		}
		info, err := os.Lstat(filepath.Join(p.cfg.Reports, key))
		if err != nil || !pull.IsOf(known[p.copySource(key)].Version, info) {
			return false, nil // the next run says what is wrong with it
		}
	}
	return true, nil
}

// settled reports whether the run, whose inputs are those of the last
// reconciliation, would find every report as it should be.
func (p *Pipeline) settled(ctx context.Context, run int64, last postgres.Reconciliation) (bool, error) {
	if last.Settled == nil {
		return false, nil
	}
	left, err := p.left(ctx, run)
	return bytes.Equal(left, last.Settled), err
}
