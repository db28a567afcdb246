package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"doisoat/reconcile"
	"doisoat/reconcile/postgres"
	"doisoat/reconcile/rule"
	"doisoat/sync/pull"
)

// Documents of which many lines vanished are held: what they say now is not
// taken, they count as they were, and NG05 asks. Before the rules run,
// settleHolds takes those that the office confirmed, and those whose lines
// turned up in another document of the agency.

// heldNote stands in the ledger beside a document that is held.
const heldNote = "nhiều dòng biến mất: vẫn tính theo bản trước, chờ xác nhận (NG05)"

func (p *Pipeline) guard() rule.Guard { return p.cfg.Guard.OrDefault() }

// toHold compares a document that was read with what is known of it, and
// returns why it is held, nil when it is not. Where the file is the same and
// only the reader is another, lines that are read otherwise did not vanish.
func (p *Pipeline) toHold(ctx context.Context, args pullArgs, d *reconcile.Document) (*postgres.HeldDocument, error) {
	if d.Failure != nil || args.Item.AnswersOnly {
		return nil, nil
	}
	known, err := p.cfg.Store.CurrentDocuments(ctx, args.Plan, []string{d.Source})
	if err != nil || len(known) == 0 {
		return nil, err
	}
	before, after := rule.Lines(p.cfg.Plan, known[0]), rule.Lines(p.cfg.Plan, d)
	vanished := rule.Without(before, rule.KeysOf(after))
	lost := len(vanished)
	if pull.SameContent(known[0].Version, d.Version) {
		lost = min(lost, max(0, len(before)-len(after)))
	}
	if lost == 0 || !p.guard().Held(lost, len(before), len(after)) {
		return nil, nil
	}
	item, err := json.Marshal(args.Item)
	if err != nil {
		return nil, fmt.Errorf("note how %s is opened: %w", d.File, err)
	}
	h := holdOf(known[0], vanished)
	h.Place, h.Item, h.Before, h.After = args.Source, item, len(before), len(after)
	return h, nil
}

// holdOf is the hold of a document whose lines vanished.
func holdOf(d *reconcile.Document, vanished []rule.Line) *postgres.HeldDocument {
	h := &postgres.HeldDocument{Source: d.Source, File: d.File, Agency: d.Agency, Before: len(vanished)}
	for _, l := range vanished {
		h.Keys, h.Names = append(h.Keys, l.Key), append(h.Names, l.Name)
	}
	return h
}

// splitHeld takes the documents out of a listing that are held and are what they
// were then: to read them again would tell the same.
func (p *Pipeline) splitHeld(ctx context.Context, items []pull.Item) (others, held []pull.Item, err error) {
	holds, err := p.cfg.Store.HeldDocuments(ctx, p.cfg.Plan.ID)
	if err != nil || len(holds) == 0 {
		return items, nil, err
	}
	versions := make(map[string]string)
	for i := range holds {
		var was pull.Item
		if h := &holds[i]; !h.Gone && h.ReaderVersion == p.cfg.Store.ReaderVersion() && json.Unmarshal(h.Item, &was) == nil {
			versions[h.Source] = was.Version
		}
	}
	for _, item := range items {
		if version, ok := versions[item.Source]; ok && pull.Unchanged(version, item.Version) {
			held = append(held, item)
		} else {
			others = append(others, item)
		}
	}
	return others, held, nil
}

// recordHeld notes the documents that are held as before, with the figures of
// their last reading.
func (p *Pipeline) recordHeld(ctx context.Context, tx postgres.Tx, run int64, items []pull.Item, last map[string]reconcile.SourceRun) error {
	now := p.now()
	for _, item := range items {
		line := last[item.Source]
		line.Run, line.Source, line.File, line.Version = run, item.Source, item.Name, item.Version
		line.Status, line.Started, line.Finished, line.Error = reconcile.SourceUnchanged, now, now, heldNote
		if err := p.cfg.Store.RecordSource(ctx, tx, p.cfg.Plan.ID, line); err != nil {
			return err
		}
	}
	return nil
}

// guardMissing splits documents that are no longer in a source into those that
// are withdrawn at once and those that are held, which all are when together
// they hold too many lines: one emptied folder is one accident.
func (p *Pipeline) guardMissing(ctx context.Context, place string, gone []string) (withdrawn []string, held []*postgres.HeldDocument, err error) {
	documents, err := p.cfg.Store.CurrentDocuments(ctx, p.cfg.Plan.ID, gone)
	if err != nil {
		return nil, nil, err
	}
	lines := 0
	for _, d := range documents {
		h := holdOf(d, rule.Lines(p.cfg.Plan, d))
		h.Gone, h.Place = true, place
		lines += h.Before
		if h.Before > 0 && !p.holdsOnlyAnswers(d) {
			held = append(held, h)
		} else {
			withdrawn = append(withdrawn, d.Source)
		}
	}
	if !p.guard().Many(lines, lines) {
		return gone, nil, nil
	}
	return withdrawn, held, nil
}

// keepMissing withdraws and holds what guardMissing says.
func (p *Pipeline) keepMissing(ctx context.Context, tx postgres.Tx, run int64, withdrawn []string, held []*postgres.HeldDocument) error {
	now := p.now()
	if len(withdrawn) > 0 {
		if err := p.withdraw(ctx, tx, run, withdrawn); err != nil {
			return err
		}
	}
	for _, h := range held {
		if err := p.cfg.Store.HoldDocument(ctx, tx, p.cfg.Plan.ID, run, *h, now); err != nil {
			return err
		}
		err := p.cfg.Store.RecordSource(ctx, tx, p.cfg.Plan.ID, reconcile.SourceRun{
			Run: run, Source: h.Source, File: h.File, Agency: h.Agency, Status: reconcile.SourceGone, Started: now, Finished: now, Error: heldNote,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Pipeline) withdraw(ctx context.Context, tx postgres.Tx, run int64, sources []string) error {
	if _, err := p.cfg.Store.MarkMissing(ctx, tx, p.cfg.Plan.ID, run, sources, p.now()); err != nil {
		return err
	}
	return p.cfg.Store.ReleaseDocuments(ctx, tx, p.cfg.Plan.ID, sources)
}

// settleHolds takes what held documents say now where it was confirmed, or
// where nothing is lost after all.
func (p *Pipeline) settleHolds(ctx context.Context, run int64) error {
	holds, err := p.cfg.Store.HeldDocuments(ctx, p.cfg.Plan.ID)
	if err != nil || len(holds) == 0 {
		return err
	}
	verdicts, err := p.decided(ctx, "NG05")
	if err != nil {
		return err
	}
	documents, err := p.cfg.Store.LoadDocuments(ctx, p.cfg.Plan.ID)
	if err != nil {
		return fmt.Errorf("load what the sheets say: %w", err)
	}
	withdrawals := p.withdrawals(holds, documents)
	lost, all := make(map[string]int), make(map[string]int) // of documents that are gone, by place
	for i := range holds {
		if holds[i].Gone {
			lost[holds[i].Place] += len(withdrawals[i].Lost)
			all[holds[i].Place] += holds[i].Before
		}
	}
	for i := range holds {
		h, w := &holds[i], &withdrawals[i]
		open := p.guard().Held(len(w.Lost), w.Before, w.After)
		if h.Gone {
			open = p.guard().Many(lost[h.Place], all[h.Place])
		}
		confirmed := reconcile.Key(string(verdicts[w.Subject()])) == reconcile.Key(string(reconcile.Accepted))
		if len(w.Lost) > 0 && open && !confirmed {
			continue
		}
		if err := p.take(ctx, run, h); err != nil {
			return err
		}
	}
	return nil
}

// withdrawals says of each held document what is lost, given all documents.
func (p *Pipeline) withdrawals(holds []postgres.HeldDocument, documents []*reconcile.Document) []rule.Withdrawal {
	held := make(map[string]bool)
	elsewhere := make(map[string]map[string]bool) // by agency that has a held document
	for i := range holds {
		held[holds[i].Source] = true
		elsewhere[holds[i].Agency] = make(map[string]bool)
	}
	for _, d := range documents {
		if elsewhere[d.Agency] == nil || held[d.Source] || p.holdsOnlyAnswers(d) {
			continue
		}
		for _, l := range rule.Lines(p.cfg.Plan, d) {
			elsewhere[d.Agency][l.Key] = true
		}
	}
	all := make([]rule.Withdrawal, len(holds))
	for i := range holds {
		h := &holds[i]
		w := rule.Withdrawal{Source: h.Source, File: h.File, Agency: h.Agency, Gone: h.Gone, Before: h.Before, After: h.After}
		for j, key := range h.Keys {
			w.Vanished = append(w.Vanished, rule.Line{Key: key, Name: h.Names[j]})
		}
		w.Lost = rule.Without(w.Vanished, elsewhere[h.Agency])
		all[i] = w
	}
	return all
}

// take makes a held document say what it says now. One that cannot be read at
// this moment, or that says something else again, stays held: the next run
// looks anew.
func (p *Pipeline) take(ctx context.Context, run int64, h *postgres.HeldDocument) error {
	if h.Gone {
		return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
			return p.withdraw(ctx, tx, run, []string{h.Source})
		})
	}
	document, err := p.reread(ctx, h)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.cfg.Log.WarnContext(ctx, "a confirmed document stays as it was", "document", h.Source, "error", err)
		return nil
	}
	return p.cfg.Store.InTx(ctx, func(ctx context.Context, tx postgres.Tx) error {
		if _, err := p.cfg.Store.SaveDocument(ctx, tx, p.cfg.Plan.ID, run, document, p.now()); err != nil {
			return err
		}
		return p.cfg.Store.ReleaseDocuments(ctx, tx, p.cfg.Plan.ID, []string{h.Source})
	})
}

var errChangedAgain = errors.New("the document changed again after it was held")

// reread reads a held document as its source has it now, and makes sure that no
// other lines vanished from it than those that people were told of.
func (p *Pipeline) reread(ctx context.Context, h *postgres.HeldDocument) (*reconcile.Document, error) {
	source, ok := p.source(h.Place)
	if !ok {
		return nil, fmt.Errorf("source %s is not in this process's configuration", h.Place)
	}
	var item pull.Item
	if err := json.Unmarshal(h.Item, &item); err != nil {
		return nil, fmt.Errorf("how %s is opened: %w", h.File, err)
	}
	document, err := p.read(ctx, source, item)
	if err != nil {
		return nil, err
	}
	if document, err = p.ownOnly(ctx, item, document); err != nil {
		return nil, err
	}
	known, err := p.cfg.Store.CurrentDocuments(ctx, p.cfg.Plan.ID, []string{h.Source})
	if err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return document, nil
	}
	told := make(map[string]bool, len(h.Keys))
	for _, key := range h.Keys {
		told[key] = true
	}
	vanished := rule.Without(rule.Lines(p.cfg.Plan, known[0]), rule.KeysOf(rule.Lines(p.cfg.Plan, document)))
	if len(rule.Without(vanished, told)) > 0 {
		return nil, errChangedAgain
	}
	return document, nil
}
