package understand

import (
	"testing"

	"doisoat/config/plan"
	"doisoat/reconcile"
)

// Names that were given to other bodies on 1 March and 1 July 2025, as of the
// day they were written, or of a time in which they changed hands.
func TestBodiesOfTheDay(t *testing.T) {
	_, register, err := plan.Load("quang-ngai-2024")
	if err != nil {
		t.Fatal(err)
	}
	a := newAgencies(register)
	date := func(y, m, d int) reconcile.Date { return reconcile.Date{Year: y, Month: m, Day: d} }
	then, now := on(date(2024, 3, 10)), on(date(2025, 8, 15))
	sometime := asOf{date(2024, 1, 1), date(2026, 11, 22)}
	for _, tt := range []struct {
		name, text string
		at         asOf
		want       string
		contested  bool
	}{
		{"a district in its time", "UBND huyện Bình Sơn", then, "H03", false},
		{"its name on an old form", "UBND huyện Bình Sơn", now, "H03", false},
		{"its name, and a commune's now", "Bình Sơn", now, "H03", false},
		{"the commune of that name", "UBND xã Bình Sơn", now, "H03", false},
		{"before there was such a commune", "UBND xã Bình Sơn", then, "H03", false},
		{"a commune in its time", "xã Trà Giang", then, "H13", false},
		{"another commune of that name", "xã Trà Giang", now, "H05", false},
		{"either of them", "xã Trà Giang", sometime, "", false},
		{"a ward of two towns", "phường Nguyễn Nghiêm", then, "", false},
		{"a commune that took the name", "xã Nguyễn Nghiêm", now, "H02", false},
		{"a ward that took over from one", "Đảng ủy phường Cẩm Thành", sometime, "H01", false},
		{"a commune that took over from two", "UBND xã Đông Sơn", now, "", true},
		{"the same, not knowing when", "UBND xã Đông Sơn", sometime, "", true},
		{"a department that absorbed another", "Sở Nội vụ", now, "S03", false},
		{"the one that was absorbed", "Sở Lao động - Thương binh và Xã hội", now, "S13", false},
		{"a department of three", "Sở Nông nghiệp và Môi trường", now, "", true},
		{"one of the three, written then", "Sở Tài nguyên và Môi trường", then, "S07", false},
		{"a department that goes on", "Sở Xây dựng", sometime, "S09", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := a.unit(tt.text, tt.at); got != tt.want {
				t.Errorf("%q is %q, want %q", tt.text, got, tt.want)
			}
			if got := a.contested(tt.text, tt.at); got != tt.contested {
				t.Errorf("%q is contested: %t", tt.text, got)
			}
		})
	}
}

func TestDayIn(t *testing.T) {
	for text, want := range map[string]string{
		"Quảng Ngãi, ngày 15 tháng 8 năm 2025":            "2025-08-15",
		"Bình Sơn, ngày 05/7/2025.":                       "2025-07-05",
		"ngay 1 thang 3 nam 2024":                         "2024-03-01",
		"Quảng Ngãi, ngày … tháng … năm 2024":             "",
		"Quảng Ngãi, ngày 31 tháng 2 năm 2024":            "",
		"(Kèm theo Công văn số 12/SNV, ngày 05/3/2024)":   "",
		"Kế hoạch số 12-KH/TU ngày 05 tháng 3 năm 2024":   "",
		"Danh sách học viên từ ngày 05/3/2024 trở về sau": "",
	} {
		if got := dayIn(text).String(); got != want {
			t.Errorf("%q is of %q, want %q", text, got, want)
		}
	}
}
