package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"doisoat/reconcile"
)

const (
	unknownAgency  = "Chưa xác định cơ quan"
	unknownProgram = "Chưa xác định chương trình"
	// noValue stands where a figure needs an input that is not loaded.
	noValue = "–"
	// notChecked marks findings that say that a rule could not be applied.
	notChecked = " (chưa kiểm tra)"
)

// The words of the column Trạng thái.
const (
	StatusNew      = "mới"
	StatusStill    = "còn"
	StatusSolved   = "đã sửa"
	StatusReopened = "tái diễn"
	StatusAccepted = "chấp nhận"
)

// SeverityWord is the severity in Vietnamese.
func SeverityWord(s reconcile.Severity) string {
	switch s {
	case reconcile.SeverityError:
		return "lỗi"
	case reconcile.SeverityWarning:
		return "cảnh báo"
	case reconcile.SeverityInfo:
		return "thông tin"
	}
	return string(s)
}

// RoleWord says in Vietnamese what a sheet is.
func RoleWord(r reconcile.Role) string {
	switch r {
	case reconcile.RoleRegistration:
		return "danh sách đăng ký"
	case reconcile.RoleSummary:
		return "bảng tổng hợp"
	case reconcile.RoleCostEstimate:
		return "dự toán kinh phí"
	case reconcile.RoleAllocation:
		return "phân bổ chỉ tiêu"
	case reconcile.RoleResult:
		return "kết quả học tập"
	case reconcile.RoleDiscrepancies:
		return "bảng sai lệch"
	}
	return "trang khác"
}

func severityStyle(s reconcile.Severity) Style {
	switch s {
	case reconcile.SeverityError:
		return ErrorMark
	case reconcile.SeverityWarning:
		return WarningMark
	}
	return InfoMark
}

func severityRank(s reconcile.Severity) int {
	switch s {
	case reconcile.SeverityError:
		return 0
	case reconcile.SeverityWarning:
		return 1
	}
	return 2
}

// StatusWord is where the discrepancy is in its life, in Vietnamese.
func StatusWord(d *reconcile.Discrepancy) string {
	switch {
	case d.Status == reconcile.StatusGone:
		return StatusSolved
	case d.Status == reconcile.StatusWaived:
		return StatusAccepted
	case d.Reopened > 0:
		return StatusReopened
	case d.New:
		return StatusNew
	}
	return StatusStill
}

// FormWord is the form of study in Vietnamese, "" when there is none.
func FormWord(f reconcile.Form) string {
	switch f {
	case reconcile.FullTime:
		return "tập trung"
	case reconcile.PartTime:
		return "không tập trung"
	case reconcile.Completion:
		return "hoàn chỉnh"
	}
	return ""
}

// romans number the parts of a document; a plan's annex has no more.
var romans = []struct {
	value int
	sign  string
}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

// roman is a number from 1 to 399 as parts of a document are numbered.
func roman(n int) string {
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// QuotaWord says how binding a number of places is.
func QuotaWord(k reconcile.QuotaKind) string {
	switch k {
	case reconcile.Ceiling:
		return "ấn định"
	case reconcile.Estimate:
		return "dự kiến"
	case reconcile.Open:
		return "theo nhu cầu"
	}
	return "không nêu"
}

// BlocWord names a bloc.
func BlocWord(b reconcile.Bloc) string {
	switch b {
	case reconcile.PartyBloc:
		return "khối Đảng, Mặt trận và đoàn thể"
	case reconcile.StateBloc:
		return "khối Nhà nước"
	case reconcile.CentralBloc:
		return "khối cơ quan Trung ương trên địa bàn"
	}
	return "toàn tỉnh"
}

// RunWord says in Vietnamese how a run went.
func RunWord(s reconcile.RunStatus) string {
	switch s {
	case reconcile.RunRunning:
		return "đang chạy"
	case reconcile.RunDone:
		return "xong"
	case reconcile.RunPartial:
		return "xong một phần"
	case reconcile.RunFailed:
		return "không hoàn thành"
	}
	return string(s)
}

// TriggerWord says in Vietnamese what started a run.
func TriggerWord(trigger string) string {
	switch trigger {
	case "manual":
		return "chạy tay"
	case "schedule":
		return "theo lịch"
	case "demo":
		return "chạy thử"
	case "upload":
		return "tải tệp lên"
	}
	return trigger
}

// SourceWord says in Vietnamese what became of a document in a run.
func SourceWord(s reconcile.SourceStatus) string {
	switch s {
	case reconcile.SourceRead:
		return "đã đọc"
	case reconcile.SourceUnchanged:
		return "không đổi"
	case reconcile.SourceFailed:
		return "không đọc được"
	case reconcile.SourceGone:
		return "không còn"
	}
	return string(s)
}

// Number writes a whole number as Vietnamese documents do: 8.572.
func Number(n int) string { return reconcile.VND(n).Format() }

func yearWord(year int) string { return strconv.Itoa(year) }

// signedWord writes a change with its sign: +12, -3, 0.
func signedWord(n int) string {
	if n > 0 {
		return "+" + Number(n)
	}
	return Number(n)
}

// MomentWord writes a time as Vietnamese documents do: 01:05 ngày 22/11/2024.
func MomentWord(t time.Time) string { return t.Format("15:04 ngày 02/01/2006") }

// DayWord writes the date of a time: 22/11/2024.
func DayWord(t time.Time) string { return t.Format("02/01/2006") }

// DurationWord writes how long something took: 4,2 giây; 3 phút 20 giây.
func DurationWord(d time.Duration) string {
	if d < time.Minute {
		return strings.Replace(fmt.Sprintf("%.1f giây", d.Seconds()), ".", ",", 1)
	}
	d = d.Round(time.Second)
	if d < time.Hour {
		return fmt.Sprintf("%d phút %d giây", d/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%d giờ %d phút", d/time.Hour, d%time.Hour/time.Minute)
}

// capital writes the first letter large.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// answerList is the drop-down of the column Phản hồi.
func answerList() []string {
	var words []string
	for _, a := range reconcile.Answers() {
		words = append(words, string(a))
	}
	return words
}

// verdictList is the drop-down of the decision column.
func verdictList() []string {
	var words []string
	for _, v := range reconcile.Verdicts() {
		words = append(words, string(v))
	}
	return words
}

// thousandths writes a number kept in thousandths: 2500 is 2,5.
func thousandths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole := sign + reconcile.VND(n/1000).Format()
	part := strings.TrimRight(fmt.Sprintf("%03d", n%1000), "0")
	if part == "" {
		return whole
	}
	return whole + "," + part
}

// percentWord writes a share: 0.953 is 95,3%.
func percentWord(share float64) string {
	return strings.Replace(fmt.Sprintf("%.1f%%", share*100), ".", ",", 1)
}

// capitals writes all letters large.
func capitals(s string) string { return strings.ToUpper(s) }

// joinWords joins what is said; empty words are left out.
func joinWords(sep string, words ...string) string {
	var said []string
	for _, w := range words {
		if w != "" {
			said = append(said, w)
		}
	}
	return strings.Join(said, sep)
}
