package report

import "doisoat/reconcile"

// QuotasTable is the ID of the table in the tab Chỉ tiêu.
const QuotasTable = "quotas"

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
		Name:      QuotasTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{20, 46, 15, 30, 10, 13, 10, 10, 10, 10, 10, 10},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
	}
}

func (v *view) quotasTable(rows *rosterRows) Block {
	table := newTable(QuotasTable, []Column{
		{Title: "Mã"},
		{Title: "Chương trình, lớp"},
		{Title: "Hệ"},
		{Title: "Cơ sở đào tạo; kiểm tra tổng"},
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
		check := text("chỉ tiêu chung của các lớp", Bold)
		if !f.Shared {
			check = v.membersSum(g).cell(g.Quota.Places)
		}
		row := []Cell{
			text(f.Code, Bold), text(g.Name, Bold),
			{Style: Bold},
			check,
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
	provider := Cell{}
	names := make([]string, 0, len(p.Providers))
	for _, school := range p.Providers {
		names = append(names, school.Name)
	}
	if len(names) > 0 {
		provider.Value = joinWords("; ", names...)
	}
	if sum := providersSum(p); len(sum.parts) > 1 {
		provider = sum.cell(p.Quota.Places)
	}
	row := []Cell{
		text(f.Code, Plain), text(p.Name, Plain), text(FormWord(p.Form), Plain), provider,
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
	return []Cell{
		allocated, linked(figure(f.Registered), link), linked(figure(f.Valid), link), linked(figure(f.Persons), link), over, left,
	}
}

// providerRows split a program's places over its schools.
func providerRows(p *reconcile.Program) [][]Cell {
	if len(providersSum(p).parts) < 2 {
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
		spanned("Tổng cộng", Total, 3), v.statedCell(), cell(f.Quota, true),
		{Style: Total},
		cell(f.Total.Allocated, f.HasAllocations), cell(f.Total.Registered, true), cell(f.Total.Valid, true),
		cell(f.Total.Persons, true), cell(over, limited), cell(left, limited),
	}
}

// membersSum adds up the numbers of a group's programs.
func (v *view) membersSum(g *reconcile.QuotaGroup) *summed {
	sum := &summed{}
	for _, code := range g.Programs {
		if p := v.Plan.Program(code); p != nil {
			sum.add(p.Quota.Places)
		}
	}
	return sum
}

// providersSum adds up the places of a program's schools, where the plan splits
// them.
func providersSum(p *reconcile.Program) *summed {
	sum := &summed{}
	for _, school := range p.Providers {
		if school.Places > 0 {
			sum.add(school.Places)
		}
	}
	return sum
}

// statedCell compares the sum of all places with the one that the plan states.
func (v *view) statedCell() Cell {
	if v.Plan.StatedPlaces == v.figures.Quota {
		return text("kế hoạch nêu "+Number(v.Plan.StatedPlaces)+", đúng", Good)
	}
	return text("kế hoạch nêu "+Number(v.Plan.StatedPlaces)+", lệch", Bad)
}

// summed is an addition whose parts are shown.
type summed struct {
	parts []string
	total int
}

func (s *summed) add(n int) {
	s.parts = append(s.parts, Number(n))
	s.total += n
}

// cell shows the addition, and whether it gives what the plan states.
func (s *summed) cell(stated int) Cell {
	words := joinWords(" + ", s.parts...) + " = " + Number(s.total)
	if s.total == stated {
		return text(words+", đúng", Good)
	}
	return text(words+", lệch với "+Number(stated), Bad)
}
