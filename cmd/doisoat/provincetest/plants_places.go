package provincetest

import (
	"slices"

	"doisoat/reconcile"
)

// plantPlaces puts people beyond places and takes some away, and lets the
// allocation slip; countPlaces tells afterwards what that makes.
func (g *generator) plantPlaces() {
	for _, s := range g.take(6, of("QPAN-3", "CAPXA", "TCLLCT-UBND-KTT", "QLNN-VTVL")) { // three beyond an agency's share
		for range 3 {
			g.register1(s.l.agency, s.r.program).touched = true
		}
	}
	for _, s := range g.take(8, of("QPAN-3", "QD263", "QLNN-TA3", "QLNN-CDNN")) { // a place left
		s.l.rows = slices.DeleteFunc(s.l.rows, func(r *row) bool { return r == s.r })
	}
	g.beyond("XDD-TOCHUC", 13)    // one more than "khoảng 120" allows
	g.beyond("TCLLCT-TW", 4)      // as many as "khoảng 40" allows
	g.beyond("TCLLCT-DUK", 1)     // "dự kiến 120"
	g.beyond("CCLLCT-HC", 1)      // given by the centre
	g.beyond("TCLLCT-UBND-TT", 7) // within "khoảng 100"
	g.beyond("DH", 1)             // open
	g.beyond("QPAN-2", 1)         // open
	g.misallot("QPAN-TG", 2)
	g.misallot("SDH", -1)
}

// misallot changes an agency's places, and so the program's sum.
func (g *generator) misallot(program string, n int) {
	l := g.untouched(of(program))[0].l
	g.allocated[share{l.agency.Code, program}] += n
}

// beyond registers n more people for the program, in lists that have some.
func (g *generator) beyond(program string, n int) {
	spots := g.untouched(of(program))
	for i := range n {
		if len(spots) > 0 {
			g.register1(spots[i%len(spots)].l.agency, program).touched = true
		}
	}
}

// countPlaces counts what the lists that came hold, and plants what follows
// from the plan's own numbers.
func (g *generator) countPlaces() {
	g.filled = make(map[share]int)
	for _, l := range g.sorted() {
		for _, r := range l.rows {
			if r.counts && !g.silent[l.agency.Code] {
				g.filled[share{l.agency.Code, r.program}] += max(1, r.people)
			}
		}
	}
	for i := range g.plan.Programs {
		p := &g.plan.Programs[i]
		sum := 0
		for j := range g.register.Agencies {
			sum += g.agencyPlaces(&g.register.Agencies[j], p)
		}
		if p.Quota.Places > 0 && sum > 0 && sum != p.Quota.Places {
			g.plant("CT05", "a column that is not the plan's number", Place{Agency: none, Program: p.Code})
		}
		g.planPlaces(p)
	}
	for i := range g.plan.Groups {
		q := &g.plan.Groups[i]
		n := 0
		for _, code := range q.Programs {
			n += g.countOf(code)
		}
		g.against("CT01", q.Quota, n, Place{Agency: none, Program: none})
		if n < q.Quota.Places {
			g.plant("CT04", "places of the plan that are left", Place{Agency: none, Program: none})
		}
	}
}

// agencyPlaces compares an agency's list with its share, which it returns.
func (g *generator) agencyPlaces(a *reconcile.Agency, p *reconcile.Program) int {
	at := share{a.Code, p.Code}
	places, n := g.allocated[at], g.filled[at]
	quota := p.Quota
	quota.Places = places
	if quota.Kind == reconcile.NoQuota {
		quota.Kind = reconcile.Open
	}
	switch {
	case n > most(quota):
		g.plant("CT03", "more people than the agency has places", Place{Agency: a.Code, Program: p.Code})
	case n < places && !g.silent[a.Code]:
		g.plant("CT04", "places of an agency that are left", Place{Agency: a.Code, Program: p.Code})
	}
	return places
}

// planPlaces compares a program with the plan's number.
func (g *generator) planPlaces(p *reconcile.Program) {
	n, inGroup := g.countOf(p.Code), ""
	for i := range g.plan.Groups {
		if slices.Contains(g.plan.Groups[i].Programs, p.Code) {
			inGroup = g.plan.Groups[i].Code
		}
	}
	switch {
	case p.Quota.Places == 0:
	case inGroup != "":
		g.against("CT02", p.Quota, n, Place{Agency: none, Program: p.Code})
	default:
		g.against("CT01", p.Quota, n, Place{Agency: none, Program: p.Code})
		if n < p.Quota.Places {
			g.plant("CT04", "places of the plan that are left", Place{Agency: none, Program: p.Code})
		}
	}
}

// against plants that n people are more than the quota bears: under the rule,
// or as what an open number asks to approve.
func (g *generator) against(rule string, q reconcile.Quota, n int, at Place) {
	switch {
	case n <= most(q):
	case q.Kind == reconcile.Open:
		g.plant("CT06", "more people than an open number", at)
	default:
		g.plant(rule, "more people than the plan's number", at)
	}
}

// most is the largest number of people that the plan's words bear.
func most(q reconcile.Quota) int {
	if q.Kind == reconcile.Estimate && !q.Strict {
		return q.Places + q.Places*q.Tolerance/100
	}
	return q.Places
}

// countOf are the registrations of the program that count.
func (g *generator) countOf(program string) int {
	n := 0
	for at, count := range g.filled {
		if at.program == program {
			n += count
		}
	}
	return n
}

// writeAllocation writes the table of places, with its total.
func (g *generator) writeAllocation() error {
	p := &page{name: "PL phân bổ"}
	p.addText("BAN TỔ CHỨC TỈNH ỦY")
	p.addText("PHÂN BỔ CHỈ TIÊU ĐÀO TẠO, BỒI DƯỠNG CÁN BỘ NĂM 2024")
	p.addText("")
	header := []cell{text("TT"), text("Cơ quan, đơn vị, địa phương")}
	var programs []string
	for i := range g.plan.Programs {
		code := g.plan.Programs[i].Code
		for at := range g.allocated {
			if at.program == code {
				programs = append(programs, code)
				header = append(header, text(g.className(code)))
				break
			}
		}
	}
	p.add(header...)
	sums := make([]int, len(programs))
	for i := range g.register.Agencies {
		a := &g.register.Agencies[i]
		if !a.ValidAt(g.plan.From) {
			continue
		}
		cells := []cell{number(i + 1), text(a.Name)}
		for j, code := range programs {
			n := g.allocated[share{a.Code, code}]
			sums[j] += n
			if n == 0 {
				cells = append(cells, text(""))
				continue
			}
			cells = append(cells, number(n))
		}
		p.add(cells...)
	}
	total := []cell{text(""), text("Tổng cộng")}
	wrong := slices.Index(programs, "QPAN-2")
	for j := range programs {
		if j == wrong {
			sums[j]++
		}
		total = append(total, number(sums[j]))
	}
	at := p.add(total...)
	const file = "allocations/Phan bo chi tieu 2024.xlsx"
	g.plant("CT05", "a total that is not the sum of its column", Place{File: file, Rows: []int{at}, Program: "QPAN-2"})
	content, err := xlsx([]*page{p})
	g.files = append(g.files, File{file, content, Sent})
	return err
}
