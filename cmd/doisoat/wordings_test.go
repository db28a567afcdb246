package main

import (
	"os"
	"testing"
	"time"
)

// A file that nobody has touched is read again once the configuration teaches
// a wording of it, and not again after that.
func TestTaughtWordingsAreReadAtTheNextRun(t *testing.T) {
	o := newOffice(t)
	o.workbook("S03.xlsx", roster("SỞ NỘI VỤ", an(),
		[]any{"Lê Mạnh Cường", "13/02/1980", "Nam", "Chuyên viên", "Văn phòng", "Lớp chính ngạch"}))
	// Of a file that has just changed, the time of change proves nothing.
	before := time.Now().Add(-time.Hour)
	if err := os.Chtimes(o.path("inbox", "S03.xlsx"), before, before); err != nil {
		t.Fatal(err)
	}
	unknownClasses := func() int { t.Helper(); return len(o.findings("--rule", "DL05", "--status", "open")) }
	o.run(0)
	if n := unknownClasses(); n != 1 {
		t.Fatalf("%d findings of an unknown class", n)
	}
	o.configure("wordings: {programs: {QLNN-CVC: [Lớp chính ngạch]}}")
	if s := o.run(0).Sources; s.Read != 1 || s.Unchanged != 0 {
		t.Errorf("the file was not read again: %+v", s)
	}
	if n := unknownClasses(); n != 0 {
		t.Errorf("the class is still unknown: %d findings", n)
	}
	if s := o.run(0).Sources; s.Read != 0 || s.Unchanged != 1 {
		t.Errorf("the file was read once more: %+v", s)
	}
}
