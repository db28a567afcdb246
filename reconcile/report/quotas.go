package report

import (
	"fmt"

	"doisoat/reconcile"
)

// The IDs of the tables in the tab Chỉ tiêu.
const (
	QuotasTable = "quotas"
	SumsTable   = "sums"
	UseTable    = "use"
)

// quotasTab sets the places of each program against what was allocated and
// registered, and proves the plan's own sums.
func (v *view) quotasTab(rows *rosterRows) Tab {
	table := v.quotasTable(rows)
	width := len(table.Columns)
	measure := "Vượt và Còn lại so số đăng ký hợp lệ với chỉ tiêu của kế hoạch."
	if v.bloc != "" {
		measure = "Vượt và Còn lại so số đăng ký hợp lệ với số đã phân bổ cho các cơ quan, đơn vị thuộc khối; cột Chỉ tiêu là của toàn kế hoạch."
	}
	if !v.figures.HasAllocations {
		measure += " Chưa nạp bảng phân bổ chỉ tiêu nên cột Phân bổ để trống."
	}
	head := v.head("CHỈ TIÊU VÀ SỐ ĐĂNG KÝ THEO CHƯƠNG TRÌNH", width, measure)
	return Tab{
		Name: QuotasTab,
		Blocks: []Block{
			head, table,
			{Rows: [][]Cell{gap(width), {spanned("KIỂM TRA CÁC TỔNG CỦA KẾ HOẠCH", Bold, width)}}},
			v.sumsTable(),
			{Rows: [][]Cell{gap(width), {spanned("MỨC SỬ DỤNG CHỈ TIÊU", Bold, width)}}},
			v.useTable(),
		},
		Widths:    []float64{18, 46, 15, 30, 10, 13, 10, 10, 10, 10, 10, 10},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
	}
}

func (v *view) quotasTable(rows *rosterRows) Block {
	table := newTable(QuotasTable, []Column{
		{Title: "Mã"},
		{Title: "Chương trình, lớp"},
		{Title: "Hệ"},
		{Title: "Cơ sở đào tạo"},
		{Title: "Chỉ tiêu", Style: Figure},
		{Title: "Loại chỉ tiêu", Style: Centered},
		{Title: "Phân bổ", Style: Figure},
		{Title: "Đăng ký", Style: Figure},
		{Title: "Hợp lệ", Style: Figure},
		{Title: "Số người", Style: Figure},
		{Title: "Vượt", Style: Figure},
		{Title: "Còn lại", Style: Figure},
	})
	section := "-"
	for i := range v.figures.Programs {
		f := &v.figures.Programs[i]
		p := v.Plan.Program(f.Code)
		if p != nil && p.Section != section {
			section = p.Section
			table.Rows = append(table.Rows, v.sectionRow(section, len(table.Columns)))
			table.Rows = append(table.Rows, v.groupRows(section)...)
		}
		table.Rows = append(table.Rows, v.quotaRow(f, p, rows))
		if p != nil {
			table.Rows = append(table.Rows, providerRows(p)...)
		}
	}
	table.Rows = append(table.Rows, v.quotaTotal())
	return table
}

func (v *view) sectionRow(number string, width int) []Cell {
	title := number
	if s := v.Plan.Section(number); s != nil {
		title = joinWords(". ", s.Number, s.Title)
	}
	return []Cell{spanned(title, Section, width)}
}

// groupRows are the rows of the groups whose programs are in the section.
func (v *view) groupRows(section string) [][]Cell {
	var rows [][]Cell
	for i := range v.figures.Groups {
		f := &v.figures.Groups[i]
		g := v.Plan.Group(f.Code)
		if g == nil || len(g.Programs) == 0 {
			continue
		}
		if first := v.Plan.Program(g.Programs[0]); first == nil || first.Section != section {
			continue
		}
		kind := "tổng các lớp"
		if f.Shared {
			kind = "chỉ tiêu chung"
		}
		row := []Cell{
			text(f.Code, Bold), text(g.Name, Bold),
			{Style: Bold},
			text(kind, Bold),
			{Value: f.Quota.Places, Style: Total},
			text(QuotaWord(f.Quota.Kind), Centered),
		}
		rows = append(rows, append(row, v.countCells(&f.ProgramFigures, nil)...))
	}
	return rows
}

func (v *view) quotaRow(f *ProgramFigures, p *reconcile.Program, rows *rosterRows) []Cell {
	link := rows.link(f.Code, "*")
	if p == nil {
		row := []Cell{{}, text(unknownProgram, Plain), {}, {}, noFigure(), noFigure()}
		return append(row, v.countCells(f, link)...)
	}
	quota := figure(f.Quota.Places)
	if f.Quota.Kind == reconcile.NoQuota || v.sharedGroup(p.Group) {
		quota = noFigure()
	}
	kind := QuotaWord(f.Quota.Kind)
	if v.sharedGroup(p.Group) {
		kind = "dùng chung"
	}
	provider := ""
	if len(p.Providers) == 1 {
		provider = p.Providers[0].Name
	}
	row := []Cell{
		text(f.Code, Plain), text(p.Name, Plain), text(FormWord(p.Form), Plain), text(provider, Plain),
		quota, text(kind, Centered),
	}
	return append(row, v.countCells(f, link)...)
}

// countCells are the last columns of a row: Phân bổ to Còn lại.
func (v *view) countCells(f *ProgramFigures, link *Link) []Cell {
	allocated, over, left := noFigure(), noFigure(), noFigure()
	if v.figures.HasAllocations {
		allocated = figure(f.Allocated)
	}
	if f.HasLimit {
		over, left = figure(f.Over), figure(f.Left)
		if f.Over > 0 {
			over.Style = FigureOver
		}
	}
	valid := figure(f.Valid)
	if f.Valid < f.Registered {
		valid.Style = FigureWeak
	}
	return []Cell{
		allocated, linked(figure(f.Registered), link), linked(valid, link), linked(figure(f.Persons), link), over, left,
	}
}

// providerRows split a program's places over its schools.
func providerRows(p *reconcile.Program) [][]Cell {
	if len(p.Providers) < 2 {
		return nil
	}
	var rows [][]Cell
	for _, school := range p.Providers {
		places := noFigure()
		if school.Places > 0 {
			places = figure(school.Places)
		}
		rows = append(rows, []Cell{{}, text("trong đó:", Note), {}, text(school.Name, Plain), places, {}, {}, {}, {}, {}, {}, {}})
	}
	return rows
}

func (v *view) quotaTotal() []Cell {
	f := v.figures
	over, left := 0, 0
	limited := false
	add := func(p *ProgramFigures) {
		over, left = over+p.Over, left+p.Left
		limited = limited || p.HasLimit
	}
	for i := range f.Programs {
		add(&f.Programs[i])
	}
	for i := range f.Groups {
		if f.Groups[i].Shared && v.bloc == "" {
			add(&f.Groups[i].ProgramFigures)
		}
	}
	cell := func(n int, known bool) Cell {
		if !known {
			return Cell{Value: noValue, Style: Total}
		}
		return Cell{Value: n, Style: Total}
	}
	return []Cell{
		spanned("Tổng cộng", Total, 4), cell(f.Quota, true),
		{Style: Total},
		cell(f.Total.Allocated, f.HasAllocations), cell(f.Total.Registered, true), cell(f.Total.Valid, true),
		cell(f.Total.Persons, true), cell(over, limited), cell(left, limited),
	}
}

// sumsTable proves the sums that the plan itself states.
func (v *view) sumsTable() Block {
	table := newTable(SumsTable, []Column{
		{Title: "Mã"},
		{Title: "Tổng được kiểm tra"},
		{Title: "Kết quả", Style: Centered},
		{Title: "Các số hạng"},
		{Title: "Kế hoạch nêu", Style: Figure},
		{Title: "Cộng lại", Style: Figure},
	})
	add := func(code, name, parts string, stated, sum int) {
		verdict := text("đúng", Good)
		if stated != sum {
			verdict = text("lệch", Bad)
		}
		table.Rows = append(table.Rows, []Cell{
			text(code, Plain), text(name, Plain), verdict, text(parts, Plain), figure(stated), figure(sum),
		})
	}
	for i := range v.Plan.Groups {
		g := &v.Plan.Groups[i]
		if g.Shared {
			continue
		}
		sum := summed{}
		for _, code := range g.Programs {
			if p := v.Plan.Program(code); p != nil {
				sum.add(p.Quota.Places)
			}
		}
		add(g.Code, g.Name, sum.words(), g.Quota.Places, sum.total)
	}
	for i := range v.Plan.Programs {
		p := &v.Plan.Programs[i]
		sum := summed{}
		for _, school := range p.Providers {
			if school.Places > 0 {
				sum.add(school.Places)
			}
		}
		if len(sum.parts) > 0 {
			add(p.Code, v.Plan.ProgramName(p.Code)+", theo cơ sở đào tạo", sum.words(), p.Quota.Places, sum.total)
		}
	}
	add("", "Tổng số chỉ tiêu kế hoạch nêu", "mọi chương trình và nhóm dùng chung", v.Plan.StatedPlaces, v.figures.Quota)
	return table
}

type summed struct {
	parts []string
	total int
}

func (s *summed) add(n int) {
	s.parts = append(s.parts, Number(n))
	s.total += n
}

func (s *summed) words() string { return joinWords(" + ", s.parts...) }

// useTable is what the chart of quota use draws: shares, since numbers of 3 and
// of 4,100 places cannot be read on one axis.
func (v *view) useTable() Block {
	table := newTable(UseTable, []Column{
		{Title: "Mã"},
		{Title: "Chương trình, lớp"},
		{Title: "Hợp lệ / chỉ tiêu", Style: Share},
		{Title: "Đăng ký / chỉ tiêu", Style: Share},
	})
	add := func(f *ProgramFigures, name string) {
		if !f.HasLimit || f.Limit == 0 {
			return
		}
		table.Rows = append(table.Rows, []Cell{
			text(f.Code, Plain), text(fmt.Sprintf("%s (%s)", name, Number(f.Limit)), Plain),
			{Value: Percent(float64(f.Valid) / float64(f.Limit)), Style: Share},
			{Value: Percent(float64(f.Registered) / float64(f.Limit)), Style: Share},
		})
	}
	for i := range v.figures.Programs {
		f := &v.figures.Programs[i]
		p := v.Plan.Program(f.Code)
		if p == nil {
			continue
		}
		name := v.Plan.ProgramName(f.Code)
		add(f, name)
	}
	for i := range v.figures.Groups {
		if f := &v.figures.Groups[i]; f.Shared {
			add(&f.ProgramFigures, v.Plan.Group(f.Code).Name)
		}
	}
	return table
}
