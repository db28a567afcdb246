package provincetest

import (
	"bytes"
	"slices"
)

// plantSources silences agencies, delays lists and adds files that are none.
func (g *generator) plantSources() {
	lists := g.sorted()
	g.rng.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
	small := lists[:0:0]
	for _, l := range lists {
		if n := len(l.rows); n > 2 && n < 60 {
			small = append(small, l)
		}
	}
	for i, l := range small[:12] {
		code := l.agency.Code
		switch {
		case i < 3:
			g.silent[code] = true
			g.plant("NG01", "an agency with places that sends nothing", Place{Agency: code})
			for _, r := range l.rows {
				r.counts, r.touched = false, true
			}
		case i < 6:
			l.late = true
			g.plant("NG03", "a list after the deadline", Place{File: l.file})
		case i < 9:
			content := [][]byte{[]byte("Kính gửi Sở Nội vụ: danh sách gửi sau."), append([]byte("PK\x03\x04"), bytes.Repeat([]byte{0}, 300)...), []byte("{\\rtf1 Danh s\\'e1ch}")}[i-6]
			file := "inbox/" + code + "/Bo sung" + []string{".xlsx", " (hong).xlsx", ".xls"}[i-6]
			g.files = append(g.files, File{file, content, Sent})
			g.plant("NG02", "a file that is no workbook", Place{File: file})
		case l.layout.shape != textFile:
			l.again = "inbox/" + code + "/Gui lai" + l.file[len(l.file)-len(".xlsx"):]
			g.plant("NG06", "a list that came again under another name", Place{File: l.file})
			for _, r := range l.rows {
				r.touched = true
			}
		}
	}
}

// plantSheets spoils lists as a whole.
func (g *generator) plantSheets() {
	var sent []*list
	for _, l := range g.sorted() {
		if !g.silent[l.agency.Code] && l.again == "" && l.layout.shape != textFile && len(l.rows) > 5 {
			sent = append(sent, l)
		}
	}
	g.rng.Shuffle(len(sent), func(i, j int) { sent[i], sent[j] = sent[j], sent[i] })
	for i, l := range sent[:min(len(sent), 20)] {
		switch i % 10 {
		case 0, 1:
			g.legacyList(l)
		case 2, 3:
			l.wrongTotal = true
		case 4:
			l.unknownColumn = true
		case 5:
			l.unknownRow = true
		case 6:
			l.numericIDs = l.layout.withIDs
		case 7, 8:
			g.hide(l)
		}
	}
}

// legacyList writes a small list in the encoding of the nineties; it is left
// alone otherwise.
func (g *generator) legacyList(l *list) {
	if len(l.rows) > 80 {
		l.wrongTotal = true
		return
	}
	l.legacy = true
	pages := map[string]bool{}
	for _, r := range l.rows {
		r.touched = true
		page := "Danh sách"
		if l.layout.shape == sheets {
			page = r.program
		}
		if !pages[page] {
			pages[page] = true
			g.plant("DL08", "a sheet in TCVN3", Place{File: l.file, Sheet: page})
		}
	}
}

// hide hides one row, which still counts.
func (g *generator) hide(l *list) {
	r := l.rows[g.rng.IntN(len(l.rows))]
	r.hidden, r.touched = true, true
	r.plants = append(r.plants, planted{"DL12", "a hidden row"})
}

// plantLosses lets lists come anew without most of their people, and one
// without any.
func (g *generator) plantLosses() {
	lists := g.sorted()
	g.rng.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
	kinds := []int{2, 2, 0} // who is left
	for _, l := range lists {
		n := len(l.rows)
		if len(kinds) == 0 || g.silent[l.agency.Code] || l.again != "" || l.late || l.layout.shape == textFile || n < 15 || n > 90 {
			continue
		}
		l.loses, l.left = true, kinds[0]
		kinds = kinds[1:]
		g.plant("NG05", "a list that lost its people", Place{File: l.file, Agency: l.agency.Code})
	}
}

// writeLoss writes the first page again, down to the last person who is left.
func (g *generator) writeLoss(l *list, p *page) error {
	var at []int
	for _, r := range l.rows {
		if r.sheet == p.name {
			at = append(at, r.at)
		}
	}
	slices.Sort(at)
	cut := *p
	cut.rows = p.rows[:at[0]-1]
	if l.left > 0 {
		cut.rows = p.rows[:at[min(l.left, len(at))-1]]
	}
	content, err := xlsx([]*page{&cut})
	g.later = append(g.later, File{l.file, content, Sent.AddDate(0, 0, 1)})
	return err
}
