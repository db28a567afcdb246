package understand

import (
	"slices"
	"testing"

	"doisoat/reconcile"

	"github.com/google/go-cmp/cmp"
)

// The shares of the sample add up to the plan, and every body and column of it
// is known.
func TestAllocationSample(t *testing.T) {
	d := readFile(t, newReader(t), "testdata/Phan bo chi tieu 2024.xlsx", Options{})
	s := &d.Sheets[0]
	if s.Role != reconcile.RoleAllocation || s.NotUnderstood() > 0 {
		t.Fatalf("role %s, not understood: %v", s.Role, s.Rows)
	}
	shares, sums := map[string]int{}, map[string]int{}
	for _, a := range s.Allocations {
		if len(a.Programs) != 1 || a.Agency == "" && !a.Subtotal {
			t.Errorf("%s: places of %v for %q (%s)", a.Origin.Cell, a.Programs, a.Agency, a.Text)
			continue
		}
		if a.Subtotal {
			sums[a.Programs[0]] += a.Places
		} else {
			shares[a.Programs[0]] += a.Places
		}
	}
	want := map[string]int{
		"CCLLCT-TT": 50, "CCLLCT-KTT": 60, "TCLLCT-UBND-TT": 100, "TCLLCT-UBND-KTT": 70,
		"TCLLCT-DUK": 120, "TCLLCT-TW": 40, "QPAN-3": 800, "XDD-TOCHUC": 120,
	}
	if diff := cmp.Diff(want, shares); diff != "" {
		t.Errorf("shares (-want +got):\n%s", diff)
	}
	for code, places := range want {
		if sums[code] != 2*places { // three blocs, and all together
			t.Errorf("the sums of %s state %d, want %d", code, sums[code], 2*places)
		}
	}
}

// Each budget line of the sample has its program. The sample's total states 246
// million less than its lines, on purpose: both are read as written.
func TestBudgetSample(t *testing.T) {
	d := readFile(t, newReader(t), "testdata/samples/Phu luc 8 - Du kien kinh phi 2024.xlsx", Options{})
	var sum reconcile.VND
	for i, e := range d.Sheets[0].Estimates {
		switch e.Kind {
		case reconcile.ProgramLine:
			sum += e.Amount
			if len(e.Programs) == 0 {
				t.Errorf("%q has no program", e.Text)
			}
		case reconcile.TotalLine:
			if e.Amount != 36_511_988_780 || len(e.Lines) != i {
				t.Errorf("the total is %s over %d lines", e.Amount, len(e.Lines))
			}
		default:
			t.Errorf("%q is %s", e.Text, e.Kind)
		}
	}
	if sum != 36_511_988_780+246_000_000 {
		t.Errorf("the lines add up to %s", sum)
	}
}

// In the itemised sample every amount is found, and the subtotals know their
// lines; the two lines that are miscalculated on purpose are read as written.
func TestItemisedSample(t *testing.T) {
	d := readFile(t, newReader(t), "testdata/samples/Du toan cac lop TCT.xlsx", Options{})
	for s, program := range []string{"TCLLCT-UBND-TT", "CAPXA"} {
		wrong := []string{}
		list := d.Sheets[s].Estimates
		for _, e := range list {
			if !slices.Contains(e.Programs, program) {
				t.Errorf("%q is of %v, want %s", e.Text, e.Programs, program)
			}
			switch e.Kind {
			case reconcile.ItemLine:
				if e.QuantityMil*int64(e.Rate) != int64(e.Amount)*1000 {
					wrong = append(wrong, e.Text)
				}
			case reconcile.SubtotalLine, reconcile.TotalLine:
				var sum reconcile.VND
				for _, i := range e.Lines {
					sum += list[i].Amount
				}
				if sum != e.Amount {
					wrong = append(wrong, e.Text)
				}
			}
		}
		want := [][]string{{}, {"Chi tiền giảng viên (Báo cáo viên cấp tỉnh)", "Phụ cấp tiền ăn giảng viên"}}[s]
		if diff := cmp.Diff(want, wrong); diff != "" {
			t.Errorf("%s: lines that do not add up (-want +got):\n%s", d.Sheets[s].Name, diff)
		}
	}
}
