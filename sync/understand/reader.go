package understand

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"doisoat/reconcile"
	"doisoat/sync/sheet"
)

// Options say whose document is read and how it is to be named.
type Options struct {
	// Agency owns the source by its setting or subfolder: a code, or any text
	// that names the body. "" lets the sheet say it.
	Agency string
	// Folder is the subfolder the file lies in, looked at when Agency is "".
	Folder string
	File   string // the name that people know the document by
	Source string // its identity in the plan
	// Received is the day on which the document arrived, or was changed last: it
	// was not written later. Zero when nobody knows.
	Received reconcile.Date
	// Today bounds dates that cannot lie in the future; the zero date sets no
	// bound but the plan's year.
	Today reconcile.Date
}

// Reader understands documents for one plan and one register. It is built once
// and safe for concurrent use.
type Reader struct {
	plan     *reconcile.Plan
	programs *programs
	agencies *agencies
	taught   *dictionary // wordings of headers that were given to it
}

// New builds the indexes of the plan's programs and the register's agencies.
// Either may be nil: then no program, no agency is recognised.
func New(plan *reconcile.Plan, register *reconcile.Register) *Reader {
	if plan == nil {
		plan = &reconcile.Plan{}
	}
	if register == nil {
		register = &reconcile.Register{}
	}
	return &Reader{plan: plan, programs: newPrograms(plan), agencies: newAgencies(register), taught: newDictionary(nil)}
}

// ResolveAgency returns the code of the agency that a text names on that day
// (the zero date: at any time). sure is true when the whole text is its name
// or code, false when the name only stands inside the text.
func (r *Reader) ResolveAgency(text string, at reconcile.Date) (code string, sure bool) {
	return r.agencies.resolve(text, on(at))
}

// ResolveProgram returns the programs that a text names, in their order, with
// the form that the text or the argument gives. A text that names no program
// of the plan yields one Mention without codes.
func (r *Reader) ResolveProgram(text string, form reconcile.Form) []Mention {
	list := r.programs.mentions(text, false)
	for i := range list {
		if list[i].Form == "" && list[i].Fault == reconcile.NoFault {
			list[i].Form = form
		}
		list[i].Codes, _ = r.programs.settle(list[i].Codes, list[i].Form)
	}
	return list
}

// Document understands every sheet of a workbook. An error is that of reading
// the workbook, or wraps sheet.ErrEmpty where none of its sheets holds a table
// nor says that there is nobody; what is not understood is in the document
// itself.
func (r *Reader) Document(ctx context.Context, book sheet.Book, o Options) (*reconcile.Document, error) {
	d := &reconcile.Document{Source: o.Source, File: o.File, Format: reconcile.Format(book.Format())}
	d.Agency = r.owner(o)
	w := &workbook{reader: r, options: o, document: d, file: fileWords(o.File), day: r.day(o), sheets: len(book.Sheets()), marked: -1}
	for i := range book.Sheets() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		grid, err := book.Read(ctx, i)
		if err != nil {
			return nil, fmt.Errorf("%s, sheet %d: %w", o.File, i+1, err)
		}
		d.Sheets = append(d.Sheets, w.read(grid))
	}
	if w.day = r.day(o); !w.written.IsZero() {
		w.day = on(w.written)
	}
	if !w.tables {
		return nil, &sheet.RefusedError{Format: book.Format(), Err: fmt.Errorf("%w: %s: no sheet holds a table", sheet.ErrEmpty, o.File)}
	}
	w.settleAgencies()
	w.settleSender()
	w.settleTabs()
	return d, nil
}

// owner is the agency by the source's setting, else by the subfolder.
func (r *Reader) owner(o Options) string {
	for _, text := range []string{o.Agency, o.Folder} {
		if text == "" {
			continue
		}
		if code := r.agencyOfFile(text, r.day(o)); code != "" {
			return code
		}
	}
	return ""
}

// fileWords is a file's name as a text: without folder and extension, its
// underscores as spaces.
func fileWords(name string) string {
	fields := strings.Fields(bareFile(name))
	for i, f := range fields {
		fields[i] = splitCamel(f)
	}
	return strings.Join(fields, " ")
}

func bareFile(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if ext := path.Ext(name); len(ext) > 1 && len(ext) <= 5 && !strings.Contains(ext, " ") {
		name = strings.TrimSuffix(name, ext)
	}
	return strings.ReplaceAll(name, "_", " ")
}

// agencyOfFile is the agency that the name of a file or folder holds: first as
// it is written, since "SNgV" is one word, then cut at its capitals.
func (r *Reader) agencyOfFile(name string, day asOf) string {
	for _, text := range []string{bareFile(name), fileWords(name)} {
		if code, _ := r.agencies.resolve(text, day); code != "" {
			return code
		}
	}
	return ""
}

// workbook is what the sheets of one document share while they are read.
type workbook struct {
	reader   *Reader
	options  Options
	document *reconcile.Document
	file     string
	day      asOf           // of the sheet that is read, at last of the document
	written  reconcile.Date // the first day that a sheet says it was written on
	sheets   int            // how many the document has
	// heads are the agencies that the sheets' own heads name, by index.
	heads []string
	// contested: the sheet's head names a body that took over from several.
	contested []bool
	// tables: a sheet holds a table, or a return that says there is nobody.
	tables bool
	// marked is the index of the service's own tab, -1 when none has its mark.
	marked int
	// offices are the indices of the tabs in which the office decides.
	offices []int
	// lastRoster is the list that the sheet before ended with.
	lastRoster *continued
}

func (w *workbook) read(g *sheet.Grid) reconcile.Sheet {
	text := modernize(g)
	ready := newView(text.grid)
	text.letGo()
	w.day = w.dayOf(ready)
	s := &sheetReader{
		reader: w.reader, book: w, view: ready, memos: memos{meanings: map[string]known{}},
		out: reconcile.Sheet{
			Name: g.Name, Index: g.Index, Hidden: g.Hidden, ID: g.ID, Role: reconcile.RoleOther,
		},
	}
	if g.Marked {
		w.marked = len(w.heads)
	}
	s.dates.pivot = w.yearBound()
	s.read()
	s.out.Uncalculated = uncalculated(g)
	s.out.Converted = text.report(s.out.Registrations())
	w.tables = w.tables || s.holdsTable()
	w.heads = append(w.heads, s.head)
	w.contested = append(w.contested, s.head == "" && s.contested)
	return s.out
}

// yearBound is the latest year that a date of a person can have.
func (w *workbook) yearBound() int {
	year := max(w.reader.plan.Year, w.options.Today.Year)
	if year == 0 {
		return lastYear
	}
	return year
}

// settleAgencies gives each registration the body that submits it: by setting
// or subfolder, by its sheet's head, by the head of the workbook's other
// sheets when they agree, by the row's unit, at last by the file's name.
func (w *workbook) settleAgencies() {
	file := w.reader.agencyOfFile(w.options.File, w.day)
	common := onlyOne(w.heads)
	for i := range w.document.Sheets {
		whole := w.document.Agency
		if whole == "" {
			whole = w.heads[i]
		}
		if whole == "" && !w.contested[i] {
			whole = common
		}
		registrations := w.document.Sheets[i].Registrations()
		rest := onlyOne(agenciesOf(registrations))
		if rest == "" && !w.contested[i] {
			rest = file
		}
		for _, r := range registrations {
			switch {
			case whole != "":
				r.Agency = whole
			case r.Agency == "" && !w.reader.agencies.contested(r.AgencyText, w.day): // the row's unit says nothing
				r.Agency = rest
			}
		}
	}
}

// settleSender names the body that submits the whole document, where neither
// setting nor subfolder does: the one that all heads name, or all rows, or the
// file's name. A document of several bodies has none, nor has one with the head of
// a body that took over from several.
func (w *workbook) settleSender() {
	if w.document.Agency != "" || slices.Contains(w.contested, true) {
		return
	}
	if w.document.Agency = onlyOne(w.heads); w.document.Agency != "" {
		return
	}
	registrations := w.document.Registrations()
	if len(registrations) == 0 {
		w.document.Agency = w.reader.agencyOfFile(w.options.File, w.day)
		return
	}
	w.document.Agency = onlyOne(agenciesOf(registrations))
}

func agenciesOf(registrations []*reconcile.Registration) []string {
	codes := make([]string, len(registrations))
	for i, r := range registrations {
		codes[i] = r.Agency
	}
	return codes
}

// onlyOne returns the value that all the non-empty ones share, or "".
func onlyOne(list []string) string {
	one := ""
	for _, v := range list {
		switch {
		case v == "" || v == one:
		case one != "":
			return ""
		default:
			one = v
		}
	}
	return one
}
