package pipeline

import (
	"context"
	"fmt"
	"path/filepath"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// File is a file that can be handed to somebody.
type File struct {
	Name    string
	Content []byte
}

// AnnotatedCopy makes the copy with findings of one document as the last run
// that has ended left it, without the reports folder, which may be on another
// machine. ErrNotFound when no run has read the document.
func (p *Pipeline) AnnotatedCopy(ctx context.Context, source string) (File, error) {
	documents, err := p.cfg.Store.CurrentDocuments(ctx, p.cfg.Plan.ID, []string{source})
	if err != nil {
		return File{}, err
	}
	if len(documents) == 0 {
		return File{}, fmt.Errorf("copy of %s: %w", source, postgres.ErrNotFound)
	}
	document := documents[0]
	data, err := p.documentData(ctx, document)
	if err != nil {
		return File{}, err
	}
	path, err := push.ReportPath(p.cfg.Reports, agencyFolder(document.Agency), document.File)
	if err != nil {
		return File{}, err
	}
	content, err := p.annotated(ctx, data, document, report.DiscrepancySheet(data, document.Agency, document))
	return File{Name: filepath.Base(path), Content: content}, err
}

// documentData is as much of a run's data as the tab of one document shows.
func (p *Pipeline) documentData(ctx context.Context, document *reconcile.Document) (*report.Data, error) {
	data := &report.Data{
		Plan: p.cfg.Plan, Register: p.cfg.Register, Documents: []*reconcile.Document{document}, Registrations: document.Registrations(),
		Rules: p.ruleTitles(), Grades: p.grades(), Zone: p.cfg.Location,
	}
	known, err := p.cfg.Store.Versions(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	for source := range known {
		if source != document.Source && !p.isCopy(source) {
			data.Documents = append(data.Documents, &reconcile.Document{Source: source})
		}
	}
	if data.Discrepancies, err = p.cfg.Store.Discrepancies(ctx, p.cfg.Plan.ID, postgres.Filter{Agency: document.Agency}); err != nil {
		return nil, fmt.Errorf("load the findings: %w", err)
	}
	if data.Runs, err = p.cfg.Store.Runs(ctx, p.cfg.Plan.ID, ledgerLines); err != nil {
		return nil, fmt.Errorf("load the run ledger: %w", err)
	}
	for i := range data.Runs {
		if !data.Runs[i].Finished.IsZero() && data.Runs[i].Status != reconcile.RunFailed {
			data.Run = data.Runs[i]
			break
		}
	}
	return data, nil
}
