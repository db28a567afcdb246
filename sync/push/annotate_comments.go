package push

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// author signs the comments that the service writes.
const author = "doisoat"

// noteHead begins every text that the service writes into a comment, so that
// it is known again when a program has lost the author, or when it stands below
// somebody else's text.
const noteHead = "[Đối soát] "

// note is what one cell is told.
type note struct {
	col, row int // 1-based
	lines    []noteLine
	severity reconcile.Severity // the gravest
}

type noteLine struct{ head, text string }

func (n *note) cell() string { return cellName(n.col, n.row) }

// text is the note as it reads.
func (n *note) text() string {
	var lines []string
	for _, l := range n.lines {
		lines = append(lines, l.head+l.text)
	}
	return strings.Join(lines, "\n")
}

// gather sorts the comments by sheet.
func (a *annotation) gather(comments []Comment) {
	a.comments = make(map[*bookSheet][]Comment)
	for _, c := range comments {
		if s := a.sheet(c.Sheet); s != nil && s.worksheet() {
			a.comments[s] = append(a.comments[s], c)
		}
	}
}

// notesOf gathers the comments of one sheet by cell, in the order of the sheet.
// A cell inside merged cells counts as their first, the only one that people
// see.
func notesOf(comments []Comment, merges []area) []*note {
	byCell := make(map[[2]int]*note)
	var list []*note
	for _, c := range comments {
		col, row, ok := parseCell(c.Cell)
		if !ok {
			continue
		}
		for _, m := range merges {
			if m.holds(col, row) {
				col, row = m.fromCol, m.fromRow
			}
		}
		n := byCell[[2]int{row, col}]
		if n == nil {
			n = &note{col: col, row: row, severity: c.Severity}
			byCell[[2]int{row, col}] = n
			list = append(list, n)
		}
		line := noteLine{
			head: noteHead + strings.ToUpper(report.SeverityWord(c.Severity)) + ": ",
			text: strings.TrimSpace(plainText(c.Text)),
		}
		if !slices.Contains(n.lines, line) {
			n.lines = append(n.lines, line)
		}
		if graver(c.Severity, n.severity) {
			n.severity = c.Severity
		}
	}
	slices.SortStableFunc(list, func(a, b *note) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	return list
}

func graver(a, b reconcile.Severity) bool {
	return a == reconcile.SeverityError && b != a || a == reconcile.SeverityWarning && b == reconcile.SeverityInfo
}

// takeBackComments removes what earlier runs wrote into comments, and parts
// that hold nothing after that. Sheets that get comments now are cleared of
// empty parts as well, so that they end up the same whether they had been
// annotated before or not.
func (a *annotation) takeBackComments() error {
	for i := range a.book.sheets {
		s := &a.book.sheets[i]
		if a.earlier[i] || !s.worksheet() {
			continue
		}
		if err := a.takeBack(s, len(a.comments[s]) > 0); err != nil {
			return fmt.Errorf("comments of the sheet %q: %w", s.name, err)
		}
	}
	return nil
}

func (a *annotation) takeBack(s *bookSheet, wanted bool) error {
	p := a.pack
	part := s.rel.target
	rels, err := p.relationsOf(part)
	if err != nil {
		return err
	}
	rel, has := rels.byKind(relComments)
	if !has && !wanted {
		return nil
	}
	gone := make(map[string]bool)
	var ids []string
	var cells []string
	if has {
		data, err := p.content(rel.target)
		if err != nil {
			return err
		}
		kept, dropped, left, err := withoutOurs(data)
		if err != nil {
			return err
		}
		if kept == nil && !wanted {
			return nil
		}
		cells = dropped
		if kept != nil {
			p.set(rel.target, kept)
		}
		if left == 0 {
			gone[partKey(rel.target)] = true
			ids = append(ids, rel.id)
		}
	}
	drawing, err := a.takeBackShapes(s, rels, cells)
	if err != nil {
		return err
	}
	if drawing.id != "" {
		gone[partKey(drawing.target)] = true
		ids = append(ids, drawing.id)
	}
	if err := p.dropParts(gone); err != nil {
		return err
	}
	return p.dropRelations(part, ids...)
}

// takeBackShapes removes the boxes of the comments on the cells. When the
// drawing holds nothing then, the sheet's reference to it is removed and the
// relation returned.
func (a *annotation) takeBackShapes(s *bookSheet, rels *relations, cells []string) (relation, error) {
	part := s.rel.target
	data, err := a.pack.content(part)
	if err != nil {
		return relation{}, err
	}
	layout, err := readLayout(data)
	if err != nil {
		return relation{}, err
	}
	a.layouts[s] = layout
	rel, ok := rels.byID(layout.drawingID)
	if layout.drawingID == "" {
		return relation{}, nil
	}
	if !ok || rel.external {
		return relation{}, fmt.Errorf("%w: its drawing has no part", ErrPackageDamaged)
	}
	vml, err := a.pack.content(rel.target)
	if err != nil {
		return relation{}, err
	}
	kept, left := withoutShapes(vml, cells)
	a.pack.set(rel.target, kept)
	if left > 0 {
		return relation{}, nil
	}
	a.pack.set(part, apply(data, []splice{cut(layout.drawing)}))
	delete(a.layouts, s) // it is another now
	return rel, nil
}

// addComments writes the comments, sheet by sheet.
func (a *annotation) addComments() error {
	block := 1 // of shape IDs, each of 1,024
	for i := range a.book.sheets {
		s := &a.book.sheets[i]
		if len(a.comments[s]) == 0 {
			continue
		}
		if err := a.commentSheet(s, &block); err != nil {
			return fmt.Errorf("comments of the sheet %q: %w", s.name, err)
		}
	}
	return nil
}

func (a *annotation) commentSheet(s *bookSheet, block *int) error {
	p := a.pack
	part := s.rel.target
	data, err := p.content(part)
	if err != nil {
		return err
	}
	layout := a.layouts[s]
	if layout == nil {
		if layout, err = readLayout(data); err != nil {
			return err
		}
	}
	list := notesOf(a.comments[s], layout.merges)
	if len(list) == 0 {
		return nil
	}
	sizes := layout.measure(data)
	rels, err := p.relationsOf(part)
	if err != nil {
		return err
	}
	notes, has := rels.byKind(relComments)
	existing := []byte(emptyComments)
	if has {
		if existing, err = p.content(notes.target); err != nil {
			return err
		}
	}
	written, boxed, err := withNotes(existing, list)
	if err != nil {
		return err
	}
	if has {
		p.set(notes.target, written)
	} else if _, err := p.attach(part, relComments, typeComments, p.free(folder(a.book.part)+"comments%d.xml"), written); err != nil {
		return err
	}
	if drawing, ok := rels.byID(layout.drawingID); ok {
		vml, err := p.content(drawing.target)
		if err != nil {
			return err
		}
		drawn, err := withShapes(vml, boxed, &sizes)
		p.set(drawing.target, drawn)
		return err
	}
	vml := newDrawing(boxed, &sizes, block)
	id, err := p.attach(part, relDrawing, typeDrawing, p.free(folder(a.book.part)+"drawings/vmlDrawing%d.vml"), vml)
	if err != nil {
		return err
	}
	p.set(part, apply(data, []splice{layout.insertDrawing(data, id)}))
	return nil
}
