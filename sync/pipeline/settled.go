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
)

// A report is a function of the findings and of what became of each source. A
// run that wrote none has seen that all of them are as they should be; while
// inputs, sources and the reports themselves stay as that run left them, the
// next one need not load a plan to see it again. That a report still stands is
// seen from its file, that a spreadsheet does from its version.

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
	if err := p.cfg.Store.SaveSettled(ctx, tx, p.cfg.Plan.ID, run, left); err != nil {
		return err
	}
	return p.cfg.Store.CloseRun(ctx, tx, p.cfg.Plan.ID, run, p.now())
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
