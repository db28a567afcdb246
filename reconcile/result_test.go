package reconcile

import "testing"

func TestResultBeforePlan(t *testing.T) {
	plan := &Plan{Year: 2024}
	tests := []struct {
		name     string
		from, to Date
		want     bool
	}{
		{"no date", Date{}, Date{}, false},
		{"ended the year before", Date{}, Date{Year: 2023, Month: 12}, true},
		{"began before, ends in the plan's year", Date{Year: 2022, Month: 9}, Date{Year: 2024, Month: 3}, false},
		{"began before, end unknown", Date{Year: 2022, Month: 9}, Date{}, true},
		{"ends later", Date{Year: 2024, Month: 5}, Date{Year: 2026, Month: 5}, false},
	}
	for _, tt := range tests {
		r := &Result{From: tt.from, To: tt.to}
		if got := r.BeforePlan(plan); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
