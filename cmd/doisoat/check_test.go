package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"doisoat/config"
)

// A list that does not say when it was written is of no later day than its
// file: names of bodies are understood as they were up to then.
func TestCheckKnowsTheDayOfTheFile(t *testing.T) {
	const list = "DANH SÁCH ĐĂNG KÝ QPAN ĐỐI TƯỢNG 3\n\n" +
		"TT,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n1,Nguyễn Văn An,1979,Bí thư,UBND xã Trà Giang\n2,Trần Thị Bình,1981,Phó Bí thư,UBND xã Trà Giang\n"
	path := filepath.Join(t.TempDir(), "dang ky.csv")
	if err := os.WriteFile(path, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{environment: environment{now: func() time.Time { return time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC) }}}
	c, err := a.newChecker(config.Config{Plan: defaultPlan}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		changed time.Time
		agency  string
	}{
		{time.Date(2024, 3, 20, 3, 0, 0, 0, time.UTC), "H13"},
		{time.Date(2025, 8, 15, 3, 0, 0, 0, time.UTC), ""}, // by then two communes had borne the name
	} {
		if err := os.Chtimes(path, test.changed, test.changed); err != nil {
			t.Fatal(err)
		}
		checked, err := c.file(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		d := checked.Document
		if people := d.Registrations(); len(people) != 2 || people[0].Agency != test.agency {
			t.Errorf("a file of %s: %d people of %q, want 2 of %q", test.changed.Format(time.DateOnly), len(people), d.Agency, test.agency)
		}
	}
}
