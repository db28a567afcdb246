package understand

import (
	"testing"

	"doisoat/reconcile"
)

func TestSameByName(t *testing.T) {
	r := newReader(t)
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Sở Nội vụ - danh sách.xlsx", "Sở Nội vụ - danh sách (chính thức).xlsx", true},
		{"Sở Nội vụ - danh sách", "Sở Tài chính - danh sách", false},
		{"Sở Nội vụ - danh sách", "danh sách", false},
		{"DS_SNV_2024.xlsx", "DS_SNV_2024 (1).xlsx", true},
		{"Danh sách lớp cao cấp lý luận chính trị", "Danh sách lớp bồi dưỡng ngạch chuyên viên", false},
		{"Bảng 2024", "Phân bổ chỉ tiêu 2024", false},
	} {
		if got := r.SameByName(tt.a, tt.b, reconcile.Date{Year: 2024, Month: 3, Day: 1}); got != tt.same {
			t.Errorf("%q and %q: %v, want %v", tt.a, tt.b, got, tt.same)
		}
	}
}
