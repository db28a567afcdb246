package report

import (
	"fmt"

	"doisoat/reconcile"
)

// The IDs of the tables in the tab Tổng quan.
const (
	KeyTable     = "key"
	ChangesTable = "changes"
)

// The overview is six columns wide. Its charts stand over empty rows of the
// standard height, 20 pixels each.
const (
	overviewWidth = 6
	pixelsPerRow  = 20
	overviewChars = 18 // of each column
	chartWidth    = 790
	mostUse       = 1.5 // of a quota, in the chart
)

// overviewTab is the one page that the heads of the office read.
func (v *view) overviewTab() Tab {
	tab := Tab{
		Name:    OverviewTab,
		Widths:  []float64{overviewChars, overviewChars, overviewChars, overviewChars, overviewChars, overviewChars},
		OnePage: true,
	}
	tab.Blocks = []Block{v.head(capitals(v.heading()), overviewWidth), v.keyBlock()}
	if len(v.Grades) > 0 {
		tab.Blocks = append(tab.Blocks, v.departures())
	}
	tab.Blocks = append(tab.Blocks,
		Block{Rows: [][]Cell{gap(overviewWidth), {spanned("THAY ĐỔI TỪ LẦN ĐỐI SOÁT TRƯỚC"+v.wholeProvince(), Bold, overviewWidth)}}},
		v.changesTable(),
		Block{Rows: [][]Cell{gap(overviewWidth), {spanned("MỨC SỬ DỤNG CHỈ TIÊU THEO CHƯƠNG TRÌNH", Bold, overviewWidth)}}},
	)
	bars := len(v.useTable().Rows) - 1
	tab.place(Chart{
		Kind: Bars, Tab: UseTab, Block: UseTable, Labels: 1, Values: []int{2, 3}, Most: mostUse,
		Width: chartWidth, Height: max(10, bars*3/2+3) * pixelsPerRow,
	})
	tab.Blocks = append(tab.Blocks, Block{Rows: [][]Cell{
		gap(overviewWidth),
		{spanned(fmt.Sprintf("KINH PHÍ SO VỚI MỨC ĐƯỢC DUYỆT %s", v.Plan.Approved), Bold, overviewWidth)},
	}})
	tab.place(Chart{
		Kind: Bars, Tab: MoneyTab, Block: MoneyTable, Labels: 0, Values: []int{1},
		Width: chartWidth, Height: 8 * pixelsPerRow,
	})
	tab.Blocks = append(tab.Blocks, v.silentBlock())
	return tab
}

// departures says in one line that rules are not applied as they stand, so that
// nobody takes silence for order; the ledger lists them.
func (v *view) departures() Block {
	off := 0
	for _, g := range v.Grades {
		if g.Off {
			off++
		}
	}
	words := fmt.Sprintf("%s quy tắc không áp dụng như quy định gốc (%s quy tắc đã tắt): xem trang %s.", Number(len(v.Grades)), Number(off), LedgerTab)
	return Block{Rows: [][]Cell{{spanned(words, Bad, overviewWidth)}}}
}

// place puts a chart below what the tab holds so far, over empty rows.
func (t *Tab) place(c Chart) {
	c.Row = t.Height()
	t.Charts = append(t.Charts, c)
	rows := make([][]Cell, c.Height/pixelsPerRow+1)
	for i := range rows {
		rows[i] = []Cell{}
	}
	t.Blocks = append(t.Blocks, Block{Rows: rows})
}

// keyBlock shows the figures that are asked for first: a label, the figure, and
// what it is measured against.
func (v *view) keyBlock() Block {
	f, open := v.figures, countOpen(v.open(false))
	quotas, findings := &Link{Sheet: QuotasTab, Cell: "A1"}, &Link{Sheet: reconcile.DecisionsTab, Cell: "A1"}
	cards := []struct {
		label, note string
		value       Cell
	}{
		{"Đăng ký", Number(f.Total.Persons) + " người", Cell{Value: f.Total.Registered, Link: &Link{Sheet: RosterTab, Cell: "A1"}}},
		{"Hợp lệ", shareWords(f.Total.Valid, f.Total.Registered, "số đăng ký"), Cell{Value: f.Total.Valid, Link: quotas}},
		{v.placesLabel(), v.placesWords(), Cell{Value: v.places(), Link: quotas}},
		{"Sai lệch đang mở", open.words(), Cell{Value: open.total(), Link: findings}},
		{v.ofWhole("Dự toán"), v.moneyWords(f.Money.Estimated), v.moneyCard(f.Money.Estimated)},
		{v.ofBloc("Dự kiến chi"), v.moneyWords(f.Money.Projected), v.moneyCard(f.Money.Projected)},
	}
	rows := make([][]Cell, 3)
	for _, c := range cards {
		c.value.Style = Key
		rows[0] = append(rows[0], text(c.label, Header))
		rows[1] = append(rows[1], c.value)
		rows[2] = append(rows[2], text(c.note, Centered))
	}
	columns := make([]Column, len(cards))
	for i := range cards {
		columns[i].Title = cards[i].label
	}
	return Block{Kind: Table, ID: KeyTable, Columns: columns, Rows: rows}
}

// places is what the view's registrations are measured against.
func (v *view) places() int {
	if v.bloc != "" {
		return v.figures.Total.Allocated
	}
	return v.figures.Quota
}

func (v *view) placesLabel() string {
	if v.bloc != "" {
		return "Được phân bổ"
	}
	return "Chỉ tiêu"
}

func (v *view) placesWords() string {
	switch {
	case v.bloc != "":
		return "cho các đơn vị của khối"
	case v.figures.HasAllocations:
		return "đã phân bổ " + Number(v.figures.Total.Allocated)
	}
	return "chưa nạp phân bổ"
}

func (v *view) moneyCard(amount reconcile.VND) Cell {
	if !v.figures.Money.HasEstimates {
		return Cell{Value: noValue}
	}
	return Cell{Value: amount, Link: &Link{Sheet: MoneyTab, Cell: "A1"}}
}

func (v *view) moneyWords(amount reconcile.VND) string {
	switch {
	case !v.figures.Money.HasEstimates:
		return "chưa nạp dự toán"
	case v.Plan.Approved <= 0:
		return ""
	}
	if over := amount.Plus(-v.Plan.Approved); over > 0 { // which may be too little to show in per cent
		return "vượt " + over.String()
	}
	return percentWord(float64(amount)/float64(v.Plan.Approved)) + " mức được duyệt"
}

func shareWords(part, whole int, of string) string {
	if whole == 0 {
		return ""
	}
	return percentWord(float64(part)/float64(whole)) + " " + of
}

// changesTable compares the run with the one before, over all blocs. All of it
// is volatile: it tells of runs, and what they found stands elsewhere.
func (v *view) changesTable() Block {
	table := newTable(ChangesTable, []Column{
		{Title: "Chỉ số"}, {}, {}, {Title: "Lần trước", Style: Figure}, {Title: "Lần này", Style: Figure}, {Title: "Thay đổi", Style: Figure},
	})
	table.Rows[0] = []Cell{spanned("Chỉ số", Header, 3), text("Lần trước", Header), text("Lần này", Header), text("Thay đổi", Header)}
	var before reconcile.RunCounts
	if v.Previous != nil {
		before = v.Previous.Counts
	}
	now := v.now
	add := func(name string, before, now int) {
		row := []Cell{spanned(name, Plain, 3), noFigure(), figure(now), noFigure()}
		if v.Previous != nil {
			row[1], row[3] = figure(before), text(signedWord(now-before), Figure)
		}
		table.Rows = append(table.Rows, allOf(row))
	}
	add("Nguồn đọc được", before.SourcesRead+before.SourcesUnchanged, now.SourcesRead+now.SourcesUnchanged)
	add("Nguồn không đọc được", before.SourcesFailed, now.SourcesFailed)
	add("Đăng ký", before.RowsRegistrations, now.RowsRegistrations)
	add("Sai lệch đang mở", before.FindingsOpen, now.FindingsOpen)
	add("Sai lệch mới phát hiện", before.FindingsNew, now.FindingsNew)
	add("Sai lệch đã sửa", before.FindingsGone, now.FindingsGone)
	add("Sai lệch được chấp nhận", before.FindingsWaived, now.FindingsWaived)
	return table
}

// countsOf are the run's counts as the data shows them: a report may be made
// before the run's own record is complete.
func countsOf(d *Data) reconcile.RunCounts {
	c := reconcile.RunCounts{
		RowsRegistrations: len(d.Registrations),
		FindingsNew:       d.Run.Counts.FindingsNew, FindingsGone: d.Run.Counts.FindingsGone,
	}
	for i := range d.Sources {
		switch d.Sources[i].Status {
		case reconcile.SourceRead:
			c.SourcesRead++
		case reconcile.SourceUnchanged:
			c.SourcesUnchanged++
		case reconcile.SourceFailed:
			c.SourcesFailed++
		}
	}
	for i := range d.Discrepancies {
		switch d.Discrepancies[i].Status {
		case reconcile.StatusOpen:
			c.FindingsOpen++
		case reconcile.StatusWaived:
			c.FindingsWaived++
		}
	}
	return c
}

func (v *view) silentBlock() Block {
	silent := v.silent()
	names := make([]string, 0, len(silent))
	for i := range silent {
		names = append(names, silent[i].Name)
	}
	title := fmt.Sprintf("CƠ QUAN, ĐƠN VỊ CHƯA GỬI DANH SÁCH: %s/%s", Number(len(silent)), Number(len(v.agencies)))
	list := text(joinWords("; ", names...)+".", Plain)
	if len(silent) == 0 {
		list = text("Mọi cơ quan, đơn vị đều đã gửi danh sách.", Good)
	}
	list.Span = overviewWidth
	return Block{Rows: [][]Cell{gap(overviewWidth), {linked(spanned(title, Bold, overviewWidth), &Link{Sheet: MatrixTab, Cell: "A1"})}, {list}}}
}

// wholeProvince marks, in a bloc's workbook, what is told of all blocs.
func (v *view) wholeProvince() string {
	if v.bloc == "" {
		return ""
	}
	return " (TOÀN TỈNH)"
}

// ofWhole and ofBloc say in a bloc's report whose a figure is: estimates and
// what was spent are the whole plan's, people and what they cost are the bloc's.
func (v *view) ofWhole(name string) string {
	if v.bloc == "" {
		return name
	}
	return name + " (toàn tỉnh)"
}

func (v *view) ofBloc(name string) string {
	if v.bloc == "" {
		return name
	}
	return name + " (khối)"
}
