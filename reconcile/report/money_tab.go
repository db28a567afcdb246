package report

import "doisoat/reconcile"

// The IDs of the tables in the tab Kinh phí.
const (
	MoneyTable     = "money"
	MoneyLeftTable = "money-left"
	LinesTable     = "lines"
)

// moneyTab shows what the plan may cost, what was estimated, what the valid
// registrations would cost, and what was spent.
func (v *view) moneyTab() Tab {
	const width = 12
	notes := []string{
		"Đơn vị tính: đồng. Dự kiến = số đăng ký hợp lệ × (kinh phí của chương trình : số học viên).",
		"Còn lại tính từ kinh phí của chương trình, chưa có thì từ dự toán chi tiết.",
	}
	if !v.figures.Money.HasEstimates {
		notes = append(notes, "Chưa nạp dự toán: chưa có số liệu để tính dự kiến.")
	}
	if n := v.figures.Money.Unpriced; n > 0 && v.figures.Money.HasEstimates {
		notes = append(notes, Number(n)+" đăng ký hợp lệ thuộc các chương trình chưa có kinh phí nên chưa tính vào dự kiến.")
	}
	if n := len(v.figures.Money.Unread); n > 0 {
		notes = append(notes, Number(n)+" dòng dự toán chưa đọc được số tiền nên chưa có trong tổng.")
	}
	if v.bloc != "" {
		notes = append(notes, "Kinh phí được duyệt, dự toán và đã chi là của toàn kế hoạch; dự kiến tính theo đăng ký hợp lệ của khối.")
	}
	blocks := []Block{
		v.head("KINH PHÍ", width, notes...),
		v.moneyTable(),
		{Rows: [][]Cell{gap(width)}},
		v.moneyLeftTable(),
		{Rows: [][]Cell{gap(width), {spanned("THEO CHƯƠNG TRÌNH", Bold, width)}}},
		v.linesTable(),
	}
	tab := Tab{
		Name:      MoneyTab,
		Blocks:    blocks,
		Widths:    []float64{44, 18, 18, 18, 10, 16, 9, 18, 18, 18, 18, 24},
		Landscape: true,
	}
	tab.RepeatRow, _ = tab.RowOf(LinesTable)
	return tab
}

// moneyTable holds the amounts that the overview's chart draws.
func (v *view) moneyTable() Block {
	m := &v.figures.Money
	table := newTable(MoneyTable, []Column{
		{Title: "Khoản"}, {Title: "Số tiền", Style: Money}, {Title: "So với được duyệt", Style: Share},
	})
	add := func(name string, amount reconcile.VND, known bool) {
		row := []Cell{text(name, Plain), noFigure(), noFigure()}
		if known {
			row[1] = money(amount)
			if m.Approved > 0 {
				row[2] = Cell{Value: Percent(float64(amount) / float64(m.Approved)), Style: Share}
			}
		}
		table.Rows = append(table.Rows, row)
	}
	add(v.ofWhole("Được duyệt"), m.Approved, true)
	add(v.ofWhole("Dự toán"), m.Estimated, m.HasEstimates)
	add(v.ofBloc("Dự kiến theo đăng ký hợp lệ"), m.Projected, m.HasEstimates)
	add(v.ofWhole("Đã chi"), m.Spent, m.HasSpent)
	return table
}

func (v *view) moneyLeftTable() Block {
	m := &v.figures.Money
	table := newTable(MoneyLeftTable, []Column{{Title: "Còn lại"}, {Title: "Số tiền", Style: Money}})
	add := func(name string, left reconcile.VND, known bool) {
		c := noFigure()
		if known {
			c = money(left)
			if left < 0 {
				c.Style = FigureOver
			}
		}
		table.Rows = append(table.Rows, []Cell{text(name, Plain), c})
	}
	add("Được duyệt − dự toán", m.Approved-m.Estimated, m.HasEstimates)
	add("Được duyệt − dự kiến theo đăng ký hợp lệ", m.Approved-m.Projected, m.HasEstimates && v.bloc == "")
	add("Được duyệt − đã chi", m.Approved-m.Spent, m.HasSpent)
	return table
}

func (v *view) linesTable() Block {
	table := newTable(LinesTable, []Column{
		{Title: "Chương trình, lớp"},
		{Title: "Kinh phí của chương trình", Style: Money},
		{Title: "Dự toán chi tiết", Style: Money},
		{Title: "Dự toán áp dụng", Style: Money},
		{Title: "Số học viên", Style: Figure},
		{Title: "Một học viên", Style: Money},
		{Title: "Hợp lệ", Style: Figure},
		{Title: "Dự kiến", Style: Money},
		{Title: "Còn lại theo dự kiến", Style: Money},
		{Title: "Đã chi", Style: Money},
		{Title: "Còn lại sau khi chi", Style: Money},
		{Title: "Nguồn số liệu"},
	})
	for i := range v.figures.Money.Lines {
		table.Rows = append(table.Rows, v.lineRow(&v.figures.Money.Lines[i]))
	}
	m := &v.figures.Money
	spent := Cell{Value: noValue, Style: TotalMoney}
	if m.HasSpent {
		spent.Value = m.Spent
	}
	blank := Cell{Style: Total}
	table.Rows = append(table.Rows, []Cell{
		text("Tổng cộng", Total), blank, blank,
		{Value: m.Estimated, Style: TotalMoney},
		blank, blank, blank,
		{Value: m.Projected, Style: TotalMoney},
		blank,
		spent, blank, blank,
	})
	return table
}

func (v *view) lineRow(l *reconcile.BudgetLine) []Cell {
	amount := func(a reconcile.VND, known bool) Cell {
		if !known {
			return noFigure()
		}
		return money(a)
	}
	priced := l.Learners > 0
	learners := noFigure()
	if priced {
		learners = figure(l.Learners)
	}
	projected := amount(l.Projected, priced && !l.SelfPaid)
	if l.Projected > l.Estimate {
		projected.Style = FigureOver
	}
	return []Cell{
		text(v.lineName(l), Plain),
		amount(l.Line, l.Line != 0), amount(l.Detailed, l.Detailed != 0), money(l.Estimate),
		learners, amount(l.PerLearner(), priced), figure(l.Registered), projected,
		// A bloc's registrations are only a part of what the line pays for.
		leftOf(l, l.Projected, priced && !l.SelfPaid && v.bloc == ""), amount(l.Spent, l.HasSpent), leftOf(l, l.Spent, l.HasSpent),
		v.originCell(l.Origin),
	}
}

// leftOf is what is left of the line's money after the amount.
func leftOf(l *reconcile.BudgetLine, amount reconcile.VND, known bool) Cell {
	if !known || l.Cost() == 0 {
		return noFigure()
	}
	c := money(l.Cost().Plus(-amount))
	if amount > l.Cost() {
		c.Style = FigureOver
	}
	return c
}

func (v *view) lineName(l *reconcile.BudgetLine) string {
	names := make([]string, 0, len(l.Programs))
	for _, code := range l.Programs {
		names = append(names, v.programName(code))
	}
	name := joinWords("; ", names...)
	if g := v.wholeGroup(l.Programs); g != nil {
		name = g.Name
	}
	if name == "" {
		name = joinWords(": ", unknownProgram, l.Text)
	}
	if l.SelfPaid {
		name += " (do đơn vị cử đi học chi trả nên không tính vào dự kiến)"
	}
	return name
}

// wholeGroup is the group that the programs are the whole of, or nil.
func (v *view) wholeGroup(programs []string) *reconcile.QuotaGroup {
	for i := range v.Plan.Groups {
		g := &v.Plan.Groups[i]
		if len(programs) > 1 && within(g.Programs, programs) && within(programs, g.Programs) {
			return g
		}
	}
	return nil
}

// originCell names a place and leads to it.
func (v *view) originCell(o reconcile.Origin) Cell {
	return Cell{Value: v.placeName(o, ""), Style: Note, Link: &Link{Origin: &o}}
}
