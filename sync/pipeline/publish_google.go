package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// publishGoogle writes the tab into the agency's own spreadsheet. Answers that
// were typed since it was read come back with the write and are kept.
func (p *Pipeline) publishGoogle(ctx context.Context, run int64, document *reconcile.Document, id string) (bool, error) {
	if p.cfg.Google == nil {
		return false, errors.New("không có tài khoản Google trong cấu hình")
	}
	if document.Failure != nil {
		return false, nil // it could not be read; it cannot be written either
	}
	data, err := p.reportData(ctx, run)
	if err != nil {
		return false, err
	}
	tab := report.DiscrepancySheet(data, document.Agency, document)
	known, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID)
	if err != nil {
		return false, err
	}
	if hasTab(document) && known[document.Source] == tab.Content() {
		return false, nil // it was written so, and read back: no request at all
	}
	client, err := p.cfg.Google(ctx)
	if err != nil {
		return false, err
	}
	result, err := push.WriteTab(ctx, client, id, tab)
	if err != nil {
		return false, fmt.Errorf("write the tab of %s: %w", document.File, err)
	}
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		_, err := p.saveAnswers(ctx, tx, run, &reconcile.Document{
			Source: document.Source,
			Sheets: []reconcile.Sheet{{Role: reconcile.RoleDiscrepancies, Responses: result.Responses}},
		})
		if err != nil {
			return err
		}
		return p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, document.Source, tab.Content())
	})
	return result.Written, err
}

// hasTab reports whether the spreadsheet held a discrepancy tab when it was
// read; somebody may have deleted it.
func hasTab(document *reconcile.Document) bool {
	return slices.ContainsFunc(document.Sheets, func(s reconcile.Sheet) bool { return s.Role == reconcile.RoleDiscrepancies })
}
