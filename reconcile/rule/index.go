package rule

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"doisoat/reconcile"
)

// index holds what rules look up, made once from the input, in an order that
// does not depend on the input's.
type index struct {
	documents map[string]*reconcile.Document // by source
	sheets    map[sheetRef]*sheetInfo
	// replaced are the sheets that count no more; they are in no other part.
	replaced map[sheetRef]bool
	// programs are the registrations by program code, in no order.
	programs map[string][]*reconcile.Registration
	persons  map[string]int // registration's key → index in Input.Persons
	agencies map[string]int // code → place in the register
	// anonymous are the sources of documents whose rows all lack an agency.
	anonymous map[string]bool
	wordings  []wording
	names     map[*reconcile.Program][]string
	forms     map[string][]string // of the programs that a text names
	outside   map[string]*reconcile.OutsideProgram
	classes   map[string][]*reconcile.Class // of the register, by program
	days      map[string][]reconcile.Date   // on which a program's learners are judged
	offices   map[titleRef]offices
	held      map[*reconcile.Registration]offices // of their positions
	byCode    map[string]*reconcile.Program
	standards map[standardRef]*reconcile.Standard // nil where none holds
	bodies    map[string]string                   // folded name → code of the agency
	contested []contestedBody
	// attendances are those that rules have asked for, by their programs.
	attendances map[string]*attendance
}

type sheetRef struct{ source, sheet string }

// sheetInfo is what rules need to know of a sheet besides its rows.
type sheetInfo struct {
	position int    // among the tabs of its document
	id       string // of Google's tabs, "" for those of files
	// key identifies the sheet across runs without its name: agency, title
	// and, where the rows do not name it one by one, program.
	key string
	// agency that must act on findings about the sheet as a whole; the plan's
	// office, "", when the sheet holds rows of several and nobody owns it.
	agency string
	fields map[reconcile.Field]bool
	rows   []*reconcile.Registration
}

func newIndex(in *Input) *index {
	x := &index{
		documents: make(map[string]*reconcile.Document, len(in.Documents)),
		sheets:    make(map[sheetRef]*sheetInfo),
		replaced:  in.replaced(),
		programs:  make(map[string][]*reconcile.Registration),
		persons:   make(map[string]int, len(in.Registrations)),
		agencies:  make(map[string]int),
		anonymous: make(map[string]bool),
		wordings:  wordings(in.Plan),
		names:     make(map[*reconcile.Program][]string),
		forms:     make(map[string][]string),
		outside:   make(map[string]*reconcile.OutsideProgram),
		classes:   make(map[string][]*reconcile.Class),
		days:      make(map[string][]reconcile.Date),
		offices:   make(map[titleRef]offices),
		held:      make(map[*reconcile.Registration]offices, len(in.Registrations)),
		standards: make(map[standardRef]*reconcile.Standard),
		bodies:    make(map[string]string),
		contested: contestedBodies(in.Register),

		attendances: make(map[string]*attendance),

		byCode: make(map[string]*reconcile.Program, len(in.Plan.Programs)),
	}
	if in.Register != nil {
		for i := range in.Register.Agencies {
			x.agencies[in.Register.Agencies[i].Code] = i
		}
	}
	for _, d := range in.Documents {
		x.documents[d.Source] = d
		rows := d.Registrations()
		x.anonymous[d.Source] = len(rows) > 0 && most(rows, agencyOf) == ""
		for i := range d.Sheets {
			if ref := (sheetRef{d.Source, d.Sheets[i].Name}); !x.replaced[ref] {
				x.sheets[ref] = describe(d, &d.Sheets[i])
			}
		}
	}
	x.numberSheets()
	x.nameBodies(in)
	for _, r := range in.Registrations {
		if r.Program != "" {
			x.programs[r.Program] = append(x.programs[r.Program], r)
		}
	}
	for i := range in.Plan.Classes {
		c := &in.Plan.Classes[i]
		x.classes[c.Program] = append(x.classes[c.Program], c)
	}
	for i := range in.Plan.Programs {
		x.byCode[in.Plan.Programs[i].Code] = &in.Plan.Programs[i]
	}
	for i := range in.Persons {
		for _, r := range in.Persons[i].Members {
			x.persons[r.Key] = i
		}
	}
	return x
}

func describe(d *reconcile.Document, s *reconcile.Sheet) *sheetInfo {
	info := &sheetInfo{
		position: s.Index, id: s.ID,
		fields: make(map[reconcile.Field]bool),
		rows:   s.Registrations(),
		agency: d.Agency,
	}
	for i := range s.Columns {
		info.fields[s.Columns[i].Field] = true
	}
	for _, r := range info.rows {
		r.Readings.Mark(info.fields)
	}
	if info.agency == "" {
		info.agency = sole(info.rows, agencyOf)
	}
	info.key = sheetKey(d, s, info)
	return info
}

// sheetKey leaves out the sheet's name, since tabs are renamed, unless there is
// nothing else to know the sheet by. Google's tabs have ids that stay.
func sheetKey(d *reconcile.Document, s *reconcile.Sheet, info *sheetInfo) string {
	owner := info.agency
	switch {
	case owner != "":
	case most(info.rows, agencyOf) != "":
		owner = "*"
	default:
		owner = "?" + d.Source
	}
	program := ""
	if !hasColumn(s, reconcile.FieldProgram) {
		program = most(info.rows, programOf)
	}
	if program == "" && len(s.Estimates) > 0 {
		program = strings.Join(s.Estimates[0].Programs, "+")
	}
	title := reconcile.Key(s.Title)
	if title == "" && program == "" && len(info.rows) == 0 {
		title = "#" + cmp.Or(s.ID, reconcile.Key(s.Name))
	}
	return strings.Join([]string{owner, string(s.Role), title, program}, "|")
}

func hasColumn(s *reconcile.Sheet, f reconcile.Field) bool {
	for i := range s.Columns {
		if s.Columns[i].Field == f || f == reconcile.FieldProgram && s.Columns[i].Program != "" {
			return true
		}
	}
	return false
}

// most returns the value that most rows have, the least one among equals; rows
// without a value do not count.
func most(rows []*reconcile.Registration, of func(*reconcile.Registration) string) string {
	counts := make(map[string]int)
	for _, r := range rows {
		if v := of(r); v != "" {
			counts[v]++
		}
	}
	best := ""
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		if counts[v] > counts[best] {
			best = v
		}
	}
	return best
}

// sole returns the value that all rows with one have, "" when they differ.
func sole(rows []*reconcile.Registration, of func(*reconcile.Registration) string) string {
	only := ""
	for _, r := range rows {
		switch v := of(r); {
		case v == "" || v == only:
		case only != "":
			return ""
		default:
			only = v
		}
	}
	return only
}

func agencyOf(r *reconcile.Registration) string  { return r.Agency }
func programOf(r *reconcile.Registration) string { return r.Program }

// numberSheets tells sheets of one key apart by their ids, where they have some,
// which stay when tabs are moved, else by their order.
func (x *index) numberSheets() {
	refs := slices.SortedFunc(maps.Keys(x.sheets), func(a, b sheetRef) int {
		return cmp.Or(
			cmp.Compare(a.source, b.source),
			cmp.Compare(x.sheets[a].id, x.sheets[b].id),
			cmp.Compare(x.sheets[a].position, x.sheets[b].position),
			cmp.Compare(a.sheet, b.sheet),
		)
	})
	seen := make(map[string]int)
	for _, ref := range refs {
		info := x.sheets[ref]
		seen[info.key]++
		if n := seen[info.key]; n > 1 {
			info.key += "#" + strconv.Itoa(n)
		}
	}
}

func (x *index) sheetAt(o reconcile.Origin) *sheetInfo { return x.sheets[sheetRef{o.Source, o.Sheet}] }

// sheet is what is known of a sheet of a document.
func (in *Input) sheet(d *reconcile.Document, s *reconcile.Sheet) *sheetInfo {
	return in.index.sheets[sheetRef{d.Source, s.Name}]
}

// has reports whether the registration's sheet has a place for the field, be
// the registration's own cell blank.
func (in *Input) has(r *reconcile.Registration, f reconcile.Field) bool {
	if r.Readings.Has(f) {
		return true
	}
	info := in.index.sheetAt(r.Origin)
	return info != nil && info.fields[f]
}

// agencyRank is the place of an agency in the register; unknown ones come last.
func (in *Input) agencyRank(code string) int {
	if i, ok := in.index.agencies[code]; ok {
		return i
	}
	return len(in.index.agencies)
}

func (in *Input) agencyName(code string) string {
	if code == "" || in.Register == nil {
		return code
	}
	return in.Register.AgencyName(code)
}

// person is the index in Persons of the person that the registration is of.
func (in *Input) person(r *reconcile.Registration) (int, bool) {
	i, ok := in.index.persons[r.Key]
	return i, ok
}
