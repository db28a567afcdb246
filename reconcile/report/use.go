package report

import "fmt"

// UseTable is the ID of the table in the tab Số liệu biểu đồ.
const UseTable = "use"

// useTab holds the numbers that the overview's chart draws.
func (v *view) useTab() Tab {
	table := v.useTable()
	head := v.head("MỨC SỬ DỤNG CHỈ TIÊU THEO CHƯƠNG TRÌNH", len(table.Columns),
		"Số liệu của biểu đồ ở trang Tổng quan. Trong ngoặc: số đăng ký hợp lệ trên chỉ tiêu.")
	return Tab{
		Name:      UseTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{20, 70, 16, 16},
		FreezeRow: len(head.Rows) + 1,
	}
}

// useTable is what the chart of quota use draws: shares, since numbers of 3 and
// of 4,100 places cannot be read on one axis.
func (v *view) useTable() Block {
	table := newTable(UseTable, []Column{
		{Title: "Mã"},
		{Title: "Chương trình, lớp"},
		{Title: "Hợp lệ so với chỉ tiêu", Style: Share},
		{Title: "Đăng ký so với chỉ tiêu", Style: Share},
	})
	add := func(f *ProgramFigures, name string) {
		if !f.HasLimit || f.Limit == 0 {
			return
		}
		table.Rows = append(table.Rows, []Cell{
			text(f.Code, Plain), text(fmt.Sprintf("%s (%s/%s)", name, Number(f.Valid), Number(f.Limit)), Plain),
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
