package push

import (
	"fmt"
	"strconv"
	"strings"
)

// book is the workbook part: the list of sheets and what refers to their order.
type book struct {
	part     string
	data     []byte
	outer    element
	prefix   string
	children []element
	list     element // <sheets>
	sheets   []bookSheet
	names    []element // <definedName>
	date1904 bool
}

// bookSheet is a line of the list of sheets.
type bookSheet struct {
	name    string
	id      int // stays the same when sheets move
	rel     relation
	element element
}

// worksheet reports whether the sheet holds cells; chart sheets do not.
func (s *bookSheet) worksheet() bool { return s.rel.kind == relSheet }

// ownName is a name that is local to the added sheet.
type ownName struct {
	name, formula string
	hidden        bool
}

// openBook finds the workbook of a package and refuses what adding a sheet
// would break.
func openBook(p *pack) (*book, error) {
	top, err := p.relationsOf("")
	if err != nil {
		return nil, err
	}
	if _, signed := top.byKind(relSignature); signed {
		return nil, ErrPackageSigned
	}
	main, ok := top.byKind(relOffice)
	if !ok {
		for _, rel := range top.list {
			if strings.HasPrefix(rel.kind, strictRoot) {
				return nil, ErrPackageStrict
			}
		}
		return nil, fmt.Errorf("%w: no workbook", ErrPackageUnknown)
	}
	types, err := p.contentTypes()
	if err != nil {
		return nil, err
	}
	if kind := types.of(main.target); kind != typeBook && kind != typeMacros {
		return nil, fmt.Errorf("%w: the main part is of the type %q", ErrPackageUnknown, kind)
	}
	b := &book{part: main.target}
	if b.data, err = p.content(b.part); err != nil {
		return nil, err
	}
	if err := b.parse(p); err != nil {
		return nil, fmt.Errorf("%s: %w", b.part, err)
	}
	return b, nil
}

func (b *book) parse(p *pack) error {
	var err error
	if b.outer, b.children, err = root(b.data); err != nil {
		return err
	}
	if b.prefix, err = prefixOf(b.data, b.outer, mainNamespace); err != nil {
		return err
	}
	rels, err := p.relationsOf(b.part)
	if err != nil {
		return err
	}
	if _, shared := rels.byKind(relRevisions); shared {
		return fmt.Errorf("%w: a shared workbook with a history of changes", ErrPackageUnknown)
	}
	if e, ok := b.child("workbookPr"); ok {
		switch v, _ := attr(b.data, e.open, "date1904"); v {
		case "1", "true":
			b.date1904 = true
		}
	}
	if e, ok := b.child("definedNames"); ok {
		if _, b.names, err = expand(b.data, e.open); err != nil {
			return err
		}
	}
	return b.parseSheets(rels)
}

func (b *book) parseSheets(rels *relations) error {
	var ok bool
	if b.list, ok = b.child("sheets"); !ok {
		return fmt.Errorf("%w: no list of sheets", ErrPackageUnknown)
	}
	_, lines, err := expand(b.data, b.list.open)
	if err != nil {
		return err
	}
	for _, e := range lines {
		if e.name() != b.prefix+"sheet" {
			return fmt.Errorf("%w: <%s> in the list of sheets", ErrPackageUnknown, e.name())
		}
		s := bookSheet{element: e}
		s.name, _ = attr(b.data, e.open, "name")
		s.id, _ = attrInt(b.data, e.open, "sheetId")
		if s.rel, ok = rels.byID(relationID(b.data, e.open)); !ok || s.rel.external {
			return fmt.Errorf("%w: the sheet %q has no part", ErrPackageDamaged, s.name)
		}
		b.sheets = append(b.sheets, s)
	}
	return nil
}

// child returns the workbook's child element of that local name.
func (b *book) child(local string) (element, bool) {
	for _, e := range b.children {
		if e.name() == b.prefix+local {
			return e, true
		}
	}
	return element{}, false
}

// find returns the sheet of that name, nil when there is none. Names differ in
// more than case.
func (b *book) find(name string) *bookSheet {
	for i := range b.sheets {
		if b.sheets[i].name == name {
			return &b.sheets[i]
		}
	}
	for i := range b.sheets {
		if strings.EqualFold(b.sheets[i].name, name) {
			return &b.sheets[i]
		}
	}
	return nil
}

// withTab is the workbook part with a sheet in front, without the sheets that
// are dropped (by their place), and with everything that counts sheets by their
// place set right.
func (b *book) withTab(name string, id int, relation string, dropped map[int]bool, names []ownName) []byte {
	prefix, declaration := relationPrefix(b.data, b.outer)
	line := fmt.Sprintf(`<%ssheet%s name="%s" sheetId="%d" %sid="%s"/>`,
		b.prefix, declaration, escapeXML(name), id, prefix, relation)
	edits := []splice{prependTo(b.data, b.list, line)}
	for i := range b.sheets {
		if dropped[i] {
			edits = append(edits, cut(b.sheets[i].element))
		}
	}
	edits = append(edits, b.activate()...)
	edits = append(edits, b.moveNames(dropped)...)
	edits = append(edits, b.addNames(names))
	return apply(b.data, edits)
}

// activate makes the first tab the one that people see when they open the file.
func (b *book) activate() []splice {
	views, ok := b.child("bookViews")
	if !ok {
		return nil
	}
	_, list, err := expand(b.data, views.open)
	if err != nil {
		return nil
	}
	var edits []splice
	for _, e := range list {
		for _, name := range []string{"activeTab", "firstSheet"} {
			if edit, ok := setAttr(b.data, e.open, name, "0"); ok {
				edits = append(edits, edit)
			}
		}
	}
	return edits
}

// moveNames counts the places of sheets in local names anew.
func (b *book) moveNames(dropped map[int]bool) []splice {
	place := make([]int, len(b.sheets))
	next := 1
	for i := range b.sheets {
		place[i] = next
		if !dropped[i] {
			next++
		}
	}
	var edits []splice
	for _, e := range b.names {
		i, ok := attrInt(b.data, e.open, "localSheetId")
		switch {
		case !ok || i < 0 || i >= len(place):
		case dropped[i]:
			edits = append(edits, cut(e))
		default:
			if edit, ok := setAttr(b.data, e.open, "localSheetId", strconv.Itoa(place[i])); ok {
				edits = append(edits, edit)
			}
		}
	}
	return edits
}

// addNames adds names that are local to the first sheet.
func (b *book) addNames(names []ownName) splice {
	var xml strings.Builder
	for _, n := range names {
		hidden := ""
		if n.hidden {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&xml, `<%[1]sdefinedName name="%[2]s" localSheetId="0"%[3]s>%[4]s</%[1]sdefinedName>`,
			b.prefix, n.name, hidden, escapeXML(n.formula))
	}
	if e, ok := b.child("definedNames"); ok {
		return appendTo(b.data, e, xml.String())
	}
	at := b.list.end()
	for _, local := range []string{"functionGroups", "externalReferences"} {
		if e, ok := b.child(local); ok {
			at = max(at, e.end())
		}
	}
	return splice{at: at, add: fmt.Sprintf("<%[1]sdefinedNames>%[2]s</%[1]sdefinedNames>", b.prefix, xml.String())}
}

// nextID is a sheet ID that no sheet but the dropped ones has.
func (b *book) nextID(dropped map[int]bool) int {
	highest := 0
	for i := range b.sheets {
		if !dropped[i] {
			highest = max(highest, b.sheets[i].id)
		}
	}
	return highest + 1
}
