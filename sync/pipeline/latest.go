package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
	"doisoat/sync/sheet"
	"doisoat/sync/understand"
)

// latestAnswers reads the report that is about to be replaced once more, right
// before the writing, so that an answer which somebody typed while the run was
// working is not lost. A report that is not there, or cannot be read now, has
// none; in the second case it is set aside under another name, since it may
// hold an answer that a person can still save.
func (p *Pipeline) latestAnswers(ctx context.Context, run int64, path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var document *reconcile.Document
	if err == nil {
		defer file.Close()
		if read, err := p.wasRead(ctx, file); err != nil || read {
			return err
		}
		document, err = p.readReport(ctx, file)
	}
	if unreadable(err) {
		return p.setAside(ctx, path, err)
	}
	if err != nil {
		return fmt.Errorf("read the answers in %s before replacing it: %w", filepath.Base(path), err)
	}
	if len(document.Sheets) == 0 {
		return nil
	}
	var changed int
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		changed, err = p.saveAnswers(ctx, tx, run, document)
		return err
	})
	if changed > 0 {
		p.forgetReportData()
	}
	return err
}

// unreadable reports whether the file's content is at fault.
func unreadable(err error) bool {
	for _, reason := range []error{sheet.ErrDamaged, sheet.ErrEmpty, sheet.ErrNotASheet, sheet.ErrEncrypted, sheet.ErrTooLarge, sheet.ErrUnsupported} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// setAside renames a report that cannot be read, so that a new one can take
// its place and nothing that it holds is lost.
func (p *Pipeline) setAside(ctx context.Context, path string, cause error) error {
	aside := path + ".khong-doc-duoc-" + p.now().Format("20060102-150405")
	p.cfg.Log.WarnContext(ctx, "a report that cannot be read is set aside", "report", filepath.Base(path), "error", cause)
	if err := os.Rename(path, aside); err != nil {
		return fmt.Errorf("set %s aside: %w", filepath.Base(path), err)
	}
	return nil
}

// wasRead reports whether the run has read this very file already, with the
// others of the reports folder: so it is with nearly all of them.
func (p *Pipeline) wasRead(ctx context.Context, file *os.File) (bool, error) {
	relative, err := filepath.Rel(p.cfg.Reports, file.Name())
	if err != nil || p.cfg.Answers == nil {
		return false, err
	}
	source := p.copySource(relative)
	known, err := p.cfg.Store.Versions(ctx, p.cfg.Plan.ID, source)
	if err != nil {
		return false, err
	}
	v, ok := known[source]
	if !ok || v.Failure != nil || v.ReaderVersion != p.cfg.Store.ReaderVersion() {
		return false, nil
	}
	version, err := pull.VersionOf(file)
	return err == nil && pull.SameContent(v.Version, version), nil // what cannot be read is said by who reads it
}

func (p *Pipeline) readReport(ctx context.Context, file *os.File) (*reconcile.Document, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	book, err := sheet.Open(ctx, file, info.Size(), sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	defer book.Close()
	relative, err := filepath.Rel(p.cfg.Reports, file.Name())
	if err != nil {
		return nil, err
	}
	document, err := p.cfg.Reader.Document(ctx, book, understand.Options{
		File:   filepath.Base(file.Name()),
		Source: p.copySource(relative), Today: p.today(),
	})
	if err != nil {
		return nil, err
	}
	return answersOf(document), nil
}
