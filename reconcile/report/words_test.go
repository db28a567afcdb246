package report

import (
	"strings"
	"testing"
	"time"

	"doisoat/reconcile"
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

// A đồng too much does not show in per cent.
func TestMoneyWords(t *testing.T) {
	v := &view{Data: Data{Plan: &reconcile.Plan{Approved: 36_511_988_780}}, figures: &Figures{Money: MoneyFigures{HasEstimates: true}}}
	for amount, want := range map[reconcile.VND]string{
		36_511_988_780: "100,0% mức được duyệt",
		36_511_988_781: "vượt 1 đồng",
		18_255_994_390: "50,0% mức được duyệt",
	} {
		if got := v.moneyWords(amount); got != want {
			t.Errorf("%s: %q, want %q", amount, got, want)
		}
	}
}

// What starts a run has a word of its own, in the workbook as on the page.
func TestTriggerWord(t *testing.T) {
	t.Parallel()
	for trigger, want := range map[string]string{
		"manual": "chạy tay", "schedule": "theo lịch", "demo": "chạy thử", "upload": "tải tệp lên",
	} {
		if got := TriggerWord(trigger); got != want {
			t.Errorf("%s: %q, want %q", trigger, got, want)
		}
	}
}

// TestStatesHaveWordsOfTheirOwn: the page and the workbook say one thing for
// each state, and no code of the program.
func TestStatesHaveWordsOfTheirOwn(t *testing.T) {
	states := map[string]string{}
	for _, s := range []reconcile.RunStatus{reconcile.RunRunning, reconcile.RunDone, reconcile.RunPartial, reconcile.RunFailed} {
		states["run "+string(s)] = RunWord(s)
	}
	for _, s := range []reconcile.SourceStatus{reconcile.SourceRead, reconcile.SourceUnchanged, reconcile.SourceFailed, reconcile.SourceGone} {
		states["source "+string(s)] = SourceWord(s)
	}
	known := map[string]string{}
	for state, word := range states {
		if other := known[word]; other != "" || strings.HasSuffix(state, " "+word) {
			t.Errorf("%s is %q, as is %q", state, word, other)
		}
		known[word] = state
	}
}
