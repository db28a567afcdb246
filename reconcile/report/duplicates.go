package report

import (
	"fmt"
	"math"
	"strings"

	"doisoat/reconcile"
)

// DuplicatesTable is the ID of the table in the tab Trùng lặp.
const DuplicatesTable = "duplicates"

// duplicatesTab sets the registrations of one person, or perhaps of one, below
// each other with the reasons. The office may see birth dates; in a bloc's
// workbook those of other blocs' rows are left out.
func (v *view) duplicatesTab() Tab {
	table := newTable(DuplicatesTable, []Column{
		{Title: "Nhóm", Style: Centered},
		{Title: "Mức chắc chắn", Style: Centered},
		{Title: "Họ và tên"},
		{Title: "Ngày sinh", Style: Day},
		{Title: "Chức vụ"},
		{Title: "Cơ quan, đơn vị"},
		{Title: "Chương trình, lớp"},
		{Title: "Vị trí"},
		{Title: "Căn cứ nhận định"},
	})
	n, others := 0, 0
	for i := range v.Persons {
		p := &v.Persons[i]
		if len(p.Members) < 2 {
			continue
		}
		if !v.repeated(p) {
			others++
			continue
		}
		n++
		table.Rows = append(table.Rows, v.groupOf(n, p.Members, "chắc chắn", whyWords(p.Pairs))...)
	}
	sure := n
	for i := range v.Unsure {
		p := &v.Unsure[i]
		n++
		level := fmt.Sprintf("cần xem xét, %d%%", int(math.Round(p.Probability*100)))
		if p.Apart {
			level = "không phải một người, theo trả lời"
		}
		table.Rows = append(table.Rows, v.groupOf(n, []*reconcile.Registration{p.A, p.B}, level, p.Why)...)
	}
	head := v.head("NGƯỜI ĐĂNG KÝ TRÙNG HOẶC CÓ THỂ TRÙNG", len(table.Columns),
		fmt.Sprintf("%s nhóm chắc chắn cùng một người, %s cặp cần xem xét. Ngoài ra %s người có nhiều đăng ký khác chương trình của cùng một cơ quan và không có sai lệch.",
			Number(sure), Number(n-sure), Number(others)))
	return Tab{
		Name:      DuplicatesTab,
		Blocks:    []Block{head, table},
		Widths:    []float64{7, 14, 24, 11, 24, 30, 32, 28, 32},
		Landscape: true,
		FreezeRow: len(head.Rows) + 1,
		Filter:    true,
	}
}

// repeated reports whether a person's registrations need a look: several
// agencies, one program twice, or an open finding about one of them.
func (v *view) repeated(p *reconcile.Person) bool {
	programs := make(map[string]bool)
	for _, r := range p.Members {
		if programs[r.Program] || r.Agency != p.Members[0].Agency {
			return true
		}
		programs[r.Program] = true
		for _, code := range v.faults[r.Key] {
			if strings.HasPrefix(code, "TL") {
				return true
			}
		}
	}
	return false
}

func whyWords(pairs []reconcile.Pair) string {
	var words []string
	said := make(map[string]bool)
	for _, p := range pairs {
		if !said[p.Why] {
			words = append(words, p.Why)
			said[p.Why] = true
		}
	}
	return joinWords("\n", words...)
}

// groupOf is a row for each registration of a group; the reasons stand once.
func (v *view) groupOf(n int, members []*reconcile.Registration, level, why string) [][]Cell {
	rows := make([][]Cell, 0, len(members))
	for i, r := range members {
		born, place := Cell{Value: r.BirthDate, Style: Day}, v.originCell(r.Origin)
		if r.BirthDate.IsZero() {
			born = Cell{Style: Day}
		}
		if !v.mine(r.Agency) {
			born, place = text("thuộc khối khác", Note), Cell{}
		}
		reasons := text("như trên", Note)
		if i == 0 {
			reasons = text(why, Plain)
		}
		row := []Cell{
			{Value: n, Style: Centered},
			text(level, Centered), text(r.FullName, Plain), born, text(r.Position, Plain),
			text(v.agencyName(r.Agency), Plain), text(v.programName(r.Program), Plain), place, reasons,
		}
		for j := range row {
			row[j].Band = n%2 == 0
		}
		rows = append(rows, row)
	}
	return rows
}
