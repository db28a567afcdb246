package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// cellNotes are the notes for the cells that open findings point to. They are
// nil, so that nobody looks at the notes of a spreadsheet, where the office has
// not asked for them and none is left from a time when it had.
func (p *Pipeline) cellNotes(data *report.Data, document *reconcile.Document, known map[string]string) []push.Comment {
	switch {
	case p.cfg.CellNotes:
		return append([]push.Comment{}, commentsOf(data, document)...)
	case known[notesKey(document.Source)] != "":
		return []push.Comment{}
	}
	return nil
}

// notesKey is where it is kept that a spreadsheet has notes of ours.
func notesKey(source string) string { return source + "#notes" }

// notesDigest is of what the notes say, "" when there are none.
func notesDigest(notes []push.Comment) string {
	if len(notes) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, n := range notes {
		fmt.Fprintf(sum, "%q %q %q %q\n", n.Sheet, n.Cell, n.Code, n.Text)
	}
	return " " + hex.EncodeToString(sum.Sum(nil))
}
