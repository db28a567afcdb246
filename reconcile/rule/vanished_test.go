package rule

import (
	"testing"

	"doisoat/reconcile"
)

func TestGuard(t *testing.T) {
	tests := []struct {
		vanished, before, after int
		want                    bool
	}{
		{9, 9, 1, false},    // few enough to be done over by hand
		{10, 12, 2, true},   // many, and most of the list
		{10, 40, 30, false}, // a correction of a long list
		{12, 40, 28, true},
		{2, 2, 0, false}, // an office may take back two people
		{3, 3, 0, true},  // an empty list in the place of a list
		{0, 50, 50, false},
	}
	for _, tt := range tests {
		if got := DefaultGuard().Held(tt.vanished, tt.before, tt.after); got != tt.want {
			t.Errorf("%d of %d vanished, %d left: held %v, want %v", tt.vanished, tt.before, tt.after, got, tt.want)
		}
	}
}

// A line is the same one wherever it stands and however the name is typed.
func TestLines(t *testing.T) {
	before := sending{file: "ds.xlsx", agency: "S03", program: "CAPXA", people: "ABC"}.document()
	after := sending{file: "danh sach moi.xlsx", agency: "S03", program: "CAPXA", people: "BA"}.document()
	after.Sheets[0].Name = "Trang 2"
	after.Sheets[0].Rows[0].Registrations[0].FullName = "NGUYỄN  VĂN b"
	vanished := Without(Lines(fixturePlan(), before), KeysOf(Lines(fixturePlan(), after)))
	if len(vanished) != 1 || vanished[0].Name != "Nguyễn Văn C" {
		t.Errorf("vanished: %+v, want C alone", vanished)
	}
	if got := Lines(fixturePlan(), &reconcile.Document{}); len(got) != 0 {
		t.Errorf("an empty document has the lines %+v", got)
	}
}
