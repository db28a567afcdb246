package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/google"
	"doisoat/sync/pull"
	"doisoat/sync/understand"
)

// pull reads, understands and stores one document. A document that cannot be
// read is stored as such: that is a finding, not a failure of the job. Only
// what may pass (an unreachable source, the database) is tried again.
func (p *Pipeline) pull(ctx context.Context, args pullArgs) error {
	source, ok := p.source(args.Source)
	if !ok {
		return fmt.Errorf("source %s is not in this process's configuration", args.Source)
	}
	started := p.now()
	document, err := p.read(ctx, source, args.Item)
	if err != nil {
		if passing(err) {
			return err
		}
		document = p.failed(args.Item, err)
	}
	return p.keep(ctx, args, document, started)
}

// passing reports whether the fault may be gone at the next try.
func passing(err error) bool {
	if googleGaveUp(err) {
		return false
	}
	return errors.Is(err, pull.ErrUnreachable) || errors.Is(err, pull.ErrQuota) || errors.Is(err, pull.ErrBusy) || errors.Is(err, context.Canceled) || errors.Is(err, errPanic)
}

// googleGaveUp reports whether the error is the last word of Google's client. It
// has tried for minutes by then: another three times that would keep everybody
// else waiting for the night, and use up the quota.
func googleGaveUp(err error) bool {
	_, ok := errors.AsType[*google.Error](err)
	return ok
}

// read opens the document and understands it.
func (p *Pipeline) read(ctx context.Context, source pull.Source, item pull.Item) (*reconcile.Document, error) {
	book, item, err := source.Open(ctx, item)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", item.Name, err)
	}
	defer book.Close()
	document, err := p.cfg.Reader.Document(ctx, book, understand.Options{
		Agency: item.Agency, Folder: item.Folder,
		File: item.Name, Source: item.Source, Today: p.today(), Received: p.dayOf(item.Modified),
	})
	if err != nil {
		return nil, fmt.Errorf("understand %s: %w", item.Name, err)
	}
	document.Version, document.Received, document.Editor, document.Large = item.Version, item.Modified, item.Editor, item.Large
	return document, nil
}

// dayOf is the day of a moment here, zero for none.
func (p *Pipeline) dayOf(t time.Time) reconcile.Date {
	if t.IsZero() {
		return reconcile.Date{}
	}
	return reconcile.DateOf(t.In(p.cfg.Location))
}

// failed is the document that stands for one that cannot be read. Its agency
// is found as far as folder and name tell it.
func (p *Pipeline) failed(item pull.Item, err error) *reconcile.Document {
	failure, format := FailureOf(item.Name, err)
	if item.Native {
		format = reconcile.GoogleSheet
	}
	document := &reconcile.Document{
		Source: item.Source, File: item.Name, Format: format, Version: item.Version, Received: item.Modified, Failure: failure,
	}
	for _, text := range []string{item.Agency, item.Folder, strings.TrimSuffix(item.Name, path.Ext(item.Name))} {
		if code, sure := p.cfg.Reader.ResolveAgency(text, p.today()); sure {
			document.Agency = code
			break
		}
	}
	return document
}

// keep stores the document, its answers and the ledger's line in one
// transaction with the end of the job's part of the stage.
func (p *Pipeline) keep(ctx context.Context, args pullArgs, document *reconcile.Document, started time.Time) error {
	document, err := p.ownOnly(ctx, args.Item, document)
	if err != nil {
		return err
	}
	hold, err := p.toHold(ctx, args, document)
	if err != nil {
		return err
	}
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if args.Item.AnswersOnly {
			document = answersOf(document)
		}
		if _, err := p.saveAnswers(ctx, tx, args.Run, document); err != nil {
			return err
		}
		if err := p.checkTab(ctx, tx, document); err != nil {
			return err
		}
		if err := p.noteSize(ctx, tx, args.Item, document); err != nil {
			return err
		}
		if err := p.saveOrHold(ctx, tx, args, document, hold); err != nil {
			return err
		}
		if !args.Item.AnswersOnly {
			line := p.sourceRun(args.Run, document, started)
			if hold != nil {
				line.Error = heldNote
			}
			if err := p.cfg.Store.RecordSource(ctx, tx, args.Plan, line); err != nil {
				return err
			}
		}
		return p.pullDone(ctx, tx, args.Run, args.Item.Source)
	})
	if err == nil && !args.Item.AnswersOnly {
		p.cfg.Progress(event(args.Run, document))
	}
	return err
}

// noteSize remembers whether the spreadsheet has to be read in pieces.
func (p *Pipeline) noteSize(ctx context.Context, tx postgres.Tx, item pull.Item, d *reconcile.Document) error {
	if d.Failure != nil || d.Large == item.Large {
		return nil
	}
	return p.cfg.Store.NoteLarge(ctx, tx, p.cfg.Plan.ID, d.Source, d.Large)
}

// saveOrHold makes the document what its source says, unless it is held. A
// failed one leaves a hold as it is: nothing was read that could settle it.
func (p *Pipeline) saveOrHold(ctx context.Context, tx postgres.Tx, args pullArgs, document *reconcile.Document, hold *postgres.HeldDocument) error {
	if hold != nil {
		return p.cfg.Store.HoldDocument(ctx, tx, args.Plan, args.Run, *hold, p.now())
	}
	if _, err := p.cfg.Store.SaveDocument(ctx, tx, args.Plan, args.Run, document, p.now()); err != nil {
		return err
	}
	if document.Failure != nil {
		return nil
	}
	return p.cfg.Store.ReleaseDocuments(ctx, tx, args.Plan, []string{document.Source})
}

func event(run int64, document *reconcile.Document) Event {
	e := Event{Run: run, Stage: stagePull, Subject: document.File, Status: reconcile.SourceRead}
	if document.Failure != nil {
		e.Status, e.Detail = reconcile.SourceFailed, document.Failure.Message
	}
	return e
}

func (p *Pipeline) sourceRun(run int64, d *reconcile.Document, started time.Time) reconcile.SourceRun {
	s := reconcile.SourceRun{
		Run: run, Source: d.Source, File: d.File, Agency: d.Agency, Status: reconcile.SourceRead,
		Version: d.Version, Started: started, Finished: p.now(), Registrations: len(d.Registrations()),
	}
	for i := range d.Sheets {
		s.Rows += d.Sheets[i].NonEmptyRows
		s.NotUnderstood += d.Sheets[i].NotUnderstood()
	}
	if d.Failure != nil {
		s.Status, s.Error = reconcile.SourceFailed, d.Failure.Message
	}
	return s
}

// pullLost records a document that failed for good as one that cannot be read,
// so that the others go on. The cause may lie outside of it, such as in the
// database: without a version it is read again by the next run.
func (p *Pipeline) pullLost(ctx context.Context, args pullArgs, cause error) error {
	document := p.failed(args.Item, cause)
	document.Version = ""
	return p.keep(ctx, args, document, p.now())
}
