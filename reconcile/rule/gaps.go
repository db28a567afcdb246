package rule

import (
	"fmt"
	"slices"
	"strings"

	"doisoat/reconcile"
)

// gaps collects what a rule of eligibility could not judge in a sheet, so that
// it is told once and not for each row.
type gaps struct {
	in      *Input
	d       *reconcile.Document
	s       *reconcile.Sheet
	columns gap
	cells   gap
	// open are the criteria, by program, that no standard settles and that
	// were told of already.
	open map[string]bool
}

type gap struct {
	names  []string // of criteria
	fields []reconcile.Field
	rows   []*reconcile.Registration
	basis  string
}

func (g *gaps) add(c *criterion, r *reconcile.Registration, a *answer) {
	one := &g.columns
	if a.verdict == unread {
		one = &g.cells
	}
	if !slices.Contains(one.names, c.name) {
		one.names = append(one.names, c.name)
	}
	if !slices.Contains(one.fields, a.field) {
		one.fields = append(one.fields, a.field)
	}
	if len(one.rows) == 0 || one.rows[len(one.rows)-1] != r {
		one.rows = append(one.rows, r)
	}
	one.basis = max(one.basis, a.basis) // any of them, whatever the order
}

// unsettled tells once for all learners of a program that no standard settles
// a criterion; the engine joins what several sheets give rise to.
func (g *gaps) unsettled(c *criterion, p *reconcile.Program, a *answer, report Report) {
	subject := c.id + "|" + p.Code + "|" + a.why
	if g.open[subject] {
		return
	}
	if g.open == nil {
		g.open = make(map[string]bool)
	}
	g.open[subject] = true
	f := notChecked(c.id+"|"+p.Code, c.name+" của lớp "+g.in.Plan.ProgramName(p.Code)+": "+a.why, a.basis, a.remedy)
	f.Program = p.Code
	f.Message = fmt.Sprintf("Chưa kiểm tra được %s của người học lớp %s: %s.", c.name, g.in.Plan.ProgramName(p.Code), a.why)
	f.Found = a.why
	report(f)
}

func (g *gaps) report(report Report) {
	if len(g.columns.rows) > 0 {
		report(g.noColumns())
	}
	if len(g.cells.rows) > 0 {
		report(g.noValues())
	}
}

func (g *gaps) noColumns() reconcile.Finding {
	one, columns := &g.columns, columnNames(g.columns.fields)
	f := g.finding(one, "columns")
	f.Place = reconcile.Origin{Source: g.d.Source, Sheet: g.s.Name}
	f.Message = fmt.Sprintf("Chưa kiểm tra được %s của %s người vì biểu không có cột %s.", criteriaNames(one), count(len(one.rows)), columns)
	f.Found = "không có cột " + columns
	f.Expected = "biểu có cột " + columns
	f.Remedy = fmt.Sprintf("Bổ sung cột %s vào biểu và điền cho từng người.", columns)
	return f
}

func (g *gaps) noValues() reconcile.Finding {
	one, columns := &g.cells, columnNames(g.cells.fields)
	f := g.finding(one, "cells")
	f.Place = one.rows[0].Place(one.fields[0])
	var rows []string
	for _, r := range one.rows[:min(len(one.rows), shownRows)] {
		rows = append(rows, fmt.Sprint(r.Origin.Row))
	}
	list := strings.Join(slices.Compact(rows), ", ")
	if rest := len(one.rows) - shownRows; rest > 0 {
		list += fmt.Sprintf(" và %s dòng khác", count(rest))
	}
	f.Message = fmt.Sprintf("Chưa kiểm tra được %s của %s người vì ô %s để trống hoặc chưa rõ: dòng %s.",
		criteriaNames(one), count(len(one.rows)), columns, list)
	f.Found = fmt.Sprintf("%s dòng chưa rõ %s", count(len(one.rows)), columns)
	f.Expected = "mỗi dòng ghi rõ " + columns
	f.Remedy = fmt.Sprintf("Xem lại các dòng này và ghi rõ %s.", columns)
	return f
}

func (g *gaps) finding(one *gap, what string) reconcile.Finding {
	info := g.in.sheet(g.d, g.s)
	return reconcile.Finding{NotChecked: true, Subject: info.key + "|" + what, Agency: info.agency, LegalBasis: one.basis}
}

func criteriaNames(g *gap) string {
	slices.Sort(g.names)
	return strings.Join(g.names, ", ")
}

// columnNames quotes the columns in a stable order, as a list would head them.
func columnNames(fields []reconcile.Field) string {
	names := make([]string, 0, len(fields))
	for _, f := range fields {
		names = append(names, "“"+columnName(f)+"”")
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// columnName is how lists head the column of a field.
func columnName(f reconcile.Field) string {
	switch f {
	case reconcile.FieldBirthDate:
		return "Ngày, tháng, năm sinh"
	case reconcile.FieldSex:
		return "Giới tính"
	case reconcile.FieldEthnicity:
		return "Dân tộc"
	case reconcile.FieldPosition:
		return "Chức vụ"
	case reconcile.FieldPartyDate:
		return "Ngày vào Đảng"
	case reconcile.FieldOfficialDate:
		return "Ngày vào Đảng chính thức"
	case reconcile.FieldEducation:
		return "Trình độ chuyên môn"
	case reconcile.FieldPoliticalTheory:
		return "Trình độ lý luận chính trị"
	case reconcile.FieldPlannedPosition:
		return "Chức danh quy hoạch"
	case reconcile.FieldEmployment:
		return "Loại cán bộ (cán bộ, công chức, viên chức, không chuyên trách)"
	case reconcile.FieldRank:
		return "Ngạch"
	case reconcile.FieldRankSince:
		return "Thời gian giữ ngạch"
	case reconcile.FieldRecruited:
		return "Ngày tuyển dụng"
	case reconcile.FieldRating:
		return "Xếp loại hai năm liền kề"
	case reconcile.FieldCommitment:
		return "Cam kết phục vụ"
	case reconcile.FieldMajor:
		return "Chuyên ngành"
	}
	return string(f)
}
