package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/riverqueue/river"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// list looks which documents the source has, queues a pull for each that is
// new or changed, and marks those that are gone.
func (p *Pipeline) list(ctx context.Context, args listArgs) error {
	source, ok := p.source(args.Source)
	if !ok {
		return fmt.Errorf("source %s is not in this process's configuration", args.Source)
	}
	listing, err := source.List(ctx)
	switch {
	case err != nil && (passing(err) || ctx.Err() != nil):
		return fmt.Errorf("list %s: %w", args.Source, err)
	case err != nil: // it would fail again
		return p.listLost(ctx, args, err)
	}
	known, err := p.cfg.Store.Versions(ctx, args.Plan)
	if err != nil {
		return err
	}
	keepNames(listing.Items, known)
	last, err := p.cfg.Store.LastReadings(ctx, args.Plan)
	if err != nil {
		return err
	}
	items, stillHeld, err := p.splitHeld(ctx, listing.Items)
	if err != nil {
		return err
	}
	changed, same := split(items, known, p.cfg.Store.ReaderVersion())
	changed, same = p.rereadRenamed(changed, same, known)
	large, err := p.cfg.Store.LargeDocuments(ctx, args.Plan)
	if err != nil {
		return err
	}
	for i := range changed {
		changed[i].Large = large[changed[i].Source]
	}
	p.cfg.Progress(Event{Run: args.Run, Stage: stageList, Subject: args.Source, Total: len(listing.Items)})
	for _, item := range slices.Concat(same, stillHeld) {
		p.cfg.Progress(Event{Run: args.Run, Stage: stagePull, Subject: item.Name, Status: reconcile.SourceUnchanged})
	}
	withdrawn, held, err := p.guardMissing(ctx, args.Source, missing(source, listing, known))
	if err != nil {
		return err
	}
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if err := p.noteAccess(ctx, tx, listing.Items); err != nil {
			return err
		}
		if err := p.recordUnchanged(ctx, tx, args.Run, same, known, last); err != nil {
			return err
		}
		if err := p.recordHeld(ctx, tx, args.Run, stillHeld, last); err != nil {
			return err
		}
		if err := p.rename(ctx, tx, args.Run, same, known); err != nil {
			return err
		}
		if err := p.recordSkipped(ctx, tx, args.Run, listing.Skipped); err != nil {
			return err
		}
		if err := p.keepMissing(ctx, tx, args.Run, withdrawn, held); err != nil {
			return err
		}
		if err := p.queuePulls(ctx, tx, args, changed); err != nil {
			return err
		}
		return p.pullDone(ctx, tx, args.Run, listKey(args.Source))
	})
}

// keepNames gives the names that they had to documents whose source could tell
// no more than their identity: a spreadsheet that is no longer shared is still
// the one that people know by its title.
func keepNames(items []pull.Item, known map[string]postgres.DocumentVersion) {
	for i := range items {
		item := &items[i]
		if was := known[item.Source].File; was != "" && strings.HasSuffix(item.Source, ":"+item.Name) {
			item.Name = was
		}
	}
}

const stageList = "list"

func (p *Pipeline) queuePulls(ctx context.Context, tx postgres.Tx, args listArgs, items []pull.Item) error {
	if len(items) == 0 {
		return nil
	}
	keys := make([]string, len(items))
	jobs := make([]river.InsertManyParams, len(items))
	for i, item := range items {
		keys[i] = item.Source
		jobs[i] = river.InsertManyParams{
			Args: pullArgs{Plan: args.Plan, Run: args.Run, Source: args.Source, Item: item}, InsertOpts: p.insertOpts(),
		}
	}
	return p.queueStage(ctx, tx, args.Run, stagePull, keys, jobs)
}

// split tells the documents that must be read from those whose content and
// reader are what they were. A document that failed for a reason outside of it
// is read again.
func split(items []pull.Item, known map[string]postgres.DocumentVersion, reader string) (changed, same []pull.Item) {
	for _, item := range items {
		v, ok := known[item.Source]
		if ok && v.ReaderVersion == reader && pull.Unchanged(v.Version, item.Version) && !transient(v.Failure) {
			same = append(same, item)
			continue
		}
		changed = append(changed, item)
	}
	return changed, same
}

// transient reports whether the reason for which a document could not be read
// may lie outside of it.
func transient(failure *reconcile.Failure) bool {
	return failure != nil && (failure.Code == reconcile.Unreachable || failure.Code == reconcile.NotShared)
}

// missing are the known documents of the source that it surely no longer holds.
func missing(source pull.Source, listing pull.Listing, known map[string]postgres.DocumentVersion) []string {
	listed := make(map[string]bool, len(listing.Items))
	for _, item := range listing.Items {
		listed[item.Source] = true
	}
	var gone []string
	for id := range known {
		if owns(source, id) && !listed[id] && !listing.Holds(id) {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return gone
}

// owns reports whether the document belongs to the source: its identity starts
// with the source's.
func owns(source pull.Source, document string) bool {
	rest, ok := strings.CutPrefix(document, source.ID())
	return ok && (rest == "" || strings.HasPrefix(rest, "/"))
}

// recordSkipped puts what could not be looked at into the ledger and the rest
// into the log.
func (p *Pipeline) recordSkipped(ctx context.Context, tx postgres.Tx, run int64, skipped []pull.Skip) error {
	now := p.now()
	for _, s := range skipped {
		if !s.Failed() {
			if !s.Quiet() {
				p.cfg.Log.InfoContext(ctx, "not taken as a document", "file", s.Source, "reason", s.Reason)
			}
			continue
		}
		p.cfg.Progress(Event{Run: run, Stage: stagePull, Subject: s.Name, Status: reconcile.SourceFailed, Detail: s.Message})
		err := p.cfg.Store.RecordSource(ctx, tx, p.cfg.Plan.ID, reconcile.SourceRun{
			Run: run, Source: s.Source, File: s.Name, Status: reconcile.SourceFailed, Started: now, Finished: now, Error: s.Message,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recordUnchanged notes the documents that need no reading, with the figures of
// their last one. One that could not be read and is still the same still cannot
// be read.
func (p *Pipeline) recordUnchanged(
	ctx context.Context, tx postgres.Tx, run int64,
	items []pull.Item, known map[string]postgres.DocumentVersion, last map[string]reconcile.SourceRun,
) error {
	now := p.now()
	if err := p.cfg.Store.ReleaseDocuments(ctx, tx, p.cfg.Plan.ID, sourcesOf(items)); err != nil {
		return err // it is again what it was
	}
	lines := make([]reconcile.SourceRun, 0, len(items))
	for _, item := range items {
		if item.AnswersOnly {
			continue
		}
		v := known[item.Source]
		line := reconcile.SourceRun{
			Run: run, Source: item.Source, File: item.Name, Agency: v.Agency, Status: reconcile.SourceUnchanged,
			Version: item.Version, Started: now, Finished: now,
			Rows: last[item.Source].Rows, Registrations: last[item.Source].Registrations, NotUnderstood: last[item.Source].NotUnderstood,
		}
		if v.Failure != nil {
			line.Status, line.Error = reconcile.SourceFailed, v.Failure.Message
		}
		lines = append(lines, line)
	}
	return p.cfg.Store.RecordSource(ctx, tx, p.cfg.Plan.ID, lines...)
}

func sourcesOf(items []pull.Item) []string {
	sources := make([]string, len(items))
	for i := range items {
		sources[i] = items[i].Source
	}
	return sources
}

// listLost records that the source could not be listed: its documents stay as
// they were, and the run goes on without it.
func (p *Pipeline) listLost(ctx context.Context, args listArgs, cause error) error {
	now := p.now()
	failure, _ := FailureOf(args.Source, cause)
	p.cfg.Progress(Event{Run: args.Run, Stage: stagePull, Subject: args.Source, Status: reconcile.SourceFailed, Detail: failure.Message})
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		err := p.cfg.Store.RecordSource(ctx, tx, p.cfg.Plan.ID, reconcile.SourceRun{
			Run: args.Run, Source: args.Source, File: args.Source, Status: reconcile.SourceFailed,
			Started: now, Finished: now, Error: failure.Message,
		})
		if err != nil {
			return err
		}
		return p.pullDone(ctx, tx, args.Run, listKey(args.Source))
	})
}
