package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/google"
	"doisoat/sync/push"
)

// publishSpreadsheet writes the tab into the agency's own spreadsheet. Where
// Google does not let it, a workbook among the reports says what the tab would,
// so that somebody can hand it on; as long as that lies there it is kept up to
// date.
func (p *Pipeline) publishSpreadsheet(ctx context.Context, run int64, document *reconcile.Document, id string) (bool, error) {
	path, err := p.copyPath(ctx, run, document)
	if err != nil {
		return false, err
	}
	closed := document.Failure != nil && document.Failure.Code == reconcile.NotShared
	written, err := p.publishGoogle(ctx, run, document, id)
	refused, err := p.keptOut(ctx, run, document, err)
	if err != nil || !closed && !refused && !exists(path) {
		return written, err
	}
	copied, err := p.publishCopy(ctx, run, document, path)
	return written || copied, err
}

// keptOut reports whether Google refused the write for good, which asking once
// more this night would not change, and sees to it that somebody is told. Any
// other error is passed on.
func (p *Pipeline) keptOut(ctx context.Context, run int64, document *reconcile.Document, err error) (bool, error) {
	switch {
	case errors.Is(err, google.ErrNotShared):
		return true, nil // the listing or the next reading says so, in NG02 or NG05
	case errors.Is(err, google.ErrLocked), errors.Is(err, google.ErrRefused):
		return true, p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			return p.cfg.Store.NoteRunError(ctx, tx, p.cfg.Plan.ID, run, p.publishReason(document.Agency, err))
		})
	}
	return p.refused(ctx, run, document.Source, err)
}

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
	known, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID, document.Source, notesKey(document.Source))
	if err != nil {
		return false, err
	}
	notes := p.cellNotes(data, document, known)
	content := tab.ServiceContent() + notesDigest(notes)
	if hasTab(document) && known[document.Source] == content {
		return false, nil // it was written so, and read back: no request at all
	}
	if err := p.mayWrite(ctx, document.Source); err != nil {
		return false, err
	}
	large, err := p.cfg.Store.LargeDocuments(ctx, p.cfg.Plan.ID)
	if err != nil {
		return false, err
	}
	client, err := p.cfg.Google(ctx)
	if err != nil {
		return false, err
	}
	if err := p.stillMine(ctx); err != nil {
		return false, err
	}
	result, err := push.WriteTab(ctx, client, push.Spreadsheet{ID: id, Large: large[document.Source]}, tab, notes)
	if err != nil {
		return false, fmt.Errorf("write the tab of %s: %w", document.File, err)
	}
	for i := range result.Responses {
		result.Responses[i].Origin.Source = document.Source
	}
	err = p.saveReport(ctx, document.Source, func(ctx context.Context, tx postgres.Tx) error {
		if err := p.noteWritten(ctx, tx, document.Source, result.Written); err != nil {
			return err
		}
		_, err := p.saveAnswers(ctx, tx, run, &reconcile.Document{
			Source: document.Source,
			Sheets: []reconcile.Sheet{{Role: reconcile.RoleDiscrepancies, Responses: result.Responses}},
		})
		if err != nil {
			return err
		}
		if err := p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, shapeKey(document.Source), result.Shape); err != nil {
			return err
		}
		if err := p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, notesKey(document.Source), notesDigest(notes)); err != nil {
			return err
		}
		return p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, document.Source, content)
	})
	return result.Written, err
}

// shapeKey is where the shape is kept that a spreadsheet's tab was left in.
func shapeKey(source string) string { return source + "#shape" }

// checkTab looks whether the tab that was read still has the columns and rows
// that it was left with. If people deleted some, the tab is written again
// though the report says nothing new.
func (p *Pipeline) checkTab(ctx context.Context, tx postgres.Tx, d *reconcile.Document) error {
	if d.Format != reconcile.GoogleSheet {
		return nil
	}
	for i := range d.Sheets {
		s := &d.Sheets[i]
		if s.Role != reconcile.RoleDiscrepancies || s.Tab != "" {
			continue
		}
		headers := make([]string, len(s.Columns))
		for j := range s.Columns {
			headers[j] = s.Columns[j].Header
		}
		return p.cfg.Store.CheckReport(ctx, tx, p.cfg.Plan.ID, d.Source, shapeKey(d.Source), push.TabShape(headers, s.Codes))
	}
	return nil
}

// hasTab reports whether the spreadsheet held a discrepancy tab when it was
// read; somebody may have deleted it.
func hasTab(document *reconcile.Document) bool {
	return slices.ContainsFunc(document.Sheets, func(s reconcile.Sheet) bool { return s.Role == reconcile.RoleDiscrepancies })
}
