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
	return Workbook{Title: "Phụ lục kế hoạch đào tạo, bồi dưỡng năm " + yearWord(d.Plan.Year), Tabs: v.annexTabs()}
}

func (v *view) annexTabs() []Tab {
	var tabs []Tab
	for _, a := range v.annexes() {
		tabs = append(tabs, v.annexTab(a))
	}
	return tabs
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

// AnnexTable is the ID of the table of an annex.
const AnnexTable = "annex"

// annexTab is one annex, ready to be signed. Learners of one program stand
// together under its name and are counted; the numbers run through.
func (v *view) annexTab(a annex) Tab {
	table := newTable(AnnexTable, []Column{
		{Title: "TT", Style: Centered},
		{Title: "Họ và tên"},
		{Title: "Ngày sinh", Style: Centered},
		{Title: "Giới tính", Style: Centered},
		{Title: "Chức vụ"},
		{Title: "Đơn vị công tác"},
		{Title: "Cơ quan, đơn vị cử"},
		{Title: "Ngày vào Đảng", Style: Centered},
		{Title: "Trình độ chuyên môn", Style: Centered},
		{Title: "Lý luận chính trị", Style: Centered},
		{Title: "Ghi chú"},
	})
	width := len(table.Columns)
	count := 0
	for i, code := range a.programs {
		rows := v.annexRows(code)
		if len(a.programs) > 1 {
			table.Rows = append(table.Rows, []Cell{spanned(v.annexSection(i, code, len(rows)), Section, width)})
		}
		for _, r := range rows {
			count++
			table.Rows = append(table.Rows, v.annexRow(count, r))
		}
	}
	head := Block{Rows: [][]Cell{
		{spanned(strings.ToUpper(a.name), DocumentTitle, width)},
		{spanned("DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC CỬ THAM GIA", DocumentTitle, width)},
		{spanned(strings.ToUpper(a.subject), DocumentTitle, width)},
		{spanned("(Kèm theo "+v.Plan.Title+" của "+v.Plan.Issuer+")", DocumentNote, width)},
		gap(width),
	}}
	if v.bloc != "" {
		head.Rows = slices.Insert(head.Rows, 3, []Cell{spanned("("+capital(BlocWord(v.bloc))+")", DocumentNote, width)})
	}
	return Tab{
		Name:      capital(a.name),
		Blocks:    []Block{head, table, v.annexFoot(count, width)},
		Widths:    []float64{5, 23, 12, 8, 22, 25, 29, 12, 13, 11, 17},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
	}
}

func (v *view) annexSection(i int, code string, count int) string {
	title := roman(i+1) + ". " + v.programName(code) + ": " + Number(count) + " người"
	if p := v.Plan.Program(code); p != nil && p.Quota.Places > 0 && v.bloc == "" {
		title += " (chỉ tiêu " + QuotaWord(p.Quota.Kind) + " " + Number(p.Quota.Places) + ")"
	}
	return title
}

func (v *view) annexFoot(count, width int) Block {
	left := width / 2
	return Block{Rows: [][]Cell{
		{spanned("Danh sách này có "+Number(count)+" người.", Note, width)},
		gap(width),
		{spanned("NGƯỜI LẬP BIỂU", DocumentSign, left), spanned(signatory(v.Plan.Issuer), DocumentSign, width-left)},
		{spanned("(Ký, ghi rõ họ tên)", DocumentNote, left), spanned("(Ký tên, đóng dấu)", DocumentNote, width-left)},
	}}
}

// signatory is the line above the signature: a collective body signs through
// one of its members ("T/M", on behalf of).
func signatory(issuer string) string {
	name := strings.ToUpper(issuer)
	if body, _, ok := strings.Cut(name, " TỈNH ỦY"); ok && strings.HasPrefix(body, "BAN THƯỜNG VỤ") {
		return "T/M " + body
	}
	return name
}

// annexRows are the valid registrations of a program: in the register's order
// of agencies, then as the agencies listed them.
func (v *view) annexRows(program string) []*reconcile.Registration {
	return kept(v.inRosterOrder(), func(r *reconcile.Registration) bool {
		return r.Program == program && v.valid(r)
	})
}

func (v *view) annexRow(n int, r *reconcile.Registration) []Cell {
	return []Cell{
		{Value: n, Style: Centered},
		text(r.FullName, Plain),
		text(r.BirthDate.Vietnamese(), Centered),
		text(sexWord(r.Sex), Centered),
		text(r.Position, Plain),
		text(r.AgencyText, Plain),
		text(v.agencyName(v.registered(r.Agency)), Plain),
		text(r.PartyDate.Vietnamese(), Centered),
		text(capital(r.Education.Vietnamese()), Centered),
		text(capital(r.PoliticalTheory.Vietnamese()), Centered),
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
