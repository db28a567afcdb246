package provincetest

import (
	"slices"
	"strings"
	"time"

	"doisoat/reconcile"
)

// plantSamePeople puts people down a second time, as offices do: with slips.
func (g *generator) plantSamePeople() {
	g.again("TL01", "twice in one list, a slip in the name", 10, func(s spot) { s.r.texts["name"] = slip(s.r.human.name) })
	g.again("TL01", "twice in one list, in other letters", 6, func(s spot) { s.r.texts["name"] = strings.ToUpper(s.r.human.name) })
	same, slipped := func(*row) {}, func(r *row) { r.texts["name"] = slip(r.human.name) }
	g.elsewhere("TL02", "the same class, name, date and ID", 10, true, withID, same)
	g.elsewhere("TL02", "the same class, ID, and a slip in the name", 10, true, withID, slipped)
	g.elsewhere("TL02", "another class, name, date and ID", 10, false, withID, same)
	g.elsewhere("TL02", "another class, a digit of the day wrong, the same ID", 6, false, withID, func(r *row) {
		r.texts["born"] = vietnamese(r.human.born.AddDate(0, 0, oneDigit(r.human.born)))
	})
	g.elsewhere("TL05", "another class, another date of the year, the same ID", 4, false, withID, func(r *row) {
		r.texts["born"] = vietnamese(time.Date(r.human.born.Year(), (r.human.born.Month()+5)%12+1, 31-r.human.born.Day()%10, 0, 0, 0, 0, time.UTC))
	})
	g.elsewhere("TL02", "another class, no marks in the name, the same ID", 6, false, withID, func(r *row) { r.texts["name"] = withoutMarks(r.human.name) })
	g.elsewhere("TL02", "another class, the middle words left out, the same ID", 6, false, withID, func(r *row) {
		words := strings.Fields(r.human.name)
		r.texts["name"] = words[0] + " " + words[len(words)-1]
	})
	g.elsewhere("TL02", "another class, in capitals and another office", 6, false, withID, func(r *row) { r.texts["name"] = strings.ToUpper(r.human.name) })
	g.elsewhere("TL02", "another class, name and date alone", 10, false, withoutID, same)
	g.elsewhere("TL02", "the same class, name and date alone", 10, true, withoutID, same)
	g.elsewhere("TL02", "the same class, date alone, and a slip in the name", 10, true, withoutID, slipped)
	g.excluded(4)
}

// slip is a wrong mark in the middle name, as a hurried hand makes it.
func slip(name string) string {
	words := strings.Fields(name)
	words[1] = strings.NewReplacer("Thị", "Thi", "Văn", "Vắn", "Hữu", "Hửu", "Đức", "Đứt", "Ngọc", "Ngoc", "Mỹ", "Mỷ", "Quốc", "Quôc", "Tấn", "Tân", "Đình", "Đinh").Replace(words[1])
	return strings.Join(words, " ")
}

// withoutMarks is a name as a machine without a Vietnamese keyboard writes it.
func withoutMarks(name string) string {
	words := strings.Fields(reconcile.ASCII(name))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// again copies a row to the end of its own list; the copy does not count.
func (g *generator) again(rule, what string, n int, change func(spot)) {
	for _, s := range g.take(n, both(of(short...), withID)) {
		copied := &row{human: s.r.human, program: s.r.program, touched: true, texts: make(map[string]string)}
		change(spot{s.l, copied})
		copied.plants = append(copied.plants, planted{rule, what})
		s.l.rows = append(s.l.rows, copied)
	}
}

// oneDigit is how many days another date is away of which one digit differs.
func oneDigit(day time.Time) int {
	switch day.Day() {
	case 1, 10, 20:
		return 1
	case 30:
		return -10
	}
	return -1
}

// elsewhere puts the human of one agency's row into another agency's: for the
// same class a row more, of which only the one of the agency before in the
// register counts; for another class in the place of somebody there.
func (g *generator) elsewhere(rule, what string, n int, same bool, numbered func(*list, *row) bool, change func(*row)) {
	for _, s := range g.take(n, both(of(short...), numbered)) {
		others := g.untouched(func(l *list, r *row) bool {
			return l != s.l && numbered(l, r) && xlsxOnly(l, r) && (r.program == s.r.program) == same && of(short...)(l, r)
		})
		if len(others) == 0 {
			continue
		}
		other := others[0]
		what := "also registered by another agency: " + what
		r := other.r
		if same {
			r = &row{program: s.r.program, texts: make(map[string]string)}
			other.l.rows = append(other.l.rows, r)
			if g.before(other.l, s.l) {
				s.r.counts, r.counts = false, true
				g.balance(other.l, s.l, s.r.program)
			}
		}
		position, unit := other.r.human.position, other.r.human.unit
		h := *s.r.human
		h.position, h.unit = position, unit
		r.human, r.touched = &h, true
		change(r)
		r.plants = append(r.plants, planted{rule, what})
		s.r.plants = append(s.r.plants, planted{rule, what})
	}
}

// before reports whether the list's agency stands before the other's in the
// register.
func (g *generator) before(l, other *list) bool {
	for i := range g.register.Agencies {
		switch g.register.Agencies[i].Code {
		case l.agency.Code:
			return true
		case other.agency.Code:
			return false
		}
	}
	return false
}

// balance keeps both lists at their places when a registration came to count
// for the one and not for the other.
func (g *generator) balance(more, less *list, program string) {
	g.allocated[share{more.agency.Code, program}]++
	g.allocated[share{less.agency.Code, program}]--
}

// excluded puts people into two classes that nobody can attend both.
func (g *generator) excluded(n int) {
	for _, s := range g.take(n, both(of("CCLLCT-TT"), xlsxOnly)) {
		others := g.untouched(func(l *list, r *row) bool { return l == s.l && r.program == "TCLLCT-UBND-TT" })
		if len(others) == 0 {
			continue
		}
		r := others[0].r
		h := *s.r.human
		h.theory, h.position = "Sơ cấp", "Phó Trưởng phòng"
		r.human, r.touched = &h, true
		pair := &pairOfRows{s.r, r}
		g.pairs = append(g.pairs, pairPlant{"TL03", "two classes that nobody can attend both", s.l.file, pair})
	}
}

type pairOfRows [2]*row

type pairPlant struct {
	rule, what, file string
	rows             *pairOfRows
}

// plantNearPeople puts in namesakes, and people in two classes of one agency,
// which is allowed; and pairs of which nobody can be sure.
func (g *generator) plantNearPeople() {
	for _, s := range g.take(20, both(of(short...), withID)) { // a namesake of another day
		others := g.untouched(func(l *list, r *row) bool {
			return withID(l, r) && of(short...)(l, r) && r.human.woman == s.r.human.woman
		})
		if len(others) > 0 {
			others[0].r.human.name, others[0].r.touched = s.r.human.name, true
		}
	}
	for _, s := range g.take(10, of("QPAN-3")) { // one person, two classes, one agency
		others := g.untouched(func(l *list, r *row) bool { return l == s.l && r.program == "QLNN-LDP" })
		if len(others) > 0 {
			others[0].r.human, others[0].r.touched = s.r.human, true
		}
	}
	for _, s := range g.take(8, of("QPAN-3")) { // the same name and year, and no more
		others := g.untouched(func(l *list, r *row) bool { return l != s.l && r.program == "QPAN-3" })
		if len(others) == 0 {
			continue
		}
		r := others[0].r
		h := *r.human
		h.name, h.woman, h.ethnicity = s.r.human.name, s.r.human.woman, s.r.human.ethnicity
		year := s.r.human.born.Format("2006")
		h.born = time.Date(s.r.human.born.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		h.joined = s.r.human.joined
		r.human, r.touched = &h, true
		for _, one := range []*row{s.r, r} {
			one.texts["born"], one.texts["id"], one.texts["phone"] = year, "", ""
		}
		if !s.l.layout.withIDs && !others[0].l.layout.withIDs {
			s.r.plants = append(s.r.plants, planted{"TL05", sameYear})
			r.plants = append(r.plants, planted{"TL05", sameYear})
		} else {
			g.noNumber(s, others[0])
		}
	}
}

// plantNamesakes tells of people who by chance have the name and the year of
// somebody of another agency of whom no more is known than that. To ask whether
// they are one is right, and where the name is common, not to ask is too.
func (g *generator) plantNamesakes() {
	type known struct {
		name string
		year int
	}
	of, vague := make(map[known][]spot), make(map[*row]bool)
	for _, l := range g.sorted() {
		for _, r := range l.rows {
			key := known{r.human.name, r.human.born.Year()}
			of[key] = append(of[key], spot{l, r})
			vague[r] = slices.Contains(r.plants, planted{"TL05", sameYear})
		}
	}
	for _, spots := range of {
		for _, s := range spots {
			for _, other := range spots {
				if vague[other.r] && !vague[s.r] && other.l != s.l && !g.silent[s.l.agency.Code] {
					s.r.maybe = append(s.r.maybe, "TL05")
				}
			}
		}
	}
}

// sameYear is planted where nothing but name and year is known of two people.
const sameYear = "the same name and year in two agencies"

// noNumber is for lists that have a column of citizen IDs: a blank one is told.
func (g *generator) noNumber(spots ...spot) {
	for _, s := range spots {
		s.r.plants = append(s.r.plants, planted{"TL05", sameYear})
		if s.l.layout.withIDs {
			s.r.plants = append(s.r.plants, planted{"DL03", "no citizen ID"})
		}
	}
}
