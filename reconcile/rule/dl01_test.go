package rule

import (
	"testing"

	"doisoat/reconcile"
)

// A cell of several people that was taken apart is no fault of each name: they
// count, and DL11 tells of the cell.
func TestNameOfSeveral(t *testing.T) {
	for _, test := range []struct {
		name, cell string
		faulty     bool
	}{
		{"Nguyễn Văn Ba", "Nguyễn Văn Ba\nTrần Thị Bốn", false},
		{"Trần Thị Bốn", "1. Nguyễn Văn Ba; 2. TRẦN THỊ BỐN", false},
		{"Nguyễn Văn Ba, Trần Thị Bốn", "Nguyễn Văn Ba, Trần Thị Bốn", true},
		{"", "Nguyễn Văn Ba, Trần Thị Bốn", true},
	} {
		r := &reconcile.Registration{FullName: test.name}
		r.Readings.Set(reconcile.FieldFullName, reconcile.Reading{Cell: "B8", Text: test.cell, Fault: reconcile.Several})
		if message, _ := nameFault(r); (message != "") != test.faulty {
			t.Errorf("%q of %q: %q", test.name, test.cell, message)
		}
	}
}
