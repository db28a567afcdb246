package pipeline

import (
	"context"

	"doisoat/reconcile/postgres"
	"doisoat/sync/pull"
)

// Some documents have an identity of their own, by which they are the same
// under another name: files on Google Drive. They are not read again for it.

// renamed are the documents that are known under another name.
func renamed(items []pull.Item, known map[string]postgres.DocumentVersion) (all []pull.Item) {
	for _, item := range items {
		if was, ok := known[item.Source]; ok && !item.AnswersOnly && was.File != item.Name {
			all = append(all, item)
		}
	}
	return all
}

// rereadRenamed moves to changed the documents whose new name says something
// else than the old one did.
func (p *Pipeline) rereadRenamed(changed, same []pull.Item, known map[string]postgres.DocumentVersion) (read, stay []pull.Item) {
	read = changed
	for _, item := range same {
		if p.cfg.Reader.SameByName(known[item.Source].File, item.Name, p.today()) {
			stay = append(stay, item)
		} else {
			read = append(read, item)
		}
	}
	return read, stay
}

// rename gives the documents their new names.
func (p *Pipeline) rename(ctx context.Context, tx postgres.Tx, run int64, items []pull.Item, known map[string]postgres.DocumentVersion) error {
	for _, item := range renamed(items, known) {
		version := pull.Renewed(known[item.Source].Version, item.Version)
		if err := p.cfg.Store.RenameDocument(ctx, tx, p.cfg.Plan.ID, run, item.Source, item.Name, version, p.now()); err != nil {
			return err
		}
	}
	return nil
}
