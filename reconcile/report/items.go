package report

import "doisoat/reconcile"

// ItemsTable is the ID of the table in the tab Nội dung chi.
const ItemsTable = "items"

// itemsTab lists the cost items of the detailed estimates; nil when none is
// loaded.
func (v *view) itemsTab() *Tab {
	table := v.itemsTable()
	if len(table.Rows) == 1 {
		return nil
	}
	head := v.head("KINH PHÍ THEO NỘI DUNG CHI", len(table.Columns), "Đơn vị tính: đồng.")
	return &Tab{
		Name:      ItemsTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{44, 34, 11, 15, 11, 17, 9, 17, 17, 12, 26},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}
}

func (v *view) itemsTable() Block {
	table := newTable(ItemsTable, []Column{
		{Title: "Nội dung chi"},
		{Title: "Chương trình, lớp"},
		{Title: "Số lượng", Style: Figure},
		{Title: "Mức chi", Style: Money},
		{Title: "Số học viên", Style: Figure},
		{Title: "Thành tiền", Style: Money},
		{Title: "Số lớp", Style: Figure},
		{Title: "Đã chi", Style: Money},
		{Title: "Còn lại", Style: Money},
		{Title: "Hệ số khác", Style: Centered},
		{Title: "Nguồn số liệu"},
	})
	for i := range v.Estimates {
		if e := &v.Estimates[i]; e.Kind == reconcile.ItemLine {
			table.Rows = append(table.Rows, v.itemRow(e))
		}
	}
	return table
}

func (v *view) itemRow(e *reconcile.EstimateLine) []Cell {
	names := make([]string, 0, len(e.Programs))
	for _, code := range e.Programs {
		names = append(names, v.programName(code))
	}
	count := func(n int) Cell {
		if n == 0 {
			return Cell{}
		}
		return figure(n)
	}
	amount := func(a reconcile.VND, known bool) Cell {
		if !known {
			return Cell{}
		}
		return money(a)
	}
	quantity := Cell{}
	if e.HasQuantity {
		quantity = text(thousandths(e.QuantityMil), Figure)
	}
	factors := make([]string, 0, len(e.FactorsMil))
	for _, f := range e.FactorsMil {
		factors = append(factors, thousandths(f))
	}
	return []Cell{
		text(e.Text, Plain), text(joinWords("; ", names...), Plain), quantity, amount(e.Rate, e.HasRate), count(e.Learners),
		amount(e.Amount, e.HasAmount), count(e.Classes), amount(e.Spent, e.HasSpent), itemLeft(e),
		text(joinWords(" × ", factors...), Centered), v.originCell(e.Origin),
	}
}

// itemLeft is what is left of a cost item after what was spent on it.
func itemLeft(e *reconcile.EstimateLine) Cell {
	if !e.HasAmount || !e.HasSpent {
		return Cell{}
	}
	c := money(e.Amount.Plus(-e.Spent))
	if e.Spent > e.Amount {
		c.Style = FigureOver
	}
	return c
}
