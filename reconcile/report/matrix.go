package report

// MatrixTable is the ID of the table in the tab Theo đơn vị.
const MatrixTable = "matrix"

// matrixTab shows who registered how many for what: agencies down, programs
// across.
func (v *view) matrixTab(rows *rosterRows) Tab {
	columns := []Column{
		{Title: "Mã", Style: Centered},
		{Title: "Cơ quan, đơn vị"},
		{Title: "Đăng ký", Style: Vertical},
		{Title: "Hợp lệ", Style: Vertical},
		{Title: "Phân bổ", Style: Vertical},
	}
	const frozen = 2
	widths := []float64{7, 50, 9, 9, 9}
	for i := range v.figures.Programs {
		title := v.figures.Programs[i].Code
		if title == "" {
			title = "Chưa xác định"
		}
		columns = append(columns, Column{Title: title, Style: Vertical})
		widths = append(widths, 6)
	}
	table := newTable(MatrixTable, columns)
	silent := make(map[string]bool)
	for _, a := range v.silent() {
		silent[a.Code] = true
	}
	for i := range v.figures.Agencies {
		row := v.matrixRow(&v.figures.Agencies[i], rows)
		if silent[v.figures.Agencies[i].Code] {
			row[1] = text(v.agencyName(v.figures.Agencies[i].Code)+" (chưa gửi)", Note)
		}
		table.Rows = append(table.Rows, row)
	}
	table.Rows = append(table.Rows, v.matrixTotal(rows))
	// The head fits into the columns that repeat, so that every page has it whole.
	head := v.head("SỐ ĐĂNG KÝ THEO ĐƠN VỊ VÀ CHƯƠNG TRÌNH", frozen,
		"Mỗi ô là số đăng ký; bấm vào ô để xem các dòng. Nền vàng: có đăng ký chưa hợp lệ. Nền đỏ: số hợp lệ vượt số được phân bổ.")
	return Tab{
		Name:      MatrixTab,
		Blocks:    []Block{head, table},
		Widths:    widths,
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		FreezeCol: frozen,
		PagesWide: pagesFor(len(columns)),
	}
}

// pagesFor is how many sheets of paper a matrix with that many columns needs
// to be readable.
func pagesFor(columns int) int {
	const readable = 32
	return (columns + readable - 1) / readable
}

func (v *view) matrixRow(a *AgencyFigures, rows *rosterRows) []Cell {
	row := []Cell{
		text(a.Code, Centered), text(v.agencyName(a.Code), Plain),
		{Value: a.Registered, Style: Total},
		{Value: a.Valid, Style: Total},
		noFigure(),
	}
	if v.figures.HasAllocations {
		row[4] = Cell{Value: a.Allocated, Style: Total}
	}
	for i := range v.figures.Programs {
		code := v.figures.Programs[i].Code
		n := a.Programs[code]
		c := Cell{Style: Figure}
		if n.Registered > 0 {
			c = linked(figure(n.Registered), rows.link(code, a.Code))
		}
		switch {
		case n.Allocated > 0 && n.Valid > n.Allocated:
			c.Style = FigureOver
		case n.Valid < n.Registered:
			c.Style = FigureWeak
		}
		row = append(row, c)
	}
	return row
}

func (v *view) matrixTotal(rows *rosterRows) []Cell {
	f := v.figures
	row := []Cell{
		spanned("Tổng cộng", Total, 2),
		{Value: f.Total.Registered, Style: Total},
		{Value: f.Total.Valid, Style: Total},
		{Value: noValue, Style: Total},
	}
	if f.HasAllocations {
		row[3].Value = f.Total.Allocated
	}
	for i := range f.Programs {
		row = append(row, Cell{
			Value: f.Programs[i].Registered, Style: Total,
			Link: rows.link(f.Programs[i].Code, "*"),
		})
	}
	return row
}
