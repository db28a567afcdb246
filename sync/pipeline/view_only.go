package pipeline

import (
	"context"
	"errors"
	"slices"

	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
	"doisoat/sync/google"
	"doisoat/sync/pull"
)

// A spreadsheet that was shared for reading only is read like any other. What
// would be written into it goes into a workbook among the reports, NG07 tells
// its agency how to share it, and the run is partial. Mostly the listing says so
// before anything is written; where it cannot, the refused write does. What was
// written before that in the same run is brought up to date by the next.

// noteAccess keeps what a listing says of whether its spreadsheets may be
// written into. It is looked at for those that are unchanged, too: who may do
// what is no part of a version.
func (p *Pipeline) noteAccess(ctx context.Context, tx postgres.Tx, items []pull.Item) error {
	var writable []string
	for _, item := range items {
		if !item.Native || item.AnswersOnly && !p.isOffice(item.Source) {
			continue // nothing is written into it
		}
		switch item.Access {
		case pull.MayWrite:
			writable = append(writable, item.Source)
		case pull.MayView:
			if _, err := p.noteViewOnly(ctx, tx, item.Source, true); err != nil {
				return err
			}
		}
	}
	if len(writable) == 0 {
		return nil
	}
	return p.cfg.Store.NoteListedWritable(ctx, tx, p.cfg.Plan.ID, writable)
}

func (p *Pipeline) noteViewOnly(ctx context.Context, tx postgres.Tx, source string, listed bool) (news bool, err error) {
	client, err := p.cfg.Google(ctx)
	if err != nil {
		return false, err
	}
	return p.cfg.Store.NoteViewOnly(ctx, tx, p.cfg.Plan.ID, postgres.ViewOnly{Source: source, Account: client.ServiceAccount(), Listed: listed})
}

// refused keeps that Google refused a write because the spreadsheet is shared
// for reading only. Where the listing had not said so, the finding is added to
// those of the run. Any other error is passed on.
func (p *Pipeline) refused(ctx context.Context, run int64, source string, err error) (bool, error) {
	if !errors.Is(err, google.ErrReadOnly) {
		return false, err
	}
	var news bool
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		news, err = p.noteViewOnly(ctx, tx, source, false)
		return err
	})
	if err == nil && news {
		err = p.tellViewOnly(ctx, run)
	}
	return true, err
}

// tellViewOnly applies NG07 once more, after a write was refused. It looks at
// nothing but what is shared for reading only, so that all other findings stand.
func (p *Pipeline) tellViewOnly(ctx context.Context, run int64) error {
	in := &rule.Input{Plan: p.cfg.Plan, Register: p.cfg.Register, Today: p.today(), Deadline: p.cfg.Deadline}
	var err error
	if in.ViewOnly, err = p.viewOnly(ctx); err != nil {
		return err
	}
	only := slices.DeleteFunc(slices.Clone(p.cfg.Rules), func(r rule.Rule) bool { return r.ID != "NG07" })
	findings := rule.Run(only, in, rule.Options{Grades: p.cfg.Grades})
	err = p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		return p.cfg.Store.AddFindings(ctx, tx, p.cfg.Plan.ID, run, findings, p.now())
	})
	if err == nil {
		p.forgetReportData() // it lacks the finding
	}
	return err
}

// noteWritten forgets that a spreadsheet could not be written, once it was.
func (p *Pipeline) noteWritten(ctx context.Context, tx postgres.Tx, source string, written bool) error {
	if !written {
		return nil
	}
	return p.cfg.Store.NoteWritten(ctx, tx, p.cfg.Plan.ID, source)
}

// mayWrite fails with google.ErrReadOnly where the listing said that the
// spreadsheet is shared for reading only, so that nobody asks in vain.
func (p *Pipeline) mayWrite(ctx context.Context, source string) error {
	all, err := p.cfg.Store.ViewOnly(ctx, p.cfg.Plan.ID)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Source == source && all[i].Listed {
			return google.ErrReadOnly
		}
	}
	return nil
}

// viewOnly is what the rules are told of such spreadsheets.
func (p *Pipeline) viewOnly(ctx context.Context) ([]rule.ViewOnly, error) {
	stored, err := p.cfg.Store.ViewOnly(ctx, p.cfg.Plan.ID)
	if err != nil {
		return nil, err
	}
	var all []rule.ViewOnly
	for _, v := range stored {
		one := rule.ViewOnly{Source: v.Source, File: v.File, Agency: v.Agency, Account: v.Account, Office: p.isOffice(v.Source)}
		if one.Office {
			one.Agency = ""
		} else if p.isCopy(v.Source) {
			continue
		}
		all = append(all, one)
	}
	return all, nil
}

// isOffice reports whether the source is the office's own spreadsheet.
func (p *Pipeline) isOffice(source string) bool {
	return p.cfg.Office != nil && owns(p.cfg.Office, source)
}
