package provincetest

import (
	"slices"
	"strings"
	"time"
)

// plantings are what is planted in the lists, in this order: first what takes
// whole lists, then people who are in several rows, then single rows. What is
// planted by counting, in allocation, estimates and results, stands with what
// writes them.
func plantings() []func(*generator) {
	return []func(*generator){
		(*generator).plantSources,
		(*generator).plantSheets,
		(*generator).plantSamePeople,
		(*generator).plantNearPeople,
		(*generator).plantData,
		(*generator).plantDates,
		(*generator).plantTheory,
		(*generator).plantAudience,
		(*generator).plantPlaces,
		(*generator).plantNamesakes,
		(*generator).plantLosses,
	}
}

// spoil plants n times, each time in another row that fits: change says how the
// row is written. A fault that makes the row invalid gets somebody to take its
// place, so that the list is one row longer than its places and still not over
// them.
func (g *generator) spoil(rule, what string, n int, invalid bool, fits func(*list, *row) bool, change func(*row)) {
	for _, s := range g.take(n, fits) {
		change(s.r)
		s.r.plants = append(s.r.plants, planted{rule, what})
		if invalid {
			s.r.counts = false
			g.register1(s.l.agency, s.r.program).touched = true
		}
	}
}

// spare changes n rows so that they nearly are faults, and are none.
func (g *generator) spare(n int, fits func(*list, *row) bool, change func(*row)) {
	for _, s := range g.take(n, fits) {
		change(s.r)
	}
}

// take takes up to n untouched rows, of different lists as far as they go.
func (g *generator) take(n int, fits func(*list, *row) bool) []spot {
	var all, more []spot
	seen := make(map[*list]bool)
	for _, s := range g.untouched(fits) {
		if seen[s.l] {
			more = append(more, s)
			continue
		}
		seen[s.l] = true
		all = append(all, s)
	}
	all = append(all, more...)
	all = all[:min(g.few(n), len(all))]
	for _, s := range all {
		s.r.touched = true
	}
	return all
}

func writes(column, value string) func(*row) {
	return func(r *row) { r.texts[column] = value }
}

// short are the programs of short courses, for which little has to be known.
var short = []string{"QPAN-3", "QLNN-CDNN", "QLNN-TA3", "QLNN-ATTT", "QLNN-VTVL", "QLNN-LDP"}

func both(a, b func(*list, *row) bool) func(*list, *row) bool {
	return func(l *list, r *row) bool { return a(l, r) && b(l, r) }
}

func withID(l *list, _ *row) bool { return l.layout.withIDs && !l.numericIDs }

func withoutID(l *list, _ *row) bool { return !l.layout.withIDs }

func xlsxOnly(l *list, _ *row) bool { return l.layout.shape != textFile }

func withClass(l *list, _ *row) bool { return l.layout.shape == mixed || l.layout.shape == textFile }

// plantData spoils single cells.
func (g *generator) plantData() {
	g.spoil("DL01", "a word that is no name", 4, true, of(short...), writes("name", "Đang rà soát"))
	g.spoil("DL01", "a family name alone", 4, false, of(short...), writes("name", "Nguyễn"))
	g.spoil("DL02", "a birth date that no calendar has", 8, true, of(short...), writes("born", "30/02/1980"))
	g.spoil("DL02", "no birth date", 8, true, of(short...), writes("born", ""))
	g.spoil("DL02", "a year alone, where the class needs the date", 4, false, of("SDH"), func(r *row) { r.texts["born"] = r.human.born.Format("2006") })
	g.spoil("DL03", "a digit of the citizen ID lost at its end", 8, true, both(of(short...), withID), func(r *row) { r.texts["id"] = r.human.id[:11] })
	g.spoil("DL03", "a citizen ID of the other sex", 8, true, both(of(short...), withID), func(r *row) {
		other := "0"
		if r.human.id[3] == '0' {
			other = "1"
		}
		r.texts["id"] = r.human.id[:3] + other + r.human.id[4:]
	})
	g.spoil("DL03", "an ID of nine digits", 4, true, both(of(short...), withID), writes("id", "212345678"))
	g.spoil("DL04", "no position", 8, true, of(short...), writes("position", ""))
	g.spoil("DL05", "a class that nobody knows", 8, true, both(of(short...), withClass), writes("class", "Lớp theo công văn số 12"))
	g.spoil("DL06", "a class that has two forms, and neither is named", 4, true, both(of("TCLLCT-UBND-TT", "CCLLCT-TT"), withClass), func(r *row) {
		r.texts["class"] = strings.TrimSuffix(g.className(r.program), ", hệ tập trung")
	})
	g.spoil("CT07", "a class outside of the plan", 4, true, both(of(short...), withClass), writes("class", "Sơ cấp lý luận chính trị"))
	g.spoil("DL11", "two people in one row", 6, false, both(of("QLNN-CDNN", "QLNN-ATTT", "QLNN-VTVL"), xlsxOnly), g.twoInOne)
	g.spoil("DL13", "a formula that looks a note up in a file that is not there", 3, false, both(of(short...), xlsxOnly), writes("note", `=VLOOKUP(A9,[1]DanhBa!$A$1:$B$90,2,FALSE)`))
	g.spoil("NG04", "somebody of another body", 6, false, of("QLNN-VTVL", "QLNN-ATTT", "QLNN-TA3"), writes("unit", "Kho bạc Nhà nước Quảng Ngãi"))
	g.spare(6, both(of(short...), withID), func(r *row) { r.texts["id"] = r.human.id[:3] + " " + r.human.id[3:6] + " " + r.human.id[6:] })
	g.spare(6, of("QLNN-TA3"), writes("note", "đã có chứng chỉ bậc 2"))
	g.spare(20, of("QPAN-3"), func(r *row) { r.texts["born"] = r.human.born.Format("2006") })
	g.spare(4, of("QLNN-HRE", "QLNN-COR"), func(r *row) {
		r.texts["name"], r.texts["ethnicity"] = g.one("A Viết", "Phạm Thị H'Lan", "Y Ngọc", "Hồ Thị Rối"), "Hrê"
	})
	g.spare(8, of(short...), func(r *row) { r.texts["name"] = g.one("Ông ", "Bà ", "Đ/c ", "ThS. ") + r.human.name })
	for _, s := range g.take(8, of("QLNN-VTVL", "QLNN-ATTT")) {
		s.r.texts["unit"] = s.l.agency.Name
	}
	g.stray()
}

// stray puts people into the sheet of another class, whose column says their own.
func (g *generator) stray() {
	fits := func(l *list, r *row) bool {
		return l.layout.shape == sheets && l.layout.words == 1 && slices.Contains(short, r.program)
	}
	for _, s := range g.take(4, fits) {
		others := g.untouched(func(l *list, r *row) bool { return l == s.l && r.program == "QPAN-3" && s.r.program != r.program })
		if len(others) > 3 {
			s.r.page = "QPAN-3"
			s.r.plants = append(s.r.plants, planted{"DL12", "a row in the sheet of another class"})
		}
	}
}

// twoInOne puts a second person into the row.
func (g *generator) twoInOne(r *row) {
	other := g.newHuman(r.program, nil)
	other.woman = r.human.woman
	other.name = g.newName(other.woman)
	other.id = g.newID(other)
	r.texts["name"] = r.human.name + "\n" + other.name
	r.texts["born"] = vietnamese(r.human.born) + "\n" + vietnamese(other.born)
	r.texts["id"] = r.human.id + "\n" + other.id
	r.people, r.texts["phone"] = 2, ""
	r.texts["note"] = "cùng phòng"
}

// plantDates spoils the dates of the Party, and spares the least age.
func (g *generator) plantDates() {
	full := of("CCLLCT-TT", "TCLLCT-UBND-TT")
	g.spoil("DL07", "in the Party at sixteen", 4, true, full, func(r *row) {
		r.texts["joined"] = vietnamese(r.human.born.AddDate(16, 0, 0))
		r.texts["official"] = vietnamese(r.human.born.AddDate(19, 0, 0))
	})
	g.spoil("DL07", "official before joining", 4, true, full, func(r *row) {
		r.texts["official"] = vietnamese(r.human.joined.AddDate(-1, 0, 0))
	})
	g.spare(4, full, func(r *row) {
		r.texts["joined"] = vietnamese(r.human.born.AddDate(18, 0, 1))
		r.texts["official"] = vietnamese(r.human.born.AddDate(19, 0, 1))
	})
}

// born writes a birth date and an ID that goes with it.
func (g *generator) born(day time.Time) func(*row) {
	return func(r *row) {
		r.human.born = day
		r.human.joined = day.AddDate(23, 0, 0)
		r.human.id = g.newID(r.human)
	}
}

func man(_ *list, r *row) bool { return !r.human.woman }

func woman(_ *list, r *row) bool { return r.human.woman }

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

// plantTheory spoils what the classes of political theory ask for.
func (g *generator) plantTheory() {
	advanced := of("CCLLCT-TT", "CCLLCT-KTT")
	g.spoil("DK01", "no full member of the Party", 3, true, advanced, writes("official", ""))
	g.spoil("DK01", "college alone", 3, true, advanced, writes("education", "Cao đẳng"))
	g.spoil("DK01", "already has the advanced level", 3, true, advanced, writes("theory", "Cao cấp"))
	g.spoil("DK02", "a man too young by a year", 3, true, both(of("CCLLCT-KTT"), man), g.born(day(1985, 1, 1)))
	g.spoil("DK02", "a woman too young by a year", 3, true, both(of("CCLLCT-KTT"), woman), g.born(day(1987, 1, 1)))
	g.spare(2, both(of("CCLLCT-KTT"), man), g.born(day(1984, 12, 31)))
	g.spare(2, both(of("CCLLCT-KTT"), woman), g.born(day(1986, 12, 31)))
	intermediate := of("TCLLCT-UBND-TT", "TCLLCT-UBND-KTT", "TCLLCT-DUK")
	g.spoil("DK03", "no member of the Party", 4, true, intermediate, func(r *row) { r.texts["joined"], r.texts["official"] = "", "" })
	g.spoil("DK03", "secondary school alone", 4, true, intermediate, writes("education", "THPT"))
	g.spoil("DK03", "already has the intermediate level", 4, true, intermediate, writes("theory", "Trung cấp"))
	part := of("TCLLCT-UBND-KTT", "TCLLCT-DUK")
	g.spoil("DK04", "a man too young by a year", 4, true, both(part, man), g.born(day(1990, 1, 1)))
	g.spoil("DK04", "a woman too young by a year", 4, true, both(part, woman), g.born(day(1992, 1, 1)))
	g.spare(3, both(part, man), g.born(day(1989, 12, 31)))
	g.spare(3, both(part, woman), g.born(day(1991, 12, 31)))
	g.spoil("DK05", "staff without an office, planned for none", 4, false, of("CCLLCT-TT", "TCLLCT-UBND-TT"), writes("position", "Chuyên viên"))
	g.spare(4, of("CCLLCT-TT"), func(r *row) { r.texts["position"], r.texts["planned"] = "Chuyên viên", "Trưởng phòng" })
}

// plantAudience spoils what the other classes ask for.
func (g *generator) plantAudience() {
	g.spoil("DK06", "less than three years of service", 2, true, of("SDH"), func(r *row) { r.texts["recruited"] = "01/03/2022" })
	g.spoil("DK06", "a poor year", 2, true, of("SDH"), writes("rating2", "Hoàn thành nhiệm vụ"))
	g.spoil("DK06", "beyond forty", 2, true, of("SDH"), g.born(day(1981, 5, 5)))
	g.spoil("DK06", "no promise to serve on", 2, true, of("SDH"), writes("commitment", "Không"))
	g.spoil("DK07", "none of the plan's cases", 2, false, of("DH"), func(r *row) { r.texts["position"], r.texts["unit"] = "Chuyên viên", "Phòng Nội vụ" })
	g.spoil("DK08", "a leader of the district among its heads of office", 6, false, both(of("QPAN-3"), inDistrict), func(r *row) {
		r.texts["position"], r.texts["unit"] = "Phó Chủ tịch UBND huyện", "UBND huyện"
	})
	g.spoil("DK08", "staff of the district", 6, false, both(of("QPAN-3"), inDistrict), func(r *row) {
		r.texts["position"], r.texts["unit"] = "Chuyên viên", "Phòng Tư pháp"
	})
	g.spoil("DK08", "an official among the dignitaries", 4, false, of("QPAN-TG"), func(r *row) {
		r.texts["position"], r.texts["unit"] = "Trưởng phòng", "Phòng Nội vụ"
	})
	g.spare(3, both(of("QPAN-3"), inParty), func(r *row) { r.texts["position"] = "Chuyên viên" })
	g.spoil("DK09", "staff in the course for heads of commissions", 2, true, of("XDD-CONGTAC"), writes("position", "Chuyên viên"))
	g.spoil("DK09", "a civil servant of a commune", 4, false, both(of("XDD-TOCHUC"), inDistrict), func(r *row) {
		r.texts["position"], r.texts["unit"] = "Công chức Văn phòng - Thống kê", strings.Replace(r.human.unit, "Đảng ủy", "UBND", 1)
	})
	g.spoil("DK10", "a part-time worker under Quyết định 263", 8, true, of("QD263"), func(r *row) {
		r.texts["position"], r.texts["employment"] = "Người hoạt động không chuyên trách", "Không chuyên trách"
	})
	g.spoil("DK10", "staff of the district", 8, false, of("CAPXA"), func(r *row) {
		r.texts["position"], r.texts["unit"], r.texts["employment"] = "Chuyên viên", "Phòng Nội vụ", "Công chức"
	})
	g.spoil("DK11", "two ranks below the course's", 3, false, of("QLNN-CVCC"), writes("rank", "Chuyên viên"))
	g.spare(3, of("QLNN-CVC"), writes("rank", "Chuyên viên chính"))
}

func inDistrict(l *list, _ *row) bool { return isDistrict(l.agency) }

func inParty(l *list, _ *row) bool {
	return slices.Contains([]string{"D01", "D02", "D03", "D04", "D06"}, l.agency.Code)
}
