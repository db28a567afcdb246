package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// publishBook brings the consolidated report into the office's spreadsheet.
// Decisions that were typed there since it was read come back with the write
// and are kept; the next run acts on them.
func (p *Pipeline) publishBook(ctx context.Context, run int64, workbook report.Workbook) (bool, error) {
	if p.cfg.Google == nil {
		return false, errors.New("không có tài khoản Google trong cấu hình")
	}
	source := p.cfg.Office.ID()
	state, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return false, err
	}
	content := bookContent(&workbook)
	if state[source] == content {
		return false, nil // and nobody deleted a row of it, see checkTab
	}
	known := make(map[string]string)
	for path, digest := range state {
		if tab, ok := strings.CutPrefix(path, tabKey(source, "")); ok {
			known[tab] = digest
		}
	}
	client, err := p.cfg.Google(ctx)
	if err != nil {
		return false, err
	}
	if err := p.mayWrite(ctx, source); err != nil {
		return false, err
	}
	if err := p.stillMine(ctx); err != nil {
		return false, err
	}
	result, err := push.WriteBook(ctx, client, p.cfg.OfficeSheet, workbook, known)
	if err != nil {
		return false, err
	}
	for i := range result.Decisions {
		result.Decisions[i].Origin.Source = source
	}
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if err := p.noteWritten(ctx, tx, source, result.Written); err != nil {
			return err
		}
		_, err := p.saveAnswers(ctx, tx, run, &reconcile.Document{
			Source: source,
			Sheets: []reconcile.Sheet{{Role: reconcile.RoleDiscrepancies, Decisions: result.Decisions}},
		})
		if err != nil {
			return err
		}
		result.Digests[""] = result.Shape
		for tab, digest := range result.Digests {
			path := tabKey(source, tab)
			if tab == "" {
				path = shapeKey(source)
			}
			if err := p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, path, digest); err != nil {
				return err
			}
		}
		return p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, source, content)
	})
	return result.Written, err
}

// tabKey is where it is kept what a tab of the office's spreadsheet says.
func tabKey(source, tab string) string { return source + "#tab " + tab }

// bookContent is a digest of what the service writes of the workbook.
func bookContent(w *report.Workbook) string {
	all := sha256.New()
	for i := range w.Tabs {
		fmt.Fprintln(all, w.Tabs[i].ServiceContent())
	}
	return hex.EncodeToString(all.Sum(nil))
}
