package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"doisoat/reconcile"
)

// Annexes is the workbook of the plan's annexes: for each annex that lists
// people, the valid registrations of its programs, in the form that an
// official decision needs. The annex of the money is the tab Kinh phí of the
// consolidated workbook.
func Annexes(d *Data) Workbook {
	v := newView(d, "")
	w := Workbook{Title: "Phụ lục kế hoạch đào tạo, bồi dưỡng năm " + yearWord(d.Plan.Year)}
	for _, a := range v.annexes() {
		w.Tabs = append(w.Tabs, v.annexTab(a))
	}
	return w
}

// annex is one of the plan's official lists and the programs in it.
type annex struct {
	name     string
	subject  string
	programs []string
}

// annexes are the plan's annexes in the order of their numbers.
func (v *view) annexes() []annex {
	var all []annex
	for i := range v.Plan.Programs {
		p := &v.Plan.Programs[i]
		section := v.Plan.Section(p.Section)
		name, subject := p.Annex, p.Name
		if name == "" && section != nil {
			name, subject = section.Annex, section.Title
		}
		if name == "" {
			continue
		}
		at := slices.IndexFunc(all, func(a annex) bool { return a.name == name })
		if at < 0 {
			all = append(all, annex{name: name, subject: subject})
			at = len(all) - 1
		}
		all[at].programs = append(all[at].programs, p.Code)
	}
	slices.SortStableFunc(all, func(a, b annex) int {
		return cmp.Or(cmp.Compare(numberIn(a.name), numberIn(b.name)), cmp.Compare(a.name, b.name))
	})
	return all
}

// numberIn is the number in an annex's name: 4 of "Phụ lục 4".
func numberIn(name string) int {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
	n, _ := strconv.Atoi(digits) // 0 for a name without a number
	return n
}

func (v *view) annexTab(a annex) Tab {
	table := newTable("annex", []Column{
		{Title: "TT", Style: Figure},
		{Title: "Họ và tên"},
		{Title: "Ngày sinh", Style: Centered},
		{Title: "Giới tính", Style: Centered},
		{Title: "Chức vụ"},
		{Title: "Đơn vị công tác"},
		{Title: "Cơ quan, đơn vị cử"},
		{Title: "Chương trình"},
		{Title: "Ghi chú"},
	})
	width := len(table.Columns)
	for _, r := range v.annexRows(a.programs) {
		table.Rows = append(table.Rows, v.annexRow(len(table.Rows), r))
	}
	head := Block{Rows: [][]Cell{
		{spanned(capital(a.name), Title, width)},
		{spanned("DANH SÁCH CÁN BỘ ĐĂNG KÝ: "+strings.ToUpper(a.subject), Title, width)},
		{spanned("(Kèm theo "+v.Plan.Title+")", Subtitle, width)},
		gap(width),
	}}
	count := len(table.Rows) - 1
	foot := Block{Rows: [][]Cell{
		{spanned("Danh sách này có "+Number(count)+" đồng chí.", Note, width)},
		gap(width),
		{spanned("NGƯỜI LẬP BIỂU", Centered, width/2), spanned("T/M BAN THƯỜNG VỤ", Centered, width-width/2)},
		{spanned("(Ký, ghi rõ họ tên)", Centered, width/2), spanned("(Ký tên, đóng dấu)", Centered, width-width/2)},
	}}
	return Tab{
		Name:      capital(a.name),
		Blocks:    []Block{head, table, foot},
		Widths:    []float64{5, 24, 12, 9, 24, 26, 28, 38, 14},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
	}
}

// annexRows are the valid registrations of the programs: by program, then by
// the register's order of agencies, then as the agencies listed them.
func (v *view) annexRows(programs []string) []*reconcile.Registration {
	return kept(v.inRosterOrder(), func(r *reconcile.Registration) bool {
		return slices.Contains(programs, r.Program) && v.valid(r)
	})
}

func (v *view) annexRow(n int, r *reconcile.Registration) []Cell {
	return []Cell{
		figure(n),
		text(r.FullName, Plain),
		text(r.BirthDate.Vietnamese(), Centered),
		text(sexWord(r.Sex), Centered),
		text(r.Position, Plain),
		text(r.AgencyText, Plain),
		text(v.agencyName(v.registered(r.Agency)), Plain),
		text(v.programName(r.Program), Plain),
		text(r.Note, Plain),
	}
}

func sexWord(s reconcile.Sex) string {
	switch s {
	case reconcile.Male:
		return "Nam"
	case reconcile.Female:
		return "Nữ"
	}
	return ""
}
