package report

import (
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	at := time.Date(2024, 11, 22, 1, 5, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{Number(8572), "8.572"},
		{Number(-1000), "-1.000"},
		{MomentWord(at), "01:05 ngày 22/11/2024"},
		{DayWord(at), "22/11/2024"},
		{DurationWord(4200 * time.Millisecond), "4,2 giây"},
		{DurationWord(200 * time.Second), "3 phút 20 giây"},
		{DurationWord(2*time.Hour + 5*time.Minute + 9*time.Second), "2 giờ 5 phút"},
		{percentWord(0.9531), "95,3%"},
		{thousandths(2500), "2,5"},
		{thousandths(-12), "-0,012"},
		{thousandths(1_234_000), "1.234"},
		{signedWord(12), "+12"},
		{signedWord(-3), "-3"},
		{capital("đã sửa"), "Đã sửa"},
		{joinWords(": ", "", "Công văn 36"), "Công văn 36"},
		{columnName(28), "AB"},
		{SeverityWord("error"), "lỗi"},
		{QuotaWord("open"), "theo nhu cầu"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
