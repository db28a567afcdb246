package pipeline

import (
	"context"
	"errors"
	"fmt"

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
	client, err := p.cfg.Google(ctx)
	if err != nil {
		return false, err
	}
	tab := report.DiscrepancySheet(data, document.Agency, document)
	result, err := push.WriteTab(ctx, client, id, tab)
	if err != nil {
		return false, fmt.Errorf("write the tab of %s: %w", document.File, err)
	}
	if len(result.Responses) > 0 {
		err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			_, err := p.saveAnswers(ctx, tx, run, &reconcile.Document{
				Source: document.Source,
				Sheets: []reconcile.Sheet{{Role: reconcile.RoleDiscrepancies, Responses: result.Responses}},
			})
			return err
		})
	}
	return result.Written, err
}
