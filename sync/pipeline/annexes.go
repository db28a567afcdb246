package pipeline

import (
	"context"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// Annexes renders the plan's annexes from the valid registrations of the last
// run as an Excel workbook.
func (p *Pipeline) Annexes(ctx context.Context) ([]byte, error) {
	runs, err := p.cfg.Store.Runs(ctx, p.cfg.Plan.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, postgres.ErrNotFound
	}
	data, err := p.reportData(ctx, runs[0].ID)
	if err != nil {
		return nil, err
	}
	return push.Workbook(report.Annexes(data))
}
