package provincetest

import (
	"fmt"
	"strings"
	"time"
)

// line is one line of the list of what the plan's classes cost.
type line struct {
	program           string
	classes, learners int
	amount, spent     int
	row               int
}

const (
	moneyFile  = "allocations/Phu luc 8 - Kinh phi 2024.xlsx"
	detailFile = "allocations/Du toan chi tiet 2024.xlsx"
)

// perLearner is what a learner costs where nothing else is wanted.
const perLearner = 1_500_000

// writeMoney writes the list of programs with their money and the detailed
// estimates of some, and plants what is wrong in them.
func (g *generator) writeMoney() error {
	lines := g.moneyLines()
	p := &page{name: "Kinh phí"}
	p.addText("Phụ lục 8")
	p.addText("DỰ KIẾN KINH PHÍ NGÂN SÁCH TỈNH MỞ CÁC LỚP ĐÀO TẠO, BỒI DƯỠNG NĂM 2024")
	p.addText("")
	p.addText("TT", "Nội dung", "Số lớp", "Số học viên", "Kinh phí", "Đã chi", "Ghi chú")
	for i := range lines {
		l := &lines[i]
		cells := []cell{number(i + 1), text(g.className(l.program)), number(l.classes), number(l.learners), number(l.amount), text("")}
		if l.spent > 0 {
			cells[5] = number(l.spent)
		}
		l.row = p.add(cells...)
	}
	g.judgeMoney(lines)
	content, err := xlsx([]*page{p})
	if err != nil {
		return err
	}
	g.files = append(g.files, File{moneyFile, content, Sent})
	return g.writeDetails(lines)
}

// moneyLines are the lines, with the faults that they are to have.
func (g *generator) moneyLines() []line {
	var lines []line
	total := 0
	for i := range g.plan.Programs {
		p := &g.plan.Programs[i]
		l := line{program: p.Code, classes: classesOf(p.Code), learners: p.Quota.Places}
		if n, ok := sharedPlaces[p.Code]; ok {
			l.learners = n
		}
		if l.learners == 0 {
			continue
		}
		switch p.Code {
		case "QPAN-TG", "XDD-BITHU": // for neither the places nor the people
			l.learners += 7
		case "TCLLCT-DUK": // for the people
			l.learners = g.countOf(p.Code)
		}
		l.amount = l.learners * perLearner
		switch p.Code {
		case "SDH", "DH": // more than estimated
			l.spent = l.amount + 1
		case "XDD-CONGTAC", "QPAN-2": // all of it
			l.spent = l.amount
		}
		total += l.amount
		lines = append(lines, l)
	}
	// Those who ask for its class pay for TCLLCT-TW, and the list charges it.
	for i := range lines {
		if lines[i].program == "CAPXA" {
			lines[i].amount += int(g.plan.Approved) - total - detailExcess
			if g.over {
				lines[i].amount++
			}
		}
	}
	return lines
}

func classesOf(program string) int {
	switch program {
	case "XDD-TOCHUC":
		return 2
	case "QPAN-3", "CAPXA", "QLNN-CDNN", "QLNN-VTVL":
		return 20
	}
	return 1
}

// judgeMoney plants what follows from the lines and the people.
func (g *generator) judgeMoney(lines []line) {
	at := func(l *line) Place { return Place{File: moneyFile, Rows: []int{l.row}} }
	projected, charged := 0, 0
	for i := range lines {
		l := &lines[i]
		p, n := g.plan.Program(l.program), g.countOf(l.program)
		if p.SelfPaid {
			g.plant("KP07", "a class that others pay for", at(l))
		} else if n*100 > l.learners*80 {
			g.plant("KP08", "the people cost most of the line", Place{Program: l.program})
		}
		if p.Quota.Places > 0 && l.learners != p.Quota.Places && l.learners != n {
			g.plant("KP06", "an estimate for neither the places nor the people", Place{Program: l.program})
		}
		if l.spent > l.amount {
			g.plant("KP09", "more spent than estimated", at(l))
		}
		if !p.SelfPaid {
			projected += l.amount / l.learners * n
		}
		charged += l.amount
	}
	if projected*100 > int(g.plan.Approved)*80 {
		g.plant("KP08", "the people cost most of the budget", Place{Program: none})
	}
	if charged+detailExcess > int(g.plan.Approved) {
		g.plant("KP01", "more than the budget in all", Place{})
	}
}

// detailExcess is how much the details of one class pass its line.
const detailExcess = 900_000

// detail is a detailed estimate in the making.
type detail struct {
	page  *page
	n     int // of the item in its part
	sum   int // of the part so far
	all   int // of the parts before
	first int // of the first part
}

// writeDetails writes the estimates of six classes: each but one is of exactly
// its line.
func (g *generator) writeDetails(lines []line) error {
	var pages []*page
	kinds := []string{"KP02", "KP03", "KP04", "KP05", "", "KP03", "KP04", "KP05"}
	for _, l := range lines {
		if len(kinds) == 0 || l.learners < 30 || l.learners > 200 || l.program == "TCLLCT-TW" {
			continue
		}
		pages = append(pages, g.writeDetail(&l, kinds[0]))
		kinds = kinds[1:]
	}
	content, err := xlsx(pages)
	g.files = append(g.files, File{detailFile, content, Sent})
	return err
}

func (g *generator) writeDetail(l *line, fault string) *page {
	d := &detail{page: &page{name: l.program}}
	d.page.addText("TRƯỜNG CHÍNH TRỊ TỈNH")
	d.page.addText("DỰ TOÁN KINH PHÍ LỚP " + strings.ToUpper(g.className(l.program)) + " NĂM 2024")
	d.page.addText("TT", "Nội dung chi", "Đơn vị tính", "Số lượng", "Mức chi", "Thành tiền")
	at := func(row int) Place { return Place{File: detailFile, Sheet: l.program, Rows: []int{row}} }
	d.page.addText("I", "Chi giảng dạy")
	rate := 1_000_000
	if fault == "KP05" {
		rate = 1_200_000
	}
	row := d.item("Thù lao giảng viên", "buổi", 10, rate, 10*rate)
	if fault == "KP05" {
		g.plant("KP05", "a rate above the norm", at(row))
	}
	row = d.item("Nước uống", "người", l.learners, 20_000, l.learners*20_000)
	if fault == "KP03" {
		d.page.rows[row-1][5] = number(l.learners*20_000 + 100_000)
		d.sum += 100_000
		g.plant("KP03", "a product that is none", at(row))
	}
	row = d.subtotal("Cộng I")
	if fault == "KP04" {
		d.page.rows[row-1][5] = number(d.all + 500_000)
		d.all += 500_000
		g.plant("KP04", "a subtotal that is not the sum", at(row))
	}
	d.page.addText("II", "Chi khác")
	d.item("Tài liệu học tập", "bộ", l.learners, 60_000, l.learners*60_000)
	rest := l.amount - d.all - d.sum
	d.item("Chi phí phục vụ lớp học khác", "lớp", 1, rest, rest)
	d.subtotal("Cộng II")
	total := d.all
	if fault == "KP02" {
		// The line is passed by a cost that stands in the second part.
		at := len(d.page.rows) - 1
		d.page.rows[at-1][4], d.page.rows[at-1][5] = number(rest+detailExcess), number(rest+detailExcess)
		d.page.rows[at][5] = number(d.all - d.first + detailExcess)
		total += detailExcess
		g.plant("KP02", "a detailed estimate beyond its line", Place{Program: l.program})
	}
	d.page.add(text(""), text("TỔNG CỘNG"), text(""), text(""), text(""), number(total))
	return d.page
}

func (d *detail) item(name, unit string, quantity, rate, amount int) int {
	d.sum += amount
	d.n++
	return d.page.add(number(d.n), text(name), text(unit), number(quantity), number(rate), number(amount))
}

func (d *detail) subtotal(name string) int {
	sum := d.sum
	d.all += sum
	d.sum, d.n = 0, 0
	if d.first == 0 {
		d.first = sum
	}
	return d.page.add(text(""), text(name), text(""), text(""), text(""), number(sum))
}

// writeInputs writes what the office gives in a file of its own.
func (g *generator) writeInputs() error {
	var b strings.Builder
	fmt.Fprintf(&b, "plan: %s\nnorms:\n", g.plan.ID)
	for _, n := range []struct {
		item, unit string
		rate       int
	}{{"Thù lao giảng viên", "buổi", 1_000_000}, {"Nước uống", "người", 20_000}, {"Tài liệu học tập", "bộ", 60_000}} {
		fmt.Fprintf(&b, "  - {code: %q, item: %s, unit: %s, rate: %d, from: 2019-05-01, source: Nghị quyết số 04/2019/NQ-HĐND (số liệu minh họa), verified: true}\n",
			n.item[:2], n.item, n.unit, n.rate)
	}
	b.WriteString("classes:\n  - {program: QLNN-CV, weeks: 6}\n  - {program: QLNN-CVC, weeks: 6}\n  - {program: QLNN-VTVL, weeks: 1}\n")
	g.plant("DK11", "a course longer than the decree allows", Place{Agency: none, Program: "QLNN-CV"})
	g.files = append(g.files, File{"inputs.yaml", []byte(b.String()), time.Time{}})
	return nil
}
