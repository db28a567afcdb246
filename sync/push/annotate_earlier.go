package push

import (
	"bytes"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// headerWords are the columns that together only a discrepancy tab has.
var headerWords = []string{
	reconcile.ColumnCode, reconcile.ColumnSeverity, reconcile.ColumnRule,
	reconcile.ColumnAnswer, reconcile.ColumnText,
}

// headerRows is how far down a tab's header is looked for.
const headerRows = 100

// inflateCommented inflates the sheets once that get comments and are read by
// several of the steps.
func (a *annotation) inflateCommented(comments []Comment) error {
	for _, c := range comments {
		s := a.book.find(c.Sheet)
		if s == nil || !s.worksheet() || a.pack.holds(s.rel.target) {
			continue
		}
		data, err := a.pack.content(s.rel.target)
		if err != nil {
			return err
		}
		a.pack.set(s.rel.target, data)
	}
	return nil
}

// look finds the tabs that an earlier run added, by the words of their header,
// and the sheets that are selected. Staff may have renamed or moved the tabs,
// and programs that move sheets do not all keep local names with their sheet,
// so that no mark but what people see is safe enough to remove a sheet by.
func (a *annotation) look() error {
	words, err := sharedWords(a.pack, a.book)
	if err != nil {
		return err
	}
	a.earlier, a.selected = make(map[int]bool), make(map[int][]splice)
	for i := range a.book.sheets {
		s := &a.book.sheets[i]
		head, err := a.pack.head(s.rel.target)
		if err != nil {
			return err
		}
		if s.worksheet() && hasHeader(head, words) {
			a.earlier[i] = true
			continue
		}
		edits, whole := selections(head)
		if !whole && len(head) == sheetHead {
			if head, err = a.pack.content(s.rel.target); err != nil {
				return err
			}
			edits, _ = selections(head)
		}
		a.selected[i] = edits
	}
	return nil
}

// sharedWords finds the header's words among the shared strings, by index.
func sharedWords(p *pack, b *book) (map[int]string, error) {
	rels, err := p.relationsOf(b.part)
	if err != nil {
		return nil, err
	}
	rel, ok := rels.byKind(relStrings)
	if !ok || !p.has(rel.target) {
		return nil, nil
	}
	data, err := p.content(rel.target)
	if err != nil {
		return nil, err
	}
	words := make(map[int]string)
	index, pos := -1, 0
	var text strings.Builder
	for {
		t, ok, err := nextTag(data, pos)
		if err != nil || !ok {
			// What cannot be read holds no header; nothing of it is changed.
			return words, nil
		}
		pos = t.end
		switch name := localName(t.name); {
		case name == "si" && !t.closing:
			index++
			text.Reset()
		case name == "si":
			if word := headerWord(text.String()); word != "" {
				words[index] = word
			}
		case name == "t" && !t.closing && !t.empty && text.Len() < 256:
			text.WriteString(textAfter(data, t))
		}
	}
}

// textAfter is the text between a tag and the next.
func textAfter(data []byte, t tag) string {
	end := bytes.IndexByte(data[t.end:], '<')
	if end < 0 {
		return ""
	}
	return xmlText(data[t.end : t.end+end])
}

func headerWord(s string) string {
	if len(s) > 128 {
		return ""
	}
	return headerKeys[reconcile.Key(s)]
}

// headerKeys are the header's words by their keys.
var headerKeys = func() map[string]string {
	keys := make(map[string]string, len(headerWords))
	for _, w := range headerWords {
		keys[reconcile.Key(w)] = w
	}
	return keys
}()

// hasHeader reports whether one of a sheet's first rows is the header of a
// discrepancy tab. The sheet may be cut off anywhere.
func hasHeader(sheet []byte, shared map[int]string) bool {
	if len(shared) < len(headerWords) && !holdsOwnTexts(sheet) {
		return false // and so it is with nearly all sheets
	}
	seen := make(map[string]bool)
	rows, pos, kind := 0, 0, ""
	var text strings.Builder
	for rows <= headerRows {
		t, ok, err := nextTag(sheet, pos)
		if err != nil || !ok {
			return false
		}
		pos = t.end
		switch name := localName(t.name); {
		case name == "row" && !t.closing:
			rows++
			clear(seen)
		case name == "c" && !t.closing:
			kind, _ = attr(sheet, t, "t")
			text.Reset()
		case (name == "v" || name == "t") && !t.closing && !t.empty && text.Len() < 256:
			text.WriteString(textAfter(sheet, t))
		case name == "c":
			word := ""
			if i, err := strconv.Atoi(text.String()); kind == "s" && err == nil {
				word = shared[i]
			} else if kind != "s" {
				word = headerWord(text.String())
			}
			if word != "" {
				seen[word] = true
			}
			if len(seen) == len(headerWords) {
				return true
			}
		}
	}
	return false
}

// holdsOwnTexts reports whether cells of the sheet may hold a text themselves,
// which is then not among the shared ones.
func holdsOwnTexts(sheet []byte) bool {
	for _, kind := range []string{`inlineStr`, `"str"`, `'str'`} {
		if bytes.Contains(sheet, []byte(kind)) {
			return true
		}
	}
	return false
}

// takeBackTabs removes the tabs of earlier runs with all that only they used.
// Their lines in the workbook part go when the new tab is listed.
func (a *annotation) takeBackTabs() error {
	if len(a.earlier) == 0 {
		return nil
	}
	p := a.pack
	gone := make(map[string]bool)
	var ids []string
	formulas := false
	for i := range a.book.sheets {
		if !a.earlier[i] {
			continue
		}
		part := a.book.sheets[i].rel.target
		data, err := p.content(part)
		if err != nil {
			return err
		}
		formulas = formulas || hasFormula(data)
		ids = append(ids, a.book.sheets[i].rel.id)
		gone[partKey(part)] = true
		if err := p.reachable(part, gone); err != nil {
			return err
		}
	}
	rels, err := p.relationsOf(a.book.part)
	if err != nil {
		return err
	}
	if chain, ok := rels.byKind(relChain); ok && formulas {
		// The chain lists formulas of a sheet that goes; programs make it anew.
		ids = append(ids, chain.id)
		gone[partKey(chain.target)] = true
	}
	if err := p.dropRelations(a.book.part, ids...); err != nil {
		return err
	}
	left := make(map[string]bool)
	if err := p.reachable("", left); err != nil {
		return err
	}
	for key := range left {
		delete(gone, key)
	}
	return p.dropParts(gone)
}

func hasFormula(sheet []byte) bool {
	for _, s := range []string{"<f>", "<f ", ":f>", ":f ", "<f/"} {
		if bytes.Contains(sheet, []byte(s)) {
			return true
		}
	}
	return false
}

// deselect leaves the added tab the only one that is selected: what is typed
// into one of several selected tabs goes into all of them.
func (a *annotation) deselect() error {
	for i := range a.book.sheets {
		if len(a.selected[i]) == 0 {
			continue
		}
		part := a.book.sheets[i].rel.target
		data, err := a.pack.content(part)
		if err != nil {
			return err
		}
		a.pack.set(part, apply(data, a.selected[i]))
	}
	return nil
}

// selections are the edits that deselect a sheet; whole reports whether all its
// views were seen.
func selections(sheet []byte) (edits []splice, whole bool) {
	pos := 0
	for {
		t, ok, err := nextTag(sheet, pos)
		if err != nil || !ok {
			return edits, false
		}
		pos = t.end
		switch localName(t.name) {
		case "sheetView":
			if v, _ := attr(sheet, t, "tabSelected"); v == "1" || v == "true" {
				edit, _ := setAttr(sheet, t, "tabSelected", "0")
				edits = append(edits, edit)
			}
		case "sheetData":
			return edits, true
		}
	}
}
