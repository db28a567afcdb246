package push

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
)

// Comment is a note on a cell of an agency's own sheet.
type Comment struct {
	Sheet    string // as the workbook names it
	Cell     string // "D12"
	Text     string // what is wrong and what to do, in Vietnamese
	Severity reconcile.Severity
	Code     string // of the finding
}

// ErrNotAnnotatable is what every refusal of Annotate is: the package is left
// as it is, and Standalone makes the report instead.
var ErrNotAnnotatable = errors.New("the workbook cannot be annotated")

// The reasons for which Annotate refuses a package; each is ErrNotAnnotatable.
var (
	ErrPackageEncrypted = refuse("it is encrypted with a password")
	ErrPackageSigned    = refuse("it is signed, and any change would break the signature")
	ErrPackageStrict    = refuse("it is strict OOXML, which has no legacy comments")
	ErrPackageDamaged   = refuse("it is damaged")
	ErrPackageTooLarge  = refuse("it is too large")
	ErrPackageUnknown   = refuse("its structure is not known")
)

func refuse(why string) error { return fmt.Errorf("%w: %s", ErrNotAnnotatable, why) }

// Annotate returns a copy of an .xlsx or .xlsm package with the tab in front
// and comments on the cells that findings point to. Parts that this does not
// touch keep their bytes; touched ones differ by what is added alone: the
// workbook's list of sheets, the styles' lists, the content types, and in the
// sheets the reference to their comments. The sheet that was active is no
// longer selected, since two selected tabs would both take what people type.
//
// A tab and comments that an earlier run left in the file are taken back first,
// so that annotating an annotated copy gives the same bytes again. Comments of
// other people stay; on a cell that has one, the text is added below theirs. A
// cell with a threaded comment, or one that the workbook does not have, gets no
// comment: the tab names the place all the same. Links to sheets that the
// workbook does not have become plain text. Charts of the tab are not drawn.
//
// The same input gives the same bytes. Refusals wrap ErrNotAnnotatable.
func Annotate(original io.ReaderAt, size int64, tab report.Tab, comments []Comment) ([]byte, error) {
	p, err := openPack(original, size)
	if err != nil {
		return nil, err
	}
	b, err := openBook(p)
	if err != nil {
		return nil, err
	}
	a := &annotation{pack: p, book: b, layouts: make(map[*bookSheet]*layout)}
	if err := a.inflateCommented(comments); err != nil {
		return nil, err
	}
	if err := a.look(); err != nil {
		return nil, err
	}
	a.gather(comments)
	for _, step := range []func() error{
		a.takeBackTabs,
		a.deselect,
		a.takeBackComments,
		func() error { return a.addTab(&tab) },
		a.addComments,
		a.list,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p.bytes(size)
}

// annotation is one call of Annotate.
type annotation struct {
	pack    *pack
	book    *book
	earlier map[int]bool // places of the sheets that an earlier run added
	// selected are the edits that deselect the sheets, by place.
	selected map[int][]splice
	layouts  map[*bookSheet]*layout // of sheets that get comments
	// comments of each sheet that the workbook has.
	comments map[*bookSheet][]Comment

	added    *tabPart // the tab, once it is written
	part     string   // where it stands
	relation string   // the workbook's to it
	styled   string   // where the styles stand
}

// keeps returns the workbook's spelling of a sheet's name, when it has the
// sheet and it is not one that is taken back.
func (a *annotation) keeps(name string) (string, bool) {
	s := a.sheet(name)
	if s == nil {
		return "", false
	}
	return s.name, true
}

// sheet is the sheet of the agency's own with that name, or nil.
func (a *annotation) sheet(name string) *bookSheet {
	s := a.book.find(name)
	for i := range a.book.sheets {
		if a.earlier[i] && s == &a.book.sheets[i] {
			return nil
		}
	}
	return s
}

// addTab adds the tab's part and what points to it.
func (a *annotation) addTab(tab *report.Tab) error {
	looks, err := a.styles()
	if err != nil {
		return err
	}
	a.added = &tabPart{tab: tab, name: a.tabName(tab.Name), book: a.book, styles: looks, kept: a.keeps}
	a.part = a.pack.free(folder(a.book.part) + "worksheets/sheet%d.xml")
	if a.relation, err = a.pack.attach(a.book.part, relSheet, typeSheet, a.part, a.added.write()); err != nil {
		return err
	}
	a.pack.set(a.styled, looks.bytes())
	return nil
}

// list puts the tab on the workbook's list of sheets.
func (a *annotation) list() error {
	a.pack.storeTypes()
	a.pack.set(a.book.part, a.book.withTab(a.added.name, a.book.nextID(a.earlier), a.relation, a.earlier, a.added.names()))
	return nil
}

// styles returns the workbook's styles. Where it has none, their part is made
// now, before any other that is added: so the copy of a copy has its parts in
// the same order.
func (a *annotation) styles() (*styles, error) {
	rels, err := a.pack.relationsOf(a.book.part)
	if err != nil {
		return nil, err
	}
	rel, found := rels.byKind(relStyles)
	if !found {
		rel.target = a.pack.free(folder(a.book.part) + "styles%d.xml")
		if _, err := a.pack.attach(a.book.part, relStyles, typeStyles, rel.target, []byte(emptyStyles)); err != nil {
			return nil, err
		}
	}
	data, err := a.pack.content(rel.target)
	if err != nil {
		return nil, err
	}
	s, err := parseStyles(data)
	if err != nil {
		return nil, fmt.Errorf("the styles: %w", err)
	}
	a.styled = rel.target
	return s, nil
}

// folder is the folder of a part with its slash, "" at the top. A percent sign
// is doubled, as the result begins a pattern.
func folder(part string) string {
	return strings.ReplaceAll(part[:strings.LastIndexByte(part, '/')+1], "%", "%%")
}

// tabName makes a name that a sheet may have and no other sheet has.
func (a *annotation) tabName(wanted string) string {
	if strings.TrimSpace(wanted) == "" {
		wanted = reconcile.DiscrepancyTab
	}
	wanted = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || !legalRune(r) || r < ' ' {
			return '-'
		}
		return r
	}, wanted), "'")
	name := clip(wanted, 31)
	for i := 2; ; i++ {
		if _, taken := a.keeps(name); !taken {
			return name
		}
		end := fmt.Sprintf(" (%d)", i)
		name = clip(wanted, 31-len(end)) + end
	}
}
