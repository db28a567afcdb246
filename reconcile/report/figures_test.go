package report_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/reconcile/report/reporttest"
)

func drawn(t *rapid.T) (*report.Data, reconcile.Bloc) {
	d := reporttest.Data(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(0, 300).Draw(t, "registrations"))
	if rapid.Bool().Draw(t, "no allocations") {
		d.Allocations = nil
	}
	if rapid.Bool().Draw(t, "no estimates") {
		d.Estimates = nil
	}
	bloc := rapid.SampledFrom([]reconcile.Bloc{"", reconcile.PartyBloc, reconcile.StateBloc, reconcile.CentralBloc}).Draw(t, "bloc")
	return d, bloc
}

// number is a cell's figure; an empty cell and a dash are 0.
func number(c report.Cell) int {
	n, _ := c.Value.(int)
	return n
}

func TestMatrixAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, bloc := drawn(t)
		w := report.Consolidated(d, bloc)
		rows := w.Tab(report.MatrixTab).Block(report.MatrixTable).Rows
		agencies, total := rows[1:len(rows)-1], rows[len(rows)-1]
		const program = 5 // the first program's column
		for col := 2; col < len(rows[0]); col++ {
			sum := 0
			for _, row := range agencies {
				sum += number(row[col])
			}
			if got := number(total[col-1]); got != sum { // the label of the total covers two columns
				t.Fatalf("column %v: total %d, rows sum to %d", rows[0][col].Value, got, sum)
			}
		}
		for _, row := range agencies {
			sum := 0
			for _, c := range row[program:] {
				sum += number(c)
			}
			if sum != number(row[2]) {
				t.Fatalf("%v: programs sum to %d, the agency has %d", row[1].Value, sum, number(row[2]))
			}
		}
	})
}

func TestTabsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, bloc := drawn(t)
		w := report.Consolidated(d, bloc)
		key := w.Tab(report.OverviewTab).Block(report.KeyTable).Rows[1]
		quotas := w.Tab(report.QuotasTab).Block(report.QuotasTable).Rows
		total := quotas[len(quotas)-1]
		matrix := w.Tab(report.MatrixTab).Block(report.MatrixTable).Rows
		matrixTotal := matrix[len(matrix)-1]
		roster := w.Tab(report.RosterTab).Block(report.RosterTable).Rows[1:]
		valid := 0
		for _, row := range roster {
			if row[9].Value == "có" {
				valid++
			}
		}
		got := map[string][]int{
			"registered": {number(key[0]), number(total[5]), number(matrixTotal[1]), len(roster)},
			"valid":      {number(key[1]), number(total[6]), number(matrixTotal[2]), valid},
			"allocated":  {number(total[4]), number(matrixTotal[3])},
		}
		for name, all := range got {
			if slices.Min(all) != slices.Max(all) {
				t.Fatalf("%s differs between the tabs: %v", name, all)
			}
		}
		findings := w.Tab(reconcile.DecisionsTab)
		open := 0
		for _, row := range findings.Block(report.FindingsTable).Rows[1:] {
			if column(findings, row, reconcile.ColumnStatus).Value != report.StatusAccepted {
				open++
			}
		}
		if number(key[3]) != open {
			t.Fatalf("%d findings are open in the overview, %d in their tab", number(key[3]), open)
		}
	})
}

// Each count that leads to the roster leads to as many rows as it says.
func TestCountsLeadToTheirRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, bloc := drawn(t)
		w := report.Consolidated(d, bloc)
		for _, place := range []struct {
			tab, table string
			columns    []int
		}{
			{report.QuotasTab, report.QuotasTable, []int{7}},
			{report.MatrixTab, report.MatrixTable, nil},
		} {
			for _, row := range w.Tab(place.tab).Block(place.table).Rows[1:] {
				for col, c := range row {
					if c.Link == nil || c.Link.Sheet != report.RosterTab || place.columns != nil && !slices.Contains(place.columns, col) {
						continue
					}
					if rows := linkedRows(t, c.Link.Cell); rows != number(c) {
						t.Fatalf("%s: %d leads to %s, %d rows", place.tab, number(c), c.Link.Cell, rows)
					}
				}
			}
		}
	})
}

func linkedRows(t *rapid.T, area string) int {
	from, to, _ := strings.Cut(area, ":")
	first, err := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		t.Fatal(err)
	}
	last, err := strconv.Atoi(strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		t.Fatal(err)
	}
	return last - first + 1
}

// The order in which the store hands out findings says nothing.
func TestOrderOfFindingsDoesNotMatter(t *testing.T) {
	d := reporttest.Data(11, 700)
	w := report.Consolidated(d, "")
	before := w.Content()
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(d.Discrepancies), func(i, j int) {
		d.Discrepancies[i], d.Discrepancies[j] = d.Discrepancies[j], d.Discrepancies[i]
	})
	if w := report.Consolidated(d, ""); w.Content() != before {
		t.Error("another order of the findings gives another report")
	}
}

func TestFigures(t *testing.T) {
	d := &report.Data{Plan: reporttest.Plan(), Register: reporttest.Register()}
	add := func(agency, program, name string) *reconcile.Registration {
		r := &reconcile.Registration{Agency: agency, Program: program, FullName: name, Origin: reconcile.Origin{Source: agency, Row: len(d.Registrations) + 9}}
		d.Registrations = append(d.Registrations, r)
		return r
	}
	an := add("S03", "CCLLCT-HC", "Nguyễn Văn An")
	add("S03", "CCLLCT-HC", "Lê Thị Bình")
	add("H01", "CCLLCT-HC", "Trần Châu")
	add("H01", "CCLLCT-HC", "Phạm Dũng")
	sameAn := add("H01", "QLNN-CV", "Nguyễn Văn An")
	wrong := add("H01", "CCLLCT-HC", "Võ Hà")
	add("H99", "BEKHONG", "Hồ Lan") // neither is known
	reconcile.AssignKeys(d.Registrations)
	d.Persons = []reconcile.Person{{Members: []*reconcile.Registration{an, sameAn}}}
	d.Discrepancies = []reconcile.Discrepancy{
		{Code: "DL02-A", Status: reconcile.StatusOpen, Finding: reconcile.Finding{Severity: reconcile.SeverityError, Invalidates: []string{wrong.Key}}},
		{Code: "DL02-B", Status: reconcile.StatusWaived, Finding: reconcile.Finding{Severity: reconcile.SeverityError, Invalidates: []string{an.Key}}},
		{Code: "DL02-C", Status: reconcile.StatusOpen, Finding: reconcile.Finding{Severity: reconcile.SeverityWarning, Invalidates: []string{an.Key}}},
	}
	d.Allocations = []reconcile.Allocation{
		{Agency: "H01", Programs: []string{"CCLLCT-HC"}, Places: 2},
		{Agency: "S03", Programs: slices.Clone(d.Plan.Group("QLNN").Programs), Places: 40},
		{Programs: []string{"CCLLCT-HC"}, Places: 99, Subtotal: true},
	}
	f := d.Figures()

	if want := (report.Count{Registered: 7, Valid: 6, Persons: 6, Allocated: 42}); f.Total != want {
		t.Errorf("total %+v, want %+v", f.Total, want)
	}
	if f.Quota != 8572 {
		t.Errorf("the plan has %d places, want 8572", f.Quota)
	}
	at := slices.IndexFunc(f.Programs, func(p report.ProgramFigures) bool { return p.Code == "CCLLCT-HC" })
	want := report.ProgramFigures{
		Code: "CCLLCT-HC", Quota: d.Plan.Program("CCLLCT-HC").Quota,
		Count: report.Count{Registered: 5, Valid: 4, Persons: 5, Allocated: 2}, Limit: 3, HasLimit: true, Over: 1,
	}
	if diff := cmp.Diff(want, f.Programs[at]); diff != "" {
		t.Errorf("CCLLCT-HC (-want +got):\n%s", diff)
	}
	for _, g := range f.Groups {
		if g.Code == "QLNN" && (g.Registered != 1 || g.Allocated != 40 || g.Left != 4099) {
			t.Errorf("QLNN: %+v", g)
		}
	}
	if last := f.Programs[len(f.Programs)-1]; last.Code != "" || last.Registered != 1 {
		t.Errorf("what names no program of the plan: %+v", last)
	}
	if last := f.Agencies[len(f.Agencies)-1]; last.Code != "" || last.Registered != 1 {
		t.Errorf("rows of no known agency: %+v", last)
	}
}
