package provincetest

import (
	"fmt"
	"strings"
	"time"
)

const resultsFile = "allocations/Ket qua cac lop 2024.xlsx"

// withResults are the programs whose classes are over.
var withResults = []string{"CCLLCT-KTT", "SDH", "XDD-TOCHUC", "QLNN-CV"}

// writeResults writes the lists of results of some classes, and one of an
// earlier year.
func (g *generator) writeResults() error {
	var pages []*page
	for _, program := range withResults {
		pages = append(pages, g.resultsOf(program)...)
	}
	content, err := xlsx(pages)
	if err != nil {
		return err
	}
	g.files = append(g.files, File{resultsFile, content, Sent})
	return g.writeEarlier()
}

// resultsOf writes the lists of the program's classes: everybody who counts,
// but for those who never came, and some whom nobody registered.
func (g *generator) resultsOf(program string) []*page {
	classes := classesOf(program)
	pages := make([]*page, classes)
	for i := range pages {
		class := ""
		if classes > 1 {
			class = fmt.Sprintf(" (LỚP SỐ %d)", i+1)
		}
		pages[i] = &page{name: fmt.Sprintf("%s %d", program, i+1)}
		pages[i].addText("DANH SÁCH KẾT QUẢ HỌC TẬP LỚP " + strings.ToUpper(g.className(program)) + class + " NĂM 2024")
		pages[i].addText("TT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Kết quả", "Chi phí đào tạo", "Ghi chú")
	}
	n, learners := 0, 0
	missing, dropped := 2, 2
	write := func(h *human, unit, outcome string, cost int) (string, int) {
		p := pages[n%classes]
		n++
		cells := []cell{number(n), text(h.name), text(vietnamese(h.born)), text(unit), text(outcome), text(""), text("")}
		if cost > 0 {
			cells[5] = number(cost)
		}
		learners++
		return p.name, p.add(cells...)
	}
	for _, l := range g.sorted() {
		for _, r := range l.rows {
			if r.program != program || !r.counts || g.silent[l.agency.Code] {
				continue
			}
			switch {
			case missing > 0 && !r.touched:
				missing--
				g.plant("KQ02", "registered, and in no list of results", Place{File: l.file, Sheet: r.sheet, Rows: []int{r.at}})
			case dropped > 0 && !r.touched:
				dropped--
				sheet, at := write(r.human, l.agency.Name, "Bỏ học", 20_000_000)
				g.plant("KQ03", "left the class", Place{File: resultsFile, Sheet: sheet, Rows: []int{at}})
			default:
				write(r.human, l.agency.Name, "Hoàn thành", 0)
			}
		}
	}
	for range 2 {
		h := g.newHuman(program, nil)
		sheet, at := write(h, "Sở Tài chính", "Hoàn thành", 0)
		g.plant("KQ01", "completed, and never registered", Place{File: resultsFile, Sheet: sheet, Rows: []int{at}})
	}
	g.judgeClass(program, learners)
	return pages
}

// judgeClass plants what follows from the size of the classes.
func (g *generator) judgeClass(program string, learners int) {
	quota := g.plan.Program(program).Quota
	if quota.Places > 0 && learners > most(quota) {
		g.plant("KQ04", "more learners than places", Place{Program: program})
	}
	estimated := quota.Places
	if n, ok := sharedPlaces[program]; ok {
		estimated = n
	}
	if learners != estimated {
		g.plant("KQ04", "other learners than the estimate has", Place{Program: program})
	}
}

// writeEarlier writes who completed the defence course of 2021: some of them
// are down for it again.
func (g *generator) writeEarlier() error {
	p := &page{name: "QPAN ĐT3"}
	p.addText("DANH SÁCH KẾT QUẢ LỚP BỒI DƯỠNG KIẾN THỨC QUỐC PHÒNG, AN NINH ĐỐI TƯỢNG 3 NĂM 2021")
	p.addText("TT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Kết quả")
	n := 0
	add := func(name string, born time.Time, unit, outcome string) {
		n++
		p.add(number(n), text(name), text(vietnamese(born)), text(unit), text(outcome))
	}
	again, namesakes, failed := g.few(10), g.few(10), g.few(4)
	for _, s := range g.untouched(of("QPAN-3")) {
		h := s.r.human
		switch {
		case again > 0:
			again--
			add(h.name, h.born, s.l.agency.Name, "Hoàn thành")
			g.plant("TL04", "completed the same course in 2021", Place{File: s.l.file, Sheet: s.r.sheet, Rows: []int{s.r.at}})
		case namesakes > 0:
			namesakes--
			add(h.name, h.born.AddDate(-3, 4, 9), s.l.agency.Name, "Hoàn thành")
		case failed > 0:
			failed--
			add(h.name, h.born, s.l.agency.Name, "Không hoàn thành")
			g.plant("KQ03", "failed the class of 2021", Place{File: "allocations/Ket qua 2021.xlsx", Rows: []int{len(p.rows)}})
		}
	}
	for range g.few(60) {
		h := g.newHuman("QPAN-3", nil)
		add(h.name, h.born, "Sở Y tế", "Hoàn thành")
	}
	content, err := xlsx([]*page{p})
	g.files = append(g.files, File{"allocations/Ket qua 2021.xlsx", content, Sent})
	return err
}
