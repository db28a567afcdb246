package report

import (
	"cmp"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// RosterTable is the ID of the table of registrations in the tab Danh sách.
const RosterTable = "roster"

// rosterRows tells where the rows behind a count stand in the tab Danh sách.
type rosterRows struct {
	spans map[[2]string]span // by program and agency; agency "*" for all
	width int
}

type span struct{ first, last int }

// link leads to the rows of a program and agency ("*" for all agencies), nil
// when there are none.
func (r *rosterRows) link(program, agency string) *Link {
	s, ok := r.spans[[2]string{program, agency}]
	if !ok {
		return nil
	}
	return rowsLink(RosterTab, s.first, s.last, r.width)
}

// rosterTab lists every registration, those of one program together and in it
// those of one agency, so that each count of the other tabs is a run of rows.
// It holds no birth dates and no ID numbers.
func (v *view) rosterTab() (Tab, *rosterRows) {
	table := newTable(RosterTable, []Column{
		{Title: "STT", Style: Figure},
		{Title: "Mã chương trình"},
		{Title: "Chương trình, lớp"},
		{Title: "Mã đơn vị", Style: Centered},
		{Title: "Cơ quan, đơn vị"},
		{Title: "Họ và tên"},
		{Title: "Tệp"},
		{Title: "Trang tính"},
		{Title: "Dòng", Style: Figure},
		{Title: "Hợp lệ", Style: Centered},
		{Title: "Sai lệch phải sửa"},
	})
	width := len(table.Columns)
	head := v.head("DANH SÁCH ĐĂNG KÝ LÀM CĂN CỨ SỐ LIỆU", width,
		"Mỗi con số ở các trang khác là số dòng của danh sách này. Một đăng ký không hợp lệ khi còn lỗi chưa xử lý (cột cuối).")
	index := &rosterRows{spans: make(map[[2]string]span), width: width}
	source, file := "", v.fileName("")
	for i, r := range v.inRosterOrder() {
		if r.Origin.Source != source { // rows of one document mostly stand together
			source, file = r.Origin.Source, v.fileName(r.Origin.Source)
		}
		table.Rows = append(table.Rows, v.rosterRow(i+1, r, file))
		row := len(head.Rows) + len(table.Rows)
		index.extend(v.planned(r.Program), v.registered(r.Agency), row)
		index.extend(v.planned(r.Program), "*", row)
	}
	return Tab{
		Name:      RosterTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{7, 21, 42, 9, 38, 24, 26, 18, 8, 9, 20},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}, index
}

func (r *rosterRows) extend(program, agency string, row int) {
	key := [2]string{program, agency}
	s, ok := r.spans[key]
	if !ok {
		s.first = row
	}
	s.last = row
	r.spans[key] = s
}

// inRosterOrder is sorted once: the roster and every program of the annexes are
// runs of it.
func (v *view) inRosterOrder() []*reconcile.Registration {
	if v.ordered == nil {
		v.ordered = v.sorted()
	}
	return v.ordered
}

func (v *view) sorted() []*reconcile.Registration {
	documents := make(map[string]int, len(v.Documents))
	for i, doc := range v.Documents {
		documents[doc.Source] = i
	}
	// Where each stands is looked up once and not for each comparison.
	type place struct {
		r                         *reconcile.Registration
		program, agency, document int
	}
	places := make([]place, len(v.Registrations))
	for i, r := range v.Registrations {
		places[i] = place{r, rank(v.programRank, r.Program), rank(v.agencyRank, r.Agency), documents[r.Origin.Source]}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		if c := cmp.Or(cmp.Compare(a.program, b.program), cmp.Compare(a.agency, b.agency), cmp.Compare(a.document, b.document)); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(a.r.Origin.Source, b.r.Origin.Source),
			cmp.Compare(a.r.Origin.Sheet, b.r.Origin.Sheet),
			cmp.Compare(a.r.Origin.Row, b.r.Origin.Row),
			cmp.Compare(a.r.Key, b.r.Key),
		)
	})
	all := make([]*reconcile.Registration, len(places))
	for i := range places {
		all[i] = places[i].r
	}
	return all
}

func (v *view) rosterRow(n int, r *reconcile.Registration, file string) []Cell {
	program := v.programName(v.planned(r.Program))
	if v.planned(r.Program) == "" && r.ProgramText != "" {
		program += ": " + r.ProgramText
	}
	agency := v.agencyName(v.registered(r.Agency))
	if v.registered(r.Agency) == "" && r.AgencyText != "" {
		agency += ": " + r.AgencyText
	}
	valid := text("có", Good)
	if !v.valid(r) {
		valid = text("không", Bad)
	}
	return []Cell{
		figure(n),
		text(r.Program, Plain),
		text(program, Plain),
		text(r.Agency, Centered),
		text(agency, Plain),
		text(r.FullName, Plain),
		text(file, Plain),
		text(r.Origin.Sheet, Plain),
		{Value: r.Origin.Row, Style: Figure, Link: &Link{Origin: &r.Origin}},
		valid,
		text(strings.Join(v.faults[r.Key], "\n"), Plain),
	}
}
