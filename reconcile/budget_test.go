package reconcile_test

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"doisoat/reconcile"
)

func budgetPlan() *reconcile.Plan {
	program := func(code string, places int) reconcile.Program {
		return reconcile.Program{Code: code, Quota: reconcile.Quota{Places: places, Kind: reconcile.Estimate}}
	}
	paid := program("TCLLCT-TW", 40)
	paid.SelfPaid = true
	return &reconcile.Plan{
		Approved: 36_511_988_780,
		Programs: []reconcile.Program{
			program("CAPXA", 1960), program("QPAN-3", 800), paid,
			program("QLNN-CV", 0), program("QLNN-CVC", 0), program("QLNN-LDP", 0),
		},
		Groups: []reconcile.QuotaGroup{{
			Code: "QLNN", Shared: true, Programs: []string{"QLNN-LDP", "QLNN-CV", "QLNN-CVC"},
			Quota: reconcile.Quota{Places: 4100, Kind: reconcile.Open},
		}},
	}
}

func programLine(sheet string, learners int, amount reconcile.VND, programs ...string) reconcile.EstimateLine {
	return reconcile.EstimateLine{
		Kind: reconcile.ProgramLine, Programs: programs, Text: "lớp", Learners: learners, Amount: amount, HasAmount: true,
		Origin: reconcile.Origin{Source: "folder:du toan.xlsx", Sheet: sheet},
	}
}

func itemLine(sheet string, amount reconcile.VND, programs ...string) reconcile.EstimateLine {
	l := programLine(sheet, 0, amount, programs...)
	l.Kind = reconcile.ItemLine
	return l
}

// inSheet is the total of a sheet.
func inSheet(sheet string, amount reconcile.VND) reconcile.EstimateLine {
	l := itemLine(sheet, amount)
	l.Kind = reconcile.TotalLine
	return l
}

func TestBudgetOf(t *testing.T) {
	total := itemLine("QPAN 3", 3_100_000_000)
	total.Kind = reconcile.TotalLine
	unread := programLine("PL8", 0, 0, "CAPXA")
	unread.HasAmount = false
	spentLine := programLine("PL8", 0, 100, "CAPXA")
	spentLine.Spent, spentLine.HasSpent = 40, true
	spentItem := itemLine("Dự toán CAPXA", 90, "CAPXA")
	spentItem.Spent, spentItem.HasSpent = 30, true

	tests := []struct {
		name                        string
		lines                       []reconcile.EstimateLine
		estimated, projected, spent reconcile.VND
		unread                      int
	}{
		{name: "nothing is loaded"},
		{
			name:      "a program's line, its own number of learners",
			lines:     []reconcile.EstimateLine{programLine("PL8", 2000, 5_880_000_000, "CAPXA")},
			estimated: 5_880_000_000, projected: 29_400_000,
		},
		{
			name:      "the plan's places where the line names no learners",
			lines:     []reconcile.EstimateLine{programLine("PL8", 0, 1_960_000, "CAPXA")},
			estimated: 1_960_000, projected: 10_000,
		},
		{
			name: "a detailed estimate's total goes before the line, and before its items",
			lines: []reconcile.EstimateLine{
				programLine("PL8", 800, 3_200_000_000, "QPAN-3"),
				itemLine("QPAN 3", 3_000_000_000, "QPAN-3"), total,
			},
			estimated: 3_100_000_000, projected: 40_000_000,
		},
		{
			name: "the estimate of one class of three does not stand for the line",
			lines: []reconcile.EstimateLine{
				{
					Kind: reconcile.ProgramLine, Programs: []string{"QPAN-3"}, Classes: 3, Amount: 900, HasAmount: true,
					Origin: reconcile.Origin{Sheet: "PL8"},
				},
				itemLine("lớp 1", 300, "QPAN-3"),
			},
			estimated: 900, projected: 11,
		},
		{
			name: "a detailed estimate of several classes gives each the sum of its items",
			lines: []reconcile.EstimateLine{
				programLine("PL8", 0, 500, "QPAN-3"), programLine("PL8", 0, 5_000, "CAPXA"),
				itemLine("QPAN 3", 400, "QPAN-3"), itemLine("QPAN 3", 300, "QPAN-3"), itemLine("QPAN 3", 200, "CAPXA"), itemLine("QPAN 3", 50), total,
			},
			estimated: 700 + 200 + 50, projected: 6 + 26,
		},
		{
			name: "lines of classes and costs of others in one sheet, whose total is of all of them",
			lines: []reconcile.EstimateLine{
				programLine("DT", 800, 3_200, "QPAN-3"),
				itemLine("DT", 1_000, "CAPXA"), itemLine("DT", 960, "CAPXA"), itemLine("DT", 40), inSheet("DT", 5_200),
			},
			estimated: 3_200 + 1_960 + 40, projected: 40 + 10,
		},
		{
			name: "the costs of a class under its own line are that line's detail",
			lines: []reconcile.EstimateLine{
				programLine("DT", 800, 3_200, "QPAN-3"), itemLine("DT", 3_000, "QPAN-3"), itemLine("DT", 100, "QPAN-3"),
			},
			estimated: 3_100, projected: 40,
		},
		{
			name: "a detailed estimate inside a common line is not counted twice",
			lines: []reconcile.EstimateLine{
				itemLine("CV", 500, "QLNN-CV"),
				programLine("PL8", 0, 4_100, "QLNN-CVC", "QLNN-CV", "QLNN-LDP"),
			},
			estimated: 4_100, projected: 30,
		},
		{
			name:      "learners of a class that others pay cost the budget nothing",
			lines:     []reconcile.EstimateLine{programLine("PL8", 40, 160_000_000, "TCLLCT-TW")},
			estimated: 160_000_000,
		},
		{name: "a line without an amount is told", lines: []reconcile.EstimateLine{unread}, unread: 1},
		{
			name: "what is spent stands once, in whatever order the sheets come", lines: []reconcile.EstimateLine{spentItem, spentLine},
			estimated: 90, projected: 1, spent: 40,
		},
	}
	valid := func(string) int { return 10 }
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := reconcile.BudgetOf(budgetPlan(), tt.lines, valid)
			got := []reconcile.VND{b.Estimated, b.Projected, b.Spent, reconcile.VND(len(b.Unread))}
			want := []reconcile.VND{tt.estimated, tt.projected, tt.spent, reconcile.VND(tt.unread)}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("estimated, projected, spent, unread (-want +got):\n%s", diff)
			}
			var sum reconcile.VND
			for i := range b.Lines {
				sum += b.Lines[i].Estimate
			}
			if sum != b.Estimated {
				t.Errorf("the lines sum to %s, the total is %s", sum, b.Estimated)
			}
		})
	}
}

func TestShareIsExactAtAnySize(t *testing.T) {
	const huge = reconcile.VND(1) << 62
	if got := huge.Share(4100, 4100); got != huge {
		t.Errorf("got %d, want %d", got, huge)
	}
	if got := reconcile.VND(10).Share(1, 4); got != 3 {
		t.Errorf("10/4 rounds to %d, want 3", got)
	}
	if got := reconcile.VND(10).Share(1, 0); got != 0 {
		t.Errorf("shared among nobody: %d", got)
	}
}

func TestPlacesOf(t *testing.T) {
	plan := budgetPlan()
	for _, tt := range []struct {
		programs []string
		want     int
	}{
		{[]string{"CAPXA"}, 1960},
		{[]string{"QPAN-3", "CAPXA"}, 2760},
		{[]string{"QLNN-CVC", "QLNN-LDP", "QLNN-CV"}, 4100},
		{[]string{"QLNN-CVC", "QLNN-CV"}, 0},
		{[]string{"CAPXA", "?"}, 0},
		{nil, 0},
	} {
		if got := plan.PlacesOf(tt.programs); got != tt.want {
			t.Errorf("PlacesOf(%q) = %d, want %d", tt.programs, got, tt.want)
		}
	}
}

// The office's own line is the budget line; what a list of programs says of the
// same programs is then an estimate, and neither is counted twice.
func TestBudgetedLines(t *testing.T) {
	given := programLine("budget", 1960, 5_000_000, "CAPXA")
	given.Kind, given.Origin = reconcile.BudgetedLine, reconcile.Origin{Source: "yaml:inputs.yml", Sheet: "budget", Row: 8}
	b := reconcile.BudgetOf(budgetPlan(), []reconcile.EstimateLine{given, programLine("PL8", 2000, 5_200_000, "CAPXA")}, func(string) int { return 0 })
	if len(b.Lines) != 1 {
		t.Fatalf("%d lines, want 1", len(b.Lines))
	}
	l := &b.Lines[0]
	got := []reconcile.VND{l.Line, l.Listed, l.Detailed, l.Estimate, reconcile.VND(l.Learners)}
	if diff := cmp.Diff([]reconcile.VND{5_000_000, 5_200_000, 0, 5_200_000, 1960}, got); diff != "" {
		t.Errorf("line, listed, detailed, estimate, learners (-want +got):\n%s", diff)
	}
	if len(l.LineAt) != 1 || l.LineAt[0].Sheet != "budget" || len(l.ListedAt) != 1 || l.ListedAt[0].Sheet != "PL8" {
		t.Errorf("cells: %v, %v", l.LineAt, l.ListedAt)
	}
}

func TestMoneyNeverWraps(t *testing.T) {
	const most, least = reconcile.VND(1<<63 - 1), reconcile.VND(-1 << 63)
	rapid.Check(t, func(t *rapid.T) {
		a := reconcile.VND(rapid.Int64().Draw(t, "a"))
		b := reconcile.VND(rapid.Int64().Draw(t, "b"))
		exact := new(big.Int).Add(big.NewInt(int64(a)), big.NewInt(int64(b)))
		got := a.Plus(b)
		switch {
		case exact.IsInt64() && int64(got) != exact.Int64(),
			!exact.IsInt64() && exact.Sign() > 0 && got != most,
			!exact.IsInt64() && exact.Sign() < 0 && got != least:
			t.Fatalf("%d + %d = %d", a, b, got)
		}
	})
	if got := most.Share(3, 2); got != most {
		t.Errorf("a share beyond the largest amount is %d", got)
	}
	if got := reconcile.VND(500_000).Times(4); got != 2_000_000 {
		t.Errorf("4 × 500.000 = %d", got)
	}
}
