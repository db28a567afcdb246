package reconcile

import "testing"

func TestResponseStance(t *testing.T) {
	tests := []struct {
		rule, answer, text string
		want               Stance
	}{
		{"TL05", "dữ liệu đúng", "", ToldApart},
		{"TL05", "Dữ liệu đúng ", "Đã kiểm tra", ToldApart},
		{"TL01", "dữ liệu đúng", "", ToldApart},
		{"TL02", "dữ liệu đúng", "", NoStance},
		{"TL02", "dữ liệu đúng", "Không phải một người, trùng tên.", ToldApart},
		{"TL02", "", "Đây là hai người khác nhau", ToldApart},
		{"TL02", "", "không phải là hai người khác nhau", NoStance},
		{"TL05", "không phải một người", "", ToldApart},
		{"TL05", "đã sửa", "", NoStance},
		{"TL05", "xin ý kiến", "có phải một người không?", NoStance},
		{"DL02", "dữ liệu đúng", "không phải một người", NoStance},
	}
	for _, tt := range tests {
		r := Response{Answer: tt.answer, Text: tt.text}
		if got := r.StanceOf(tt.rule); got != tt.want {
			t.Errorf("%s %q %q: %d, want %d", tt.rule, tt.answer, tt.text, got, tt.want)
		}
	}
}

func TestDecisionStance(t *testing.T) {
	tests := []struct {
		rule, verdict, text string
		want                Stance
	}{
		{"TL05", "chấp nhận", "", ToldApart},
		{"TL05", "không chấp nhận", "Đã đối chiếu hồ sơ", ToldOne},
		{"TL01", "chấp nhận", "", NoStance},
		{"TL02", "chấp nhận", "Đồng ý: không phải một người", ToldApart},
		{"TL02", "không chấp nhận", "", ToldOne},
		{"TL05", "ý kiến", "báo cáo rõ hơn", NoStance},
		{"CT03", "không chấp nhận", "", NoStance},
	}
	for _, tt := range tests {
		d := Decision{Verdict: tt.verdict, Text: tt.text}
		if got := d.StanceOf(tt.rule); got != tt.want {
			t.Errorf("%s %q %q: %d, want %d", tt.rule, tt.verdict, tt.text, got, tt.want)
		}
	}
}
