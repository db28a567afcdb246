package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

// drawScenario makes a province of faulty lists. Rows are kept as values, so
// that a test can build the same input again with rows, names and files moved.
func drawScenario(t *rapid.T) province {
	p := province{hasQuotas: rapid.Bool().Draw(t, "allocation")}
	for _, agency := range []string{"H05", "H06", "S03"} {
		n := rapid.IntRange(0, 7).Draw(t, "rows of "+agency)
		list := list{agency: agency}
		for range n {
			list.rows = append(list.rows, drawRow(t, agency))
		}
		p.lists = append(p.lists, list)
	}
	p.lists = append(p.lists, list{agency: "S04", unreadable: true})
	return p
}

type province struct {
	lists     []list
	hasQuotas bool
}

type list struct {
	agency     string
	rows       []string
	unreadable bool
}

// own digits tell the agencies' dates and IDs apart.
func drawRow(t *rapid.T, agency string) string {
	year := map[string]int{"H05": 1971, "H06": 1972, "S03": 1973}[agency]
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	own, shared := fmt.Sprintf("05/03/%d", year), "06/04/1974"
	return strings.Join([]string{
		pick("name", "Hồ Hoài Ánh", "HỒ HOÀI ÁNH", "Lê Thọ", "Nguyễn Văn Hùng", "Nguyển Văn Hùng", "", "Cử sau"),
		pick("birth", own, shared, fmt.Sprint(year), "", "30/02/1980 !impossible"),
		pick("sex", "Nam", "Nữ"),
		pick("id", "", fmt.Sprintf("0510%02d00%s123", year%100, agency[1:]), "051074001111", "05 107 3009 !malformed", "5,1E+10 !lossy"),
		pick("position", "Trưởng phòng", ""),
		pick("program", "QPAN-3", "CAPXA", "CCLLCT-TT", "Cao cấp lý luận chính trị", "Lớp lạ", "QPAN-3 và CAPXA !several"),
		pick("form", "", "full_time", "part_time", "x !contradictory"),
		pick("party", "", "01/02/1985", "01/02/2005", "30/02/2005 !impossible"),
		pick("priority", "", "1", "2"),
	}, " | ")
}

// moved says how an input is laid out; none of it may change what is found.
type moved struct {
	firstRow int
	suffix   string // of files and sheets
	order    []int  // of the rows, by index modulo their number; nil as drawn
	extra    bool   // a further sound row in each list
}

func (p province) input(t interface{ Fatal(...any) }, m moved) *Input {
	s := scenario{in: &Input{
		Plan: fixturePlan(), Register: fixtureRegister(),
		Today: reconcile.Date{Year: 2024, Month: 3, Day: 28}, Deadline: reconcile.Date{Year: 2024, Month: 3, Day: 31},
	}}
	add := func(d *reconcile.Document, kind, text string) {
		if err := parseDocument(d, kind, strings.Split(text, "\n")); err != nil {
			t.Fatal(err)
		}
		s.in.Documents = append(s.in.Documents, d)
	}
	for _, l := range p.lists {
		if l.unreadable {
			add(&reconcile.Document{Source: "folder:hong.xlsx", File: "hong.xlsx"}, ".unreadable", "agency: "+l.agency+"\nfailure: damaged Hỏng.")
			continue
		}
		text := "agency: " + l.agency + "\nsheet: DS" + m.suffix + "\ntitle: Danh sách đăng ký\nunclear: N Cột lạ\nodd: 3 dòng lạ 051073009638\n" +
			"row | name | birth | sex | id | position | program | form | party | priority\n"
		rows := slices.Clone(l.rows)
		if m.order != nil {
			slices.SortStableFunc(rows, func(a, b string) int {
				return m.order[slices.Index(l.rows, a)%len(m.order)] - m.order[slices.Index(l.rows, b)%len(m.order)]
			})
		}
		if m.extra {
			rows = append([]string{"Trần Dư " + l.agency + " | 01/01/1969 | Nam | | Trưởng phòng | NN-DT | | | "}, rows...)
			rows[0] = strings.NewReplacer("H05", "Năm", "H06", "Sáu", "S03", "Ba").Replace(rows[0])
		}
		for i, row := range rows {
			text += fmt.Sprintf("%d | %s\n", m.firstRow+i, row)
		}
		add(&reconcile.Document{Source: "folder:" + l.agency + "/ds" + m.suffix, File: "ds"}, ".roster", text)
	}
	if p.hasQuotas {
		add(&reconcile.Document{Source: "folder:pb", File: "pb"}, ".allocation",
			"sheet: PL\nrow | agency | CAPXA | QPAN-3\n8 | H05 | 1 | 1\n9 | H06 | 1 |\n10 | =Cộng | 3 | 1")
	}
	s.complete()
	return s.in
}

func codes(findings []reconcile.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Code("thu-nghiem-2024")+" "+f.Subject)
	}
	slices.Sort(all)
	return all
}

func TestTwoRunsAreEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawScenario(t).input(t, moved{firstRow: 8})
		first := Run(All(), in, Options{})
		if diff := cmp.Diff(first, Run(All(), in, Options{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestShuffledInputFindsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawScenario(t).input(t, moved{firstRow: 8})
		want := Run(All(), in, Options{})
		in.Documents = rapid.Permutation(in.Documents).Draw(t, "documents")
		in.Registrations = rapid.Permutation(in.Registrations).Draw(t, "registrations")
		in.Allocations = rapid.Permutation(in.Allocations).Draw(t, "allocations")
		in.Persons = rapid.Permutation(in.Persons).Draw(t, "persons")
		if diff := cmp.Diff(want, Run(All(), in, Options{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMovedRowsKeepTheirCodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawScenario(t)
		want := codes(Run(All(), p.input(t, moved{firstRow: 8}), Options{}))
		m := moved{
			firstRow: rapid.IntRange(4, 40).Draw(t, "first row"),
			suffix:   rapid.SampledFrom([]string{"", " (2)", " mới"}).Draw(t, "suffix"),
			order:    rapid.SliceOfN(rapid.IntRange(0, 9), 7, 7).Draw(t, "order"),
		}
		if diff := cmp.Diff(want, codes(Run(All(), p.input(t, m), Options{}))); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestInsertedRowsLeaveOtherCodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawScenario(t)
		for i := range p.lists {
			// A list that was empty gets findings about the sheet as a whole.
			if !p.lists[i].unreadable && len(p.lists[i].rows) == 0 {
				p.lists[i].rows = []string{"Lê Gốc | 01/01/1970 | Nam | | Trưởng phòng | NN-DT | | | "}
			}
		}
		in := p.input(t, moved{firstRow: 8})
		if onTheEdge(in) {
			return
		}
		before := codes(Run(All(), in, Options{}))
		after := codes(Run(All(), p.input(t, moved{firstRow: 8, extra: true}), Options{}))
		for _, code := range before {
			if !slices.Contains(after, code) {
				t.Fatalf("%s is gone", code)
			}
		}
	})
}

// onTheEdge reports whether a pair is all but at one of the probabilities from
// which it is asked about, or joined: how common names and offices are is learnt
// from the rows, so that any further row may push it over.
func onTheEdge(in *Input) bool {
	edge := func(p reconcile.Pair) bool {
		return p.Probability < 0.35 || p.Probability > 0.93 && p.Probability < 0.97
	}
	for i := range in.Persons {
		if slices.ContainsFunc(in.Persons[i].Pairs, edge) {
			return true
		}
	}
	return slices.ContainsFunc(in.Unsure, edge)
}

// Nobody's ID number stands in any finding, and no agency is told of others
// more than it may know.
func TestFindingsKeepSecrets(t *testing.T) {
	id := regexp.MustCompile(`\d{9,}`)
	date := regexp.MustCompile(`(0[56]/0[34]|01/01)/19\d\d|19\d\d-0[34]-0[56]`)
	rapid.Check(t, func(t *rapid.T) {
		in := drawScenario(t).input(t, moved{firstRow: 8})
		for _, f := range Run(All(), in, Options{}) {
			all := strings.Join([]string{f.Subject, f.Person, f.Message, f.Found, f.Expected, f.LegalBasis, f.Remedy}, "\n")
			if id.MatchString(all) {
				t.Fatalf("an ID number in %+v", f)
			}
			if date.MatchString(strings.Join([]string{f.Message, f.Expected, f.Remedy}, "\n")) {
				t.Fatalf("a birth date in %+v", f)
			}
			if f.Agency == "" {
				continue
			}
			for agency, year := range map[string]string{"H05": "1971", "H06": "1972", "S03": "1973"} {
				if agency != f.Agency && strings.Contains(all, year) {
					t.Fatalf("%s is told a date of %s: %+v", f.Agency, agency, f)
				}
			}
			for _, o := range append([]reconcile.Origin{f.Place}, f.Related...) {
				if d := in.index.documents[o.Source]; d != nil && d.Agency != f.Agency {
					t.Fatalf("%s is shown a place of %q: %+v", f.Agency, d.Agency, f)
				}
			}
		}
	})
}
