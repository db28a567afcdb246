package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/report"
	"doisoat/sync/pull"
	"doisoat/sync/push"
)

// publish brings the reports of one target up to date. It writes only what
// differs from what stands there.
func (p *Pipeline) publish(ctx context.Context, args publishArgs) error {
	var written int
	var err error
	if args.Target == consolidated {
		written, err = p.publishOffice(ctx, args.Run)
	} else {
		written, err = p.publishAgency(ctx, args.Run, args.Target)
	}
	if err != nil {
		return err
	}
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		return p.publishDone(ctx, tx, args.Run, args.Target, written)
	})
	if err == nil {
		p.cfg.Progress(Event{Run: args.Run, Stage: stagePublish, Subject: args.Target})
	}
	return err
}

// publishLost notes that a target's reports could not be written and lets the
// run end: the next run writes them.
func (p *Pipeline) publishLost(ctx context.Context, args publishArgs, cause error) error {
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if err := p.cfg.Store.NoteRunError(ctx, tx, args.Plan, args.Run, p.publishReason(args.Target, cause)); err != nil {
			return err
		}
		return p.publishDone(ctx, tx, args.Run, args.Target, 0)
	})
}

// publishAgency writes the discrepancy tab for each of the agency's documents:
// into the Google spreadsheet itself, or into a copy beside the reports.
func (p *Pipeline) publishAgency(ctx context.Context, run int64, agency string) (written int, err error) {
	data, err := p.reportData(ctx, run)
	if err != nil {
		return 0, err
	}
	var failed error
	for _, document := range data.Documents {
		if document.Agency != agency || !p.wantsTab(data, document) {
			continue
		}
		changed, err := p.publishDocument(ctx, run, document)
		if err != nil { // one document does not stop the others
			failed = errors.Join(failed, fmt.Errorf("report on %s: %w", document.File, err))
		}
		if changed {
			written++
		}
	}
	return written, failed
}

// wantsTab reports whether the document's senders have to be told something:
// it has registrations, or a finding points into it.
func (p *Pipeline) wantsTab(data *report.Data, document *reconcile.Document) bool {
	for i := range document.Sheets {
		if document.Sheets[i].Role == reconcile.RoleRegistration {
			return true
		}
	}
	for i := range data.Discrepancies {
		if data.Discrepancies[i].Place.Source == document.Source {
			return true
		}
	}
	return false
}

func (p *Pipeline) publishDocument(ctx context.Context, run int64, document *reconcile.Document) (bool, error) {
	if id, ok := spreadsheetID(document); ok {
		return p.publishSpreadsheet(ctx, run, document, id)
	}
	path, err := p.copyPath(ctx, run, document)
	if err != nil {
		return false, err
	}
	return p.publishCopy(ctx, run, document, path)
}

// copyPath is where the report on a document stands in the reports folder.
func (p *Pipeline) copyPath(ctx context.Context, run int64, document *reconcile.Document) (string, error) {
	data, err := p.reportData(ctx, run)
	if err != nil {
		return "", err
	}
	return push.ReportPath(p.cfg.Reports, agencyFolder(document.Agency), reportName(data, document))
}

// publishCopy brings the report in the reports folder up to date.
func (p *Pipeline) publishCopy(ctx context.Context, run int64, document *reconcile.Document, path string) (bool, error) {
	if err := p.latestAnswers(ctx, run, path); err != nil {
		return false, err
	}
	data, err := p.reportData(ctx, run)
	if err != nil {
		return false, err
	}
	tab := report.DiscrepancySheet(data, document.Agency, document)
	state := tab.Content() + " " + pull.ContentOf(document.Version)
	return p.replace(ctx, run, path, state, func() ([]byte, error) { return p.annotated(ctx, data, document, tab) })
}

// spreadsheetID is the id of the Google spreadsheet that the document is; a file
// that was uploaded to Google is none.
func spreadsheetID(document *reconcile.Document) (string, bool) {
	kind, place, _ := strings.Cut(document.Source, ":")
	switch {
	case kind == "google_sheet" && (document.Format == reconcile.GoogleSheet || document.Failure != nil):
		return place, true
	case kind == "google_drive" && document.Format == reconcile.GoogleSheet:
		return path.Base(place), true
	}
	return "", false
}

// agencyFolder is where an agency's reports stand; what nobody can be named
// for is kept apart so that the office sees it.
func agencyFolder(agency string) string {
	if agency == "" {
		return "CHƯA RÕ ĐƠN VỊ"
	}
	return agency
}

// reportName is the file's own name. Where an agency has several documents of
// one name, all but the first are told apart by the folders they stand in.
func reportName(data *report.Data, document *reconcile.Document) string {
	for _, other := range data.Documents {
		switch {
		case other.Source == document.Source:
			return document.File
		case other.Agency == document.Agency && stem(other.File) == stem(document.File):
			return placeName(document)
		}
	}
	return document.File
}

// placeName tells documents of one name apart: files by the folders they stand
// in, those on Drive, where a folder may hold several, by a part of their id.
func placeName(document *reconcile.Document) string {
	kind, place, isPath := strings.Cut(document.Source, ":")
	switch {
	case !isPath: // a number, which tells it apart and does not name it
		return document.Source + " - " + document.File
	case kind != "google_drive":
		return strings.ReplaceAll(place, "/", " - ")
	}
	id, ext := path.Base(place), filepath.Ext(document.File)
	return strings.TrimSuffix(document.File, ext) + " - " + id[max(0, len(id)-6):] + ext
}

func stem(file string) string {
	return reconcile.Key(strings.TrimSuffix(file, filepath.Ext(file)))
}

// annotated is the agency's own file with the tab and the comments; for what
// is no workbook of that kind, a workbook of the same look.
func (p *Pipeline) annotated(ctx context.Context, data *report.Data, document *reconcile.Document, tab report.Tab) ([]byte, error) {
	if document.Format == reconcile.XLSX && document.Failure == nil {
		content, err := p.annotateOriginal(ctx, data, document, tab)
		if err == nil || !errors.Is(err, push.ErrNotAnnotatable) {
			return content, err
		}
		p.cfg.Log.WarnContext(ctx, "the file itself cannot be annotated", "document", document.Source, "error", err)
	}
	return push.Standalone(tab, document.File)
}

func (p *Pipeline) annotateOriginal(ctx context.Context, data *report.Data, document *reconcile.Document, tab report.Tab) ([]byte, error) {
	raw, err := p.original(ctx, document)
	if err != nil {
		return nil, err
	}
	return push.Annotate(raw, raw.Size, tab, commentsOf(data, document))
}

// original returns the bytes of the file that was read. If it has changed
// since, the next run reads and reports on the new one.
func (p *Pipeline) original(ctx context.Context, document *reconcile.Document) (pull.Raw, error) {
	for _, s := range p.sources() {
		files, ok := s.(pull.RawSource)
		if !ok || !owns(s, document.Source) {
			continue
		}
		raw, err := files.OpenRaw(ctx, pull.Item{Source: document.Source})
		if errors.Is(err, pull.ErrNotFound) { // held, see hold.go
			return pull.Raw{}, fmt.Errorf("%w: %w", push.ErrNotAnnotatable, err)
		}
		if err != nil {
			return pull.Raw{}, err
		}
		if !pull.SameContent(raw.Item.Version, document.Version) {
			return pull.Raw{}, fmt.Errorf("%w: tệp đã thay đổi sau khi đọc, lần chạy sau sẽ báo cáo", push.ErrNotAnnotatable)
		}
		return raw, nil
	}
	return pull.Raw{}, fmt.Errorf("%w: không tìm thấy nguồn của tệp", push.ErrNotAnnotatable)
}

// commentsOf are the open findings that point to a cell of the document.
func commentsOf(data *report.Data, document *reconcile.Document) []push.Comment {
	var comments []push.Comment
	for i := range data.Discrepancies {
		d := &data.Discrepancies[i]
		if d.Status != reconcile.StatusOpen || d.Place.Source != document.Source || d.Place.Cell == "" {
			continue
		}
		comments = append(comments, push.Comment{
			Sheet: d.Place.Sheet, Cell: d.Place.Cell, Severity: d.Severity, Code: d.Code,
			Text: strings.TrimSpace(d.Code + ": " + d.Message + " " + d.Remedy),
		})
	}
	return comments
}

// replace writes the report if what it says, or the file that stands there,
// is not what the store remembers.
func (p *Pipeline) replace(ctx context.Context, run int64, path, state string, render func() ([]byte, error)) (bool, error) {
	key, err := filepath.Rel(p.cfg.Reports, path)
	if err != nil {
		return false, fmt.Errorf("report path %s: %w", path, err)
	}
	known, err := p.cfg.Store.ReportState(ctx, p.cfg.Plan.ID, key)
	if err != nil {
		return false, err
	}
	if known[key] == state && exists(path) {
		return false, nil
	}
	content, err := render()
	if err != nil {
		return false, err
	}
	if err := p.stillMine(ctx); err != nil {
		return false, err
	}
	there, written, err := push.Replace(path, content)
	if err != nil {
		return false, err
	}
	err = p.saveReport(ctx, key, func(ctx context.Context, tx postgres.Tx) error {
		if err := p.cfg.Store.NoteTabs(ctx, tx, p.cfg.Plan.ID, run, p.copySource(key), ""); err != nil {
			return err
		}
		if err := p.noteOwn(ctx, tx, run, key, there.ModTime(), pull.FileVersion(there, content)); err != nil {
			return err
		}
		return p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, key, state)
	})
	return written, err
}

// noteOwn spares the next run to read what this one has just written into
// the reports folder: answers can only stand in what somebody saved since.
func (p *Pipeline) noteOwn(ctx context.Context, tx postgres.Tx, run int64, key string, at time.Time, version string) error {
	if p.cfg.Answers == nil || !pull.ListsReport(key) {
		return nil
	}
	return p.cfg.Store.SaveWritten(ctx, tx, p.cfg.Plan.ID, run, &reconcile.Document{
		Source: p.copySource(key), File: filepath.Base(key), Format: reconcile.XLSX, Version: version, Received: at,
	}, p.now())
}

// saveReport stores from what the report was written. When another process has
// written it meanwhile, the late one may have replaced what is newer: then
// nothing is known of it any more, and the next run writes it.
func (p *Pipeline) saveReport(ctx context.Context, key string, save func(context.Context, postgres.Tx) error) error {
	err := p.cfg.Store.InTx(ctx, save)
	if !errors.Is(err, errNotMine) {
		return err
	}
	return errors.Join(err, p.cfg.Store.InTx(withoutClaim(ctx), func(ctx context.Context, tx postgres.Tx) error {
		return p.cfg.Store.SaveReportState(ctx, tx, p.cfg.Plan.ID, key, "")
	}))
}

// copySource is the identity of a report as a source of answers, by its path in
// the reports folder.
func (p *Pipeline) copySource(relative string) string {
	if p.cfg.Answers == nil {
		return ""
	}
	return p.cfg.Answers.ID() + "/" + filepath.ToSlash(relative)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
